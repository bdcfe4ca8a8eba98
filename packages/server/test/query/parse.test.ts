import fc from 'fast-check';
import qs from 'qs';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../src/errors/index.ts';
import { parseParameters, QueryReader } from '../../src/query/parameters.ts';
import { parseQuery } from '../../src/query/parse.ts';

const LIMITS = { maxDepth: 10, arrayLimit: 100, maxRows: null };
const reader = new QueryReader(LIMITS);
const NAMES = [
  'fields',
  'filter',
  'sort',
  'limit',
  'offset',
  'page',
  'search',
  'meta',
  'aggregate',
  'groupBy',
  'deep',
  'alias',
  'export',
  'version',
  'backlink',
] as const;

const name = fc.constantFrom(
  'id',
  'title',
  'author.name',
  'count(comments)',
  'year(opened)',
  '-views',
  '*',
  '*.*',
  'x:y.z',
);
const plainName = fc.constantFrom('id', 'title', 'views');
const word = fc.constantFrom('a', 'b c', "it's", 'ä', '100%', '+1', 'x&y=z', '#');
const operator = fc.constantFrom('_eq', '_neq', '_contains', '_starts_with');
const { filter } = fc.letrec<{ filter: object }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', maxDepth: 2 },
    fc.tuple(plainName, operator, word).map(([field, one, value]) => ({ [field]: { [one]: value } })),
    fc
      .tuple(fc.constantFrom('_and', '_or'), fc.array(tie('filter'), { minLength: 1, maxLength: 3 }))
      .map(([key, list]) => ({ [key]: list })),
  ),
}));

const query = fc.record(
  {
    fields: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
    filter,
    sort: fc.uniqueArray(plainName, { minLength: 1, maxLength: 3 }),
    limit: fc.integer({ min: -1, max: 500 }),
    offset: fc.nat({ max: 100 }),
    page: fc.nat({ max: 10 }),
    search: word,
    meta: fc.constantFrom(['total_count'], ['filter_count'], ['*']),
    aggregate: fc.record(
      { count: fc.constant(['*']), sum: fc.uniqueArray(plainName, { minLength: 1 }) },
      { requiredKeys: [] },
    ),
    groupBy: fc.uniqueArray(plainName, { minLength: 1 }),
    alias: fc.dictionary(fc.constantFrom('first', 'second'), plainName, { minKeys: 1 }),
    deep: fc.record({
      comments: fc.record({ _limit: fc.nat({ max: 9 }), _filter: filter, _sort: fc.constant(['id']) }),
    }),
  },
  { requiredKeys: [] },
);

describe('queries', () => {
  it('mean the same in a body, in brackets, and as JSON in an address', () => {
    fc.assert(
      fc.property(query, (raw) => {
        const body = reader.normalise(raw);
        const brackets = qs.stringify(raw, { arrayFormat: 'indices' });
        const asJson = new URLSearchParams(
          Object.entries(raw).map(([key, value]): [string, string] => [
            key,
            Array.isArray(value) ? value.join(',') : typeof value === 'object' ? JSON.stringify(value) : String(value),
          ]),
        );
        const withoutKept = ({ kept: _, ...rest }: typeof body) => rest;
        expect(withoutKept(reader.read(asJson.toString()))).toEqual(withoutKept(body));
        const read = withoutKept(reader.read(brackets));
        // Lists in brackets stay lists; `_and` and `_or` of one element too.
        expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(withoutKept(body))));
      }),
      { numRuns: 500 },
    );
  });

  it('are read or refused with INVALID_QUERY, whatever they hold', () => {
    const anything = fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.string()));
    fc.assert(
      fc.property(anything, (raw) => {
        try {
          parseQuery(raw, 1000);
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
          expect((error as ApiError).code).toBe('INVALID_QUERY');
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('are read or refused, whatever the address', () => {
    const piece = fc.constantFrom(
      'filter',
      'fields',
      'deep',
      '[',
      ']',
      '=',
      '&',
      '_and',
      '%5B',
      '%',
      '0',
      '-1',
      ',',
      '{',
      '}',
      '"',
      '__proto__',
      'constructor',
      '.',
      '(',
      ')',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          reader.read(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
          expect((error as ApiError).code).toBe('INVALID_QUERY');
        }
        expect(Object.prototype).not.toHaveProperty('x');
      }),
      { numRuns: 3000 },
    );
  });

  it('keep what is said once, and commas inside of calls', () => {
    const read = reader.normalise({ fields: 'id, title,id,json(extra, a[0],b),title', sort: ['-id', '-id'] });
    expect(read.fields).toEqual(['id', 'title', 'json(extra, a[0],b)']);
    expect(read.sort).toEqual(['-id']);
  });

  it('are found again by their text', () => {
    const once = reader.read('fields=id&limit=3');
    expect(reader.read('fields=id&limit=3')).toBe(once);
    expect(once.kept).not.toBeNull();
    expect(reader.read('fields=id&access_token=secret').kept).toBeNull();
    expect(reader.normalise({ fields: 'id' }).kept).toBeNull();
  });

  it.each([
    ['limit', '-2'],
    ['limit', 'ten'],
    ['limit', '1.5'],
    ['limit', '1e3'],
    ['limit', '99999999999999999999'],
    ['offset', '-1'],
    ['page', '-1'],
    ['meta', 'everything'],
    ['export', 'exe'],
    ['filter', '{'],
    ['filter', '[]'],
    ['filter', '3'],
    ['aggregate', '{"median":["x"]}'],
    ['alias', '{"a.b":"c"}'],
    ['alias', '{"a":"b.c"}'],
    ['alias', '{"__proto__":"b"}'],
  ])('are refused with %s=%s', (parameter, value) => {
    expect(() => parseQuery({ [parameter]: value }, null)).toThrow(expect.objectContaining({ code: 'INVALID_QUERY' }));
  });

  it('keep to the most rows that may be asked for', () => {
    expect(() => parseQuery({ limit: 101 }, 100)).toThrow(expect.objectContaining({ code: 'INVALID_QUERY' }));
    expect(parseQuery({ limit: -1 }, 100).limit).toBe(-1);
    expect(() => parseQuery({ deep: { a: { _limit: 101 } } }, 100)).toThrow(
      expect.objectContaining({ code: 'INVALID_QUERY' }),
    );
  });

  it('are not there when they are empty', () => {
    const empty = Object.fromEntries(NAMES.map((one) => [one, '']));
    expect(parseQuery(empty, null)).toEqual({ ...parseQuery({}, null) });
    const none = Object.fromEntries(NAMES.map((one) => [one, null]));
    expect(parseQuery(none, null)).toEqual(parseQuery({}, null));
  });

  it('end at a depth', () => {
    const deep = `filter${'[_and][0]'.repeat(20)}[id]=1`;
    expect(() => parseParameters(deep, LIMITS)).toThrow(expect.objectContaining({ code: 'INVALID_QUERY' }));
  });
});
