import { createHash } from 'node:crypto';
import { BoundedCache } from '../../kernel/bounded-cache.ts';

/** Longer statements take megabytes once they are prepared, and are seldom the same twice. */
const MAX_TEXT = 32_768;

/**
 * Which statements are prepared by name on the server, where each connection keeps its own. A text gets a name when it is
 * seen a second time, so that one-off queries don't fill the server's memory. When `max` have names (0: none has), all are forgotten and
 * a new generation begins: connections of an older one are closed when next seen, with what they had prepared.
 */
export class StatementNames {
  readonly #max: number;
  readonly #seenOnce: BoundedCache<string, true>;
  readonly #names = new Map<string, string>();
  #generation = 0;

  constructor(max: number) {
    this.#max = max;
    this.#seenOnce = new BoundedCache(max);
  }

  get generation(): number {
    return this.#generation;
  }

  get size(): number {
    return this.#names.size;
  }

  /** undefined for a text that is not to be prepared by name. */
  nameOf(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined) return name;
    if (text.length > MAX_TEXT || this.#max === 0) return undefined;
    if (!this.#seenOnce.delete(text)) {
      this.#seenOnce.set(text, true);
      return undefined;
    }
    if (this.#names.size >= this.#max) this.startAnew();
    const fresh = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    this.#names.set(text, fresh);
    return fresh;
  }

  startAnew(): void {
    this.#names.clear();
    this.#generation++;
  }
}
