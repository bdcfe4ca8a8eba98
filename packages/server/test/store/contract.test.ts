import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { StoreOptions } from '../../src/store/options.ts';
import { ConstraintError, type Store } from '../../src/store/types.ts';
import { type PostgresServer, startPostgres, temporaryFolder } from './databases.ts';

const folder = temporaryFolder();
let server: PostgresServer;
let files = 0;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(async () => {
  await server.stop();
  folder.remove();
});

const DATABASES: readonly [string, () => Promise<StoreOptions>][] = [
  ['sqlite', async () => ({ client: 'sqlite', filename: `${folder.path}/sub/store-${++files}.db` })],
  ['postgres', () => server.createDatabase()],
];

describe.each(DATABASES)('a store on %s', (_, makeOptions) => {
  let options: StoreOptions;
  let store: Store;
  const faults: unknown[] = [];
  const p = (n: number) => store.placeholder(n);
  const insert = () => `INSERT INTO notes (id, title, count) VALUES (${p(1)}, ${p(2)}, ${p(3)})`;
  const add = (id: number, title: string | null, count = 0) =>
    store.transaction((tx) => tx.run(insert(), [id, title, count]));

  beforeAll(async () => {
    options = { ...(await makeOptions()), onFault: (error) => faults.push(error) };
    store = await openStore(options);
    await store.transaction((tx) =>
      tx.exec(`
        CREATE TABLE authors (id integer PRIMARY KEY, email varchar(40) UNIQUE);
        CREATE TABLE notes (id integer PRIMARY KEY, title varchar(20) NOT NULL UNIQUE, count integer NOT NULL DEFAULT 0,
          author integer REFERENCES authors (id), big bigint, body text,
          CONSTRAINT positive CHECK (count >= 0), UNIQUE (author, count));
      `),
    );
  });
  beforeEach(async () => {
    faults.length = 0;
    await store.transaction((tx) => tx.exec('DELETE FROM notes; DELETE FROM authors'));
  });
  afterAll(() => store.close());

  it('reads rows as objects, the first one, and as arrays', async () => {
    await add(1, 'one', 7);
    await add(2, 'two', 9);
    const text = `SELECT id, title, count FROM notes WHERE id >= ${p(1)} ORDER BY id`;
    for (let i = 0; i < 3; i++) {
      expect(await store.all(text, [1])).toEqual([
        { id: 1, title: 'one', count: 7 },
        { id: 2, title: 'two', count: 9 },
      ]);
      expect(await store.get(text, [2])).toEqual({ id: 2, title: 'two', count: 9 });
      expect(await store.get(text, [3])).toBeUndefined();
      expect(await store.rows(text, [1])).toEqual([
        [1, 'one', 7],
        [2, 'two', 9],
      ]);
      expect(await store.rows(text, [1], true)).toHaveLength(2);
    }
  });

  it('counts what a statement changed', async () => {
    await add(1, 'one');
    await add(2, 'two');
    expect(await store.transaction((tx) => tx.run('UPDATE notes SET count = 3'))).toBe(2);
    expect(await store.transaction((tx) => tx.run(`DELETE FROM notes WHERE id = ${p(1)}`, [9]))).toBe(0);
  });

  it('takes back everything when the work throws', async () => {
    const work = store.transaction(async (tx) => {
      await tx.run(insert(), [1, 'one', 0]);
      expect(await tx.all('SELECT id FROM notes')).toHaveLength(1);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await store.all('SELECT id FROM notes')).toEqual([]);
    await add(1, 'one');
  });

  it('never shows a reader what is not committed', async () => {
    await store.transaction(async (tx) => {
      await tx.run(insert(), [1, 'one', 0]);
      expect(await store.all('SELECT id FROM notes')).toEqual([]);
      expect(await store.rows('SELECT id FROM notes', [], true)).toEqual([]);
    });
    expect(await store.all('SELECT id FROM notes')).toHaveLength(1);
    expect(await store.rows('SELECT id FROM notes', [], true)).toHaveLength(1);
  });

  it('loses no update of 200 transactions at once', async () => {
    await add(1, 'counter');
    const increments = Array.from({ length: 200 }, () =>
      store.transaction(async (tx) => {
        await tx.run('UPDATE notes SET count = count + 1 WHERE id = 1');
        return tx.get('SELECT count FROM notes WHERE id = 1');
      }),
    );
    const seen = (await Promise.all(increments)).map((row) => row?.count);
    expect(new Set(seen).size).toBe(200);
    expect(await store.get('SELECT count FROM notes WHERE id = 1')).toEqual({ count: 200 });
  });

  it('refuses every call after an error and after the end', async () => {
    const swallowed = store.transaction(async (tx) => {
      await tx.run(insert(), [1, 'one', 0]);
      await tx.run(insert(), [1, 'again', 0]).catch(() => {});
      await expect(tx.run(insert(), [2, 'two', 0])).rejects.toThrow('has failed');
    });
    await expect(swallowed).rejects.toBeInstanceOf(ConstraintError);
    expect(await store.all('SELECT id FROM notes')).toEqual([]);

    const kept = await store.transaction(async (tx) => tx);
    await expect(kept.run(insert(), [1, 'one', 0])).rejects.toThrow('over');
    expect(() => kept.announce('users')).toThrow('over');
  });

  it('tells which constraint was broken', async () => {
    const broken = async (text: string, params: (number | string | null)[] = []) => {
      const error = await store
        .transaction((tx) => tx.run(text, params))
        .then(
          () => null,
          (reason: unknown) => reason,
        );
      expect(error).toBeInstanceOf(ConstraintError);
      const { kind, table, columns } = error as ConstraintError;
      return { kind, table, columns };
    };
    await add(1, 'one', 5);
    await store.transaction((tx) => tx.run('INSERT INTO authors (id) VALUES (1)'));
    await store.transaction((tx) => tx.run('UPDATE notes SET author = 1'));
    const values = (list: string) => `INSERT INTO notes (id, title, count, author) VALUES (${list})`;

    expect(await broken(values("1, 'x', 0, NULL"))).toEqual({ kind: 'unique', table: 'notes', columns: ['id'] });
    expect(await broken(values("2, 'one', 0, NULL"))).toEqual({ kind: 'unique', table: 'notes', columns: ['title'] });
    expect(await broken(values("2, 'x', 5, 1"))).toEqual({
      kind: 'unique',
      table: 'notes',
      columns: ['author', 'count'],
    });
    expect(await broken(insert(), [2, null, 0])).toEqual({ kind: 'not-null', table: 'notes', columns: ['title'] });
    expect((await broken(values("2, 'x', -1, NULL"))).kind).toBe('check');
    const orphan = await broken(values("2, 'x', 0, 99"));
    expect(orphan.kind).toBe('foreign-key');
    if (store.dialect === 'postgres') expect(orphan).toMatchObject({ table: 'notes', columns: ['author'] });
    expect((await broken('DELETE FROM authors WHERE id = 1')).kind).toBe('foreign-key');
    expect((await broken(`UPDATE notes SET id = ${p(1)}`, ['seven'])).kind).toBe('invalid-value');
  });

  it('keeps whole numbers whole, large ones exact, and unicode as it is', async () => {
    const body = '👩‍🚀 ÄÖÜ \u2028 漢字 \\ " \' %_ $1 ?';
    await store.transaction((tx) =>
      tx.run(`INSERT INTO notes (id, title, big, body) VALUES (${p(1)}, ${p(2)}, ${p(3)}, ${p(4)})`, [
        1,
        'unicode',
        9007199254740993n,
        body,
      ]),
    );
    const row = await store.get('SELECT CAST(big AS text) AS big, body FROM notes');
    expect(row).toEqual({ big: '9007199254740993', body });
    await store.transaction((tx) => tx.run(`UPDATE notes SET body = ${p(1)}`, [5]));
    expect(await store.get('SELECT body FROM notes')).toEqual({ body: '5' });
    await store.transaction((tx) => tx.run(`UPDATE notes SET big = ${p(1)}`, [1700000000000]));
    expect(await store.get('SELECT CAST(big AS text) AS big FROM notes')).toEqual({ big: '1700000000000' });
  });

  it('keeps a NUL byte or refuses it, and never cuts a text short at it', async () => {
    const write = store.transaction((tx) =>
      tx.run(`INSERT INTO notes (id, title, body) VALUES (1, 'nul', ${p(1)})`, ['a\0b']),
    );
    if (store.dialect === 'postgres') {
      await expect(write).rejects.toMatchObject({ kind: 'invalid-value' });
    } else {
      await write;
      expect(await store.get('SELECT body FROM notes')).toEqual({ body: 'a\0b' });
    }
  });

  it('keeps bytes', async () => {
    const type = store.dialect === 'postgres' ? 'bytea' : 'blob';
    const given = new Uint8Array([0, 1, 254, 255]);
    const [[bytes] = []] = await store.rows(`SELECT CAST(${p(1)} AS ${type})`, [given]);
    expect([...(bytes as Uint8Array)]).toEqual([0, 1, 254, 255]);
  });

  it('gives large results', async () => {
    const series = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
      SELECT i, 'row ' || i AS label FROM n ORDER BY i`;
    for (const rows of [await store.rows(series), await store.rows(series, [], true)]) {
      expect(rows).toHaveLength(50_000);
      expect(rows[49_999]).toEqual([50_000, 'row 50000']);
    }
  });

  it('stays right when tables change under prepared statements', async () => {
    await store.transaction((tx) => tx.exec('CREATE TABLE changing (a integer); INSERT INTO changing VALUES (1)'));
    for (let i = 0; i < 3; i++) expect(await store.all('SELECT * FROM changing')).toEqual([{ a: 1 }]);
    await store.transaction((tx) => tx.exec("ALTER TABLE changing ADD COLUMN b varchar(9) DEFAULT 'x'"));
    for (let i = 0; i < 3; i++) expect(await store.all('SELECT * FROM changing')).toEqual([{ a: 1, b: 'x' }]);
    expect(await store.rows('SELECT * FROM changing')).toEqual([[1, 'x']]);
    await store.transaction((tx) => tx.exec('DROP TABLE changing'));
    await expect(store.all('SELECT * FROM changing')).rejects.toThrow();
    expect(await store.get('SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it('answers ten thousand different texts', async () => {
    for (let i = 0; i < 10_000; i++) await store.get(`SELECT ${i % 1500} AS n`);
    expect(await store.get('SELECT 7 AS n')).toEqual({ n: 7 });
  });

  it('announces after the commit, each thing once, and never after a rollback', async () => {
    const heard: unknown[] = [];
    const stop = store.onAnnouncement((topic, detail) => heard.push([topic, detail]));
    await store.transaction(async (tx) => {
      tx.announce('users', 'u1');
      tx.announce('users', 'u1');
      tx.announce('access');
      tx.announce('access', 'p1');
      tx.afterCommit(() => void heard.push('after'));
      expect(heard).toEqual([]);
    });
    const told = [['users', 'u1'], ['access', null], 'after'];
    expect(heard).toEqual(told);
    const rolledBack = store.transaction(async (tx) => {
      tx.announce('schema');
      tx.afterCommit(() => void heard.push('never'));
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    await sleep(400);
    expect(heard).toEqual(told);
    stop();
    await store.transaction(async (tx) => tx.announce('users'));
    expect(heard).toEqual(told);
  });

  it('says "anything" instead of a thousand details', async () => {
    const heard: unknown[] = [];
    const stop = store.onAnnouncement((topic, detail) => heard.push([topic, detail]));
    await store.transaction(async (tx) => {
      for (let i = 0; i < 1000; i++) tx.announce('users', `user ${i}`);
      tx.announce('sessions', 'x'.repeat(9000));
    });
    expect(heard).toEqual([
      ['users', null],
      ['sessions', null],
    ]);
    stop();
  });

  it('reports a listener and a work after the commit that fail, and goes on', async () => {
    const heard: string[] = [];
    const stopBad = store.onAnnouncement(() => {
      throw new Error('bad listener');
    });
    const stopGood = store.onAnnouncement((topic) => heard.push(topic));
    await store.transaction(async (tx) => {
      tx.announce('settings');
      tx.afterCommit(() => Promise.reject(new Error('bad work')));
      tx.afterCommit(() => void heard.push('next work'));
    });
    expect(heard).toEqual(['settings', 'next work']);
    expect(faults.map(String)).toEqual(['Error: bad listener', 'Error: bad work']);
    stopBad();
    stopGood();
  });

  it('is heard by another store on the same database within a second, and hears no echo', async () => {
    const other = await openStore(options);
    const heard: unknown[] = [];
    const own: unknown[] = [];
    const stop = store.onAnnouncement((topic) => own.push(topic));
    other.onAnnouncement((topic, detail) => heard.push([topic, detail]));
    await sleep(300);
    heard.length = 0;
    await store.transaction(async (tx) => {
      await tx.run(insert(), [1, 'one', 0]);
      tx.announce('users', 'u1');
    });
    await expect.poll(() => heard.length, { timeout: 1_000, interval: 20 }).toBeGreaterThan(0);
    // A file has no way to tell what changed, so there anything may have.
    const expected = store.dialect === 'postgres' ? ['users', 'u1'] : ['users', null];
    expect(heard).toContainEqual(expected);
    await sleep(400);
    expect(own).toEqual(['users']);
    expect(await other.all('SELECT id FROM notes')).toHaveLength(1);
    stop();
    await other.close();
  });

  it('waits for the running transaction before it closes, and refuses everything after', async () => {
    const closing = await openStore(options);
    let finished = false;
    const work = closing.transaction(async (tx) => {
      await sleep(100);
      await tx.run(insert(), [1, 'late', 0]);
      finished = true;
    });
    await sleep(10);
    await closing.close();
    expect(finished).toBe(true);
    await work;
    expect(await store.all('SELECT id FROM notes')).toHaveLength(1);
    await expect(closing.transaction(async () => {})).rejects.toThrow();
    await expect(closing.all('SELECT 1')).rejects.toThrow();
  });

  it('answers a ping', async () => {
    expect(await store.ping()).toBeLessThan(1_000);
  });
});
