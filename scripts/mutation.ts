// How many small mistakes in the rooms where access is decided and queries are made the tests find.
//   npm run test:mutation -- --sample 300 --seed 1 [--rooms access,query] [--jobs 2] [--file effective.ts] [--commit HEAD]
//     [--ids 12,400] [--oracles-only | --tests-only]
// Every mutant of a sample meets the oracles first, in one process for all of them; what they do not find meets the tests
// of its file. Prints those that nobody found: each is a test to write, or says the same as what it replaces.
import { type ChildProcess, fork } from 'node:child_process';
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../packages/server/test/access/agreement/random.ts';
import { type Mutant, withMutants } from './mutants.ts';
import { isApart, testsOf } from './mutation-tests.ts';
import type { Trial } from './mutation-worker.ts';
import { copyOfSources, type SourceCopy } from './source-copy.ts';

type Verdict = 'killed by an oracle' | 'killed by a test' | 'hung' | 'survived';

const SHORT = { worlds: 4, models: 2, seed: 1 };
const LONG = { worlds: 24, models: 3, seed: 1_000 };
const TRIAL_MS = { short: 90_000, long: 240_000, tests: 600_000 };

const { values: options } = parseArgs({
  options: {
    sample: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    ids: { type: 'string' },
    'oracles-only': { type: 'boolean', default: false },
    'tests-only': { type: 'boolean', default: false },
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
    // What is decided when a file is loaded can't be changed in a process that runs.
    if (!mutant.early && !isApart(mutant.file) && !options['tests-only']) {
      for (const [trial, timeoutMs] of [
        [SHORT, TRIAL_MS.short],
        [LONG, TRIAL_MS.long],
      ] as const) {
        const found = await this.#try({ mutant: mutant.id, ...trial }, timeoutMs);
        if (found === null) return 'hung';
        if (found) return 'killed by an oracle';
      }
    }
    if (options['oracles-only']) return 'survived';
    this.#copy.write('mutant', String(mutant.id));
    const { files, env } = testsOf(mutant.file);
    const outcome = await this.#copy.test(files, {
      names: '^((?!postgres).)*$',
      options: ['--no-isolate', '--maxWorkers=1'],
      timeoutMs: TRIAL_MS.tests,
      env: { ...env, TEST_POSTGRES_URL: '' },
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

async function work(copy: SourceCopy): Promise<void> {
  const lane = new Lane(copy, texts);
  try {
    const sound = await lane.judge({
      id: 0,
      file: 'packages/server/src/access/engine.ts',
      line: 0,
      from: '',
      to: '',
      early: false,
    });
    if (sound !== 'survived') throw new Error(`without any mutant: ${sound}\n${copy.said()}`);
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const verdict = await lane.judge(mutant);
      verdicts.set(mutant, verdict);
      console.log(`${verdicts.size} ${verdict === 'survived' ? 'SURVIVED' : verdict}  #${mutant.id} ${told(mutant)}`);
    }
  } finally {
    lane.close();
  }
}

await Promise.all(copies.map(work));
const count = (verdict: Verdict): number => [...verdicts.values()].filter((one) => one === verdict).length;
const killed = verdicts.size - count('survived');
console.log(`\n${killed} of ${verdicts.size} killed (${((100 * killed) / verdicts.size).toFixed(1)} %):`);
for (const verdict of ['killed by an oracle', 'killed by a test', 'hung', 'survived'] as const)
  console.log(`  ${count(verdict)} ${verdict}`);
