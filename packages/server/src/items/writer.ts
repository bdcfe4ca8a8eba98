import type { Access } from '../access/index.ts';
import type { Transaction } from '../store/types.ts';
import type { WriteContext } from './context.ts';
import { createItem } from './create.ts';
import { deleteItems } from './delete.ts';
import type { Key, Payload } from './hooks.ts';
import { keyOrNull, readKey, readKeys } from './keys.ts';
import { allowedFields } from './payload-rules.ts';
import { recordChange } from './record.ts';
import { requireRows } from './require-rows.ts';
import { readStored, selectByKeys } from './rows.ts';
import { updateItems } from './update.ts';

/** Writes that belong together, within one transaction and with the rights of the caller. */
export class ItemWriter {
  readonly #context: WriteContext;

  constructor(context: WriteContext) {
    this.#context = context;
  }

  get tx(): Transaction {
    return this.#context.tx;
  }

  get access(): Access {
    return this.#context.access;
  }

  /** When this began, in milliseconds since 1970. */
  get now(): number {
    return this.#context.now;
  }

  /** Whether there is such an item, in reach or not. */
  async exists(collection: string, key: unknown): Promise<boolean> {
    const { tx, dialect, access, snapshot } = this.#context;
    const known = snapshot.collections.get(collection);
    const id = known && !known.folder ? keyOrNull(known, key) : null;
    if (!known || id === null) return false;
    const parts = { columns: () => ['1'], where: null };
    return (await selectByKeys(tx, dialect, known, [id], access.scope, parts)).length > 0;
  }

  /** Creates an item with everything nested in it; its key. */
  async create(collection: string, payload: Payload): Promise<Key> {
    return (await createItem(this.#context, collection, payload, [])).key;
  }

  async update(collection: string, key: unknown, payload: Payload): Promise<void> {
    const known = this.access.profile.require(collection, 'update').collection;
    await updateItems(this.#context, collection, [readKey(known, key)], payload, []);
  }

  /** The same change for several items. */
  async updateMany(collection: string, keys: readonly unknown[], payload: Payload): Promise<void> {
    const known = this.access.profile.require(collection, 'update').collection;
    const items = readKeys(known, keys);
    if (items.length > 0) await updateItems(this.#context, collection, items, payload, []);
  }

  async delete(collection: string, keys: readonly unknown[]): Promise<void> {
    const known = this.access.profile.require(collection, 'delete').collection;
    const items = readKeys(known, keys);
    if (items.length > 0) await deleteItems(this.#context, collection, items);
  }

  /**
   * What of a payload `update` would write, without writing or checking its values. Throws FORBIDDEN when the item is out
   * of reach or a field may not be written.
   */
  async permitted(collection: string, key: unknown, payload: Payload): Promise<Payload> {
    const { profile } = this.access;
    const access = profile.require(collection, 'update');
    const allowed = allowedFields(access, payload, profile.admin);
    delete allowed[access.collection.primaryKey];
    await requireRows(this.#context, access, [readKey(access.collection, key)], Object.keys(allowed));
    return allowed;
  }

  /**
   * The item as it is stored, whatever the caller may see of it, with secrets as stars; nobody else changes it before the
   * transaction ends. null when there is none.
   */
  stored(collection: string, key: unknown): Promise<Payload | null> {
    const { tx, dialect, access, snapshot } = this.#context;
    const known = snapshot.collections.get(collection);
    if (!known || known.folder) return Promise.resolve(null);
    return readStored(tx, dialect, known, readKey(known, key), access.scope, true);
  }

  /** Notes that the caller changed an item by other means than `update`. */
  async note(collection: string, key: Key, revision: { data: Payload; delta: Payload }): Promise<void> {
    const known = this.#context.snapshot.collections.get(collection);
    if (known) await recordChange(this.#context.recorder, known, 'update', key, revision);
  }
}
