import { findAccount } from '../../accounts/find.ts';
import { findRole } from '../../accounts/roles.ts';
import type { Project } from '../../app.ts';
import {
  coverage,
  makeFixtures,
  mutate,
  readTests,
  runTests,
  type TestParts,
  TestsError,
  type TestsFile,
} from '../../review/tests/index.ts';
import { type AccessReport, reportText } from '../access-test-text.ts';
import type { CommandArguments } from '../arguments.ts';
import { readDocument } from '../snapshot-file.ts';
import { withSnapshotProject } from '../snapshot-project.ts';
import { CommandError, lineOf, withProject } from '../with-project.ts';

const FAILED = 1;
const NOT_RUN = 2;
const MOST_MUTANTS = 2000;

/** Runs tests about access; 0 when all passed, 1 when not, 2 when they could not be run. */
export async function run(args: CommandArguments): Promise<number> {
  try {
    const wanted = wantedOf(args);
    const file = readTests(await readDocument(args.required('file')));
    let status = NOT_RUN;
    const work = async (project: Project): Promise<void> => {
      status = await review(project, file, wanted);
    };
    const snapshot = args.optional('snapshot');
    if (snapshot === undefined) {
      if (file.fixtures) throw new TestsError('Fixtures are made in a database of their own only: say --snapshot.');
      await withProject((project) => telling(() => work(project)));
      return status;
    }
    await withSnapshotProject(snapshot, async (project) => {
      if (file.fixtures) await makeFixtures(partsOf(project), file.fixtures);
      await work(project);
    });
    return status;
  } catch (error) {
    const line = error instanceof TestsError ? error.message : lineOf(error);
    if (line === null) throw error;
    process.stderr.write(`${line}\n`);
    return NOT_RUN;
  }
}

/** What is wrong with a test is said as what is wrong with a command. */
async function telling(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof TestsError ? new CommandError(error.message) : error;
  }
}

interface Wanted {
  readonly coverage: boolean;
  readonly mutate: boolean;
  readonly most: number;
  /** Percent; null when any score will do. */
  readonly minScore: number | null;
  readonly json: boolean;
}

function wantedOf(args: CommandArguments): Wanted {
  const minScore = numberOf(args, 'min-score', 100);
  return {
    coverage: args.has('coverage'),
    mutate: args.has('mutate') || minScore !== null,
    most: numberOf(args, 'max-mutants', 1_000_000) ?? MOST_MUTANTS,
    minScore,
    json: args.has('json'),
  };
}

function numberOf(args: CommandArguments, name: string, most: number): number | null {
  const text = args.optional(name);
  if (text === undefined) return null;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= most))
    throw new CommandError(`--${name} takes a number from 0 to ${most}, not ${JSON.stringify(text)}.`);
  return value;
}

function partsOf({ store, engine, items, schema }: Project): TestParts {
  return {
    store,
    engine,
    items,
    snapshot: () => schema.snapshot,
    people: { account: (idOrEmail) => findAccount(store, idOrEmail), role: (idOrName) => findRole(store, idOrName) },
  };
}

async function review(project: Project, { tests }: TestsFile, wanted: Wanted): Promise<number> {
  const parts = partsOf(project);
  const ran = await runTests(parts, tests);
  const results = ran.map(({ result }) => result);
  const passed = results.every(({ status }) => status === 'passed');
  const prepared = ran.flatMap((each) => each.prepared ?? []);
  const report: AccessReport = {
    tests: results,
    coverage: wanted.coverage ? await coverage(parts, prepared) : null,
    // A change that fails a test proves nothing where tests fail anyway.
    mutation:
      wanted.mutate && passed
        ? await mutate(parts, prepared, { most: Math.floor(wanted.most), onProgress: progress() })
        : null,
  };
  process.stdout.write(wanted.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report, wanted));
  const scoredEnough = wanted.minScore === null || (report.mutation?.score ?? 0) >= wanted.minScore;
  return passed && scoredEnough ? 0 : FAILED;
}

const PROGRESS_MS = 2000;

/** A line on standard error every two seconds, for work that takes that long. */
function progress(): (done: number, all: number) => void {
  let said = performance.now();
  return (done, all) => {
    if (done === all || performance.now() - said < PROGRESS_MS) return;
    said = performance.now();
    process.stderr.write(`Tried ${done} of ${all} changes.\n`);
  };
}
