import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** The Node of the repository first, as npm scripts see it. */
const environment = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...{ CI: 'true', NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1' },
  PATH: `${REPOSITORY}node_modules/.bin:${process.env.PATH}`,
  ...more,
});

export interface Running {
  readonly pid: number;
  output(): string;
  stop(): Promise<void>;
}

/** Runs a program to its end; throws with what it wrote when it fails, or takes longer than `limitMs`. */
export async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  limitMs = 600_000,
): Promise<string> {
  const child = spawn(program, args, { cwd, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const output = collected(child);
  const late = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), limitMs);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearTimeout(late));
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output()}`);
  return output();
}

/** Starts a program that goes on running, in a process group of its own, and waits until `address` answers. */
export async function start(
  program: string,
  args: readonly string[],
  cwd: string,
  { address, env }: { readonly address: string; readonly env: Readonly<Record<string, string>> },
): Promise<Running> {
  const child = spawn(program, args, { cwd, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const output = collected(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL');
    await ended;
  };
  const until = Date.now() + 60_000;
  while (!(await answers(address))) {
    if (child.exitCode !== null || Date.now() > until) {
      await stop();
      throw new Error(`${program} ${args.join(' ')} did not answer at ${address}:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { pid: child.pid ?? 0, output, stop };
}

const answers = (address: string): Promise<boolean> =>
  fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(10_000) }).then(
    (answer) => answer.status < 500,
    () => false,
  );

function collected(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

/** A port below those that systems give to whoever asks for any: the app is built for it long before it listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer().once('error', () => resolve(false));
      probe.listen(port, () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
