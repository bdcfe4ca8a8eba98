import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, discard } from '../started-server.ts';
import { type Adopted, adopt } from './adopted.ts';

const TABLES = `
  CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
  CREATE DOMAIN percentage AS integer CHECK (VALUE BETWEEN 0 AND 100);
  CREATE TYPE pair AS (x integer, y text);
  CREATE TABLE people (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL,
    state mood NOT NULL DEFAULT 'ok',
    states mood[],
    tags text[] DEFAULT '{}',
    grid integer[][],
    share percentage,
    small smallint,
    big bigint,
    exact numeric(20, 6),
    any_number numeric,
    ratio real,
    at timestamptz(3),
    local timestamp,
    day date,
    hour time,
    lasting interval,
    address inet,
    code char(4),
    body bytea,
    facts jsonb,
    place point,
    period int4range,
    both_parts pair,
    bits bit(3),
    doubled integer GENERATED ALWAYS AS (small * 2) STORED,
    made uuid DEFAULT gen_random_uuid(),
    search tsvector GENERATED ALWAYS AS (to_tsvector('english', name)) STORED
  );
  INSERT INTO people (name, state, states, tags, grid, share, small, big, exact, any_number, ratio, at, local, day, hour,
    lasting, address, code, body, facts, place, period, both_parts, bits)
  VALUES ('Ann', 'happy', '{sad,ok}', '{a,"b c",NULL}', '{{1,2},{3,4}}', 50, 3, 9007199254740993,
    12345678901234.123456, 0.1, 1.5, '2024-02-29 12:34:56.789+02', '2024-02-29 12:34:56', '2024-02-29', '23:45:01',
    '1 day 02:00', '10.0.0.1/8', 'ab', '\\x0102', '{"a": [1]}', '(1,2)', '[1,5)', '(1,x)', B'101'), ('Bob', DEFAULT, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
  CREATE TABLE pets (id serial PRIMARY KEY, owner integer REFERENCES people (id), state mood);
  INSERT INTO pets (owner, state) VALUES (1, 'sad');
  CREATE TABLE "Mixed Case" ("ID" uuid PRIMARY KEY DEFAULT gen_random_uuid(), "select" varchar(10), "Ünï ""q"" x" integer);
  CREATE TABLE by_enum (key mood PRIMARY KEY, note text);
  CREATE TABLE by_text (key varchar(20) PRIMARY KEY, parent varchar(20) REFERENCES by_text (key));
  CREATE TABLE by_numeric (key numeric(10, 0) PRIMARY KEY, note text);
  CREATE TABLE by_char (key char(4) PRIMARY KEY, note text);
  CREATE TABLE by_day (key date PRIMARY KEY, note text);
  CREATE TABLE two_keys (a integer, b integer, note text, PRIMARY KEY (a, b));
  CREATE TABLE no_key (a integer);
  CREATE TABLE measures (id bigint NOT NULL, at date NOT NULL, value numeric, PRIMARY KEY (id)) PARTITION BY HASH (id);
  CREATE TABLE measures_0 PARTITION OF measures FOR VALUES WITH (MODULUS 2, REMAINDER 0);
  CREATE TABLE measures_1 PARTITION OF measures FOR VALUES WITH (MODULUS 2, REMAINDER 1);`;

