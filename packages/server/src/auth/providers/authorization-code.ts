import { serviceUnavailable } from '../../errors/index.ts';
import type { ProviderAnswer } from './provider-requests.ts';

/** What a browser brought back, and what only we know about the attempt. */
export interface CodeReturn {
  readonly code: string;
  /** RFC 7636. */
  readonly verifier: string;
  readonly redirectUri: string;
  readonly nonce: string;
}

/** The form of an access token request (RFC 6749 §4.1.3). */
export const tokenForm = ({ code, verifier, redirectUri }: CodeReturn): URLSearchParams =>
  new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier });

/** What the provider says when it is asked; a failure of any kind is SERVICE_UNAVAILABLE, with the cause for the log. */
export async function asked(
  provider: string,
  answer: Promise<ProviderAnswer>,
): Promise<Readonly<Record<string, unknown>>> {
  const { status, body } = await answer.catch((error: unknown) => {
    throw unavailable(provider, 'it does not answer', error);
  });
  // Some say what went wrong with the status 200.
  if (status !== 200 || body === null || typeof body.error === 'string') {
    throw unavailable(provider, 'it refused or answered with something else than JSON', new Error(said(status, body)));
  }
  return body;
}

export const unavailable = (provider: string, reason: string, cause?: unknown) =>
  serviceUnavailable(provider, `The provider can't be used: ${reason}.`, cause);

/** For the log: never tokens, only the error's name and description (RFC 6749 §5.2). */
function said(status: number, body: ProviderAnswer['body']): string {
  const parts = [body?.error, body?.error_description].filter((part) => typeof part === 'string');
  return [`status ${status}`, ...parts.map((part) => String(part).slice(0, 200))].join(', ');
}

/** The access token, which is a bearer token (RFC 6750) or of no type that is said. */
export function accessTokenIn(provider: string, tokens: Readonly<Record<string, unknown>>): string {
  const { access_token: token, token_type: type } = tokens;
  const bearer = type === undefined || (typeof type === 'string' && type.toLowerCase() === 'bearer');
  if (typeof token !== 'string' || token === '' || !bearer || /[^\x21-\x7e]/.test(token)) {
    throw unavailable(provider, 'it gave no bearer token');
  }
  return token;
}
