import { quote } from '../../sql/identifier.ts';
import { introspectWith } from '../introspect.ts';
import { createIndex, createTable } from '../system-ddl.ts';
import { boolean, csv, integer, REQUIRED, text, timestamp, toOne, uuidKey, varchar } from '../system-tables/columns.ts';
import type { SystemColumn, SystemTable } from '../system-tables.types.ts';
import type { Migration } from './migration.ts';

const bigInteger = (name: string): SystemColumn => ({ name, type: 'bigInteger', nullable: false });

/**
 * By account: the newest step (RFC 6238) of which a one-time password was used, for what (a bit each) and by which client;
 * wrong ones since, and until when they stop counting; whether a password needs a passkey beside it.
 */
const SECOND_FACTORS: SystemTable = {
  name: 'limen_second_factors',
  columns: [
    toOne('user', 'directus_users', 'CASCADE', { nullable: false, primary: true }),
    integer('otp_step'),
    integer('otp_uses'),
    varchar('otp_client', 64),
    integer('otp_failures', { nullable: false, default: 0 }),
    timestamp('otp_blocked_until'),
    boolean('passkey', false),
  ],
};

/** Recovery codes that were not used yet, as SHA-256. */
const RECOVERY_CODES: SystemTable = {
  name: 'limen_recovery_codes',
  columns: [
    varchar('code', 64, { nullable: false, primary: true }),
    toOne('user', 'directus_users', 'CASCADE', REQUIRED),
  ],
};

/** Public keys of authenticators. `credential` is the credential's id in base64url (at most 1,023 bytes). */
const PASSKEYS: SystemTable = {
  name: 'limen_passkeys',
  columns: [
    uuidKey,
    toOne('user', 'directus_users', 'CASCADE', REQUIRED),
    varchar('name', 255, REQUIRED),
    varchar('credential', 1364, { nullable: false, unique: true }),
    text('public_key', REQUIRED),
    bigInteger('counter'),
    csv('transports'),
    boolean('backed_up', false),
    timestamp('created_at', [], REQUIRED),
    timestamp('last_used'),
  ],
};

/** Challenges that were answered, until they would not count any more anyway. */
const CHALLENGES: SystemTable = {
  name: 'limen_challenges',
  columns: [varchar('id', 64, { nullable: false, primary: true }), timestamp('expires', [], REQUIRED)],
};

/** One-time passwords that count once, recovery codes, passkeys. */
export const secondFactors: Migration = {
  name: '0006-second-factors',
  async apply(tx, dialect) {
    const { tables } = await introspectWith(tx, dialect, { views: [] });
    for (const table of [SECOND_FACTORS, RECOVERY_CODES, PASSKEYS, CHALLENGES]) {
      if (!tables.includes(table.name)) await tx.exec(createTable(table, dialect));
    }
    await tx.exec(createIndex('limen_recovery_codes_user', RECOVERY_CODES.name, [quote('user')]));
    await tx.exec(createIndex('limen_passkeys_user', PASSKEYS.name, [quote('user')]));
    await tx.exec(createIndex('limen_challenges_expires', CHALLENGES.name, [quote('expires')]));
  },
};
