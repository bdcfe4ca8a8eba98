import type { Got } from './database.ts';
import { type Case, collectionOf, type World } from './model.ts';
import { type Computed, Near } from './oracle/aggregate.ts';
import { type Answer, answer } from './oracle/answer.ts';

/** Whether a database answers what the oracle expects. */
export function isRight(expected: Answer, got: Got): boolean {
  if ('code' in expected || 'code' in got) return 'code' in expected && 'code' in got && expected.code === got.code;
  return agrees(expected.items, got.items) && agrees(expected.meta, got.meta);
}

function agrees(expected: Computed | readonly Computed[], got: unknown): boolean {
  if (expected instanceof Near) {
    const number = typeof got === 'string' ? Number(got) : got;
    return (
      typeof number === 'number' && Math.abs(expected.value - number) <= 1e-9 * Math.max(1, Math.abs(expected.value))
    );
  }
  if (expected === null || typeof expected !== 'object') return Object.is(expected, got);
  if (got === null || typeof got !== 'object' || Array.isArray(expected) !== Array.isArray(got)) return false;
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(got).length &&
    keys.every(
      (key) =>
        Object.hasOwn(got, key) &&
        agrees((expected as { [key: string]: Computed })[key] ?? null, (got as { [key: string]: unknown })[key]),
    )
  );
}

/** Everything that is needed to ask again. */
export function report(seed: number, world: World, one: Case, got: { readonly [database: string]: Got }): string {
  const shown = new Set([
    one.collection,
    ...world.collections.filter(({ name }) => (world.rows[name] ?? []).length > 0).map(({ name }) => name),
  ]);
  return [
    `The answer differs from the oracle's, in the world of seed ${seed}, made smaller:`,
    ...[...shown].map((name) => `${name}: ${JSON.stringify(collectionOf(world, name))}`),
    ...[...shown].map(
      (name) => `${name}:\n${(world.rows[name] ?? []).map((row) => `  ${JSON.stringify(row)}`).join('\n')}`,
    ),
    `asked: ${one.collection} ${JSON.stringify(one.keys)} ${JSON.stringify(one.query)} (${one.via})`,
    `expected: ${JSON.stringify(answer(world, one))}`,
    ...Object.entries(got).map(([database, answered]) => `${database}: ${JSON.stringify(answered)}`),
  ].join('\n');
}
