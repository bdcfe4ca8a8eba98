/** What a cookie of ours is made with; the same when it is set and when it is taken away, or browsers would keep it. */
export interface CookieSettings {
  readonly name: string;
  readonly domain: string | null;
  readonly secure: boolean;
  readonly sameSite: 'lax' | 'strict' | 'none';
  /** Default `/`. */
  readonly path?: string;
}

interface CookieConfig {
  readonly sessionCookieName: string;
  readonly sessionCookieDomain?: string | null;
  readonly sessionCookieSecure: boolean;
  readonly sessionCookieSameSite: CookieSettings['sameSite'];
  readonly refreshTokenCookieName: string;
  readonly refreshTokenCookieDomain?: string | null;
  readonly refreshTokenCookieSecure: boolean;
  readonly refreshTokenCookieSameSite: CookieSettings['sameSite'];
}

export interface AuthCookies {
  readonly session: CookieSettings;
  readonly refresh: CookieSettings;
}

export const authCookies = (config: CookieConfig): AuthCookies => ({
  session: {
    name: config.sessionCookieName,
    domain: config.sessionCookieDomain ?? null,
    secure: config.sessionCookieSecure,
    sameSite: config.sessionCookieSameSite,
  },
  refresh: {
    name: config.refreshTokenCookieName,
    domain: config.refreshTokenCookieDomain ?? null,
    secure: config.refreshTokenCookieSecure,
    sameSite: config.refreshTokenCookieSameSite,
  },
});

const SAME_SITE = { lax: 'Lax', strict: 'Strict', none: 'None' } as const;

/** A `Set-Cookie` value (RFC 6265 §4.1). `value` has only characters of tokens. */
export function setCookie(cookie: CookieSettings, value: string, maxAgeMs: number, nowMs: number): string {
  const expires = new Date(nowMs + maxAgeMs).toUTCString();
  return write(cookie, value, `; Max-Age=${Math.floor(maxAgeMs / 1000)}`, expires);
}

/** The `Set-Cookie` value that takes the cookie away. Without Max-Age, which browsers prefer to Expires. */
export const takeCookieAway = (cookie: CookieSettings): string => write(cookie, '', '', new Date(0).toUTCString());

function write(cookie: CookieSettings, value: string, maxAge: string, expires: string): string {
  const domain = cookie.domain === null ? '' : `; Domain=${cookie.domain}`;
  const secure = cookie.secure ? '; Secure' : '';
  const rest = `; Path=${cookie.path ?? '/'}; Expires=${expires}; HttpOnly${secure}; SameSite=${SAME_SITE[cookie.sameSite]}`;
  return `${cookie.name}=${value}${maxAge}${domain}${rest}`;
}

/** The value of a cookie in a `Cookie` header: the first of that name, or undefined. Empty when it is. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals >= 0 && pair.slice(0, equals).trim() === name) return decode(pair.slice(equals + 1).trim());
  }
  return undefined;
}

/** Every cookie whose name begins so. */
export function readCookies(header: string | undefined, prefix: string): ReadonlyMap<string, string> {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('=', 2));
  return new Map(
    pairs.flatMap(([name = '', value = '']) => (name.startsWith(prefix) ? [[name, decode(value)] as const] : [])),
  );
}

/** Values may be quoted (RFC 6265 §4.1.1) and are percent-encoded by most clients. */
function decode(raw: string): string {
  const value = raw.length > 1 && raw.startsWith('"') && raw.endsWith('"') ? raw.slice(1, -1) : raw;
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
