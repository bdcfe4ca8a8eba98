import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseMaker, makeCaller } from './generate/query.ts';
import { makeWorld } from './generate/world.ts';
import { GraphqlExit, sayable } from './graphql.ts';
import { report } from './judge.ts';
import { openWorlds, type Worlds } from './open.ts';
import { answer } from './oracle/answer.ts';
import { agrees, example } from './oracle/expected.ts';
import { Random } from './random.ts';

const SEED = Number(process.env.ACCESS_SEED ?? 1);
const WORLDS = { sqlite: Number(process.env.ACCESS_WORLDS ?? 15), postgres: Number(process.env.ACCESS_WORLDS ?? 4) };
const CALLERS = 6;
const QUESTIONS = 10;

/** Of these GraphQL may have no types (an order of texts, a relation whose target is closed): nothing is told then. */
const NO_WORDS = 'GRAPHQL_VALIDATION';

describe.each(['sqlite', 'postgres'] as const)('GraphQL agrees with the oracle on %s', (dialect) => {
  let worlds: Worlds;
  let graphql: GraphqlExit;

  beforeAll(async () => {
    worlds = await openWorlds(dialect, true);
    graphql = await GraphqlExit.open(worlds.database.project);
  });
  afterAll(async () => {
    await graphql?.close();
    await worlds?.close();
  });

  it(`in ${WORLDS[dialect]} worlds from seed ${SEED}`, async () => {
    const tally = { asked: 0, answered: 0, refused: 0, unsaid: 0 };
    for (let seed = SEED; seed < SEED + WORLDS[dialect]; seed++) {
      const random = new Random(seed);
      const world = makeWorld(random);
      await worlds.database.load(world);
      for (let i = 0; i < CALLERS; i++) {
        const made = makeCaller(random, world);
        const caller = { ...made, ip: made.ip ?? '127.0.0.1' };
        const maker = new CaseMaker(random, world, caller);
        for (let j = 0; j < QUESTIONS; j++) {
          const one = sayable(maker.make());
          if (!one) continue;
          const { document, ...got } = await graphql.ask(one);
          const expected = answer(world, one);
          tally.asked += 1;
          if ('code' in got && got.code === NO_WORDS) {
            tally['refused' in expected ? 'refused' : 'unsaid'] += 1;
            continue;
          }
          const isSuch =
            'refused' in expected
              ? 'code' in got && (expected.refused as ReadonlySet<string>).has(got.code)
              : !('code' in got) && agrees(expected.items, got.items);
          tally['refused' in expected ? 'refused' : 'answered'] += 1;
          const wanted = 'refused' in expected ? [...expected.refused] : example(expected.items);
          if (!isSuch) expect.fail(`${document}\n${report(seed, world, one, { expected: wanted, got })}`);
        }
      }
    }
    // What has no words proves nothing.
    expect(tally.answered).toBeGreaterThan(tally.asked / 3);
    expect(tally.unsaid).toBeLessThan(tally.asked / 4);
  }, 300_000);
});
