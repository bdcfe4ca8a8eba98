import { introspectWith } from '../introspect.ts';
import { createTable } from '../system-ddl.ts';
import { boolean, REQUIRED, text, timestamp, toOne, uuid, varchar } from '../system-tables/columns.ts';
import type { SystemTable } from '../system-tables.types.ts';
import type { Migration } from './migration.ts';

/**
 * Providers beside those of the environment. `settings` are encrypted, in base64; `revision` is another one after every
 * change of what sign-on goes by, so that what was begun before it does not count after it.
 */
const PROVIDERS: SystemTable = {
  name: 'limen_providers',
  columns: [
    varchar('name', 64, { nullable: false, primary: true }),
    varchar('driver', 16, REQUIRED),
    varchar('label', 255),
    varchar('icon', 64),
    boolean('enabled', true),
    text('settings', REQUIRED),
    uuid('revision', REQUIRED),
    timestamp('created_at', [], REQUIRED),
    toOne('created_by', 'directus_users', 'SET NULL'),
    timestamp('updated_at', [], REQUIRED),
    toOne('updated_by', 'directus_users', 'SET NULL'),
  ],
};

/** Providers that administrators set up while the server runs. */
export const providers: Migration = {
  name: '0012-providers',
  async apply(tx, dialect) {
    const { tables } = await introspectWith(tx, dialect, { views: [] });
    if (!tables.includes(PROVIDERS.name)) await tx.exec(createTable(PROVIDERS, dialect));
  },
};
