import type { Origin } from '../../access/index.ts';
import { ApiError, invalidCredentials } from '../../errors/index.ts';
import { Stall } from '../../kernel/stall.ts';
import type { Store } from '../../store/types.ts';
import { foldEmail, foldedColumn } from '../email.ts';
import type { Grant } from '../grants.ts';
import type { Passwords } from '../passwords.ts';
import type { Spend } from '../proof.ts';
import type { SecondFactors } from '../second-factor/second-factors.ts';
import { statement } from '../statements.ts';
import type { Arrivals } from './arrivals.ts';
import type { LoginAttempts } from './attempts.ts';
import type { PasswordLoginInput } from './password-input.ts';

interface Account {
  readonly id: string;
  readonly password: string | null;
  readonly status: string;
  readonly provider: string;
  readonly failures: number | null;
}

interface Parts {
  readonly store: Store;
  readonly passwords: Passwords;
  readonly attempts: LoginAttempts;
  readonly secondFactors: SecondFactors;
  readonly arrivals: Arrivals;
  /** Milliseconds that a refused login takes at least. */
  readonly stallTimeMs: number;
}

/** Signing in with e-mail and password. */
export class PasswordLogin {
  readonly #parts: Parts;
  readonly #find: string;
  readonly #keep: string;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { store } = parts;
    // An adopted database may have one address twice in different case: then the exact one counts.
    this.#find = statement(
      store,
      `SELECT u.id, u.password, u.status, u.provider, a.failures
       FROM directus_users u LEFT JOIN limen_login_attempts a ON a."user" = u.id
       WHERE ${foldedColumn(store.dialect, 'u.email')} = ?
       ORDER BY CASE WHEN u.email = ? THEN 0 ELSE 1 END, u.id LIMIT 1`,
    );
    this.#keep = statement(store, 'UPDATE directus_users SET password = ? WHERE id = ? AND password = ?');
  }

  /**
   * Throws INVALID_CREDENTIALS, the same for every reason and after the same time at least; INVALID_OTP once the password
   * was right.
   */
  async login(provider: string, input: PasswordLoginInput, origin: Origin): Promise<Grant> {
    const { arrivals, attempts, stallTimeMs } = this.#parts;
    const stall = new Stall(stallTimeMs);
    try {
      const account = await this.#authenticate(provider, input, origin);
      const spend = await this.#secondFactor(account.id, input, origin);
      const hash = await this.#currentHash(account.password, input.password);
      const grant = await arrivals.arrive(account.id, input.mode, origin, async (tx) => {
        // Changed while the old one was being verified.
        if ((await tx.run(this.#keep, [hash, account.id, account.password])) === 0) throw invalidCredentials();
        await spend(tx);
        if (account.failures !== null) await attempts.reset(tx, account.id);
      });
      stall.cancel();
      return grant;
    } catch (error) {
      await stall.over();
      throw error;
    }
  }

  /** The account that the password proves. */
  async #authenticate(
    provider: string,
    input: PasswordLoginInput,
    origin: Origin,
  ): Promise<Account & { password: string }> {
    const { store, passwords, attempts } = this.#parts;
    const account = await store.get<Account & Record<string, unknown>>(this.#find, [
      foldEmail(input.email),
      input.email,
    ]);
    const mayLogIn = account?.provider === provider && account.status === 'active';
    // Verified for everybody, so that the time tells nothing about who is there.
    const right = await passwords.verify(account?.password ?? null, input.password);
    if (!account || account.password === null || !mayLogIn) throw invalidCredentials();
    if (!right) {
      await attempts.failed(account.id, origin);
      throw invalidCredentials();
    }
    return { ...account, password: account.password };
  }

  async #secondFactor(user: string, input: PasswordLoginInput, origin: Origin): Promise<Spend> {
    const { secondFactors, attempts } = this.#parts;
    const { otp, passkey = null, mode } = input;
    try {
      return await secondFactors.prove(user, { otp, passkey }, mode, origin);
    } catch (error) {
      // A client may ask without a code to learn that one is needed; a wrong code is a guess.
      const guessed = otp !== null && error instanceof ApiError && error.code === 'INVALID_OTP';
      if (guessed) await attempts.failed(user, origin);
      throw error;
    }
  }

  /** The hash to keep: a new one where the configured parameters are not those it was made with. */
  async #currentHash(stored: string, password: string): Promise<string> {
    const { passwords } = this.#parts;
    return passwords.needsRehash(stored) ? passwords.hash(password) : stored;
  }
}
