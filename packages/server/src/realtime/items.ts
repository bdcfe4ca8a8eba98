import type { Access } from '../access/index.ts';
import { forbidden, invalidPayload } from '../errors/index.ts';
import type { ItemService, Payload, Selected } from '../items/index.ts';
import { EMPTY_QUERY, type Query, type QueryReader } from '../query/index.ts';
import { knownCollection } from './known-collection.ts';
import { invalidCollection, type Message, Refusal } from './messages.ts';

interface ItemParts {
  readonly items: ItemService;
  readonly queries: QueryReader;
}

/** `data`, and `meta` where it was asked for. */
export interface ItemAnswer {
  readonly data: unknown;
  readonly meta?: unknown;
}

const ACTIONS: readonly unknown[] = ['create', 'read', 'update', 'delete'];

/** Does what an `items` message asks, with the rights of the caller. Throws what the HTTP API would answer. */
export function actOnItems(parts: ItemParts, access: Access, message: Message): Promise<ItemAnswer> {
  const { action, collection } = message;
  if (!ACTIONS.includes(action)) throw invalidPayload('"action" has to be "create", "read", "update" or "delete".');
  if (typeof collection !== 'string' || collection === '') throw invalidPayload('"collection" has to be a name.');
  if (collection.startsWith('directus_') || knownCollection(access, collection).system) throw invalidCollection();
  const query = queryOf(parts.queries, message.query);
  switch (action) {
    case 'create':
      return create(parts, access, collection, message, query);
    case 'read':
      return read(parts, access, collection, message, query);
    case 'update':
      return update(parts, access, collection, message, query);
    default:
      return remove(parts, access, collection, message, query);
  }
}

/** Throws INVALID_PAYLOAD and INVALID_QUERY. */
export function queryOf(queries: QueryReader, query: unknown): Query {
  if (query === undefined || query === null) return { ...EMPTY_QUERY, kept: null };
  if (typeof query !== 'object' || Array.isArray(query)) throw invalidPayload('"query" has to be an object.');
  return queries.normalise(query as Record<string, unknown>);
}

async function create(
  { items }: ItemParts,
  access: Access,
  collection: string,
  { data }: Message,
  query: Query,
): Promise<ItemAnswer> {
  if (Array.isArray(data)) return { data: await items.createMany(access, collection, data.map(payload), query) };
  const made = payload(data);
  const { singleton } = access.profile.require(collection, 'create').collection;
  if (singleton) throw invalidPayload('A singleton is updated, not created.');
  return { data: await items.create(access, collection, made, query) };
}

async function read(
  { items }: ItemParts,
  access: Access,
  collection: string,
  { id, ids }: Message,
  query: Query,
): Promise<ItemAnswer> {
  const { singleton } = access.profile.require(collection, 'read').collection;
  if (query.export !== null || query.version !== null)
    throw new Refusal('INVALID_PAYLOAD', '"export" and "version" are for HTTP.');
  if (id !== undefined && id !== null) return { data: await items.readOne(access, collection, id, query) };
  if (singleton) {
    const { item, meta } = await items.readSingleton(access, collection, query);
    return { data: item, ...(meta ? { meta } : {}) };
  }
  if (ids !== undefined && !Array.isArray(ids)) throw invalidPayload('"ids" has to be a list.');
  const { items: data, meta } = await items.readMany(access, collection, query, ids as unknown[] | undefined);
  return { data, ...(meta ? { meta } : {}) };
}

async function update(
  { items }: ItemParts,
  access: Access,
  collection: string,
  { id, ids, data, query: asked }: Message,
  query: Query,
): Promise<ItemAnswer> {
  const { singleton } = access.profile.require(collection, 'update').collection;
  if (id !== undefined && id !== null)
    return { data: await items.update(access, collection, id, payload(data), query) };
  if (Array.isArray(data)) return { data: await items.updateBatch(access, collection, data.map(payload), query) };
  if (singleton) return { data: await items.upsertSingleton(access, collection, payload(data), query) };
  const selected = selectedOf(ids, asked, query);
  if (!selected) throw invalidPayload('An update needs "id", "ids", "query" or a list of items with their keys.');
  if ('keys' in selected) return { data: await items.updateMany(access, collection, selected, payload(data), query) };
  // What may not be asked is refused before anything is changed.
  await items.readMany(access, collection, { ...query, limit: 0, page: null, kept: null });
  await items.updateMany(access, collection, { query: whole(query) }, payload(data), EMPTY_QUERY);
  return { data: (await items.readMany(access, collection, query)).items };
}

async function remove(
  { items }: ItemParts,
  access: Access,
  collection: string,
  { id, ids, query: asked }: Message,
  query: Query,
): Promise<ItemAnswer> {
  const { primaryKey, singleton } = access.profile.require(collection, 'delete').collection;
  if (singleton) throw forbidden();
  if (id !== undefined && id !== null) {
    await items.delete(access, collection, { keys: [id] });
    return { data: id };
  }
  const selected = selectedOf(ids, asked, query);
  if (!selected) throw invalidPayload('A delete needs "id", "ids" or "query".');
  if ('keys' in selected) {
    await items.delete(access, collection, selected);
    return { data: selected.keys };
  }
  // Everything is more than somebody with rules may delete.
  const isEverything = query.filter === null && query.search === null && query.limit === null;
  if (isEverything && !isWhole(access, collection)) throw forbidden();
  // Of the query only what chooses: an alias could call anything by the name of the key.
  const { filter, search, sort, limit, offset, page } = whole(query);
  const chosen: Query = { ...EMPTY_QUERY, filter, search, sort, limit, offset, page, fields: [primaryKey], kept: null };
  const found = await items.readMany(access, collection, chosen);
  const keys = found.items.map((item) => item[primaryKey]);
  if (keys.length > 0) await items.delete(access, collection, { keys });
  return { data: keys };
}

const isWhole = ({ profile }: Access, collection: string): boolean =>
  profile.access(collection, 'read')?.rows === null && profile.access(collection, 'delete')?.rows === null;

/** What is changed by a query has no default limit. */
const whole = (query: Query): Query => ({ ...query, limit: query.limit ?? -1, kept: null });

function selectedOf(ids: unknown, asked: unknown, query: Query): Selected | null {
  if (Array.isArray(ids)) return { keys: ids };
  if (ids !== undefined && ids !== null) throw invalidPayload('"ids" has to be a list.');
  return asked === undefined || asked === null ? null : { query };
}

function payload(value: unknown): Payload {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Payload;
  throw invalidPayload('"data" has to be an object, or a list of objects.');
}
