import { expect, it } from 'vitest';
import { codeOf, onBothDatabases } from './model.ts';

const LEGACY = `
  CREATE TABLE legacy_authors (code varchar(10) PRIMARY KEY, name text NOT NULL, born date, active boolean DEFAULT true);
  CREATE TABLE legacy_books (
    nr integer PRIMARY KEY, title varchar(80) NOT NULL UNIQUE, price decimal(8,2) DEFAULT 1.5 CHECK (price > 0),
    author varchar(10) REFERENCES legacy_authors (code) ON DELETE CASCADE, made timestamp DEFAULT CURRENT_TIMESTAMP,
    ref integer, part integer);
  CREATE INDEX legacy_books_title_price ON legacy_books (title, price);
  CREATE TABLE no_key (a integer, b text);
  CREATE TABLE two_keys (a integer, b integer, note text, PRIMARY KEY (a, b));
  CREATE TABLE points_at_two (id integer PRIMARY KEY, x integer, y integer, FOREIGN KEY (x, y) REFERENCES two_keys (a, b));
  CREATE TABLE points_at_unique (id integer PRIMARY KEY, book varchar(80) REFERENCES legacy_books (title));
  CREATE TABLE hidden (id integer PRIMARY KEY, legacy integer REFERENCES legacy_books (nr));
  CREATE VIEW legacy_view AS SELECT nr, title FROM legacy_books;
  INSERT INTO legacy_authors (code, name) VALUES ('ann', 'Ann');
  INSERT INTO legacy_books (nr, title, author) VALUES (1, 'One', 'ann'), (2, 'Two', NULL);
  INSERT INTO two_keys (a, b) VALUES (1, 2);
  INSERT INTO points_at_two (id, x, y) VALUES (1, 1, 2);
  INSERT INTO points_at_unique (id, book) VALUES (1, 'One')`;

onBothDatabases(
  'tables that were there before',
  (open, dialect) => {
    it('are collections without meta, with types, defaults and foreign keys', () => {
      const { snapshot } = open().schema;
      const books = snapshot.collections.get('legacy_books');
      expect(books).toMatchObject({
        primaryKey: 'nr',
        meta: null,
        system: false,
        folder: false,
        accountability: 'all',
      });
      expect([...(books?.fields.values() ?? [])].map(({ name, type }) => [name, type])).toEqual([
        ['nr', 'integer'],
        ['title', 'string'],
        ['price', 'decimal'],
        ['author', 'string'],
        ['made', dialect === 'sqlite' ? 'timestamp' : 'dateTime'],
        ['ref', 'integer'],
        ['part', 'integer'],
      ]);
      expect(books?.fields.get('title')?.column).toMatchObject({ maxLength: 80, unique: true, nullable: false });
      expect(books?.fields.get('price')?.column).toMatchObject({ precision: 8, scale: 2, defaultValue: 1.5 });
      expect(books?.fields.get('made')?.column).toMatchObject({ defaultIsExpression: true });
      expect(snapshot.collections.get('legacy_authors')?.fields.get('active')?.column?.defaultValue).toBe(true);
      expect(books?.fields.get('author')?.relation).toMatchObject({ kind: 'm2o', collection: 'legacy_authors' });
      expect(snapshot.relations.filter(({ collection }) => !collection.startsWith('directus_'))).toMatchObject([
        { collection: 'legacy_books', field: 'author', relatedCollection: 'legacy_authors', meta: null },
      ]);
    });

    it('are left out, with a warning, when items could not be addressed', () => {
      const { schema, warnings } = open();
      for (const name of ['no_key', 'two_keys', 'hidden', 'legacy_view', 'limen_migrations']) {
        expect(schema.snapshot.collections.has(name)).toBe(false);
      }
      expect(warnings).toEqual([
        'Table "no_key" is not served: it has no primary key.',
        'Table "two_keys" is not served: its primary key has several columns.',
        'View "legacy_view" is not served: it has no column "id".',
      ]);
    });

    it('keep what was written about them when they are changed', async () => {
      const model = open();
      await model.field('legacy_books', { field: 'note', type: 'text', meta: {} });
      await model.change('legacy_books', 'title', { schema: { is_nullable: true } });
      await model.change('legacy_books', 'ref', { type: 'string', schema: { is_indexed: true } });
      await expect(model.sql("INSERT INTO legacy_books (nr, title) VALUES (3, 'One')")).rejects.toMatchObject({
        kind: 'unique',
      });
      await expect(model.sql('INSERT INTO legacy_books (nr, price) VALUES (3, -1)')).rejects.toMatchObject({
        kind: 'check',
      });
      await expect(model.sql("INSERT INTO legacy_books (nr, author) VALUES (3, 'x')")).rejects.toMatchObject({
        kind: 'foreign-key',
      });
      expect(await model.rows('SELECT nr, title FROM legacy_view ORDER BY nr')).toEqual([
        { nr: 1, title: 'One' },
        { nr: 2, title: 'Two' },
      ]);
      expect(await codeOf(() => model.change('legacy_books', 'title', { schema: { is_unique: false } }))).toBe(
        'INVALID_PAYLOAD',
      );
      await model.sql("DELETE FROM points_at_unique; DELETE FROM legacy_authors WHERE code = 'ann'");
      expect(await model.rows('SELECT nr FROM legacy_books')).toEqual([{ nr: 2 }]);
    });

    it('take meta, relations and new fields like any other', async () => {
      const model = open();
      await model.field('legacy_authors', { field: 'books', type: 'alias', meta: { special: ['o2m'] } });
      const { updateRelation } = await import('../../src/resources/relations.ts');
      await updateRelation(model.context, 'legacy_books', 'author', { meta: { one_field: 'books' } });
      const author = model.schema.snapshot.collections.get('legacy_authors');
      expect(author?.fields.get('books')?.relation).toMatchObject({ kind: 'o2m', collection: 'legacy_books' });
      await model.dropField('legacy_books', 'author');
      expect(model.schema.snapshot.relations.some(({ collection }) => collection === 'legacy_books')).toBe(false);
      if (dialect === 'sqlite') await model.sql('DROP VIEW legacy_view');
      expect(await codeOf(() => model.dropField('legacy_books', 'title'))).toBe('INVALID_PAYLOAD');
      await model.dropField('points_at_two', 'x');
      if (dialect === 'postgres') {
        expect(await codeOf(() => model.dropCollection('legacy_books'))).toBe('INVALID_PAYLOAD');
        await model.sql('DROP VIEW legacy_view');
      }
      await model.dropCollection('legacy_books');
      await model.sql(
        "INSERT INTO points_at_unique (id, book) VALUES (9, 'nowhere'); INSERT INTO hidden (id, legacy) VALUES (1, 77)",
      );
    });
  },
  async (store) => {
    await store.transaction((tx) => tx.exec(LEGACY));
  },
  ['hidden'],
);
