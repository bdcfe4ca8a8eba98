import type { AccessTokens } from './access-token.ts';

/**
 * When an access token ends by itself, in milliseconds since 1970: `exp` of a JWT (RFC 7519 §4.1.4), our own or that of
 * another issuer; null for a token that says nothing of it. Says nothing of whether the token is any good.
 */
export function endOfToken(tokens: AccessTokens, token: string): number | null {
  const verified = tokens.verify(token);
  if (typeof verified === 'object') return verified.expires;
  const [, claims, signature, ...more] = token.split('.', 4);
  if (claims === undefined || signature === undefined || more.length > 0) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
    const { exp } = (parsed ?? {}) as { exp?: unknown };
    return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : null;
  } catch {
    return null;
  }
}
