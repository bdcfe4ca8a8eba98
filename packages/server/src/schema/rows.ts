import { quote } from '../sql/index.ts';
import type { Reader } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import { COLLECTION_META, decodeList, decodeMeta, FIELD_META, RELATION_META } from './meta.ts';

/** A row of `directus_collections` in wire form. */
export interface CollectionRow {
  readonly collection: string;
  readonly meta: Readonly<Record<string, Json>>;
}

/** A row of `directus_fields` in wire form. */
export interface FieldRow {
  readonly collection: string;
  readonly field: string;
  readonly special: readonly string[];
  readonly meta: Readonly<Record<string, Json>>;
}

/** A row of `directus_relations`. */
export interface RelationRow {
  readonly id: number;
  readonly many_collection: string;
  readonly many_field: string;
  readonly one_collection: string | null;
  readonly one_field: string | null;
  readonly one_collection_field: string | null;
  readonly one_allowed_collections: string[] | null;
  readonly junction_field: string | null;
  readonly sort_field: string | null;
  readonly one_deselect_action: string;
}

export interface ModelRows {
  readonly collections: readonly CollectionRow[];
  readonly fields: readonly FieldRow[];
  readonly relations: readonly RelationRow[];
}

const list = (columns: readonly string[]): string => columns.map(quote).join(', ');

// Columns are named, so that one that somebody adds doesn't make prepared statements stale.
const COLLECTIONS = `SELECT ${list(['collection', ...Object.keys(COLLECTION_META)])} FROM "directus_collections" ORDER BY "collection"`;
const FIELDS = `SELECT ${list(['id', 'collection', 'field', ...Object.keys(FIELD_META)])} FROM "directus_fields" ORDER BY "collection", "sort", "id"`;
const ENDS = ['id', 'many_collection', 'many_field', 'one_collection'];
const RELATIONS = `SELECT ${list([...ENDS, ...Object.keys(RELATION_META)])} FROM "directus_relations" ORDER BY "id"`;

/** What the database says about the data model beyond its tables: three statements. */
export async function readModelRows(reader: Reader): Promise<ModelRows> {
  const collections = await reader.all(COLLECTIONS);
  const fields = await reader.all(FIELDS);
  const relations = await reader.all(RELATIONS);
  return {
    collections: collections.map(decodeCollection),
    fields: fields.map(decodeField),
    relations: relations.map(decodeRelation),
  };
}

type Stored = Readonly<Record<string, unknown>>;

function decodeCollection(row: Stored): CollectionRow {
  const collection = String(row.collection);
  return { collection, meta: { collection, ...decodeMeta(COLLECTION_META, row) } };
}

function decodeField(row: Stored): FieldRow {
  const [collection, field] = [String(row.collection), String(row.field)];
  const meta = { id: Number(row.id), collection, field, ...decodeMeta(FIELD_META, row) };
  return { collection, field, special: decodeList(row.special ?? '') ?? [], meta };
}

const textOrNull = (raw: unknown): string | null => (raw === null || raw === undefined ? null : String(raw));

function decodeRelation(row: Stored): RelationRow {
  return {
    id: Number(row.id),
    many_collection: String(row.many_collection),
    many_field: String(row.many_field),
    one_collection: textOrNull(row.one_collection),
    one_field: textOrNull(row.one_field),
    one_collection_field: textOrNull(row.one_collection_field),
    one_allowed_collections: decodeList(row.one_allowed_collections ?? ''),
    junction_field: textOrNull(row.junction_field),
    sort_field: textOrNull(row.sort_field),
    one_deselect_action: String(row.one_deselect_action ?? 'nullify'),
  };
}
