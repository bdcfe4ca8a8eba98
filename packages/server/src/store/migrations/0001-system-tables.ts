import { introspectWith } from '../introspect.ts';
import { addColumn, createTable } from '../system-ddl.ts';
import { SYSTEM_TABLES } from '../system-tables.ts';
import type { DatabaseFacts } from '../types.ts';
import type { Migration } from './migration.ts';

/**
 * Makes the system tables that are missing, and in those that are there the columns that are missing. In a database of
 * another server of the same version nothing is missing; what it has beyond the list stays as it is.
 */
export const systemTables: Migration = {
  name: '0001-system-tables',
  async apply(tx, dialect) {
    const facts = await introspectWith(tx, dialect, { views: [] });
    refuseOlderLine(facts);
    const tables = new Set(facts.tables);
    const columns = new Set(facts.columns.map(({ table, name }) => `${table}.${name}`));
    for (const table of SYSTEM_TABLES) {
      if (!tables.has(table.name)) {
        await tx.exec(createTable(table, dialect));
        continue;
      }
      for (const column of table.columns) {
        if (!columns.has(`${table.name}.${column.name}`)) await tx.exec(addColumn(table.name, column, dialect));
      }
    }
  },
};

/** Before version 11 permissions belonged to roles: read as policies, they would give nobody or anybody access. */
function refuseOlderLine(facts: DatabaseFacts): void {
  if (!facts.tables.includes('directus_users') || facts.tables.includes('directus_policies')) return;
  throw new Error(
    'This database was made by a version before 11 (it has directus_users, but no directus_policies). ' +
      'Bring it to version 11 with the server that made it, then start again. Nothing was changed.',
  );
}
