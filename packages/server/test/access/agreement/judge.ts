import type { Got, WorldDatabase } from './database.ts';
import type { Case, World } from './model.ts';
import { answer } from './oracle/answer.ts';
import { agrees, example } from './oracle/expected.ts';

/** Whether the database, which holds the world, answers differently from the oracle. */
export async function difference(database: WorldDatabase, world: World, one: Case): Promise<boolean> {
  const got = await database.ask(one, world);
  const expected = answer(world, one);
  if ('refused' in expected) return !('code' in got) || !(expected.refused as ReadonlySet<string>).has(got.code);
  return 'code' in got || !agrees(expected.items, got.items) || !agrees(expected.meta, got.meta);
}

/** Everything that is needed to ask again. */
export function report(seed: number, world: World, one: Case, got: Got): string {
  const expected = answer(world, one);
  const wanted =
    'refused' in expected ? { refused: [...expected.refused] } : { ...expected, items: example(expected.items) };
  const user = world.rows.directus_users?.find(({ id }) => id === one.caller.user) ?? null;
  return [
    `The answer differs from the oracle's, in the world of seed ${seed}, made smaller:`,
    `policies: ${JSON.stringify(world.policies, null, 1)}`,
    `attachments: ${JSON.stringify(world.attachments)}`,
    ...Object.entries(world.rows).map(
      ([name, rows]) => `${name}:\n${rows.map((row) => `  ${JSON.stringify(row)}`).join('\n')}`,
    ),
    `caller: ${JSON.stringify(one.caller)} ${JSON.stringify(user)}`,
    `asked: ${one.kind} ${one.collection} ${JSON.stringify(one.keys)} ${JSON.stringify(one.query)} (${one.via})`,
    `expected: ${JSON.stringify(wanted)}`,
    `got:      ${JSON.stringify(got)}`,
  ].join('\n');
}
