import { quote } from '../../sql/identifier.ts';
import { introspectWith } from '../introspect.ts';
import { addColumn, createIndex, createTable } from '../system-ddl.ts';
import { csv, REQUIRED, text, timestamp, toOne, uuid, uuidKey, varchar } from '../system-tables/columns.ts';
import type { SystemColumn, SystemTable } from '../system-tables.types.ts';
import type { Migration } from './migration.ts';

/** When the login was, when the newest access token of the session was made, and when somebody last came with it. */
const SESSION_COLUMNS: readonly SystemColumn[] = [
  timestamp('limen_created_at'),
  timestamp('limen_issued_at'),
  timestamp('limen_seen_at'),
];

/** Named tokens of users: hashed, with an end, addresses and a narrower scope. */
const TOKENS: SystemTable = {
  name: 'limen_tokens',
  columns: [
    uuidKey,
    toOne('user', 'directus_users', 'CASCADE', REQUIRED),
    varchar('name', 255, REQUIRED),
    varchar('token', 64, { nullable: false, unique: true }),
    varchar('hint', 16, REQUIRED),
    text('scope'),
    csv('ip_access'),
    timestamp('expires'),
    timestamp('created_at', [], REQUIRED),
    timestamp('last_used'),
  ],
};

/**
 * Since when access tokens without a session count, by user id, and the second of one that counts all the same. No foreign key: it has to outlive the user, so that a new
 * account under an old id is not opened by what the old one left behind.
 */
const TOKEN_BARS: SystemTable = {
  name: 'limen_token_bars',
  columns: [
    uuid('user', { nullable: false, primary: true }),
    timestamp('not_before', [], REQUIRED),
    timestamp('spared'),
  ],
};

/** Keys that sign access tokens where ACCESS_TOKEN_ALGORITHM is not HS256. Private ones are encrypted. */
const SIGNING_KEYS: SystemTable = {
  name: 'limen_signing_keys',
  columns: [
    varchar('kid', 64, { nullable: false, primary: true }),
    varchar('algorithm', 16, REQUIRED),
    text('public_key', REQUIRED),
    text('private_key'),
    timestamp('created_at', [], REQUIRED),
    timestamp('retired_at'),
  ],
};

/** What lists of sessions and tokens show, what ends access tokens early, and keys to sign them with. */
export const sessionsAndTokens: Migration = {
  name: '0004-sessions-and-tokens',
  async apply(tx, dialect) {
    const { tables, columns } = await introspectWith(tx, dialect, { views: [] });
    for (const column of SESSION_COLUMNS) {
      const known = columns.some(({ table, name }) => table === 'directus_sessions' && name === column.name);
      if (!known) await tx.exec(addColumn('directus_sessions', column, dialect));
    }
    for (const table of [TOKENS, TOKEN_BARS, SIGNING_KEYS]) {
      if (!tables.includes(table.name)) await tx.exec(createTable(table, dialect));
    }
    await tx.exec(createIndex('limen_tokens_user', TOKENS.name, [quote('user')]));
  },
};
