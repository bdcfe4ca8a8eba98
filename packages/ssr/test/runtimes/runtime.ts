import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { installed } from '../installed.ts';
import type { Places } from './app.ts';

export type RuntimeName = 'node' | 'bun' | 'deno' | 'workerd';

export const RUNTIMES: readonly RuntimeName[] = ['node', 'bun', 'deno', 'workerd'];

/** A package of npm that is nothing but the runtime's program for one platform. */
interface Program {
  readonly package: string;
  readonly version: string;
  readonly file: string;
}

const PROGRAMS: Readonly<Record<Exclude<RuntimeName, 'node'>, Readonly<Record<string, Program>>>> = {
  bun: {
    'linux-x64': { package: '@oven/bun-linux-x64', version: '1.4.5', file: 'bin/bun' },
    'linux-arm64': { package: '@oven/bun-linux-aarch64', version: '1.4.5', file: 'bin/bun' },
  },
  deno: {
    'linux-x64': { package: '@deno/linux-x64-glibc', version: '2.9.6', file: 'deno' },
    'linux-arm64': { package: '@deno/linux-arm64-glibc', version: '2.9.6', file: 'deno' },
  },
  workerd: {
    'linux-x64': { package: '@cloudflare/workerd-linux-64', version: '1.20261117.1', file: 'bin/workerd' },
    'linux-arm64': { package: '@cloudflare/workerd-linux-arm64', version: '1.20261117.1', file: 'bin/workerd' },
  },
};

/** The day whose rules workers run by. */
const WORKER_DATE = '2026-11-01';

/**
 * The program of a runtime, installed once into a folder of its own for temporary files. Throws when this platform has none
 * or npm can't get it.
 */
export async function programOf(name: RuntimeName): Promise<string> {
  if (name === 'node') return process.execPath;
  const program = PROGRAMS[name][`${process.platform}-${process.arch}`];
  if (!program) throw new Error(`${name}: no program for ${process.platform} on ${process.arch} is known`);
  return join(
    await installed([`${program.package}@${program.version}`]),
    'node_modules',
    program.package,
    program.file,
  );
}

export interface RunningApp {
  readonly address: string;
  stop(): void;
}

/** Bundles the app of the checks as a host of that runtime does, and starts it there. */
export async function startApp(name: RuntimeName, places: Places): Promise<RunningApp> {
  const program = await programOf(name);
  const folder = mkdtempSync(join(tmpdir(), `limen-${name}-`));
  const files = await bundle(name, folder, places);
  const port = await freePort();
  const child = spawn(program, commandOf(name, folder, files, port), {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = (): void => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  const address = `http://127.0.0.1:${port}`;
  try {
    await answers(child, `${address}/plain/`);
  } catch (error) {
    stop();
    throw error;
  }
  return { address, stop };
}

async function bundle(name: RuntimeName, folder: string, places: Places): Promise<readonly string[]> {
  const entry = { node: 'node.ts', bun: 'serve.ts', deno: 'serve.ts', workerd: 'worker.ts' }[name];
  const build = await rolldown({
    input: fileURLToPath(new URL(entry, import.meta.url)),
    platform: name === 'node' ? 'node' : 'neutral',
    resolve: { mainFields: ['module', 'main'] },
  });
  const { output } = await build.write({
    dir: folder,
    entryFileNames: 'app.mjs',
    chunkFileNames: '[name]-[hash].mjs',
    banner: `globalThis.PLACES = ${JSON.stringify(places)};`,
  });
  return output.map(({ fileName }) => fileName);
}

function commandOf(name: RuntimeName, folder: string, files: readonly string[], port: number): readonly string[] {
  if (name === 'deno') return ['run', '--no-config', '--allow-net', 'app.mjs', String(port)];
  if (name !== 'workerd') return ['app.mjs', String(port)];
  const file = join(folder, 'worker.capnp');
  writeFileSync(file, workerConfig(files, port));
  return ['serve', file];
}

function workerConfig(files: readonly string[], port: number): string {
  const modules = [...files].sort((one) => (one === 'app.mjs' ? -1 : 1)); // the first is the worker's
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "app", worker = (
      modules = [${modules.map((file) => `(name = "${file}", esModule = embed "${file}")`).join(', ')}],
      compatibilityDate = "${WORKER_DATE}",
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "app")],
);
`;
}

async function answers(child: ChildProcess, address: string): Promise<void> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk));
  for (const until = Date.now() + 20_000; Date.now() < until; await sleep(20)) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return;
    if (child.exitCode !== null || child.signalCode !== null) break;
  }
  throw new Error(`the app did not answer at ${dirname(address)}:\n${output}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });
}
