import type { WorldDatabase } from './database.ts';
import { CaseMaker, makeCaller } from './generate/query.ts';
import { makeWorld } from './generate/world.ts';
import { WriteMaker } from './generate/write.ts';
import { judge, report } from './judge.ts';
import { isWrite } from './model.ts';
import { Random } from './random.ts';
import { shrink } from './shrink.ts';

const CALLERS = 6;
const CASES = 8;

export interface Run {
  readonly cases: number;
  /** Of the first world; those after it have the next ones. */
  readonly seed: number;
  /** How many of the cases write, from 0 to 1. */
  readonly writes: number;
  /** Told after each world. */
  readonly progress?: (tally: Tally, seed: number) => void;
}

/** How many cases there were, of which kind. */
export interface Tally {
  asked: number;
  answered: number;
  refused: number;
  written: number;
  unwritten: number;
}

export interface Found {
  /** The first answer that differs from the oracle's, made smaller; null when none does. */
  readonly difference: string | null;
  readonly tally: Tally;
  /** Of the last world. */
  readonly seed: number;
}

/** Asks random worlds, and writes to them. */
export async function findDifference(database: WorldDatabase, run: Run): Promise<Found> {
  const tally: Tally = { asked: 0, answered: 0, refused: 0, written: 0, unwritten: 0 };
  let { seed } = run;
  for (; tally.asked < run.cases; seed++) {
    const difference = await ofWorld(database, run, seed, tally);
    if (difference) return { difference, tally, seed };
    run.progress?.(tally, seed);
  }
  return { difference: null, tally, seed: seed - 1 };
}

async function ofWorld(database: WorldDatabase, run: Run, seed: number, tally: Tally): Promise<string | null> {
  const random = new Random(seed);
  let world = makeWorld(random);
  await database.load(world);
  for (let i = 0; i < CALLERS; i++) {
    const caller = makeCaller(random, world);
    for (let j = 0; j < CASES; j++) {
      const Maker = random.chance(run.writes) ? WriteMaker : CaseMaker;
      const one = new Maker(random, world, caller).make();
      const { differs, refused, world: after } = await judge(database, world, one);
      if (differs) {
        const smallest = await shrink(database, { world, one, differs });
        return report(seed, smallest.world, smallest.one, smallest.differs);
      }
      tally.asked++;
      tally[isWrite(one) ? (refused ? 'unwritten' : 'written') : refused ? 'refused' : 'answered']++;
      world = after;
    }
  }
  return null;
}
