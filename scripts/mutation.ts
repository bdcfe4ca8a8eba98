// How many small mistakes in the rooms where access is decided and queries are made the tests find.
//   npm run test:mutation -- --sample 300 --seed 1 [--rooms access,query] [--jobs 2] [--file effective.ts] [--commit HEAD]
//     [--ids 12,400] [--oracles-only | --tests-only] [--quick]
// Every mutant of a sample meets the oracles, in one process for all of them, and the tests of its file, those first that
// take no time. With TEST_POSTGRES_URL, what survives them meets them once more on PostgreSQL. Prints those that nobody
// found: each is a test to write, or says the same as what it replaces.
import { type ChildProcess, fork } from 'node:child_process';
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../packages/server/test/access/agreement/random.ts';
import { whyEquivalent } from './equivalent-mutants.ts';
import { type Mutant, withMutants } from './mutants.ts';
import { isApart, testsOf } from './mutation-tests.ts';
import type { Trial } from './mutation-worker.ts';
import { copyOfSources, type SourceCopy } from './source-copy.ts';

type Verdict = 'killed by an oracle' | 'killed by a test' | 'hung' | 'says the same' | 'survived';

const SHORT = { worlds: 4, models: 2, seed: 1 };
const LONG = { worlds: 24, models: 3, seed: 1_000 };
const POSTGRES = process.env.TEST_POSTGRES_URL ?? '';
const TRIAL_MS = { short: 90_000, long: 240_000, tests: 600_000 };

const { values: options } = parseArgs({
  options: {
    sample: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    ids: { type: 'string' },
    'oracles-only': { type: 'boolean', default: false },
    'tests-only': { type: 'boolean', default: false },
    /** Without the tests that start servers, and without PostgreSQL. */
    quick: { type: 'boolean', default: false },
    rooms: { type: 'string', default: 'access,query' },
    jobs: { type: 'string', default: '2' },
    file: { type: 'string' },
    commit: { type: 'string' },
  },
});

/** Source files with all of their mutants in them. */
function mutate(copy: SourceCopy): { texts: Map<string, string>; mutants: Mutant[] } {
  const texts = new Map<string, string>();
  const mutants: Mutant[] = [];
  for (const room of options.rooms.split(',')) {
    for (const path of globSync(`packages/server/src/${room}/**/*.ts`, { cwd: copy.folder }).sort()) {
      const made = withMutants(copy.read(path), path, mutants.length + 1);
      texts.set(path, made.text);
      mutants.push(...made.mutants);
    }
  }
  return { texts, mutants };
}

function sampleOf(mutants: readonly Mutant[]): Mutant[] {
  const ids = options.ids?.split(',').map(Number);
  if (ids) return ids.flatMap((id) => mutants[id - 1] ?? []);
  const random = new Random(Number(options.seed));
  const left = mutants.filter(({ file }) => !options.file || file.includes(options.file));
  const sample: Mutant[] = [];
  while (sample.length < Number(options.sample) && left.length > 0)
    sample.push(...left.splice(random.below(left.length), 1));
  return sample;
}

/** A copy of the sources with all mutants in it, and a process that tries them there. */
class Lane {
  readonly #copy: SourceCopy;
  #worker: ChildProcess | null = null;

  constructor(copy: SourceCopy, texts: ReadonlyMap<string, string>) {
    this.#copy = copy;
    // Programs that tests start have no other way to know.
    const told = `process.getBuiltinModule('node:fs').readFileSync(${JSON.stringify(join(copy.folder, 'mutant'))}, 'utf8')`;
    copy.write('mutant', '0');
    for (const [path, text] of texts)
      copy.write(path, text.replace('globalThis.mutant ??= 0;', `globalThis.mutant ??= Number(${told});`));
  }

  async judge(mutant: Mutant): Promise<Verdict> {
    for (const stage of this.#stages(mutant)) {
      const verdict = await stage();
      if (verdict !== 'survived') return verdict;
    }
    return 'survived';
  }

