import { type CookieChange, takenAway } from '../cookies.ts';
import { unreachable } from '../errors.ts';
import type { SessionsOptions } from '../index.ts';
import { check } from '../storage.ts';
import { isToken } from '../tokens.ts';

export interface ApiCookieOptions {
  /** SESSION_COOKIE_NAME of the API; `directus_session_token` by default. */
  readonly name?: string;
  /** SESSION_COOKIE_DOMAIN of the API; needed unless app and API have the same host. */
  readonly domain?: string;
}

const DAY_MS = 86_400_000;

/**
 * `createSessions({ url, storage: apiCookie() })`: the browser keeps its session in the session cookie of the API, which is
 * passed on as it came; for an app and an API that share a site.
 */
export const apiCookie =
  ({ name = 'directus_session_token', domain }: ApiCookieOptions = {}): NonNullable<SessionsOptions['storage']> =>
  ({ publicUrl, origins }) => {
    const { hostname, protocol } = new URL(publicUrl);
    check(!domain || isWithin(hostname, domain), `${hostname} is not within the domain: correct that or publicUrl`);
    const attributes = { path: '/', domain, secure: protocol === 'https:', httpOnly: true, sameSite: 'lax' } as const;
    return {
      mode: 'session',
      prefix: 'limen',
      attributes,
      async read(cookies) {
        const token = cookies.get(name);
        return isToken(token) ? { access: token, refresh: token } : null;
      },
      write: async ({ cookies = [] }) => cookies,
      forget: (known) => (known.has(name) ? [takenAway({ ...attributes, name })] : []),
      early: (length, wanted) => wanted ?? Math.min(length / 2, DAY_MS),
      // A session token is never in a body.
      proof: (refresh) => ({ cookie: `${name}=${refresh}` }),
      tokensIn(answer) {
        const now = Date.now();
        const cookies = answer.headers.getSetCookie().map((header) => parseSetCookie(header, now));
        const own = cookies.filter((cookie) => cookie.name === name);
        const token = own.find(({ maxAge }) => maxAge > 0)?.value;
        if (isToken(token)) return { access: token, refresh: token, cookies: own };
        throw unreachable(new TypeError(`The API did not set the cookie ${name}: is SESSION_COOKIE_NAME another one?`));
      },
      requireReachable(appUrl) {
        const app = new URL(origins[0] ?? appUrl).hostname;
        check(
          domain ? isWithin(app, domain) : app === hostname,
          `the API's cookie never comes to ${app}: leave storage out, or give both a domain (SESSION_COOKIE_DOMAIN of the API and apiCookie({ domain }))`,
        );
      },
    };
  };

function isWithin(host: string, domain: string): boolean {
  const bare = domain.replace(/^\./, '').toLowerCase();
  return host === bare || host.endsWith(`.${bare}`);
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
