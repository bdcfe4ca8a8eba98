import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { BoundedCache } from '../kernel/bounded-cache.ts';
import type { Clock } from '../kernel/clock.ts';
import { type SigningKey, signWith } from './signing/algorithms.ts';
import type { Claims } from './signing/extra-claims.ts';
import type { SigningKeys } from './signing/signing-keys.ts';

/** What an access token says of its user. `session` is the plain session token of session mode. */
export interface AccessClaims {
  readonly id: string;
  readonly role: string | null;
  readonly app_access: boolean;
  readonly admin_access: boolean;
  /** Only where a policy demands a second factor that the user does not have yet. */
  readonly enforce_tfa?: true;
  readonly session?: string;
}

/** What the access token of a share says. `session` is the plain session token of session mode. */
export interface ShareClaims {
  readonly share: string;
  readonly session?: string;
}

/** What a token of a share proves. */
export interface VerifiedShareToken {
  readonly share: string;
  /** What all tokens of one visit have in common, by which signing out ends them. */
  readonly family: string;
  readonly session: { readonly plain: string; readonly hash: string } | null;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** What a token proves: who, until when, by which session. Rights are never taken from a token. */
export interface VerifiedToken {
  readonly user: string;
  readonly session: { readonly plain: string; readonly hash: string } | null;
  /** `iat`: the second in which it was made, since 1970; 0 when it does not say. */
  readonly issued: number;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/**
 * `foreign`: no token of this server at all (it may still be a static token). `invalid`: claims to be ours, and is forged,
 * altered, of another purpose or not valid yet. `expired`: was ours.
 */
export type Verification = VerifiedToken | VerifiedShareToken | 'foreign' | 'invalid' | 'expired';

type KeyPairs = Pick<SigningKeys, 'current' | 'verifies'>;

const NO_CLAIMS: Claims = {};
const ISSUER = 'directus';
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
/** Tokens remembered as verified; longer ones than this are never of our making. */
const REMEMBERED = 10_000;
const REMEMBERED_LENGTH = 1024;
const SEGMENT = /^[A-Za-z0-9_-]+$/;
const SIGNATURE = /^[A-Za-z0-9_-]*$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Access tokens: JWTs (RFC 7519) in the compact serialisation (RFC 7515 §3.1), signed with HS256 (RFC 7518 §3.2) and SECRET,
 * or with a key pair under its one algorithm. The algorithm a token names is only ever compared, never used to choose how
 * a key is used: a public key is no HS256 key to anybody.
 */
export class AccessTokens {
  readonly #key: KeyObject;
  readonly #clock: Clock;
  readonly #keys: KeyPairs | null;
  readonly #verified = new BoundedCache<string, VerifiedToken | VerifiedShareToken>(REMEMBERED);

  constructor(secret: string, clock: Clock, keys: KeyPairs | null = null) {
    this.#key = createSecretKey(secret, 'utf8');
    this.#clock = clock;
    this.#keys = keys;
  }

  /**
   * A token that is valid for `ttlMs` milliseconds from `now` on; `extra` are claims of no meaning here. Deterministic
   * within one second (but for ES256, whose signatures are drawn).
   */
  sign(claims: AccessClaims, ttlMs: number, now = this.#clock.now(), extra: Claims = NO_CLAIMS): string {
    const { id, role, app_access, admin_access, enforce_tfa, session } = claims;
    const iat = Math.floor(now / 1000);
    const exp = Math.floor((now + ttlMs) / 1000);
    const payload = { ...extra, id, role, app_access, admin_access, enforce_tfa, session, iat, exp, iss: ISSUER };
    const pair = this.#keys?.current() ?? null;
    const input = `${pair ? headerFor(pair) : HEADER}.${encode(payload)}`;
    return `${input}.${pair ? signWith(pair, input) : this.#signature(input)}`;
  }

