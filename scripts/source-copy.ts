import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './generated.ts';

export type Outcome = 'passed' | 'failed' | 'timeout' | 'nothing';

export interface TestOptions {
  /** Only tests with this text in their names. */
  readonly title?: string;
  /** Only tests whose names fit this regular expression. */
  readonly names?: string;
  /** More of what vitest takes. */
  readonly options?: readonly string[];
  readonly timeoutMs: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** The sources in a folder of their own, to be changed and tested there. On SQLite, unless TEST_POSTGRES_URL is given. */
export interface SourceCopy {
  readonly folder: string;
  /** Paths are those of the checkout. */
  read(path: string): string;
  write(path: string, text: string): void;
  /** Runs these test files. */
  test(files: readonly string[], options: TestOptions): Promise<Outcome>;
  /** The end of what the last tests said. */
  said(): string;
  remove(): void;
}

/** A copy of what git knows of the checkout as it is now, or of a commit; packages are shared with it. */
export async function copyOfSources(commit?: string): Promise<SourceCopy> {
  const folder = mkdtempSync(join(tmpdir(), 'limen-sources-'));
  if (commit) unpack(commit, folder);
  else copyFiles(folder);
  let said = '';
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    write: (path, text) => writeFileSync(join(folder, path), text),
    test: (files, options) => runTests(folder, files, options, (output) => (said = output.slice(-SAID))),
    said: () => said,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function unpack(commit: string, folder: string): void {
  const archive = execFileSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 2 ** 29 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
}

function copyFiles(folder: string): void {
  const list = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' });
  for (const path of list.split('\n')) {
    if (!path || !existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(ROOT, path), join(folder, path));
  }
}

/** `%s` in a title is whatever a table puts there. */
const asPattern = (title: string): string => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%s/g, '.*');

const SAID = 3_000;

function runTests(
  folder: string,
  files: readonly string[],
  asked: TestOptions,
  tell: (output: string) => void,
): Promise<Outcome> {
  const { timeoutMs, env, options = [] } = asked;
  const names = asked.title === undefined ? asked.names : asPattern(asked.title);
  const named = names === undefined ? [] : ['-t', names];
  const args = [join(folder, 'node_modules/vitest/vitest.mjs'), 'run', '--bail=1', ...options, ...named, ...files];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, CI: 'true', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  return new Promise((resolve) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    }, timeoutMs);
    child.once('close', (code) => {
      clearTimeout(timer);
      tell(output);
      if (late) resolve('timeout');
      else if (code !== 0) resolve('failed');
      else resolve(/Tests\s+.*\d+ passed/.test(output) ? 'passed' : 'nothing');
    });
  });
}
