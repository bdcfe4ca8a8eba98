import type { ColumnFacts, DatabaseFacts, ForeignKeyFacts, Reader } from '../types.ts';

/** Of the schema that comes first in the search path; partitions belong to their table. */
const TABLES_AND_VIEWS = `SELECT c.oid, c.relname, c.relkind IN ('v', 'm') AS is_view FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition`;

const TABLES = `SELECT * FROM (${TABLES_AND_VIEWS}) x WHERE NOT is_view`;

const NAME_ROWS = `SELECT relname, is_view FROM (${TABLES_AND_VIEWS}) t ORDER BY relname`;

/** A domain counts as the type that it stands for. */
const COLUMN_ROWS = `SELECT t.relname AS "table", a.attname AS name, a.attnum AS ordinal,
    format_type(b.type, NULL) AS type, b.typmod, a.attnotnull AS not_null, a.attidentity AS identity,
    a.attgenerated <> '' AS generated, pg_get_expr(d.adbin, d.adrelid) AS default_text
  FROM (${TABLES_AND_VIEWS}) t
  JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
  CROSS JOIN LATERAL (SELECT
    CASE WHEN y.typtype = 'd' THEN y.typbasetype ELSE a.atttypid END AS type,
    CASE WHEN y.typtype = 'd' THEN y.typtypmod ELSE a.atttypmod END AS typmod) b
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  ORDER BY t.relname, a.attnum`;

const INDEX_ROWS = `SELECT t.relname AS "table", a.attname AS "column", k.position, i.indnkeyatts AS width,
    i.indisunique AS is_unique, i.indisprimary AS is_primary, i.indpred IS NOT NULL AS partial
  FROM (${TABLES}) t
  JOIN pg_catalog.pg_index i ON i.indrelid = t.oid AND i.indisvalid
  CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum
  WHERE k.position <= i.indnkeyatts`;

const FOREIGN_KEY_ROWS = `SELECT t.relname AS "table", a.attname AS "column", f.relname AS foreign_table,
    b.attname AS foreign_column, o.confdeltype AS on_delete, o.confupdtype AS on_update, o.conname AS name
  FROM (${TABLES}) t
  JOIN pg_catalog.pg_constraint o ON o.conrelid = t.oid AND o.contype = 'f' AND o.conparentid = 0
  JOIN (${TABLES}) f ON f.oid = o.confrelid
  CROSS JOIN LATERAL unnest(o.conkey, o.confkey) WITH ORDINALITY AS k(own, other, position)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.own
  JOIN pg_catalog.pg_attribute b ON b.attrelid = f.oid AND b.attnum = k.other
  ORDER BY t.relname, o.conname, k.position`;

interface ColumnRow {
  [key: string]: unknown;
  table: string;
  name: string;
  ordinal: number;
  type: string;
  typmod: number;
  not_null: boolean;
  /** `a` always, `d` by default, empty for a column that doesn't count up. */
  identity: string;
  generated: boolean;
  default_text: string | null;
}

interface IndexRow {
  [key: string]: unknown;
  table: string;
  column: string;
  /** int8, so text. */
  position: string;
  width: number;
  is_unique: boolean;
  is_primary: boolean;
  partial: boolean;
}

interface ForeignKeyRow {
  [key: string]: unknown;
  table: string;
  column: string;
  foreign_table: string;
  foreign_column: string;
  on_delete: string;
  on_update: string;
  name: string;
}

export async function introspectPostgres(reader: Reader): Promise<DatabaseFacts> {
  const names = await reader.rows(NAME_ROWS);
  const namesOf = (views: boolean) => names.filter(([, isView]) => isView === views).map(([name]) => String(name));
  const columnRows = await reader.all<ColumnRow>(COLUMN_ROWS);
  const indexes = readIndexes(await reader.all<IndexRow>(INDEX_ROWS));
  const foreignKeyRows = await reader.all<ForeignKeyRow>(FOREIGN_KEY_ROWS);
  return {
    tables: namesOf(false),
    views: namesOf(true),
    columns: columnRows.map((row) => columnFacts(row, indexes)),
    foreignKeys: foreignKeyRows.map(foreignKeyFacts),
  };
}

