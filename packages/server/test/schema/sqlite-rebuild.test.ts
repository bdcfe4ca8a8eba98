import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSchema } from '../../src/schema/current.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import { temporaryFolder } from '../store/databases.ts';
import { Model } from './model.ts';

const TABLES = `
  CREATE TABLE parents (id integer PRIMARY KEY AUTOINCREMENT, name text COLLATE NOCASE);
  CREATE TABLE children (
    id integer PRIMARY KEY AUTOINCREMENT,
    parent integer NOT NULL REFERENCES parents (id) ON DELETE CASCADE,
    twin integer REFERENCES children (id) ON DELETE SET NULL,
    first text, last text DEFAULT ('x' || 'y'),
    whole text GENERATED ALWAYS AS (first || ' ' || last) VIRTUAL,
    CHECK (first <> last), UNIQUE (first, last)
  );
  CREATE TABLE toys (id integer PRIMARY KEY, child integer REFERENCES children (id) ON DELETE CASCADE);
  CREATE TABLE log (text);
  CREATE INDEX children_lower ON children (lower(first));
  CREATE INDEX children_partial ON children (last) WHERE last IS NOT NULL;
  CREATE TRIGGER children_log AFTER INSERT ON children BEGIN INSERT INTO log VALUES (new.first); END;
  CREATE VIEW childless AS SELECT * FROM parents p WHERE NOT EXISTS (SELECT 1 FROM children c WHERE c.parent = p.id);
  INSERT INTO parents (name) VALUES ('Ann'), ('Bob');
  INSERT INTO children (parent, twin, first) VALUES (1, NULL, 'a'), (1, 1, 'b'), (1, NULL, 'gone');
  INSERT INTO toys (child) VALUES (1), (2);
  DELETE FROM children WHERE first = 'gone'`;

describe('a table of SQLite that is made again', () => {
  const folder = temporaryFolder();
  let model: Model;
  let files = 0;

  beforeEach(async () => {
    const store = await openStore({ client: 'sqlite', filename: `${folder.path}/${++files}.db` });
    await store.transaction((tx) => tx.exec(TABLES));
    await migrate(store);
    model = new Model(store, await openSchema(store, { excludeTables: [] }), []);
  });
  afterEach(async () => {
    model.schema.close();
    await model.store.close();
  });

  it('keeps rows, keys, checks, computed columns, indexes, triggers, views and the count', async () => {
    await model.change('children', 'first', { schema: { is_nullable: false, default_value: 'z' } });
    await model.change('parents', 'name', { schema: { is_nullable: false } });
    expect(await model.rows('SELECT id, parent, twin, first, last, whole FROM children ORDER BY id')).toEqual([
      { id: 1, parent: 1, twin: null, first: 'a', last: 'xy', whole: 'a xy' },
      { id: 2, parent: 1, twin: 1, first: 'b', last: 'xy', whole: 'b xy' },
    ]);
    expect(await model.count('toys')).toBe(2);
    await model.sql("INSERT INTO children (parent, first) VALUES (2, 'c')");
    expect(await model.rows("SELECT id FROM children WHERE first = 'c'")).toEqual([{ id: 4 }]);
    expect(await model.rows('SELECT text FROM log')).toHaveLength(4);
    expect(await model.rows('SELECT * FROM childless')).toEqual([]);
    await expect(model.sql("INSERT INTO children (parent, first, last) VALUES (2, 'c', 'c')")).rejects.toMatchObject({
      kind: 'check',
    });
    await expect(model.sql("INSERT INTO children (parent, first) VALUES (2, 'c')")).rejects.toMatchObject({
      kind: 'unique',
    });
    await expect(model.sql("INSERT INTO children (parent, first) VALUES (9, 'd')")).rejects.toMatchObject({
      kind: 'foreign-key',
    });
    const indexes = await model.rows(
      "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = 'children'",
    );
    expect(indexes.map(({ name }) => name).sort()).toEqual(['children_lower', 'children_partial']);
    await model.sql("DELETE FROM parents WHERE name = 'ANN'");
    expect(await model.count('children')).toBe(1);
    expect(await model.count('toys')).toBe(0);
  });

  it('drops a column with what it was part of, and nothing else', async () => {
    await model.dropField('children', 'twin');
    expect(await model.count('toys')).toBe(2);
    await model.dropField('toys', 'child');
    await model.change('children', 'last', { type: 'string', schema: { max_length: 10, default_value: 'q' } });
    expect(await model.rows('SELECT whole FROM children ORDER BY id')).toEqual([{ whole: 'a xy' }, { whole: 'b xy' }]);
    expect(await model.rows('PRAGMA foreign_key_check')).toEqual([]);
    expect(await model.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  it('leaves everything as it was when the change fails half-way', async () => {
    const before = await model.rows('SELECT name, sql FROM sqlite_master ORDER BY name');
    await model.sql("UPDATE children SET first = 'same', last = id");
    await expect(model.change('children', 'first', { schema: { is_unique: true } })).rejects.toMatchObject({
      code: 'RECORD_NOT_UNIQUE',
    });
    await expect(model.dropField('children', 'first')).rejects.toThrow();
    expect(await model.rows('SELECT name, sql FROM sqlite_master ORDER BY name')).toEqual(before);
    expect(await model.count('children')).toBe(2);
    await expect(model.sql('INSERT INTO toys (child) VALUES (99)')).rejects.toMatchObject({ kind: 'foreign-key' });
  });
});
