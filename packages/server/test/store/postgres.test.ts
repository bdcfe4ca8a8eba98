import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { PostgresOptions } from '../../src/store/options.ts';
import { type PostgresServer, startPostgres } from './databases.ts';

describe('a PostgreSQL database', () => {
  let server: PostgresServer;
  let options: PostgresOptions;
  let admin: pg.Client;

  beforeAll(async () => {
    server = await startPostgres();
    options = await server.createDatabase();
    admin = new pg.Client({ host: options.host, port: options.port, user: options.user, database: options.database });
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
    const { host, port, user, database } = options;
    const connectionString = `postgres://${user}@${host}:${port}/${database}?options=${encodeURIComponent('-c work_mem=8MB')}`;
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

  it('cancels a statement that takes too long', async () => {
    const store = await openStore({ ...options, statementTimeoutMs: 100 });
    await expect(store.get('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await store.close();
  });

  it('waits for a connection only so long', async () => {
    const store = await openStore({ ...options, poolMax: 1, connectTimeoutMs: 200 });
    const nested = store.transaction(() => store.get('SELECT 1'));
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
