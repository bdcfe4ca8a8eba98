import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { REPOSITORY, type Running, run, start } from './processes.ts';

const FOLDER = join(REPOSITORY, 'examples');

const INSTALL_MS = 240_000;

/** What tools make in an example, and a copy doesn't need. */
const MADE = new Set(['node_modules', '.svelte-kit', '.next', '.nuxt', '.output', '.astro', 'build', 'dist']);

/** The examples: folders with a package of their own. */
export const EXAMPLES: readonly string[] = readdirSync(FOLDER).filter((name) =>
  existsSync(join(FOLDER, name, 'package.json')),
);

export interface BuiltExample {
  readonly name: string;
  readonly folder: string;
  /** Starts what was built, by default on the port of its origin. */
  start(api: string, port?: string): Promise<Running>;
  remove(): void;
}

/**
 * Copies an example to another place, as a person does, installs it there with npm and builds it. `folder` names a place that
 * is kept, for the next time; by default it is a temporary one. `origin` is where browsers will reach the app, and `change`
 * writes into the copy what a person would.
 */
export async function buildExample(
  name: string,
  origin: string,
  folder: string | undefined,
  change: (folder: string) => void = () => undefined,
): Promise<BuiltExample> {
  const place = folder ?? mkdtempSync(join(tmpdir(), `limen-${name}-`));
  const seconds = stopwatch();
  mkdirSync(place, { recursive: true });
  for (const old of readdirSync(place)) if (old !== 'node_modules') rmSync(join(place, old), { recursive: true });
  cpSync(join(FOLDER, name), place, { recursive: true, filter: (source) => !MADE.has(basename(source)) });
  change(place);
  const packed = await pack(place);
  const install = ['install', '--no-audit', '--no-fund', '--loglevel=error', `./${packed}`];
  // npm now and then waits for ever for an answer of its registry; a second try finds what the first one got.
  await run('npm', install, place, {}, INSTALL_MS).catch(() => run('npm', install, place, {}, INSTALL_MS));
  const installed = seconds();
  await run('npm', ['run', 'build'], place, { ORIGIN: origin });
  console.log(`${name}: installed in ${installed.toFixed(0)} s, built in ${(seconds() - installed).toFixed(0)} s`);
  return {
    name,
    folder: place,
    start: (api, port = new URL(origin).port) =>
      start('npm', ['start'], place, {
        address: `http://localhost:${port}/login`,
        env: { PORT: port, ORIGIN: origin, LIMEN_URL: api, NODE_ENV: 'production' },
      }),
    remove: () => {
      if (folder === undefined) rmSync(place, { recursive: true, force: true });
    },
  };
}

/** `@limen/ssr` as npm would publish it, beside what needs it. Returns the file's name. */
async function pack(place: string): Promise<string> {
  const source = join(REPOSITORY, 'packages/ssr');
  await run('npm', ['run', 'build'], source);
  await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', place], source);
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as {
    version: string;
  };
  return `limen-ssr-${version}.tgz`;
}

export function stopwatch(): () => number {
  const began = performance.now();
  return () => (performance.now() - began) / 1000;
}
