import { createHmac, hash, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { derivedKey } from '../kernel/derived-key.ts';

export interface SessionToken {
  /** What the client holds: 64 url-safe characters. */
  readonly plain: string;
  /** What the database holds: lower-case hex of SHA-256. */
  readonly hash: string;
  /** The login it goes back to, 32 hex characters. */
  readonly family: string;
}

const PART = 16;
const SHAPE = /^[A-Za-z0-9_-]{64}$/;

export const hashToken = (plain: string): string => hash('sha256', plain, 'hex');

/** Whether this can be a refresh or session token, of this server or of another one of this API. */
export const isTokenShaped = (plain: string): boolean => SHAPE.test(plain);

/**
 * Refresh and session tokens. Each is 48 bytes in base64url: its family, a number used once, and a seal over both.
 *
 * - The first token of a family has 128 random bits, and nobody without the key can make the seal, so tokens can't be
 *   guessed; the key is derived from SECRET (RFC 5869) for this purpose alone.
 * - The successor of a token is computed from it, not drawn, so that callers who refresh in parallel get the same one
 *   although the database only has hashes. It takes both the key and the predecessor: whoever reads the database has
 *   neither, whoever steals a token could have refreshed it anyway.
 * - The seal tells a spent token of ours from an invented one without keeping a row for every token ever spent.
 */
export class SessionTokens {
  readonly #key: KeyObject;

  /** Those of one purpose are nothing to another. */
  constructor(secret: string, purpose: 'session' | 'share' = 'session') {
    this.#key = derivedKey(secret, `limen ${purpose} tokens`);
  }

  /** The first token of a new family. */
  issue(): SessionToken {
    return this.#seal(randomBytes(PART), randomBytes(PART));
  }

  /** The one token that takes this one's place. One made by another server starts a family here. */
  successorOf(plain: string): SessionToken {
    const family = this.#familyBytes(plain) ?? this.#mac('family', plain);
    return this.#seal(family, this.#mac('successor', plain));
  }

  /** The family of a token that this server once made, or null. */
  familyOf(plain: string): string | null {
    return this.#familyBytes(plain)?.toString('hex') ?? null;
  }

  #familyBytes(plain: string): Buffer | null {
    if (!isTokenShaped(plain)) return null;
    const bytes = Buffer.from(plain, 'base64url');
    const sealed = bytes.subarray(0, 2 * PART);
    return timingSafeEqual(bytes.subarray(2 * PART), this.#mac('seal', sealed)) ? bytes.subarray(0, PART) : null;
  }

  #seal(family: Buffer, number: Buffer): SessionToken {
    const sealed = Buffer.concat([family, number]);
    const plain = Buffer.concat([sealed, this.#mac('seal', sealed)]).toString('base64url');
    return { plain, hash: hashToken(plain), family: family.toString('hex') };
  }

  #mac(purpose: 'family' | 'seal' | 'successor', value: string | Buffer): Buffer {
    return createHmac('sha256', this.#key).update(`${purpose}\0`).update(value).digest().subarray(0, PART);
  }
}
