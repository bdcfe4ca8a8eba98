import { randomUUID } from 'node:crypto';
import type { ChangeFollower, Key } from '../items/index.ts';
import type { QueryRunner } from '../query/index.ts';
import type { Snapshot } from '../schema/types.ts';
import type { Reader, Store } from '../store/types.ts';
import type { Json } from '../wire/index.ts';

const RENEW_MS = 30_000;
/** Seconds for which a node counts as following after it said so. */
const LASTS_S = 90;
/** Before the name of a collection: somebody wants to know what leaves its view there. No name of a table begins so. */
export const LEAVING = '\n';
/** Seconds for which long messages between nodes are kept. */
const KEPT_S = 60;

/**
 * Which collections any node follows, on PostgreSQL: each says so in a row of its own, and all hear of it. Costs a set
 * that is empty while nobody follows anything.
 */
export class Following implements ChangeFollower {
  readonly #store: Store;
  readonly #runner: QueryRunner;
  readonly #snapshot: () => Snapshot;
  readonly #onFault: (error: unknown) => void;
  readonly #node = randomUUID();
  readonly #mine = new Map<string, number>();
  readonly #stop: () => void;
  #others: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | null = null;
  #told = '[]';

  constructor(parts: {
    store: Store;
    runner: QueryRunner;
    snapshot: () => Snapshot;
    onFault: (error: unknown) => void;
  }) {
    this.#store = parts.store;
    this.#runner = parts.runner;
    this.#snapshot = parts.snapshot;
    this.#onFault = parts.onFault;
    this.#stop = parts.store.onAnnouncement((topic) => {
      if (topic === 'followers') this.#look().catch(this.#onFault);
    });
  }

  /** Learns who follows what already. */
  start(): Promise<void> {
    return this.#look();
  }

  follows(collection: string): boolean {
    return this.#others.has(collection) || this.#mine.has(collection);
  }

  followsLeaving(collection: string): boolean {
    return this.follows(LEAVING + collection);
  }

  /** The rows themselves: other nodes know who follows there, and by which rights. */
  async witness(reader: Reader, name: string, keys: readonly Key[]): Promise<Json> {
    const collection = this.#snapshot().collections.get(name);
    return collection ? this.#runner.rowsAsJson(reader, collection, keys) : null;
  }

  /** This node follows the collection from now on; every node knows when it resolves, give or take the way there. */
  async add(collection: string): Promise<void> {
    const count = this.#mine.get(collection) ?? 0;
    this.#mine.set(collection, count + 1);
    if (count === 0) await this.#tell();
    this.#timer ??= setInterval(() => this.#renew().catch(this.#onFault), RENEW_MS).unref();
  }

  /** Nodes learn of it with the next renewal: one event too many does no harm. */
  remove(collection: string): void {
    const count = this.#mine.get(collection) ?? 0;
    if (count > 1) this.#mine.set(collection, count - 1);
    else this.#mine.delete(collection);
  }

  async close(): Promise<void> {
    this.#stop();
    if (this.#timer) clearInterval(this.#timer);
    if (this.#told === '[]') return;
    this.#mine.clear();
    await this.#tell().catch(this.#onFault);
  }

  async #renew(): Promise<void> {
    if (this.#told !== '[]' || this.#mine.size > 0) await this.#tell();
  }

  async #tell(): Promise<void> {
    const collections = JSON.stringify([...this.#mine.keys()]);
    const isNew = collections !== this.#told;
    this.#told = collections;
    await this.#store.transaction(async (tx) => {
      await tx.run(
        `insert into limen_followers (node, collections, ends) values ($1, $2, now() + $3 * interval '1 second')
         on conflict (node) do update set collections = excluded.collections, ends = excluded.ends`,
        [this.#node, collections, LASTS_S],
      );
      await tx.run('delete from limen_followers where ends < now()');
      await tx.run(`delete from limen_messages where created < now() - $1 * interval '1 second'`, [KEPT_S]);
      if (isNew) tx.announce('followers');
    });
    if (!isNew) await this.#look();
  }

  async #look(): Promise<void> {
    const rows = await this.#store.rows('select collections from limen_followers where ends > now() and node <> $1', [
      this.#node,
    ]);
    this.#others = new Set(rows.flatMap(([collections]) => JSON.parse(String(collections)) as string[]));
  }
}
