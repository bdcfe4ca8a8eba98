import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorlds, type Worlds } from './open.ts';
import { findDifference } from './run.ts';

/**
 * Random policies over random rows, asked and written to by random callers: what is answered, and what is stored then, must
 * be what an oracle says that shares no code with the server and was written from the description of the API alone.
 * `ACCESS_SEED` is the seed of the first world, `ACCESS_CASES` how many cases there are. What differs is told with the seed
 * of its world, made smaller. `npm run test:access` asks for more.
 */
const SEED = Number(process.env.ACCESS_SEED ?? 1);
const GIVEN = process.env.ACCESS_CASES;
const WRITES = 0.5;

/** With a project as it is, and with one that keeps nothing between requests, which gets the same cases. */
describe.each([
  ['sqlite', true, 38_000],
  ['sqlite', false, 3_000],
  ['postgres', true, 9_000],
  ['postgres', false, 500],
] as const)('access agrees with the oracle on %s (caches: %s)', (dialect, remember, usual) => {
  const cases = Number(GIVEN ?? usual);
  let worlds: Worlds;

  beforeAll(async () => {
    worlds = await openWorlds(dialect, remember);
  });
  afterAll(() => worlds?.close());

  it(`in ${cases} cases from seed ${SEED}`, async () => {
    const { difference } = await findDifference(worlds.database, { cases, seed: SEED, writes: WRITES });
    if (difference) expect.fail(difference);
  }, 600_000);
});
