import type { Got } from './database.ts';
import {
  type Case,
  fieldOf,
  isWrite,
  type Json,
  RECORDS,
  type ReadCase,
  type Row,
  type World,
  type WriteCase,
} from './model.ts';
import { answer, shown } from './oracle/answer.ts';
import { agrees, example } from './oracle/expected.ts';
import { Viewer } from './oracle/viewer.ts';
import { type Outcome, outcome, unknownKey } from './oracle/write.ts';

/** The code where an exit has no words for a case: nothing may have happened then. */
export const UNSAID = 'unsaid';
/** Stands for an answer that says only that something was written, or that shows it in another way. */
export const NOT_SHOWN = 'not shown';

/** What the oracle says, what was answered instead, or null; and the world as it is then. */
export interface Verdict {
  readonly differs: { readonly expected: unknown; readonly got: unknown } | null;
  /** Whether it was refused, as it should be. */
  readonly refused: boolean;
  readonly world: World;
}

/** A way to a database that holds a world. */
export interface Asks {
  ask(one: Case, world: World): Promise<Got>;
  /** Every row of the collections of the model. */
  rows(): Promise<World['rows']>;
}

/** Asks the database, which holds the world, and the oracle. */
export function judge(database: Asks, world: World, one: Case): Promise<Verdict> {
  return isWrite(one) ? judgeWrite(database, world, one) : judgeRead(database, world, one);
}

async function judgeRead(database: Asks, world: World, one: ReadCase): Promise<Verdict> {
  const got = await database.ask(one, world);
  const expected = answer(world, one);
  if ('refused' in expected) {
    const isSuch = 'code' in got && (expected.refused as ReadonlySet<string>).has(got.code);
    return { differs: isSuch ? null : { expected: [...expected.refused], got }, refused: true, world };
  }
  const isSuch = !('code' in got) && agrees(expected.items, got.items) && agrees(expected.meta, got.meta);
  const differs = isSuch ? null : { expected: { ...expected, items: example(expected.items) }, got };
  return { differs, refused: false, world };
}

async function judgeWrite(database: Asks, world: World, one: WriteCase): Promise<Verdict> {
  const got = await database.ask(one, world);
  const after = { ...world, rows: await database.rows() };
  if ('code' in got && got.code === UNSAID)
    return { differs: unlikeNothing(world, after), refused: true, world: after };
  const expected = outcome(world, one);
  const refused = 'refused' in expected;
  const differs = refused
    ? unlikeRefusal(world, after, one, expected.refused, got)
    : unlikeOutcome(world, after, one, expected, got);
  return { differs, refused, world: after };
}

function unlikeNothing(world: World, after: World): Verdict['differs'] {
  const left = changes(world.rows, after.rows);
  return left.length === 0 ? null : { expected: UNSAID, got: left };
}

function unlikeRefusal(
  world: World,
  after: World,
  one: WriteCase,
  refused: readonly string[],
  got: Got,
): Verdict['differs'] {
  if (!('code' in got) || !isReason(got.code, refused, one)) return { expected: refused, got };
  const left = changes(world.rows, after.rows);
  const noted = recordsOf(after) - recordsOf(world);
  return left.length === 0 && noted === 0 ? null : { expected: refused, got: { ...got, left, noted } };
}

function unlikeOutcome(
  world: World,
  after: World,
  one: WriteCase,
  expected: Extract<Outcome, { keys: unknown }>,
  got: Got,
): Verdict['differs'] {
  const { keys, rows } = named(expected, world.rows, after.rows);
  const wrong = changes(rows, after.rows);
  if ('code' in got || wrong.length > 0) return { expected: 'done', got: { ...got, wrong } };
  if (one.kind.startsWith('delete')) return null;
  if (got.items === NOT_SHOWN) return null;
  const answered = shown(new Viewer(after, one.caller, world), one, keys);
  return agrees(answered, got.items) ? null : { expected: example(answered), got };
}

