import { type Credential, NO_CREDENTIAL } from '../auth/index.ts';
import { ApiError, invalidPayload } from '../errors/index.ts';
import { type CookieSettings, readCookie, takeCookieAway } from './cookies.ts';

/** Where a credential may be. `accessToken` is `access_token` of the parsed query, whatever it was parsed to. */
export interface CredentialPlaces {
  readonly authorization: string | undefined;
  readonly accessToken: unknown;
  readonly cookie: string | undefined;
}

/**
 * The credential of a request: the `Authorization: Bearer` header or the `access_token` of the query, else the session
 * cookie. Empty ones and other schemes are as good as absent. Throws INVALID_PAYLOAD where two are given, so that nobody
 * has to guess which one counts.
 */
export function findCredential(places: CredentialPlaces, sessionCookie: string): Credential {
  const header = bearerToken(places.authorization);
  const query = queryToken(places.accessToken);
  if (header !== null && query !== null) {
    throw invalidPayload('The token is given both in the Authorization header and as "access_token"; send one.');
  }
  if (header !== null) return { kind: 'token', token: header, from: 'header' };
  if (query !== null) return { kind: 'token', token: query, from: 'query' };
  const cookie = readCookie(places.cookie, sessionCookie);
  return cookie ? { kind: 'token', token: cookie, from: 'cookie' } : NO_CREDENTIAL;
}

/** RFC 6750 §2.1: the scheme in any case, one space, the token. */
function bearerToken(authorization: string | undefined): string | null {
  if (authorization === undefined) return null;
  const [scheme = '', token, ...more] = authorization.split(' ', 3);
  return token && more.length === 0 && scheme.toLowerCase() === 'bearer' ? token : null;
}

function queryToken(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') return value;
  throw invalidPayload('"access_token" has to be given once.');
}

/**
 * The `Set-Cookie` value to send with the refusal of a request whose session cookie was no good, or null. An expired one
 * stays: the client is about to refresh or to sign in again.
 */
export function cookieToTakeAway(error: unknown, from: CredentialSource, cookie: CookieSettings): string | null {
  if (from !== 'cookie' || !(error instanceof ApiError)) return null;
  return error.code === 'INVALID_CREDENTIALS' || error.code === 'INVALID_TOKEN' ? takeCookieAway(cookie) : null;
}

type CredentialSource = 'header' | 'query' | 'cookie' | null;
