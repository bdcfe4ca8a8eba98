import pg from 'pg';
import { serviceUnavailable } from '../../errors/index.ts';
import type { PostgresOptions } from '../options.ts';
import type { SqlValue } from '../types.ts';
import { clientConfig } from './connect.ts';
import { StatementNames } from './statement-names.ts';

/** Statements that are prepared by name, on each connection. */
const NAMED_STATEMENTS = 500;
const WAITING_MAX = 5_000;

/** The pool, and what is prepared on its connections. */
export class Connections {
  readonly names = new StatementNames(NAMED_STATEMENTS);
  readonly #pool: pg.Pool;
  readonly #generations = new WeakMap<pg.ClientBase, number>();

  constructor(options: PostgresOptions) {
    this.#pool = new pg.Pool({ ...clientConfig(options), max: options.poolMax ?? 10, idleTimeoutMillis: 60_000 });
    // A connection that breaks while idle leaves the pool by itself; the next request makes another.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => {
      this.#generations.set(client, this.names.generation);
      // While it is in use, its query fails with the same error; without a listener the process would end.
      client.on('error', () => {});
    });
  }

  async take(): Promise<pg.PoolClient> {
    if (this.#pool.waitingCount >= WAITING_MAX) {
      throw serviceUnavailable('database', 'Too many requests wait for a connection; try again.');
    }
    for (;;) {
      const client = await this.#pool.connect();
      if (!this.#isOld(client)) return client;
      client.release(true);
    }
  }

  give(client: pg.PoolClient, broken: boolean): void {
    client.release(broken || this.#isOld(client));
  }

  async query(client: pg.ClientBase, text: string, params: readonly SqlValue[] | undefined, arrays: boolean) {
    return client.query({
      name: this.names.nameOf(text),
      text,
      values: params as SqlValue[] | undefined,
      ...(arrays ? { rowMode: 'array' } : {}),
    });
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }

  #isOld(client: pg.ClientBase): boolean {
    return this.#generations.get(client) !== this.names.generation;
  }
}
