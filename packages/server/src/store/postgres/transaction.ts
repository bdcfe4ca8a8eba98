import type pg from 'pg';
import { Outbox } from '../announcer.ts';
import type { Row, SqlValue, Topic, Transaction } from '../types.ts';
import type { Connections } from './connections.ts';
import { translatePostgresError } from './errors.ts';
import { keeping, publishing } from './messages.ts';

/** The work of one transaction on a connection of its own. After its end, or after an error, every call is refused. */
export class PostgresTransaction implements Transaction {
  readonly outbox = new Outbox();
  readonly afterCommitWorks: (() => void | Promise<void>)[] = [];
  readonly #connections: Connections;
  readonly #client: pg.PoolClient;
  #failure: unknown = null;
  #over = false;

  constructor(connections: Connections, client: pg.PoolClient) {
    this.#connections = connections;
    this.#client = client;
  }

  /** The first error of a statement, after which the database only rolls back; null when there was none. */
  get failure(): unknown {
    return this.#failure;
  }

  end(): void {
    this.#over = true;
  }

  async all<T extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<T[]> {
    return (await this.#query(text, params, false)).rows as T[];
  }

  async get<T extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<T | undefined> {
    return (await this.#query(text, params, false)).rows[0] as T | undefined;
  }

  async rows(text: string, params?: readonly SqlValue[]): Promise<unknown[][]> {
    return (await this.#query(text, params, true)).rows as unknown[][];
  }

  async run(text: string, params?: readonly SqlValue[]): Promise<number> {
    return (await this.#query(text, params, false)).rowCount ?? 0;
  }

  async exec(text: string): Promise<void> {
    this.#assertOpen();
    try {
      await this.#client.query(text);
    } catch (error) {
      throw this.#fail(error);
    }
  }

  afterCommit(work: () => void | Promise<void>): void {
    this.#assertOpen();
    this.afterCommitWorks.push(work);
  }

  announce(topic: Topic, detail?: string): void {
    this.#assertOpen();
    this.outbox.add(topic, detail);
  }

  async publish(text: string, kept?: readonly string[]): Promise<void> {
    const { statement, values } = kept ? keeping(text, kept) : publishing(text);
    await this.#query(statement, values, true);
  }

  async #query(text: string, params: readonly SqlValue[] | undefined, arrays: boolean) {
    this.#assertOpen();
    try {
      return await this.#connections.query(this.#client, text, params, arrays);
    } catch (error) {
      throw this.#fail(error);
    }
  }

  #fail(error: unknown): unknown {
    const translated = translatePostgresError(error);
    this.#failure ??= translated;
    return translated;
  }

  #assertOpen(): void {
    if (this.#over) throw new Error('The transaction is over.');
    if (this.#failure) throw new Error('The transaction has failed.', { cause: this.#failure });
  }
}
