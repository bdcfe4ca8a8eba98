import { explain } from '../../access/explain.ts';
import type { Access } from '../../access/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { ItemWriter, Key, Payload } from '../../items/index.ts';
import { EMPTY_QUERY, type Item, type Query } from '../../query/index.ts';
import type { Json } from '../../wire/index.ts';
import { type Failing, type Tried, tryWrite } from '../rehearse.ts';
import { MAX_ITEMS, type TestParts } from './prepare.ts';
import { type Outcome, type Prepared, TestsError } from './types.ts';

const NOTHING: Outcome = { verdict: 'denied', items: [], count: 0, fields: [], nulls: [], values: [], failing: [] };

/**
 * What the request of a test comes to, by the engine of `parts`: reads are made, writes are made and taken back. Throws
 * TestsError where something else than access stops it.
 */
export async function decide(parts: TestParts, prepared: Prepared): Promise<Outcome> {
  if (prepared.person.status !== 'active') return NOTHING; // nobody gets further than their credential
  const access = await parts.engine.access(prepared.person.accountability);
  switch (prepared.test.action) {
    case 'read':
      return readOutcome(parts, access, prepared);
    case 'share':
      return shareOutcome(parts, prepared);
    case 'create':
      return createOutcome(parts, access, prepared);
    case 'update':
    case 'delete':
      return changeOutcome(parts, access, prepared);
  }
}

async function readOutcome({ items }: TestParts, access: Access, { test, keys }: Prepared): Promise<Outcome> {
  const { collection, about, fields, expected } = test;
  const known = access.profile.snapshot.collections.get(collection);
  const byKey = about.kind !== 'all';
  const primaryKey = known?.primaryKey ?? 'id';
  const asked = fields && (byKey || expected.items) ? [...new Set([...fields, primaryKey])] : fields;
  const { verdict: _, ...details } = expected;
  const looksInside = byKey || Object.values(details).some((detail) => detail !== null);
  const query: Query = { ...EMPTY_QUERY, fields: asked, limit: looksInside ? MAX_ITEMS + 1 : 1, kept: null };
  try {
    const found = (await items.readMany(access, collection, query, byKey ? keys : undefined)).items;
    if (found.length > MAX_ITEMS)
      throw new TestsError(`It is answered with more than ${MAX_ITEMS} items; give a "filter".`);
    return {
      ...answered(found, fields, primaryKey),
      verdict: byKey ? verdictOf(found.length, keys.length) : 'allowed',
    };
  } catch (error) {
    if (error instanceof ApiError && error.code === 'FORBIDDEN') return NOTHING;
    throw stopped(error);
  }
}

function answered(
  found: readonly Item[],
  asked: readonly string[] | null,
  primaryKey: string,
): Omit<Outcome, 'verdict'> {
  const names = new Set(found.flatMap((item) => Object.keys(item)));
  // The key was asked for along with the fields, to tell the items apart.
  if (asked && !asked.includes(primaryKey) && !asked.includes('*')) names.delete(primaryKey);
  const fields = [...names];
  return {
    items: found.map((item) => item[primaryKey] as Key),
    count: found.length,
    fields,
    nulls: fields.filter((name) => found.every((item) => (item[name] ?? null) === null)),
    values: found as readonly Payload[],
    failing: [],
  };
}

const verdictOf = (allowed: number, asked: number): Outcome['verdict'] =>
  allowed === 0 ? 'denied' : allowed === asked ? 'allowed' : 'mixed';

async function shareOutcome(parts: TestParts, { test, person, keys }: Prepared): Promise<Outcome> {
  const allowed: Key[] = [];
  for (const key of keys) {
    const question = { action: test.action, collection: test.collection, item: String(key), field: null };
    const { verdict } = await explain(parts, person.accountability, question);
    if (verdict === 'allowed') allowed.push(key);
  }
  return { ...NOTHING, verdict: verdictOf(allowed.length, keys.length), items: allowed, count: allowed.length };
}

async function createOutcome(parts: TestParts, access: Access, { test, payloadFor }: Prepared): Promise<Outcome> {
  const tried = await tryWrite(parts, access, async (writer) => {
    const key = await writer.create(test.collection, payloadFor(null));
    return { key, stored: await storedOf(writer, test, key) };
  });
  if (tried.kind !== 'done') return { ...NOTHING, failing: failingOf(tried) };
  const { key, stored } = tried.result;
  return { ...NOTHING, verdict: 'allowed', items: [key], count: 1, values: [stored] };
}

/** Each item for itself: an update of several of which one is refused writes none. */
async function changeOutcome(parts: TestParts, access: Access, { test, keys, payloadFor }: Prepared): Promise<Outcome> {
  const items: Key[] = [];
  const values: Payload[] = [];
  const failing: Failing[] = [];
  for (const key of keys) {
    const tried = await tryWrite(parts, access, async (writer) => {
      if (test.action === 'delete') await writer.delete(test.collection, [key]);
      else await writer.update(test.collection, key, payloadFor(key));
      return storedOf(writer, test, key);
    });
    if (tried.kind === 'done') {
      items.push(key);
      values.push(tried.result);
    } else failing.push(...failingOf(tried));
  }
  return { ...NOTHING, verdict: verdictOf(items.length, keys.length), items, count: items.length, values, failing };
}

/** Only where a test wants to know. */
async function storedOf(writer: ItemWriter, { collection, expected }: Prepared['test'], key: Key): Promise<Payload> {
  return expected.values ? ((await writer.stored(collection, key)) ?? {}) : {};
}

function failingOf(tried: Exclude<Tried<unknown>, { kind: 'done' }>): readonly Failing[] {
  if (tried.kind === 'error') throw new TestsError(`Access is not what stops it: ${tried.message} (${tried.code})`);
  return tried.kind === 'invalid' ? tried.failing : [];
}

function stopped(error: unknown): unknown {
  return error instanceof ApiError ? new TestsError(`It can't be asked: ${error.message} (${error.code})`) : error;
}

/** Expected values may name the caller. */
export function resolvedFor({ person }: Prepared, value: Json): Json {
  if (value !== '$CURRENT_USER' && value !== '$CURRENT_ROLE') return value;
  const { accountability } = person;
  if (value === '$CURRENT_USER') return accountability.kind === 'user' ? accountability.user : null;
  return 'role' in accountability ? accountability.role : null;
}
