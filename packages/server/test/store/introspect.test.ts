import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { introspect } from '../../src/store/introspect.ts';
import { openStore } from '../../src/store/open.ts';
import type { StoreOptions } from '../../src/store/options.ts';
import type { ColumnFacts, DatabaseFacts, Store } from '../../src/store/types.ts';
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

const DATABASES: readonly [string, () => Promise<StoreOptions>][] = [
  ['sqlite', async () => ({ client: 'sqlite', filename: `${folder.path}/facts.db` })],
  ['postgres', () => server.createDatabase()],
];

describe.each(DATABASES)('what %s says about its tables', (name, makeOptions) => {
  const sqlite = name === 'sqlite';
  let store: Store;
  let facts: DatabaseFacts;
  const column = (table: string, field: string): ColumnFacts => {
    const found = facts.columns.find((candidate) => candidate.table === table && candidate.name === field);
    if (!found) throw new Error(`no column ${table}.${field}`);
    return found;
  };

  beforeAll(async () => {
    store = await openStore(await makeOptions());
    await store.transaction((tx) =>
      tx.exec(`
        CREATE TABLE people (id ${sqlite ? 'integer' : 'serial'} PRIMARY KEY, "first name" varchar(50));
        CREATE TABLE posts (
          id char(36) NOT NULL PRIMARY KEY,
          title varchar(255) NOT NULL DEFAULT 'it''s' UNIQUE,
          price decimal(8, 2) DEFAULT -1.50,
          active boolean DEFAULT true,
          views integer DEFAULT '3',
          huge bigint DEFAULT 9223372036854775807,
          made timestamp DEFAULT CURRENT_TIMESTAMP,
          note text DEFAULT NULL,
          settings json DEFAULT '{"a":1}',
          path varchar(9) DEFAULT 'a\\b',
          author integer REFERENCES people ON DELETE CASCADE,
          editor integer CONSTRAINT fk_editor REFERENCES people (id) ON DELETE SET NULL ON UPDATE CASCADE,
          doubled integer GENERATED ALWAYS AS (views * 2) STORED
        );
        CREATE TABLE pairs (a integer, b integer, PRIMARY KEY (a, b));
        CREATE TABLE uses (id integer PRIMARY KEY, a integer, b integer, slug text, kind text,
          FOREIGN KEY (a, b) REFERENCES pairs (a, b), UNIQUE (slug, kind));
        CREATE INDEX posts_author ON posts (author);
        CREATE UNIQUE INDEX uses_kind ON uses (kind) WHERE slug IS NULL;
        CREATE VIEW titles AS SELECT title FROM posts;
        CREATE TABLE spatial_ref_sys (id integer PRIMARY KEY);
      `),
    );
    if (sqlite) await store.transaction((tx) => tx.exec('CREATE VIRTUAL TABLE words USING fts5 (word)'));
    else await store.transaction((tx) => tx.exec('CREATE SCHEMA other; CREATE TABLE other.hidden (id integer)'));
    facts = await introspect(store);
  });
  afterAll(() => store.close());

  it('lists tables and views, without internal tables and excluded ones', async () => {
    expect(facts.tables).toEqual(['pairs', 'people', 'posts', 'uses']);
    expect((await introspect(store, { exclude: ['posts'] })).tables).toEqual([
      'pairs',
      'people',
      'spatial_ref_sys',
      'uses',
    ]);
    expect(facts.views).toEqual(['titles']);
    expect(new Set(facts.columns.map(({ table }) => table))).toEqual(new Set([...facts.tables, ...facts.views]));
    const { tables, views, columns } = await introspect(store, { views: [] });
    expect([tables, views, columns.some(({ table }) => table === 'titles')]).toEqual([facts.tables, [], false]);
  });

  it('reads types and sizes', () => {
    const sized = (field: string) => {
      const { type, maxLength, precision, scale } = column('posts', field);
      return [type, maxLength, precision, scale];
    };
    expect(sized('id')).toEqual([sqlite ? 'char' : 'character', 36, null, null]);
    expect(sized('title')).toEqual([sqlite ? 'varchar' : 'character varying', 255, null, null]);
    expect(sized('price')).toEqual([sqlite ? 'decimal' : 'numeric', null, 8, 2]);
    expect(sized('views')).toEqual(['integer', null, null, null]);
    expect(sized('made')).toEqual([sqlite ? 'timestamp' : 'timestamp without time zone', null, null, null]);
    expect(facts.columns.filter(({ table }) => table === 'posts').map((fact) => fact.name)).toEqual(
      'id title price active views huge made note settings path author editor doubled'.split(' '),
    );
  });

  it('reads defaults', () => {
    const given = (field: string) => [column('posts', field).defaultValue, column('posts', field).defaultIsExpression];
    expect(given('title')).toEqual(["it's", false]);
    expect(given('price')).toEqual([-1.5, false]);
    expect(given('active')).toEqual([true, false]);
    expect(given('views')).toEqual([sqlite ? '3' : 3, false]);
    expect(given('huge')).toEqual(['9223372036854775807', false]);
    expect(given('made')).toEqual(['CURRENT_TIMESTAMP', true]);
    expect(given('note')).toEqual([null, false]);
    expect(given('settings')).toEqual(['{"a":1}', false]);
    expect(given('path')).toEqual(['a\\b', false]);
    expect(given('author')).toEqual([null, false]);
    expect(given('doubled')).toEqual([null, false]);
  });

  it('reads keys, uniqueness, indexes and generated columns', () => {
    expect(column('people', 'id')).toMatchObject({
      primaryKey: true,
      autoIncrement: true,
      unique: true,
      indexed: true,
    });
    expect(column('posts', 'id')).toMatchObject({
      primaryKey: true,
      autoIncrement: false,
      unique: true,
      nullable: false,
    });
    expect(column('posts', 'title')).toMatchObject({ primaryKey: false, unique: true, indexed: true, nullable: false });
    expect(column('posts', 'author')).toMatchObject({ unique: false, indexed: true, nullable: true });
    expect(column('posts', 'editor')).toMatchObject({ unique: false, indexed: false });
    expect(column('posts', 'doubled')).toMatchObject({ generated: true });
    expect(column('posts', 'views')).toMatchObject({ generated: false });
    for (const part of ['a', 'b']) {
      expect(column('pairs', part)).toMatchObject({ primaryKey: true, unique: false, autoIncrement: false });
    }
    expect(column('uses', 'slug')).toMatchObject({ unique: false, indexed: true });
    expect(column('uses', 'kind')).toMatchObject({ unique: false, indexed: true });
  });

  it('reads foreign keys', () => {
    const keys = (table: string) => facts.foreignKeys.filter((key) => key.table === table);
    expect(keys('posts')).toHaveLength(2);
    expect(keys('posts').find((key) => key.column === 'author')).toMatchObject({
      foreignTable: 'people',
      foreignColumn: 'id',
      onDelete: 'CASCADE',
      onUpdate: 'NO ACTION',
    });
    expect(keys('posts').find((key) => key.column === 'editor')).toMatchObject({
      onDelete: 'SET NULL',
      onUpdate: 'CASCADE',
      constraintName: sqlite ? null : 'fk_editor',
    });
    expect(keys('uses').map(({ column: own, foreignColumn }) => [own, foreignColumn])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
    expect(new Set(keys('uses').map(({ constraintName }) => constraintName)).size).toBe(1);
    expect(keys('uses')[0]?.constraintName).toBeTruthy();
  });
});
