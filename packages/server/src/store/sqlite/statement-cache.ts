import type Database from 'better-sqlite3';

/** Longer statements take megabytes once they are prepared, and are seldom the same twice. */
const MAX_TEXT = 32_768;

export interface Prepared {
  readonly statement: Database.Statement;
  /** Whether the statement now gives rows as arrays: a mode of the statement itself. */
  arrays: boolean;
}

/**
 * Prepared statements by their text, at most `capacity` of them. Two generations instead of an order of use: what is used
 * moves to the young one, and when that is half the capacity, the old one goes. Finding one costs a lookup (15 ns), where
 * keeping the order in a `Map` costs a deletion and an insertion (900 ns, a quarter of a read by key).
 */
export class StatementCache {
  readonly #half: number;
  #young = new Map<string, Prepared>();
  #old = new Map<string, Prepared>();

  constructor(capacity: number) {
    this.#half = Math.ceil(capacity / 2);
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(text: string): Prepared | undefined {
    const entry = this.#young.get(text);
    if (entry !== undefined) return entry;
    const older = this.#old.get(text);
    if (older === undefined) return undefined;
    this.#old.delete(text);
    this.set(text, older);
    return older;
  }

  set(text: string, entry: Prepared): void {
    if (text.length > MAX_TEXT || this.#half === 0) return;
    if (this.#young.size >= this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(text, entry);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
