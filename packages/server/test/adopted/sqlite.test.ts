import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discard } from '../started-server.ts';
import { type Adopted, adopt } from './adopted.ts';

const TABLES = `
  CREATE TABLE computed (id INTEGER PRIMARY KEY, price INT, twice INT GENERATED ALWAYS AS (price * 2) STORED NOT NULL,
    label TEXT AS ('no. ' || id));
  CREATE TABLE without_number (code TEXT PRIMARY KEY, note TEXT) WITHOUT ROWID;
  CREATE TABLE strict_one (id INTEGER PRIMARY KEY, name TEXT NOT NULL, ratio REAL, body BLOB, anything ANY) STRICT;
  CREATE TABLE odd (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    a NVARCHAR2(20), b NUMBER(10), c BIT, d MONEY, e, f STRING, g LONGTEXT, h INT8, i UNSIGNED BIG INT, j MEDIUMTEXT,
    k "double precision", l DATETIME2, m TINYINT(1), n INT UNSIGNED, o BLOB, p CHARACTER(36), q DEC(8, 2), r "TIMESTAMP WITH TIME ZONE");
  INSERT INTO odd (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r)
    VALUES ('a', 1, 1, 2.5, x'0102', 'f', 'g', 5, 6, 'j', 1.25, '2024-02-29', 1, 7, x'03', '00000000-0000-4000-8000-000000000001', 1.5, '2024-02-29 12:00:00');
  CREATE TABLE typeless (id INTEGER PRIMARY KEY, v, odd INTEGER REFERENCES odd);
  INSERT INTO typeless (v, odd) VALUES (1, 1), ('1', NULL), (2.5, NULL), (x'00ff', NULL), (NULL, NULL), ('text', NULL);
  CREATE TABLE "Mixed Case" ("The Key" varchar(10) PRIMARY KEY, "select" INT, "Ünï ""q"" x" INT);
  CREATE TABLE two_keys (a INT, b INT, PRIMARY KEY (a, b)) WITHOUT ROWID;
  CREATE TABLE no_key (a INT);
  CREATE VIRTUAL TABLE words USING fts5(body);`;

