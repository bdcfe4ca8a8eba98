import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseMaker, makeCaller } from './generate/query.ts';
import { makeWorld } from './generate/world.ts';
import { EXITS, Http } from './http.ts';
import { report } from './judge.ts';
import { fitsTable, judgeHttp } from './judge-http.ts';
import { selfDifferences } from './judge-self.ts';
import { openWorlds, type Worlds } from './open.ts';
import { Random } from './random.ts';

const SEED = Number(process.env.ACCESS_SEED ?? 1);
const WORLDS = { sqlite: Number(process.env.ACCESS_WORLDS ?? 12), postgres: Number(process.env.ACCESS_WORLDS ?? 4) };
const CALLERS = 5;
const QUESTIONS = 6;

/** Where only HTTP answers: lists, SEARCH, single items and files of them; and what callers are told of their own rights. */
describe.each(['sqlite', 'postgres'] as const)('exits agree with the oracle on %s', (dialect) => {
  let worlds: Worlds;
  let http: Http;

  beforeAll(async () => {
    worlds = await openWorlds(dialect, true);
    http = await Http.open(worlds.database.project);
  });
  afterAll(async () => {
    await http?.close();
    await worlds?.close();
  });

  it(`in ${WORLDS[dialect]} worlds from seed ${SEED}`, async () => {
    for (let seed = SEED; seed < SEED + WORLDS[dialect]; seed++) {
      const random = new Random(seed);
      const world = makeWorld(random);
      await worlds.database.load(world);
      for (let i = 0; i < CALLERS; i++) {
        const made = makeCaller(random, world);
        const caller = { ...made, ip: made.ip ?? '127.0.0.1' };
        expect(await selfDifferences(http, world, caller), `seed ${seed}, ${JSON.stringify(caller)}`).toEqual([]);
        const maker = new CaseMaker(random, world, caller);
        for (let j = 0; j < QUESTIONS; j++) {
          const one = maker.make();
          if (one.kind === 'keys') continue;
          const exit = one.kind === 'one' || one.query.meta ? 'GET' : random.pick(EXITS);
          if (exit === 'csv' && !fitsTable(world, one)) continue;
          const { differs } = await judgeHttp(http, world, one, exit);
          if (differs) expect.fail(`at ${exit}: ${report(seed, world, one, differs)}`);
        }
      }
    }
  }, 300_000);
});
