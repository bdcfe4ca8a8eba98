import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's folder, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/**
 * Writes a generated document; with `--check`, says instead whether the one that is there is stale, and makes the
 * process fail then.
 */
export function writeOrCheck(file: string, content: string, command: string): void {
  const name = relative(ROOT, file);
  const current = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (current === content) {
    console.log(`${name} is up to date`);
  } else if (process.argv.includes('--check')) {
    console.error(`${name} is stale: run \`${command}\``);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    console.log(`${name} is written`);
  }
}

/** The document with other text between the markers `<!-- NAME -->` and `<!-- /NAME -->`. */
export function replaceBetween(document: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the markers ${start} and ${end} are missing`);
  return `${document.slice(0, from + start.length)}\n${text}\n${document.slice(to)}`;
}
