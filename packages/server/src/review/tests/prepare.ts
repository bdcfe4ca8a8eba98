import { type AccessEngine, SYSTEM } from '../../access/index.ts';
import type { ItemService, Key, Payload } from '../../items/index.ts';
import { EMPTY_QUERY, type Query } from '../../query/index.ts';
import type { Collection, Snapshot } from '../../schema/types.ts';
import type { Store } from '../../store/types.ts';
import { findPerson, type People, type Person } from '../person.ts';
import { type AccessTest, type Prepared, TestsError } from './types.ts';

/** What tests run with. */
export interface TestParts {
  readonly store: Store;
  readonly engine: AccessEngine;
  readonly items: ItemService;
  readonly people: People;
  readonly snapshot: () => Snapshot;
}

/** A test that looks at more items than this asks too much. */
export const MAX_ITEMS = 1000;

/**
 * Finds whom and what a test is about. Throws TestsError where there is no such thing: a test of something that is not
 * there would call it denied, and prove nothing.
 */
export async function prepare(parts: TestParts, test: AccessTest): Promise<Prepared> {
  const collection = parts.snapshot().collections.get(test.collection);
  if (!collection || collection.folder) throw new TestsError(`There is no collection ${test.collection}.`);
  requireFields(collection, test);
  const person = await personOf(parts, test);
  const keys = test.action === 'create' ? [] : await keysOf(parts, collection, test);
  if (keys.length === 0 && test.about.kind !== 'all' && test.action !== 'create') {
    throw new TestsError(`${test.collection} has no such item, so nothing is tested.`);
  }
  const values = await valuesToWrite(parts, collection, test, keys);
  return { test, person, keys, payloadFor: (key) => values.get(key) ?? test.payload ?? {} };
}

function requireFields(collection: Collection, { fields, payload, expected }: AccessTest): void {
  const named = [
    ...(fields ?? []).map((path) => path.split('.', 1)[0] ?? ''),
    ...Object.keys(payload ?? {}),
    ...(expected.fields ?? []),
    ...(expected.nulls ?? []),
    ...Object.keys(expected.values ?? {}),
  ];
  const isKnown = (name: string): boolean => name === '*' || name.includes('(') || collection.fields.has(name);
  const unknown = named.find((name) => !isKnown(name));
  if (unknown !== undefined) throw new TestsError(`${collection.name} has no field ${unknown}.`);
}

async function personOf({ store, people }: TestParts, { who, ip }: AccessTest): Promise<Person> {
  const person = await findPerson(store, people, who, ip);
  if (person) return person;
  throw new TestsError(
    `There is no ${who.kind} ${JSON.stringify('user' in who ? who.user : 'share' in who ? who.share : '')}.`,
  );
}

async function keysOf(
  { engine, items }: TestParts,
  { name, primaryKey }: Collection,
  { action, about }: AccessTest,
): Promise<Key[]> {
  const query: Query = {
    ...EMPTY_QUERY,
    fields: [primaryKey],
    filter: about.kind === 'filter' ? about.filter : null,
    limit: MAX_ITEMS + 1,
    kept: null,
  };
  const found = await items.readMany(
    await engine.access(SYSTEM),
    name,
    query,
    about.kind === 'item' ? [about.key] : undefined,
  );
  // A list is as long as it is; how long an answer may be is for the request to say.
  const isList = about.kind === 'all' && action === 'read';
  if (found.items.length > MAX_ITEMS && !isList) {
    throw new TestsError(`It is about more than ${MAX_ITEMS} items of ${name}; give it a narrower "filter".`);
  }
  return found.items.map((item) => item[primaryKey] as Key);
}

/** For `fields` without a payload, each item's own values: whether they may be written, and nothing else. */
async function valuesToWrite(
  { engine, items }: TestParts,
  { name, primaryKey }: Collection,
  { action, fields }: AccessTest,
  keys: readonly Key[],
): Promise<Map<Key | null, Payload>> {
  const values = new Map<Key | null, Payload>();
  if (action !== 'update' || fields === null) return values;
  const query: Query = { ...EMPTY_QUERY, fields: [...new Set([primaryKey, ...fields])], limit: -1, kept: null };
  const found = await items.readMany(await engine.access(SYSTEM), name, query, keys);
  for (const item of found.items) {
    values.set(item[primaryKey] as Key, Object.fromEntries(fields.map((field) => [field, item[field] ?? null])));
  }
  return values;
}
