import type { Clock } from '../../kernel/clock.ts';
import type { Store } from '../../store/types.ts';
import type { AuthSettings } from '../settings.ts';
import { type Algorithm, generateKey, isSignedWith, type PublicJwk, type SigningKey } from './algorithms.ts';
import { privateKeyOf, retiredKeysOf } from './pem.ts';
import { type StoredKey, StoredKeys } from './stored-keys.ts';

/** A key is published this long before it signs, so that every node, and whoever keeps the list, knows it by then. */
const AHEAD_MS = 60_000;
const ANNOUNCED = 'signing-keys';

type Settings = Pick<
  AuthSettings,
  | 'secret'
  | 'accessTokenTtlMs'
  | 'sessionCookieTtlMs'
  | 'accessTokenAlgorithm'
  | 'accessTokenPrivateKey'
  | 'accessTokenRetiredKeys'
  | 'accessTokenKeyRotationMs'
>;

/**
 * The keys of access tokens where they are not signed with SECRET. One signs; those before it verify until no token of
 * theirs can be left. Keys are given as settings, or made here, replaced after a time, and kept in the database.
 */
export class SigningKeys {
  readonly #settings: Settings;
  readonly #algorithm: 'HS256' | Algorithm;
  readonly #clock: Clock;
  readonly #stored: StoredKeys;
  readonly #given: SigningKey | null;
  readonly #retired: readonly SigningKey[];
  readonly #stopListening: () => void;
  #keys: readonly StoredKey[] = [];
  #byId: ReadonlyMap<string, SigningKey> = new Map();

  /** Throws where a key of the settings can't be used. */
  constructor(store: Store, settings: Settings, clock: Clock, onFault: (error: unknown) => void) {
    const { accessTokenAlgorithm: algorithm = 'HS256', accessTokenPrivateKey: pem } = settings;
    const { accessTokenRetiredKeys: retired } = settings;
    this.#settings = settings;
    this.#algorithm = algorithm;
    this.#clock = clock;
    this.#stored = new StoredKeys(store, settings.secret);
    this.#given = pem && algorithm !== 'HS256' ? privateKeyOf(pem, algorithm) : null;
    this.#retired = retired ? retiredKeysOf(retired) : [];
    this.#stopListening = store.onAnnouncement((topic, detail) => {
      if (topic === 'settings' && (detail === null || detail === ANNOUNCED)) this.#load().catch(onFault);
    });
  }

  /** Reads the keys, and makes the first one where one is needed. To be awaited before tokens are made or verified. */
  async start(): Promise<void> {
    await this.#load();
    await this.maintain();
  }

  /** The key that signs; null where SECRET does. */
  current(): SigningKey | null {
    const algorithm = this.#algorithm;
    if (algorithm === 'HS256') return null;
    if (this.#given) return this.#given;
    const usable = this.#keys.filter((key) => key.algorithm === algorithm && key.privateKey);
    const known = this.#clock.now() - AHEAD_MS;
    const current = usable.findLast(({ createdAt }) => createdAt <= known) ?? usable[0];
    if (!current) throw new Error('There is no key to sign access tokens with yet.');
    return current;
  }

  /** Whether a key of ours, under the algorithm that it is for and no other, made this signature. */
  verifies({ alg, kid }: Record<string, unknown>, input: string, signature: string): boolean {
    const key = typeof kid === 'string' ? this.#byId.get(kid) : undefined;
    return key !== undefined && key.algorithm === alg && isSignedWith(key, input, signature);
  }

  /** What others verify with (RFC 7517 §5). Never a private member. */
  jwks(): { keys: PublicJwk[] } {
    return { keys: [...this.#byId.values()].map(({ jwk }) => jwk) };
  }

  /** Replaces a key that signed long enough, and forgets what no token needs any more. To be called now and then. */
  async maintain(): Promise<void> {
    if (!this.#isDue()) return;
    await this.#stored.alone(async (tx) => {
      this.#take(await this.#stored.all(tx)); // another node may have been first
      const now = this.#clock.now();
      const algorithm = this.#algorithm;
      await this.#stored.forget(tx, now - this.#longestLife());
      if (algorithm === 'HS256' || this.#given) await this.#stored.retireOthers(tx, '', now);
      else if (this.#needsKey()) {
        await this.#stored.add(tx, await generateKey(algorithm), now);
      } else {
        const [newest] = this.#keys.slice(-1);
        if (newest && newest.createdAt <= now - AHEAD_MS) await this.#stored.retireOthers(tx, newest.kid, now);
      }
      tx.announce('settings', ANNOUNCED);
    });
    await this.#load();
  }

  close(): void {
    this.#stopListening();
  }

  /** Whether there is anything to write. */
  #isDue(): boolean {
    const now = this.#clock.now();
    const signs = this.#algorithm !== 'HS256' && !this.#given;
    const over = this.#keys.some(({ retiredAt }) => retiredAt !== null && retiredAt < now - this.#longestLife());
    const active = this.#keys.filter(({ retiredAt }) => retiredAt === null);
    const newest = active.at(-1);
    if (!signs) return over || active.length > 0;
    const replaced = active.length > 1 && newest !== undefined && newest.createdAt <= now - AHEAD_MS;
    return over || replaced || this.#needsKey();
  }

  /** Whether none signs, or the newest did so for long enough. */
  #needsKey(): boolean {
    const rotation = this.#settings.accessTokenKeyRotationMs ?? 0;
    const newest = this.#keys.findLast(
      (key) => key.algorithm === this.#algorithm && key.privateKey && key.retiredAt === null,
    );
    return newest === undefined || (rotation > 0 && newest.createdAt + rotation <= this.#clock.now());
  }

  #longestLife(): number {
    return Math.max(this.#settings.accessTokenTtlMs, this.#settings.sessionCookieTtlMs) + AHEAD_MS;
  }

  async #load(): Promise<void> {
    this.#take(await this.#stored.all());
  }

  #take(keys: readonly StoredKey[]): void {
    this.#keys = keys;
    const all = [...keys, ...this.#retired, ...(this.#given ? [this.#given] : [])];
    this.#byId = new Map(all.map((key) => [key.kid, key]));
  }
}
