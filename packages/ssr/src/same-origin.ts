import { SessionError } from './errors.ts';

/**
 * Refuses what a page of another origin made the browser send. Browsers say where a request comes from in `Sec-Fetch-Site`
 * (Fetch Metadata) or, with every request that can change something, in `Origin` (RFC 6454). Throws FOREIGN_ORIGIN.
 */
export function requireSameOrigin(request: Request, trusted: readonly string[]): void {
  const { method, headers, url } = request;
  if (method === 'GET' || method === 'HEAD') {
    throw new SessionError(
      'FOREIGN_ORIGIN',
      405,
      'Signing in or out takes a POST request: links can be planted anywhere.',
    );
  }
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (site === 'same-origin') return;
  if (origin && (trusted.includes(origin) || (site === null && isOwn(origin, url, headers.get('host'))))) return;
  throw new SessionError('FOREIGN_ORIGIN', 403, 'This was sent by a page of another origin.');
}

/** Behind a proxy that ends TLS the app sees `http:`, so a secure page of the same host is its own too. */
function isOwn(origin: string, url: string, host: string | null): boolean {
  const here = new URL(url);
  if (origin === here.origin) return true;
  const there = URL.parse(origin);
  if (there === null || there.host !== (host ?? here.host)) return false;
  return there.protocol === 'https:' || here.protocol === 'http:';
}
