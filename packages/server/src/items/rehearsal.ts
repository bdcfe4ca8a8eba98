import type { Row, SqlValue, Topic, Transaction } from '../store/types.ts';

/** What a rehearsal would have announced. */
export interface Heard {
  readonly announced: readonly { readonly topic: Topic; readonly detail: string | null }[];
}

/** Thrown to have a transaction rolled back whose work is done. */
export class Rehearsed<T> extends Error {
  result: T | undefined = undefined;

  constructor() {
    super('A rehearsal is over.');
    this.name = 'Rehearsed';
  }
}

/** A transaction that keeps what it would announce, and does nothing after its end. */
export class ListenedTransaction implements Transaction, Heard {
  readonly announced: { topic: Topic; detail: string | null }[] = [];
  readonly #tx: Transaction;

  constructor(tx: Transaction) {
    this.#tx = tx;
  }

  all<T extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<T[]> {
    return this.#tx.all<T>(text, params);
  }

  get<T extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<T | undefined> {
    return this.#tx.get<T>(text, params);
  }

  rows(text: string, params?: readonly SqlValue[]): Promise<unknown[][]> {
    return this.#tx.rows(text, params);
  }

  run(text: string, params?: readonly SqlValue[]): Promise<number> {
    return this.#tx.run(text, params);
  }

  exec(text: string): Promise<void> {
    return this.#tx.exec(text);
  }

  announce(topic: Topic, detail?: string): void {
    this.announced.push({ topic, detail: detail ?? null });
  }

  async publish(): Promise<void> {}

  afterCommit(): void {}
}
