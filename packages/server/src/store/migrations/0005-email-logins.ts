import { quote } from '../../sql/identifier.ts';
import { introspectWith } from '../introspect.ts';
import { createIndex, createTable } from '../system-ddl.ts';
import { integer, REQUIRED, timestamp, toOne, uuidKey, varchar } from '../system-tables/columns.ts';
import type { SystemTable } from '../system-tables.types.ts';
import type { Migration } from './migration.ts';

/** Logins that were asked for by e-mail and have not come yet: link, code and browser as digests, wrong codes counted. */
const EMAIL_LOGINS: SystemTable = {
  name: 'limen_email_logins',
  columns: [
    uuidKey,
    toOne('user', 'directus_users', 'CASCADE', REQUIRED),
    varchar('token', 64, { nullable: false, unique: true }),
    varchar('code', 64, REQUIRED),
    varchar('browser', 64, REQUIRED),
    integer('failures', REQUIRED),
    timestamp('expires', [], REQUIRED),
  ],
};

/** Signing in with a link or a code that came by e-mail. */
export const emailLogins: Migration = {
  name: '0005-email-logins',
  async apply(tx, dialect) {
    const { tables } = await introspectWith(tx, dialect, { views: [] });
    if (!tables.includes(EMAIL_LOGINS.name)) await tx.exec(createTable(EMAIL_LOGINS, dialect));
    await tx.exec(createIndex('limen_email_logins_user', EMAIL_LOGINS.name, [quote('user')]));
  },
};
