import type { JSONWebKeySet, JWTPayload } from 'jose';
import type { TokenIssuer } from '../../config/index.ts';
import { invalidToken, tokenExpired } from '../../errors/index.ts';
import { BoundedCache } from '../../kernel/bounded-cache.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { OutboundClient } from '../../kernel/outbound/index.ts';
import type { ActiveUser } from '../identities.ts';
import type { IssuerUsers } from './issuer-users.ts';
import { RemoteKeys } from './jwks.ts';

/** Somebody that another issuer vouches for. */
export interface Vouched {
  readonly user: ActiveUser;
  /** In place of the user's own; undefined: their own. */
  readonly role: string | undefined;
}

interface Verified {
  readonly claims: JWTPayload;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

interface Parts {
  readonly issuers: readonly TokenIssuer[];
  readonly users: IssuerUsers;
  readonly outbound: () => OutboundClient;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

const REMEMBERED = 5_000;
const MAX_LENGTH = 16_384;
/** Seconds that the clock of an issuer may differ. */
const TOLERANCE = 5;

/**
 * Tokens of other issuers (RFC 7519, RFC 8725): which issuer it is decides about keys, algorithms and audience, never the
 * token. Their libraries are loaded with the first one.
 */
export class IssuerTokens {
  readonly #parts: Parts;
  readonly #issuers: ReadonlyMap<string, TokenIssuer>;
  readonly #keys = new Map<string, RemoteKeys>();
  readonly #verified = new BoundedCache<string, Verified>(REMEMBERED);

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#issuers = new Map(parts.issuers.map((issuer) => [issuer.issuer, issuer]));
  }

  /**
   * The active user behind a token of one of the issuers, null for nobody; undefined for what is no token of any of them.
   * Throws INVALID_TOKEN or TOKEN_EXPIRED.
   */
  async identify(token: string): Promise<Vouched | null | undefined> {
    const issuer = this.#issuers.size === 0 ? undefined : this.#issuerOf(token);
    if (!issuer) return undefined;
    const { claims } = await this.#verify(token, issuer);
    return this.#parts.users.find(issuer, claims);
  }

  /** What a token says of its issuer, not yet believed. */
  #issuerOf(token: string): TokenIssuer | undefined {
    if (token.length > MAX_LENGTH) return undefined;
    const [, body, , more] = token.split('.', 4);
    if (body === undefined || more !== undefined) return undefined;
    try {
      const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
      const said = typeof claims === 'object' && claims !== null && 'iss' in claims ? claims.iss : null;
      return typeof said === 'string' ? this.#issuers.get(said) : undefined;
    } catch {
      return undefined;
    }
  }

  async #verify(token: string, issuer: TokenIssuer): Promise<Verified> {
    const known = this.#verified.get(token);
    if (known && this.#parts.clock.now() < known.expires) return known;
    const keys = this.#keysOf(issuer);
    const current = await keys.current();
    const claims =
      (await this.#read(token, issuer, current)) ?? (await this.#read(token, issuer, await keys.renewed()));
    if (!claims) throw invalidToken();
    const verified = { claims, expires: Number(claims.exp) * 1000 };
    this.#verified.set(token, verified);
    return verified;
  }

  /** null when the key is not among these. */
  async #read(token: string, issuer: TokenIssuer, keys: JSONWebKeySet | null): Promise<JWTPayload | null> {
    if (!keys) return null;
    const { createLocalJWKSet, errors, jwtVerify } = await import('jose');
    try {
      const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
        algorithms: [...issuer.algorithms],
        issuer: issuer.issuer,
        audience: [...issuer.audience],
        requiredClaims: ['exp', 'iss', 'aud'],
        clockTolerance: TOLERANCE,
        currentDate: new Date(this.#parts.clock.now()),
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return null;
      if (error instanceof errors.JWTExpired) throw tokenExpired();
      throw invalidToken();
    }
  }

  #keysOf({ name, jwksUrl }: TokenIssuer): RemoteKeys {
    const known = this.#keys.get(name);
    if (known) return known;
    const { outbound, clock, onFault } = this.#parts;
    const keys = new RemoteKeys(jwksUrl, outbound(), clock, onFault);
    this.#keys.set(name, keys);
    return keys;
  }
}
