import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { ApiError } from '../../errors/index.ts';
import type { Key, Payload } from '../../items/index.ts';
import { EMPTY_QUERY, type Item, type Query } from '../../query/index.ts';
import type { Collection } from '../../schema/types.ts';
import type { Json } from '../../wire/index.ts';
import type { Root } from '../model.ts';
import type { Chosen } from './collect.ts';
import { collectionNamed } from './filters.ts';
import type { Doing } from './operations.ts';
import type { Reading, Run } from './reading.ts';

/** A root field that writes items, in a transaction of its own. Throws INVALID_QUERY. */
export function writeRoot(reading: Reading, type: GraphQLObjectType, chosen: Chosen, root: Root): Run {
  const collection = collectionNamed(reading.profile.snapshot, root.collection);
  const values = reading.arguments.of(type, chosen.node);
  const { name } = collection;
  if (root.kind === 'delete-one' || root.kind === 'delete-many') return deleting(reading, chosen, name, root, values);
  const back = readBack(reading, type, chosen, collection, values);
  const data = values.data as Payload;
  switch (root.kind) {
    case 'create-one':
      return async ({ access, items }) => back.one(await items.create(access, name, payload(data), back.query));
    case 'create-many':
      return async (doing) =>
        back.many(await doing.items.createMany(doing.access, name, payloads(values.data), back.query));
    case 'update-one':
      return async ({ access, items }) =>
        back.one(await items.update(access, name, values.id, payload(data), back.query));
    case 'update-many': {
      const selected = { keys: keysOf(values.ids) };
      return async (doing) =>
        back.many(await doing.items.updateMany(doing.access, name, selected, payload(data), back.query));
    }
    case 'update-batch':
      return async (doing) =>
        back.many(await doing.items.updateBatch(doing.access, name, payloads(values.data), back.query));
    case 'update-singleton':
      return async ({ access, items }) =>
        back.one(await items.upsertSingleton(access, name, payload(data), back.query));
    default:
      throw new Error(`${root.kind} writes nothing`);
  }
}

/** How what was written is answered: as items, or, where nothing can be read, that it was. */
export function readBack(
  reading: Reading,
  type: GraphQLObjectType,
  chosen: Chosen,
  collection: Collection,
  values: Readonly<Record<string, unknown>>,
): { query: Query; one: (item: Item | null) => Json; many: (items: readonly Item[] | null) => Json } {
  if (!isObjectType(getNamedType(type.getFields()[chosen.name]?.type)))
    return { query: EMPTY_QUERY, one: () => true, many: () => true };
  const { fields, alias, deep, project } = reading.selections.read(collection, chosen.below, writtenBy(values));
  const query: Query = { ...reading.arguments.query(values, collection), fields, alias, deep, kept: reading.keep() };
  return {
    query,
    one: (item) => (item === null ? null : project(item)),
    many: (items) => (items ?? []).map(project),
  };
}

/** How many items there will be to answer. */
function writtenBy({ data, ids }: Readonly<Record<string, unknown>>): number {
  const list = Array.isArray(ids) ? ids : data;
  return Array.isArray(list) ? list.length : 1;
}

function deleting(
  { collector, profile }: Reading,
  chosen: Chosen,
  name: string,
  { kind }: Root,
  values: Readonly<Record<string, unknown>>,
): Run {
  const one = kind === 'delete-one';
  const keys = one ? [values.id] : keysOf(values.ids);
  const asked = collector.collect(chosen.below, () => true);
  const type = one ? 'delete_one' : 'delete_many';
  const answer: Json = one ? String(values.id) : keys.map(String);
  return async (doing: Doing) => {
    const { access, items } = doing;
    await items.delete(access, name, { keys }).catch(async (error: unknown) => {
      if (!one || !profile.admin || !isForbidden(error) || (await isThere(doing, name, values.id))) throw error;
    });
    return Object.fromEntries(asked.map(({ key, name: field }) => [key, field === '__typename' ? type : answer]));
  };
}

const isForbidden = (error: unknown): boolean => error instanceof ApiError && error.code === 'FORBIDDEN';

/** For administrators, who may read everything: one item that is gone already is no mistake of theirs. */
async function isThere({ access, items }: Doing, name: string, key: unknown): Promise<boolean> {
  try {
    await items.readOne(access, name, key, { ...EMPTY_QUERY, kept: null });
    return true;
  } catch (error) {
    if (isForbidden(error)) return false;
    throw error;
  }
}

const keysOf = (ids: unknown): Key[] => (ids as (Key | null)[]).filter((id) => id !== null);

const payloads = (data: unknown): Payload[] =>
  ((data ?? []) as (Payload | null)[]).filter((item) => item !== null).map(payload);

/** Input objects of the library have no prototype, and neither have those inside of them. */
function payload(data: Payload): Payload {
  return plain(data) as Payload;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
