import './zone.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../../src/access/index.ts';
import { EMPTY_QUERY } from '../../src/query/index.ts';
import { DATABASES } from '../started-server.ts';
import { type PostgresServer, startPostgres, temporaryFolder } from '../store/databases.ts';
import { QueryDatabase } from './database.ts';
import type { Case, CollectionModel, Column, Filter, Json, Kind, RawQuery } from './model.ts';

const column = (kind: Kind, more: Partial<Column> = {}): Column => ({ kind, nullable: true, indexed: false, ...more });

const COLLECTIONS: CollectionModel[] = [
  {
    name: 'books',
    key: 'id',
    sortField: null,
    fields: {
      id: column('integer', { nullable: false }),
      title: column('string'),
      pages: column('bigInteger'),
      details: column('json'),
      author: column('string'),
      published: column('date'),
      opened: column('dateTime'),
      loans: { kind: 'list', from: 'loans', by: 'book', sort: null, special: 'o2m', on: null },
    },
  },
  {
    name: 'loans',
    key: 'id',
    sortField: null,
    fields: {
      id: column('integer', { nullable: false }),
      book: column('integer', { to: 'books', constrained: true }),
      borrower: column('string'),
      returned: column('boolean'),
      kind: column('string'),
      about: column('string', { any: { by: 'kind', allowed: ['books', 'loans'] } }),
    },
  },
];

const ROWS = {
  books: [
    {
      id: 1,
      title: 'Book 1',
      pages: '9007199254740993',
      details: 5,
      author: 'Ärger',
      published: '1970-01-01',
      opened: '1970-01-01T00:30:00',
    },
    {
      id: 2,
      title: 'Book 2',
      pages: '9007199254740993',
      details: '',
      author: 'ärger',
      published: '0001-01-01',
      opened: '1900-01-01T23:59:59',
    },
    {
      id: 3,
      title: 'Book 3',
      pages: 7,
      details: [1],
      author: 'A%',
      published: '2024-07-01',
      opened: '2024-07-01T07:00:00',
    },
  ],
  loans: [
    { id: 1, book: 1, borrower: 'Kevin', returned: true, kind: 'books', about: '3' },
    { id: 2, book: 1, borrower: 'Rita', returned: false, kind: 'loans', about: '3' },
    { id: 3, book: 2, borrower: 'Kevin', returned: false, kind: null, about: null },
  ],
};

