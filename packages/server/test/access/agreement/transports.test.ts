import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Got } from './database.ts';
import { CaseMaker, makeCaller } from './generate/query.ts';
import { makeWorld } from './generate/world.ts';
import { WriteMaker } from './generate/write.ts';
import { GraphqlExit } from './graphql.ts';
import { sayableWrite } from './graphql-writes.ts';
import { judge, NOT_SHOWN, report, UNSAID } from './judge.ts';
import { type Case, isWrite, type World } from './model.ts';
import { openWorlds, type Worlds } from './open.ts';
import { Random } from './random.ts';
import { SocketExit, sendable } from './sockets.ts';

const SEED = Number(process.env.ACCESS_SEED ?? 1);
const WORLDS = { sqlite: Number(process.env.ACCESS_WORLDS ?? 20), postgres: Number(process.env.ACCESS_WORLDS ?? 5) };
const CALLERS = 6;
const CASES = 8;

/** What is said of a document that has no meaning, or of values that are of no type. */
const WORDLESS: ReadonlySet<string> = new Set(['GRAPHQL_VALIDATION', 'GRAPHQL_EXECUTION']);

interface Transport {
  readonly name: string;
  make(random: Random, world: World, caller: Case['caller']): Case | null;
  ask(one: Case, world: World): Promise<Got>;
}

/** Writing by GraphQL, reading and writing by sockets: answers and rows are those of the oracle. */
describe.each(['sqlite', 'postgres'] as const)('other transports agree with the oracle on %s', (dialect) => {
  let worlds: Worlds;
  let graphql: GraphqlExit;
  let sockets: SocketExit;

  beforeAll(async () => {
    worlds = await openWorlds(dialect, true);
    graphql = await GraphqlExit.open(worlds.database.project);
    sockets = await SocketExit.open(worlds.database.project);
  });
  afterAll(async () => {
    await graphql?.close();
    await sockets?.close();
    await worlds?.close();
  });

  const transports: readonly Transport[] = [
    {
      name: 'mutations',
      make: (random, world, caller) => sayableWrite(new WriteMaker(random, world, caller).make()),
      async ask(one, world) {
        if (!isWrite(one)) throw new Error('reading has a test of its own');
        const got = await graphql.write(world, one);
        return 'code' in got && WORDLESS.has(got.code) ? { code: UNSAID } : got;
      },
    },
    {
      name: 'messages of sockets',
      make(random, world, caller) {
        const Maker = random.chance(0.6) ? WriteMaker : CaseMaker;
        return sendable(new Maker(random, world, { ...caller, ip: '127.0.0.1' }).make());
      },
      async ask(one) {
        const got = await sockets.ask(one);
        // Shown are the items that match after the change.
        const isOther = isWrite(one) && one.kind === 'update matching' && !('code' in got);
        return isOther ? { ...got, items: NOT_SHOWN } : got;
      },
    },
  ];

  it.each(transports)(
    '$name',
    async ({ make, ask }) => {
      const tally = { asked: 0, done: 0, refused: 0, unsaid: 0 };
      for (let seed = SEED; seed < SEED + WORLDS[dialect]; seed++) {
        const random = new Random(seed);
        let world = makeWorld(random);
        await worlds.database.load(world);
        sockets.hangUp();
        for (let i = 0; i < CALLERS; i++) {
          const caller = makeCaller(random, world);
          for (let j = 0; j < CASES; j++) {
            const one = make(random, world, caller);
            if (!one) continue;
            let unsaid = false;
            const exit = {
              rows: () => worlds.database.rows(),
              async ask(asked: Case, at: World) {
                const got = await ask(asked, at);
                unsaid = 'code' in got && got.code === UNSAID;
                return got;
              },
            };
            const { differs, refused, world: after } = await judge(exit, world, one);
            if (differs) expect.fail(report(seed, world, one, differs));
            tally.asked += 1;
            tally[unsaid ? 'unsaid' : refused ? 'refused' : 'done'] += 1;
            world = after;
          }
        }
      }
      // What has no words proves nothing.
      expect(tally.done, JSON.stringify(tally)).toBeGreaterThan(tally.asked / 10);
      expect(tally.refused, JSON.stringify(tally)).toBeGreaterThan(tally.asked / 50);
    },
    300_000,
  );
});
