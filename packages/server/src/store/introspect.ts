import { introspectPostgres } from './postgres/introspect.ts';
import { introspectSqlite } from './sqlite/introspect.ts';
import type { DatabaseFacts, DialectName, Reader } from './types.ts';

export interface IntrospectOptions {
  /** Tables to leave out, by exact name; by default those that extensions of the database make. */
  exclude?: readonly string[];
}

const EXTENSION_TABLES = ['spatial_ref_sys', 'geometry_columns', 'geography_columns', 'sysdiagrams'];

/**
 * What the database itself says about its tables: columns, keys and foreign keys, in three or four statements however many
 * tables there are. Views, internal tables and other schemas than the current one are left out.
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
  const facts = await (dialect === 'sqlite' ? introspectSqlite(reader) : introspectPostgres(reader));
  const excluded = new Set(options.exclude ?? EXTENSION_TABLES);
  return {
    tables: facts.tables.filter((table) => !excluded.has(table)),
    columns: facts.columns.filter(({ table }) => !excluded.has(table)),
    foreignKeys: facts.foreignKeys.filter(({ table }) => !excluded.has(table)),
  };
}
