import type { FastifyReply } from 'fastify';
import type { Grant } from '../auth/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { type AuthCookies, setCookie } from './cookies.ts';

export interface GrantParts {
  readonly cookies: AuthCookies;
  readonly clock: Clock;
  /** Milliseconds that the cookie with a refresh token lasts. */
  readonly refreshTokenTtlMs: number;
}

/**
 * The body that hands out tokens, in the form of their mode; cookies go into the headers. Tokens are for this client alone:
 * no cache between may keep them (RFC 6749 §5.1).
 */
export function giveGrant(
  reply: FastifyReply,
  grant: Grant,
  { cookies, clock, refreshTokenTtlMs }: GrantParts,
): { data: Record<string, unknown> } {
  reply.header('cache-control', 'no-store');
  const { mode, accessToken, refreshToken, expires } = grant;
  const now = clock.now();
  if (mode === 'json') return { data: { expires, refresh_token: refreshToken, access_token: accessToken } };
  if (mode === 'session') {
    reply.header('set-cookie', setCookie(cookies.session, accessToken, expires, now));
    return { data: { expires } };
  }
  reply.header('set-cookie', setCookie(cookies.refresh, refreshToken ?? '', refreshTokenTtlMs, now));
  return { data: { expires, access_token: accessToken } };
}
