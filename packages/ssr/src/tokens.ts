import type { CookieChange } from './cookies.ts';

/** What proves a session to the API. */
export interface Tokens {
  readonly access: string;
  /** What the next tokens are asked for with; in the mode `api` the session token itself. */
  readonly refresh: string;
  /** In the mode `api`: the cookies that the API set with it. */
  readonly cookies?: readonly CookieChange[];
}

export interface Lifetime {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** Milliseconds from its issue to its end. */
  readonly length: number;
}

const FOREVER: Lifetime = { expiresAt: Number.POSITIVE_INFINITY, length: Number.POSITIVE_INFINITY };

/**
 * When a JWT (RFC 7519) expires, without verifying it: only the API decides whether it counts. What has no `exp` (a static
 * token, say) lasts until the API refuses it.
 */
export function lifetimeOf(token: string): Lifetime {
  const claims = claimsOf(token);
  if (typeof claims.exp !== 'number') return FOREVER;
  const issued = typeof claims.iat === 'number' ? claims.iat : claims.exp;
  return { expiresAt: claims.exp * 1000, length: Math.max(0, claims.exp - issued) * 1000 };
}

function claimsOf(token: string): { readonly exp?: unknown; readonly iat?: unknown } {
  try {
    const payload = token.split('.', 2)[1] ?? '';
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return claims !== null && typeof claims === 'object' ? claims : {};
  } catch {
    return {};
  }
}

/** Characters that tokens have and that are safe in a cookie and in a header. */
const TOKEN = /^[\w.~+/=-]+$/;

/** Tokens that `packTokens` put together; null for anything else. */
export function unpackTokens(text: string): Tokens | null {
  const [refresh = '', access = '', ...more] = text.split('!');
  return isToken(refresh) && isToken(access) && more.length === 0 ? { access, refresh } : null;
}

/** Whether a token can be sent at all; a cookie may hold anything. */
export const isToken = (text: unknown): text is string => typeof text === 'string' && TOKEN.test(text);
