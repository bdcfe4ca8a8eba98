import { collectionOf } from '../access/index.ts';
import { invalidPayload } from '../errors/index.ts';
import type { Collection, Field } from '../schema/types.ts';
import { quote } from '../sql/index.ts';
import type { WriteContext } from './context.ts';
import { createItem } from './create.ts';
import { deleteItems } from './delete.ts';
import type { Key, Payload } from './hooks.ts';
import { readKey, readKeys, sameKey } from './keys.ts';
import { selectByKeys } from './rows.ts';
import { updateItems } from './update.ts';

/** Writes the item of a many-to-one that came as an object, with all rights checked; its key. */
export function writeOne(
  context: WriteContext,
  field: Field,
  value: Payload,
  path: string[],
  revisions: number[],
): Promise<Key> {
  const relation = field.relation;
  if (relation?.kind !== 'm2o') throw new Error(`${field.name} is no many-to-one`);
  return writeRelated(context, relation.collection, value, [...path, field.name], revisions);
}

/** Writes the item of a many-to-any; `target` is the collection that the row names. Its key as text. */
export async function writeAny(
  context: WriteContext,
  field: Field,
  value: Payload,
  target: unknown,
  path: string[],
  revisions: number[],
): Promise<string> {
  const relation = field.relation;
  if (relation?.kind !== 'm2a') throw new Error(`${field.name} is no many-to-any`);
  if (typeof target !== 'string' || !relation.allowed.includes(target)) {
    throw invalidPayload(
      `"${relation.collectionField}" has to name one of the collections that "${field.name}" may lead to.`,
    );
  }
  return String(await writeRelated(context, target, value, [...path, field.name], revisions));
}

/** Without a key, or with one that isn't there yet: created. With more than its key: updated. */
function writeRelated(
  context: WriteContext,
  name: string,
  value: Payload,
  path: string[],
  revisions: number[],
): Promise<Key> {
  return context.nested(async () => {
    const collection = collectionOf(context.snapshot, name);
    const given = value[collection.primaryKey];
    if (given !== undefined && given !== null) {
      const key = readKey(collection, given);
      const { [collection.primaryKey]: _, ...changes } = value;
      // Who can't create it either only links it, as by a bare key, and does not learn whether it is there.
      if (Object.keys(changes).length === 0 && !context.access.profile.access(name, 'create')) return key;
      if (await exists(context, collection, key)) {
        if (Object.keys(changes).length > 0)
          revisions.push(...(await updateItems(context, name, [key], changes, path)));
        return key;
      }
    }
    const { key, revision } = await createItem(context, name, value, path);
    if (revision !== null) revisions.push(revision);
    return key;
  });
}

async function exists(context: WriteContext, collection: Collection, key: Key): Promise<boolean> {
  const rows = await selectByKeys(context.tx, context.dialect, collection, [key], context.access.scope, {
    columns: () => ['1'],
    where: null,
  });
  return rows.length > 0;
}

/** What a list of related items asks for. */
interface ListChanges {
  readonly create: readonly Payload[];
  readonly update: readonly { key: Key; changes: Payload }[];
  readonly detach: readonly Key[];
}

/** Writes the items of a one-to-many: a whole list, or `{create, update, delete}`. */
export function writeMany(
  context: WriteContext,
  field: Field,
  parent: Key,
  value: unknown,
  path: string[],
  revisions: number[],
): Promise<void> {
  return context.nested(async () => {
    const relation = field.relation;
    if (relation?.kind !== 'o2m') throw new Error(`${field.name} is no one-to-many`);
    const related = collectionOf(context.snapshot, relation.collection);
    const linked = await linkedKeys(context, related, relation.foreignField, parent);
    const changes = readChanges(related, field.name, value, linked);
    const inside = [...path, field.name];
    for (const payload of changes.create) {
      const { revision } = await createItem(
        context,
        related.name,
        { ...payload, [relation.foreignField]: parent },
        inside,
      );
      if (revision !== null) revisions.push(revision);
    }
    for (const { key, changes: wanted } of changes.update) {
      const link = linked.some((one) => sameKey(one, key)) ? {} : { [relation.foreignField]: parent };
      const all = { ...wanted, ...link };
      if (Object.keys(all).length === 0) continue;
      if (await exists(context, related, key))
        revisions.push(...(await updateItems(context, related.name, [key], all, inside)));
      else await createItem(context, related.name, { ...all, [related.primaryKey]: key }, inside);
    }
    if (changes.detach.length === 0) return;
    if (relation.relation.meta?.one_deselect_action === 'delete')
      await deleteItems(context, related.name, changes.detach);
    else
      revisions.push(
        ...(await updateItems(context, related.name, changes.detach, { [relation.foreignField]: null }, inside)),
      );
  });
}

async function linkedKeys(
  context: WriteContext,
  related: Collection,
  foreignField: string,
  parent: Key,
): Promise<Key[]> {
  const mark = context.dialect === 'sqlite' ? '?' : '$1';
  const text = `select ${quote(related.primaryKey)} from ${quote(related.name)} where ${quote(foreignField)} = ${mark}`;
  return (await context.tx.rows(text, [parent])).map((row) => row[0] as Key);
}

function readChanges(related: Collection, name: string, value: unknown, linked: readonly Key[]): ListChanges {
  if (value === null) return { create: [], update: [], detach: linked };
  if (Array.isArray(value)) return readList(related, name, value, linked);
  if (typeof value !== 'object')
    throw invalidPayload(`"${name}" takes a list, or an object with create, update and delete.`);
  const { create = [], update = [], delete: gone = [], ...rest } = value as Record<string, unknown>;
  if (!Array.isArray(create) || !Array.isArray(update) || !Array.isArray(gone) || Object.keys(rest).length > 0) {
    throw invalidPayload(`"${name}" takes a list, or an object with the lists create, update and delete.`);
  }
  return {
    create: create.map((entry) => objectOf(name, entry)),
    update: update.map((entry) => readUpdate(related, name, objectOf(name, entry))),
    detach: readKeys(related, gone).filter((key) => linked.some((one) => sameKey(one, key))),
  };
}

/** Keys and objects with a key stay or join, objects without one are new, what is left out is detached. */
function readList(related: Collection, name: string, list: readonly unknown[], linked: readonly Key[]): ListChanges {
  const create: Payload[] = [];
  const update: { key: Key; changes: Payload }[] = [];
  for (const entry of list) {
    if (typeof entry === 'string' || typeof entry === 'number')
      update.push({ key: readKey(related, entry), changes: {} });
    else {
      const payload = objectOf(name, entry);
      if (payload[related.primaryKey] === undefined || payload[related.primaryKey] === null) create.push(payload);
      else update.push(readUpdate(related, name, payload));
    }
  }
  const detach = linked.filter((key) => !update.some((entry) => sameKey(entry.key, key)));
  return { create, update, detach };
}

function readUpdate(related: Collection, name: string, payload: Payload): { key: Key; changes: Payload } {
  const { [related.primaryKey]: key, ...changes } = payload;
  if (key === undefined || key === null)
    throw invalidPayload(`Each entry of "${name}.update" needs "${related.primaryKey}".`);
  return { key: readKey(related, key), changes };
}

function objectOf(name: string, entry: unknown): Payload {
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) {
    throw invalidPayload(`"${name}" takes keys and objects.`);
  }
  return entry as Payload;
}
