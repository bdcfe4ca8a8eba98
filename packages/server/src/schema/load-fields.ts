import type { DialectName } from '../sql/index.ts';
import type { SystemColumn } from '../store/system-tables.types.ts';
import type { ColumnFacts } from '../store/types.ts';
import type { FieldType } from '../wire/index.ts';
import { fieldTypeOf } from './column-types.ts';
import { decodeDefault } from './default-value.ts';
import type { FieldRow } from './rows.ts';
import { SYSTEM_COLLECTIONS, systemColumn, systemFieldMeta } from './system.ts';
import type { Field, FieldColumn, FieldRelation } from './types.ts';

/** Specials of fields without a column. */
const ALIAS_SPECIALS: ReadonlySet<string> = new Set([
  'alias',
  'no-data',
  'group',
  'presentation',
  'o2m',
  'm2m',
  'm2a',
  'o2a',
  'files',
  'translations',
]);

export const isAliasSpecial = (special: readonly string[]): boolean => special.some((name) => ALIAS_SPECIALS.has(name));

/** Relations of the fields of every collection, by collection and field. */
export type RelationsByField = ReadonlyMap<string, ReadonlyMap<string, FieldRelation>>;

/** Rows of `directus_fields` by collection and field. */
export type FieldRows = ReadonlyMap<string, ReadonlyMap<string, FieldRow>>;

/** Where two rows describe one field, the first one holds. */
export function groupFieldRows(rows: readonly FieldRow[]): FieldRows {
  const groups = new Map<string, Map<string, FieldRow>>();
  for (const row of rows) {
    const group = groups.get(row.collection) ?? new Map<string, FieldRow>();
    if (!group.has(row.field)) group.set(row.field, row);
    groups.set(row.collection, group);
  }
  return groups;
}

/** Fields of one collection: columns in their order, then aliases. */
export function fieldsOf(
  collection: string,
  columns: readonly ColumnFacts[],
  rows: FieldRows,
  relations: RelationsByField,
  dialect: DialectName,
): Map<string, Field> {
  const own: ReadonlyMap<string, FieldRow> = rows.get(collection) ?? new Map();
  const led = relations.get(collection);
  const fields = new Map<string, Field>();
  for (const column of columns) {
    fields.set(column.name, columnField(column, own.get(column.name), led?.get(column.name) ?? null, dialect));
  }
  for (const alias of SYSTEM_COLLECTIONS.get(collection)?.aliases ?? []) {
    const meta = systemFieldMeta(collection, alias.name, alias.special, own.get(alias.name)?.meta);
    fields.set(alias.name, aliasField(collection, alias.name, alias.special, led?.get(alias.name) ?? null, meta));
  }
  for (const row of own.values()) {
    if (fields.has(row.field) || !isAliasSpecial(row.special)) continue;
    fields.set(row.field, aliasField(collection, row.field, row.special, led?.get(row.field) ?? null, row.meta));
  }
  return fields;
}

const systemType = (column: SystemColumn): FieldType => (column.special?.includes('hash') ? 'hash' : column.type);

function columnField(
  facts: ColumnFacts,
  row: FieldRow | undefined,
  relation: FieldRelation | null,
  dialect: DialectName,
): Field {
  const system = systemColumn(facts.table, facts.name);
  const special = system ? (system.special ?? []) : (row?.special ?? []);
  const type = system ? systemType(system) : fieldTypeOf(facts, special, dialect);
  const meta = system ? systemFieldMeta(facts.table, facts.name, special, row?.meta) : (row?.meta ?? null);
  return {
    collection: facts.table,
    name: facts.name,
    type,
    special,
    column: columnOf(facts, type, dialect),
    relation,
    concealed: special.includes('conceal'),
    hashed: special.includes('hash'),
    validation: meta?.validation ?? null,
    searchable: meta?.searchable !== false,
    meta,
  };
}

function columnOf(facts: ColumnFacts, type: FieldType, dialect: DialectName): FieldColumn {
  const defaultValue = facts.defaultIsExpression
    ? facts.defaultValue
    : decodeDefault(type, facts.defaultValue, dialect);
  return {
    dataType: facts.type,
    nullable: facts.nullable && !facts.primaryKey,
    defaultValue: facts.autoIncrement ? null : defaultValue,
    defaultIsExpression: facts.defaultIsExpression && !facts.autoIncrement,
    maxLength: facts.maxLength,
    precision: facts.precision,
    scale: facts.scale,
    primaryKey: facts.primaryKey,
    autoIncrement: facts.autoIncrement,
    unique: facts.unique || facts.primaryKey,
    indexed: facts.indexed,
    generated: facts.generated,
  };
}

function aliasField(
  collection: string,
  name: string,
  special: readonly string[],
  relation: FieldRelation | null,
  meta: Field['meta'],
): Field {
  return {
    collection,
    name,
    type: 'alias',
    special,
    column: null,
    relation,
    concealed: false,
    hashed: false,
    validation: meta?.validation ?? null,
    searchable: false,
    meta,
  };
}
