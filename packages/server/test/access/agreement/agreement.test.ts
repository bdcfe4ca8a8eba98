import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres, temporaryFolder } from '../../store/databases.ts';
import { WorldDatabase } from './database.ts';
import { CaseMaker, makeCaller } from './generate/query.ts';
import { makeWorld } from './generate/world.ts';
import { difference, report } from './judge.ts';
import { Random } from './random.ts';
import { shrink } from './shrink.ts';

/**
 * Random policies over random rows, asked by random callers: what is answered must be what an oracle says that shares no
 * code with the server and was written from the description of the API alone. `ACCESS_SEED` is the seed of the first
 * world, `ACCESS_CASES` how many questions are asked. What differs is told with the seed of its world, made smaller.
 */
const SEED = Number(process.env.ACCESS_SEED ?? 1);
const CALLERS = 6;
const QUESTIONS = 8;
const CASES = {
  sqlite: Number(process.env.ACCESS_CASES ?? 20_000),
  postgres: Number(process.env.ACCESS_CASES ?? 3_000),
};

describe.each(['sqlite', 'postgres'] as const)('access agrees with the oracle on %s', (dialect) => {
  const folder = temporaryFolder();
  let server: PostgresServer | null = null;
  let database: WorldDatabase;

  beforeAll(async () => {
    if (dialect === 'postgres') server = await startPostgres();
    database = await WorldDatabase.open((await server?.createDatabase()) ?? { folder: folder.path });
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
    folder.remove();
  });

  it(`in ${CASES[dialect]} cases from seed ${SEED}`, async () => {
    for (let asked = 0, seed = SEED; asked < CASES[dialect]; seed++) {
      const random = new Random(seed);
      const world = makeWorld(random);
      await database.load(world);
      for (let i = 0; i < CALLERS; i++) {
        const maker = new CaseMaker(random, world, makeCaller(random, world));
        for (let j = 0; j < QUESTIONS; j++) {
          const one = maker.make();
          if (await difference(database, world, one)) {
            const smallest = await shrink(database, world, one);
            expect.fail(report(seed, smallest.world, smallest.one, await database.ask(smallest.one, smallest.world)));
          }
          asked++;
        }
      }
    }
  }, 600_000);
});
