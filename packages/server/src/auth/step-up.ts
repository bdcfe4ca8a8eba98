import type { Origin } from '../access/index.ts';
import { invalidCredentials, invalidOtp, invalidPayload } from '../errors/index.ts';
import type { Store } from '../store/types.ts';
import type { LoginAttempts } from './login/attempts.ts';
import type { Ceremonies } from './passkeys/ceremonies.ts';
import type { Passwords } from './passwords.ts';
import type { Proof, Spend } from './proof.ts';
import type { SecondFactors } from './second-factor/second-factors.ts';
import { statement } from './statements.ts';

interface Parts {
  readonly store: Store;
  readonly passwords: Passwords;
  readonly attempts: LoginAttempts;
  readonly secondFactors: SecondFactors;
  readonly ceremonies: Ceremonies;
}

/**
 * Somebody who is signed in proves once more who they are, before a credential is added or taken away: whoever finds an
 * open session, or steals a token, has none of it.
 */
export class StepUp {
  readonly #parts: Parts;
  readonly #find: string;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#find = statement(parts.store, `SELECT password FROM directus_users WHERE id = ? AND status = 'active'`);
  }

  /**
   * With a second factor only that counts (a passkey counts too), else the password or a passkey. Throws INVALID_PAYLOAD
   * when nothing was brought, INVALID_CREDENTIALS for a wrong password or passkey, INVALID_OTP for a wrong code and where
   * a password is not enough.
   */
  async prove(user: string, proof: Proof, origin: Origin): Promise<Spend> {
    const { secondFactors, ceremonies } = this.#parts;
    const { password, otp, passkey } = proof;
    if (passkey !== null) return (await ceremonies.verify('step-up', user, passkey)).spend;
    const factors = await secondFactors.of(user);
    if (factors.seed !== null || factors.passkey) {
      if (otp !== null) return secondFactors.proveCode(user, factors.seed, otp, 'stepUp', origin);
      if (password !== null) throw invalidOtp();
    } else if (password !== null) {
      await this.checkPassword(user, password, origin);
      return async () => {};
    }
    throw invalidPayload('"password", "otp" or "passkey" has to prove that it is you.');
  }

  /** The stored hash. Throws INVALID_CREDENTIALS; too many wrong ones suspend the account, as at login. */
  async checkPassword(user: string, password: string, origin: Origin): Promise<string> {
    const { store, passwords, attempts } = this.#parts;
    const stored = (await store.get<{ password: string | null }>(this.#find, [user]))?.password ?? null;
    if (await passwords.verify(stored, password)) return stored ?? '';
    if (stored !== null) await attempts.failed(user, origin);
    throw invalidCredentials();
  }
}