describe.runIf(DATABASES.includes('postgres'))('tables that PostgreSQL had before', () => {
  let adopted: Adopted;
  const ask: Adopted['ask'] = (...parts) => adopted.ask(...parts);
  const read = async (path: string) => {
    const { status, data, message } = await ask('GET', path);
    expect([message, status]).toEqual(['', 200]);
    return data;
  };
  const count = async (collection: string, filter: object): Promise<number> =>
    (await read(`/items/${collection}?filter=${encodeURIComponent(JSON.stringify(filter))}`)).length;

  beforeAll(async () => {
    adopted = await adopt('postgres', TABLES);
  });
  afterAll(() => discard(adopted?.server));

  it('give their values, of every type', async () => {
    expect(await read('/items/people/1')).toEqual({
      id: 1,
      seq: 1,
      name: 'Ann',
      state: 'happy',
      states: ['sad', 'ok'],
      tags: ['a', 'b c', null],
      grid: [
        [1, 2],
        [3, 4],
      ],
      share: 50,
      small: 3,
      big: '9007199254740993',
      exact: '12345678901234.123456',
      any_number: 0.1,
      ratio: 1.5,
      at: '2024-02-29T10:34:56.789Z',
      local: '2024-02-29T12:34:56',
      day: '2024-02-29',
      hour: '23:45:01',
      lasting: '1 day 02:00:00',
      address: '10.0.0.1/8',
      code: 'ab  ',
      body: 'AQI=',
      facts: { a: [1] },
      place: '(1,2)',
      period: '[1,5)',
      both_parts: { x: 1, y: 'x' },
      bits: '101',
      doubled: 6,
      made: expect.stringMatching(/^[0-9a-f-]{36}$/),
      search: "'ann':1",
    });
    const [pet] = await read('/items/pets?fields=state,owner.*');
    expect(pet).toMatchObject({
      state: 'sad',
      owner: { states: ['sad', 'ok'], tags: ['a', 'b c', null], big: '9007199254740993' },
    });
    expect(await read('/items/people/2')).toMatchObject({
      state: 'ok',
      states: null,
      tags: null,
      place: null,
      doubled: null,
    });
  });

  it('tell what their fields are', async () => {
    const fields = (await read('/fields/people')) as { field: string; type: string; schema: Record<string, unknown> }[];
    const types = Object.fromEntries(fields.map(({ field, type }) => [field, type]));
    expect(types).toMatchObject({
      id: 'integer',
      state: 'unknown',
      tags: 'unknown',
      share: 'integer',
      exact: 'decimal',
      at: 'timestamp',
    });
    const schemaOf = (name: string) => fields.find(({ field }) => field === name)?.schema;
    expect(schemaOf('id')).toMatchObject({ has_auto_increment: true, is_generated: false, is_primary_key: true });
    expect(schemaOf('seq')).toMatchObject({ is_generated: true });
    expect(schemaOf('doubled')).toMatchObject({ is_generated: true });
    expect(schemaOf('state')).toMatchObject({ data_type: 'mood', default_value: 'ok' });
  });

  it('are filtered, sorted, grouped and searched by every type', async () => {
    expect(await count('people', { state: { _eq: 'happy' } })).toBe(1);
    expect(await count('people', { state: { _neq: 'happy' } })).toBe(1);
    expect(await count('people', { state: { _in: ['happy', 'no mood'] } })).toBe(1);
    expect(await count('people', { state: { _eq: 'no mood' } })).toBe(0);
    expect(await count('people', { state: { _icontains: 'APP' } })).toBe(1);
    expect(await count('people', { place: { _eq: '(1,2)' } })).toBe(1);
    expect(await count('people', { tags: { _contains: 'b c' } })).toBe(1);
    expect(await count('people', { tags: { _null: true } })).toBe(1);
    expect(await count('people', { period: { _nin: ['[1,5)'] } })).toBe(0);
    expect(await count('people', { lasting: { _between: ['0', '2'] } })).toBe(1);
    expect(await count('people', { exact: { _eq: '12345678901234.123456' } })).toBe(1);
    expect(await count('people', { at: { _eq: '2024-02-29T10:34:56.789Z' } })).toBe(1);
    expect(await count('people', { code: { _eq: 'ab' } })).toBe(1);
    expect(await count('pets', { owner: { state: { _eq: 'happy' } } })).toBe(1);
    for (const field of ['state', 'tags', 'place', 'period', 'both_parts', 'facts', 'search', 'bits']) {
      expect((await read(`/items/people?sort=-${field}&fields=id`)).length).toBe(2);
      expect((await read(`/items/people?groupBy=${field}&aggregate[count]=*`)).length).toBe(2);
      expect(await read(`/items/people?aggregate[countDistinct]=${field}`)).toEqual([
        { countDistinct: { [field]: field === 'state' ? 2 : expect.any(Number) } },
      ]);
    }
    expect((await read('/items/people?search=ann')).length).toBe(1);
    expect((await read('/items/people?fields=id&sort=owner_of&limit=1').catch(() => [])).length).toBe(0);
  });

  it('take values, and leave to the database what it computes', async () => {
    const item = await read('/items/people/1');
    // Composite values are read as objects, and written as the text that PostgreSQL takes.
    const { id: _, both_parts: __, ...rest } = item;
    const made = await ask('POST', '/items/people', {
      ...rest,
      name: 'Cyd',
      small: 5,
      tags: ['x y', '', 'null', '"', null],
      grid: [[5]],
    });
    expect(made).toMatchObject({ message: '', status: 200 });
    expect(made.data).toEqual({
      ...rest,
      both_parts: null,
      id: 3,
      seq: 3,
      name: 'Cyd',
      small: 5,
      doubled: 10,
      tags: ['x y', '', 'null', '"', null],
      grid: [[5]],
      search: "'cyd':1",
    });
    expect((await ask('PATCH', '/items/people/3', { ...made.data, state: 'sad', tags: [] })).data).toMatchObject({
      state: 'sad',
      tags: [],
    });
    expect((await ask('POST', '/items/people', { id: 77, name: 'Eve' })).data).toMatchObject({
      id: 77,
      state: 'ok',
      tags: [],
    });
    expect((await ask('PATCH', '/items/people/77', { doubled: 1, seq: 1 })).data).toMatchObject({ doubled: null });
  });

  it('refuse values that the database refuses, in the words of the API', async () => {
    const refused = async (body: object) => (await ask('PATCH', '/items/people/1', body)).code;
    expect(await refused({ state: 'no mood' })).toBe('INVALID_PAYLOAD');
    expect(await refused({ states: ['no mood'] })).toBe('INVALID_PAYLOAD');
    expect(await refused({ tags: 'no list' })).toBe('INVALID_PAYLOAD');
    expect(await refused({ share: 101 })).toBe('INVALID_PAYLOAD');
    expect(await refused({ small: 40000 })).toBe('VALUE_OUT_OF_RANGE');
    expect(await refused({ address: 'nowhere' })).toBe('INVALID_PAYLOAD');
    expect(await refused({ lasting: 'never' })).toBe('INVALID_PAYLOAD');
    expect(await refused({ code: 'too long' })).toBe('VALUE_TOO_LONG');
    expect(await refused({ state: null })).toBe('FAILED_VALIDATION');
    expect(await refused({ place: [1, 2] })).toBe('INVALID_PAYLOAD');
  });

  it('have any name', async () => {
    const path = `/items/${encodeURIComponent('Mixed Case')}`;
    const made = await ask('POST', path, { select: 'x', 'Ünï "q" x': 1 });
    expect(made).toMatchObject({ status: 200, message: '' });
    const key = made.data.ID;
    expect(await read(`${path}/${key}?fields=select,${encodeURIComponent('Ünï "q" x')}`)).toEqual({
      select: 'x',
      'Ünï "q" x': 1,
    });
    expect(await read(`${path}?filter[${encodeURIComponent('Ünï "q" x')}][_gte]=1&sort=select`)).toHaveLength(1);
    expect((await ask('DELETE', `${path}/${key}`)).status).toBe(204);
  });

  it.each([
    ['by_enum', 'sad', 'nothing'],
    ['by_text', 'a/b', 'nothing'],
    ['by_numeric', 12, 'nothing'],
    ['by_char', 'ab', 'toolong'],
    ['by_day', '2024-02-29', 'nothing'],
  ])('are addressed by the keys they have: %s', async (collection, key, unknown) => {
    expect((await ask('POST', `/items/${collection}`, { key })).message).toBe('');
    const path = `/items/${collection}/${encodeURIComponent(key)}`;
    const stored = collection === 'by_char' ? 'ab  ' : key;
    expect(await read(path)).toMatchObject({ key: stored });
    expect((await ask('GET', `/items/${collection}/${unknown}`)).code).toBe('FORBIDDEN');
    const change = collection === 'by_text' ? { parent: key } : { note: 'x' };
    expect((await ask('PATCH', path, change)).data).toMatchObject({ key: stored, ...change });
    expect((await ask('POST', `/items/${collection}`, { key })).code).toBe('RECORD_NOT_UNIQUE');
    expect((await ask('PATCH', `/items/${collection}`, { keys: [key], data: change })).data).toHaveLength(1);
    if (collection === 'by_text') await ask('PATCH', path, { parent: null });
    expect((await ask('DELETE', path)).message).toBe('');
    expect(await read(`/items/${collection}`)).toEqual([]);
  });

  it('are left out, and it is said why, when their items have no key of one column', async () => {
    for (const name of ['two_keys', 'no_key', 'measures_0'])
      expect((await ask('GET', `/items/${name}`)).code).toBe('FORBIDDEN');
    const output = adopted.server.output();
    expect(output).toContain('Table "two_keys" is not served: its primary key has several columns.');
    expect(output).toContain('Table "no_key" is not served: it has no primary key.');
    await ask('POST', '/collections', { collection: 'new', schema: {}, meta: {} });
    expect(adopted.server.output().match(/"two_keys" is not served/g)).toHaveLength(1);
    expect((await ask('POST', '/collections', { collection: 'two_keys', schema: {}, meta: {} })).code).toBe(
      'INVALID_PAYLOAD',
    );
  });

  it('may be partitioned', async () => {
    expect(
      (
        await ask('POST', '/items/measures', [
          { id: 1, at: '2024-01-01', value: '1.50' },
          { id: 2, at: '2024-01-02' },
        ])
      ).status,
    ).toBe(200);
    expect(await read('/items/measures')).toMatchObject([
      { id: 1, value: 1.5 },
      { id: 2, value: null },
    ]);
  });

  it('are changed like any other', async () => {
    expect(
      (await ask('POST', '/fields/people', { field: 'added', type: 'string', schema: { is_unique: true }, meta: {} }))
        .message,
    ).toBe('');
    expect((await ask('PATCH', '/fields/people/state', { meta: { note: 'How they are' } })).message).toBe('');
    const whole = await read('/fields/people/state');
    expect((await ask('PATCH', '/fields/people/state', whole)).message).toBe('');
    expect((await ask('PATCH', '/fields/people/name', { type: 'unknown' })).code).toBe('INVALID_PAYLOAD');
    expect((await ask('POST', '/fields/people', { field: 'odd', type: 'unknown' })).code).toBe('INVALID_PAYLOAD');
    expect((await ask('PATCH', '/fields/people/state', { schema: { is_nullable: true } })).message).toBe('');
    expect((await ask('PATCH', '/fields/people/1', {})).code).toBe('FORBIDDEN');
    expect((await ask('PATCH', '/fields/people/doubled', { schema: { is_nullable: false } })).code).toBe(
      'INVALID_PAYLOAD',
    );
    expect((await ask('DELETE', '/fields/people/states')).status).toBe(204);
    await ask('PATCH', '/collections/people', { meta: { note: 'Managed from now on' } });
    const file = await read('/schema/snapshot');
    expect((await ask('POST', '/schema/diff', file)).status).toBe(204);
    expect(await read('/items/people/1')).toMatchObject({ state: 'happy', added: null });
  });
});
