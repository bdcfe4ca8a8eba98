import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './generated.ts';

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Lines that are not shown. */
  readonly hide?: RegExp;
}

/** Runs a program in the checkout, shows its output line by line, and returns its exit code. */
export async function run(
  program: string,
  args: readonly string[],
  { env = {}, hide }: ChildOptions = {},
): Promise<number> {
  const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const show = (line: string) => {
    if (!hide?.test(line)) console.log(line);
  };
  createInterface({ input: child.stdout }).on('line', show);
  createInterface({ input: child.stderr }).on('line', show);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** PATH with the programs of the checkout's packages, and those of a folder if there is one, before all others. */
export function pathWith(folder: string): string {
  return [join(ROOT, 'node_modules/.bin'), folder, process.env.PATH].filter(Boolean).join(delimiter);
}
