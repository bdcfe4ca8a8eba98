import { expect, it } from 'vitest';
import { readSnapshot } from '../../src/resources/schema-changes.ts';
import { codeOf, onBothDatabases } from '../schema/model.ts';
import { become, buildShop, difference, empty, MIRROR, snapshotOf } from './changes.ts';

onBothDatabases('snapshots', (open, dialect) => {
  it('hold what the project manages, and no ids of rows', async () => {
    const model = open();
    await buildShop(model);
    const file = snapshotOf(model);
    expect(file).toMatchObject({ version: 1, vendor: dialect, systemFields: [] });
    expect(file.collections.map(({ collection }) => collection)).toEqual([
      'authors',
      'books',
      'books_parts',
      'limits',
      'shop',
    ]);
    expect(file.fields.filter(({ collection }) => collection === 'directus_users')).toMatchObject([{ field: 'shelf' }]);
    expect(file.relations.map(({ collection, field }) => `${collection}.${field}`)).toEqual([
      'books.author',
      'books.editor',
      'books_parts.book',
      'books_parts.item',
      'directus_users.shelf',
    ]);
    expect(JSON.stringify(file)).not.toContain('"id":');
    expect(difference(model, file)).toBeNull();
  });

  it('make the same model in an empty database', async () => {
    const model = open();
    await buildShop(model);
    const file = snapshotOf(model);
    await model.dropField('directus_users', 'shelf');
    await empty(model);
    expect(snapshotOf(model).collections).toEqual([]);
    expect(await become(model, file)).toBeNull();
    const again = snapshotOf(model);
    expect({ ...again, relations: [] }).toEqual({ ...file, relations: [] });
    expect(again.relations.map(({ meta }) => meta)).toEqual(file.relations.map(({ meta }) => meta));
  });

  it('bring a changed model back, with the rows of what stayed', async () => {
    const model = open();
    await buildShop(model);
    const file = snapshotOf(model);
    await model.sql(`INSERT INTO authors (id, name) VALUES ('00000000-0000-4000-8000-000000000001', 'Ann');
      INSERT INTO books (title, author) VALUES ('One', '00000000-0000-4000-8000-000000000001')`);
    await model.change('books', 'title', {
      schema: { is_nullable: true, default_value: 'x' },
      meta: { note: 'changed' },
    });
    await model.change('books', 'weight', { type: 'text', schema: { is_indexed: true } });
    await model.dropField('books', 'price');
    await model.field('books', { field: 'extra', type: 'json', meta: {} });
    await model.dropRelation('books', 'author');
    await model.dropField('books', 'divider');
    await model.field('books', { field: 'divider', type: 'integer', meta: {} });
    await model.table('more', { field: 'book', type: 'bigInteger', meta: {} });
    await model.relation({ collection: 'more', field: 'book', related_collection: 'books', meta: {} });
    await model.dropCollection('limits');
    expect(await become(model, file)).toBeNull();
    expect(await model.rows('SELECT title, author FROM books')).toEqual([
      { title: 'One', author: '00000000-0000-4000-8000-000000000001' },
    ]);
    expect(await model.count('limits')).toBe(0);
  });

  it('keep an alias whose field on the other side was replaced, and what permissions say about it', async () => {
    const model = open();
    await buildShop(model);
    await model.sql(`INSERT INTO directus_policies (id, name) VALUES ('00000000-0000-4000-8000-00000000000a', 'P');
      INSERT INTO directus_permissions (policy, collection, action, fields)
      VALUES ('00000000-0000-4000-8000-00000000000a', 'authors', 'read', 'name,books')`);
    const old = snapshotOf(model);
    const renamed = JSON.parse(JSON.stringify(old).replaceAll('"author"', '"writer"')) as typeof old;
    expect(await become(model, renamed)).toBeNull();
    expect(model.schema.snapshot.collections.get('authors')?.fields.get('books')?.relation).toMatchObject({
      kind: 'o2m',
      foreignField: 'writer',
    });
    expect(await model.rows('SELECT fields FROM directus_permissions')).toEqual([{ fields: 'name,books' }]);
  });

  it('leave tables alone that nobody manages, until they are named', async () => {
    const model = open();
    await buildShop(model);
    const file = snapshotOf(model);
    await model.sql(`CREATE TABLE foreign_table (id integer PRIMARY KEY, note varchar(20),
      self integer REFERENCES foreign_table (id)); INSERT INTO foreign_table (id) VALUES (1)`);
    await model.schema.reload();
    expect(model.schema.snapshot.collections.has('foreign_table')).toBe(true);
    expect(difference(model, file)).toBeNull();
    const managed = {
      ...file,
      collections: [...file.collections, { collection: 'foreign_table', schema: {}, meta: { icon: 'table' } }],
      fields: [...file.fields, { collection: 'foreign_table', field: 'added', type: 'integer', schema: {}, meta: {} }],
    };
    expect(await become(model, managed)).toBeNull();
    expect(await model.rows('SELECT id, note, added FROM foreign_table')).toEqual([{ id: 1, note: null, added: null }]);
    expect(model.schema.snapshot.collections.get('foreign_table')?.meta).toMatchObject({ icon: 'table' });
  });

  it('can be of some collections only, which says nothing about the others', async () => {
    const model = open();
    await buildShop(model);
    const part = readSnapshot(model.context, { include: ['authors', 'shop'], exclude: null });
    expect(part).toMatchObject({ version: 2, collections: [{ collection: 'authors' }, { collection: 'shop' }] });
    expect(part.relations).toEqual([]);
    expect(difference(model, part)).toBeNull();
    const rest = readSnapshot(model.context, { include: null, exclude: ['authors', 'shop'] });
    expect(rest.relations.map(({ field }) => field)).toContain('author');
    expect(difference(model, rest)).toBeNull();
    await model.dropField('authors', 'sort');
    await model.field('authors', { field: 'extra', type: 'text', meta: {} });
    const diff = difference(model, part)?.diff;
    expect(diff?.fields.map(({ field, diff: [one] }) => [field, one?.kind])).toEqual([
      ['sort', 'N'],
      ['extra', 'D'],
    ]);
    expect(difference(model, part, { force: false, merge: true })?.diff.fields).toHaveLength(1);
    const unknown = { include: ['nowhere'], exclude: null };
    expect(await codeOf(async () => readSnapshot(model.context, unknown))).toBe('INVALID_QUERY');
    const both = { include: ['authors'], exclude: ['books'] };
    expect(await codeOf(async () => readSnapshot(model.context, both))).toBe('INVALID_QUERY');
  });

  it('are refused when they contradict themselves or come from elsewhere', async () => {
    const model = open();
    await buildShop(model);
    const file = snapshotOf(model);
    const refused = async (change: object, request = MIRROR) =>
      codeOf(async () => difference(model, { ...file, ...change }, request));
    expect(await refused({ version: 3 })).toBe('INVALID_PAYLOAD');
    expect(await refused({ directus: '9.0.0' })).toBe('INVALID_PAYLOAD');
    expect(await refused({ vendor: 'mysql' })).toBe('INVALID_PAYLOAD');
    expect(await refused({ directus: '9.0.0', vendor: 'mysql' }, { force: true, merge: false })).toBeNull();
    expect(await refused({ directus: '11.0.1' })).toBeNull();
    expect(await refused({ collections: [...file.collections, file.collections[0]] })).toBe('INVALID_PAYLOAD');
    expect(await refused({ fields: [...file.fields, file.fields[0]] })).toBe('INVALID_PAYLOAD');
    expect(await refused({ collections: [] })).toBe('INVALID_PAYLOAD');
    expect(await refused({ relations: null })).toBe('INVALID_PAYLOAD');
    const own = { collection: 'directus_users', field: 'email', type: 'string', schema: {}, meta: {} };
    expect(await refused({ fields: [...file.fields, own] })).toBe('INVALID_PAYLOAD');
    expect(await refused({ fields: [...file.fields, { ...own, field: 'x', type: 'money' }] })).toBe('INVALID_PAYLOAD');
  });

  it('of other servers say the same in their own words', async () => {
    const model = open();
    await buildShop(model);
    const file = snapshotOf(model);
    const fields = file.fields.map((field) => {
      const { default_value: value, ...schema } = field.schema ?? {};
      const now = value === 'CURRENT_TIMESTAMP' ? 'now()' : value;
      const { validation_message: _, ...meta } = field.meta ?? {};
      const key = schema.is_primary_key === true;
      return {
        ...field,
        meta: {
          ...meta,
          special: ((meta.special as string[] | null) ?? []).filter((one) => !one.startsWith('cast-')),
          sort: null,
        },
        schema: field.schema && {
          ...schema,
          default_value: key && field.type === 'uuid' ? 'gen_random_uuid()' : now,
          numeric_precision: field.type === 'integer' ? 32 : schema.numeric_precision,
          is_indexed: false,
          is_unique: key ? false : schema.is_unique,
        },
      };
    });
    const state = fields.find(({ field }) => field === 'state');
    const others = fields.filter((field) => field !== state);
    expect(
      difference(model, { ...file, fields: [...others, file.fields.find(({ field }) => field === 'state')] }),
    ).toBeNull();
  });
});
