// Tries mutants in one process, in a copy of the sources that holds them all: random worlds and queries are asked, and an
// answer other than the oracles' kills. Started by `mutation.ts`, which sends the mutants' numbers.

import { CaseMaker, makeCaller } from '../packages/server/test/access/agreement/generate/query.ts';
import { makeWorld } from '../packages/server/test/access/agreement/generate/world.ts';
import { WriteMaker } from '../packages/server/test/access/agreement/generate/write.ts';
import { judge } from '../packages/server/test/access/agreement/judge.ts';
import { openWorlds } from '../packages/server/test/access/agreement/open.ts';
import { Random } from '../packages/server/test/access/agreement/random.ts';
import { QueryDatabase } from '../packages/server/test/queries/database.ts';
import { CaseMaker as QuestionMaker } from '../packages/server/test/queries/generate/query.ts';
import { makeRows, speller } from '../packages/server/test/queries/generate/rows.ts';
import { makeCollections } from '../packages/server/test/queries/generate/schema.ts';
import { isRight } from '../packages/server/test/queries/judge.ts';
import { answer } from '../packages/server/test/queries/oracle/answer.ts';
import { temporaryFolder } from '../packages/server/test/store/databases.ts';

const CALLERS = 6;
const CASES = 8;
const QUESTIONS = 250;
const WRITES = 0.3;

/** Worlds with their callers, and models with their rows, for one mutant. */
export interface Trial {
  readonly mutant: number;
  readonly worlds: number;
  readonly models: number;
  readonly seed: number;
}

declare global {
  var mutant: number;
}

/** Whether anything was answered that should not have been. */
async function isFound(trial: Trial): Promise<boolean> {
  globalThis.mutant = trial.mutant;
  try {
    return (await agreementDiffers(trial)) || (await queriesDiffer(trial));
  } catch {
    return true;
  } finally {
    globalThis.mutant = 0;
  }
}

async function agreementDiffers({ worlds, seed }: Trial): Promise<boolean> {
  const { database, close } = await openWorlds('sqlite', true);
  try {
    for (let n = seed; n < seed + worlds; n++) {
      const random = new Random(n);
      let world = makeWorld(random);
      await database.load(world);
      for (let i = 0; i < CALLERS; i++) {
        const caller = makeCaller(random, world);
        for (let j = 0; j < CASES; j++) {
          const Maker = random.chance(WRITES) ? WriteMaker : CaseMaker;
          const { differs, world: after } = await judge(database, world, new Maker(random, world, caller).make());
          if (differs) return true;
          world = after;
        }
      }
    }
    return false;
  } finally {
    await close();
  }
}

async function queriesDiffer({ models, seed }: Trial): Promise<boolean> {
  const folder = temporaryFolder();
  const database = await QueryDatabase.open({ folder: folder.path });
  try {
    for (let n = seed; n < seed + models; n++) {
      const random = new Random(n * 1_000);
      const collections = makeCollections(random);
      await database.build(collections);
      const world = { collections, rows: makeRows(random, collections) };
      await database.load(world, speller(random, world));
      const maker = new QuestionMaker(random, world);
      for (let i = 0; i < QUESTIONS; i++) {
        const one = maker.make();
        if (!isRight(answer(world, one), await database.ask(one))) return true;
      }
      await database.clear(collections);
    }
    return false;
  } finally {
    await database.close();
    folder.remove();
  }
}

process.on('message', async (trial: Trial) => {
  process.send?.({ mutant: trial.mutant, found: await isFound(trial) });
});
