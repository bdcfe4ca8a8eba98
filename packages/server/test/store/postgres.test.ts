import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { PostgresOptions } from '../../src/store/options.ts';
import { type PostgresServer, startPostgres } from './databases.ts';

const ANSWERING = [
  'SELECT $1::text',
  'SELECT $1::text, repeat($1, 2000)',
  'SELECT $1::text, i FROM generate_series(1, 300) i',
  'SELECT $1::text, pg_sleep(0.002)::text',
];

describe('a PostgreSQL database', () => {
  let server: PostgresServer;
  let options: PostgresOptions;
  let admin: pg.Client;

  beforeAll(async () => {
    server = await startPostgres();
    options = await server.createDatabase();
    const { host, port, user, password, database } = options;
    admin = new pg.Client({ host, port, user, password, database });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await server.stop();
  });

  const terminateAll = () =>
    admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`);

  it('gives numbers it can hold as numbers, JSON parsed, everything else as it is printed', async () => {
    const store = await openStore(options);
    const row = await store.rows(`SELECT 1::int2, 2::int4, 3::int8, 1.5::float8, 1.50::numeric, true, '{"a":[1]}'::json,
      '"x"'::jsonb, '2024-02-29'::date, '2024-02-29 12:34:56.789'::timestamp, '2024-02-29 12:34:56+02'::timestamptz,
      '12:34:56'::time, '3f0b8a6e-0f0c-4a55-9d7c-000000000001'::uuid, NULL`);
    expect(row).toEqual([
      [
        1,
        2,
        '3',
        1.5,
        '1.50',
        true,
        { a: [1] },
        'x',
        '2024-02-29',
        '2024-02-29 12:34:56.789',
        '2024-02-29 10:34:56+00',
        '12:34:56',
        '3f0b8a6e-0f0c-4a55-9d7c-000000000001',
        null,
      ],
    ]);
    expect(await store.get('SHOW jit')).toEqual({ jit: 'off' });
    expect(await store.get('SHOW timezone')).toEqual({ TimeZone: 'UTC' });
    await store.close();
  });

  it('takes a connection string, with its own server settings, and a search path', async () => {
    const { host, port, user, password, database } = options;
    const connectionString = `postgres://${user}:${password}@${host}:${port}/${database}?options=${encodeURIComponent('-c work_mem=8MB')}`;
    await admin.query('CREATE SCHEMA "my schema"');
    const store = await openStore({ client: 'pg', connectionString, searchPath: ['my schema', 'public'] });
    expect(await store.get('SHOW work_mem')).toEqual({ work_mem: '8MB' });
    expect(await store.get('SHOW jit')).toEqual({ jit: 'off' });
    expect(await store.get('SELECT current_schema()::text AS name')).toEqual({ name: 'my schema' });
    await store.close();
  });

  it('prepares by name what it sees again, and never keeps more than its bound', async () => {
    const store = await openStore({ ...options, poolMax: 1 });
    const prepared = async () =>
      Number(
        (await store.rows("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT % AS n'"))[0]?.[0],
      );
    for (let round = 0; round < 2; round++) for (let i = 0; i < 100; i++) await store.get(`SELECT ${i} AS n`);
    expect(await prepared()).toBe(100);
    for (let i = 1_000; i < 2_000; i++) {
      await store.get(`SELECT ${i} AS n`);
      await store.get(`SELECT ${i} AS n`);
    }
    expect(await prepared()).toBeLessThanOrEqual(500);
    await store.close();
  });

  it('survives the loss of every connection: reads and transactions work at once, listeners hear that they missed something', async () => {
    const store = await openStore(options);
    const heard: unknown[] = [];
    store.onAnnouncement((topic, detail) => heard.push([topic, detail]));
    await Promise.all(Array.from({ length: 5 }, () => store.get('SELECT 1')));
    await terminateAll();
    expect(await store.get('SELECT 1 AS one')).toEqual({ one: 1 });
    await terminateAll();
    expect(await store.transaction((tx) => tx.get('SELECT 2 AS two'))).toEqual({ two: 2 });
    await expect.poll(() => heard, { timeout: 2_000 }).toContainEqual(['access', null]);

    heard.length = 0;
    const other = await openStore(options);
    await other.transaction(async (tx) => tx.announce('users', 'after the loss'));
    await expect.poll(() => heard, { timeout: 2_000 }).toContainEqual(['users', 'after the loss']);
    await other.close();
    await store.close();
  });

  it('says so when a transaction loses its connection, and keeps nothing of it', async () => {
    const store = await openStore(options);
    await store.transaction((tx) => tx.exec('CREATE TABLE half (id integer)'));
    const work = store.transaction(async (tx) => {
      await tx.run('INSERT INTO half VALUES (1)');
      await terminateAll();
      await tx.run('INSERT INTO half VALUES (2)');
    });
    await expect(work).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(await store.all('SELECT id FROM half')).toEqual([]);
    await store.close();
  });

  it('never gives one read the answer of another, whatever fails among them', async () => {
    const store = await openStore(options);
    const seen = { answers: 0, failures: 0 };
    const read = async (nonce: string, kind: number): Promise<void> => {
      const failing = [
        'SELECT $1::text, 1 / (length($1) - length($1))',
        'SELECT $1::text, $1::integer',
        `SELECT $1::text, missing_${nonce.slice(0, 2)} FROM nowhere`,
        'SELEKT $1',
        `DO $$ BEGIN RAISE EXCEPTION 'on purpose'; END $$`,
      ];
      const text = kind < failing.length ? (failing[kind] ?? '') : ANSWERING[kind % ANSWERING.length];
      try {
        const rows = await store.rows(text ?? '', kind === 4 ? [] : [nonce], kind === 11);
        for (const row of rows) expect(row[0]).toBe(nonce);
        expect(rows.length).toBeGreaterThan(0);
        seen.answers++;
      } catch (error) {
        if (kind >= failing.length) throw error;
        seen.failures++;
      }
    };
    const random = (below: number) => Math.floor(Math.random() * below);
    for (let round = 0; round < 10; round++) {
      const reads = Array.from({ length: 500 }, (_, i) => read(`x${round}-${i}-${random(1e9)}`, random(12)));
      if (round % 4 === 3) await store.transaction((tx) => tx.exec('CREATE TABLE IF NOT EXISTS other (id integer)'));
      if (round % 5 === 4) await terminateAll();
      await Promise.all(reads);
    }
    expect(seen.answers + seen.failures).toBe(5_000);
    expect(seen.answers).toBeGreaterThan(2_000);
    expect(seen.failures).toBeGreaterThan(1_500);
    await store.close();
  });

  it('changes nothing in a read', async () => {
    const store = await openStore(options);
    await store.transaction((tx) => tx.exec('CREATE TABLE untouched (id integer)'));
    await expect(store.all('INSERT INTO untouched VALUES (1) RETURNING id')).rejects.toThrow('read-only');
    await store.close();
  });

  it('lets reads pass one that takes long', async () => {
    const store = await openStore(options);
    await store.get('SELECT 1');
    const slow = store.get('SELECT pg_sleep(1)');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const start = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => store.get('SELECT 1')));
    expect(performance.now() - start).toBeLessThan(500);
    await slow;
    await store.close();
  });

  it('cancels a statement that takes too long', async () => {
    const store = await openStore({ ...options, statementTimeoutMs: 100 });
    await expect(store.get('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await store.close();
  });

  it('waits for a connection only so long', async () => {
    const store = await openStore({ ...options, poolMax: 1, connectTimeoutMs: 200 });
    const nested = store.transaction(() => store.transaction(async () => {}));
    await expect(nested).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(await store.get('SELECT 1 AS one')).toEqual({ one: 1 });
    await store.close();
  });

  it('ignores what other programs say on its channel', async () => {
    const store = await openStore(options);
    const heard: unknown[] = [];
    store.onAnnouncement((topic, detail) => heard.push([topic, detail]));
    for (const payload of [
      '',
      '{',
      '[]',
      '["x",[["nonsense",null],["users",{}],["users"],7]]',
      '["x",[["users","u"]]]',
    ]) {
      await admin.query('SELECT pg_notify($1, $2)', ['limen', payload]);
    }
    await expect.poll(() => heard).toEqual([['users', 'u']]);
    await store.close();
  });

  it('fails clearly when nothing listens there', async () => {
    const unreachable = openStore({ client: 'pg', host: '127.0.0.1', port: 1, user: 'limen', database: 'limen' });
    await expect(unreachable).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('runs the same when an announcement is larger than the channel takes', async () => {
    const [store, other] = [await openStore(options), await openStore(options)];
    const heard: unknown[] = [];
    other.onAnnouncement((topic, detail) => heard.push([topic, detail]));
    await store.transaction(async (tx) => {
      for (let i = 0; i < 49; i++) tx.announce('users', `${'é'.repeat(190)}${i}`);
    });
    await expect.poll(() => heard).toEqual([['users', null]]);
    await Promise.all([store.close(), other.close()]);
  });
});
