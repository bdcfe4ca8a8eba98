/** Addresses longer than this have no honest use in a link. */
const MAX_LENGTH = 2048;
/** What the WHATWG parser drops or reads as something else: controls, spaces, invisible characters, backslashes. */
const TREACHEROUS = /[\s\p{Cc}\p{Cf}\\]/u;
/** `//` has to be written: the parser takes `https:host` and `https:///host` too. The authority ends at `/`, `?` or `#`. */
const WITH_AUTHORITY = /^https?:\/\/([^/?#]+)([^?#]*)/i;
const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

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

/** The address with a parameter in its query; those that are there stay, but for one of the same name. */
export function withParameter(address: URL | string, name: string, value: string): string {
  const url = new URL(address);
  url.searchParams.delete(name);
  const query = url.search.replace(/^\?/, '');
  url.search = `${query}${query === '' ? '' : '&'}${name}=${encodeURIComponent(value)}`;
  return url.href;
}