  /**
   * As `sign`, for a share. The claims are those that clients of this API know; the visit stands in the header, as a
   * parameter of our own (RFC 7515 §4.3).
   */
  signShare({ share, session }: ShareClaims, family: string, ttlMs: number): string {
    const now = this.#clock.now();
    const iat = Math.floor(now / 1000);
    const exp = Math.floor((now + ttlMs) / 1000);
    const rights = { app_access: false, admin_access: false, role: null };
    const input = [
      { alg: 'HS256', typ: 'JWT', visit: family },
      { ...rights, share, session, iat, exp, iss: ISSUER },
    ].map(encode);
    return `${input.join('.')}.${this.#signature(input.join('.'))}`;
  }

  verify(token: string): Verification {
    const known = this.#verified.get(token);
    if (known) return this.#unlessExpired(token, known);
    const outcome = this.#examine(token);
    if (typeof outcome === 'string') return outcome;
    if (token.length <= REMEMBERED_LENGTH) this.#verified.set(token, outcome);
    return this.#unlessExpired(token, outcome);
  }

  #unlessExpired<T extends VerifiedToken | VerifiedShareToken>(token: string, verified: T): T | 'expired' {
    if (this.#clock.now() < verified.expires) return verified;
    this.#verified.delete(token);
    return 'expired';
  }

  /** Everything but the expiry. */
  #examine(token: string): VerifiedToken | VerifiedShareToken | 'foreign' | 'invalid' {
    const [head, body, signature, ...more] = token.split('.', 4);
    if (head === undefined || body === undefined || signature === undefined || more.length > 0) return 'foreign';
    if (!SIGNATURE.test(signature)) return 'foreign';
    const header = decodeObject(head);
    const payload = decodeObject(body);
    if (header === null || payload === null || payload.iss !== ISSUER) return 'foreign';
    const trusted = isOurHeader(header) && this.#isOurs(header, `${head}.${body}`, signature);
    return trusted ? this.#claims(payload, header.visit) : 'invalid';
  }

  #claims(
    { id, share, iat, exp, nbf, scope, session = null }: Record<string, unknown>,
    visit: unknown,
  ): VerifiedToken | VerifiedShareToken | 'invalid' {
    // Invitations, verifications and resets are signed with the same key and never sign anybody in.
    if (scope !== undefined) return 'invalid';
    if (typeof exp !== 'number' || !Number.isFinite(exp)) return 'invalid';
    if (nbf !== undefined && !(typeof nbf === 'number' && nbf * 1000 <= this.#clock.now())) return 'invalid';
    if (session !== null && typeof session !== 'string') return 'invalid';
    const rest = {
      session: session === null ? null : { plain: session, hash: hash('sha256', session, 'hex') },
      expires: exp * 1000,
    };
    if (isId(id)) {
      return share === undefined ? { user: id, issued: typeof iat === 'number' ? iat : 0, ...rest } : 'invalid';
    }
    return id === undefined && isId(share) && typeof visit === 'string' ? { share, family: visit, ...rest } : 'invalid';
  }

  #isOurs(header: Record<string, unknown>, input: string, signature: string): boolean {
    if (header.alg === 'HS256') return equal(signature, this.#signature(input));
    return this.#keys?.verifies(header, input, signature) ?? false;
  }

  #signature(input: string): string {
    return createHmac('sha256', this.#key).update(input).digest('base64url');
  }
}

const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/** `crit` names extensions that have to be understood (RFC 7515 §4.1.11); none are. */
function isOurHeader({ typ = 'JWT', crit }: Record<string, unknown>): boolean {
  return typ === 'JWT' && crit === undefined;
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const headerFor = ({ algorithm, kid }: SigningKey): string => encode({ alg: algorithm, typ: 'JWT', kid });

/** A segment as the JSON object in it, or null. Only the alphabet of base64url without padding (RFC 7515 §2). */
function decodeObject(segment: string): Record<string, unknown> | null {
  if (!SEGMENT.test(segment)) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Compares the texts, so that of all ways to write a signature only the canonical one counts. */
function equal(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
