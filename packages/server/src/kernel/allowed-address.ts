import { DOT_SEGMENT, isOwnPath, MAX_LENGTH, NOWHERE, TREACHEROUS } from './own-path.ts';

/** `//` has to be written: the parser takes `https:host` and `https:///host` too. The authority ends at `/`, `?` or `#`. */
const WITH_AUTHORITY = /^https?:\/\/([^/?#]+)([^?#]*)/i;

/** Schemes that run or hold something instead of leading somewhere. */
const HARMFUL = /^(?:javascript|data|vbscript|blob|file|about|view-source):/i;
const WEB = /^https?:/i;

/**
 * An address that somebody gave for people to be sent to, if it may be: scheme, host, port and path are those of an entry
 * of the list; query and fragment are free. Parsed as browsers do (WHATWG URL), and refused where what is written could
 * be read in two ways; an address of an app (`club://reset`) is compared as text. Null when it may not be.
 */
export function allowedAddress(given: string, allowed: readonly string[]): URL | null {
  if (given.length > MAX_LENGTH || TREACHEROUS.test(given) || HARMFUL.test(given)) return null;
  const url = URL.parse(given);
  if (url?.username !== '' || url.password !== '') return null;
  const same = WEB.test(given) ? samePage(given, url) : sameText(given);
  return allowed.some(same) ? url : null;
}

function samePage(given: string, url: URL): (entry: string) => boolean {
  const written = WITH_AUTHORITY.exec(given);
  if (!written || written[1]?.includes('@') || DOT_SEGMENT.test(written[2] ?? '')) return () => false;
  return (entry) => {
    const known = URL.parse(entry);
    return known !== null && known.origin === url.origin && known.pathname === url.pathname;
  };
}

const sameText = (given: string) => (entry: string) => !WEB.test(entry) && withoutQuery(entry) === withoutQuery(given);

const withoutQuery = (address: string): string => address.split(/[?#]/, 1)[0] ?? '';

/** Where somebody may be sent who comes back from a provider. */
export interface Destinations {
  /** Addresses of this server: whatever is below them may be named. */
  readonly own: readonly string[];
  /** Whole addresses with path, as for `allowedAddress`. */
  readonly listed: readonly string[];
}

/**
 * An address to send somebody to after signing in elsewhere, written so that it fits a header; null when it may not be
 * named. It is a path on this server, an address below one of its own, or one that is listed.
 */
export function allowedDestination(given: string, { own, listed }: Destinations): string | null {
  if (given.startsWith('/')) return isOwnPath(given) ? inAscii(given) : null;
  const allowed = own.some((base) => isBelow(given, base)) || allowedAddress(given, listed) !== null;
  return allowed ? inAscii(given) : null;
}

/** Whether the address is one of the server at `base`: of its origin, and at or below its path. */
function isBelow(given: string, base: string): boolean {
  const url = WEB.test(given) ? URL.parse(given) : null;
  const home = URL.parse(base);
  const root = home?.pathname.replace(/\/+$/, '');
  if (!url || !home || (url.pathname !== root && !url.pathname.startsWith(`${root}/`))) return false;
  return allowedAddress(given, [`${home.origin}${url.pathname}`]) !== null;
}

/** What is written in ASCII stays as it was given. */
function inAscii(given: string): string {
  if (/^[\x21-\x7e]*$/.test(given)) return given;
  const { href } = new URL(given, NOWHERE);
  return given.startsWith('/') ? href.slice(NOWHERE.length) : href;
}

/** The address with a parameter in its query; those that are there stay, but for one of the same name. */
export function withParameter(address: URL | string, name: string, value: string): string {
  const url = new URL(address);
  url.searchParams.delete(name);
  const query = url.search.replace(/^\?/, '');
  url.search = `${query}${query === '' ? '' : '&'}${name}=${encodeURIComponent(value)}`;
  return url.href;
}

/** The same for what `allowedDestination` gave, which may be a path. */
export function destinationWith(destination: string, name: string, value: string): string {
  if (!destination.startsWith('/')) return withParameter(destination, name, value);
  return withParameter(new URL(destination, NOWHERE), name, value).slice(NOWHERE.length);
}
