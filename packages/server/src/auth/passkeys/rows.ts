import { randomUUID } from 'node:crypto';
import { invalidCredentials, invalidPayload } from '../../errors/index.ts';
import { ConstraintError, type Row, type Store, type Transaction } from '../../store/types.ts';
import { bindMoment, readMoment, statement } from '../statements.ts';

/** A public key of somebody's authenticator. */
export interface Passkey {
  readonly id: string;
  readonly user: string;
  readonly name: string;
  /** The credential's id in base64url. */
  readonly credential: string;
  /** COSE, in base64url. */
  readonly publicKey: string;
  /** How often the authenticator says that it signed; 0 where it doesn't count. */
  readonly counter: number;
  readonly transports: readonly string[];
  /** Whether it is kept in an account of its maker, and so on several devices. */
  readonly backedUp: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly lastUsed: number | null;
}

export type NewPasskey = Omit<Passkey, 'id' | 'createdAt' | 'lastUsed'>;

/** The rows of limen_passkeys. */
export class PasskeyRows {
  readonly #store: Store;
  readonly #sql: Readonly<Record<keyof typeof TEXTS, string>>;

  constructor(store: Store) {
    this.#store = store;
    const texts = Object.entries(TEXTS).map(([name, text]) => [name, statement(store, text)]);
    this.#sql = Object.fromEntries(texts);
  }

  async byCredential(credential: string): Promise<Passkey | null> {
    const row = await this.#store.get(this.#sql.byCredential, [credential]);
    return row ? this.#read(row) : null;
  }

  /** The oldest first. */
  async of(user: string): Promise<readonly Passkey[]> {
    return (await this.#store.all(this.#sql.of, [user])).map((row) => this.#read(row));
  }

  /** How many an account has, in a transaction that no other change to its credentials runs beside. */
  async count(tx: Transaction, user: string): Promise<number> {
    await tx.run(this.#sql.lock, [user]);
    return Number((await tx.get<{ n: number }>(this.#sql.count, [user]))?.n ?? 0);
  }

  /** Its id. Throws INVALID_PAYLOAD where somebody has it already. */
  async add(tx: Transaction, passkey: NewPasskey, now: number): Promise<string> {
    const id = randomUUID();
    const { user, name, credential, publicKey, counter, transports, backedUp } = passkey;
    const values = [
      id,
      user,
      name,
      credential,
      publicKey,
      counter,
      transports.join(),
      Number(backedUp),
      this.#moment(now),
    ];
    try {
      await tx.run(this.#sql.add, values);
    } catch (error) {
      if (!(error instanceof ConstraintError) || error.kind !== 'unique') throw error;
      throw invalidPayload('This passkey is registered already.', error);
    }
    return id;
  }

  /** Whether the account has such a one. */
  async rename(tx: Transaction, user: string, id: string, name: string): Promise<boolean> {
    return (await tx.run(this.#sql.rename, [name, id, user])) > 0;
  }

  /** Whether the account had such a one. */
  async remove(tx: Transaction, user: string, id: string): Promise<boolean> {
    return (await tx.run(this.#sql.remove, [id, user])) > 0;
  }

  /**
   * Writes down that it signed. Throws INVALID_CREDENTIALS when it is gone, or was used meanwhile by something that had
   * counted as far: a copy (WebAuthn Level 3 §6.1.1).
   */
  async use(tx: Transaction, id: string, counter: number, now: number): Promise<void> {
    const used = await tx.run(this.#sql.use, [counter, this.#moment(now), id, counter, counter]);
    if (used === 0) throw invalidCredentials();
  }

  #moment(ms: number) {
    return bindMoment(this.#store.dialect, ms);
  }

  #read(row: Row): Passkey {
    const moment = (raw: unknown) => readMoment(this.#store.dialect, raw);
    return {
      id: String(row.id),
      user: String(row.user),
      name: String(row.name),
      credential: String(row.credential),
      publicKey: String(row.public_key),
      counter: Number(row.counter),
      transports: row.transports ? String(row.transports).split(',') : [],
      backedUp: Boolean(row.backed_up),
      createdAt: moment(row.created_at) ?? 0,
      lastUsed: moment(row.last_used),
    };
  }
}

const TEXTS = {
  byCredential: 'SELECT * FROM limen_passkeys WHERE credential = ?',
  of: 'SELECT * FROM limen_passkeys WHERE "user" = ? ORDER BY created_at, id',
  // Changes nothing, and holds the row until the transaction ends.
  lock: 'UPDATE directus_users SET last_page = last_page WHERE id = ?',
  count: 'SELECT count(*) AS n FROM limen_passkeys WHERE "user" = ?',
  add: `INSERT INTO limen_passkeys
      (id, "user", name, credential, public_key, counter, transports, backed_up, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  rename: 'UPDATE limen_passkeys SET name = ? WHERE id = ? AND "user" = ?',
  remove: 'DELETE FROM limen_passkeys WHERE id = ? AND "user" = ?',
  use: `UPDATE limen_passkeys SET counter = ?, last_used = ?
    WHERE id = ? AND (counter < ? OR counter + ? = 0)`,
};
