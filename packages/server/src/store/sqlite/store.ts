import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceUnavailable } from '../../errors/index.ts';
import { Announcer, Messages, runAfterCommit, warnOfFault } from '../announcer.ts';
import type { SqliteOptions } from '../options.ts';
import { StreamTurns } from '../stream-turns.ts';
import type {
  AnnouncementListener,
  MessageListener,
  Row,
  SqlValue,
  Store,
  Transaction,
  TransactionOptions,
} from '../types.ts';
import { SqliteConnection } from './connection.ts';
import { isBusy, translateSqliteError } from './errors.ts';
import { assertNoNewOrphans, countOrphans } from './orphans.ts';
import { ReaderThreads } from './reader-threads.ts';
import { SqliteTransaction } from './transaction.ts';
import { WriterTurns } from './writer-turns.ts';

/** How often to look whether another process has written, in milliseconds. */
const WATCH_INTERVAL_MS = 250;
const WAITING_WRITES_MAX = 5_000;
/** Long reads at a time, each in a thread of its own. */
const STREAMS = 3;

/**
 * A SQLite file: one writing connection with a queue before it, one reading connection, and threads for heavy reads. In
 * WAL mode readers see the last committed state and never wait for the writer.
 */
export class SqliteStore implements Store {
  readonly dialect = 'sqlite';
  readonly #writer: SqliteConnection;
  readonly #reader: SqliteConnection;
  readonly #threads: ReaderThreads;
  readonly #streams = new StreamTurns(STREAMS);
  readonly #filename: string;
  readonly #turns: WriterTurns;
  readonly #turnTimeoutMs: number;
  readonly #announcer: Announcer;
  readonly #messages: Messages;
  readonly #onFault: (error: unknown) => void;
  /** Changes with every commit of another connection, never with the writer's own. */
  #seenVersion: unknown;
  #watch: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: SqliteOptions) {
    const filename = prepareFile(options.filename);
    this.#filename = filename;
    this.#onFault = options.onFault ?? warnOfFault;
    this.#announcer = new Announcer(this.#onFault);
    this.#messages = new Messages(this.#onFault);
    this.#turnTimeoutMs = options.turnTimeoutMs ?? 10_000;
    this.#turns = new WriterTurns(this.#turnTimeoutMs, WAITING_WRITES_MAX);
    // The writer waits for other processes in `#begin`, where waiting does not block the event loop.
    const { remember } = options;
    this.#writer = new SqliteConnection(filename, {
      readOnly: false,
      busyTimeoutMs: 10,
      cacheKibibytes: 8_000,
      remember,
    });
    this.#reader = new SqliteConnection(filename, {
      readOnly: true,
      busyTimeoutMs: 2_000,
      cacheKibibytes: 16_000,
      remember,
    });
    this.#threads = new ReaderThreads(filename);
    this.#seenVersion = this.#writer.pragma('data_version');
  }

  async all<T extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<T[]> {
    return this.#reader.all<T>(text, params);
  }

  async get<T extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<T | undefined> {
    return this.#reader.get<T>(text, params);
  }

  async rows(text: string, params?: readonly SqlValue[], heavy?: boolean): Promise<unknown[][]> {
    return heavy ? this.#threads.rows(text, params ?? []) : this.#reader.rows(text, params);
  }

  async *stream(text: string, params: readonly SqlValue[], batch: number): AsyncGenerator<unknown[][]> {
    const { rowStream } = await import('./row-stream.ts');
    yield* this.#streams.during(() => rowStream(this.#filename, text, params, batch));
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
    const turn = this.#turns.take();
    if (turn) await turn;
    let result: T;
    const tx = new SqliteTransaction(this.#writer);
    try {
      if (this.#closed) throw serviceUnavailable('database', 'It is closed.');
      result = options?.rebuildsTables ? await this.#rebuild(tx, work) : await this.#commit(tx, work);
    } finally {
      tx.end();
      this.#turns.pass();
    }
    if (tx.afterCommitWorks.length > 0) await runAfterCommit(tx.afterCommitWorks, this.#onFault);
    return result;
  }

  onAnnouncement(listener: AnnouncementListener): () => void {
    this.#watch ??= setInterval(() => this.#lookForOtherWriters(), WATCH_INTERVAL_MS).unref();
    return this.#announcer.listen(listener);
  }

  async onMessage(listener: MessageListener): Promise<() => void> {
    return this.#messages.listen(listener);
  }

  placeholder(): string {
    return '?';
  }

  async ping(): Promise<number> {
    const start = performance.now();
    this.#reader.get('SELECT 1');
    return performance.now() - start;
  }

  /** Waits for the running transaction and those before it in the queue. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const turn = this.#turns.take();
    if (turn) await turn;
    this.#closed = true;
    if (this.#watch) clearInterval(this.#watch);
    await this.#threads.close();
    this.#reader.close();
    this.#writer.pragma('wal_checkpoint(TRUNCATE)');
    this.#writer.close();
    this.#turns.pass();
  }

  async #commit<T>(tx: SqliteTransaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const begun = this.#begin();
    if (begun) await begun;
    let result: T;
    try {
      result = await work(tx);
      tx.end();
      if (tx.failure) throw tx.failure;
      this.#writer.run('COMMIT');
    } catch (error) {
      tx.end();
      // SQLite has already rolled back by itself after some errors, such as a full disk.
      if (this.#writer.inTransaction) this.#writer.run('ROLLBACK');
      throw error;
    }
    // Nothing is awaited between the commit and this, so nobody can read what the listeners are about to forget.
    if (!tx.outbox.empty) this.#announcer.emit(tx.outbox.list());
    for (const { text, place } of tx.published) this.#messages.emit(text, place);
    return result;
  }

  /** The pragma means nothing inside a transaction, so it comes before. Dropping a table would delete what points to it. */
  async #rebuild<T>(tx: SqliteTransaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
    this.#writer.pragma('foreign_keys = OFF');
    try {
      return await this.#commit(tx, async (inner) => {
        const before = countOrphans(this.#writer);
        const result = await work(inner);
        assertNoNewOrphans(before, countOrphans(this.#writer));
        return result;
      });
    } finally {
      this.#writer.pragma('foreign_keys = ON');
    }
  }

  /** null when the transaction has begun; otherwise another process writes, and it resolves when its turn is over. */
  #begin(): Promise<void> | null {
    try {
      this.#writer.run('BEGIN IMMEDIATE');
      return null;
    } catch (error) {
      if (!isBusyError(error)) throw error;
      return this.#beginLater(Date.now() + this.#turnTimeoutMs);
    }
  }

  async #beginLater(deadline: number): Promise<void> {
    for (let waitMs = 1; ; waitMs = Math.min(waitMs * 2, 32)) {
      await sleep(waitMs);
      try {
        this.#writer.run('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isBusyError(error) || Date.now() > deadline) throw error;
      }
    }
  }

  #lookForOtherWriters(): void {
    try {
      const version = this.#writer.pragma('data_version');
      if (version === this.#seenVersion) return;
      this.#seenVersion = version;
      this.#announcer.emitEverything();
    } catch (error) {
      if (!isBusy(error)) this.#onFault(translateSqliteError(error));
    }
  }
}

const isBusyError = (error: unknown): boolean => error instanceof Error && isBusy(error.cause);

function prepareFile(filename: string): string {
  if (filename === '' || filename.startsWith(':')) {
    throw new Error(`The SQLite database has to be a file, not "${filename}".`);
  }
  const path = resolve(filename);
  mkdirSync(dirname(path), { recursive: true });
  // It will hold hashes of passwords. Its companions (-wal, -shm) take over its mode.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  return path;
}
