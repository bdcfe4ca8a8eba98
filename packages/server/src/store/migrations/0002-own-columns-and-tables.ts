import { introspectWith } from '../introspect.ts';
import { addColumn, createTable } from '../system-ddl.ts';
import { integer, timestamp, toOne, varchar } from '../system-tables/columns.ts';
import type { SystemColumn, SystemTable } from '../system-tables.types.ts';
import type { Migration } from './migration.ts';

/** `limen_kind`: `refresh` or `session`; `limen_family`: what all tokens of one login share; when it was last rotated. */
const SESSION_COLUMNS: readonly SystemColumn[] = [
  varchar('limen_kind', 16),
  varchar('limen_family', 64),
  timestamp('limen_rotated_at'),
];

/** Wrong passwords in a row, by account. */
const LOGIN_ATTEMPTS: SystemTable = {
  name: 'limen_login_attempts',
  columns: [
    toOne('user', 'directus_users', 'CASCADE', { nullable: false, primary: true }),
    integer('failures', { nullable: false }),
  ],
};

/** What this server adds to the tables that all servers of the API share: nullable, so that others can still write. */
export const ownColumnsAndTables: Migration = {
  name: '0002-own-columns-and-tables',
  async apply(tx, dialect) {
    const { tables, columns } = await introspectWith(tx, dialect, { views: [] });
    for (const column of SESSION_COLUMNS) {
      const known = columns.some(({ table, name }) => table === 'directus_sessions' && name === column.name);
      if (!known) await tx.exec(addColumn('directus_sessions', column, dialect));
    }
    if (!tables.includes(LOGIN_ATTEMPTS.name)) await tx.exec(createTable(LOGIN_ATTEMPTS, dialect));
  },
};
