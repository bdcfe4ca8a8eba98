import type { CookieChange } from './cookies.ts';
import { unreachable } from './errors.ts';
import { isToken, type Tokens } from './tokens.ts';

/** The session token that the API set a cookie with, and the cookie to pass on. Throws API_UNREACHABLE when there is none. */
export function tokensIn(answer: Response, cookieName: string): Tokens {
  const now = Date.now();
  const cookies = answer.headers.getSetCookie().map((header) => parseSetCookie(header, now));
  const own = cookies.filter(({ name }) => name === cookieName);
  const token = own.find(({ maxAge }) => maxAge > 0)?.value;
  if (token && isToken(token)) return { access: token, refresh: token, cookies: own };
  throw unreachable(new TypeError(`The API did not set the cookie ${cookieName}: is SESSION_COOKIE_NAME another one?`));
}

/** Reads a `Set-Cookie` header; what it doesn't say is as browsers take it. */
export function parseSetCookie(header: string, now: number): CookieChange {
  const [pair = '', ...rest] = header.split(';');
  const [name, value] = halves(pair);
  const says = new Map(rest.map((part) => halves(part)).map(([key, text]) => [key.toLowerCase(), text]));
  const sameSite = says.get('samesite')?.toLowerCase();
  const domain = says.get('domain');
  return {
    name,
    value,
    maxAge: secondsLeft(says, now),
    path: says.get('path') || '/',
    ...(domain ? { domain } : {}),
    secure: says.has('secure'),
    httpOnly: says.has('httponly'),
    sameSite: sameSite === 'strict' || sameSite === 'none' ? sameSite : 'lax',
  };
}

function secondsLeft(says: ReadonlyMap<string, string>, now: number): number {
  const expires = Date.parse(says.get('expires') ?? '');
  if (expires <= now) return 0; // some servers leave the old Max-Age in when they take a cookie away
  const maxAge = Number(says.get('max-age') || Number.NaN);
  if (Number.isFinite(maxAge)) return Math.max(0, maxAge);
  return Number.isNaN(expires) ? 86_400 : Math.floor((expires - now) / 1000);
}

function halves(pair: string): [string, string] {
  const equals = pair.indexOf('=');
  return equals < 0 ? [pair.trim(), ''] : [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
}
