import { quote } from '../../sql/identifier.ts';
import { introspectWith } from '../introspect.ts';
import { createIndex, createTable } from '../system-ddl.ts';
import { REQUIRED, timestamp, toOne, uuidKey, varchar } from '../system-tables/columns.ts';
import type { SystemTable } from '../system-tables.types.ts';
import type { Migration } from './migration.ts';

/** Identities of an account at providers, beside the one that directus_users names. */
const IDENTITIES: SystemTable = {
  name: 'limen_identities',
  columns: [
    uuidKey,
    toOne('user', 'directus_users', 'CASCADE', REQUIRED),
    varchar('provider', 128, REQUIRED),
    varchar('identifier', 255, REQUIRED),
    timestamp('created_at', [], REQUIRED),
  ],
};

/**
 * Logins that a client takes over with a code in the place of a cookie: the code as SHA-256, the client's challenge
 * (RFC 7636), and the origin of the page that the code was sent to.
 */
const HAND_OFFS: SystemTable = {
  name: 'limen_hand_offs',
  columns: [
    varchar('code', 64, { nullable: false, primary: true }),
    toOne('user', 'directus_users', 'CASCADE', REQUIRED),
    varchar('challenge', 43, REQUIRED),
    varchar('origin', 255, REQUIRED),
    timestamp('expires', [], REQUIRED),
  ],
};

/** Policies that people have because of groups at their provider, by the row of directus_access that says so. */
const MAPPED_ACCESS: SystemTable = {
  name: 'limen_mapped_access',
  columns: [
    toOne('access', 'directus_access', 'CASCADE', { nullable: false, primary: true }),
    toOne('user', 'directus_users', 'CASCADE', REQUIRED),
    varchar('provider', 128, REQUIRED),
  ],
};

/** Several identities of one account, codes in the place of cookies, policies that follow groups. */
export const signOn: Migration = {
  name: '0010-sign-on',
  async apply(tx, dialect) {
    const { tables } = await introspectWith(tx, dialect, { views: [] });
    for (const table of [IDENTITIES, HAND_OFFS, MAPPED_ACCESS]) {
      if (!tables.includes(table.name)) await tx.exec(createTable(table, dialect));
    }
    await tx.exec(
      'CREATE UNIQUE INDEX IF NOT EXISTS limen_identities_identity ON limen_identities (provider, identifier);',
    );
    await tx.exec(createIndex('limen_identities_user', IDENTITIES.name, [quote('user')]));
    await tx.exec(createIndex('limen_hand_offs_expires', HAND_OFFS.name, [quote('expires')]));
    await tx.exec(createIndex('limen_mapped_access_user', MAPPED_ACCESS.name, [quote('user')]));
  },
};
