import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { BoundedCache } from '../../kernel/bounded-cache.ts';
import type { OutboundClient } from '../../kernel/outbound/index.ts';

/** Passwords whose verdict is remembered, so that a form that is sent again asks once. */
const REMEMBERED = 1000;
const MAX_BYTES = 200_000;
/** Somebody waits for it, perhaps with a transaction open. */
const TIMEOUT_MS = 1500;
const PREFIX_LENGTH = 5;

/**
 * Asks a service of known breaches by k-anonymity: only the first five digits of the password's SHA-1 leave the server,
 * and the service answers with every breached digest that begins so (the range API of Have I Been Pwned, padded answers).
 * Where it does not answer, the password passes.
 */
export class Breaches {
  readonly #url: string;
  readonly #outbound: OutboundClient;
  readonly #onFault: (error: unknown) => void;
  readonly #verdicts = new BoundedCache<string, Promise<boolean>>(REMEMBERED);

  constructor(url: string, outbound: OutboundClient, onFault: (error: unknown) => void) {
    this.#url = url;
    this.#outbound = outbound;
    this.#onFault = onFault;
  }

  has(password: string): Promise<boolean> {
    const digest = createHash('sha1').update(password).digest('hex').toUpperCase();
    const kept = this.#verdicts.get(digest);
    if (kept) return kept;
    const asked = this.#ask(digest).catch((error: unknown) => {
      this.#verdicts.delete(digest);
      this.#onFault(error);
      return false;
    });
    this.#verdicts.set(digest, asked);
    return asked;
  }

  async #ask(digest: string): Promise<boolean> {
    const address = `${this.#url}/${digest.slice(0, PREFIX_LENGTH)}`;
    const limits = { maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS };
    const answer = await this.#outbound.get(address, { ...limits, headers: { 'add-padding': 'true' } });
    const body = await text(answer.body);
    if (answer.status !== 200) throw new Error(`The service of known breaches answered with ${answer.status}.`);
    return isIn(body, digest.slice(PREFIX_LENGTH));
  }
}

/** Lines of `REST OF THE DIGEST:COUNT`; those that are there as padding have the count 0. */
function isIn(body: string, rest: string): boolean {
  return body.split('\n').some((line) => {
    const [digest, count] = line.trim().split(':');
    return digest?.toUpperCase() === rest && Number(count) > 0;
  });
}
