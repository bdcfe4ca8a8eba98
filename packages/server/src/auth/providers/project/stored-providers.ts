import type { GivenProvider } from '../../../config/index.ts';
import { derivedKey } from '../../../kernel/derived-key.ts';
import { SealedBox } from '../../../kernel/sealed-box.ts';
import type { Row, SqlValue, Store, Transaction } from '../../../store/types.ts';
import { bindMoment, readMoment, statement } from '../../statements.ts';

type Settings = GivenProvider['settings'];

/** A row of limen_providers. */
export interface StoredProvider extends Omit<GivenProvider, 'settings'> {
  readonly enabled: boolean;
  /** As they were given; null where SECRET is not the one that they were stored with. */
  readonly settings: Settings | null;
  readonly revision: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Id of a user. */
  readonly createdBy: string | null;
  readonly updatedAt: number;
  readonly updatedBy: string | null;
}

/** What is written of a provider. */
export interface WrittenProvider extends GivenProvider {
  readonly enabled: boolean;
  readonly revision: string;
}

const LOCK = 'limen: providers';

/** The rows of limen_providers. Settings are encrypted under a key that is derived from SECRET (RFC 5869). */
export class StoredProviders {
  readonly #store: Store;
  readonly #box: SealedBox;
  readonly #sql: ReturnType<typeof texts>;

  constructor(store: Store, secret: string) {
    this.#store = store;
    this.#box = new SealedBox(derivedKey(secret, 'limen providers'));
    this.#sql = texts(store);
  }

  /** By name. */
  async all(from: Pick<Store, 'all'> = this.#store): Promise<StoredProvider[]> {
    return (await from.all(this.#sql.all)).map((row) => this.#read(row));
  }

  async find(from: Pick<Store, 'get'>, name: string): Promise<StoredProvider | null> {
    const row = await from.get(this.#sql.find, [name]);
    return row ? this.#read(row) : null;
  }

  /** Runs a change that no other node makes at the same time, and tells all of it. */
  change<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#store.transaction(async (tx) => {
      if (this.#store.dialect === 'postgres') {
        await tx.get('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [LOCK]);
      }
      const result = await work(tx);
      tx.announce('providers');
      return result;
    });
  }

  async insert(tx: Transaction, written: WrittenProvider, actor: string | null, now: number): Promise<void> {
    const at = bindMoment(this.#store.dialect, now);
    await tx.run(this.#sql.insert, [...this.#values(written), at, actor, at, actor, written.name]);
  }

  async update(tx: Transaction, written: WrittenProvider, actor: string | null, now: number): Promise<void> {
    const at = bindMoment(this.#store.dialect, now);
    await tx.run(this.#sql.update, [...this.#values(written), at, actor, written.name]);
  }

  async remove(tx: Transaction, name: string): Promise<void> {
    await tx.run(this.#sql.remove, [name]);
  }

  /** Takes back the codes (`response=code`) of people of a provider that are not redeemed yet. */
  async takeCodesBack(tx: Transaction, name: string): Promise<void> {
    await tx.run(this.#sql.takeCodesBack, [name, name]);
  }

  /** How many accounts are of a provider or linked to it. */
  async users(from: Pick<Store, 'get'>, name: string): Promise<number> {
    return Number((await from.get(this.#sql.users, [name, name]))?.users ?? 0);
  }

  /** Whether people may still come in by what a provider was; it stays so until the transaction ends. */
  async holds(tx: Transaction, name: string, revision: string): Promise<boolean> {
    return (await tx.get(this.#sql.holds, [name, revision])) !== undefined;
  }

  #values({ driver, label, icon, enabled, settings, revision, name }: WrittenProvider): SqlValue[] {
    const sealed = this.#box.close(JSON.stringify(settings), name).toString('base64');
    const flag = this.#store.dialect === 'sqlite' ? Number(enabled) : String(enabled);
    return [driver, label, icon, flag, sealed, revision];
  }

  #read(row: Row): StoredProvider {
    const { dialect } = this.#store;
    const name = String(row.name);
    const opened = this.#box.open(Buffer.from(String(row.settings), 'base64'), name);
    return {
      name,
      driver: String(row.driver),
      label: textOf(row.label),
      icon: textOf(row.icon),
      enabled: Boolean(row.enabled),
      settings: opened && (JSON.parse(opened.toString('utf8')) as Settings), // sealed by us
      revision: String(row.revision),
      createdAt: readMoment(dialect, row.created_at) ?? 0,
      createdBy: textOf(row.created_by),
      updatedAt: readMoment(dialect, row.updated_at) ?? 0,
      updatedBy: textOf(row.updated_by),
    };
  }
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

const COLUMNS = 'driver, label, icon, enabled, settings, revision';

/** Accounts that a provider opens. */
const OF_PROVIDER = 'u.provider = ? OR u.id IN (SELECT i."user" FROM limen_identities i WHERE i.provider = ?)';

const texts = (store: Store) => ({
  all: 'SELECT * FROM limen_providers ORDER BY name',
  find: statement(store, 'SELECT * FROM limen_providers WHERE name = ?'),
  insert: statement(
    store,
    `INSERT INTO limen_providers (${COLUMNS}, created_at, created_by, updated_at, updated_by, name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  update: statement(
    store,
    `UPDATE limen_providers SET driver = ?, label = ?, icon = ?, enabled = ?, settings = ?, revision = ?,
     updated_at = ?, updated_by = ? WHERE name = ?`,
  ),
  remove: statement(store, 'DELETE FROM limen_providers WHERE name = ?'),
  users: statement(store, `SELECT count(*) AS users FROM directus_users u WHERE ${OF_PROVIDER}`),
  takeCodesBack: statement(
    store,
    `DELETE FROM limen_hand_offs WHERE "user" IN (SELECT u.id FROM directus_users u WHERE ${OF_PROVIDER})`,
  ),
  holds: statement(
    store,
    `SELECT 1 FROM limen_providers WHERE name = ? AND revision = ? AND enabled = TRUE
     ${store.dialect === 'postgres' ? 'FOR SHARE' : ''}`,
  ),
});
