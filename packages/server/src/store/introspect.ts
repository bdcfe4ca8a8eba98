import { introspectPostgres } from './postgres/introspect.ts';
import { introspectSqlite } from './sqlite/introspect.ts';
import type { DatabaseFacts, DialectName, Reader } from './types.ts';

export interface IntrospectOptions {
  /** Tables to leave out, by exact name; by default those that extensions of the database make. */
  exclude?: readonly string[];
  /**
   * Views to look at; by default all. One of SQLite that refers to something that is gone says so when it is looked at,
   * which is the end of a transaction.
   */
  views?: readonly string[];
}

const EXTENSION_TABLES = ['spatial_ref_sys', 'geometry_columns', 'geography_columns', 'sysdiagrams'];

/**
 * What the database itself says about its tables and views: columns, keys and foreign keys, in a handful of statements
 * however many tables there are (SQLite takes one more for each view). Internal tables and other schemas than the current
 * one are left out.
 */
export async function introspect(
  source: Reader & { readonly dialect: DialectName },
  options: IntrospectOptions = {},
): Promise<DatabaseFacts> {
  return introspectWith(source, source.dialect, options);
}

/** The same for a reader that doesn't know its dialect, such as a transaction, whose own changes it sees. */
export async function introspectWith(
  reader: Reader,
  dialect: DialectName,
  options: IntrospectOptions = {},
): Promise<DatabaseFacts> {
  const facts = await (dialect === 'sqlite' ? introspectSqlite(reader, options.views) : introspectPostgres(reader));
  const excluded = new Set(options.exclude ?? EXTENSION_TABLES);
  const wanted = options.views && new Set([...facts.tables, ...options.views]);
  const counts = (name: string): boolean => !excluded.has(name) && (wanted?.has(name) ?? true);
  return {
    tables: facts.tables.filter(counts),
    views: facts.views.filter(counts),
    columns: facts.columns.filter(({ table }) => counts(table)),
    foreignKeys: facts.foreignKeys.filter(({ table }) => counts(table)),
  };
}
