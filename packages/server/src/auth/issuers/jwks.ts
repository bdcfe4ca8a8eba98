import type { JSONWebKeySet } from 'jose';
import type { Clock } from '../../kernel/clock.ts';
import type { OutboundAnswer, OutboundRequest } from '../../kernel/outbound/index.ts';

const FRESH_MS = 10 * 60_000;
/** For a key that is not in the list: the issuer may have changed keys. */
const RETRY_MS = 30_000;
/** While the issuer does not answer. */
const STALE_MS = 24 * 3_600_000;
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;
const MAX_KEYS = 100;

/** How keys are asked for. */
export interface KeySource {
  get(address: string, options: OutboundRequest): Promise<OutboundAnswer>;
}

/** The public keys of one issuer (RFC 7517 §5), asked for through the guarded client and kept for a while. */
export class RemoteKeys {
  readonly #url: string;
  readonly #client: KeySource;
  readonly #clock: Clock;
  readonly #onFault: (error: unknown) => void;
  readonly #retryMs: number;
  #keys: JSONWebKeySet | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;
  #gotAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | null = null;

  /** `retryMs`: how long a list that lacks a key is not asked for again. */
  constructor(
    url: string,
    client: KeySource,
    clock: Clock,
    onFault: (error: unknown) => void,
    retryMs: number = RETRY_MS,
  ) {
    this.#url = url;
    this.#client = client;
    this.#clock = clock;
    this.#onFault = onFault;
    this.#retryMs = retryMs;
  }

  /** Those that are known, or null when there are none that are young enough. */
  async current(): Promise<JSONWebKeySet | null> {
    if (this.#clock.now() - this.#gotAt >= FRESH_MS) await this.#ask();
    return this.#clock.now() - this.#gotAt < STALE_MS ? this.#keys : null;
  }

  /** As `current`, asked for anew unless that was done a moment ago. Tokens with invented keys cost no more than that. */
  async renewed(): Promise<JSONWebKeySet | null> {
    await this.#ask();
    return this.current();
  }

  /** One question at a time, whoever waits for the answer. */
  #ask(): Promise<void> {
    if (this.#asking) return this.#asking;
    if (this.#clock.now() - this.#askedAt < this.#retryMs) return Promise.resolve();
    this.#askedAt = this.#clock.now();
    this.#asking = this.#get()
      .then((keys) => {
        this.#keys = keys;
        this.#gotAt = this.#clock.now();
      })
      .catch(this.#onFault)
      .finally(() => {
        this.#asking = null;
      });
    return this.#asking;
  }

  async #get(): Promise<JSONWebKeySet> {
    const options = { maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, headers: { accept: 'application/json' } };
    const { status, body } = await this.#client.get(this.#url, options);
    if (status !== 200) {
      body.destroy();
      throw new Error(`${this.#url} answered with ${status} in place of keys`);
    }
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk as Buffer);
    const set: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const keys = typeof set === 'object' && set !== null && 'keys' in set ? set.keys : null;
    if (!Array.isArray(keys) || keys.length > MAX_KEYS) throw new Error(`${this.#url} holds no list of keys`);
    // A shared secret is nothing that an issuer publishes; taking one for a key would let anybody sign.
    return { keys: keys.filter((key) => ['RSA', 'EC', 'OKP'].includes(key?.kty)) };
  }
}
