import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { serviceUnavailable } from '../../errors/index.ts';
import { Announcer, Messages, runAfterCommit, warnOfFault } from '../announcer.ts';
import type { PostgresOptions } from '../options.ts';
import { StreamTurns } from '../stream-turns.ts';
import type { AnnouncementListener, MessageListener, Row, SqlValue, Store, Transaction } from '../types.ts';
import { Connections } from './connections.ts';
import { isConnectionLost, isStalePlan, isUnprepared, translatePostgresError } from './errors.ts';
import { CHANNEL, Listener, payloadOf } from './listener.ts';
import { Inbox } from './messages.ts';
import { PostgresTransaction } from './transaction.ts';

const READ_ATTEMPTS = 3;
const RETRY_AFTER_MS = 10;

/** A PostgreSQL database: a pool of connections, and one that listens to other nodes. */
export class PostgresStore implements Store {
  readonly dialect = 'postgres';
  readonly #node = randomUUID();
  readonly #connections: Connections;
  readonly #streams: StreamTurns;
  readonly #announcer: Announcer;
  readonly #messages: Messages;
  readonly #listener: Listener;
  readonly #onFault: (error: unknown) => void;
  #closing: Promise<void> | null = null;

  private constructor(options: PostgresOptions) {
    this.#onFault = options.onFault ?? warnOfFault;
    this.#connections = new Connections(options);
    this.#streams = new StreamTurns(Math.max(1, Math.min(3, Math.floor((options.poolMax ?? 10) / 3))));
    this.#announcer = new Announcer(this.#onFault);
    this.#messages = new Messages(this.#onFault);
    const inbox = new Inbox(this, this.#messages, this.#onFault);
    this.#listener = new Listener(options, this.#node, this.#announcer, inbox);
    // Tables may have changed under the prepared statements.
    this.#announcer.listen((topic) => {
      if (topic === 'schema') this.#connections.names.startAnew();
    });
  }

  /** Rejects when the database cannot be reached. */
  static async open(options: PostgresOptions): Promise<PostgresStore> {
    const store = new PostgresStore(options);
    try {
      await store.#listener.start();
      return store;
    } catch (error) {
      await store.close();
      throw translatePostgresError(error);
    }
  }

  async all<T extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<T[]> {
    return (await this.#read(text, params, false)).rows as T[];
  }

  async get<T extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<T | undefined> {
    return (await this.#read(text, params, false)).rows[0] as T | undefined;
  }

  async rows(text: string, params?: readonly SqlValue[], heavy?: boolean): Promise<unknown[][]> {
    return (await this.#read(text, params, true, heavy)).rows as unknown[][];
  }

  async *stream(text: string, params: readonly SqlValue[], batch: number): AsyncGenerator<unknown[][]> {
    const { rowStream } = await import('./row-stream.ts');
    yield* this.#streams.during(() => rowStream(this.#connections, text, params, batch));
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await this.#begin();
    const tx = new PostgresTransaction(this.#connections, client);
    let result: T;
    let broken = true;
    try {
      try {
        result = await this.#perform(tx, work);
        if (!tx.outbox.empty) {
          await client.query('SELECT pg_notify($1, $2)', [CHANNEL, payloadOf(this.#node, tx.outbox.list())]);
        }
      } catch (error) {
        // A connection that is gone has rolled back already; any other must not go back into the pool half-way.
        broken = await client.query('ROLLBACK').then(
          () => false,
          () => true,
        );
        throw translatePostgresError(error);
      }
      await this.#commit(client, tx);
      broken = false;
    } finally {
      this.#connections.give(client, broken);
    }
    if (tx.afterCommitWorks.length > 0) await runAfterCommit(tx.afterCommitWorks, this.#onFault);
    return result;
  }

  onAnnouncement(listener: AnnouncementListener): () => void {
    return this.#announcer.listen(listener);
  }

  async onMessage(listener: MessageListener): Promise<() => void> {
    const stop = this.#messages.listen(listener);
    await this.#listener.hearMessages();
    return stop;
  }

  placeholder(n: number): string {
    return `$${n}`;
  }

  async ping(): Promise<number> {
    const start = performance.now();
    await this.#read('SELECT 1', undefined, true);
    return performance.now() - start;
  }

  /** Waits for the running statements and transactions. */
  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#listener.close(), this.#connections.end()]).then(() => undefined);
    return this.#closing;
  }

  /** A pooled connection may have been lost unnoticed: as nothing was done yet, another is tried once. */
  async #begin(): Promise<PoolClient> {
    for (let attempt = 1; ; attempt++) {
      let client: PoolClient | null = null;
      try {
        client = await this.#connections.take();
        await client.query('BEGIN');
        return client;
      } catch (error) {
        if (client) this.#connections.give(client, true);
        if (attempt === 2 || this.#closing || !isConnectionLost(error)) throw translatePostgresError(error);
      }
    }
  }

  async #perform<T>(tx: PostgresTransaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      const result = await work(tx);
      // The database would answer COMMIT after an error with a silent rollback.
      if (tx.failure) throw tx.failure;
      return result;
    } finally {
      tx.end();
    }
  }

  /** When the connection breaks during the commit, nobody knows its outcome: what it announced is told all the same. */
  async #commit(client: PoolClient, tx: PostgresTransaction): Promise<void> {
    try {
      await client.query('COMMIT');
    } catch (error) {
      if (!isConnectionLost(error)) throw translatePostgresError(error);
      this.#announcer.emit(tx.outbox.list());
      throw serviceUnavailable('database', 'The connection was lost while it committed; look before you retry.', error);
    }
    if (!tx.outbox.empty) this.#announcer.emit(tx.outbox.list());
  }

  /** Reads change nothing, so one whose connection was lost is sent again: when one is lost, others often are too. */
  async #read(text: string, params: readonly SqlValue[] | undefined, arrays: boolean, heavy = false) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#connections.read(text, params, arrays, heavy);
      } catch (error) {
        const lost = isConnectionLost(error);
        const stale = isStalePlan(error);
        if (this.#closing || attempt === READ_ATTEMPTS || !(lost || stale || isUnprepared(error))) {
          throw translatePostgresError(error);
        }
        if (lost) await sleep(RETRY_AFTER_MS); // meanwhile the others that are lost are seen to be
        if (stale) this.#connections.names.startAnew();
      }
    }
  }
}
