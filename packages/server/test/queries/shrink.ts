import { simpler, without } from '../shrinking.ts';
import type { Got, QueryDatabase } from './database.ts';
import { isRight } from './judge.ts';
import type { Case, RawQuery, World } from './model.ts';
import { answer } from './oracle/answer.ts';

interface Failure {
  readonly world: World;
  readonly one: Case;
  readonly got: { readonly [database: string]: Got };
}

type Databases = { readonly [name: string]: QueryDatabase };

/** Longest time, in milliseconds, that is spent on making a failure smaller. */
const PATIENCE_MS = 60_000;

/** Takes away what the difference does not need, as long as something can be taken. */
export async function shrink(databases: Databases, world: World, one: Case): Promise<Failure> {
  const end = Date.now() + PATIENCE_MS;
  let smallest: Failure = { world, one, got: await ask(databases, one) };
  for (let found = true; found; ) {
    found = false;
    for (const candidate of smaller(smallest)) {
      if (Date.now() > end) return smallest;
      const got = await failing(databases, smallest, candidate);
      if (!got) continue;
      smallest = { ...candidate, got };
      found = true;
      break;
    }
  }
  return smallest;
}

async function ask(databases: Databases, one: Case): Promise<Failure['got']> {
  const got = await Promise.all(
    Object.entries(databases).map(async ([name, database]) => [name, await database.ask(one)]),
  );
  return Object.fromEntries(got);
}

/** What is answered, where it still is wrong. */
async function failing(databases: Databases, known: Failure, { world, one }: Smaller): Promise<Failure['got'] | null> {
  const loaded = known.world;
  try {
    const expected = answer(world, one);
    if (world !== loaded) await loadAll(databases, world);
    const got = await ask(databases, one);
    if (isAlike(got, known.got) && Object.values(got).some((answered) => !isRight(expected, answered))) return got;
  } catch {
    // too much was taken away: a row that others lead to, a name that has to be there
  }
  if (world !== loaded) await loadAll(databases, loaded);
  return null;
}

/** Whether refusals are still the same: a query that becomes wrong is another matter. */
const isAlike = (a: Failure['got'], b: Failure['got']): boolean => codes(a) === codes(b);
const codes = (got: Failure['got']): string =>
  Object.values(got)
    .map((answered) => ('code' in answered ? answered.code : ''))
    .join();

async function loadAll(databases: Databases, world: World): Promise<void> {
  for (const database of Object.values(databases)) await database.load(world, (_, __, value) => value);
}

type Smaller = Pick<Failure, 'world' | 'one'>;

function* smaller({ world, one }: Failure): Generator<Smaller> {
  // Without its mistake a query would be right.
  for (const query of one.wrong === null ? simpler(one.query) : []) {
    if (!isOther(query as RawQuery)) yield { world, one: { ...one, query: query as RawQuery } };
  }
  if (one.via !== 'body') yield { world, one: { ...one, via: 'body' } };
  if (one.keys) yield { world, one: { ...one, keys: null } };
  for (const [collection, rows] of Object.entries(world.rows)) {
    for (const left of without(rows)) yield { world: { ...world, rows: { ...world.rows, [collection]: left } }, one };
  }
}

/** Empty lists mean something of their own. */
function isOther({ fields, sort, aggregate, groupBy }: RawQuery): boolean {
  const lists = [fields, sort, groupBy, ...Object.values(aggregate ?? {})];
  const isNothing = aggregate !== undefined && Object.keys(aggregate as object).length === 0;
  return isNothing || lists.some((list) => Array.isArray(list) && list.length === 0);
}
