import { isIP } from 'node:net';
import { listItems, oneOf, textLike } from './kinds.ts';
import { type Kind, WrongValue } from './setting.ts';

/** The characters that a cookie's and a header's name may have (RFC 6265 section 4.1.1, RFC 9110 section 5.6.2). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

export const cookieName = textLike(
  'cookie name',
  'letters, digits and hyphens (no spaces, commas or semicolons)',
  TOKEN,
);

export const cookieDomain = textLike('domain', 'a domain such as example.com', /^\.?[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*$/);

export const sameSite = oneOf(['lax', 'strict', 'none']);

export const headerName: Kind<string> = {
  name: 'header name',
  accepts: 'the name of a header',
  parse: (raw) => textLike('header name', headerName.accepts, TOKEN).parse(raw).toLowerCase(),
};

/** Which proxies tell the client's address: nobody, everybody, the last N, or those at some addresses. */
export type TrustProxy = boolean | number | readonly string[];

export const trustProxy: Kind<TrustProxy> = {
  name: 'trusted proxies',
  accepts: 'false, true, a number of hops, or a comma-separated list of addresses and ranges such as 10.0.0.0/8',
  parse(raw) {
    const word = String(raw).trim().toLowerCase();
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (/^\d{1,3}$/.test(word)) return Number(word);
    const addresses = listItems(raw, trustProxy.accepts);
    if (addresses.length === 0 || !addresses.every(isAddressOrRange)) throw new WrongValue(trustProxy.accepts);
    return addresses as readonly string[];
  },
};

const NAMED_RANGES: ReadonlySet<unknown> = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isAddressOrRange(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (NAMED_RANGES.has(value)) return true;
  const [address = '', bits, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** Addresses that are forbidden: one, a block, or a range `from-to`. */
export const addressRange: Kind<string> = {
  name: 'address',
  accepts: 'an address, a block such as 10.0.0.0/8, or a range such as 10.0.0.1-10.0.0.9',
  parse(raw) {
    const value = typeof raw === 'string' ? raw.trim() : '';
    const ends = value.split('-');
    const isRange = ends.length === 2 && ends.every((end) => isIP(end) !== 0);
    if (!isRange && !isAddressOrRange(value)) throw new WrongValue(addressRange.accepts);
    return value;
  },
};

/** Whose pages may call: nobody's, everybody's (the caller's origin is reflected), or those listed. */
export type CorsOrigin = boolean | readonly (string | RegExp)[];

export const corsOrigin: Kind<CorsOrigin> = {
  name: 'origins',
  accepts: 'true, false, a comma-separated list of origins such as https://example.com, or regex:PATTERN',
  parse(raw) {
    if (raw instanceof RegExp) return [raw];
    const word = String(raw).trim().toLowerCase();
    if (word === 'true') return true;
    if (word === 'false') return false;
    const origins = listItems(raw, corsOrigin.accepts).map(originOrPattern);
    if (origins.length === 0) throw new WrongValue(corsOrigin.accepts);
    return origins;
  },
};

function originOrPattern(raw: unknown): string | RegExp {
  if (raw instanceof RegExp || raw === '*') return raw;
  const address = typeof raw === 'string' ? URL.parse(raw) : null;
  if (!address || address.host === '') throw new WrongValue(corsOrigin.accepts);
  // What a browser sends has no path: `https://example.com/` would never match.
  return `${address.protocol}//${address.host}`;
}

const ARGON2 = ['argon2d', 'argon2i', 'argon2id'] as const;

/** Variant of Argon2: 0 argon2d, 1 argon2i, 2 argon2id (RFC 9106 section 3.1), by number or by name. */
export const argon2Type: Kind<0 | 1 | 2> = {
  name: 'argon2 variant',
  accepts: '0 (argon2d), 1 (argon2i) or 2 (argon2id)',
  parse(raw) {
    const word = String(raw).trim().toLowerCase();
    const named = ARGON2.indexOf(word as (typeof ARGON2)[number]);
    const type = named >= 0 ? named : word;
    if (String(type) === '0') return 0;
    if (String(type) === '1') return 1;
    if (String(type) === '2') return 2;
    throw new WrongValue(argon2Type.accepts);
  },
};

/** For settings that would change what is stored in a way that Limen cannot follow: better no start than lost logins. */
export function refused(reason: string): Kind<undefined> {
  const accepts = `nothing: ${reason}`;
  return {
    name: 'not supported',
    accepts,
    parse() {
      throw new WrongValue(accepts);
    },
  };
}

/** A bearer credential: characters that a header can carry. */
export const staticToken = textLike('token', 'visible characters without spaces', /^[\x21-\x7e]+$/);
