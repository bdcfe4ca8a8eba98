import { hash } from 'node:crypto';
import type { Origin } from '../../access/index.ts';
import { invalidOtp } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store, Transaction } from '../../store/types.ts';
import { bindMoment, statement } from '../statements.ts';

/** What a one-time password can be used for; each a bit of limen_second_factors.otp_uses. */
export const OTP_USES = { enable: 1, json: 2, cookie: 4, session: 8, disable: 16, stepUp: 32 } as const;
export type OtpUse = keyof typeof OTP_USES;

/** So many wrong codes in a row are taken, then none for a while that doubles every time. */
const ROW = 5;
const FIRST_BLOCK_MS = 60_000;
const LONGEST_BLOCK_MS = 86_400_000;

/**
 * Which one-time passwords of an account were used, and how many wrong ones were tried.
 *
 * A code counts once for each use, for nothing older than itself, and all its uses are by one client (address and
 * program): an app that enables codes and signs in twice, in two modes, within half a minute gets by with one, and whoever
 * looks over a shoulder gets nothing. Guessing six digits is hopeless: beyond the first few tries a day has five.
 */
export class OtpUses {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #count: string;
  readonly #block: string;
  readonly #redeem: string;
  readonly #forget: string;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#count = statement(
      store,
      `INSERT INTO limen_second_factors AS f ("user", otp_failures) VALUES (?, 1)
       ON CONFLICT ("user") DO UPDATE SET otp_failures = f.otp_failures + 1
       WHERE f.otp_blocked_until IS NULL OR f.otp_blocked_until <= ? RETURNING otp_failures`,
    );
    this.#block = statement(store, 'UPDATE limen_second_factors SET otp_blocked_until = ? WHERE "user" = ?');
    this.#redeem = statement(
      store,
      `INSERT INTO limen_second_factors AS f ("user", otp_step, otp_uses, otp_client) VALUES (?, ?, ?, ?)
       ON CONFLICT ("user") DO UPDATE SET
         otp_uses = excluded.otp_uses | CASE WHEN f.otp_step = excluded.otp_step THEN f.otp_uses ELSE 0 END,
         otp_step = excluded.otp_step, otp_client = excluded.otp_client, otp_failures = 0, otp_blocked_until = NULL
       WHERE f.otp_step IS NULL OR f.otp_step < excluded.otp_step
         OR (f.otp_step = excluded.otp_step AND f.otp_client = excluded.otp_client
           AND (f.otp_uses & excluded.otp_uses) = 0)
       RETURNING otp_step`,
    );
    this.#forget = statement(
      store,
      `UPDATE limen_second_factors
       SET otp_step = NULL, otp_uses = NULL, otp_client = NULL, otp_failures = 0, otp_blocked_until = NULL
       WHERE "user" = ?`,
    );
  }

  /**
   * Counts a try before it is looked at, so that parallel guesses count too; whether it may be looked at. A code that is
   * redeemed afterwards takes the count back to nothing.
   */
  async mayTry(user: string): Promise<boolean> {
    const now = this.#clock.now();
    const moment = (ms: number) => bindMoment(this.#store.dialect, ms);
    return this.#store.transaction(async (tx) => {
      const row = await tx.get<{ otp_failures: number }>(this.#count, [user, moment(now)]);
      if (!row) return false;
      const rows = Math.floor(row.otp_failures / ROW);
      if (rows > 0 && row.otp_failures % ROW === 0) {
        const pause = Math.min(FIRST_BLOCK_MS * 2 ** (rows - 1), LONGEST_BLOCK_MS);
        await tx.run(this.#block, [moment(now + pause), user]);
      }
      return true;
    });
  }

  /** Uses up the code of a step. Throws INVALID_OTP when it was used for this before, or one after it was. */
  async redeem(tx: Transaction, user: string, step: number, use: OtpUse, origin: Origin): Promise<void> {
    const client = hash('sha256', `${origin.ip}\0${origin.userAgent}`, 'hex');
    if (!(await tx.get(this.#redeem, [user, step, OTP_USES[use], client]))) throw invalidOtp();
  }

  /** For another seed, or none. */
  async forget(tx: Transaction, user: string): Promise<void> {
    await tx.run(this.#forget, [user]);
  }
}
