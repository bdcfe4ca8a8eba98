// Brings back mistakes that other servers made, one at a time and in a copy of the sources, and runs the test that keeps
// each out. A test that does not fail then proves nothing.
//   npm run test:planted                     all of them
//   npm run test:planted -- --only presets   those whose advisory, mistake or file has this text
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { THREATS, type Threat } from '../packages/server/test/security/threats.ts';
import { copyOfSources, type Outcome, type SourceCopy } from './source-copy.ts';

const { values: options } = parseArgs({ options: { only: { type: 'string' } } });

const titleOf = ({ known, mistake }: Threat): string => `${known}: ${mistake}`;

function chosen(): readonly Threat[] {
  const text = options.only?.toLowerCase();
  return THREATS.filter((threat) => !text || `${titleOf(threat)} ${threat.planted.file}`.toLowerCase().includes(text));
}

/** Whether a test passes without any mistake: one that fails anyway proves nothing either. */
const passes = new Map<string, Promise<Outcome>>();

function outcomeOf(copy: SourceCopy, { test, title }: Threat): Promise<Outcome> {
  return copy.test([join('packages/server/test', test)], { title, timeoutMs: 240_000 });
}

/** null when the test fails, as it should; otherwise what is wrong. */
async function survives(copy: SourceCopy, threat: Threat): Promise<string | null> {
  const { planted, test, title } = threat;
  const key = `${test} ${title}`;
  const sound = passes.get(key) ?? outcomeOf(copy, threat);
  passes.set(key, sound);
  if ((await sound) === 'nothing') return `${test} has no test "${title}"`;
  if ((await sound) !== 'passed') return `${test} does not pass as it is`;
  const file = join('packages/server/src', planted.file);
  const source = copy.read(file);
  const mutant = planted.edits.reduce((text, [find, put]) => text.replace(find, () => put), source);
  copy.write(file, mutant);
  try {
    return (await outcomeOf(copy, threat)) === 'passed' ? `${test} passes all the same` : null;
  } finally {
    copy.write(file, source);
  }
}

const copy = await copyOfSources();
let failures = 0;
try {
  for (const threat of chosen()) {
    const began = performance.now();
    const problem = await survives(copy, threat);
    if (problem) failures += 1;
    const seconds = ((performance.now() - began) / 1_000).toFixed(0);
    console.log(`${problem ? '✗' : '✓'} ${titleOf(threat)} (${seconds} s)${problem ? `\n  ${problem}` : ''}`);
  }
} finally {
  copy.remove();
}
console.log(`${chosen().length - failures} of ${chosen().length} planted mistakes were found`);
process.exitCode = failures > 0 ? 1 : 0;
