import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const TRIES = 3;
const TRY_MS = 60_000;

/**
 * A folder among the temporary ones in which these packages of npm (`name@version`) are, and no script of theirs has run. It is
 * kept for the next time. Throws when npm can't get one of them.
 */
export async function installed(packages: readonly string[]): Promise<string> {
  const folder = join(tmpdir(), `limen-npm-${createHash('sha256').update(packages.join()).digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  // Made under another name first: what is there under its own one is whole.
  const making = mkdtempSync(`${folder}-`);
  mkdirSync(making, { recursive: true });
  writeFileSync(join(making, 'package.json'), '{ "private": true, "type": "module" }');
  const options = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await install(['install', ...options, ...packages], making);
  if (!existsSync(folder)) renameSync(making, folder);
  return folder;
}

/** npm now and then waits for ever for an answer of its registry. */
async function install(args: readonly string[], cwd: string): Promise<void> {
  for (let left = TRIES; ; left--) {
    try {
      await promisify(execFile)('npm', args, { cwd, timeout: TRY_MS, killSignal: 'SIGKILL' });
      return;
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}
