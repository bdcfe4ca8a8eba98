import { createHmac, createSecretKey, hash, type KeyObject, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import type { Store, Transaction } from '../../store/types.ts';
import { sameText } from '../purpose-tokens.ts';
import { bindMoment, statement } from '../statements.ts';

/** What goes out by mail. */
export interface SentTicket {
  readonly token: string;
  /** Eight digits. */
  readonly code: string;
}

/** A login that was asked for and proven, not used up yet. */
export interface ProvenTicket {
  readonly id: string;
  readonly user: string;
}

interface Live {
  readonly id: string;
  readonly user: string;
  readonly browser: string;
}

const TTL_MS = 600_000;
const CODES = 100_000_000;
const CODE = /^\d{8}$/;
/** Codes that one login may be tried with. */
const MAX_TRIES = 5;

/**
 * Ends the logins that were mailed to a user: for when the address, the password or the status changed, because who reads
 * the old mail may be whom that was meant to keep out.
 */
export async function endEmailLogins(tx: Transaction, store: Pick<Store, 'placeholder'>, user: string): Promise<void> {
  await tx.run(statement(store, 'DELETE FROM limen_email_logins WHERE "user" = ?'), [user]);
}

/** The rows of limen_email_logins: digests only, so that who reads the database can't sign in with it. */
export class EmailLoginTickets {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #key: KeyObject;
  readonly #sql: ReturnType<typeof texts>;

  constructor(store: Store, secret: string, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#key = createSecretKey(secret, 'utf8');
    this.#sql = texts(store);
  }

  /** A login of this user, for ten minutes, from the browser that has this secret. */
  async issue(user: string, browser: string): Promise<SentTicket> {
    const [id, token] = [randomUUID(), randomBytes(32).toString('base64url')];
    const code = String(randomInt(CODES)).padStart(8, '0');
    await this.#store.transaction(async (tx) => {
      await tx.run(this.#sql.purge, [this.#moment()]);
      const digests = [hash('sha256', token, 'hex'), this.#digestOf(id, code), hash('sha256', browser, 'hex')];
      await tx.run(this.#sql.insert, [id, user, ...digests, this.#moment(TTL_MS)]);
    });
    return { token, code };
  }

  /** `browser` null: whichever browser asked. */
  async byToken(token: string, browser: string | null): Promise<ProvenTicket | null> {
    const row = await this.#store.get(this.#sql.byToken, [hash('sha256', token, 'hex'), this.#moment()]);
    return row && isOf(row as unknown as Live, browser) ? provenOf(row) : null;
  }

  /**
   * The newest login of the user that this browser asked for, if the code is that one's; `wrong` when there is one and the
   * code is not. Every look counts, before the code is compared, so that no number of parallel guesses is more than a few.
   */
  async byCode(user: string, typed: string, browser: string | null): Promise<ProvenTicket | 'wrong' | null> {
    const code = typed.replace(/[\s-]/g, '');
    const rows = await this.#store.all(this.#sql.ofUser, [user, this.#moment()]);
    const row = rows.find((one) => isOf(one as unknown as Live, browser));
    if (!row) return null;
    const text = this.#sql.count;
    const counted = await this.#store.transaction((tx) => tx.get(text, [String(row.id), MAX_TRIES, this.#moment()]));
    if (!counted) return null;
    const right = CODE.test(code) && sameText(this.#digestOf(String(row.id), code), String(counted.code));
    return right ? provenOf(row) : 'wrong';
  }

  /** Uses it up, and all others of the user; false when somebody else did. */
  async redeem(tx: Transaction, { id, user }: ProvenTicket): Promise<boolean> {
    if ((await tx.run(this.#sql.redeem, [id, this.#moment()])) === 0) return false;
    await endEmailLogins(tx, this.#store, user);
    return true;
  }

  #digestOf(id: string, code: string): string {
    return createHmac('sha256', this.#key).update(`email-login:${id}:${code}`).digest('hex');
  }

  #moment(offset = 0) {
    return bindMoment(this.#store.dialect, this.#clock.now() + offset);
  }
}

const texts = (store: Store) => ({
  purge: statement(store, 'DELETE FROM limen_email_logins WHERE expires <= ?'),
  insert: statement(
    store,
    `INSERT INTO limen_email_logins (id, "user", token, code, browser, failures, expires) VALUES (?, ?, ?, ?, ?, 0, ?)`,
  ),
  byToken: statement(store, `SELECT id, "user", browser FROM limen_email_logins WHERE token = ? AND expires > ?`),
  ofUser: statement(
    store,
    `SELECT id, "user", browser FROM limen_email_logins WHERE "user" = ? AND expires > ? ORDER BY expires DESC LIMIT 50`,
  ),
  count: statement(
    store,
    `UPDATE limen_email_logins SET failures = failures + 1 WHERE id = ? AND failures < ? AND expires > ? RETURNING code`,
  ),
  redeem: statement(store, 'DELETE FROM limen_email_logins WHERE id = ? AND expires > ?'),
});

const isOf = (row: Live, browser: string | null): boolean =>
  browser === null || sameText(hash('sha256', browser, 'hex'), row.browser);

const provenOf = (row: Readonly<Record<string, unknown>>): ProvenTicket => ({
  id: String(row.id),
  user: String(row.user),
});
