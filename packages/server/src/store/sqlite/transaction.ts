import { Outbox } from '../announcer.ts';
import { keep } from '../kept.ts';
import type { Place, Row, SqlValue, Topic, Transaction } from '../types.ts';
import type { SqliteConnection } from './connection.ts';

/**
 * The work of one transaction on the writing connection. After its end, or after an error, every call is refused: SQLite
 * could go on after an error, PostgreSQL cannot, and nobody should write code that works on one of them only.
 */
export class SqliteTransaction implements Transaction {
  readonly outbox = new Outbox();
  /** What is published once it is committed. */
  readonly published: { text: string | null; place: Place | null }[] = [];
  readonly afterCommitWorks: (() => void | Promise<void>)[] = [];
  readonly #writer: SqliteConnection;
  #failure: unknown = null;
  #over = false;

  constructor(writer: SqliteConnection) {
    this.#writer = writer;
  }

  /** The first error of a statement; null when there was none. */
  get failure(): unknown {
    return this.#failure;
  }

  end(): void {
    this.#over = true;
  }

  async all<T extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<T[]> {
    return this.#attempt((writer) => writer.all<T>(text, params));
  }

  async get<T extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<T | undefined> {
    return this.#attempt((writer) => writer.get<T>(text, params));
  }

  async rows(text: string, params?: readonly SqlValue[]): Promise<unknown[][]> {
    return this.#attempt((writer) => writer.rows(text, params));
  }

  async run(text: string, params?: readonly SqlValue[]): Promise<number> {
    return this.#attempt((writer) => writer.run(text, params));
  }

  async exec(text: string): Promise<void> {
    return this.#attempt((writer) => writer.exec(text));
  }

  afterCommit(work: () => void | Promise<void>): void {
    this.#open();
    this.afterCommitWorks.push(work);
  }

  announce(topic: Topic, detail?: string): void {
    this.#open();
    this.outbox.add(topic, detail);
  }

  async publish(text: string, kept?: readonly string[]): Promise<void> {
    this.#open();
    if (!kept) this.published.push({ text, place: null });
    else this.published.push(await keep(this, text, kept));
  }

  #attempt<T>(statement: (writer: SqliteConnection) => T): T {
    const writer = this.#open();
    try {
      return statement(writer);
    } catch (error) {
      this.#failure ??= error;
      throw error;
    }
  }

  /** A statement that nobody awaited would otherwise land in somebody else's transaction. */
  #open(): SqliteConnection {
    if (this.#over) throw new Error('The transaction is over.');
    if (this.#failure) throw new Error('The transaction has failed.', { cause: this.#failure });
    return this.#writer;
  }
}
