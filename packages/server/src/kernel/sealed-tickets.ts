import { createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from './clock.ts';

const RANDOM = 16;
const TIME = 6;
const SEAL = 16;

export interface SealedTicket {
  /** What tells it from every other one: its random part and its end. */
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/**
 * Random numbers that this server knows again, for one scope and some time. Making one writes nothing, so strangers can't
 * fill the database, and any node that has the key knows it.
 */
export class SealedTickets {
  readonly #key: KeyObject;
  readonly #ttlMs: number;
  readonly #clock: Clock;

  constructor(key: KeyObject, ttlMs: number, clock: Clock) {
    this.#key = key;
    this.#ttlMs = ttlMs;
    this.#clock = clock;
  }

  issue(scope: string): Buffer {
    const body = Buffer.alloc(RANDOM + TIME);
    randomBytes(RANDOM).copy(body);
    body.writeUIntBE(this.#clock.now() + this.#ttlMs, RANDOM, TIME);
    return Buffer.concat([body, this.#seal(body, scope)]);
  }

  /** null when it is not ours, of another scope, or too old. */
  read(bytes: Buffer, scope: string): SealedTicket | null {
    if (bytes.length !== RANDOM + TIME + SEAL) return null;
    const body = bytes.subarray(0, RANDOM + TIME);
    if (!timingSafeEqual(bytes.subarray(RANDOM + TIME), this.#seal(body, scope))) return null;
    const expires = body.readUIntBE(RANDOM, TIME);
    return expires > this.#clock.now() ? { body, expires } : null;
  }

  #seal(body: Buffer, scope: string): Buffer {
    return createHmac('sha256', this.#key).update(body).update(scope).digest().subarray(0, SEAL);
  }
}
