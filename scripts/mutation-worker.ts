// Tries mutants in one process, in a copy of the sources that holds them all: random worlds and queries are asked, and an
// answer other than the oracles' kills. Started by `mutation.ts`, which sends the mutants' numbers.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorldDatabase } from '../packages/server/test/access/agreement/database.ts';
import { CaseMaker, makeCaller } from '../packages/server/test/access/agreement/generate/query.ts';
import { makeWorld } from '../packages/server/test/access/agreement/generate/world.ts';
import { WriteMaker } from '../packages/server/test/access/agreement/generate/write.ts';
import { judge } from '../packages/server/test/access/agreement/judge.ts';
import { openWorlds, type Worlds } from '../packages/server/test/access/agreement/open.ts';
import { Random } from '../packages/server/test/access/agreement/random.ts';
import { QueryDatabase } from '../packages/server/test/queries/database.ts';
import { CaseMaker as QuestionMaker } from '../packages/server/test/queries/generate/query.ts';
import { makeRows, speller } from '../packages/server/test/queries/generate/rows.ts';
import { makeCollections } from '../packages/server/test/queries/generate/schema.ts';
import { isRight } from '../packages/server/test/queries/judge.ts';
import type { Case } from '../packages/server/test/queries/model.ts';
import { type Answer, answer } from '../packages/server/test/queries/oracle/answer.ts';

const CALLERS = 6;
const CASES = 8;
const QUESTIONS = 250;
const WRITES = 0.3;

/** Worlds with their callers, and models with their questions, for one mutant. */
export interface Trial {
  readonly mutant: number;
  readonly worlds: number;
  readonly models: number;
  readonly seed: number;
}

declare global {
  var mutant: number;
}

/** A database with a model and its rows, and what has to be answered. */
interface Examination {
  readonly database: QueryDatabase;
  readonly questions: readonly (readonly [question: Case, expected: Answer])[];
}

const examinations = new Map<number, Promise<Examination>>();
let worlds: Promise<Worlds> | null = null;

/**
 * Whether anything was answered that should not have been. A mutant may leave the databases in a state in which nothing is
 * right any more: then it is tried again on new ones, and so is everything after it.
 */
async function isFound(trial: Trial): Promise<boolean> {
  const found = await fails(trial);
  if (!found || !(await fails({ ...trial, mutant: 0, worlds: 1, models: 1 }))) return found;
  const spoiled = worlds;
  worlds = null;
  examinations.clear();
  await spoiled?.then(({ close }) => close()).catch(() => undefined);
  const again = await fails(trial);
  worlds = null;
  return again;
}

async function fails(trial: Trial): Promise<boolean> {
  worlds ??= openWorlds('sqlite', true);
  const { database } = await worlds;
  const given: Examination[] = [];
  for (let n = trial.seed; n < trial.seed + trial.models; n++) {
    const examination = examinations.get(n) ?? prepare(n);
    examinations.set(n, examination);
    given.push(await examination);
  }
  database.project.engine.forget();
  globalThis.mutant = trial.mutant;
  try {
    for (const examination of given) if (await failsIn(examination)) return true;
    return await disagrees(database, trial);
  } catch {
    return true;
  } finally {
    globalThis.mutant = 0;
  }
}

async function prepare(seed: number): Promise<Examination> {
  const database = await QueryDatabase.open({ folder: mkdtempSync(join(tmpdir(), 'limen-mutation-')) });
  const random = new Random(seed * 1_000);
  const collections = makeCollections(random);
  await database.build(collections);
  const world = { collections, rows: makeRows(random, collections) };
  await database.load(world, speller(random, world));
  const maker = new QuestionMaker(random, world);
  const questions = Array.from({ length: QUESTIONS }, () => maker.make());
  return { database, questions: questions.map((one) => [one, answer(world, one)] as const) };
}

async function failsIn({ database, questions }: Examination): Promise<boolean> {
  database.project.engine.forget(); // and with it every plan that was made without the mutant
  for (const [one, expected] of questions) if (!isRight(expected, await database.ask(one))) return true;
  return false;
}

async function disagrees(database: WorldDatabase, { worlds: count, seed }: Trial): Promise<boolean> {
  for (let n = seed; n < seed + count; n++) {
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
}

process.on('message', async (trial: Trial) => {
  process.send?.({ mutant: trial.mutant, found: await isFound(trial) });
});