describe('tables that SQLite had before', () => {
  let adopted: Adopted;
  const ask: Adopted['ask'] = (...parts) => adopted.ask(...parts);
  const read = async (path: string) => {
    const { status, data, message } = await ask('GET', path);
    expect([message, status]).toEqual(['', 200]);
    return data;
  };
  const typesOf = async (collection: string): Promise<Record<string, string>> => {
    const fields = (await read(`/fields/${collection}`)) as { field: string; type: string }[];
    return Object.fromEntries(fields.map(({ field, type }) => [field, type]));
  };

  beforeAll(async () => {
    adopted = await adopt('sqlite', TABLES);
  });
  afterAll(() => discard(adopted?.server));

  it('may compute columns, which stay what they are', async () => {
    expect((await ask('POST', '/items/computed', { price: 4, twice: 99, label: 'x' })).data).toEqual({
      id: 1,
      price: 4,
      twice: 8,
      label: 'no. 1',
    });
    const item = await read('/items/computed/1');
    expect((await ask('PATCH', '/items/computed/1', { ...item, price: 5 })).data).toMatchObject({ twice: 10 });
    expect(
      (
        await ask('POST', '/fields/computed', {
          field: 'note',
          type: 'string',
          schema: { is_nullable: false, default_value: '' },
          meta: {},
        })
      ).message,
    ).toBe('');
    expect((await ask('PATCH', '/fields/computed/price', { schema: { is_indexed: true } })).message).toBe('');
    expect((await ask('PATCH', '/fields/computed/twice', { schema: { is_nullable: true } })).code).toBe(
      'INVALID_PAYLOAD',
    );
    expect((await ask('PATCH', '/items/computed/1', { price: 6 })).data).toMatchObject({ twice: 12, label: 'no. 1' });
  });

  it('may have no row numbers', async () => {
    expect((await ask('POST', '/items/without_number', { code: 'a' })).data).toEqual({ code: 'a', note: null });
    expect((await ask('POST', '/items/without_number', { note: 'x' })).code).toBe('FAILED_VALIDATION');
    expect((await ask('PATCH', '/fields/without_number/note', { schema: { default_value: 'new' } })).message).toBe('');
    expect((await ask('POST', '/items/without_number', { code: 'b' })).data).toEqual({ code: 'b', note: 'new' });
    expect((await ask('GET', '/items/without_number/a')).data).toEqual({ code: 'a', note: null });
  });

  it('may be strict', async () => {
    const made = await ask('POST', '/items/strict_one', { name: 'x', ratio: 0.5, body: 'AQI=', anything: 'any' });
    expect(made.data).toEqual({ id: 1, name: 'x', ratio: 0.5, body: 'AQI=', anything: 'any' });
    const add = async (type: string, schema: object = {}) =>
      ask('POST', '/fields/strict_one', { field: `new_${type}`, type, schema, meta: {} });
    for (const type of ['text', 'integer', 'float', 'boolean', 'json', 'csv', 'binary']) {
      expect([type, (await add(type)).message]).toEqual([type, '']);
    }
    for (const type of ['string', 'timestamp', 'uuid', 'date', 'bigInteger']) {
      expect([type, (await add(type)).code]).toEqual([type, 'INVALID_PAYLOAD']);
    }
    expect((await add('float', { is_nullable: false, default_value: 0.5, is_indexed: true })).code).toBe(
      'INVALID_PAYLOAD',
    );
    expect((await ask('PATCH', '/fields/strict_one/name', { schema: { is_nullable: true } })).message).toBe('');
    expect((await ask('PATCH', '/fields/strict_one/new_integer', { type: 'text' })).message).toBe('');
    const values = {
      new_text: 't',
      new_integer: '5',
      new_float: 1.5,
      new_boolean: true,
      new_json: { a: 1 },
      new_csv: ['a'],
      new_binary: 'AQI=',
    };
    expect((await ask('POST', '/items/strict_one', { name: 'y', ...values })).data).toMatchObject(values);
    expect((await ask('POST', '/items/strict_one', { name: 'y', ratio: 'text' })).status).toBe(400);
    expect(await typesOf('strict_one')).toMatchObject({
      new_integer: 'text',
      new_json: 'json',
      new_boolean: 'boolean',
    });
  });

  it('may have types of any name', async () => {
    expect(await typesOf('odd')).toMatchObject({
      a: 'string',
      b: 'decimal',
      c: 'unknown',
      e: 'unknown',
      g: 'text',
      h: 'bigInteger',
      i: 'bigInteger',
      j: 'text',
      k: 'float',
      m: 'boolean',
      n: 'bigInteger',
      o: 'binary',
      p: 'uuid',
      q: 'decimal',
      r: 'timestamp',
    });
    expect(await read('/items/odd/1')).toMatchObject({
      a: 'a',
      b: 1,
      c: 1,
      d: 2.5,
      e: 'AQI=',
      f: 'f',
      h: 5,
      k: 1.25,
      m: true,
      o: 'Aw==',
      q: 1.5,
    });
    expect((await ask('PATCH', '/items/odd/1', { c: 0, d: 3.5, e: 'text', h: '9007199254740993' })).data).toMatchObject(
      {
        c: 0,
        d: 3.5,
        e: 'text',
        h: '9007199254740993',
      },
    );
    expect(await read('/items/typeless?fields=v,odd.e,odd.c')).toEqual([
      { v: 1, odd: { e: 'text', c: 0 } },
      { v: '1', odd: null },
      { v: 2.5, odd: null },
      { v: 'AP8=', odd: null },
      { v: null, odd: null },
      { v: 'text', odd: null },
    ]);
    expect(await read('/items/typeless?sort=v&fields=id')).toHaveLength(6);
    expect(await read('/items/typeless?filter[v][_eq]=text')).toHaveLength(1);
    expect(await read('/items/typeless?filter[v][_eq]=1')).toHaveLength(2);
    expect(await read('/items/typeless?filter[v][_in]=1,text')).toHaveLength(3);
    expect(await read('/items/typeless?filter[v][_gt]=1&filter[v][_lt]=a&fields=id')).toEqual([{ id: 2 }, { id: 3 }]);
    expect(await read('/items/typeless?filter[v][_between]=0,2&fields=id')).toEqual([{ id: 1 }]);
  });

  it('may have any name', async () => {
    const path = `/items/${encodeURIComponent('Mixed Case')}`;
    expect((await ask('POST', path, { 'The Key': 'a/b', select: 1, 'Ünï "q" x': 2 })).message).toBe('');
    expect(await read(`${path}/${encodeURIComponent('a/b')}`)).toEqual({ 'The Key': 'a/b', select: 1, 'Ünï "q" x': 2 });
    expect(
      (await ask('PATCH', `/fields/${encodeURIComponent('Mixed Case')}/select`, { type: 'string', meta: {} })).message,
    ).toBe('');
    expect(await read(`${path}?sort=${encodeURIComponent('Ünï "q" x')}`)).toMatchObject([{ select: '1' }]);
  });

  it('are left out, and it is said why, when their items have no key of one column', async () => {
    for (const name of ['two_keys', 'no_key', 'words', 'words_data'])
      expect((await ask('GET', `/items/${name}`)).code).toBe('FORBIDDEN');
    expect(adopted.server.output()).toContain('Table "two_keys" is not served: its primary key has several columns.');
  });
});
