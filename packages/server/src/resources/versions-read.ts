import type { Access } from '../access/index.ts';
import { forbidden } from '../errors/index.ts';
import { type ItemService, type Key, type Payload, readKey } from '../items/index.ts';
import { EMPTY_QUERY, type Item, type Query } from '../query/index.ts';
import type { Collection, Field } from '../schema/types.ts';
import { decoderFor, encode, UnfitValue } from '../sql/index.ts';
import type { Json } from '../wire/index.ts';
import { MAIN } from './versions-hooks.ts';
import { type Entry, entriesOf, isPayload, nestedQuery } from './versions-nested.ts';

/**
 * An item as it would be with a version promoted. The caller needs to read both; of relations that the version changes,
 * the items are read with the caller's rights. Functions keep the item's own values. Throws FORBIDDEN for an unknown
 * version.
 */
export async function readVersion(
  items: ItemService,
  access: Access,
  collection: string,
  key: unknown,
  query: Query,
): Promise<Item> {
  const known = access.profile.require(collection, 'read').collection;
  const id = readKey(known, key);
  if (query.version === MAIN) return items.readOne(access, collection, id, query);
  const delta = await deltaOf(items, access, known, id, query.version);
  const item = await items.readOne(access, collection, id, query);
  return new Overlay(items, access).onto(item, known, id, delta, query);
}

async function deltaOf(
  items: ItemService,
  access: Access,
  collection: Collection,
  item: Key,
  version: string | null,
): Promise<Payload> {
  if (collection.meta?.versioning !== true) throw forbidden();
  const filter = { collection: { _eq: collection.name }, item: { _eq: String(item) }, key: { _eq: version } };
  const query: Query = { ...EMPTY_QUERY, filter, fields: ['delta'], limit: 1, kept: null };
  const found = (await items.readMany(access, 'directus_versions', query)).items[0];
  if (!found) throw forbidden();
  return isPayload(found.delta) ? found.delta : {};
}

class Overlay {
  readonly #items: ItemService;
  readonly #access: Access;

  constructor(items: ItemService, access: Access) {
    this.#items = items;
    this.#access = access;
  }

  /** An answer for an item with changed fields in place of stored ones. */
  async onto(item: Item, collection: Collection, key: Key | null, changes: Payload, query: Query): Promise<Item> {
    for (const name of Object.keys(item)) {
      const field = collection.fields.get(query.alias.get(name) ?? name);
      if (!field || !Object.hasOwn(changes, field.name)) continue;
      const value = await this.#value(field, key, changes, nestedQuery(query, name), item[name] as Json);
      item[name] = value;
    }
    return item;
  }

  async #value(field: Field, key: Key | null, changes: Payload, query: Query | null, main: Json): Promise<Json> {
    const { relation } = field;
    const value = changes[field.name];
    if (!relation || value === null || value === undefined) return wireValue(field, value);
    if (relation.kind === 'o2m') return this.#list(relation, key, value, query, main);
    const name = relation.kind === 'm2o' ? relation.collection : changes[relation.collectionField];
    const related = typeof name === 'string' ? this.#readable(name) : null;
    if (!related) return main;
    const entry: Entry = isPayload(value)
      ? { key: keyOf(value[related.primaryKey]), changes: value }
      : { key: keyOf(value), changes: null };
    if (query === null) return entry.key === null ? null : wireValue(field, entry.key);
    return (await this.#entries(related, [entry], query))[0] ?? null;
  }

  #readable(name: string): Collection | null {
    return this.#access.profile.access(name, 'read')?.collection ?? null;
  }

  async #list(
    relation: { collection: string; foreignField: string },
    key: Key | null,
    value: unknown,
    query: Query | null,
    main: Json,
  ): Promise<Json> {
    const related = this.#readable(relation.collection);
    const fields = this.#access.profile.access(relation.collection, 'read')?.fields;
    if (!related || !fields?.has(related.primaryKey) || !fields.has(relation.foreignField)) return main;
    const linked = async (): Promise<Key[]> => {
      const filter = { [relation.foreignField]: { _eq: key } };
      const asked: Query = { ...(query ?? EMPTY_QUERY), filter, fields: [related.primaryKey], kept: null };
      const { items } = key === null ? { items: [] } : await this.#items.readMany(this.#access, related.name, asked);
      return items.map((item) => item[related.primaryKey] as Key);
    };
    const entries = await entriesOf(related.primaryKey, value, linked);
    if (query === null) return entries.flatMap((entry) => (entry.key === null ? [] : [entry.key]));
    return this.#entries(related, entries, query);
  }

  /** Related items as they would be: those that are there with their changes, new ones, none that may not be read. */
  async #entries(related: Collection, entries: readonly Entry[], query: Query): Promise<Item[]> {
    const { primaryKey } = related;
    const keys = entries.flatMap((entry) => (entry.key === null ? [] : [entry.key]));
    const fields = query.fields ?? ['*'];
    const asked: Query = { ...query, fields: [...fields, primaryKey], limit: -1, offset: 0, page: null };
    const read = keys.length > 0 ? await this.#items.readMany(this.#access, related.name, asked, keys) : { items: [] };
    const stored = new Map(read.items.map((item) => [String(item[primaryKey]), item]));
    const shown: Item[] = [];
    for (const { key, changes } of entries) {
      const item = (key === null ? undefined : stored.get(String(key))) ?? (changes && this.#blank(related, fields));
      if (!item) continue;
      if (changes) await this.onto(item, related, key, changes, query);
      if (!fields.includes(primaryKey) && !fields.includes('*')) delete item[primaryKey];
      shown.push(item);
    }
    return shown;
  }

  /** An item that is not there yet. */
  #blank(related: Collection, fields: readonly string[]): Item {
    const item: Item = {};
    const readable = this.#access.profile.require(related.name, 'read').fields;
    const named = new Set(fields.map((path) => path.split('.', 1)[0] as string));
    for (const name of readable.keys()) {
      if (!named.has('*') && !named.has(name)) continue;
      item[name] = related.fields.get(name)?.relation?.kind === 'o2m' ? [] : null;
    }
    return item;
  }
}

const keyOf = (value: unknown): Key | null => (typeof value === 'string' || typeof value === 'number' ? value : null);

/** A value as it would come back once it is stored, or as it is where it could not be. */
function wireValue(field: Field, value: unknown): Json {
  if (value === null || value === undefined) return null;
  try {
    const stored = encode(field.type, value as Json, 'sqlite');
    const raw = typeof stored === 'bigint' ? String(stored) : stored;
    const decode = decoderFor(field.type, 'sqlite');
    return raw === null ? null : decode ? decode(raw) : (raw as Json);
  } catch (error) {
    if (error instanceof UnfitValue) return value as Json;
    throw error;
  }
}
