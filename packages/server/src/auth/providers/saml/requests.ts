import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../../kernel/clock.ts';

/** How long somebody may take at the provider. */
const REQUEST_TTL_MS = 3_600_000;
const RANDOM = 16;
const TIME = 6;
const SEAL = 16;

/**
 * IDs of requests to identity providers, sealed for one provider and an hour: asking writes nothing, any node knows them
 * again, and strangers can't fill the database.
 */
export class SamlRequests {
  readonly #key: KeyObject;
  readonly #clock: Clock;

  constructor(secret: string, clock: Clock) {
    this.#clock = clock;
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'limen saml requests', 32)));
  }

  /** An xs:ID (an NCName). */
  issue(provider: string): string {
    const body = Buffer.alloc(RANDOM + TIME);
    randomBytes(RANDOM).copy(body);
    body.writeUIntBE(this.#clock.now() + REQUEST_TTL_MS, RANDOM, TIME);
    return `_${Buffer.concat([body, this.#seal(body, provider)]).toString('base64url')}`;
  }

  /** When a request of ours to this provider stops counting, in milliseconds since 1970; null where it does not count. */
  expiryOf(id: string, provider: string): number | null {
    const bytes = Buffer.from(id.slice(1), 'base64url');
    if (bytes.length !== RANDOM + TIME + SEAL || id !== `_${bytes.toString('base64url')}`) return null;
    const body = bytes.subarray(0, RANDOM + TIME);
    if (!timingSafeEqual(bytes.subarray(RANDOM + TIME), this.#seal(body, provider))) return null;
    const expires = body.readUIntBE(RANDOM, TIME);
    return expires > this.#clock.now() ? expires : null;
  }

  #seal(body: Buffer, provider: string): Buffer {
    return createHmac('sha256', this.#key).update(body).update(provider).digest().subarray(0, SEAL);
  }
}
