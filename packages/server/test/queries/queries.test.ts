import './zone.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../access/agreement/random.ts';
import { DATABASES } from '../started-server.ts';
import { type PostgresServer, startPostgres, temporaryFolder } from '../store/databases.ts';
import { QueryDatabase } from './database.ts';
import { CaseMaker } from './generate/query.ts';
import { makeRows, speller } from './generate/rows.ts';
import { makeCollections } from './generate/schema.ts';
import { isRight, report } from './judge.ts';
import type { World } from './model.ts';
import { answer } from './oracle/answer.ts';
import { shrink } from './shrink.ts';

/**
 * Random collections with fields of every type and relations of every kind, random rows, random queries: both databases
 * (PostgreSQL where the tests were given one) have to answer what an oracle says that looks at the rows one by one and
 * shares no code with the server. `QUERIES_SEED` chooses the worlds, `QUERIES_CASES` how many questions are asked.
 */
const SEED = Number(process.env.QUERIES_SEED ?? 1);
const CASES = Number(process.env.QUERIES_CASES ?? 10_000);
const CASES_PER_CONTENTS = 250;
/** Making collections takes longer than filling them. */
const CONTENTS_PER_MODEL = 2;

describe('queries agree with the oracle', () => {
  const folder = temporaryFolder();
  let server: PostgresServer | null = null;
  const databases: { [name: string]: QueryDatabase } = {};

  beforeAll(async () => {
    databases.sqlite = await QueryDatabase.open({ folder: folder.path });
    if (!DATABASES.includes('postgres')) return;
    server = await startPostgres();
    databases.postgres = await QueryDatabase.open(await server.createDatabase());
  });
  afterAll(async () => {
    for (const database of all()) await database.close();
    await server?.stop();
    folder.remove();
  });

  const all = (): QueryDatabase[] => Object.values(databases);

  async function askAbout(seed: number, random: Random, world: World): Promise<void> {
    for (const database of all()) await database.load(world, speller(random, world));
    const maker = new CaseMaker(random, world);
    for (let i = 0; i < CASES_PER_CONTENTS; i++) {
      const one = maker.make();
      const expected = answer(world, one);
      const got = await Promise.all(all().map((database) => database.ask(one)));
      if (got.every((answered) => isRight(expected, answered))) continue;
      const smallest = await shrink(databases, world, one);
      expect.fail(report(seed, smallest.world, smallest.one, smallest.got));
    }
  }

  it(`in ${CASES} cases from seed ${SEED}`, async () => {
    for (let asked = 0, seed = SEED * 1_000_000; asked < CASES; seed++) {
      const random = new Random(seed);
      const collections = makeCollections(random);
      await Promise.all(all().map((database) => database.build(collections)));
      for (let i = 0; i < CONTENTS_PER_MODEL && asked < CASES; i++, asked += CASES_PER_CONTENTS) {
        await askAbout(seed, random, { collections, rows: makeRows(random, collections) });
      }
      await Promise.all(all().map((database) => database.clear(collections)));
    }
  }, 900_000);
});
