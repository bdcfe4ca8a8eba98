import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { StoreOptions } from '../../src/store/options.ts';
import type { Store } from '../../src/store/types.ts';
import { type PostgresServer, startPostgres, temporaryFolder } from './databases.ts';

const folder = temporaryFolder();
let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

const ROWS = 5_000;
const DATABASES: readonly [string, () => Promise<StoreOptions>][] = [
  ['sqlite', async () => ({ client: 'sqlite', filename: `${folder.path}/stream.db` })],
  ['postgres', () => server.createDatabase()],
];

describe.each(DATABASES)('long reads on %s', (_, makeOptions) => {
  let store: Store;
  const text = () => `SELECT id, title FROM rows_of_it WHERE id > ${store.placeholder(1)} ORDER BY id`;

  beforeAll(async () => {
    store = await openStore(await makeOptions());
    await store.transaction((tx) =>
      tx.exec(`CREATE TABLE rows_of_it (id integer PRIMARY KEY, title text);
        INSERT INTO rows_of_it WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
        SELECT i, 'row ' || i FROM n`),
    );
  });
  afterAll(() => store.close());

  it('come in batches, in order and whole', async () => {
    const sizes: number[] = [];
    const ids: unknown[] = [];
    for await (const rows of store.stream(text(), [0], 1_500)) {
      sizes.push(rows.length);
      ids.push(...rows.map(([id]) => Number(id)));
    }
    expect(sizes.length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_500);
    expect(ids).toEqual(Array.from({ length: ROWS }, (_, i) => i + 1));
  });

  it('are empty where nothing is found', async () => {
    expect(await store.stream(text(), [ROWS], 10).next()).toEqual({ value: undefined, done: true });
  });

  it('show one state of the database, whatever is written meanwhile', async () => {
    let count = 0;
    for await (const rows of store.stream(text(), [0], 1_000)) {
      if (count === 0) await store.transaction((tx) => tx.run('DELETE FROM rows_of_it WHERE id = 4000'));
      count += rows.length;
    }
    expect(count).toBe(ROWS);
    await store.transaction((tx) => tx.run("INSERT INTO rows_of_it VALUES (4000, 'back')"));
  });

  it('tell of errors', async () => {
    await expect(store.stream('SELECT nothing FROM nowhere', [], 10).next()).rejects.toThrow();
    expect(await store.rows('SELECT count(*) FROM rows_of_it')).toEqual([[expect.anything()]]);
  });

  it('end early when nobody reads on, and give their place to others', async () => {
    const begun = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const stream = store.stream(text(), [0], 10);
        const first = await stream.next();
        await stream.return(undefined);
        return first.value?.length;
      }),
    );
    expect(begun).toEqual(Array.from({ length: 12 }, () => 10));
  });

  it('run few at a time, and are refused when too many wait', async () => {
    const open = Array.from({ length: 3 }, () => store.stream(text(), [0], 10));
    await Promise.all(open.map((stream) => stream.next()));
    const waiting = Array.from({ length: 20 }, () => store.stream(text(), [0], 10));
    const firsts = waiting.map((stream) => stream.next());
    await sleep(50);
    await expect(store.stream(text(), [0], 10).next()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    for (const stream of open) await stream.return(undefined);
    for (const [i, first] of firsts.entries()) {
      expect((await first).value).toHaveLength(10);
      await waiting[i]?.return(undefined);
    }
  });
});
