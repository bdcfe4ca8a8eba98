import type { DialectName } from '../sql/index.ts';
import { introspect } from '../store/introspect.ts';
import type { ColumnFacts, DatabaseFacts, Reader } from '../store/types.ts';
import { fieldsOf, groupFieldRows } from './load-fields.ts';
import { relationsOf, type ServedTable } from './load-relations.ts';
import { type CollectionRow, type ModelRows, readModelRows } from './rows.ts';
import { isSystemName, SYSTEM_COLLECTIONS, systemCollectionMeta, UNTRACKED } from './system.ts';
import type { Collection, Snapshot } from './types.ts';

/** Where the data model is read from: a store, or a transaction on it. */
export interface ModelSource extends Reader {
  readonly dialect: DialectName;
}

export interface LoadOptions {
  /** Version of the snapshot; higher than that of any earlier one of this process. */
  readonly version: number;
  /** Tables that are no collections, by exact name. */
  readonly excludeTables: readonly string[];
  /** Views that are known to be sound; by default all are looked at. For transactions, which an unsound one would end. */
  readonly views?: readonly string[];
  /** Told of tables that are left out because their items can't be addressed. */
  readonly onWarning?: (message: string) => void;
}

/** The data model together with the tables it was read from. */
export interface LoadedModel {
  readonly facts: DatabaseFacts;
  readonly snapshot: Snapshot;
}

/** Reads the whole data model in a handful of statements, however many tables there are. */
export async function loadSnapshot(source: ModelSource, options: LoadOptions): Promise<Snapshot> {
  return (await loadModel(source, options)).snapshot;
}

export async function loadModel(source: ModelSource, options: LoadOptions): Promise<LoadedModel> {
  const facts = await introspect(source, options.views ? { views: options.views } : {});
  return { facts, snapshot: buildSnapshot(facts, await readModelRows(source), source.dialect, options) };
}

/** The snapshot that the facts and the rows mean together. */
export function buildSnapshot(
  facts: DatabaseFacts,
  rows: ModelRows,
  dialect: DialectName,
  options: LoadOptions,
): Snapshot {
  const tables = servedTables(facts, options);
  const relations = relationsOf(tables, facts.foreignKeys, rows.relations);
  const fieldRows = groupFieldRows(rows.fields);
  const rowByName = new Map(rows.collections.map((row) => [row.collection, row]));
  const collections = new Map<string, Collection>();
  for (const table of tables.values()) {
    const fields = fieldsOf(table.name, table.columns, fieldRows, relations.byField, dialect);
    collections.set(table.name, tableCollection(table, fields, rowByName.get(table.name)));
  }
  const known = new Set([...facts.tables, ...facts.views]);
  for (const row of rows.collections) {
    if (!known.has(row.collection) && !isSystemName(row.collection)) {
      collections.set(row.collection, folder(row, fieldsOf(row.collection, [], fieldRows, relations.byField, dialect)));
    }
  }
  const sorted = [...collections].sort(([a], [b]) => (a < b ? -1 : 1));
  return { version: options.version, collections: new Map(sorted), relations: relations.all };
}

/** Tables with exactly one primary key column, and views with a column "id": items are addressed by it. */
function servedTables(facts: DatabaseFacts, options: LoadOptions): Map<string, ServedTable> {
  const columns = new Map<string, ColumnFacts[]>([...facts.tables, ...facts.views].map((table) => [table, []]));
  for (const column of facts.columns) {
    if (!isOwnColumn(column)) columns.get(column.table)?.push(column);
  }
  const excluded = new Set(options.excludeTables);
  const views = new Set(facts.views);
  const served = new Map<string, ServedTable>();
  for (const [name, list] of columns) {
    if (excluded.has(name) || (isSystemName(name) && !SYSTEM_COLLECTIONS.has(name))) continue;
    list.sort((a, b) => a.ordinal - b.ordinal);
    const found = views.has(name) ? servedView(name, list) : servedTable(name, list);
    if (typeof found === 'string') options.onWarning?.(found);
    else served.set(name, found);
  }
  return served;
}

/** The table, or why it is none. */
function servedTable(name: string, columns: readonly ColumnFacts[]): ServedTable | string {
  const [key, second] = columns.filter((column) => column.primaryKey);
  if (!key) return `Table "${name}" is not served: it has no primary key.`;
  if (second) return `Table "${name}" is not served: its primary key has several columns.`;
  return { name, primaryKey: key.name, view: false, columns };
}

const VIEW_KEY = 'id';

function servedView(name: string, columns: readonly ColumnFacts[]): ServedTable | string {
  if (!columns.some((column) => column.name === VIEW_KEY)) {
    return `View "${name}" is not served: it has no column "${VIEW_KEY}".`;
  }
  const keyed = columns.map((column) => (column.name === VIEW_KEY ? { ...column, primaryKey: true } : column));
  return { name, primaryKey: VIEW_KEY, view: true, columns: keyed };
}

/** What the server itself keeps in a system table, and shows to nobody. */
const isOwnColumn = ({ table, name }: ColumnFacts): boolean => SYSTEM_COLLECTIONS.has(table) && isSystemName(name);

function tableCollection(table: ServedTable, fields: Collection['fields'], row: CollectionRow | undefined): Collection {
  const system = SYSTEM_COLLECTIONS.get(table.name);
  const meta = system ? systemCollectionMeta(system, row?.meta) : (row?.meta ?? null);
  const sortField = typeof meta?.sort_field === 'string' && fields.has(meta.sort_field) ? meta.sort_field : null;
  return {
    name: table.name,
    folder: false,
    view: table.view,
    system: system !== undefined,
    singleton: meta?.singleton === true,
    primaryKey: table.primaryKey,
    sortField,
    accountability: UNTRACKED.has(table.name) ? null : accountabilityOf(meta),
    fields,
    meta,
  };
}

function accountabilityOf(meta: Collection['meta']): Collection['accountability'] {
  const value = meta ? meta.accountability : 'all';
  return value === 'all' || value === 'activity' ? value : null;
}

function folder(row: CollectionRow, fields: Collection['fields']): Collection {
  return {
    name: row.collection,
    folder: true,
    view: false,
    system: false,
    singleton: false,
    primaryKey: '',
    sortField: null,
    accountability: null,
    fields,
    meta: row.meta,
  };
}
