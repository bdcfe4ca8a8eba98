import { setTimeout as wait } from 'node:timers/promises';
import type { Origin } from '../../access/index.ts';
import { invalidCredentials, invalidOtp } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store, Transaction } from '../../store/types.ts';
import { foldEmail, foldedColumn } from '../email.ts';
import { type Grant, type Grants, kindOf } from '../grants.ts';
import type { Passwords } from '../passwords.ts';
import { isRightOtp } from '../second-factor/totp.ts';
import type { Sessions } from '../sessions.ts';
import { bindMoment, statement } from '../statements.ts';
import type { LoginAttempts } from './attempts.ts';
import type { PasswordLoginInput } from './password-input.ts';

interface Account {
  readonly id: string;
  readonly password: string | null;
  readonly status: string;
  readonly role: string | null;
  readonly provider: string;
  readonly tfa_secret: string | null;
  readonly failures: number | null;
}

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly attempts: LoginAttempts;
  readonly grants: Grants;
  /** Milliseconds that a refused login takes at least. */
  readonly stallTimeMs: number;
}

/** Signing in with e-mail and password. */
export class PasswordLogin {
  readonly #parts: Parts;
  readonly #find: string;
  readonly #arrive: string;
  readonly #record: string;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { store } = parts;
    // An adopted database may have one address twice in different case: then the exact one counts.
    this.#find = statement(
      store,
      `SELECT u.id, u.password, u.status, u.role, u.provider, u.tfa_secret, a.failures
       FROM directus_users u LEFT JOIN limen_login_attempts a ON a."user" = u.id
       WHERE ${foldedColumn(store.dialect, 'u.email')} = ?
       ORDER BY CASE WHEN u.email = ? THEN 0 ELSE 1 END, u.id LIMIT 1`,
    );
    this.#arrive = statement(
      store,
      `UPDATE directus_users SET last_access = ?, password = ? WHERE id = ? AND status = 'active' AND password = ?`,
    );
    this.#record = statement(
      store,
      `INSERT INTO directus_activity (action, "user", timestamp, ip, user_agent, collection, item, origin)
       VALUES ('login', ?, ?, ?, ?, 'directus_users', ?, ?)`,
    );
  }

  /**
   * Throws INVALID_CREDENTIALS, the same for every reason and after the same time at least; INVALID_OTP once the password
   * was right.
   */
  async login(provider: string, input: PasswordLoginInput, origin: Origin): Promise<Grant> {
    const started = performance.now();
    try {
      return await this.#attempt(provider, input, origin);
    } catch (error) {
      const left = this.#parts.stallTimeMs - (performance.now() - started);
      if (left > 0) await wait(left);
      throw error;
    }
  }

  async #attempt(provider: string, input: PasswordLoginInput, origin: Origin): Promise<Grant> {
    const { grants } = this.#parts;
    const account = await this.#authenticate(provider, input);
    const password = await this.#currentHash(account.password, input.password);
    const session = await this.#arriveAs(account, password, input, origin);
    const owner = { user: account.id, role: account.role, hasSecondFactor: account.tfa_secret !== null };
    return grants.make(input.mode, session, owner, origin);
  }

  /** The account that the credentials prove. */
  async #authenticate(provider: string, input: PasswordLoginInput): Promise<Account & { password: string }> {
    const { store, passwords, attempts, clock } = this.#parts;
    const account = await store.get<Account & Record<string, unknown>>(this.#find, [
      foldEmail(input.email),
      input.email,
    ]);
    const mayLogIn = account?.provider === provider && account.status === 'active';
    // Verified for everybody, so that the time tells nothing about who is there.
    const right = await passwords.verify(account?.password ?? null, input.password);
    if (!account || account.password === null || !mayLogIn) throw invalidCredentials();
    if (!right) {
      await attempts.failed(account.id);
      throw invalidCredentials();
    }
    if (account.tfa_secret !== null && !isRightOtp(account.tfa_secret, input.otp ?? '', clock.now())) {
      // A client may ask without a code to learn that one is needed; a wrong code is a guess.
      if (input.otp !== null) await attempts.failed(account.id);
      throw invalidOtp();
    }
    return { ...account, password: account.password };
  }

  /** The hash to keep: a new one where the configured parameters are not those it was made with. */
  async #currentHash(stored: string, password: string): Promise<{ before: string; after: string }> {
    const { passwords } = this.#parts;
    return { before: stored, after: passwords.needsRehash(stored) ? await passwords.hash(password) : stored };
  }

  /** Everything a login leaves behind, in one transaction; the plain session token. */
  #arriveAs(
    account: Account,
    password: { before: string; after: string },
    input: PasswordLoginInput,
    origin: Origin,
  ): Promise<string> {
    const { store, sessions, attempts, clock } = this.#parts;
    return store.transaction(async (tx: Transaction) => {
      const now = bindMoment(store.dialect, clock.now());
      // Suspended, or the password changed, while the old one was being verified.
      const arrived = await tx.run(this.#arrive, [now, password.after, account.id, password.before]);
      if (arrived === 0) throw invalidCredentials();
      const session = await sessions.open(tx, kindOf(input.mode), account.id, origin);
      const from = origin.origin?.slice(0, 255) ?? null;
      await tx.run(this.#record, [account.id, now, origin.ip, origin.userAgent, account.id, from]);
      if (account.failures !== null) await attempts.reset(tx, account.id);
      return session;
    });
  }
}
