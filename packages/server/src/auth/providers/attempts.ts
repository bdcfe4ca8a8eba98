import { createHash, createHmac, hash, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import { derivedKey } from '../../kernel/derived-key.ts';
import { SealedBox } from '../../kernel/sealed-box.ts';

/** Somebody who left for a provider and is to come back with the same browser. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636 §4.1. */
  readonly verifier: string;
  /** Where to go afterwards, checked; empty for nowhere in particular. */
  readonly destination: string;
  /** Our public address that the browser uses. */
  readonly base: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** The client's challenge (RFC 7636) where it wants a code in place of a cookie. */
  readonly handOff: string | null;
  /** The signed-in user whose account gets this identity. */
  readonly link: string | null;
}

export const ATTEMPT_TTL_MS = 600_000;
/** What the names of all such cookies begin with. */
export const ATTEMPT_COOKIE = 'limen_sso_';

const RANDOM = 18;
const SEAL = 12;

/**
 * Attempts are kept by the browser that made them, in a sealed cookie, so that leaving writes nothing here. The seal
 * (AES-256-GCM) holds for one provider: what another one's answer is brought with does not open.
 */
export class Attempts {
  readonly #box: SealedBox;
  readonly #sign: KeyObject;
  readonly #clock: Clock;

  constructor(secret: string, clock: Clock) {
    this.#box = new SealedBox(derivedKey(secret, 'limen sign-on attempts'));
    this.#sign = derivedKey(secret, 'limen sign-on states');
    this.#clock = clock;
  }

  begin(provider: string, wishes: Pick<Attempt, 'destination' | 'base' | 'handOff' | 'link'>): Attempt {
    const random = randomBytes(RANDOM);
    const state = Buffer.concat([random, this.#signature(provider, random)]).toString('base64url');
    const [nonce, verifier] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
    return { ...wishes, state, nonce, verifier, expires: this.#clock.now() + ATTEMPT_TTL_MS };
  }

  /** Whether we made this state, for this provider. */
  isOurs(provider: string, state: string): boolean {
    const bytes = Buffer.from(state, 'base64url');
    if (bytes.length !== RANDOM + SEAL || bytes.toString('base64url') !== state) return false;
    return timingSafeEqual(bytes.subarray(RANDOM), this.#signature(provider, bytes.subarray(0, RANDOM)));
  }

  seal(provider: string, attempt: Attempt): string {
    return this.#box.close(JSON.stringify(attempt), provider).toString('base64url');
  }

  /** The attempt in a cookie, or null for one that is not ours, of another provider or too old. */
  open(provider: string, sealed: string): Attempt | null {
    const opened = this.#box.open(Buffer.from(sealed, 'base64url'), provider);
    if (opened === null) return null;
    const attempt = JSON.parse(opened.toString('utf8')) as Attempt; // sealed by us
    return attempt.expires > this.#clock.now() ? attempt : null;
  }

  #signature(provider: string, random: Buffer): Buffer {
    return createHmac('sha256', this.#sign).update(random).update(provider).digest().subarray(0, SEAL);
  }
}

/** The cookie of an attempt: one each, so that two tabs don't take each other's. */
export const cookieNameOf = (state: string): string => ATTEMPT_COOKIE + state.slice(0, 16);

/** Under which an attempt is written down once it was used. */
export const spentId = (provider: string, { state }: Attempt): string =>
  hash('sha256', `sign-on:${provider}:${state}`, 'hex');

/** RFC 7636 §4.2. */
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
