import { type CookieChange, joined, namesIn, takenAway } from './cookies.ts';
import type { Sealing } from './sealing.ts';
import { check, type Storage } from './storage.ts';
import { unpackTokens } from './tokens.ts';

export interface CookieOptions {
  /** `__Host-limen` by default; `limen` where the prefix is impossible (a domain, or `secure: false`). */
  readonly name?: string;
  readonly domain?: string;
  readonly path?: string;
  /** true by default; false only for development where the browser takes no secure cookies from `localhost`. */
  readonly secure?: boolean;
  readonly sameSite?: 'lax' | 'strict' | 'none';
  /** How long a browser keeps it: as long as REFRESH_TOKEN_TTL of the API; 7 days by default. */
  readonly maxAge?: number;
  /** A longer value is spread over several cookies; 3,500 by default. */
  readonly chunkBytes?: number;
  /** At least 32 characters; then the cookie is encrypted. Of several the first encrypts, and all decrypt. */
  readonly secret?: string | readonly string[];
}

/** Access and refresh token in a cookie of this app. Throws TypeError for options that can't be. */
export function appCookie(options: CookieOptions = {}): Storage {
  const { domain, secure = true, path = '/', sameSite = 'lax', maxAge = 604_800, chunkBytes = 3500, secret } = options;
  const hostOnly = secure && !domain && path === '/';
  const { name = hostOnly ? '__Host-limen' : 'limen' } = options;
  const secrets = [secret ?? []].flat();
  check(/^[\w-]+$/.test(name), 'cookie.name: letters, digits, _ and -');
  check(hostOnly || !name.startsWith('__Host-'), '__Host- needs no cookie.domain, cookie.path and cookie.secure');
  check(secure || (!name.startsWith('__') && sameSite !== 'none'), '__Secure- and sameSite none need cookie.secure');
  check(chunkBytes >= 200 && chunkBytes <= 4000, 'cookie.chunkBytes is from 200 to 4000');
  check(maxAge > 0, 'cookie.maxAge is in seconds');
  check(
    secret === undefined || (secrets[0] && secrets.every((one) => one.length > 31)),
    'cookie.secret needs at least 32 characters',
  );

  const attributes = { path, domain, secure, httpOnly: true, sameSite };
  const sealing: Promise<Sealing> | null =
    secret === undefined ? null : import('./sealing.ts').then(({ makeSealing }) => makeSealing(secrets, name));
  sealing?.catch(() => undefined); // told when it is used
  const away = (names: readonly string[]): readonly CookieChange[] =>
    names.map((one) => takenAway({ ...attributes, name: one }));
  return {
    mode: 'json',
    prefix: name,
    attributes,
    async read(cookies) {
      const kept = joined(name, cookies);
      return unpackTokens((kept && sealing ? await (await sealing).open(kept) : kept) ?? '');
    },
    async write(tokens, known) {
      const { chunked, packTokens } = await import('./chunks.ts');
      const packed = packTokens(tokens);
      const parts = chunked(name, sealing ? await (await sealing).seal(packed) : packed, chunkBytes);
      return [
        ...[...parts].map(([part, value]) => ({ ...attributes, name: part, value, maxAge })),
        ...away(namesIn(name, known).filter((one) => !parts.has(one))),
      ];
    },
    forget: (known) => away(namesIn(name, known)),
    early: (length, wanted = 30_000) => Math.min(wanted, length / 4),
  };
}
