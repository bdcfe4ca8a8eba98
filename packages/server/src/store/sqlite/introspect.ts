import type { ColumnFacts, DatabaseFacts, ForeignKeyFacts, Reader } from '../types.ts';

/** Real tables only: no virtual tables and what belongs to them, nothing of SQLite's own. */
const TABLES = `SELECT name, wr FROM pragma_table_list
  WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

const TABLE_ROWS = `${TABLES} ORDER BY name`;

const VIEW_ROWS = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'view' ORDER BY name`;

const VIEW_COLUMN_ROWS = `SELECT ? AS "table", 1 AS without_rowid, x.cid, x.name, x.type, x."notnull", x.dflt_value,
    x.pk, x.hidden
  FROM pragma_table_xinfo(?) x ORDER BY x.cid`;

const COLUMN_ROWS = `SELECT t.name AS "table", t.wr AS without_rowid, x.cid, x.name, x.type, x."notnull", x.dflt_value,
    x.pk, x.hidden
  FROM (${TABLES}) t JOIN pragma_table_xinfo(t.name) x WHERE x.hidden <> 1 ORDER BY t.name, x.cid`;

// Indexes made for rules of permissions are no part of the data model.
const INDEX_ROWS = `SELECT t.name AS "table", l.name AS "index", l."unique" AS is_unique, l.partial, i.seqno,
    i.name AS "column"
  FROM (${TABLES}) t JOIN pragma_index_list(t.name) l JOIN pragma_index_info(l.name) i
  WHERE l.name NOT LIKE 'limen\\_rule\\_%' ESCAPE '\\'`;

const FOREIGN_KEY_ROWS = `SELECT t.name AS "table", f.id, f.seq, f."table" AS foreign_table, f."from" AS "column",
    f."to" AS foreign_column, f.on_delete, f.on_update
  FROM (${TABLES}) t JOIN pragma_foreign_key_list(t.name) f ORDER BY t.name, f.id, f.seq`;

interface ColumnRow {
  [key: string]: unknown;
  table: string;
  without_rowid: number;
  cid: number;
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
  hidden: number;
}

interface IndexRow {
  [key: string]: unknown;
  table: string;
  index: string;
  is_unique: number;
  partial: number;
  seqno: number;
  column: string | null;
}

interface ForeignKeyRow {
  [key: string]: unknown;
  table: string;
  id: number;
  foreign_table: string;
  column: string;
  foreign_column: string | null;
  on_delete: string;
  on_update: string;
}

export async function introspectSqlite(reader: Reader, onlyViews?: readonly string[]): Promise<DatabaseFacts> {
  const tables = (await reader.rows(TABLE_ROWS)).map(([name]) => String(name));
  const rows = await reader.all<ColumnRow>(COLUMN_ROWS);
  const indexes = readIndexes(await reader.all<IndexRow>(INDEX_ROWS));
  const keyWidths = countBy(rows.filter(({ pk }) => pk > 0).map(({ table }) => table));
  const views = await readViews(reader, onlyViews);
  const columns = [...rows, ...views.rows].map((row) => columnFacts(row, indexes, keyWidths.get(row.table) ?? 0));
  const foreignKeys = foreignKeyFacts(await reader.all<ForeignKeyRow>(FOREIGN_KEY_ROWS), columns);
  return { tables, views: views.names, columns, foreignKeys };
}

/** One that refers to something that is gone says so when its columns are asked for, and is left out. */
async function readViews(reader: Reader, only?: readonly string[]): Promise<{ names: string[]; rows: ColumnRow[] }> {
  const all = only ?? (await reader.rows(VIEW_ROWS)).map(([name]) => String(name));
  const names: string[] = [];
  const rows: ColumnRow[] = [];
  for (const view of all) {
    try {
      rows.push(...(await reader.all<ColumnRow>(VIEW_COLUMN_ROWS, [view, view])));
      names.push(view);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR')) throw error;
    }
  }
  return { names, rows };
}

interface Indexes {
  /** Names of columns after their table, with a NUL between. */
  unique: Set<string>;
  indexed: Set<string>;
}

