import type { JSONWebKeySet, JWTPayload } from 'jose';
import type { AuthProvider } from '../../config/index.ts';
import { invalidCredentials } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { RemoteKeys } from '../issuers/jwks.ts';
import { sameText } from '../purpose-tokens.ts';
import { unavailable } from './authorization-code.ts';
import type { Metadata } from './discovery.ts';
import type { ProviderRequests } from './provider-requests.ts';

/** Signatures with a key that everybody may know. Never `none`, never one with a shared secret. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Seconds that the clock of a provider may differ. */
const TOLERANCE = 30;
const MAX_LENGTH = 65_536;
/** Seconds that a token may be old, which was made a moment ago for us. */
const MAX_AGE = 600;
/** Tokens come from the provider itself, so an unknown key is asked for at once. */
const RETRY_MS = 1_000;

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

interface Parts {
  readonly requests: ProviderRequests;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

/** Verifies the id_tokens of one provider (OpenID Connect Core §3.1.3.7). What counts is configured, never in the token. */
export class IdTokens {
  readonly #provider: Extract<AuthProvider, { driver: 'openid' }>;
  readonly #parts: Parts;
  #keys: { readonly uri: string; readonly remote: RemoteKeys } | null = null;

  constructor(provider: Extract<AuthProvider, { driver: 'openid' }>, parts: Parts) {
    this.#provider = provider;
    this.#parts = parts;
  }

  /** The claims. Throws INVALID_CREDENTIALS, and SERVICE_UNAVAILABLE where the provider's keys can't be had. */
  async verify(token: unknown, metadata: Metadata, nonce: string): Promise<JWTPayload> {
    const claims = await this.#signed(token, metadata, ['sub', 'nonce']);
    this.#check(claims, nonce);
    return claims;
  }

  /**
   * Whom a provider has signed out, and the token's own id and end (OpenID Connect Back-Channel Logout 1.0 §2.6). Throws as
   * `verify`. An ID token is none, nor the other way round.
   */
  async verifyLogout(token: unknown, metadata: Metadata): Promise<{ sub: string; jti: string; exp: number }> {
    const { events, nonce, sub, jti, exp } = await this.#signed(token, metadata, ['sub', 'jti', 'events']);
    const isLogout = typeof events === 'object' && events !== null && Object.hasOwn(events, LOGOUT_EVENT);
    if (!isLogout || nonce !== undefined || typeof sub !== 'string' || typeof jti !== 'string' || exp === undefined) {
      throw invalidCredentials(new Error('The logout token is none'));
    }
    return { sub, jti, exp };
  }

  async #signed(token: unknown, metadata: Metadata, required: readonly string[]): Promise<JWTPayload> {
    if (typeof token !== 'string' || token.length > MAX_LENGTH) throw invalidCredentials(new Error('No id_token'));
    const keys = this.#keysOf(metadata.jwksUri);
    const current = await keys.current();
    if (!current) throw unavailable(this.#provider.name, 'its keys are not there');
    const read = (set: JSONWebKeySet | null) => this.#read(token, metadata, set, required);
    const claims = (await read(current)) ?? (await read(await keys.renewed()));
    if (claims === null) throw invalidCredentials(new Error('The id_token is signed with an unknown key'));
    return claims;
  }

  /** How many keys the provider has. Throws SERVICE_UNAVAILABLE. */
  async keys(metadata: Metadata): Promise<number> {
    const keys = await this.#keysOf(metadata.jwksUri).current();
    if (!keys) throw unavailable(this.#provider.name, 'its keys are not there');
    return keys.keys.length;
  }

  /** null when none of these keys made the signature. */
  async #read(
    token: string,
    metadata: Metadata,
    keys: JSONWebKeySet | null,
    required: readonly string[],
  ): Promise<JWTPayload | null> {
    if (!keys) return null;
    const { createLocalJWKSet, errors, jwtVerify } = await import('jose');
    try {
      const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
        algorithms: this.algorithms(metadata),
        issuer: metadata.issuer,
        audience: this.#provider.options.clientId ?? '',
        requiredClaims: ['iss', 'aud', 'exp', 'iat', ...required],
        maxTokenAge: MAX_AGE,
        clockTolerance: TOLERANCE,
        currentDate: new Date(this.#parts.clock.now()),
      });
      return payload;
    } catch (error) {
      const unknown = error instanceof errors.JWKSNoMatchingKey;
      if (unknown || error instanceof errors.JWSSignatureVerificationFailed) return null;
      throw invalidCredentials(error);
    }
  }

  /** The one that is configured (CLIENT_ID_TOKEN_SIGNED_RESPONSE_ALG), else what the provider says it uses, else RS256. */
  algorithms({ signingAlgorithms: said }: Metadata): string[] {
    const configured = this.#provider.client.idTokenSignedResponseAlg;
    const wanted: readonly unknown[] = configured !== undefined ? [configured] : Array.isArray(said) ? said : ['RS256'];
    return ALGORITHMS.filter((algorithm) => wanted.includes(algorithm));
  }

  #check({ aud, azp, nonce: said, sub }: JWTPayload, nonce: string): void {
    const own = this.#provider.options.clientId;
    const several = Array.isArray(aud) && aud.length > 1;
    if (azp === undefined ? several : azp !== own)
      throw invalidCredentials(new Error('The id_token is for another client'));
    if (typeof said !== 'string' || !sameText(said, nonce)) {
      throw invalidCredentials(new Error('The id_token belongs to another attempt'));
    }
    if (typeof sub !== 'string' || sub === '') throw invalidCredentials(new Error('The id_token is about nobody'));
  }

  #keysOf(uri: string): RemoteKeys {
    if (this.#keys?.uri !== uri) {
      const { requests, clock, onFault } = this.#parts;
      this.#keys = { uri, remote: new RemoteKeys(uri, requests, clock, onFault, RETRY_MS) };
    }
    return this.#keys.remote;
  }
}
