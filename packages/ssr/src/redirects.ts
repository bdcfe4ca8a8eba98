/** Longer ones are not of this app, and would not fit into every proxy's line. */
const MAX_LENGTH = 2000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what URL parsers drop
const DROPPED_OR_TURNED = /[\u0000-\u0020\u007f\\]/;

/**
 * Where a person may be sent: the path, query and fragment of `target` when it is an address of this app (`origin`), else
 * `fallback`. Read with the URL parser that browsers use (WHATWG URL), and what they read differently from other parsers is
 * refused: control characters, backslashes, two slashes at the beginning of the path however they come about.
 */
export function safeRedirect(target: unknown, origin: string, fallback = '/'): string {
  if (typeof target !== 'string' || target === '' || target.length > MAX_LENGTH) return fallback;
  if (DROPPED_OR_TURNED.test(target)) return fallback;
  if (!/^\/(?!\/)/.test(target) && !target.startsWith(`${origin}/`)) return fallback;
  const url = URL.parse(target, origin);
  if (!url || url.origin !== origin || url.username !== '' || url.password !== '') return fallback;
  // `/.//host` is a path until somebody puts it into a Location header without its dot.
  if (/^\/(\/|%2f|%5c)/i.test(url.pathname)) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** `path` with another parameter. */
export function withParameter(path: string, name: string, value: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`;
}
