import { comesToTheSame } from './equivalent.ts';
import { decidersOf, policiesInPlay, policiesOf } from './in-play.ts';
import { type Mutant, mutantsOf, withMutant } from './mutants.ts';
import type { TestParts } from './prepare.ts';
import { stillPasses } from './run.ts';
import type { Prepared } from './types.ts';

/** A change that no test noticed, in words. */
export type Survivor = Pick<Mutant, 'policyName' | 'permission' | 'collection' | 'action' | 'part' | 'change'>;

export interface MutationReport {
  /** How many changes were tried, without those that another permission makes up for. */
  readonly tried: number;
  readonly noticed: number;
  readonly survivors: readonly Survivor[];
  /** How many were left out because there are too many. */
  readonly leftOut: number;
  /** Percent of the changes that a test noticed; 100 when there was nothing to change. */
  readonly score: number;
}

export interface MutationOptions {
  /** At most so many changes are tried. */
  readonly most: number;
  readonly onProgress: (done: number, all: number) => void;
}

/** A test, with who its caller is and what of the access decided it. */
interface Subject {
  readonly prepared: Prepared;
  readonly policies: ReadonlySet<string>;
  /** `action collection` for everything that was looked at; null where that is not known. */
  readonly asked: ReadonlySet<string> | null;
}

/**
 * Changes the rules of the policies that the tests are about, one place at a time, and says which changes no test
 * notices. Nothing is stored. All tests have to pass beforehand.
 */
export async function mutate(
  parts: TestParts,
  tests: readonly Prepared[],
  { most, onProgress }: MutationOptions,
): Promise<MutationReport> {
  const subjects = await subjectsOf(parts, tests);
  const policies = await policiesInPlay(parts, tests);
  const all = [...mutantsOf(policies, parts.snapshot())];
  const chosen = spread(all, most);
  const survivors: Survivor[] = [];
  let noticed = 0;
  for (const [i, mutant] of chosen.entries()) {
    const fate = await fateOf(parts, mutant, subjects);
    if (fate === 'noticed') noticed += 1;
    if (fate === 'survives') survivors.push(survivorOf(mutant));
    onProgress(i + 1, chosen.length);
  }
  const tried = noticed + survivors.length;
  return {
    tried,
    noticed,
    survivors,
    leftOut: all.length - chosen.length,
    score: tried === 0 ? 100 : Math.floor((noticed / tried) * 1000) / 10,
  };
}

/** At most so many of a list, from all over it. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)] as T);
}

/** What a test's access was asked for tells which changes can make a difference to it. */
async function subjectsOf(parts: TestParts, tests: readonly Prepared[]): Promise<Subject[]> {
  const model = await parts.engine.model();
  const subjects: Subject[] = [];
  for (const prepared of tests) {
    // An engine of its own, so that nobody else's questions are among those of its profile.
    const engine = parts.engine.supposing(model);
    await stillPasses({ ...parts, engine }, prepared);
    const { accountability } = prepared.person;
    const { profile } = await engine.access(accountability);
    // A share is decided by the profiles of two.
    const asked = accountability.kind === 'share' ? null : new Set(profile.asked);
    subjects.push({ prepared, policies: await policiesOf(engine, prepared.person), asked });
  }
  return subjects;
}

type Fate = 'noticed' | 'survives' | 'changes-nothing';

async function fateOf(parts: TestParts, mutant: Mutant, subjects: readonly Subject[]): Promise<Fate> {
  const { collection, action } = mutant;
  const engine = parts.engine.supposing(withMutant(await parts.engine.model(), mutant));
  const meant = subjects.filter(({ policies }) => policies.has(mutant.policy));
  let changes = false;
  for (const accountability of meant.flatMap(({ prepared }) => decidersOf(prepared.person))) {
    const [before, after] = await Promise.all([parts.engine.access(accountability), engine.access(accountability)]);
    changes ||= !comesToTheSame(before.profile.access(collection, action), after.profile.access(collection, action));
    if (changes) break;
  }
  if (!changes) return 'changes-nothing';
  for (const { prepared, asked } of meant) {
    const matters = asked === null || asked.has(`${action} ${collection}`);
    if (matters && !(await stillPasses({ ...parts, engine }, prepared))) return 'noticed';
  }
  return 'survives';
}

function survivorOf({ policyName, permission, collection, action, part, change }: Mutant): Survivor {
  return { policyName, permission, collection, action, part, change };
}
