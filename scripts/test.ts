// Everything that has to be right, in order, with one total at the end: `N passed, N failed`.
//   npm test                       the scenarios that are known to be whole
//   npm test -- --all              all scenarios on SQLite too, with the numbers of their steps; two of the examples
//   npm test -- --update           all scenarios on both databases; rewrites the list of those that are whole
//   npm test -- --only vitest      one part: lint, types, studio-types, layers, kits, settings, dependencies, vitest,
//                                  sqlite, postgres
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pathWith, run } from './child.ts';
import { type Database, listed, type Outcome, runConformance, writeList } from './conformance.ts';
import { ROOT } from './generated.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';

const PARTS: readonly string[] = [
  ...['lint', 'types', 'studio-types', 'layers', 'kits', 'settings', 'dependencies'],
  ...['vitest', 'sqlite', 'postgres', 'examples'],
];

/** The quickest to install and to build; `npm run examples` goes through all of them. */
const EXAMPLES: readonly string[] = ['sveltekit', 'astro'];

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Part {
  readonly name: string;
  readonly title: string;
  run(): Promise<Count>;
}

const { values: options } = parseArgs({
  options: { all: { type: 'boolean' }, update: { type: 'boolean' }, only: { type: 'string', multiple: true } },
});
const bin = (name: string) => join(ROOT, 'node_modules/.bin', name);
const lists: Partial<Record<Database, readonly string[]>> = {};
const summary: string[] = [];

function check(name: string, title: string, program: string, args: readonly string[]): Part {
  return {
    name,
    title,
    run: async () => ((await run(program, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
  };
}

function script(name: string, title: string, file: string): Part {
  return check(name, title, process.execPath, [join(ROOT, 'scripts', file), '--check']);
}

function parts(postgres: TestPostgres | null): readonly Part[] {
  return [
    check('lint', 'Biome: lint and format', bin('biome'), ['check', '--error-on-warnings', '.']),
    check('types', 'TypeScript', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']),
    check('studio-types', "The Studio's types", bin('tsc'), ['--noEmit', '-p', 'packages/studio/tsconfig.json']),
    script('layers', 'Rooms import downwards only', 'check-layers.ts'),
    script('kits', 'The kits are exact copies', 'check-kits.ts'),
    script('settings', 'The settings reference is current', 'settings-reference.ts'),
    script('dependencies', 'Dependencies are recorded', 'check-dependencies.ts'),
    { name: 'vitest', title: 'Tests', run: () => runTests(postgres) },
    conformance('sqlite', 'Conformance on SQLite', options.all === true, null),
    ...(postgres ? [conformance('postgres', 'Conformance on PostgreSQL', false, postgres)] : []),
    ...(options.all || options.only ? [journeys()] : []),
  ];
}

/** Needs the network: each example is installed as people do it. */
function journeys(): Part {
  const program = join(ROOT, 'examples/test/journey.ts');
  return check('examples', 'Journeys through examples', process.execPath, [program, ...EXAMPLES]);
}

function conformance(database: Database, title: string, all: boolean, postgres: TestPostgres | null): Part {
  const run = async () => {
    const outcome = await runConformance({
      database,
      url: postgres?.url ?? '',
      programs: postgres?.programs ?? '',
      all: all || options.update === true,
    });
    tell(title, outcome);
    if (!options.update) return { passed: outcome.passed.length, failed: outcome.broken.length };
    lists[database] = [...outcome.passed, ...outcome.fresh];
    return { passed: lists[database].length, failed: 0 };
  };
  return { name: database, title, run };
}

function tell(title: string, { passed, broken, unsteady, fresh, steps }: Outcome): void {
  for (const name of broken) console.error(`BROKEN ${name} was whole and is not any more`);
  for (const name of unsteady) summary.push(`UNSTEADY ${name} was whole only when it ran once more, alone`);
  if (fresh.length > 0)
    console.log(`NEW    whole and not on the list (npm test -- --update takes them): ${fresh.join(', ')}`);
  summary.push(
    `${title}: ${steps.passed} of ${steps.total} steps pass; ${passed.length + fresh.length} scenarios whole, ${broken.length} broken`,
  );
}

async function runTests(postgres: TestPostgres | null): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'limen-vitest-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const env = { PATH: pathWith(postgres?.programs ?? ''), TEST_POSTGRES_URL: postgres?.url ?? '' };
    const code = await run(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters], {
      env,
    });
    return countTests(readFileSync(report, 'utf8'), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that cannot be loaded, and an error outside of tests, count as one failure. */
function countTests(report: string, code: number): Count {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as {
    numPassedTests: number;
    numFailedTests: number;
    testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
  };
  const unloadable = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = numFailedTests + unloadable.length;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** Null with a notice that cannot be missed; where PostgreSQL has to be there, that is a failure. */
async function postgresOrNotice(): Promise<TestPostgres | null> {
  const notice = 'PostgreSQL: SKIPPED. Nothing was tested on PostgreSQL:';
  try {
    const postgres = await startPostgres();
    if (postgres === null) summary.push(`${notice} it is not installed, and TEST_POSTGRES_URL names none.`);
    return postgres;
  } catch (error) {
    summary.push(`${notice} ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

async function runPart({ title, run }: Part): Promise<Count> {
  console.log(`\n━━━ ${title}`);
  const began = performance.now();
  try {
    const count = await run();
    const time = `${((performance.now() - began) / 1_000).toFixed(1)} s`;
    console.log(`${count.failed === 0 ? '✓' : '✗'} ${title} (${time})`);
    if (count.failed > 0) summary.push(`${title}: ${count.failed} failed`);
    return count;
  } catch (error) {
    console.error(error);
    summary.push(`${title}: ended with an error`);
    return { passed: 0, failed: 1 };
  }
}

async function main(): Promise<void> {
  const wanted = options.only?.flatMap((names) => names.split(','));
  const unknown = wanted?.filter((name) => !PARTS.includes(name)) ?? [];
  if (unknown.length > 0) {
    console.error(`--only takes ${PARTS.join(', ')}; not ${unknown.join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const needsPostgres = !wanted || wanted.includes('vitest') || wanted.includes('postgres');
  const postgres = needsPostgres ? await postgresOrNotice() : null;
  const total = { passed: 0, failed: needsPostgres && postgres === null && process.env.CI === 'true' ? 1 : 0 };
  try {
    for (const part of parts(postgres).filter(({ name }) => !wanted || wanted.includes(name))) {
      const count = await runPart(part);
      total.passed += count.passed;
      total.failed += count.failed;
    }
  } finally {
    await postgres?.stop();
  }
  if (options.update) writeList(lists);
  console.log(
    `\n${[...summary, `${listed('sqlite').length + listed('postgres').length} scenarios are on the list of whole ones`].join('\n')}`,
  );
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

await main();
