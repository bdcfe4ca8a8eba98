import type { Access } from '../../access/index.ts';
import { ApiError, forbidden, invalidPayload } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store, Transaction } from '../../store/types.ts';
import { actorOf, originOf, ownId, readId, requireAdministrator, requireOwnField } from '../asking.ts';
import { recordEvent } from '../events.ts';
import type { PasskeyRows } from '../passkeys/rows.ts';
import { projectName } from '../project-name.ts';
import { type Proof, readProof, type Spend } from '../proof.ts';
import { statement } from '../statements.ts';
import type { StepUp } from '../step-up.ts';
import type { OtpUses } from './otp-uses.ts';
import type { RecoveryCodes } from './recovery-codes.ts';
import type { SecondFactors } from './second-factors.ts';
import type { Seeds } from './seeds.ts';
import { matchingStep, otpauthUrl } from './totp.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly seeds: Seeds;
  readonly otpUses: OtpUses;
  readonly recoveryCodes: RecoveryCodes;
  readonly secondFactors: SecondFactors;
  readonly passkeyRows: PasskeyRows;
  readonly stepUp: StepUp;
}

/** What an account has beside its password. */
export interface FactorStatus {
  /** Whether the password alone does not let anybody in. */
  readonly enabled: boolean;
  /** Whether one-time passwords are on. */
  readonly otp: boolean;
  /** Whether a password needs a passkey, or one of the others, beside it. */
  readonly passkey: boolean;
  readonly recovery_codes_left: number;
}

/** Turning second factors of an account on and off. Bodies are taken as they came. */
export class Enrolment {
  readonly #parts: Parts;
  readonly #sql: Readonly<Record<keyof typeof TEXTS, string>>;

  constructor(parts: Parts) {
    this.#parts = parts;
    const texts = Object.entries(TEXTS).map(([name, text]) => [name, statement(parts.store, text)]);
    this.#sql = Object.fromEntries(texts);
  }

  async status(access: Access): Promise<FactorStatus> {
    const { secondFactors, recoveryCodes } = this.#parts;
    const user = ownId(access);
    const { seed, passkey } = await secondFactors.of(user);
    const left = await recoveryCodes.left(user);
    return { enabled: seed !== null || passkey, otp: seed !== null, passkey, recovery_codes_left: left };
  }

