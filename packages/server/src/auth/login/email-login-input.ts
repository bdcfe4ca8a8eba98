import { invalidPayload } from '../../errors/index.ts';
import { looksLikeEmail } from '../email.ts';
import { bodyOf, modeOf } from '../input.ts';
import { readProof } from '../proof.ts';
import type { SecondProof } from '../second-factor/second-factors.ts';
import type { SessionMode } from '../settings.ts';

/** What came by e-mail: the token of the link, or the code with the address that it was sent to. */
export type EmailProof = { readonly token: string } | { readonly email: string; readonly code: string };

export interface EmailLoginInput {
  readonly proof: EmailProof;
  readonly second: SecondProof;
  readonly mode: SessionMode;
}

/** The body of a login by e-mail, `{token}` or `{email, code}`, with `mode?`, `otp?`, `passkey?`. Throws INVALID_PAYLOAD. */
export function readEmailLogin(body: unknown): EmailLoginInput {
  const given = bodyOf(body);
  const { otp, passkey } = readProof(given);
  return { proof: proofOf(given), second: { otp, passkey }, mode: modeOf(given.mode) ?? 'json' };
}

function proofOf({ token, email, code }: Record<string, unknown>): EmailProof {
  if (typeof token === 'string' && token !== '' && email === undefined && code === undefined) return { token };
  if (token !== undefined) throw invalidPayload('Give "token", or "email" and "code".');
  if (typeof email !== 'string' || !looksLikeEmail(email)) throw invalidPayload('"email" has to be an e-mail address.');
  if (typeof code !== 'string' || code === '') throw invalidPayload('"code" has to be a text.');
  return { email, code };
}
