import type { Origin } from '../../access/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store, Transaction } from '../../store/types.ts';
import { recordEvent } from '../events.ts';
import type { Sessions } from '../sessions.ts';
import { statement } from '../statements.ts';

/** Where there are no settings yet: what directus_settings.auth_login_attempts defaults to. */
const DEFAULT_LIMIT = 25;

/**
 * Counts wrong passwords per account in `limen_login_attempts`, so that a restart or another node does not forget them.
 * The one after the allowed ones suspends the account.
 */
export class LoginAttempts {
  readonly #store: Store;
  readonly #sessions: Sessions;
  readonly #clock: Clock;
  readonly #count: string;
  readonly #suspend: string;
  readonly #reset: string;

  constructor(store: Store, sessions: Sessions, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#sessions = sessions;
    this.#count = statement(
      store,
      `INSERT INTO limen_login_attempts ("user", failures) VALUES (?, 1)
       ON CONFLICT ("user") DO UPDATE SET failures = limen_login_attempts.failures + 1 RETURNING failures`,
    );
    this.#suspend = statement(
      store,
      `UPDATE directus_users SET status = 'suspended' WHERE id = ? AND status = 'active'`,
    );
    this.#reset = statement(store, 'DELETE FROM limen_login_attempts WHERE "user" = ?');
  }

  /** Counts a wrong password of an existing, active account. */
  async failed(user: string, origin: Origin): Promise<void> {
    const limit = await this.#limit();
    await this.#store.transaction(async (tx) => {
      await this.#record(tx, 'login-failed', user, origin);
      if (limit === null) return;
      const row = await tx.get<{ failures: number }>(this.#count, [user]);
      if (row && Number(row.failures) > limit) await this.#suspendUser(tx, user, origin);
    });
  }

  /** Nobody has proved to be anybody, so the entry names an account and no actor. */
  async #record(tx: Transaction, action: 'login-failed' | 'lock-out', user: string, origin: Origin): Promise<void> {
    await recordEvent(tx, this.#store, { action, actor: null, user, at: this.#clock.now(), origin });
  }

  /** Forgets what was counted: after a right password, and when somebody makes the account active again. */
  async reset(tx: Transaction, user: string): Promise<void> {
    await tx.run(this.#reset, [user]);
  }

  async #suspendUser(tx: Transaction, user: string, origin: Origin): Promise<void> {
    if ((await tx.run(this.#suspend, [user])) === 0) return;
    await this.#record(tx, 'lock-out', user, origin);
    await this.#sessions.endAllOf(tx, user);
    tx.announce('users', user);
  }

  async #limit(): Promise<number | null> {
    const row = await this.#store.get<{ limit: unknown }>(
      'SELECT auth_login_attempts AS "limit" FROM directus_settings',
    );
    if (!row) return DEFAULT_LIMIT;
    return row.limit === null ? null : Number(row.limit);
  }
}
