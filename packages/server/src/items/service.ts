import type { Access } from '../access/index.ts';
import { ApiError, forbidden, invalidPayload } from '../errors/index.ts';
import type { Clock } from '../kernel/clock.ts';
import {
  EMPTY_QUERY,
  type Item,
  type ItemStream,
  type Query,
  type QueryRunner,
  type ReadResult,
} from '../query/index.ts';
import type { Collection } from '../schema/types.ts';
import type { Store } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import { type HooksByCollection, WriteContext } from './context.ts';
import { createItem } from './create.ts';
import { deleteItems } from './delete.ts';
import type { ChangeFeed } from './feed.ts';
import { atMost, hashAhead } from './hash-ahead.ts';
import type { Key, Payload } from './hooks.ts';
import { readKey, readKeys } from './keys.ts';
import { type Heard, ListenedTransaction, Rehearsed } from './rehearsal.ts';
import { emptySingleton } from './singleton.ts';
import { updateItems } from './update.ts';
import { ItemWriter } from './writer.ts';

export interface ItemServiceParts {
  readonly store: Store;
  readonly runner: QueryRunner;
  readonly hooks: HooksByCollection;
  readonly clock: Clock;
  /** MAX_BATCH_MUTATION. */
  readonly maxItems: number;
  /** Hashes values of fields that are stored as a hash. */
  readonly hash: (text: string) => Promise<string>;
  /** Where writes are heard of; nowhere when left out. */
  readonly feed?: ChangeFeed;
}

/** Which items a batch is about. */
export type Selected = { readonly keys: readonly unknown[] } | { readonly query: Query };

/**
 * Reads and writes items of any collection, system collections included, with the rights of the caller. Every write is
 * one transaction. What a caller can't read of what it wrote is null: the answer to it has no body.
 */
export class ItemService {
  readonly #parts: ItemServiceParts;

  constructor(parts: ItemServiceParts) {
    this.#parts = parts;
  }

  readMany(access: Access, collection: string, query: Query, keys?: readonly unknown[]): Promise<ReadResult> {
    const { store, runner } = this.#parts;
    if (keys === undefined) return runner.read(store, access, collection, query);
    const known = access.profile.require(collection, 'read').collection;
    return runner.read(store, access, collection, query, readKeys(known, keys) as Json);
  }

  /** As `readMany`, without counts, for lists that may be too long to hold; in batches of at most `batch` items. */
  stream(access: Access, collection: string, query: Query, batch: number, keys?: readonly unknown[]): ItemStream {
    const { store, runner } = this.#parts;
    const known = access.profile.require(collection, 'read').collection;
    return runner.stream(store, access, collection, query, batch, keys ? (readKeys(known, keys) as Json) : null);
  }

  /** Throws FORBIDDEN when there is no such item in reach. */
  async readOne(access: Access, collection: string, key: unknown, query: Query): Promise<Item> {
    const known = access.profile.require(collection, 'read').collection;
    const { items } = await this.#parts.runner.read(this.#parts.store, access, collection, query, readKey(known, key));
    const item = items[0];
    if (!item) throw forbidden();
    return item;
  }

  /** The one item of a singleton, or its defaults while there is none. */
  async readSingleton(
    access: Access,
    collection: string,
    query: Query,
  ): Promise<{ item: Item; meta: ReadResult['meta'] }> {
    const one = { ...query, limit: 1, kept: null };
    const { items, meta } = await this.#parts.runner.read(this.#parts.store, access, collection, one);
    return { item: items[0] ?? emptySingleton(access, collection, query), meta };
  }

  /** Key of the one item of a singleton; throws FORBIDDEN where there is none, or its key may not be read. */
  async singletonKey(access: Access, collection: string): Promise<Key> {
    const { primaryKey } = access.profile.require(collection, 'read').collection;
    const query: Query = { ...EMPTY_QUERY, fields: [primaryKey], limit: 1, kept: null };
    const { items } = await this.readMany(access, collection, query);
    const key = items[0]?.[primaryKey];
    if (typeof key !== 'string' && typeof key !== 'number') throw forbidden();
    return key;
  }

