import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { temporaryFolder } from './databases.ts';

const KILLS = 50;
const ROWS = 5;
const writer = fileURLToPath(new URL('./kill-writer.ts', import.meta.url));
const folder = temporaryFolder();
afterAll(() => folder.remove());

it(`loses nothing acknowledged and keeps nothing half-written over ${KILLS} kills of the writing process`, async () => {
  const filename = `${folder.path}/killed.db`;
  const acknowledged = new Set<number>();
  let next = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const batches = await writeUntilKilled(filename, next, Math.random() * 150);
    for (const batch of batches) acknowledged.add(batch);
    // Batches that were committed but no longer acknowledged are skipped too.
    next = Math.max(next, ...batches) + 1_000;
  }
  const store = await openStore({ client: 'sqlite', filename });
  expect(await store.rows('PRAGMA integrity_check')).toEqual([['ok']]);
  const counts = await store.rows('SELECT batch, count(*) FROM transfers GROUP BY batch');
  await store.close();
  expect(counts.filter(([, count]) => count !== ROWS)).toEqual([]);
  const stored = new Set(counts.map(([batch]) => batch));
  expect([...acknowledged].filter((batch) => !stored.has(batch))).toEqual([]);
  expect(acknowledged.size).toBeGreaterThan(KILLS * 10);
}, 60_000);

/** Lets the writer run until `afterMs` after its first acknowledged transfer; the numbers of all it acknowledged. */
function writeUntilKilled(filename: string, first: number, afterMs: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, filename, String(first)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (output === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
      output += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    child.on('close', (_, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(`The writer ended by itself: ${errors}`));
      // A last line without its end was cut off by the kill.
      resolve(
        output
          .slice(0, output.lastIndexOf('\n') + 1)
          .split('\n')
          .filter(Boolean)
          .map(Number),
      );
    });
  });
}
