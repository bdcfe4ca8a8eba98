import type { Origin } from '../../access/index.ts';
import { ApiError, invalidOtp } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store } from '../../store/types.ts';
import type { Ceremonies } from '../passkeys/ceremonies.ts';
import type { Proof, Spend } from '../proof.ts';
import { statement } from '../statements.ts';
import type { OtpUse, OtpUses } from './otp-uses.ts';
import { type RecoveryCodes, readRecoveryCode } from './recovery-codes.ts';
import type { Seeds } from './seeds.ts';
import { matchingStep } from './totp.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly seeds: Seeds;
  readonly otpUses: OtpUses;
  readonly recoveryCodes: RecoveryCodes;
  readonly ceremonies: Ceremonies;
}

/** Which second factors an account has. */
export interface Factors {
  /** directus_users.tfa_secret. */
  readonly seed: string | null;
  /** Whether a password needs a passkey beside it, or a one-time password. */
  readonly passkey: boolean;
}

/** What to bring beside the first factor. `passkey` answers a challenge for a second factor. */
export type SecondProof = Pick<Proof, 'otp' | 'passkey'>;

/** Whether somebody has the second factor of an account: a one-time password, a recovery code or a passkey. */
export class SecondFactors {
  readonly #parts: Parts;
  readonly #find: string;
  readonly #encrypt: string;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#find = statement(
      parts.store,
      `SELECT u.tfa_secret AS seed, f.passkey FROM directus_users u
       LEFT JOIN limen_second_factors f ON f."user" = u.id WHERE u.id = ?`,
    );
    this.#encrypt = statement(parts.store, 'UPDATE directus_users SET tfa_secret = ? WHERE id = ? AND tfa_secret = ?');
  }

  async of(user: string): Promise<Factors> {
    const row = await this.#parts.store.get<{ seed: string | null; passkey: unknown }>(this.#find, [user]);
    return { seed: row?.seed ?? null, passkey: Boolean(row?.passkey) };
  }

  /**
   * For every way to sign in whose first factor needs a second one. What is proven is used up by the function that this
   * gives, to be called in the transaction that opens the session. An account without a second factor needs none.
   * Throws INVALID_OTP when the proof is missing or wrong.
   */
  async prove(user: string, proof: SecondProof, use: OtpUse, origin: Origin): Promise<Spend> {
    const { seed, passkey } = await this.of(user);
    if (seed === null && !passkey) return async () => {};
    if (proof.passkey === null) return this.proveCode(user, seed, proof.otp, use, origin);
    return this.#provePasskey(user, proof.passkey);
  }

  /** A one-time password of the seed, or a recovery code. Throws INVALID_OTP. */
  async proveCode(user: string, seed: string | null, otp: string | null, use: OtpUse, origin: Origin): Promise<Spend> {
    if (otp === null) throw invalidOtp();
    const code = readRecoveryCode(otp);
    return code === null ? this.#proveOtp(user, seed, otp, use, origin) : this.#proveRecoveryCode(user, code);
  }

  async #proveOtp(user: string, stored: string | null, otp: string, use: OtpUse, origin: Origin): Promise<Spend> {
    const { clock, seeds, otpUses } = this.#parts;
    const seed = stored === null ? null : seeds.open(user, stored);
    if (stored === null || seed === null || !(await otpUses.mayTry(user))) throw invalidOtp();
    const step = matchingStep(seed, otp, clock.now());
    if (step === null) throw invalidOtp();
    return async (tx) => {
      await otpUses.redeem(tx, user, step, use, origin);
      // Adopted from another server, which keeps seeds in plain text.
      if (seeds.isPlain(stored)) await tx.run(this.#encrypt, [seeds.close(user, seed), user, stored]);
    };
  }

  async #proveRecoveryCode(user: string, code: string): Promise<Spend> {
    const { recoveryCodes } = this.#parts;
    if (!(await recoveryCodes.has(user, code))) throw invalidOtp();
    return (tx) => recoveryCodes.redeem(tx, user, code);
  }

  async #provePasskey(user: string, answer: object): Promise<Spend> {
    try {
      const { passkey, spend } = await this.#parts.ceremonies.verify('second-factor', null, answer);
      if (passkey.user !== user) throw invalidOtp();
      return spend;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'INVALID_CREDENTIALS') throw invalidOtp();
      throw error;
    }
  }
}
