import { systemTables } from './migrations/0001-system-tables.ts';
import { ownColumnsAndTables } from './migrations/0002-own-columns-and-tables.ts';
import { indexes } from './migrations/0003-indexes.ts';
import { sessionsAndTokens } from './migrations/0004-sessions-and-tokens.ts';
import { emailLogins } from './migrations/0005-email-logins.ts';
import { secondFactors } from './migrations/0006-second-factors.ts';
import { auditSeals } from './migrations/0007-audit-seals.ts';
import { realtime } from './migrations/0008-realtime.ts';
import { saml } from './migrations/0009-saml.ts';
import { signOn } from './migrations/0010-sign-on.ts';
import { providerSessions } from './migrations/0011-provider-sessions.ts';
import { providers } from './migrations/0012-providers.ts';
import { keptChanges } from './migrations/0013-kept-changes.ts';
import type { Migration } from './migrations/migration.ts';
import type { DialectName, Store, Transaction } from './types.ts';

/** In their order. */
export const MIGRATIONS: readonly Migration[] = [
  systemTables,
  ownColumnsAndTables,
  indexes,
  sessionsAndTokens,
  emailLogins,
  secondFactors,
  auditSeals,
  realtime,
  saml,
  signOn,
  providerSessions,
  providers,
  keptChanges,
];

/** Any number that nobody else takes: "limen" in ASCII. */
const LOCK = 0x6c696d656e;

/**
 * Brings the database to what this version needs, all or nothing. Several nodes may start at once: one migrates, the
 * others wait and find it done. Rejects, with nothing changed, when the database was made by an older line of the API.
 */
export async function migrate(store: Store): Promise<{ applied: string[] }> {
  if (await isCurrent(store)) return { applied: [] };
  return store.transaction(async (tx) => {
    if (store.dialect === 'postgres') {
      // An index on a large table takes its time, and so may the node that migrates while this one waits.
      await tx.exec('SET LOCAL statement_timeout = 0');
      await tx.get('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    }
    await tx.exec(historyTable(store.dialect));
    const known = new Set((await tx.rows('SELECT name FROM limen_migrations')).map(([name]) => name));
    const missing = MIGRATIONS.filter(({ name }) => !known.has(name));
    for (const migration of missing) {
      await migration.apply(tx, store.dialect);
      await record(tx, store, migration.name);
    }
    if (missing.length > 0) tx.announce('schema');
    return { applied: missing.map(({ name }) => name) };
  });
}

/** Without a write, so that a second start leaves the file untouched. */
async function isCurrent(store: Store): Promise<boolean> {
  const exists =
    store.dialect === 'sqlite'
      ? "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'limen_migrations'"
      : "SELECT 1 WHERE to_regclass('limen_migrations') IS NOT NULL";
  if ((await store.rows(exists)).length === 0) return false;
  const known = new Set((await store.rows('SELECT name FROM limen_migrations')).map(([name]) => name));
  return MIGRATIONS.every(({ name }) => known.has(name));
}

const historyTable = (dialect: DialectName): string =>
  `CREATE TABLE IF NOT EXISTS limen_migrations (name varchar(255) NOT NULL PRIMARY KEY,
    applied_at ${dialect === 'postgres' ? 'timestamptz' : 'datetime'} NOT NULL)`;

async function record(tx: Transaction, store: Store, name: string): Promise<void> {
  const now = store.dialect === 'sqlite' ? Date.now() : new Date().toISOString();
  await tx.run(
    `INSERT INTO limen_migrations (name, applied_at) VALUES (${store.placeholder(1)}, ${store.placeholder(2)})`,
    [name, now],
  );
}
