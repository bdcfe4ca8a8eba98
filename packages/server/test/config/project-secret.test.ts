import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { projectSecret } from '../../src/config/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limen-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is made once, for its owner only', () => {
  const place = join(folder, 'a/b');
  const secret = projectSecret(place);
  expect(secret).toMatch(/^[A-Za-z0-9_-]{64}$/);
  expect(projectSecret(place)).toBe(secret);
  expect(statSync(join(place, 'secret')).mode & 0o777).toBe(0o600);
  expect(readdirSync(place)).toEqual(['secret']);
  expect(projectSecret(folder)).not.toBe(secret);
});

it('takes back the rights that a copy has given to others', () => {
  const secret = projectSecret(folder);
  chmodSync(join(folder, 'secret'), 0o644);
  expect(projectSecret(folder)).toBe(secret);
  expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
});

it('never replaces a file that does not hold a secret', () => {
  writeFileSync(join(folder, 'secret'), 'oops');
  expect(() => projectSecret(folder)).toThrow(/does not hold a secret/);
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('oops');
});

it('is the same for processes that start together', async () => {
  const module = fileURLToPath(new URL('../../src/config/project-secret.ts', import.meta.url));
  const script = `import { projectSecret } from ${JSON.stringify(module)}; console.log(projectSecret(${JSON.stringify(folder)}));`;
  const run = promisify(execFile);
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => run(process.execPath, ['--input-type=module', '--eval', script])),
  );
  expect(new Set(answers.map(({ stdout }) => stdout.trim())).size).toBe(1);
});