  async create(access: Access, collection: string, payload: Payload, query: Query): Promise<Item | null> {
    const hash = await this.#hashAhead(access, collection, 'create', [payload]);
    return this.#write(access, hash, async (context) => {
      const { key } = await createItem(context, collection, payload, []);
      return (await this.#readBack(context, collection, [key], query))?.[0] ?? null;
    });
  }

  /** `found` has, for each payload, what the server found out itself (see `createItem`). */
  async createMany(
    access: Access,
    collection: string,
    payloads: readonly Payload[],
    query: Query,
    found: readonly Payload[] = [],
  ): Promise<Item[] | null> {
    const hash = await this.#hashAhead(access, collection, 'create', payloads);
    return this.#write(access, hash, async (context) => {
      const keys: Key[] = [];
      for (const [i, payload] of payloads.entries()) {
        keys.push((await createItem(context, collection, payload, [], found[i])).key);
      }
      return this.#readBack(context, collection, keys, query);
    });
  }

  /** `found`: what the server found out itself (see `updateItems`). */
  async update(
    access: Access,
    collection: string,
    key: unknown,
    payload: Payload,
    query: Query,
    found?: Payload,
  ): Promise<Item | null> {
    const known = access.profile.require(collection, 'update').collection;
    const item = readKey(known, key);
    const hash = await this.#hashAhead(access, collection, 'update', [payload]);
    return this.#write(access, hash, async (context) => {
      await updateItems(context, collection, [item], payload, [], found);
      return (await this.#readBack(context, collection, [item], query))?.[0] ?? null;
    });
  }

  /** The same change for several items. */
  async updateMany(
    access: Access,
    collection: string,
    selected: Selected,
    payload: Payload,
    query: Query,
  ): Promise<Item[] | null> {
    const known = access.profile.require(collection, 'update').collection;
    const hash = await this.#hashAhead(access, collection, 'update', [payload]);
    return this.#write(access, hash, async (context) => {
      const keys = await this.#keys(context, known, selected);
      if (keys.length > 0) await updateItems(context, collection, keys, payload, []);
      return this.#readBack(context, collection, keys, query);
    });
  }

  /** Changes of their own for several items, each with its key. */
  async updateBatch(
    access: Access,
    collection: string,
    payloads: readonly Payload[],
    query: Query,
  ): Promise<Item[] | null> {
    const known = access.profile.require(collection, 'update').collection;
    const entries = payloads.map((payload) => {
      const { [known.primaryKey]: key, ...changes } = payload;
      if (key === undefined || key === null)
        throw invalidPayload(`Every item of the list needs its key, "${known.primaryKey}".`);
      return { key: readKey(known, key), changes };
    });
    const hash = await this.#hashAhead(access, collection, 'update', payloads);
    return this.#write(access, hash, async (context) => {
      for (const { key, changes } of entries) await updateItems(context, collection, [key], changes, []);
      const keys = [...new Set(entries.map((entry) => entry.key))];
      return this.#readBack(context, collection, keys, query);
    });
  }

  /** The first write makes the item, later ones change it. */
  upsertSingleton(access: Access, collection: string, payload: Payload, query: Query): Promise<Item | null> {
    return this.#write(access, this.#hashFor(access), async (context) => {
      const known = context.snapshot.collections.get(collection);
      if (!known) throw forbidden();
      const rows = await context.tx.all(
        `select "${known.primaryKey.replaceAll('"', '""')}" as id from "${collection.replaceAll('"', '""')}" limit 1`,
      );
      let key = rows[0]?.id as Key | undefined;
      if (key === undefined) key = (await createItem(context, collection, payload, [])).key;
      else await updateItems(context, collection, [key], payload, []);
      return (await this.#readBack(context, collection, [key], query))?.[0] ?? null;
    });
  }

  delete(access: Access, collection: string, selected: Selected): Promise<void> {
    const known = access.profile.require(collection, 'delete').collection;
    return this.#write(access, this.#hashFor(access), async (context) => {
      const keys = await this.#keys(context, known, selected);
      if (keys.length > 0) await deleteItems(context, collection, keys);
    });
  }

  /** Several writes in one transaction, each with the rights of the caller. */
  together<T>(access: Access, work: (writer: ItemWriter) => Promise<T>): Promise<T> {
    return this.#write(access, this.#hashFor(access), (context) => work(new ItemWriter(context)));
  }

  /**
   * As `together`, but nothing of it stays: once the work is done, the transaction is rolled back. Nothing is recorded,
   * announced or done after it. What fails on writing fails here.
   */
  async rehearse<T>(access: Access, work: (writer: ItemWriter, heard: Heard) => Promise<T>): Promise<T> {
    const { store, hooks, clock, maxItems } = this.#parts;
    const done = new Rehearsed<T>();
    const hash = this.#hashFor(access);
    await store
      .transaction(async (tx) => {
        const listened = new ListenedTransaction(tx);
        const facts = { dialect: store.dialect, access, hooks, now: clock.now(), maxItems, hash, rehearsal: true };
        done.result = await work(new ItemWriter(new WriteContext({ tx: listened, ...facts })), listened);
        throw done;
      })
      .catch((error: unknown) => {
        if (error !== done) throw error;
      });
    return done.result as T;
  }

  #hashAhead(access: Access, collection: string, action: 'create' | 'update', payloads: readonly Payload[]) {
    return hashAhead(access.profile.require(collection, action), payloads, this.#hashFor(access));
  }

  #hashFor(access: Access): ItemServiceParts['hash'] {
    return access.profile.admin ? this.#parts.hash : atMost(this.#parts.hash);
  }

  #write<T>(access: Access, hash: ItemServiceParts['hash'], work: (context: WriteContext) => Promise<T>): Promise<T> {
    const { store, hooks, clock, maxItems, feed } = this.#parts;
    return store.transaction(async (tx) => {
      const facts = { dialect: store.dialect, access, hooks, now: clock.now(), maxItems, hash, feed };
      const context = new WriteContext({ tx, ...facts });
      const result = await work(context);
      await context.changes.publish(tx);
      return result;
    });
  }

  /** Keys as given, or of the items that the caller's query finds among those it may read. */
  async #keys(context: WriteContext, collection: Collection, selected: Selected): Promise<Key[]> {
    if ('keys' in selected) return readKeys(collection, selected.keys);
    const query: Query = { ...selected.query, fields: [collection.primaryKey], kept: null };
    const { items } = await this.#parts.runner.read(context.tx, context.access, collection.name, query);
    return items.map((item) => item[collection.primaryKey] as Key);
  }

  /** What the caller may read of what it wrote; null when nothing. */
  async #readBack(
    context: WriteContext,
    collection: string,
    keys: readonly Key[],
    query: Query,
  ): Promise<Item[] | null> {
    if (keys.length === 0) return [];
    try {
      const { items } = await this.#parts.runner.readWritten(context.tx, context.access, collection, query, keys);
      return items;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'FORBIDDEN') return null;
      throw error;
    }
  }
}
