import { invalidPayload } from '../../errors/index.ts';
import { looksLikeEmail } from '../email.ts';
import { bodyOf, modeOf } from '../input.ts';
import type { SessionMode } from '../settings.ts';

export interface PasswordLoginInput {
  readonly email: string;
  readonly password: string;
  readonly mode: SessionMode;
  readonly otp: string | null;
}

/** The body of a login, `{email, password, mode?, otp?}`; other keys are ignored. Throws INVALID_PAYLOAD. */
export function readPasswordLogin(body: unknown): PasswordLoginInput {
  const { email, password, mode, otp } = bodyOf(body);
  if (typeof email !== 'string' || !looksLikeEmail(email)) throw invalidPayload('"email" has to be an e-mail address.');
  if (typeof password !== 'string' || password === '') throw invalidPayload('"password" has to be a text.');
  if (otp !== undefined && otp !== null && typeof otp !== 'string') throw invalidPayload('"otp" has to be a text.');
  return { email, password, mode: modeOf(mode) ?? 'json', otp: otp ?? null };
}
