import { performance } from 'node:perf_hooks';
import pg from 'pg';
import type { PostgresOptions } from '../options.ts';
import { clientConfig } from './connect.ts';
import type { StatementNames } from './statement-names.ts';

/** A statement that runs for longer than this holds up those behind it; others take another way round it, in milliseconds. */
const STUCK_AFTER_MS = 20;
/** With this many answers outstanding on each lane, another lane is opened. */
const OPEN_ANOTHER_AT = 4;
/** More than this are not put behind each other. */
const DEPTH_MAX = 64;

interface Lane {
  readonly client: pg.Client;
  readonly generation: number;
  waiting: number;
  /** When the statement that runs now came first in the line. */
  headSince: number;
}

/**
 * A few connections that many reads share: each statement is sent at once, behind those whose answers are still to come
 * (the protocol answers in order). That takes half the processor time of a connection per read. The connections are
 * read-only, so that a read may be sent again when its connection was lost.
 */
export class ReadLanes {
  readonly #config: pg.ClientConfig & { pipeline: boolean };
  readonly #names: StatementNames;
  readonly #lanesMax: number;
  readonly #lanes = new Set<Lane>();
  /** The lane that is being opened. */
  #opening: Promise<void> | null = null;
  #closed = false;

  constructor(options: PostgresOptions, names: StatementNames, lanesMax: number) {
    this.#config = { ...clientConfig(options, { default_transaction_read_only: 'on' }), pipeline: true };
    this.#names = names;
    this.#lanesMax = lanesMax;
  }

  /** null when every lane is stuck or full: the statement needs a connection of its own. */
  async query(statement: pg.QueryConfig): Promise<pg.QueryResult | null> {
    if (this.#lanes.size === 0) await this.#open();
    const lane = this.#pick();
    if (lane === null) return null;
    if (lane.waiting++ === 0) lane.headSince = performance.now();
    try {
      return await lane.client.query(statement);
    } finally {
      lane.waiting--;
      lane.headSince = performance.now();
    }
  }

  /** Waits for the answers that are still to come. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#opening?.catch(() => {});
    await Promise.all([...this.#lanes].map((lane) => this.#retire(lane)));
  }

  #pick(): Lane | null {
    let best: Lane | null = null;
    const stuckBefore = performance.now() - STUCK_AFTER_MS;
    for (const lane of this.#lanes) {
      if (lane.generation !== this.#names.generation) this.#retire(lane).catch(() => {});
      else if (lane.waiting > 0 && lane.headSince < stuckBefore) continue;
      else if (best === null || lane.waiting < best.waiting) best = lane;
    }
    if ((best === null || best.waiting >= OPEN_ANOTHER_AT) && this.#lanes.size < this.#lanesMax) {
      this.#open().catch(() => {}); // in the background; the next read that needs it will hear of a failure
    }
    return best && best.waiting < DEPTH_MAX ? best : null;
  }

  #open(): Promise<void> {
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #connect(): Promise<void> {
    const client = new pg.Client(this.#config);
    const lane: Lane = { client, generation: this.#names.generation, waiting: 0, headSince: 0 };
    // Statements under way fail with the same error.
    client.on('error', () => this.#lanes.delete(lane));
    client.on('end', () => this.#lanes.delete(lane));
    if (this.#closed) throw new Error('Client was closed and is not queryable');
    await client.connect();
    this.#lanes.add(lane);
  }

  async #retire(lane: Lane): Promise<void> {
    this.#lanes.delete(lane);
    await lane.client.end();
  }
}