/** What random queries have found, told in the smallest words. */
describe.each(DATABASES)('queries stay right on %s', (dialect) => {
  const folder = temporaryFolder();
  let server: PostgresServer | null = null;
  let database: QueryDatabase;

  beforeAll(async () => {
    if (dialect === 'postgres') server = await startPostgres();
    database = await QueryDatabase.open((await server?.createDatabase()) ?? { folder: folder.path });
    await database.build(COLLECTIONS);
    await database.load({ collections: COLLECTIONS, rows: ROWS }, (_, __, value) => value);
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
    folder.remove();
  });

  async function ask(collection: string, query: RawQuery): Promise<Json> {
    const got = await database.ask({ collection, keys: null, query, via: 'body', wrong: null });
    return 'code' in got ? got.code : [...got.items];
  }

  const keys = async (collection: string, filter: Filter): Promise<Json> => {
    const items = await ask(collection, { fields: ['id'], filter });
    return Array.isArray(items) ? items.map((item) => (item as { id: Json }).id) : items;
  };

  describe('conditions on a one-to-many', () => {
    const kevin = { borrower: { _eq: 'Kevin' } };
    const out = { returned: { _eq: false } };

    it('without a quantifier are met by one row, wherever the conjunction says them', async () => {
      const filters: Filter[] = [
        { loans: { ...kevin, ...out } },
        { _and: [{ loans: kevin }, { loans: out }] },
        { loans: kevin, _and: [{ _and: [{ loans: out }] }] },
        { _and: [{ '$FOLLOW(loans,book)': kevin }, { '$FOLLOW(loans,book)': out }] },
      ];
      for (const filter of filters) expect(await keys('books', filter)).toEqual([2]);
      expect(await keys('loans', { _and: [{ book: { loans: kevin } }, { book: { loans: out } }] })).toEqual([3]);
    });

    it('with quantifiers look for rows of their own, and so do alternatives', async () => {
      expect(await keys('books', { _and: [{ loans: { _some: kevin } }, { loans: { _some: out } }] })).toEqual([1, 2]);
      expect(await keys('books', { loans: kevin, _or: [{ loans: out }] })).toEqual([1, 2]);
      expect(await keys('books', { _and: [{ loans: kevin }, { loans: { _none: out } }] })).toEqual([]);
    });

    it('take the key of the row with them', async () => {
      expect(await keys('books', { loans: { _gt: 1, _lt: 3 } })).toEqual([1]);
      expect(await keys('books', { _and: [{ loans: { _in: [1, 2] } }, { loans: out }, { loans: kevin }] })).toEqual([]);
    });
  });

  it('the key under a scope of a many-to-any is one of that collection', async () => {
    expect(await keys('loans', { about: { _eq: '3' } })).toEqual([1, 2]);
    expect(await keys('loans', { 'about:loans': { _eq: 3 } })).toEqual([2]);
    expect(await keys('loans', { 'about:loans': { _null: true } })).toEqual([1, 3]);
  });

  it('whole numbers beyond 2^53 stay exact in groups and in what is computed', async () => {
    expect(await ask('books', { groupBy: ['pages'], aggregate: { max: ['pages'], sum: ['pages'] } })).toEqual([
      { pages: 7, max: { pages: 7 }, sum: { pages: 7 } },
      { pages: '9007199254740993', max: { pages: '9007199254740993' }, sum: { pages: '18014398509481986' } },
    ]);
  });

  it('sums need more digits than what is summed up', async () => {
    const most = '9223372036854775807';
    const { items, engine } = database.project;
    const access = await engine.access(SYSTEM);
    const made = await items.createMany(access, 'books', [{ pages: most }, { pages: most }], EMPTY_QUERY);
    const aggregate = { sum: ['pages'], sumDistinct: ['pages'] };
    expect(await ask('books', { aggregate, filter: { pages: { _eq: most } } })).toEqual([
      { sum: { pages: '18446744073709551614' }, sumDistinct: { pages: most } },
    ]);
    expect(await ask('books', { aggregate, groupBy: ['pages'], sort: ['-sum.pages'], limit: 1 })).toMatchObject([
      { pages: most },
    ]);
    await items.delete(access, 'books', { keys: (made ?? []).map(({ id }) => id) });
  });

  it('groups that sort alike come in the order of their values, so that pages hold each of them once', async () => {
    const query = { groupBy: ['title'], aggregate: { count: ['*'] }, sort: ['-count'] };
    expect(await ask('books', query)).toEqual([1, 2, 3].map((id) => ({ title: `Book ${id}`, count: 1 })));
  });

  it('documents are ordered by their text, numbers too, and an empty text is empty', async () => {
    expect(await ask('books', { fields: ['details'], sort: ['details'] })).toEqual([
      { details: '' },
      { details: 5 },
      { details: [1] },
    ]);
    expect(await keys('books', { details: { _empty: true } })).toEqual([2]);
  });

  it('deep reaches the items of a many-to-any, and its filter leaves null where it does not hold', async () => {
    const fields = ['id', 'about:books.loans', 'about:loans.borrower'];
    const deep = { 'about:books': { _filter: { title: { _eq: 'Book 1' } } } };
    expect(await ask('loans', { fields, deep })).toEqual([
      { id: 1, about: null },
      { id: 2, about: { borrower: 'Kevin' } },
      { id: 3, about: null },
    ]);
    const both = { 'about:books': { loans: { _limit: 0 } }, 'about:loans': { _search: 'nobody' } };
    expect(await ask('loans', { fields, deep: both })).toEqual([
      { id: 1, about: { loans: [] } },
      { id: 2, about: null },
      { id: 3, about: null },
    ]);
  });

  it('letters are letters beyond ASCII too', async () => {
    const found = async (filter: Filter): Promise<Json> => keys('books', filter);
    expect(await found({ author: { _icontains: 'ÄRG' } })).toEqual([1, 2]);
    expect(await found({ author: { _istarts_with: 'ä' } })).toEqual([1, 2]);
    expect(await found({ author: { _niends_with: 'ER%' } })).toEqual([1, 2, 3]);
    expect(await found({ author: { _contains: 'Ä' } })).toEqual([1]);
    expect(await ask('books', { fields: ['id'], search: 'äRGER' })).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('keys without a limit have one page', async () => {
    const query: RawQuery = { fields: ['id'], page: 2 };
    const one: Case = { collection: 'books', keys: [3, 1], query, via: 'body', wrong: null };
    expect(await database.ask(one)).toEqual({ items: [{ id: 1 }, { id: 3 }], meta: null });
    expect(await database.ask({ ...one, query: { ...query, limit: 1 } })).toEqual({
      items: [{ id: 3 }],
      meta: null,
    });
  });

  it('whole numbers compare with numbers that they can not be', async () => {
    for (const field of ['id', 'pages', 'count(loans)']) {
      const found = async (operators: Json): Promise<Json> => {
        const items = await keys('books', { [field]: operators });
        return Array.isArray(items) ? items.length : items;
      };
      expect(await found({ _lt: 1e30 })).toBe(3);
      expect(await found({ _gte: '-99999999999999999999' })).toBe(3);
      expect(await found({ _neq: 2.5 })).toBe(3);
      expect(await found({ _nin: [2.5, 1e30] })).toBe(3);
      expect(await found({ _nbetween: [1e30, 1e31] })).toBe(3);
      expect(await found({ _eq: 2.5 })).toBe(0);
      expect(await found({ _in: ['2.5', 1e30] })).toBe(0);
      expect(await found({ _gt: 3e30 })).toBe(0);
      expect(await found({ _gt: 'none' })).toBe(0);
    }
    expect(await keys('books', { id: { _between: [0.5, 2.5] } })).toEqual([1, 2]);
    expect(await keys('books', { id: { _gt: 2.5 } })).toEqual([3]);
    expect(await keys('books', { id: { _lte: '2.5' } })).toEqual([1, 2]);
    expect(await keys('books', { id: { _lt: 3_000_000_000 } })).toEqual([1, 2, 3]);
  });

  it('parts of dates are those of the calendar, in years in which the zone was another one', async () => {
    const fields = ['year(published)', 'month(published)', 'day(published)', 'weekday(published)', 'hour(opened)'];
    const part = (year: number, month: number, day: number, weekday: number, hour: number) => ({
      published_year: year,
      published_month: month,
      published_day: day,
      published_weekday: weekday,
      opened_hour: hour,
    });
    expect(await ask('books', { fields })).toEqual([
      part(1970, 1, 1, 4, 0),
      part(1, 1, 1, 1, 23),
      part(2024, 7, 1, 1, 7),
    ]);
    expect(await keys('books', { 'year(published)': { _eq: 1970 } })).toEqual([1]);
  });

  it('counting goes on from the keys that were given', async () => {
    const { items, engine } = database.project;
    const access = await engine.access(SYSTEM);
    const create = async (payload: { id?: Json }) => (await items.create(access, 'loans', payload, EMPTY_QUERY))?.id;
    expect(await create({ id: 70 })).toBe(70);
    expect(await create({})).toBe(71);
    expect(await create({ id: 60 })).toBe(60);
    expect(await create({ id: null })).toBe(72);
    await items.delete(access, 'loans', { keys: [60, 70, 71, 72] });
  });
});
