import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootstrap } from '../../src/store/bootstrap.ts';
import { introspect } from '../../src/store/introspect.ts';
import { MIGRATIONS, migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { StoreOptions } from '../../src/store/options.ts';
import { SYSTEM_TABLES } from '../../src/store/system-tables.ts';
import type { Store } from '../../src/store/types.ts';
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
  ['sqlite', async () => ({ client: 'sqlite', filename: `${folder.path}/migrate-${++files}.db` })],
  ['postgres', () => server.createDatabase()],
];

/** Every row of every table. */
async function dump(store: Store): Promise<Record<string, unknown[][]>> {
  const { tables } = await introspect(store);
  const contents: Record<string, unknown[][]> = {};
  for (const table of tables) contents[table] = await store.rows(`SELECT * FROM "${table}" ORDER BY 1`);
  return contents;
}

const INPUT = { adminEmail: 'Admin@Example.com', adminPasswordHash: '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA' };

describe.each(DATABASES)('an empty %s database', (_, makeOptions) => {
  let options: StoreOptions;
  let store: Store;
  beforeAll(async () => {
    options = await makeOptions();
    store = await openStore(options);
  });
  afterAll(() => store.close());

  it('gets every system table with every column, once, even when several nodes start together', async () => {
    const nodes = await Promise.all([openStore(options), openStore(options), openStore(options)]);
    const runs = await Promise.all(nodes.map((node) => migrate(node)));
    const applied = runs.map((run) => run.applied.length).filter((count) => count > 0);
    expect(applied).toEqual([MIGRATIONS.length]);
    await Promise.all(nodes.map((node) => node.close()));

    const facts = await introspect(store);
    for (const table of SYSTEM_TABLES) {
      const columns = facts.columns.filter((column) => column.table === table.name);
      expect(columns.map(({ name }) => name).filter((name) => !name.startsWith('limen_'))).toEqual(
        table.columns.map(({ name }) => name),
      );
      for (const expected of table.columns) {
        const found = columns.find(({ name }) => name === expected.name);
        expect(found).toMatchObject({
          nullable: expected.nullable,
          primaryKey: expected.primary ?? false,
          autoIncrement: expected.autoIncrement ?? false,
          maxLength: store.dialect === 'sqlite' && expected.type === 'uuid' ? 36 : (expected.length ?? null),
        });
        if (expected.unique) expect(found?.unique).toBe(true);
        if (expected.references) {
          expect(facts.foreignKeys).toContainEqual(
            expect.objectContaining({
              table: table.name,
              column: expected.name,
              foreignTable: expected.references.table,
              foreignColumn: expected.references.column,
              onDelete: expected.references.onDelete,
            }),
          );
          expect(found?.indexed).toBe(true);
        }
      }
    }
  });

  it('finds nothing to do the second time', async () => {
    const before = await dump(store);
    expect(await migrate(store)).toEqual({ applied: [] });
    expect(await dump(store)).toEqual(before);
  });

  it('starts with an administrator, a public policy and settings, once, even from several nodes', async () => {
    const nodes = await Promise.all([openStore(options), openStore(options)]);
    const results = await Promise.all(nodes.map((node) => bootstrap(node, INPUT)));
    await Promise.all(nodes.map((node) => node.close()));
    expect(results.filter((result) => result.user !== null)).toHaveLength(1);

    const user = await store.get(`SELECT u.email, u.first_name, u.last_name, u.status, u.provider, r.name AS role
      FROM directus_users u JOIN directus_roles r ON r.id = u.role`);
    expect(user).toEqual({
      email: 'admin@example.com',
      first_name: 'Admin',
      last_name: 'User',
      status: 'active',
      provider: 'default',
      role: 'Administrator',
    });
    const access = await store.all(`SELECT p.name, p.icon, CAST(p.admin_access AS integer) AS admin,
      CAST(p.app_access AS integer) AS app, CASE WHEN a.role IS NULL THEN 'public' ELSE 'role' END AS "to", a.sort
      FROM directus_access a JOIN directus_policies p ON p.id = a.policy WHERE a."user" IS NULL ORDER BY p.name`);
    expect(access).toEqual([
      { name: '$t:public_label', icon: 'public', admin: 0, app: 0, to: 'public', sort: 1 },
      { name: 'Administrator', icon: 'verified', admin: 1, app: 1, to: 'role', sort: null },
    ]);
    const [[projects] = []] = await store.rows('SELECT project_name FROM directus_settings');
    expect(projects).toBe('Directus');
  });

  it('is not changed by another bootstrap', async () => {
    const before = await dump(store);
    expect(await bootstrap(store, { ...INPUT, adminEmail: 'other@example.com' })).toEqual({
      role: null,
      policy: null,
      publicPolicy: null,
      user: null,
      settings: false,
    });
    expect(await dump(store)).toEqual(before);
  });

  it('counts defaults in the database itself', async () => {
    await store.transaction((tx) =>
      tx.run(`INSERT INTO directus_activity (action, collection, item) VALUES ('create', 'posts', '1')`),
    );
    const row = await store.get('SELECT id, timestamp FROM directus_activity');
    expect(row?.id).toBe(1);
    expect(String(row?.timestamp)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
  });
});

describe.each(DATABASES)('an older %s database of the same line', (_, makeOptions) => {
  it('gets the columns that are missing, with its rows untouched', async () => {
    const store = await openStore(await makeOptions());
    await migrate(store);
    await bootstrap(store, INPUT);
    await store.transaction(async (tx) => {
      await tx.exec('DROP TABLE limen_migrations; DROP TABLE directus_comments');
      for (const [table, column] of [
        ['directus_settings', 'collaborative_editing_enabled'],
        ['directus_settings', 'ai_system_prompt'],
        ['directus_fields', 'searchable'],
        ['directus_files', 'uploaded_on'],
        ['directus_dashboards', 'date_created'],
      ]) {
        await tx.exec(`ALTER TABLE ${table} DROP COLUMN ${column}`);
      }
      await tx.run(`INSERT INTO directus_fields (collection, field) VALUES ('posts', 'title')`);
    });
    await migrate(store);
    expect(
      await store.get('SELECT CAST(collaborative_editing_enabled AS integer) AS c FROM directus_settings'),
    ).toEqual({
      c: 0,
    });
    expect(await store.get('SELECT field, CAST(searchable AS integer) AS s FROM directus_fields')).toEqual({
      field: 'title',
      s: 1,
    });
    const { columns } = await introspect(store);
    for (const table of SYSTEM_TABLES) {
      const present = columns.filter((column) => column.table === table.name).map(({ name }) => name);
      expect(present).toEqual(expect.arrayContaining(table.columns.map(({ name }) => name)));
    }
    await store.close();
  });

  it('is left alone when it is of an older line', async () => {
    const store = await openStore(await makeOptions());
    await store.transaction((tx) =>
      tx.exec('CREATE TABLE directus_users (id char(36) PRIMARY KEY, email varchar(128), role char(36))'),
    );
    await expect(migrate(store)).rejects.toThrow('before 11');
    expect((await introspect(store)).tables).toEqual(['directus_users']);
    await store.close();
  });
});

describe('a second start on SQLite', () => {
  it('does not even touch the file', async () => {
    const filename = `${folder.path}/untouched.db`;
    const start = async () => {
      const store = await openStore({ client: 'sqlite', filename });
      await migrate(store);
      await bootstrap(store, INPUT);
      await store.close();
      return readFileSync(filename);
    };
    expect((await start()).equals(await start())).toBe(true);
  });
});
