// Compares the server with the oracle of access for as many random cases as are asked for:
//   npm run test:access -- --cases 1000000 [--seed 1] [--db sqlite|postgres] [--writes-share 0.5] [--forgetful]
// `--forgetful` keeps nothing between requests. What differs is told with the seed of its world, made as small as it gets.
import { parseArgs } from 'node:util';
import { openWorlds } from '../packages/server/test/access/agreement/open.ts';
import { findDifference, type Tally } from '../packages/server/test/access/agreement/run.ts';

const PROGRESS_MS = 10_000;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    db: { type: 'string', default: 'sqlite' },
    'writes-share': { type: 'string', default: '0.5' },
    forgetful: { type: 'boolean', default: false },
  },
});

function number(name: 'cases' | 'seed' | 'writes-share'): number {
  const value = Number(values[name]);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Error(`--${name} takes a number, and "${values[name]}" is none.`);
}

const { db } = values;
if (db !== 'sqlite' && db !== 'postgres') throw new Error('--db takes sqlite or postgres.');

const [cases, seed, writes] = [number('cases'), number('seed'), number('writes-share')];
const started = performance.now();
let told = started;

function line({ asked, answered, refused, written, unwritten }: Tally, at: number): string {
  const seconds = (performance.now() - started) / 1000;
  const reads = `${answered} read and ${refused} not`;
  const changes = `${written} written and ${unwritten} not`;
  return `${asked} of ${cases} cases on ${db} in ${seconds.toFixed(0)} s, at seed ${at}: ${reads}, ${changes}`;
}

function progress(tally: Tally, at: number): void {
  if (performance.now() - told < PROGRESS_MS) return;
  told = performance.now();
  console.log(line(tally, at));
}

const worlds = await openWorlds(db, !values.forgetful);
try {
  const { difference, tally, seed: last } = await findDifference(worlds.database, { cases, seed, writes, progress });
  console.log(line(tally, last));
  console.log(difference ?? 'Every answer was the expected one.');
  process.exitCode = difference === null ? 0 : 1;
} finally {
  await worlds.close();
}
