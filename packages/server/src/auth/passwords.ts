import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { serviceUnavailable } from '../errors/index.ts';
import { QueueFull, Semaphore } from '../kernel/semaphore.ts';

export interface HashSettings {
  /** KiB per hash. */
  readonly hashMemoryCostKib: number;
  /** Passes over the memory. */
  readonly hashTimeCost: number;
  /** Lanes. */
  readonly hashParallelism: number;
  /** Bytes of the digest. */
  readonly hashLengthBytes: number;
  /** 0 Argon2d, 1 Argon2i, 2 Argon2id. */
  readonly hashType: 0 | 1 | 2;
}

/** Hashes that may wait for a processor; with the default costs the last of them waits a few seconds. */
const QUEUE_LIMIT = 250;
const TYPES = ['argon2d', 'argon2i', 'argon2id'];
const SALT_BYTES = 16;
/** What a hash from outside may cost at most: memory in KiB, memory times passes, lanes. Above every recommendation. */
const AFFORDABLE = { memoryKib: 131_072, work: 524_288, lanes: 16 };

/**
 * Argon2 (RFC 9106) in PHC strings. Hashing is the one thing an anonymous caller can make expensive, so it runs for as
 * many callers at once as there are processors and for a bounded number of waiting ones; beyond that the answer is 503.
 */
export class Passwords {
  readonly #settings: HashSettings;
  readonly #turns: Semaphore;
  /** Has the right form and cost, and no password: its digest is random. */
  readonly #nobodys: string;

  constructor(settings: HashSettings, turns = new Semaphore(availableParallelism(), QUEUE_LIMIT)) {
    this.#settings = settings;
    this.#turns = turns;
    this.#nobodys = randomPhc(settings);
  }

  /** Throws SERVICE_UNAVAILABLE when too many wait. */
  hash(password: string): Promise<string> {
    const { hashMemoryCostKib, hashTimeCost, hashParallelism, hashLengthBytes, hashType } = this.#settings;
    return this.#inTurn(() =>
      hash(password, {
        memoryCost: hashMemoryCostKib,
        timeCost: hashTimeCost,
        parallelism: hashParallelism,
        outputLen: hashLengthBytes,
        algorithm: hashType,
      }),
    );
  }

  /**
   * Whether the password belongs to the stored hash. Without one (nobody has that address, or no password was ever set)
   * it works as long and says no. Throws SERVICE_UNAVAILABLE when too many wait.
   */
  async verify(stored: string | null, password: string): Promise<boolean> {
    const usable = stored !== null && parameters(stored) !== null;
    const right = await this.#inTurn(() => verify(usable ? stored : this.#nobodys, password));
    return usable && right;
  }

  /**
   * Whether a hash that somebody sent may be verified: it names its own costs, and those of a hostile one never end. What
   * is configured here is always affordable.
   */
  isAffordable(hash: string): boolean {
    const made = parameters(hash);
    if (made === null) return true; // the work of a login, and no
    const { hashMemoryCostKib, hashTimeCost, hashParallelism } = this.#settings;
    return (
      made.memory <= Math.max(AFFORDABLE.memoryKib, hashMemoryCostKib) &&
      made.memory * made.passes <= Math.max(AFFORDABLE.work, hashMemoryCostKib * hashTimeCost) &&
      made.lanes <= Math.max(AFFORDABLE.lanes, hashParallelism)
    );
  }

  /** Whether the hash was made with other parameters than the configured ones. */
  needsRehash(stored: string): boolean {
    const made = parameters(stored);
    const { hashMemoryCostKib, hashTimeCost, hashParallelism, hashLengthBytes, hashType } = this.#settings;
    return (
      made === null ||
      made.type !== TYPES[hashType] ||
      made.memory !== hashMemoryCostKib ||
      made.passes !== hashTimeCost ||
      made.lanes !== hashParallelism ||
      made.length !== hashLengthBytes
    );
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#turns.run(work);
    } catch (error) {
      if (error instanceof QueueFull)
        throw serviceUnavailable('passwords', 'Too many logins at once; try again.', error);
      throw error;
    }
  }
}

const PHC = /^\$(argon2(?:id|i|d))\$v=19\$m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Bytes that so many characters of base64 without padding stand for; NaN when they stand for none. */
const bytesOf = (base64 = ''): number => (base64.length % 4 === 1 ? Number.NaN : Math.floor((base64.length * 3) / 4));

/** What a PHC string says about its hash; null for what is not an Argon2 hash of version 1.3 (bounds: RFC 9106 §3.1). */
function parameters(stored: string) {
  const match = PHC.exec(stored);
  if (!match) return null;
  const [memory, passes, lanes] = [Number(match[2]), Number(match[3]), Number(match[4])];
  const length = bytesOf(match[6]);
  if (!(lanes >= 1 && passes >= 1 && memory >= 8 * lanes && bytesOf(match[5]) >= 8 && length >= 4)) return null;
  return { type: match[1], memory, passes, lanes, length };
}

function randomPhc(settings: HashSettings): string {
  const { hashMemoryCostKib, hashTimeCost, hashParallelism, hashLengthBytes, hashType } = settings;
  const part = (bytes: number): string => randomBytes(bytes).toString('base64').replace(/=+$/, '');
  const costs = `m=${hashMemoryCostKib},t=${hashTimeCost},p=${hashParallelism}`;
  return `$${TYPES[hashType]}$v=19$${costs}$${part(SALT_BYTES)}$${part(hashLengthBytes)}`;
}
