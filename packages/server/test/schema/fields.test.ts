import { expect, it } from 'vitest';
import type { FieldType, Json } from '../../src/wire/index.ts';
import { codeOf, onBothDatabases } from './model.ts';

const TYPES: [FieldType, string[] | null, Json, string, string][] = [
  // type, special, default, column on SQLite, column on PostgreSQL
  ['string', null, "it's", 'varchar', 'character varying'],
  ['text', null, 'a\\b', 'text', 'text'],
  ['integer', null, -3, 'integer', 'integer'],
  ['bigInteger', null, 9007199254740991, 'bigint', 'bigint'],
  ['float', null, 1.5, 'float', 'double precision'],
  ['boolean', ['cast-boolean'], true, 'boolean', 'boolean'],
  ['date', null, '2024-02-29', 'date', 'date'],
  ['time', null, '23:45:01', 'time', 'time without time zone'],
  ['dateTime', null, '2024-02-29T12:34:56', 'datetime', 'timestamp without time zone'],
  ['timestamp', null, '2024-02-29T12:34:56.000Z', 'datetime', 'timestamp with time zone'],
  ['json', ['cast-json'], { a: [1, null] }, 'json', 'json'],
  ['csv', ['cast-csv'], ['x', 'y'], 'text', 'text'],
  ['uuid', null, '0c8f5a1e-6f1d-4e57-9a35-1f2b3c4d5e01', 'char', 'uuid'],
  ['hash', ['hash'], null, 'varchar', 'character varying'],
  ['binary', null, null, 'blob', 'bytea'],
];

