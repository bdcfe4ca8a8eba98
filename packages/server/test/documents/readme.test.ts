import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { discard, type StartedServer, startProject } from '../started-server.ts';

const readme = readFileSync(fileURLToPath(new URL('../../../../README.md', import.meta.url)), 'utf8');
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'limen-readme-'));
let server: StartedServer;

function blocks(language: string): string {
  const pattern = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms');
  const text = [...readme.matchAll(pattern)].map((block) => block[1]).join('\n');
  return text.replaceAll('http://localhost:8055', server.url);
}

beforeAll(async () => {
  server = await startProject('sqlite', { ADMIN_TOKEN: 'tour-admin-token-0123456789' });
});
afterAll(async () => {
  await discard(server);
  rmSync(folder, { recursive: true, force: true });
});

// On a machine without jq the tour cannot be walked; where it has to be, it is installed.
const hasPrograms = spawnSync('bash', ['-c', 'command -v curl && command -v jq']).status === 0;

it.skipIf(!hasPrograms && process.env.CI !== 'true')('the tour with curl answers what it says', async () => {
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', blocks('sh')], { cwd: folder });
  expect(
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.trim()),
  ).toEqual([
    ...['"posts"', '"author"', '"ada@example.com"', '"bob@example.com"'],
    ...['[', '"access_token",', '"expires",', '"refresh_token"', ']'],
    ...['[', '"access_token",', '"expires"', ']'],
    ...['[', '"expires"', ']'],
    ...['"Mine"', '1', '0', '403', '403'],
    ...['200', '401'],
    ...['"**********"', '1'],
  ]);
});

it('and so does the same with the SDK', async () => {
  const file = fileURLToPath(new URL(`./readme-${process.pid}.mjs`, import.meta.url));
  writeFileSync(file, blocks('js'));
  try {
    const { stdout } = await run(process.execPath, [file]);
    expect(stdout).toMatch(/^2\n[0-9a-f-]{36}\nFORBIDDEN\n$/);
  } finally {
    rmSync(file);
  }
});
