// Builds the Studio into packages/studio/dist, unless the build that is there was made from the same sources.
//   npm run studio              when something changed
//   npm run studio -- --force   in any case
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { run } from './child.ts';
import { ROOT } from './generated.ts';

const STUDIO = join(ROOT, 'packages/studio');
const BUILT = join(STUDIO, 'dist');
/** What the build that is there was made from. */
const MADE_FROM = join(BUILT, '.made-from');
/** Holds the number of the process that builds. */
const LOCK = join(STUDIO, '.building');
const SOURCES = ['index.html', 'vite.config.ts', 'package.json', 'tsconfig.json', 'src', 'public'];
const COMPRESSED = /\.(js|css|html|svg|json)$/;
/** Smaller files gain nothing. */
const MIN_COMPRESSED_BYTES = 1_000;

function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name)).sort();
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = SOURCES.flatMap((name) => filesOf(join(STUDIO, name)));
  for (const file of [...files, join(ROOT, 'package-lock.json')])
    hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Once at the build, and not for every visitor. */
function compress(folder: string): void {
  for (const file of filesOf(folder).filter((name) => COMPRESSED.test(name))) {
    const content = readFileSync(file);
    if (content.length < MIN_COMPRESSED_BYTES) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
}

async function build(made: string): Promise<number> {
  const began = performance.now();
  console.log('Building the Studio …');
  // Beside the old one, which is served until the new one is whole.
  const fresh = join(STUDIO, `dist-${process.pid}`);
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const args = ['build', STUDIO, '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'];
  // Tests call this too, and are no reason for the libraries' slow, talkative development code.
  const code = await run(process.execPath, [vite, ...args], { env: { NODE_ENV: 'production' } });
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    return code;
  }
  compress(fresh);
  writeFileSync(join(fresh, '.made-from'), made);
  rmSync(BUILT, { recursive: true, force: true });
  renameSync(fresh, BUILT);
  console.log(`Built the Studio in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  return 0;
}

/** One at a time: whoever comes meanwhile waits, and finds it done. A lock of a process that is gone counts for nothing. */
async function alone(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      if (!isAlive(lockHolder())) rmSync(LOCK, { force: true });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  try {
    await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function lockHolder(): number {
  try {
    return Number(readFileSync(LOCK, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

const { values: options } = parseArgs({ options: { force: { type: 'boolean' } } });
const stands = (made: string): boolean => existsSync(MADE_FROM) && readFileSync(MADE_FROM, 'utf8') === made;
const made = fingerprint();
if (options.force || !stands(made)) {
  await alone(async () => {
    if (options.force || !stands(made)) process.exitCode = await build(made);
  });
}
