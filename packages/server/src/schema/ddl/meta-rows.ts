import { type DialectName, quote, type SqlValue } from '../../sql/index.ts';
import type { Json } from '../../wire/index.ts';
import { COLLECTION_META, FIELD_META, type MetaKey, RELATION_META } from '../meta.ts';
import type { ModelChange } from './change.ts';

export type Meta = Readonly<Record<string, Json>>;

/** The rows about the data model: which keys of `meta` each table stores. */
const TABLES = {
  directus_collections: COLLECTION_META,
  directus_fields: FIELD_META,
  directus_relations: RELATION_META,
} as const;

type ModelTable = keyof typeof TABLES;

/** The names a row is found by, such as `{ collection, field }`. */
type Place = Readonly<Record<string, string | null>>;

export async function insertRow(change: ModelChange, table: ModelTable, place: Place, meta: Meta): Promise<void> {
  const values = { ...place, ...encodeMeta(TABLES[table], meta, change.dialect) };
  const columns = Object.keys(values);
  await change.run(
    `INSERT INTO ${quote(table)} (${columns.map(quote).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    Object.values(values),
  );
  change.touched();
}

/** Changes the row, or makes it where there is none. */
export async function saveRow(change: ModelChange, table: ModelTable, place: Place, meta: Meta): Promise<void> {
  const [where, at] = whereOf(place);
  const [row] = await change.all(`SELECT 1 FROM ${quote(table)} WHERE ${where}`, at);
  if (!row) return insertRow(change, table, place, meta);
  const values = encodeMeta(TABLES[table], meta, change.dialect);
  const columns = Object.keys(values);
  if (columns.length === 0) return;
  const assignments = columns.map((column) => `${quote(column)} = ?`).join(', ');
  await change.run(`UPDATE ${quote(table)} SET ${assignments} WHERE ${where}`, [...Object.values(values), ...at]);
  change.touched();
}

export async function deleteRows(change: ModelChange, table: string, place: Place): Promise<number> {
  const [where, at] = whereOf(place);
  const deleted = await change.run(`DELETE FROM ${quote(table)} WHERE ${where}`, at);
  if (deleted > 0) change.touched();
  return deleted;
}

function whereOf(place: Place): [string, SqlValue[]] {
  const columns = Object.keys(place);
  return [columns.map((column) => `${quote(column)} = ?`).join(' AND '), Object.values(place)];
}

/** Values that were checked when the payload was read. */
function encodeMeta(
  keys: Readonly<Record<string, MetaKey>>,
  meta: Meta,
  dialect: DialectName,
): Record<string, SqlValue> {
  const encoded: Record<string, SqlValue> = {};
  for (const [name, key] of Object.entries(keys)) {
    const value = meta[name];
    if (value !== undefined) encoded[name] = encodeValue(key, value, dialect);
  }
  return encoded;
}

function encodeValue(key: MetaKey, value: Json, dialect: DialectName): SqlValue {
  if (value === null) return null;
  if (key.kind === 'list') return (value as string[]).join(',');
  if (key.kind === 'json') return JSON.stringify(value);
  if (typeof value === 'boolean') return dialect === 'sqlite' ? Number(value) : String(value);
  return typeof value === 'number' ? value : String(value);
}
