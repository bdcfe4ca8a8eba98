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
  const code = await run(process.execPath, [vite, ...args]);
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

const { values: options } = parseArgs({ options: { force: { type: 'boolean' } } });
const made = fingerprint();
const stands = existsSync(MADE_FROM) && readFileSync(MADE_FROM, 'utf8') === made;
if (options.force || !stands) process.exitCode = await build(made);
