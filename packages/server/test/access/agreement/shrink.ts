import type { WorldDatabase } from './database.ts';
import { difference } from './judge.ts';
import type { Case, Json, World } from './model.ts';

interface Failure {
  readonly world: World;
  readonly one: Case;
}

/** Takes away what the difference does not need, as long as something can be taken. */
export async function shrink(database: WorldDatabase, world: World, one: Case): Promise<Failure> {
  let smallest: Failure = { world, one };
  for (let found = true; found; ) {
    found = false;
    for (const candidate of smaller(smallest)) {
      if (!(await fails(database, candidate))) continue;
      smallest = candidate;
      found = true;
      break;
    }
  }
  await database.load(smallest.world);
  return smallest;
}

async function fails(database: WorldDatabase, { world, one }: Failure): Promise<boolean> {
  try {
    await database.load(world);
    return await difference(database, world, one);
  } catch {
    return false; // too much was taken away: a row that others lead to, a name that has to be there
  }
}

function* smaller({ world, one }: Failure): Generator<Failure> {
  for (const attachments of without(world.attachments)) yield { world: { ...world, attachments }, one };
  for (const policies of without(world.policies)) {
    const left = new Set(policies.map((policy) => policy.id));
    const attachments = world.attachments.filter(({ policy }) => left.has(policy));
    yield { world: { ...world, policies, attachments }, one };
  }
  for (const [i, policy] of world.policies.entries()) {
    for (const permissions of without(policy.permissions)) yield withPolicy(i, { ...policy, permissions });
    for (const [j, permission] of policy.permissions.entries()) {
      const put = (changed: typeof permission) =>
        withPolicy(i, { ...policy, permissions: policy.permissions.with(j, changed) });
      if (permission.rule !== null) {
        yield put({ ...permission, rule: null });
        for (const rule of simpler(permission.rule)) yield put({ ...permission, rule: rule as typeof permission.rule });
      }
      for (const fields of without(permission.fields ?? [])) yield put({ ...permission, fields });
    }
  }
  for (const query of simpler(one.query as Json) as Iterable<Case['query']>) {
    if (!asksForMore(one.collection, query)) yield { world, one: { ...one, query } };
  }
  for (const keys of without(one.keys)) yield { world, one: { ...one, keys } };
  for (const [collection, rows] of Object.entries(world.rows)) {
    for (const left of without(rows)) yield { world: { ...world, rows: { ...world.rows, [collection]: left } }, one };
  }

  function withPolicy(index: number, policy: World['policies'][number]): Failure {
    return { world: { ...world, policies: world.policies.with(index, policy) }, one };
  }
}

/**
 * An empty list means all fields, or no aggregate at all; and system collections have fields that the model knows nothing
 * of, so those of the model have to be named.
 */
function asksForMore(collection: string, { fields, sort, aggregate = {}, groupBy }: Case['query']): boolean {
  const lists = [fields, sort, groupBy, ...Object.values(aggregate)].filter((list) => list !== undefined);
  if (lists.some((list) => list.length === 0)) return true;
  return collection.startsWith('directus_') && !fields && !groupBy && Object.keys(aggregate).length === 0;
}

/** The list without each of its elements in turn. */
const without = <T>(list: readonly T[]): T[][] => list.map((_, i) => list.toSpliced(i, 1));

/** A value with one part of it gone, at any depth; a group of conditions also as one of them. */
function* simpler(value: Json): Generator<Json> {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    yield* without(value);
    for (const [i, inner] of value.entries()) for (const less of simpler(inner)) yield value.with(i, less);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const { [key]: _, ...rest } = value;
    yield rest;
    if ((key === '_and' || key === '_or') && Array.isArray(inner)) yield* inner;
    for (const less of simpler(inner)) yield { ...rest, [key]: less };
  }
}