onBothDatabases('fields', (open, dialect) => {
  it.each(TYPES)('makes, describes and removes %s', async (type, special, byDefault, sqliteType, postgresType) => {
    const model = open();
    await model.table('things');
    const made = await model.field('things', { field: 'value', type, schema: { default_value: byDefault }, meta: {} });
    expect(made).toMatchObject({ collection: 'things', field: 'value', type });
    expect(made.schema?.data_type).toBe(dialect === 'sqlite' ? sqliteType : postgresType);
    expect(made.schema?.default_value).toEqual(byDefault);
    const cast = type === 'timestamp' && dialect === 'sqlite' ? ['cast-timestamp'] : special;
    expect(made.meta).toMatchObject({ special: cast, sort: 2, width: 'full', searchable: true });
    await model.dropField('things', 'value');
    expect(await codeOf(async () => model.fieldAt('things', 'value'))).toBe('FORBIDDEN');
    expect(await model.rows("SELECT * FROM directus_fields WHERE field = 'value'")).toEqual([]);
  });

  it('keeps sizes, takes the moment as a default, and refuses what the database has not', async () => {
    const model = open();
    await model.table('things');
    await model.sql('INSERT INTO things DEFAULT VALUES');
    const price = await model.field('things', {
      field: 'price',
      type: 'decimal',
      schema: { numeric_precision: 8, numeric_scale: 2 },
    });
    expect(price.type).toBe(dialect === 'sqlite' ? 'float' : 'decimal');
    if (dialect === 'postgres') expect(price.schema).toMatchObject({ numeric_precision: 8, numeric_scale: 2 });
    const at = await model.field('things', { field: 'at', type: 'timestamp', schema: { default_value: 'now()' } });
    expect(at.schema?.default_value).toBe('CURRENT_TIMESTAMP');
    expect((await model.rows('SELECT at FROM things'))[0]?.at).not.toBeNull();
    const point = { field: 'spot', type: 'geometry.Point' };
    expect(await codeOf(() => model.field('things', point))).toBe('INVALID_PAYLOAD');
  });

  it('fills rows with the default of a not-null field and refuses one without', async () => {
    const model = open();
    await model.table('things');
    await model.sql('INSERT INTO things DEFAULT VALUES');
    await model.field('things', { field: 'seats', type: 'integer', schema: { default_value: 12, is_nullable: false } });
    expect(await model.rows('SELECT seats FROM things')).toEqual([{ seats: 12 }]);
    const bare = { field: 'bare', type: 'integer', schema: { is_nullable: false } };
    expect(await codeOf(() => model.field('things', bare))).toBe('CONTAINS_NULL_VALUES');
    await model.sql('DELETE FROM things');
    expect((await model.field('things', bare)).schema).toMatchObject({ is_nullable: false, default_value: null });
  });

  it('changes default, nullability, uniqueness and index of a column with rows', async () => {
    const model = open();
    await model.table('things', { field: 'n', type: 'integer', schema: {} });
    await model.sql('INSERT INTO things (n) VALUES (1), (2), (NULL)');
    expect(await codeOf(() => model.change('things', 'n', { schema: { is_nullable: false } }))).toBe(
      'CONTAINS_NULL_VALUES',
    );
    await model.sql('UPDATE things SET n = 3 WHERE n IS NULL');
    const changed = await model.change('things', 'n', {
      schema: { is_nullable: false, default_value: 5, is_unique: true, is_indexed: true },
    });
    expect(changed.schema).toMatchObject({ is_nullable: false, default_value: 5, is_unique: true, is_indexed: true });
    await expect(model.sql('INSERT INTO things (n) VALUES (1)')).rejects.toMatchObject({ kind: 'unique' });
    const back = await model.change('things', 'n', {
      schema: { is_nullable: true, default_value: null, is_unique: false, is_indexed: false },
    });
    expect(back.schema).toMatchObject({ is_nullable: true, default_value: null, is_unique: false, is_indexed: false });
    await model.sql('INSERT INTO things (n) VALUES (1), (NULL)');
    expect(await codeOf(() => model.change('things', 'n', { schema: { is_unique: true } }))).toBe('RECORD_NOT_UNIQUE');
    expect((await model.change('things', 'n', { schema: { is_indexed: true } })).schema?.is_indexed).toBe(true);
    expect(await model.rows('SELECT n FROM things ORDER BY id')).toHaveLength(5);
  });

  it('converts values to another type, or changes nothing', async () => {
    const model = open();
    await model.table('things', { field: 'v', type: 'integer', schema: { default_value: 7 } });
    await model.sql('INSERT INTO things (v) VALUES (1), (NULL), (300)');
    expect((await model.change('things', 'v', { type: 'text', schema: {} })).schema?.default_value).toBe('7');
    expect(await model.rows('SELECT v FROM things ORDER BY id')).toEqual([{ v: '1' }, { v: null }, { v: '300' }]);
    expect(
      (await model.change('things', 'v', { type: 'json', schema: { default_value: null } })).meta?.special,
    ).toEqual(['cast-json']);
    const text = await model.change('things', 'v', { type: 'string', schema: { max_length: 4 } });
    expect(text).toMatchObject({ type: 'string', schema: { max_length: 4 }, meta: { special: null } });
    expect(await codeOf(() => model.change('things', 'v', { schema: { max_length: 2 } }))).toBe('VALUE_TOO_LONG');
    await model.sql("INSERT INTO things (v) VALUES ('x')");
    expect(await codeOf(() => model.change('things', 'v', { type: 'integer' }))).toBe('INVALID_PAYLOAD');
    expect(await codeOf(() => model.change('things', 'v', { type: 'date' }))).toBe('INVALID_PAYLOAD');
    expect(model.fieldAt('things', 'v')).toMatchObject({ type: 'string', schema: { max_length: 4 } });
    await model.sql("DELETE FROM things WHERE v = 'x'");
    expect(await model.change('things', 'v', { type: 'float' })).toMatchObject({ type: 'float' });
    await model.sql('UPDATE things SET v = 1.5 WHERE v = 1');
    expect(await codeOf(() => model.change('things', 'v', { type: 'integer' }))).toBe('INVALID_PAYLOAD');
    await model.sql('DELETE FROM things WHERE v = 1.5');
    await model.change('things', 'v', { type: 'integer' });
    expect(await model.rows('SELECT v FROM things ORDER BY id')).toEqual([{ v: null }, { v: 300 }]);
  });

  it('takes back what it answered without changing anything', async () => {
    const model = open();
    await model.table(
      'things',
      { field: 'at', type: 'timestamp', schema: { default_value: 'CURRENT_TIMESTAMP' } },
      { field: 'price', type: 'decimal', schema: { is_unique: true } },
      { field: 'name', type: 'string', schema: { default_value: 'x', is_nullable: false } },
    );
    for (const name of ['id', 'at', 'price', 'name']) {
      const { meta, schema, type, field } = model.fieldAt('things', name);
      const again = await model.change('things', name, { field, type, schema, meta });
      expect(again).toEqual({ collection: 'things', field, type, schema, meta });
    }
  });

  it('refuses bodies that make no sense, and changes nothing', async () => {
    const model = open();
    await model.table('things', { field: 'name', type: 'string' });
    const before = JSON.stringify([...(model.schema.snapshot.collections.get('things')?.fields ?? [])]);
    const bad: unknown[] = [
      null,
      [],
      'text',
      { type: 'string' },
      { field: 7, type: 'string' },
      { field: 'x' },
      { field: 'x', type: 'unknown' },
      { field: 'x', type: 'toString' },
      { field: '__proto__', type: 'string' },
      { field: 'constructor', type: 'string' },
      { field: 'a.b', type: 'string' },
      { field: 'a"b', type: 'string' },
      { field: 'x'.repeat(64), type: 'string' },
      { field: 'NAME', type: 'string' },
      { field: 'x', type: 'string', schema: [] },
      { field: 'x', type: 'string', schema: { max_length: 0 } },
      { field: 'x', type: 'string', schema: { is_nullable: 'no' } },
      { field: 'x', type: 'string', schema: { is_primary_key: true } },
      { field: 'x', type: 'integer', schema: { has_auto_increment: true } },
      { field: 'x', type: 'integer', schema: { default_value: 'many' } },
      { field: 'x', type: 'string', schema: { default_value: 'nul\u0000' } },
      { field: 'x', type: 'string', meta: { hidden: 'yes' } },
      { field: 'x', type: 'string', meta: { special: [1] } },
      { field: 'x', type: 'string', meta: { sort: 1.5 } },
      { field: 'x', type: 'string', meta: 3 },
    ];
    for (const body of bad)
      expect([body, await codeOf(() => model.field('things', body))]).toEqual([body, 'INVALID_PAYLOAD']);
    expect(await codeOf(() => model.field('nope', { field: 'x', type: 'string' }))).toBe('FORBIDDEN');
    expect(await codeOf(() => model.change('things', 'nope', {}))).toBe('FORBIDDEN');
    for (const schema of [{ is_primary_key: true }, { has_auto_increment: true }]) {
      expect(await codeOf(() => model.change('things', 'name', { schema }))).toBe('INVALID_PAYLOAD');
    }
    expect(await codeOf(() => model.change('things', 'id', { type: 'string' }))).toBe('INVALID_PAYLOAD');
    expect(await codeOf(() => model.dropField('things', 'id'))).toBe('INVALID_PAYLOAD');
    expect(JSON.stringify([...(model.schema.snapshot.collections.get('things')?.fields ?? [])])).toBe(before);
  });

  it('adds fields to system collections and keeps their own', async () => {
    const model = open();
    await model.field('directus_users', { field: 'shoe_size', type: 'float', meta: {} });
    expect(model.fieldAt('directus_users', 'shoe_size').type).toBe('float');
    expect(model.fieldAt('directus_users', 'password')).toMatchObject({ type: 'hash', meta: { system: true } });
    await model.change('directus_users', 'password', { meta: { note: 'Long', special: null } });
    expect(model.fieldAt('directus_users', 'password').meta).toMatchObject({
      note: 'Long',
      special: ['hash', 'conceal'],
    });
    expect(await codeOf(() => model.dropField('directus_users', 'password'))).toBe('FORBIDDEN');
    expect(await codeOf(() => model.change('directus_users', 'email', { type: 'text' }))).toBe('INVALID_PAYLOAD');
    await model.dropField('directus_users', 'shoe_size');
    expect(await codeOf(async () => model.fieldAt('directus_users', 'limen_kind'))).toBe('FORBIDDEN');
  });

  it('forgets a field wherever it was named', async () => {
    const model = open();
    await model.collection({
      collection: 'things',
      schema: {},
      meta: { sort_field: 'secret', archive_field: 'secret' },
      fields: [
        { field: 'secret', type: 'string', schema: {}, meta: {} },
        { field: 'name', type: 'string', schema: {}, meta: { group: 'secret' } },
      ],
    });
    const policy = 'aaaaaaaa-0000-4000-8000-000000000000';
    await model.sql(`INSERT INTO directus_policies (id, name) VALUES ('${policy}', 'p');
      INSERT INTO directus_permissions (collection, action, fields, presets, validation, policy) VALUES
      ('things', 'update', 'name,secret', '{"secret":1,"name":2}',
       '{"_and":[{"secret":{"_eq":1}},{"_or":[{"secret":{"_eq":1}},{"name":{"_eq":2}}]}]}', '${policy}'),
      ('things', 'read', 'secret', NULL, NULL, '${policy}')`);
    const heard: string[] = [];
    model.store.onAnnouncement((topic) => heard.push(topic));
    await model.dropField('things', 'secret');
    const rows = await model.rows('SELECT fields, presets, validation FROM directus_permissions ORDER BY id');
    const json = (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value);
    expect(rows[0]?.fields).toBe('name');
    expect(json(rows[0]?.presets)).toEqual({ name: 2 });
    expect(json(rows[0]?.validation)).toEqual({ _and: [{ _or: [{ name: { _eq: 2 } }] }] });
    expect(rows[1]?.fields ?? '').toBe('');
    expect(heard).toContain('access');
    expect(model.schema.snapshot.collections.get('things')?.meta).toMatchObject({
      sort_field: null,
      archive_field: null,
    });
    expect(model.fieldAt('things', 'name').meta?.group).toBe(null);
  });
});
