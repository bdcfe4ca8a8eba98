import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AccessEngine } from '../../src/access/index.ts';
import { type Auth, type AuthSettings, createAuth, storedStaticToken } from '../../src/auth/index.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { StoreOptions } from '../../src/store/options.ts';
import type { SqlValue, Store } from '../../src/store/types.ts';
import type { Database } from '../started-server.ts';
import { startPostgres, temporaryFolder } from '../store/databases.ts';

export { DATABASES } from '../started-server.ts';

/** A clock that stands still until it is told to move. Starts on a whole second. */
export class TestClock {
  #now = 1_790_000_000_000;

  now(): number {
    return this.#now;
  }

  pass(ms: number): void {
    this.#now += ms;
  }
}

export const SETTINGS: AuthSettings = {
  secret: 'a-secret-of-the-tests-that-is-long-enough',
  accessTokenTtlMs: 900_000,
  refreshTokenTtlMs: 604_800_000,
  refreshTokenGracePeriodMs: 0,
  sessionCookieTtlMs: 86_400_000,
  sessionRefreshGracePeriodMs: 10_000,
  loginStallTimeMs: 0,
  publicUrl: 'http://localhost:8055',
  authPasskeyRpId: undefined,
  authPasskeyOrigins: [],
  authDisableDefault: false,
  authProviders: [],
  hashMemoryCostKib: 64,
  hashTimeCost: 1,
  hashParallelism: 1,
  hashLengthBytes: 32,
  hashType: 2,
};

export const ORIGIN = { ip: '127.0.0.1', userAgent: 'tests', origin: null };

export interface Accounts {
  readonly store: Store;
  readonly clock: TestClock;
  readonly auth: Auth;
  /** Another node: its own caches over the same database. */
  node(settings?: Partial<AuthSettings>): Auth;
  /** Runs a statement with `?` placeholders; the rows of a SELECT. */
  sql(text: string, ...params: SqlValue[]): Promise<Record<string, unknown>[]>;
  addUser(values?: {
    email?: string;
    password?: string;
    role?: string;
    token?: string;
    status?: string;
  }): Promise<string>;
  /** The live rows of directus_sessions. */
  sessions(): Promise<Record<string, unknown>[]>;
  remove(): Promise<void>;
}

export async function openAccounts(database: Database, settings: Partial<AuthSettings> = {}): Promise<Accounts> {
  const folder = temporaryFolder();
  const postgres = database === 'postgres' ? await startPostgres() : null;
  const options: StoreOptions = (await postgres?.createDatabase()) ?? {
    client: 'sqlite',
    filename: join(folder.path, 'accounts.db'),
  };
  const store = await openStore(options);
  await migrate(store);
  await store.transaction((tx) => tx.exec('INSERT INTO directus_settings (auth_login_attempts) VALUES (3)'));
  const clock = new TestClock();
  const snapshot = { version: 1, collections: new Map(), relations: [] };
  const nodes: Auth[] = [];
  const node = (more: Partial<AuthSettings> = {}): Auth => {
    const access = new AccessEngine({ store, snapshot: () => snapshot, clock, maxDepth: 10 });
    const auth = createAuth({ store, settings: { ...SETTINGS, ...settings, ...more }, access, clock });
    nodes.push(auth);
    return auth;
  };
  const auth = node();
  let users = 0;

  const sql = async (text: string, ...params: SqlValue[]) => {
    let n = 0;
    const written = text.replace(/\?/g, () => store.placeholder(++n));
    if (/^SELECT/i.test(text)) return store.all(written, params);
    await store.transaction((tx) => tx.run(written, params));
    return [];
  };

  return {
    store,
    clock,
    auth,
    node,
    sql,
    async addUser({ email = `user${++users}@example.com`, password, role, token, status = 'active' } = {}) {
      const id = randomUUID();
      const hash = password === undefined ? null : await auth.passwords.hash(password);
      await sql(
        'INSERT INTO directus_users (id, email, password, role, token, status) VALUES (?, ?, ?, ?, ?, ?)',
        id,
        email,
        hash,
        role ?? null,
        token === undefined ? null : storedStaticToken(token),
        status,
      );
      return id;
    },
    sessions: () => sql('SELECT * FROM directus_sessions'),
    async remove() {
      for (const each of nodes) each.close();
      await store.close();
      await postgres?.stop();
      folder.remove();
    },
  };
}
