import { forbidden, invalidPayload } from '../../errors/index.ts';
import type { Json } from '../../wire/index.ts';
import type { CollectionInput } from '../input/collection.ts';
import type { FieldInput } from '../input/field.ts';
import { COLLECTION_META, initialMeta } from '../meta.ts';
import { SYSTEM_COLLECTIONS } from '../system.ts';
import { assertNoView, type ModelChange } from './change.ts';
import { closeRules } from './close-rules.ts';
import { newColumn } from './column-spec.ts';
import { deleteReverseSide } from './delete-field.ts';
import type { ColumnSpec } from './editor.ts';
import { insertFieldRow, requiredType } from './fields.ts';
import { forgetCollection } from './forget.ts';
import { deleteRows, insertRow, saveRow } from './meta-rows.ts';
import { validCollectionName, validName } from './names.ts';

type Meta = Readonly<Record<string, Json>>;

/** Makes collections with their tables, fields and rows; gives their names. One may be in the folder of another. */
export async function createCollections(change: ModelChange, inputs: readonly CollectionInput[]): Promise<string[]> {
  const { snapshot, facts } = await change.model();
  const taken = new Set([...snapshot.collections.keys(), ...facts.tables].map((name) => name.toLowerCase()));
  const names: string[] = [];
  for (const input of inputs) names.push(await createCollection(change, input, taken));
  for (const [i, input] of inputs.entries()) {
    const group = input.meta?.group;
    if (typeof group === 'string') await saveCollectionRow(change, names[i] as string, { group });
  }
  return names;
}

/** `taken` holds every name that is in use, in lower case. */
async function createCollection(change: ModelChange, input: CollectionInput, taken: Set<string>): Promise<string> {
  const name = validCollectionName(input.collection);
  if (taken.has(name.toLowerCase()) || (await change.tables.nameTaken(name))) {
    throw invalidPayload(`Collection "${name}" already exists.`);
  }
  taken.add(name.toLowerCase());
  if (!input.folder) await createTable(change, name, input.fields);
  if (input.meta) {
    const meta = { ...initialMeta(COLLECTION_META), ...input.meta, group: null };
    await insertRow(change, 'directus_collections', { collection: name }, meta);
  }
  change.touched();
  return name;
}

const AUTOMATIC_KEY: FieldInput = {
  field: 'id',
  type: 'integer',
  column: { primaryKey: true, autoIncrement: true },
  meta: { interface: 'input', readonly: true, hidden: true },
  metaIsNull: false,
};

async function createTable(change: ModelChange, collection: string, inputs: readonly FieldInput[]): Promise<void> {
  const keys = inputs.filter(({ column, type }) => type !== 'alias' && column?.primaryKey);
  if (keys.length > 1) throw invalidPayload('A collection can have one primary key only.');
  const fields = keys.length === 1 ? inputs : [AUTOMATIC_KEY, ...inputs];
  const names = fieldNames(fields);
  const columns: ColumnSpec[] = [];
  for (const [i, input] of fields.entries()) {
    const type = requiredType(input, names[i] as string);
    if (type !== 'alias') columns.push(newColumn(names[i] as string, type, input.column ?? {}, change.dialect));
  }
  await change.tables.createTable(collection, columns);
  // Rows may be left of a table that another program dropped.
  await deleteRows(change, 'directus_fields', { collection });
  for (const [i, input] of fields.entries()) {
    const name = names[i] as string;
    await insertFieldRow(change, collection, name, requiredType(input, name), input, i + 1);
  }
}

function fieldNames(fields: readonly FieldInput[]): string[] {
  const seen = new Set<string>();
  return fields.map(({ field }) => {
    const name = validName(field, 'field');
    if (seen.has(name.toLowerCase())) {
      const hint = name === 'id' ? ' The primary key is added as "id" when no field is marked as one.' : '';
      throw invalidPayload(`Field "${name}" is there twice.${hint}`);
    }
    seen.add(name.toLowerCase());
    return name;
  });
}

/** Changes what is known of a collection beside its table. */
export async function updateCollection(change: ModelChange, name: string, meta: Meta): Promise<void> {
  if (!(await change.snapshot()).collections.has(name)) throw forbidden();
  await saveCollectionRow(change, name, meta);
}

async function saveCollectionRow(change: ModelChange, name: string, meta: Meta): Promise<void> {
  if (Object.keys(meta).length === 0) return;
  if (typeof meta.group === 'string') await assertGroup(change, name, meta.group);
  await saveRow(change, 'directus_collections', { collection: name }, meta);
}

/** A group has to be a collection with a row, and can't be inside the one that is put into it. */
async function assertGroup(change: ModelChange, name: string, group: string): Promise<void> {
  const rows = await change.all<{ collection: string; group: string | null }>(
    'SELECT "collection", "group" FROM "directus_collections"',
  );
  const groups = new Map(rows.map((row) => [row.collection, row.group]));
  if (!groups.has(group)) throw invalidPayload(`"meta.group" is "${group}", which is no collection.`);
  const seen = new Set<string>();
  for (let at: string | null | undefined = group; at && !seen.has(at); at = groups.get(at)) {
    if (at === name) throw invalidPayload(`"${name}" can't be inside itself.`);
    seen.add(at);
  }
}

/**
 * Removes a collection with its table, its fields, its relations in both directions and everything about it. Columns of
 * other collections that led to it stay, with their values.
 */
export async function deleteCollection(change: ModelChange, name: string): Promise<void> {
  const { snapshot, facts } = await change.model();
  const collection = snapshot.collections.get(name);
  if (!collection || SYSTEM_COLLECTIONS.has(name)) throw forbidden();
  assertNoView(collection);
  await closeRules(change, snapshot, [{ collection: name, field: null }]);
  for (const relation of snapshot.relations) {
    if (relation.collection === name) await deleteReverseSide(change, relation);
  }
  const referring = facts.foreignKeys.filter((key) => key.foreignTable === name && key.table !== name);
  for (const table of new Set(referring.map((key) => key.table))) {
    await change.tables.dropForeignKeysTo(table, name);
  }
  await deleteRows(change, 'directus_relations', { many_collection: name });
  await deleteRows(change, 'directus_relations', { one_collection: name });
  await forgetInAllowed(change, name);
  if (!collection.folder) await change.tables.dropTable(name);
  await forgetCollection(change, name);
}

/** Many-to-any relations no longer allow it. */
async function forgetInAllowed(change: ModelChange, name: string): Promise<void> {
  const rows = await change.all<{ id: number; one_allowed_collections: string }>(
    'SELECT "id", "one_allowed_collections" FROM "directus_relations" WHERE "one_allowed_collections" IS NOT NULL',
  );
  for (const { id, one_allowed_collections } of rows) {
    const allowed = one_allowed_collections.split(',');
    const kept = allowed.filter((other) => other.trim() !== name);
    if (kept.length === allowed.length) continue;
    await change.run('UPDATE "directus_relations" SET "one_allowed_collections" = ? WHERE "id" = ?', [
      kept.join(','),
      id,
    ]);
  }
}