  /**
   * Proposes a secret for an authenticator app; nothing is stored. Throws INVALID_PAYLOAD where one-time passwords are on,
   * and what `StepUp.prove` throws.
   */
  async generate(access: Access, body: Record<string, unknown>): Promise<{ secret: string; otpauth_url: string }> {
    const { store, secondFactors, seeds, stepUp } = this.#parts;
    const user = ownId(access);
    const proof = readProof(body);
    requireSome(proof);
    if ((await secondFactors.of(user)).seed !== null) throw alreadyOn();
    const spend = await stepUp.prove(user, proof, originOf(access));
    await store.transaction(spend);
    const account = await store.get<{ email: string | null; password: string | null }>(this.#sql.account, [user]);
    const secret = seeds.propose(user, account?.password ?? null);
    const name = account?.email ?? user;
    return { secret, otpauth_url: otpauthUrl(secret, await projectName(store), name) };
  }

  /**
   * Turns one-time passwords on with `{secret, otp}`, where `secret` was proposed to this account. Throws INVALID_PAYLOAD,
   * or FORBIDDEN without the permission to update one's own `tfa_secret`.
   */
  async enable(access: Access, body: Record<string, unknown>): Promise<void> {
    const { store, clock, seeds, otpUses } = this.#parts;
    const user = ownId(access);
    const { secret: given, otp } = body;
    if (typeof given !== 'string' || given === '') throw invalidPayload('"secret" has to be a text.');
    if (typeof otp !== 'string' || otp === '') throw invalidPayload('"otp" has to be a text.');
    await requireOwnField(store, access, 'tfa_secret');
    const secret = given.replace(/\s/g, '').toUpperCase();
    const account = await store.get<{ password: string | null; tfa_secret: string | null }>(this.#sql.account, [user]);
    if (!account || account.tfa_secret !== null) throw alreadyOn();
    if (!seeds.wasProposed(secret, user, account.password)) {
      throw invalidPayload('"secret" has to be one that /users/me/tfa/generate gave a short while ago.');
    }
    const step = matchingStep(secret, otp, clock.now());
    if (step === null) throw wrongOtp();
    await store.transaction(async (tx) => {
      if ((await tx.run(this.#sql.enable, [seeds.close(user, secret), user])) === 0) throw alreadyOn();
      await otpUses.forget(tx, user);
      await otpUses.redeem(tx, user, step, 'enable', originOf(access));
      await this.#record(tx, access, user);
    });
  }

  /** Turns one-time passwords off with `{otp}` (a recovery code too) or `{passkey}`. Throws INVALID_PAYLOAD. */
  async disable(access: Access, body: Record<string, unknown>): Promise<void> {
    const { store, secondFactors, stepUp, otpUses } = this.#parts;
    const user = ownId(access);
    const { otp, passkey } = readProof(body);
    if (otp === null && passkey === null) throw invalidPayload('"otp" has to be a text.');
    const { seed } = await secondFactors.of(user);
    if (seed === null) throw invalidPayload('One-time passwords are not on.');
    const origin = originOf(access);
    try {
      const spend = passkey
        ? await stepUp.prove(user, { password: null, otp: null, passkey }, origin)
        : await secondFactors.proveCode(user, seed, otp, 'disable', origin);
      await store.transaction(async (tx) => {
        await tx.run(this.#sql.disable, [user]);
        await spend(tx);
        await otpUses.forget(tx, user);
        await tx.run(this.#sql.forgetUnneededCodes, [user, user]);
        await this.#record(tx, access, user);
      });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'INVALID_OTP') throw wrongOtp();
      throw error;
    }
  }

  /** Takes all second factors from somebody who lost them; passkeys stay, to sign in with. FORBIDDEN but for administrators. */
  async disableFor(access: Access, id: string): Promise<void> {
    const { store, recoveryCodes } = this.#parts;
    requireAdministrator(access);
    const user = readId(id);
    await store.transaction(async (tx) => {
      if ((await tx.run(this.#sql.disable, [user])) === 0) throw forbidden();
      await tx.run(this.#sql.forgetFactors, [user]);
      await recoveryCodes.forget(tx, user);
      await this.#record(tx, access, user);
    });
  }

  /** Ten new recovery codes in place of the old ones. Throws INVALID_PAYLOAD without a second factor. */
  async newRecoveryCodes(access: Access, body: Record<string, unknown>): Promise<readonly string[]> {
    const { store, recoveryCodes, secondFactors } = this.#parts;
    const user = ownId(access);
    const spend = await this.#proveAgain(access, body);
    const { seed, passkey } = await secondFactors.of(user);
    if (seed === null && !passkey) throw invalidPayload('Recovery codes come with a second factor; none is on.');
    return store.transaction(async (tx) => {
      await spend(tx);
      await this.#record(tx, access, user);
      return recoveryCodes.replace(tx, user);
    });
  }

  /**
   * Says with `{passkey_required}` whether a password needs a passkey (or an other second factor) beside it. Throws
   * INVALID_PAYLOAD for an account without one.
   */
  async requirePasskey(access: Access, body: Record<string, unknown>): Promise<void> {
    const { store, passkeyRows } = this.#parts;
    const user = ownId(access);
    const { passkey_required: required } = body;
    if (typeof required !== 'boolean') throw invalidPayload('"passkey_required" has to be true or false.');
    if (required) await requireOwnField(store, access, 'tfa_secret');
    const spend = await this.#proveAgain(access, body);
    await store.transaction(async (tx) => {
      const passkeys = await passkeyRows.count(tx, user);
      if (required && passkeys === 0) throw invalidPayload('There is no passkey yet.');
      await spend(tx);
      await setPasskeyFactor(tx, store, user, required);
      await tx.run(this.#sql.forgetUnneededCodes, [user, user]);
      await this.#record(tx, access, user);
    });
  }

  #proveAgain(access: Access, body: Record<string, unknown>): Promise<Spend> {
    const proof = readProof(body);
    requireSome(proof);
    return this.#parts.stepUp.prove(ownId(access), proof, originOf(access));
  }

  async #record(tx: Transaction, access: Access, user: string): Promise<void> {
    const { store, clock } = this.#parts;
    const origin = originOf(access);
    await recordEvent(tx, store, { action: 'update', actor: actorOf(access), user, at: clock.now(), origin });
    tx.announce('users', user);
  }
}

const TEXTS = {
  account: 'SELECT email, password, tfa_secret FROM directus_users WHERE id = ?',
  enable: `UPDATE directus_users SET tfa_secret = ? WHERE id = ? AND tfa_secret IS NULL AND status = 'active'`,
  disable: 'UPDATE directus_users SET tfa_secret = NULL WHERE id = ?',
  forgetFactors: 'DELETE FROM limen_second_factors WHERE "user" = ?',
  forgetUnneededCodes: `DELETE FROM limen_recovery_codes WHERE "user" = ?
    AND NOT EXISTS (SELECT 1 FROM directus_users u LEFT JOIN limen_second_factors f ON f."user" = u.id
      WHERE u.id = ? AND (u.tfa_secret IS NOT NULL OR f.passkey))`,
};

/** Whether a password needs a passkey beside it from now on. */
export async function setPasskeyFactor(
  tx: Transaction,
  store: Pick<Store, 'placeholder'>,
  user: string,
  required: boolean,
): Promise<void> {
  const flag = required ? 'TRUE' : 'FALSE';
  const text = `INSERT INTO limen_second_factors ("user", passkey) VALUES (?, ${flag})
    ON CONFLICT ("user") DO UPDATE SET passkey = ${flag}`;
  await tx.run(statement(store, text), [user]);
}

function requireSome({ password, otp, passkey }: Proof): void {
  if (password === null && otp === null && passkey === null) throw invalidPayload('"password" has to be a text.');
}

const alreadyOn = () => invalidPayload('One-time passwords are on already.');
const wrongOtp = () => invalidPayload('"otp" is wrong, or was used before.');
