// Runs the conformance scenarios against `limen start` and compares them with the list of those that are whole.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathWith, run } from './child.ts';
import { ROOT } from './generated.ts';

export type Database = 'sqlite' | 'postgres';

export interface ConformanceRun {
  readonly database: Database;
  /** Address of the PostgreSQL to make databases on; empty for SQLite. */
  readonly url: string;
  /** Folder of `psql`. */
  readonly programs: string;
  /** All scenarios, or only those of the list. */
  readonly all: boolean;
}

/** Of scenarios that are on the list, or that should come on it. */
export interface Outcome {
  readonly passed: readonly string[];
  /** On the list, and not whole any more. */
  readonly broken: readonly string[];
  /** Of those that passed: not whole beside others, but when they ran once more alone. Some step depends on time. */
  readonly unsteady: readonly string[];
  /** Whole, and not on the list yet. */
  readonly fresh: readonly string[];
  /** How many steps of the scenarios that ran pass. */
  readonly steps: { readonly passed: number; readonly total: number };
}

interface ScenarioReport {
  readonly file: string;
  readonly steps: readonly { readonly problems: readonly string[] }[];
}

const LIST = join(ROOT, 'packages/server/test/conformance/whole.txt');
const JOBS = 3;
/** More broken ones than this are no accident, and are not tried again. */
const SECOND_TRIES = 3;

/** Scenarios that are whole on a database, e.g. `auth/login-json`, in alphabetical order. */
export function listed(database: Database): readonly string[] {
  const lines = existsSync(LIST) ? readFileSync(LIST, 'utf8').split('\n') : [];
  return lines.filter((line) => line.startsWith(`${database} `)).map((line) => line.slice(database.length + 1).trim());
}

export function writeList(lists: Readonly<Partial<Record<Database, readonly string[]>>>): void {
  const databases: readonly Database[] = ['sqlite', 'postgres'];
  const lines = databases.flatMap((database) =>
    [...(lists[database] ?? listed(database))].sort().map((name) => `${database} ${name}`),
  );
  writeFileSync(LIST, `${lines.join('\n')}\n`);
}

export async function runConformance(how: ConformanceRun): Promise<Outcome> {
  const list = listed(how.database);
  if (!how.all && list.length === 0)
    return { passed: [], broken: [], unsteady: [], fresh: [], steps: { passed: 0, total: 0 } };
  const outcome = judge(await reportsOf(how, how.all ? [] : list, JOBS), new Set(list));
  if (outcome.broken.length === 0 || outcome.broken.length > SECOND_TRIES) return outcome;
  const second = judge(await reportsOf(how, outcome.broken, 1), new Set(outcome.broken));
  const passed = [...outcome.passed, ...second.passed];
  return { ...outcome, passed, broken: second.broken, unsteady: second.passed };
}

/** Runs these scenarios, or all when there is none, so many at a time. */
async function reportsOf(
  { database, url, programs }: ConformanceRun,
  names: readonly string[],
  jobs: number,
): Promise<readonly ScenarioReport[]> {
  const folder = mkdtempSync(join(tmpdir(), 'limen-conformance-'));
  try {
    const report = join(folder, 'report.json');
    const files = names.map((name) => join(ROOT, 'conformance/scenarios', `${name}.json`));
    const start = `exec '${process.execPath}' packages/server/src/cli/limen.js start`;
    const db = database === 'sqlite' ? database : url;
    const options = ['--start', start, '--cwd', ROOT, '--db', db, '--jobs', String(jobs), '--report', report];
    const quiet = names.length === 0 ? ['--quiet'] : [];
    await run(process.execPath, [join(ROOT, 'conformance/run.mjs'), ...options, ...quiet, ...files], {
      // A .env of the developer must not change what the scenarios say.
      env: { PATH: pathWith(programs), CONFIG_PATH: '/dev/null' },
      hide: /^(\d+ passed, \d+ failed|scenarios: \d+ of \d+ whole)$/,
    });
    return JSON.parse(readFileSync(report, 'utf8')) as readonly ScenarioReport[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function judge(reports: readonly ScenarioReport[], list: ReadonlySet<string>): Outcome {
  const nameOf = ({ file }: ScenarioReport) => file.replace(/^scenarios\//, '').replace(/\.json$/, '');
  const isWhole = ({ steps }: ScenarioReport) =>
    steps.length > 0 && steps.every(({ problems }) => problems.length === 0);
  const whole = new Set(reports.filter(isWhole).map(nameOf));
  const steps = reports.flatMap((report) => report.steps);
  return {
    passed: [...list].filter((name) => whole.has(name)),
    broken: [...list].filter((name) => !whole.has(name)),
    unsteady: [],
    fresh: [...whole].filter((name) => !list.has(name)).sort(),
    steps: { passed: steps.filter(({ problems }) => problems.length === 0).length, total: steps.length },
  };
}
