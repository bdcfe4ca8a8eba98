import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { ApiError, invalidToken, tokenExpired } from '../errors/index.ts';
import type { Clock } from '../kernel/clock.ts';

/** What a token that came by mail is good for. */
export type Purpose = 'invite' | 'password-reset' | 'verify-email';

export interface PurposeClaims {
  /** The stored address of the account. */
  readonly email: string;
  /** Digest of what the token spends, where it spends something: the current password hash. */
  readonly hash?: string;
}

const ISSUER = 'directus';
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
/** Longer ones are never of our making. */
const MAX_LENGTH = 2048;

/**
 * Tokens that prove that somebody reads the mail of an account: JWTs (RFC 7519) signed with HS256 by `SECRET`, each for one
 * purpose. They sign nobody in: access tokens have no `scope`, and one that has is refused there.
 */
export class PurposeTokens {
  readonly #key: KeyObject;
  readonly #clock: Clock;

  constructor(secret: string, clock: Clock) {
    this.#key = createSecretKey(secret, 'utf8');
    this.#clock = clock;
  }

  /** A token that counts for `ttlMs` milliseconds from now on. */
  sign(scope: Purpose, { email, hash }: PurposeClaims, ttlMs: number): string {
    const now = this.#clock.now();
    const [iat, exp] = [Math.floor(now / 1000), Math.floor((now + ttlMs) / 1000)];
    const payload = Buffer.from(JSON.stringify({ email, scope, hash, iat, exp, iss: ISSUER })).toString('base64url');
    return `${HEADER}.${payload}.${this.#digest(`${HEADER}.${payload}`)}`;
  }

  /**
   * What a token says. Throws INVALID_TOKEN for what is not signed by us, TOKEN_EXPIRED, and FORBIDDEN for a token of
   * another purpose.
   */
  verify(scope: Purpose, token: string): PurposeClaims {
    const payload = this.#open(token);
    if (typeof payload.exp !== 'number' || this.#clock.now() >= payload.exp * 1000) throw tokenExpired();
    if (payload.scope !== scope || payload.iss !== ISSUER || typeof payload.email !== 'string') throw spentToken();
    const { email, hash } = payload;
    return typeof hash === 'string' ? { email, hash } : { email };
  }

  /** A digest under the same key, for a claim that must not tell what it stands for. */
  digestOf(purpose: Purpose, text: string): string {
    return this.#digest(`${purpose}:${text}`);
  }

  #open(token: string): Record<string, unknown> {
    const [header, payload, signature, ...more] = token.length > MAX_LENGTH ? [] : token.split('.');
    // Only the one header that we write: no other algorithm, no extension.
    if (header !== HEADER && !isPlainHeader(header)) throw invalidToken();
    if (!payload || !signature || more.length > 0) throw invalidToken();
    if (!sameText(signature, this.#digest(`${header}.${payload}`))) throw invalidToken();
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
  }

  #digest(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}

/** For a token of ours that is of no use here: spent, or for something else. */
export const spentToken = (): ApiError =>
  new ApiError('FORBIDDEN', 'This link was used, counts no more, or is for something else.');

/** Whether it is the header of a plain HS256 token, in another order of its members. */
function isPlainHeader(segment: string | undefined): boolean {
  try {
    const { alg, typ, ...more } = JSON.parse(Buffer.from(segment ?? '', 'base64url').toString('utf8'));
    return alg === 'HS256' && (typ === 'JWT' || typ === undefined) && Object.keys(more).length === 0;
  } catch {
    return false;
  }
}

/** Compared in constant time. */
export function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
