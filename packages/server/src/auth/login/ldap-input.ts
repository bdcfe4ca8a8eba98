import { invalidPayload } from '../../errors/index.ts';
import { bodyOf, modeOf } from '../input.ts';
import { answerOrNull, type Proof } from '../proof.ts';
import type { SessionMode } from '../settings.ts';

/** Characters of a name that somebody types. */
const MAX_LENGTH = 1024;

export interface LdapLoginInput extends Pick<Proof, 'otp' | 'passkey'> {
  readonly identifier: string;
  /** Never empty: a directory may take an empty one for an anonymous bind and say success (RFC 4513 §5.1.2). */
  readonly password: string;
  readonly mode: SessionMode;
}

/** The body of a login with a directory, `{identifier, password, mode?, otp?, passkey?}`. Throws INVALID_PAYLOAD. */
export function readLdapLogin(body: unknown): LdapLoginInput {
  const { identifier, password, mode, otp, passkey } = bodyOf(body);
  if (typeof identifier !== 'string' || identifier === '') throw invalidPayload('"identifier" has to be a text.');
  if (identifier.length > MAX_LENGTH) throw invalidPayload('"identifier" is too long.');
  if (typeof password !== 'string' || password === '') throw invalidPayload('"password" has to be a text.');
  if (otp !== undefined && otp !== null && typeof otp !== 'string') throw invalidPayload('"otp" has to be a text.');
  return { identifier, password, mode: modeOf(mode) ?? 'json', otp: otp ?? null, passkey: answerOrNull(passkey) };
}
