import type { Collection, Field } from '../schema/types.ts';
import { quote } from '../sql/index.ts';
import type { SqlValue } from '../store/types.ts';
import { announceChange } from './announce.ts';
import { translating } from './constraint.ts';
import type { WriteContext } from './context.ts';
import { hashFields } from './hashed.ts';
import type { Key, Payload } from './hooks.ts';
import { writeAny, writeMany, writeOne } from './nested.ts';
import { allowedFields, checkPayload, withFound, withPresets } from './payload-rules.ts';
import { adoptRevisions, recordChange } from './record.ts';
import { requireRows } from './require-rows.ts';
import { checkRowsAfter, type Owed } from './row-after.ts';
import { concealed, selectByKeys, storedColumns, storedFields, storedItem } from './rows.ts';
import { fillSpecials } from './specials.ts';
import { splitPayload } from './split-payload.ts';
import { encodeValues } from './values.ts';

/**
 * Changes items. Every one of them has to be in reach before the change, with the very fields that are written, or
 * nothing is written and the answer is FORBIDDEN. `found` are values that the server found out itself: they are checked
 * like the others, need no permission, and win. The revisions that were kept.
 */
export async function updateItems(
  context: WriteContext,
  name: string,
  keys: readonly Key[],
  sent: Payload,
  path: string[],
  found?: Payload,
): Promise<number[]> {
  context.count(keys.length);
  const { profile, scope } = context.access;
  const access = profile.require(name, 'update');
  const { collection } = access;
  const allowed = allowedFields(access, sent, profile.admin);
  const asked = Object.keys(allowed).filter((field) => field !== collection.primaryKey);
  const payload = asked.length === 0 ? {} : withPresets(access, allowed, scope);
  delete payload[collection.primaryKey]; // a key never changes
  // Rows first: what a rule says about values is for those who may change the item.
  await requireRows(context, access, keys, asked);
  if (asked.length === 0 && !found) return [];
  const hooks = context.hooks.get(name);
  hooks?.accept?.(payload, 'update');
  const owed = checkPayload(access, withFound(payload, found), 'update', context.access, path);
  const checked = hooks?.prepare ? await hooks.prepare(payload, 'update', keys, context.hookContext(found)) : payload;
  const prepared = withFound(checked, found);
  const tell = await context.changes.updating(name, keys);
  const revisions = await writeRows(context, collection, keys, prepared, path, owed);
  await hooks?.updated?.(keys, prepared, context.hookContext(found));
  announceChange(context.tx, name);
  tell();
  return revisions;
}

async function writeRows(
  context: WriteContext,
  collection: Collection,
  keys: readonly Key[],
  payload: Payload,
  path: string[],
  owed: Owed,
): Promise<number[]> {
  const split = splitPayload(collection, payload);
  const children: number[] = [];
  const own: Payload = { ...split.own };
  for (const { field, value } of split.one) own[field.name] = await writeOne(context, field, value, path, children);
  for (const { field, value, collection: target } of split.any) {
    own[field.name] = await writeAny(
      context,
      field,
      value,
      target === undefined ? await storedTarget(context, collection, field, keys) : target,
      path,
      children,
    );
  }
  const stored = await hashFields(context, collection, own, path);
  const row = fillSpecials(collection, stored, 'update', context.access.accountability, context.now);
  await updateRows(context, collection, keys, row, path);
  for (const { field, value } of split.many) {
    for (const key of keys) await writeMany(context, field, key, value, path, children);
  }
  await checkRowsAfter(context, collection, keys, owed);
  return recordUpdates(context, collection, keys, own, children);
}

/** The collection that a stored many-to-any already names; undefined where several items name different ones. */
async function storedTarget(
  context: WriteContext,
  collection: Collection,
  field: Field,
  keys: readonly Key[],
): Promise<unknown> {
  const relation = field.relation;
  if (relation?.kind !== 'm2a') return null;
  const rows = await selectByKeys(context.tx, context.dialect, collection, keys, context.access.scope, {
    columns: (_, alias) => [`${alias}.${quote(relation.collectionField)}`],
    where: null,
  });
  const names = new Set(rows.map(([name]) => name));
  return names.size === 1 ? rows[0]?.[0] : undefined;
}

async function updateRows(
  context: WriteContext,
  collection: Collection,
  keys: readonly Key[],
  row: Payload,
  path: string[],
): Promise<void> {
  const fields = Object.keys(row).flatMap((name) => {
    const field = collection.fields.get(name);
    return field?.column && name !== collection.primaryKey ? [field] : [];
  });
  if (fields.length === 0) return;
  const values = encodeValues(
    fields.map((field) => [field, row[field.name]]),
    context.dialect,
    path,
  );
  const mark = (n: number): string => (context.dialect === 'sqlite' ? '?' : `$${n}`);
  const set = fields.map((field, i) => `${quote(field.name)} = ${mark(i + 1)}`).join(', ');
  const where = `${quote(collection.primaryKey)} = ${mark(fields.length + 1)}`;
  const text = `update ${quote(collection.name)} set ${set} where ${where}`;
  for (const key of keys) {
    await translating(collection.name, row, path, () => context.tx.run(text, [...values, key] as SqlValue[]));
  }
}

/** One activity and revision per item: what it is now, and what was changed. */
async function recordUpdates(
  context: WriteContext,
  collection: Collection,
  keys: readonly Key[],
  own: Payload,
  children: readonly number[],
): Promise<number[]> {
  const revisions: number[] = [];
  const delta = concealed(collection, own);
  const items = await storedItems(context, collection, keys);
  for (const key of keys) {
    const data = items.get(String(key)) ?? {};
    const revision = await recordChange(context.recorder, collection, 'update', key, { data, delta });
    if (revision !== null) revisions.push(revision);
    await adoptRevisions(context.tx, context.dialect, revision, children);
  }
  return revisions;
}

async function storedItems(
  context: WriteContext,
  collection: Collection,
  keys: readonly Key[],
): Promise<Map<string, Payload>> {
  if (collection.accountability !== 'all' || context.access.accountability.kind === 'system') return new Map();
  const fields = storedFields(collection);
  const rows = await selectByKeys(context.tx, context.dialect, collection, keys, context.access.scope, {
    columns: (_, alias) => storedColumns(fields, context.dialect, alias),
    where: null,
  });
  return new Map(
    rows.map((row) => {
      const item = storedItem(fields, row, context.dialect);
      return [String(item[collection.primaryKey]), item];
    }),
  );
}