  #stages(mutant: Mutant): (() => Promise<Verdict>)[] {
    const { early, file } = mutant;
    const { quick, slow } = testsOf(file);
    const stages: (() => Promise<Verdict>)[] = [];
    // What is decided when a file is loaded can't be changed in a process that runs.
    const byOracles = !early && !isApart(file) && !options['tests-only'];
    if (byOracles) stages.push(() => this.#examine(mutant, SHORT, TRIAL_MS.short));
    if (!options['oracles-only']) stages.push(() => this.#test(mutant, quick, ''));
    if (byOracles) stages.push(() => this.#examine(mutant, LONG, TRIAL_MS.long));
    if (options['oracles-only'] || options.quick) return stages;
    if (slow.length > 0) stages.push(() => this.#test(mutant, slow, ''));
    if (this.#asksPostgres(file)) stages.push(() => this.#test(mutant, [...quick, ...slow], POSTGRES));
    return stages;
  }

  /** Whether a file does something else on PostgreSQL, and there is one. */
  #asksPostgres(file: string): boolean {
    return POSTGRES !== '' && /postgres/.test(this.#copy.read(file));
  }

  /** Tests that fail anyway would find every mutant. Throws then. */
  async proveSound(files: readonly string[]): Promise<void> {
    const none: Mutant = { id: 0, file: '', line: 0, from: '', to: '', early: false };
    const testsFor = (some: readonly string[]): string[] => [
      ...new Set(some.flatMap((file) => [...testsOf(file).quick, ...(options.quick ? [] : testsOf(file).slow)])),
    ];
    const stages: (() => Promise<Verdict>)[] = [];
    if (!options['tests-only']) stages.push(() => this.#examine(none, SHORT, TRIAL_MS.short));
    if (!options['oracles-only']) stages.push(() => this.#test(none, testsFor(files), ''));
    const onPostgres = files.filter((file) => this.#asksPostgres(file));
    if (onPostgres.length > 0 && !options['oracles-only'] && !options.quick)
      stages.push(() => this.#test(none, testsFor(onPostgres), POSTGRES));
    for (const stage of stages) {
      const verdict = await stage();
      if (verdict !== 'survived') throw new Error(`without any mutant: ${verdict}\n${this.#copy.said()}`);
    }
  }

  async #examine(mutant: Mutant, trial: Omit<Trial, 'mutant'>, timeoutMs: number): Promise<Verdict> {
    const found = await this.#try({ mutant: mutant.id, ...trial }, timeoutMs);
    return found === null ? 'hung' : found ? 'killed by an oracle' : 'survived';
  }

  /** On SQLite, and where an address is given on that PostgreSQL too. */
  async #test(mutant: Mutant, files: readonly string[], postgres: string): Promise<Verdict> {
    this.#copy.write('mutant', String(mutant.id));
    const outcome = await this.#copy.test(files, {
      ...(postgres ? {} : { names: '^((?!postgres).)*$' }),
      options: ['--no-isolate', '--maxWorkers=1'],
      timeoutMs: TRIAL_MS.tests,
      env: { TZ: 'Europe/London', TEST_POSTGRES_URL: postgres },
    });
    this.#copy.write('mutant', '0');
    return outcome === 'passed' ? 'survived' : outcome === 'timeout' ? 'hung' : 'killed by a test';
  }

  /** null when there was no answer in time. */
  #try(trial: Trial, timeoutMs: number): Promise<boolean | null> {
    // What it leaves behind goes with the copy.
    const env = { ...process.env, TMPDIR: this.#copy.folder };
    const script = join(this.#copy.folder, 'scripts/mutation-worker.ts');
    const worker = this.#worker ?? fork(script, { stdio: 'ignore', env });
    this.#worker = worker;
    return new Promise((resolve) => {
      const settle = (found: boolean | null): void => {
        clearTimeout(timer);
        worker.removeAllListeners('message');
        worker.removeAllListeners('exit');
        if (found === null || !worker.connected) this.#stop();
        resolve(found);
      };
      const timer = setTimeout(() => settle(null), timeoutMs);
      worker.once('message', (told: { found: boolean }) => settle(told.found));
      worker.once('exit', () => settle(true)); // it took the process with it
      worker.send(trial);
    });
  }

  #stop(): void {
    this.#worker?.kill('SIGKILL');
    this.#worker = null;
  }

  close(): void {
    this.#stop();
    this.#copy.remove();
  }
}

const jobs = Number(options.jobs);
const copies: SourceCopy[] = [];
for (let i = 0; i < jobs; i++) copies.push(await copyOfSources(options.commit));
const { texts, mutants } = mutate(copies[0] as SourceCopy);
const sample = sampleOf(mutants);
console.log(`${mutants.length} mutants in ${texts.size} files; ${sample.length} are tried (seed ${options.seed})`);

const verdicts = new Map<Mutant, Verdict>();
const waiting = [...sample];
const told = (mutant: Mutant): string => {
  const short = (text: string) => text.replace(/\s+/g, ' ').slice(0, 90);
  return `${relative('packages/server/src', mutant.file)}:${mutant.line}  ${short(mutant.from)}  →  ${short(mutant.to) || '(nothing)'}`;
};

async function work(lane: Lane): Promise<void> {
  for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
    const found = await lane.judge(mutant);
    const verdict = found === 'survived' && whyEquivalent(mutant) ? 'says the same' : found;
    verdicts.set(mutant, verdict);
    console.log(`${verdicts.size} ${verdict === 'survived' ? 'SURVIVED' : verdict}  #${mutant.id} ${told(mutant)}`);
  }
}

const lanes = copies.map((copy) => new Lane(copy, texts));
try {
  await lanes[0]?.proveSound([...new Set(sample.map(({ file }) => file))]);
  await Promise.all(lanes.map(work));
} finally {
  for (const lane of lanes) lane.close();
}
const count = (verdict: Verdict): number => [...verdicts.values()].filter((one) => one === verdict).length;
const able = verdicts.size - count('says the same');
const killed = able - count('survived');
console.log(`\n${killed} of ${able} killed (${((100 * killed) / able).toFixed(1)} %):`);
for (const verdict of ['killed by an oracle', 'killed by a test', 'hung', 'says the same', 'survived'] as const)
  console.log(`  ${count(verdict)} ${verdict}`);
