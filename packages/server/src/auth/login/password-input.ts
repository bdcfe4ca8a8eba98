import { invalidPayload } from '../../errors/index.ts';
import { looksLikeEmail } from '../email.ts';
import { bodyOf, modeOf } from '../input.ts';
import { answerOrNull } from '../proof.ts';
import type { SessionMode } from '../settings.ts';

export interface PasswordLoginInput {
  readonly email: string;
  readonly password: string;
  readonly mode: SessionMode;
  readonly otp: string | null;
  /** What an authenticator answered, in place of `otp`. */
  readonly passkey?: object | null;
}

/** The body of a login, `{email, password, mode?, otp?, passkey?}`; other keys are ignored. Throws INVALID_PAYLOAD. */
export function readPasswordLogin(body: unknown): PasswordLoginInput {
  const { email, password, mode, otp, passkey } = bodyOf(body);
  if (typeof email !== 'string' || !looksLikeEmail(email)) throw invalidPayload('"email" has to be an e-mail address.');
  if (typeof password !== 'string' || password === '') throw invalidPayload('"password" has to be a text.');
  if (otp !== undefined && otp !== null && typeof otp !== 'string') throw invalidPayload('"otp" has to be a text.');
  return {
    email,
    password,
    mode: modeOf(mode) ?? 'json',
    otp: otp ?? null,
    ...(passkey ? { passkey: answerOrNull(passkey) } : {}),
  };
}
