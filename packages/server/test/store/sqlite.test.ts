import { existsSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { type Prepared, StatementCache } from '../../src/store/sqlite/statement-cache.ts';
import { temporaryFolder } from './databases.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
let files = 0;
const newFile = () => `${folder.path}/new/folder-${++files}/project.db`;

describe('a SQLite file', () => {
  it('is made readable by its owner only, its companions too, and leaves none of them behind', async () => {
    const filename = newFile();
    const store = await openStore({ client: 'sqlite', filename });
    await store.transaction((tx) => tx.exec('CREATE TABLE t (id integer PRIMARY KEY)'));
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(filename + suffix).mode & 0o777).toBe(0o600);
    await store.close();
    expect(existsSync(`${filename}-wal`)).toBe(false);
    expect(existsSync(`${filename}-shm`)).toBe(false);
  });

  it('has to be a file', async () => {
    await expect(openStore({ client: 'sqlite', filename: ':memory:' })).rejects.toThrow('has to be a file');
  });

  it('lets a write wait for another process without blocking, and gives up with a clear error', async () => {
    const filename = newFile();
    const store = await openStore({ client: 'sqlite', filename, turnTimeoutMs: 300 });
    await store.transaction((tx) => tx.exec('CREATE TABLE t (id integer PRIMARY KEY)'));
    const other = new Database(filename);
    other.exec('BEGIN IMMEDIATE; INSERT INTO t VALUES (1)');
    const write = store.transaction((tx) => tx.run('INSERT INTO t VALUES (2)'));
    const start = performance.now();
    expect(await store.all('SELECT * FROM t')).toEqual([]);
    expect(performance.now() - start).toBeLessThan(100);
    await sleep(50);
    other.exec('COMMIT');
    await write;
    expect(await store.all('SELECT * FROM t')).toHaveLength(2);

    other.exec('BEGIN IMMEDIATE');
    await expect(store.transaction((tx) => tx.run('INSERT INTO t VALUES (3)'))).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
    other.exec('ROLLBACK');
    other.close();
    await store.transaction((tx) => tx.run('INSERT INTO t VALUES (4)'));
    await store.close();
  });

  it('gives a transaction inside another one up after the waiting time', async () => {
    const store = await openStore({ client: 'sqlite', filename: newFile(), turnTimeoutMs: 100 });
    const nested = store.transaction(() => store.transaction(async () => {}));
    await expect(nested).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await store.transaction(async () => {});
    await store.close();
  });

  it('rebuilds a table without deleting what points to it, and refuses new orphans', async () => {
    const store = await openStore({ client: 'sqlite', filename: newFile() });
    await store.transaction((tx) =>
      tx.exec(`CREATE TABLE one (id integer PRIMARY KEY);
        CREATE TABLE many (id integer PRIMARY KEY, one integer REFERENCES one (id) ON DELETE CASCADE);
        INSERT INTO one VALUES (1), (2); INSERT INTO many VALUES (10, 1), (20, 2);`),
    );
    const rebuild = (rows: string) =>
      store.transaction(
        (tx) =>
          tx.exec(`CREATE TABLE fresh (id integer PRIMARY KEY, more text);
            INSERT INTO fresh (id) ${rows}; DROP TABLE one; ALTER TABLE fresh RENAME TO one;`),
        { rebuildsTables: true },
      );
    await rebuild('SELECT id FROM one');
    expect(await store.rows('SELECT * FROM many ORDER BY id')).toEqual([
      [10, 1],
      [20, 2],
    ]);
    await expect(rebuild('SELECT id FROM one WHERE id = 1')).rejects.toMatchObject({
      kind: 'foreign-key',
      table: 'many',
    });
    expect(await store.rows('SELECT id FROM one')).toHaveLength(2);
    await store.transaction((tx) => tx.run('DELETE FROM one WHERE id = 1'));
    expect(await store.rows('SELECT id FROM many')).toEqual([[20]]);
    await store.close();
  });

  it('leaves the event loop free while a heavy read runs, and reports its errors', async () => {
    const store = await openStore({ client: 'sqlite', filename: newFile() });
    await expect(store.rows('SELECT missing', [], true)).rejects.toThrow('no such column');
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 5);
    const count = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT count(*) FROM n';
    const [[rows] = []] = await store.rows(count, [3_000_000], true);
    clearInterval(timer);
    expect(rows).toBe(3_000_000);
    expect(longest).toBeLessThan(250);
    await store.close();
  });

  it('refuses heavy reads beyond its queue', async () => {
    const store = await openStore({ client: 'sqlite', filename: newFile() });
    const reads = await Promise.allSettled(Array.from({ length: 150 }, () => store.rows('SELECT 1', [], true)));
    expect(reads.filter(({ status }) => status === 'fulfilled')).toHaveLength(102);
    await store.close();
  });

  it('refuses to write outside a transaction', async () => {
    const store = await openStore({ client: 'sqlite', filename: newFile() });
    await store.transaction((tx) => tx.exec('CREATE TABLE t (id integer PRIMARY KEY)'));
    await expect(store.all('INSERT INTO t VALUES (1) RETURNING id')).rejects.toThrow('readonly');
    await store.close();
  });
});

describe('the cache of prepared statements', () => {
  it('stays within its capacity and keeps what is in use', () => {
    const cache = new StatementCache(10);
    const statement = {} as Prepared['statement'];
    for (let i = 0; i < 1_000; i++) {
      if (!cache.get('in use')) {
        expect(i).toBe(0);
        cache.set('in use', { statement, arrays: false });
      }
      cache.set(`text ${i}`, { statement, arrays: false });
      expect(cache.size).toBeLessThanOrEqual(10);
    }
    expect(cache.get('text 0')).toBeUndefined();
    expect(cache.get('text 999')).toBeDefined();
  });
});
