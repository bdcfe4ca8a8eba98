import { createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import { derivedKey } from '../../kernel/derived-key.ts';
import { SealedBox } from '../../kernel/sealed-box.ts';
import { decodeBase32, encodeBase32 } from './base32.ts';

/** No base32 begins like this, so a seed that another server stored in plain text is told apart. */
const PREFIX = 'limen1$';
const RANDOM = 16;
const SEAL = 9;
/** A proposal counts in the period it was made in and in the next one. */
const PERIOD_MS = 600_000;

/**
 * The secrets behind one-time passwords. They are stored encrypted (AES-256-GCM, bound to the account), so that whoever
 * reads the database can't make codes.
 *
 * A new one carries a seal for the account that asked for it and its password at that time: enabling takes no other, so
 * nobody who found an open session can enable a seed of their own and lock the owner out. Nothing is stored until then.
 */
export class Seeds {
  readonly #box: SealedBox;
  readonly #sealing: KeyObject;
  readonly #clock: Clock;

  constructor(secret: string, clock: Clock) {
    this.#box = new SealedBox(derivedKey(secret, 'limen one-time password seeds'));
    this.#sealing = derivedKey(secret, 'limen one-time password proposals');
    this.#clock = clock;
  }

  /** 40 characters of base32: 128 random bits and the seal. */
  propose(user: string, passwordHash: string | null): string {
    const random = randomBytes(RANDOM);
    return encodeBase32(Buffer.concat([random, this.#seal(random, user, passwordHash, this.#period())]));
  }

  /** Whether this was proposed to the account in the last ten minutes, or a little longer, and the password is the same. */
  wasProposed(secret: string, user: string, passwordHash: string | null): boolean {
    const bytes = decodeBase32(secret);
    if (bytes?.length !== RANDOM + SEAL) return false;
    const random = bytes.subarray(0, RANDOM);
    const seal = bytes.subarray(RANDOM);
    const now = this.#period();
    return [now, now - 1].some((period) => timingSafeEqual(seal, this.#seal(random, user, passwordHash, period)));
  }

  /** What directus_users.tfa_secret holds. */
  close(user: string, secret: string): string {
    return PREFIX + this.#box.close(secret, user).toString('base64url');
  }

  /** The secret in base32, or null where it can't be read: of another account, or written under another SECRET. */
  open(user: string, stored: string): string | null {
    if (!stored.startsWith(PREFIX)) return stored;
    return this.#box.open(Buffer.from(stored.slice(PREFIX.length), 'base64url'), user)?.toString('utf8') ?? null;
  }

  /** Whether it is stored in plain text. */
  isPlain(stored: string): boolean {
    return !stored.startsWith(PREFIX);
  }

  #period(): number {
    return Math.floor(this.#clock.now() / PERIOD_MS);
  }

  #seal(random: Buffer, user: string, passwordHash: string | null, period: number): Buffer {
    const text = JSON.stringify([user, passwordHash, period]);
    return createHmac('sha256', this.#sealing).update(random).update(text).digest().subarray(0, SEAL);
  }
}
