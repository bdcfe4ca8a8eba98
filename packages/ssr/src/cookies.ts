/** A cookie to set, or with `maxAge: 0` to take away. */
export interface CookieChange {
  readonly name: string;
  readonly value: string;
  /** Seconds. */
  readonly maxAge: number;
  readonly path: string;
  readonly domain?: string | undefined;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'lax' | 'strict' | 'none';
}

/** How a cookie is set, whatever it holds. */
export type CookieAttributes = Omit<CookieChange, 'name' | 'value' | 'maxAge'>;

/** More would not pass the header limits of most servers. */
export const MAX_CHUNKS = 8;

/** Reads a `Cookie` header. Of several cookies of one name the first counts: browsers send the most specific one first. */
export function readCookies(header: string | null): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=');
    const name = part.slice(0, equals).trim();
    if (equals > 0 && !cookies.has(name)) cookies.set(name, part.slice(equals + 1).trim());
  }
  return cookies;
}

/** A `Set-Cookie` header (RFC 6265). */
export function serializeCookie(change: CookieChange): string {
  const { name, value, maxAge, path, domain, secure, httpOnly, sameSite } = change;
  let text = `${name}=${value}; Path=${path}; Max-Age=${maxAge}`;
  if (maxAge <= 0) text += '; Expires=Thu, 01 Jan 1970 00:00:00 GMT';
  if (domain) text += `; Domain=${domain}`;
  if (httpOnly) text += '; HttpOnly';
  if (secure) text += '; Secure';
  return `${text}; SameSite=${sameSite[0]?.toUpperCase()}${sameSite.slice(1)}`;
}

/** The text that `chunked` put into cookies; null when it isn't there as a whole. */
export function joined(name: string, cookies: ReadonlyMap<string, string>): string | null {
  const first = cookies.get(name);
  if (first === undefined || first[1] !== '-') return null;
  const count = Number(first[0]);
  if (!(count >= 1 && count <= MAX_CHUNKS)) return null;
  let text = first.slice(2);
  for (let index = 1; index < count; index++) {
    const part = cookies.get(`${name}.${index}`);
    if (part === undefined) return null;
    text += part;
  }
  return text;
}

/** The names under which parts of a session may be in the browser. */
export function namesIn(name: string, cookies: ReadonlyMap<string, string>): readonly string[] {
  return [...cookies.keys()].filter(
    (other) => other === name || (/^\.[1-7]$/.test(other.slice(name.length)) && other.startsWith(name)),
  );
}

/** The cookie taken away. */
export const takenAway = (change: Omit<CookieChange, 'value' | 'maxAge'>): CookieChange => ({
  ...change,
  value: '',
  maxAge: 0,
});