const place = (table: string, column: string | null): string => `${table}\u0000${column}`;

function readIndexes(rows: readonly IndexRow[]): Indexes {
  const widths = countBy(rows.map(({ index }) => index));
  const unique = new Set<string>();
  const indexed = new Set<string>();
  for (const row of rows) {
    if (row.seqno !== 0 || row.column === null) continue;
    indexed.add(place(row.table, row.column));
    if (row.is_unique && !row.partial && widths.get(row.index) === 1) unique.add(place(row.table, row.column));
  }
  return { unique, indexed };
}

function columnFacts(row: ColumnRow, indexes: Indexes, keyWidth: number): ColumnFacts {
  const { base, sizes } = declaredType(row.type);
  const isNumeric = base === 'decimal' || base === 'numeric';
  const soleKey = row.pk > 0 && keyWidth === 1;
  const at = place(row.table, row.name);
  return {
    table: row.table,
    name: row.name,
    type: base,
    maxLength: isNumeric ? null : (sizes[0] ?? null),
    precision: isNumeric ? (sizes[0] ?? null) : null,
    scale: isNumeric ? (sizes[1] ?? null) : null,
    nullable: row.notnull === 0,
    ...defaultOf(row.dflt_value),
    primaryKey: row.pk > 0,
    // A lone key declared as exactly this is an alias of the row's number, which SQLite counts up by itself.
    autoIncrement: soleKey && base === 'integer' && sizes.length === 0 && row.without_rowid === 0,
    unique: soleKey || indexes.unique.has(at),
    indexed: row.pk === 1 || indexes.indexed.has(at),
    generated: row.hidden === 2 || row.hidden === 3,
    ordinal: row.cid,
  };
}

/** `VARCHAR(255)` → `varchar` and 255; `decimal(8, 2)` → `decimal`, 8 and 2. */
function declaredType(type: string): { base: string; sizes: number[] } {
  const match = /^([^(]*?)\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)/.exec(type);
  if (!match) return { base: type.trim().toLowerCase(), sizes: [] };
  const sizes = [match[2], match[3]].filter((size) => size !== undefined).map(Number);
  return { base: (match[1] ?? '').toLowerCase(), sizes };
}

/** A default as SQLite keeps it: the text of the CREATE TABLE. */
function defaultOf(text: string | null): Pick<ColumnFacts, 'defaultValue' | 'defaultIsExpression'> {
  const plain = (defaultValue: ColumnFacts['defaultValue']) => ({ defaultValue, defaultIsExpression: false });
  if (text === null || /^null$/i.test(text)) return plain(null);
  const quoted = /^'((?:[^']|'')*)'$/.exec(text) ?? /^"((?:[^"]|"")*)"$/.exec(text);
  if (quoted?.[1] !== undefined) return plain(quoted[1].replace(/''|""/g, (pair) => pair.slice(1)));
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)) return plain(exactNumber(text));
  if (/^(true|false)$/i.test(text)) return plain(text.toLowerCase() === 'true');
  return { defaultValue: text, defaultIsExpression: true };
}

/** As text where a JavaScript number would change it. */
function exactNumber(text: string): number | string {
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
}

function foreignKeyFacts(rows: readonly ForeignKeyRow[], columns: readonly ColumnFacts[]): ForeignKeyFacts[] {
  const widths = countBy(rows.map(({ table, id }) => place(table, String(id))));
  const keys = new Map(columns.filter(({ primaryKey }) => primaryKey).map(({ table, name }) => [table, name]));
  return rows.map((row) => ({
    table: row.table,
    column: row.column,
    foreignTable: row.foreign_table,
    // Written without a column, a foreign key means the primary key.
    foreignColumn: row.foreign_column ?? keys.get(row.foreign_table) ?? 'id',
    onDelete: row.on_delete,
    onUpdate: row.on_update,
    // SQLite keeps no names; one of several columns gets one so that its parts are seen to belong together.
    constraintName: widths.get(place(row.table, String(row.id))) === 1 ? null : `${row.table}_foreign_${row.id}`,
  }));
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
