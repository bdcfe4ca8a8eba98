import { verify } from '@node-rs/argon2';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootstrap } from '../../src/store/bootstrap.ts';
import { introspect } from '../../src/store/introspect.ts';
import { MIGRATIONS, migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import { SYSTEM_TABLES } from '../../src/store/system-tables.ts';
import type { DatabaseFacts, Store } from '../../src/store/types.ts';
import { hashOf } from '../stored-contents.ts';
import { temporaryFolder } from './databases.ts';
import { buildReferenceDatabase, REFERENCE } from './reference-database.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Hash over all columns and rows of the tables that were there before. */
function contentsHash(filename: string, columns: ReadonlyMap<string, readonly string[]>): string {
  const database = new Database(filename, { readonly: true });
  const contents = new Map<string, string[]>();
  for (const [table, names] of columns) {
    const list = names.map((name) => `typeof("${name}"), "${name}"`).join(', ');
    const rows = database.prepare(`SELECT ${list} FROM "${table}" ORDER BY rowid`).raw().safeIntegers().all();
    contents.set(
      table,
      rows.map((row) => (row as unknown[]).map(String).join('|')),
    );
  }
  database.close();
  return hashOf(contents);
}

describe('a database of another server at version 11.17', () => {
  const filename = `${folder.path}/reference.db`;
  let store: Store;
  let before: string;
  let own: Map<string, string[]>;
  let facts: DatabaseFacts;

  beforeAll(async () => {
    await buildReferenceDatabase(filename);
    store = await openStore({ client: 'sqlite', filename });
    facts = await introspect(store);
    own = new Map(facts.tables.map((table) => [table, columnsOf(facts, table)]));
    before = contentsHash(filename, own);
  });
  afterAll(() => store.close());

  const columnsOf = ({ columns }: DatabaseFacts, table: string) =>
    columns.filter((column) => column.table === table).map(({ name }) => name);

  it('has exactly the columns that the list of system tables names, described alike', () => {
    for (const table of SYSTEM_TABLES) {
      const known = facts.columns.filter((column) => column.table === table.name && column.name !== 'nickname');
      expect(known.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name));
      for (const column of table.columns) {
        const found = known.find(({ name }) => name === column.name);
        const { type, unique, autoIncrement, primaryKey } = found ?? {};
        expect({ name: column.name, type, unique, autoIncrement, primaryKey }).toEqual({
          name: column.name,
          type: column.length ? 'varchar' : SQLITE_TYPES[column.type],
          unique: (column.unique ?? false) || (column.primary ?? false),
          autoIncrement: column.autoIncrement ?? false,
          primaryKey: column.primary ?? false,
        });
        if (!column.primary) expect([column.name, found?.nullable]).toEqual([column.name, column.nullable]);
        const given = column.default;
        const expected =
          given === undefined || given === null
            ? null
            : typeof given === 'object'
              ? given.sql
              : String(Number(given) || given);
        expect([column.name, found?.defaultValue ?? null]).toEqual([
          column.name,
          expected === 'false' ? '0' : expected,
        ]);
        const key = facts.foreignKeys.find((one) => one.table === table.name && one.column === column.name);
        expect(
          key ? { table: key.foreignTable, column: key.foreignColumn, onDelete: key.onDelete } : undefined,
        ).toEqual(column.references);
      }
    }
  });

  it('is adopted without a change to any row of it', async () => {
    const { applied } = await migrate(store);
    expect(applied).toHaveLength(MIGRATIONS.length);
    expect(contentsHash(filename, own)).toBe(before);
    const after = await introspect(store);
    for (const [table, columns] of own) {
      const present = columnsOf(after, table);
      expect(present.filter((name) => !name.startsWith('limen_'))).toEqual(columns);
    }
    expect(after.tables.filter((table) => !own.has(table) && !table.startsWith('limen_'))).toEqual([]);
  });

  it('gets no second administrator and no second settings', async () => {
    const result = await bootstrap(store, { adminEmail: 'intruder@example.com', adminPasswordHash: '$argon2id$x' });
    expect(result).toEqual({ role: null, policy: null, publicPolicy: null, user: null, settings: false });
    expect(contentsHash(filename, own)).toBe(before);
  });

  it('is adopted once', async () => {
    expect(await migrate(store)).toEqual({ applied: [] });
    const watcher = new Database(filename, { readonly: true });
    const commits = () => watcher.pragma('data_version', { simple: true });
    const counter = commits();
    await migrate(store);
    expect(commits()).toBe(counter);
    watcher.close();
    expect(contentsHash(filename, own)).toBe(before);
  });

  it('keeps passwords that verify, tokens, and dates of both kinds', async () => {
    for (const { id, password } of [REFERENCE.admin, REFERENCE.author, REFERENCE.suspended]) {
      const row = await store.get<{ password: string }>('SELECT password FROM directus_users WHERE id = ?', [id]);
      expect(row?.password).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=4\$/);
      expect(await verify(row?.password ?? '', password)).toBe(true);
    }
    expect(await store.get('SELECT id FROM directus_users WHERE token = ?', [REFERENCE.author.token])).toEqual({
      id: REFERENCE.author.id,
    });
    const kinds = await store.rows('SELECT DISTINCT typeof(timestamp) FROM directus_activity ORDER BY 1');
    expect(kinds).toEqual([['integer'], ['text']]);
  });

  it('can still be written by the server that made it', async () => {
    const other = new Database(filename);
    other.exec(`INSERT INTO directus_sessions (token, user, expires) VALUES ('other', '${REFERENCE.admin.id}', 1)`);
    expect(other.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(other.pragma('foreign_key_check')).toEqual([]);
    other.close();
  });
});

const SQLITE_TYPES: Record<string, string> = {
  uuid: 'char',
  text: 'text',
  integer: 'integer',
  bigInteger: 'bigint',
  boolean: 'boolean',
  json: 'json',
  timestamp: 'datetime',
  csv: 'text',
};
