import pg from 'pg';
import { serviceUnavailable } from '../../errors/index.ts';
import type { PostgresOptions } from '../options.ts';
import type { SqlValue } from '../types.ts';
import { clientConfig } from './connect.ts';
import { isConnectionLost } from './errors.ts';
import { ReadLanes } from './read-lanes.ts';
import { StatementNames } from './statement-names.ts';

/** Statements that are prepared by name, on each connection. */
const NAMED_STATEMENTS = 500;
const WAITING_MAX = 5_000;

/** What a read that may be very large gets, in milliseconds: its answer has to fit into our memory, too. */
const HEAVY_TIMEOUT_MS = 3_000;

async function readBriefly(client: pg.PoolClient, statement: pg.QueryConfig): Promise<pg.QueryResult> {
  await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${HEAVY_TIMEOUT_MS}`);
  try {
    return await client.query(statement);
  } finally {
    await client.query('ROLLBACK');
  }
}

/** Lanes for reads, a pool for transactions, and what is prepared on both. */
export class Connections {
  readonly names: StatementNames;
  readonly #lanes: ReadLanes;
  readonly #pool: pg.Pool;
  readonly #generations = new WeakMap<pg.ClientBase, number>();

  constructor(options: PostgresOptions) {
    const connections = options.poolMax ?? 10;
    const lanes = Math.min(4, Math.max(1, Math.floor(connections / 3)));
    this.names = new StatementNames(options.remember === false ? 0 : NAMED_STATEMENTS);
    this.#lanes = new ReadLanes(options, this.names, lanes);
    const max = Math.max(1, connections - lanes);
    this.#pool = new pg.Pool({ ...clientConfig(options), max, idleTimeoutMillis: 60_000 });
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

  query(
    client: pg.ClientBase,
    text: string,
    params: readonly SqlValue[] | undefined,
    arrays: boolean,
  ): Promise<pg.QueryResult> {
    return client.query(this.#statement(text, params, arrays));
  }

  /** Outside a transaction; `heavy` ones get a connection of their own, as does what finds the lanes full. */
  async read(
    text: string,
    params: readonly SqlValue[] | undefined,
    arrays: boolean,
    heavy: boolean,
  ): Promise<pg.QueryResult> {
    const statement = this.#statement(text, params, arrays);
    if (heavy) return this.#readAlone((client) => readBriefly(client, statement));
    return (await this.#lanes.query(statement)) ?? this.#readAlone((client) => client.query(statement));
  }

  async end(): Promise<void> {
    await Promise.all([this.#lanes.close(), this.#pool.end()]);
  }

  async #readAlone(read: (client: pg.PoolClient) => Promise<pg.QueryResult>): Promise<pg.QueryResult> {
    const client = await this.take();
    let broken = true;
    try {
      const result = await read(client);
      broken = false;
      return result;
    } catch (error) {
      broken = isConnectionLost(error);
      throw error;
    } finally {
      this.give(client, broken);
    }
  }

  #statement(text: string, params: readonly SqlValue[] | undefined, arrays: boolean): pg.QueryConfig {
    const values = params as SqlValue[] | undefined;
    const name = this.names.nameOf(text);
    return arrays ? ({ name, text, values, rowMode: 'array' } as pg.QueryConfig) : { name, text, values };
  }

  #isOld(client: pg.ClientBase): boolean {
    return this.#generations.get(client) !== this.names.generation;
  }
}
