import { quote } from '../../sql/identifier.ts';
import { introspectWith } from '../introspect.ts';
import { addColumn, createIndex, createTable } from '../system-ddl.ts';
import { REQUIRED, text, timestamp, toOne, varchar } from '../system-tables/columns.ts';
import type { SystemTable } from '../system-tables.types.ts';
import type { Migration } from './migration.ts';

/**
 * Sessions that a provider opened, by what all tokens of the login share: SHA-256 of the name of the person there and of
 * the session there, by which the provider ends them, and sealed what the provider is told when somebody signs out here.
 */
const PROVIDER_SESSIONS: SystemTable = {
  name: 'limen_provider_sessions',
  columns: [
    varchar('family', 32, { nullable: false, primary: true }),
    toOne('user', 'directus_users', 'CASCADE', REQUIRED),
    varchar('provider', 128, REQUIRED),
    varchar('subject', 64),
    varchar('session', 64),
    text('sealed'),
    timestamp('created_at', [], REQUIRED),
  ],
};

/** The address that an account had when a link that was mailed there came back. */
const VERIFIED_ADDRESSES: SystemTable = {
  name: 'limen_verified_addresses',
  columns: [
    toOne('user', 'directus_users', 'CASCADE', { nullable: false, primary: true }),
    varchar('email', 128, REQUIRED),
    timestamp('verified_at', [], REQUIRED),
  ],
};

/** What the provider said goes with the code to the session that the code opens; sealed. */
const VOUCHED = text('vouched');

/** Signing out at providers, and addresses that were proven to be somebody's. */
export const providerSessions: Migration = {
  name: '0011-provider-sessions',
  async apply(tx, dialect) {
    const { tables, columns } = await introspectWith(tx, dialect, { views: [] });
    for (const table of [PROVIDER_SESSIONS, VERIFIED_ADDRESSES]) {
      if (!tables.includes(table.name)) await tx.exec(createTable(table, dialect));
    }
    if (!columns.some(({ table, name }) => table === 'limen_hand_offs' && name === VOUCHED.name)) {
      await tx.exec(addColumn('limen_hand_offs', VOUCHED, dialect));
    }
    const { name } = PROVIDER_SESSIONS;
    await tx.exec(createIndex('limen_provider_sessions_user', name, [quote('user')]));
    await tx.exec(createIndex('limen_provider_sessions_subject', name, [quote('provider'), quote('subject')]));
  },
};
