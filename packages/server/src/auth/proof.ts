import { invalidPayload } from '../errors/index.ts';
import type { Transaction } from '../store/types.ts';

/** What somebody brings to prove who they are; null for what they don't. */
export interface Proof {
  readonly password: string | null;
  /** A one-time password, or a recovery code. */
  readonly otp: string | null;
  /** What an authenticator answered (WebAuthn Level 3, AuthenticationResponseJSON), not looked at yet. */
  readonly passkey: object | null;
}

/**
 * Uses up what was proven, in the transaction of what it allows, so that of several requests with the same proof one
 * succeeds. Throws INVALID_OTP or INVALID_CREDENTIALS when it was used up meanwhile.
 */
export type Spend = (tx: Transaction) => Promise<void>;

/** `password`, `otp` and `passkey` of a body. Throws INVALID_PAYLOAD for what can't be one. */
export function readProof({ password, otp, passkey }: Record<string, unknown>): Proof {
  return { password: textOrNull('password', password), otp: textOrNull('otp', otp), passkey: answerOrNull(passkey) };
}

function textOrNull(name: string, value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw invalidPayload(`"${name}" has to be a text.`);
  return value;
}

/** An authenticator's answer, where there is one. Throws INVALID_PAYLOAD. */
export function answerOrNull(value: unknown): object | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value)) throw invalidPayload('"passkey" has to be an object.');
  return value;
}
