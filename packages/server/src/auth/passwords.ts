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

/** What a PHC string says about its hash; null for what is not an Argon2 hash of version 1.3. */
function parameters(stored: string) {
  const match = PHC.exec(stored);
  if (!match) return null;
  return {
    type: match[1],
    memory: Number(match[2]),
    passes: Number(match[3]),
    lanes: Number(match[4]),
    length: Math.floor(((match[6] as string).length * 3) / 4),
  };
}

function randomPhc(settings: HashSettings): string {
  const { hashMemoryCostKib, hashTimeCost, hashParallelism, hashLengthBytes, hashType } = settings;
  const part = (bytes: number): string => randomBytes(bytes).toString('base64').replace(/=+$/, '');
  const costs = `m=${hashMemoryCostKib},t=${hashTimeCost},p=${hashParallelism}`;
  return `$${TYPES[hashType]}$v=19$${costs}$${part(SALT_BYTES)}$${part(hashLengthBytes)}`;
}