interface Indexes {
  /** Names of columns after their table, with a NUL between. */
  primary: Set<string>;
  unique: Set<string>;
  indexed: Set<string>;
}

const place = (table: string, column: string): string => `${table}\u0000${column}`;

function readIndexes(rows: readonly IndexRow[]): Indexes {
  const indexes: Indexes = { primary: new Set(), unique: new Set(), indexed: new Set() };
  for (const row of rows) {
    const at = place(row.table, row.column);
    if (row.is_primary) indexes.primary.add(at);
    if (Number(row.position) === 1) indexes.indexed.add(at);
    if (row.is_unique && row.width === 1 && !row.partial) indexes.unique.add(at);
  }
  return indexes;
}

function columnFacts(row: ColumnRow, indexes: Indexes): ColumnFacts {
  const at = place(row.table, row.name);
  const isNumeric = row.type === 'numeric' && row.typmod >= 4;
  const hasLength = /^(character|character varying|bit|bit varying)$/.test(row.type) && row.typmod >= 0;
  const header = row.type.startsWith('bit') ? 0 : 4;
  return {
    table: row.table,
    name: row.name,
    type: row.type,
    maxLength: hasLength ? row.typmod - header : null,
    precision: isNumeric ? ((row.typmod - 4) >> 16) & 0xffff : null,
    scale: isNumeric ? (((row.typmod - 4) & 0x7ff) ^ 1024) - 1024 : null,
    nullable: !row.not_null,
    ...defaultOf(row),
    primaryKey: indexes.primary.has(at),
    autoIncrement: row.identity !== '' || /^nextval\(/.test(row.default_text ?? ''),
    unique: indexes.unique.has(at),
    indexed: indexes.indexed.has(at),
    // Only keys may be given in the place of what the database counts up always.
    generated: row.generated || (row.identity === 'a' && !indexes.primary.has(at)),
    ordinal: row.ordinal,
  };
}

const NUMBERS = new Set(['smallint', 'integer', 'bigint', 'real', 'double precision', 'numeric']);

/** `'draft'::character varying`, `'-1'::integer`, `0.5`, `true`, `NULL::text`; anything else is an expression. */
function defaultOf(row: ColumnRow): Pick<ColumnFacts, 'defaultValue' | 'defaultIsExpression'> {
  const plain = (defaultValue: ColumnFacts['defaultValue']) => ({ defaultValue, defaultIsExpression: false });
  const text = row.default_text;
  if (text === null || row.generated) return plain(null);
  const [, value = text] = /^(.*?)(?:::[a-z_ "]+(?:\([\d, ]+\))?(?:\[\])?)?$/is.exec(text) ?? [];
  if (/^NULL$/i.test(value)) return plain(null);
  if (/^(true|false)$/i.test(value)) return plain(value.toLowerCase() === 'true');
  const quoted = /^(E?)'((?:[^']|'')*)'$/s.exec(value);
  const content = quoted
    ? (quoted[2] ?? '').replaceAll("''", "'").replace(/\\\\/g, quoted[1] ? '\\' : '$&')
    : value.replace(/^\((.*)\)$/, '$1');
  const isNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(content);
  if (isNumber && (!quoted || NUMBERS.has(row.type))) return plain(exactNumber(content));
  return quoted ? plain(content) : { defaultValue: text, defaultIsExpression: true };
}

/** As text where a JavaScript number would change it. */
function exactNumber(text: string): number | string {
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
}

const RULES: Record<string, string> = {
  a: 'NO ACTION',
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
};

const foreignKeyFacts = (row: ForeignKeyRow): ForeignKeyFacts => ({
  table: row.table,
  column: row.column,
  foreignTable: row.foreign_table,
  foreignColumn: row.foreign_column,
  onDelete: RULES[row.on_delete] ?? 'NO ACTION',
  onUpdate: RULES[row.on_update] ?? 'NO ACTION',
  constraintName: row.name,
});
