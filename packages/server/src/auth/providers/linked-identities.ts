import { randomUUID } from 'node:crypto';
import { ApiError, unprocessable } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Row, Store, Transaction } from '../../store/types.ts';
import { bindMoment, readMoment, statement } from '../statements.ts';

/** What an account is known by at a provider. */
export interface Identity {
  readonly provider: string;
  readonly identifier: string;
}

export interface LinkedIdentity extends Identity {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** The account as far as ways to sign in to it go. */
export interface Holder {
  readonly provider: string;
  readonly identifier: string | null;
  readonly hasPassword: boolean;
  readonly passkeys: number;
}

/** An account has at most so many beside its own. */
const LIMIT = 20;

/** The rows of limen_identities. The first identity of an account made by a provider is in directus_users itself. */
export class LinkedIdentities {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #sql: ReturnType<typeof texts>;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#sql = texts(store);
  }

  /** Oldest first. */
  async of(on: Pick<Transaction, 'all'>, user: string): Promise<LinkedIdentity[]> {
    return (await on.all(this.#sql.of, [user])).map((row) => this.#read(row));
  }

  async holder(on: Pick<Store, 'get'>, user: string): Promise<Holder | null> {
    return holderIn(await on.get(this.#sql.holder, [user]));
  }

  /** The same, and nobody else changes the account until the transaction ends. SQLite has one writer anyway. */
  async lockedHolder(tx: Transaction, user: string): Promise<Holder | null> {
    const lock = this.#store.dialect === 'postgres' ? ' FOR UPDATE' : '';
    return holderIn(await tx.get(`${this.#sql.holder}${lock}`, [user]));
  }

  /**
   * Gives an active user another identity; false when they have it. Throws INVALID_PROVIDER when it is somebody else's,
   * UNPROCESSABLE_CONTENT when they have too many.
   */
  async add(tx: Transaction, user: string, { provider, identifier }: Identity): Promise<boolean> {
    const owner = await tx.get(this.#sql.owner, [provider, identifier, provider, identifier]);
    if (owner) return isOwn(owner, user);
    if ((await this.of(tx, user)).length >= LIMIT) throw unprocessable(`An account has at most ${LIMIT} identities.`);
    const now = bindMoment(this.#store.dialect, this.#clock.now());
    if ((await tx.run(this.#sql.insert, [randomUUID(), provider, identifier, now, user])) > 0) return true;
    const quicker = await tx.get(this.#sql.owner, [provider, identifier, provider, identifier]);
    return isOwn(quicker, user);
  }

  /** False where the user has no such one. */
  async remove(tx: Transaction, user: string, id: string): Promise<boolean> {
    return (await tx.run(this.#sql.remove, [id, user])) > 0;
  }

  /** Takes the account's own identity away: the oldest linked one takes its place, or none. */
  async removeOwn(tx: Transaction, user: string): Promise<void> {
    const next = await tx.get(this.#sql.promotable, [user]);
    const { provider, identifier } = next ? this.#read(next) : { provider: 'default', identifier: null };
    if (next) await tx.run(this.#sql.remove, [String(next.id), user]);
    await tx.run(this.#sql.setOwn, [provider, identifier, user]);
  }

  #read(row: Row): LinkedIdentity {
    return {
      id: String(row.id),
      provider: String(row.provider),
      identifier: String(row.identifier),
      createdAt: readMoment(this.#store.dialect, row.created_at) ?? 0,
    };
  }
}

const texts = (store: Store) => ({
  of: statement(
    store,
    'SELECT id, provider, identifier, created_at FROM limen_identities WHERE "user" = ? ORDER BY created_at, id',
  ),
  holder: statement(
    store,
    `SELECT provider, external_identifier, password,
       (SELECT count(*) FROM limen_passkeys p WHERE p."user" = directus_users.id) AS passkeys
     FROM directus_users WHERE id = ?`,
  ),
  owner: statement(
    store,
    `SELECT id AS owner FROM directus_users WHERE provider = ? AND external_identifier = ?
     UNION ALL SELECT "user" AS owner FROM limen_identities WHERE provider = ? AND identifier = ?`,
  ),
  insert: statement(
    store,
    `INSERT INTO limen_identities (id, provider, identifier, created_at, "user")
     SELECT ?, ?, ?, ?, u.id FROM directus_users u WHERE u.id = ? AND u.status = 'active'
     ON CONFLICT (provider, identifier) DO NOTHING`,
  ),
  remove: statement(store, 'DELETE FROM limen_identities WHERE id = ? AND "user" = ?'),
  promotable: statement(
    store,
    `SELECT id, provider, identifier, created_at FROM limen_identities WHERE "user" = ? AND NOT EXISTS (
       SELECT 1 FROM directus_users u WHERE u.external_identifier = limen_identities.identifier)
     ORDER BY created_at, id LIMIT 1`,
  ),
  setOwn: statement(store, 'UPDATE directus_users SET provider = ?, external_identifier = ? WHERE id = ?'),
});

function holderIn(row: Row | undefined): Holder | null {
  if (!row) return null;
  return {
    provider: String(row.provider),
    identifier: row.external_identifier === null ? null : String(row.external_identifier),
    hasPassword: row.password !== null,
    passkeys: Number(row.passkeys),
  };
}

/** false: it is theirs already. */
function isOwn(owner: Row | undefined, user: string): false {
  if (owner?.owner === user) return false;
  throw new ApiError('INVALID_PROVIDER', 'This identity belongs to another account.');
}
