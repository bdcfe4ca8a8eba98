import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FORM = /^[A-Za-z0-9_-]{32,}$/;

/**
 * The secret of a project whose settings name none: 64 random characters in the file `secret` of its data folder, which
 * only its owner can read. Made on first use; of several processes that start together, one makes it and all get it.
 * @throws {Error} when the file is there and does not hold a secret: a new one would end every session.
 */
export function projectSecret(folder: string): string {
  const file = join(folder, 'secret');
  const kept = readSecret(file);
  if (kept !== null) return kept;
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    // A link appears whole or not at all, and never replaces what another process has put there.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecret(file) ?? missing(file);
}

function readSecret(file: string): string | null {
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (!FORM.test(secret)) throw new Error(`${file} does not hold a secret. Put back its content, or set SECRET.`);
    // Copied projects lose the mode; a secret mounted read-only has the right one already.
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function missing(file: string): never {
  throw new Error(`${file} vanished while it was being made.`);
}
