import { BoundedCache } from '../kernel/bounded-cache.ts';

const MAX_TEXTS = 500;
/** Milliseconds that a statement may hold up everybody else. */
const SLOW_MS = 15;
/** One slow run may be the machine's fault, several in a row are the statement's. */
const STRIKES = 3;
/** Milliseconds after which a statement is tried again where it was. */
const SENTENCE_MS = 60_000;

interface Entry {
  strikes: number;
  until: number;
}

/** Remembers which statements take long, so that they run where nobody has to wait for them. */
export class SlowStatements {
  readonly #entries = new BoundedCache<string, Entry>(MAX_TEXTS);

  /** Whether the statement is known to be slow now. `now` in milliseconds. */
  has(text: string, now: number): boolean {
    if (this.#entries.size === 0) return false;
    return (this.#entries.get(text)?.until ?? 0) > now;
  }

  /** Takes note of how long a run took. */
  note(text: string, ms: number, now: number): void {
    if (ms <= SLOW_MS) {
      if (this.#entries.size > 0) this.#entries.delete(text);
      return;
    }
    const entry = this.#entries.get(text) ?? { strikes: 0, until: 0 };
    entry.strikes += 1;
    if (entry.strikes >= STRIKES) entry.until = now + SENTENCE_MS;
    this.#entries.set(text, entry);
  }
}