/** Where nothing comes along, the reasons have an order: permission, fields, values. */
function isReason(code: string, refused: readonly string[], { payloads, kind, collection }: WriteCase): boolean {
  const isPlain = ([name, value]: [string, Json]): boolean =>
    fieldOf(collection, name)?.kind !== 'list' && (value === null || typeof value !== 'object' || Array.isArray(value));
  const isOne = kind === 'create' || kind === 'update' || kind === 'update many';
  const isFlat = isOne && payloads.every((payload) => Object.entries(payload).every(isPlain));
  return isFlat && refused[0] === 'FORBIDDEN' ? code === 'FORBIDDEN' : refused.includes(code);
}

/** Keys that the database chose, in the place of those that stood for them: it counts up. */
function named(
  { keys, rows, unknown }: Extract<Outcome, { keys: unknown }>,
  before: World['rows'],
  after: World['rows'],
): { keys: readonly (string | number)[]; rows: World['rows'] } {
  if (unknown.length === 0) return { keys, rows };
  const names = new Map<Json, Json>();
  for (const collection of new Set(unknown)) {
    const known = new Set([...(before[collection] ?? []), ...(rows[collection] ?? [])].map((row) => row.id));
    const chosen = (after[collection] ?? []).map((row) => row.id).filter((id) => !known.has(id));
    for (const [n, owner] of unknown.entries()) {
      const name = owner === collection ? chosen.shift() : undefined;
      if (name === undefined) continue;
      names.set(unknownKey(n), name);
      names.set(String(unknownKey(n)), String(name));
    }
  }
  const nameOf = (value: Json): Json => names.get(value) ?? value;
  const renamed = (row: Row): Row =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, nameOf(value)]));
  return {
    keys: keys.map((key) => nameOf(key) as string | number),
    rows: Object.fromEntries(Object.entries(rows).map(([name, list]) => [name, list.map(renamed)])),
  };
}

/** How much was noted of who did what. */
const recordsOf = ({ rows }: World): number =>
  [...RECORDS].reduce((sum, collection) => sum + (rows[collection]?.length ?? 0), 0);

/** What is different in the second, row by row; who did what is noted there alone. */
function changes(wanted: World['rows'], got: World['rows']): string[] {
  return Object.keys(wanted).flatMap((collection) => {
    if (RECORDS.has(collection)) return [];
    const [a, b] = [wanted, got].map((rows) => new Map(rows[collection]?.map((row) => [row.id, textOf(row)])));
    if (!a || !b) return [];
    const keys = [...new Set([...a.keys(), ...b.keys()])];
    return keys.flatMap((key) =>
      a.get(key) === b.get(key) ? [] : [`${collection} ${key}: ${b.get(key) ?? 'gone'}, not ${a.get(key) ?? 'there'}`],
    );
  });
}

const textOf = (row: Row): string => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Everything that is needed to ask again. */
export function report(
  seed: number,
  world: World,
  one: Case,
  { expected, got }: NonNullable<Verdict['differs']>,
): string {
  const user = world.rows.directus_users?.find(({ id }) => id === one.caller.user) ?? null;
  const { caller, collection, kind, ...rest } = one;
  return [
    `The answer differs from the oracle's, in the world of seed ${seed}, made smaller:`,
    `policies: ${JSON.stringify(world.policies, null, 1)}`,
    `attachments: ${JSON.stringify(world.attachments)}`,
    ...Object.entries(world.rows).map(
      ([name, rows]) => `${name}:\n${rows.map((row) => `  ${JSON.stringify(row)}`).join('\n')}`,
    ),
    `caller: ${JSON.stringify(caller)} ${JSON.stringify(user)}`,
    `asked: ${kind} ${collection} ${JSON.stringify(rest)}`,
    `expected: ${JSON.stringify(expected)}`,
    `got:      ${JSON.stringify(got)}`,
  ].join('\n');
}
