import { simpler, without } from '../../shrinking.ts';
import type { WorldDatabase } from './database.ts';
import { judge, type Verdict } from './judge.ts';
import { type Case, isWrite, type Json, type Payload, type ReadCase, type World } from './model.ts';

interface Failure {
  readonly world: World;
  readonly one: Case;
}

interface Told extends Failure {
  readonly differs: NonNullable<Verdict['differs']>;
}

/** Takes away what the difference does not need, as long as something can be taken. */
export async function shrink(database: WorldDatabase, first: Told): Promise<Told> {
  let smallest = first;
  for (let found = true; found; ) {
    found = false;
    for (const candidate of smaller(smallest)) {
      const differs = await tried(database, candidate);
      if (!differs || codeOf(differs) !== codeOf(first.differs)) continue;
      smallest = { ...candidate, differs };
      found = true;
      break;
    }
  }
  return smallest;
}

/** What is made smaller stays a difference of its kind. */
const codeOf = ({ got }: Told['differs']): unknown => (got as { code?: string } | null)?.code;

async function tried(database: WorldDatabase, { world, one }: Failure): Promise<Verdict['differs']> {
  try {
    await database.load(world);
    return (await judge(database, world, one)).differs;
  } catch {
    return null; // too much was taken away: a row that others lead to, a name that has to be there
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
      for (const part of ['validation', 'presets'] as const) {
        if (permission[part] === null) continue;
        yield put({ ...permission, [part]: null });
        for (const less of simpler(permission[part])) yield put({ ...permission, [part]: less });
      }
    }
  }
  for (const less of lighter(one)) yield { world, one: less };
  for (const [collection, rows] of Object.entries(world.rows)) {
    for (const left of without(rows)) yield { world: { ...world, rows: { ...world.rows, [collection]: left } }, one };
  }

  function withPolicy(index: number, policy: World['policies'][number]): Failure {
    return { world: { ...world, policies: world.policies.with(index, policy) }, one };
  }
}

function* lighter(one: Case): Generator<Case> {
  if (isWrite(one)) {
    for (const payloads of simpler(one.payloads as Json) as Iterable<Payload[]>) {
      const isWhole =
        payloads.length > 0 && (one.kind !== 'update each' || payloads.every(({ id }) => id !== undefined));
      if (isWhole) yield { ...one, payloads };
    }
    for (const filter of simpler(one.filter) as Iterable<Payload>) yield { ...one, filter };
  }
  for (const query of simpler(one.query as Json) as Iterable<ReadCase['query']>) {
    if (!asksForMore(one.collection, query)) yield { ...one, query };
  }
  if (one.keys.length > 1 || !isWrite(one)) for (const keys of without(one.keys)) yield { ...one, keys };
}

/**
 * An empty list means all fields, or no aggregate at all; and system collections have fields that the model knows nothing
 * of, so those of the model have to be named.
 */
function asksForMore(collection: string, { fields, sort, aggregate = {}, groupBy }: ReadCase['query']): boolean {
  const lists = [fields, sort, groupBy, ...Object.values(aggregate)].filter((list) => list !== undefined);
  if (lists.some((list) => list.length === 0)) return true;
  return collection.startsWith('directus_') && !fields && !groupBy && Object.keys(aggregate).length === 0;
}
