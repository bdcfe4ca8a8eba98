import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Access, RequestScope, SYSTEM } from '../../src/access/index.ts';
import { EMPTY_QUERY, parseQuery, type Query, QueryReader, QueryRunner } from '../../src/query/index.ts';
import type { Shape } from '../../src/query/shape.ts';
import { columnsOf } from '../../src/query/stream.ts';
import type { Reader } from '../../src/store/types.ts';
import { type Blog, openBlog } from '../explain/blog.ts';
import { ANN, type Granted, profileWith } from '../plans/bookshop.ts';

const LIMITS = { defaultRows: 100, maxRows: null, maxDepth: 10, maxJsonDepth: 10 };

/** What is kept of plans, what is read at once, and what is read where it keeps nobody waiting. */
describe('running queries on SQLite', () => {
  let blog: Blog;
  beforeAll(async () => {
    blog = await openBlog('sqlite');
  });
  afterAll(() => blog?.remove());

  const accessOf = (granted: readonly Granted[] | null = null): Access => ({
    accountability: SYSTEM,
    profile: profileWith(blog.project.schema.snapshot, granted),
    scope: new RequestScope(ANN, 0),
  });
  const asked = (query: object): Query => parseQuery(query as Record<string, unknown>, null);

  /** The database, with a note of what was read aside. */
  function noting(asides: boolean[]): Reader {
    const { store } = blog.project;
    return Object.create(store, {
      rows: {
        value: (text: string, values?: never, aside = false) => {
          asides.push(aside);
          return store.rows(text, values, aside);
        },
      },
    }) as Reader;
  }

  it('keeps plans of queries that are asked again, and of no others', () => {
    const reader = new QueryReader({ maxDepth: 10, arrayLimit: 100, maxRows: null });
    const runner = new QueryRunner(LIMITS, 'sqlite');
    const access = accessOf();
    const kept = reader.read('fields=id');
    const plan = runner.plan(access, 'posts', kept, null);
    expect(runner.plan(access, 'posts', kept, null)).toBe(plan);
    expect(runner.plan(access, 'comments', kept, null)).not.toBe(plan);
    expect(runner.plan(access, 'posts', kept, 'one')).not.toBe(plan);
    expect(runner.plan(accessOf(), 'posts', kept, null)).not.toBe(plan);
    const once = reader.normalise({ fields: 'id' });
    expect(runner.plan(access, 'posts', once, null)).not.toBe(runner.plan(access, 'posts', once, null));
    const forgetful = new QueryRunner(LIMITS, 'sqlite', null, false);
    expect(forgetful.plan(access, 'posts', kept, null)).not.toBe(forgetful.plan(access, 'posts', kept, null));
  });

  it('keeps no plans with very long statements', () => {
    const runner = new QueryRunner(LIMITS, 'sqlite');
    const reader = new QueryReader({ maxDepth: 10, arrayLimit: 100, maxRows: null });
    const access = accessOf();
    for (const [fields, isLong] of [
      ['*.*', false],
      ['*.*.*.*.*.*', true],
    ] as const) {
      const query = reader.read(`fields=${fields}`);
      const plan = runner.plan(access, 'posts', query, null);
      expect(plan.body.statement.text.length > 16_384).toBe(isLong);
      expect(runner.plan(access, 'posts', query, null) === plan).toBe(!isLong);
    }
  });

  it('keeps queries of addresses in their normal form, but for long ones and those with a token', () => {
    const reader = new QueryReader({ maxDepth: 10, arrayLimit: 100, maxRows: null });
    expect(reader.read('')).toBe(EMPTY_QUERY);
    expect(reader.read('fields=a')).toBe(reader.read('fields=a'));
    expect(reader.read('fields=a').kept).not.toBe(reader.read('fields=b').kept);
    expect(reader.read('fields=a&access_token=x').kept).toBeNull();
    const text = (length: number) => `fields=${'a'.repeat(length - 7)}`;
    expect(reader.read(text(4096))).toBe(reader.read(text(4096)));
    expect(reader.read(text(4097))).not.toBe(reader.read(text(4097)));
    const forgetful = new QueryReader({ maxDepth: 10, arrayLimit: 100, maxRows: null }, false);
    expect(forgetful.read('fields=a')).not.toBe(forgetful.read('fields=a'));
    expect(() => reader.read('filter[a][b][c][d][e][f][g][h][i][j][k][l]=1')).toThrow(
      expect.objectContaining({ code: 'INVALID_QUERY' }),
    );
  });

  it('reads lists, items by their keys, and what was just written', async () => {
    const runner = new QueryRunner(LIMITS, 'sqlite');
    const { store } = blog.project;
    const access = accessOf();
    const ids = asked({ fields: 'id' });
    expect(await runner.read(store, access, 'posts', asked({ fields: 'id', limit: 2, meta: '*' }))).toEqual({
      items: [{ id: 1 }, { id: 2 }],
      meta: { total_count: 6, filter_count: 6 },
    });
    expect(await runner.read(store, access, 'posts', ids, 3)).toEqual({ items: [{ id: 3 }], meta: null });
    expect((await runner.read(store, access, 'posts', ids, [4, 2])).items).toEqual([{ id: 2 }, { id: 4 }]);
    const keyless = accessOf([['posts', null, ['title']]]);
    const titles = asked({ fields: 'title' });
    expect((await runner.readWritten(store, keyless, 'posts', titles, [2])).items).toEqual([{ title: 'Two' }]);
    await expect(async () => runner.read(store, keyless, 'posts', titles, [2])).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const groups = asked({ groupBy: ['status'], aggregate: { count: ['id', 'title'], countAll: '*' } });
    expect((await runner.read(store, access, 'posts', groups)).items[0]).toEqual({
      status: null,
      count: { id: 1, title: 1 },
      countAll: 1,
    });
  });

  it('reads wide ones aside, and never those inside of a write', async () => {
    const runner = new QueryRunner(LIMITS, 'sqlite');
    const asides: boolean[] = [];
    const reader = noting(asides);
    const wide = asked({
      fields: 'category.posts.title',
      limit: -1,
      deep: { category: { posts: { _limit: -1 } } },
      meta: '*',
    });
    await runner.read(reader, accessOf(), 'posts', wide);
    expect(asides.splice(0)).toEqual([true, true]);
    await runner.readWritten(reader, accessOf(), 'posts', wide, [1]);
    expect(asides.splice(0)).toEqual([false, false]);
    await runner.read(reader, accessOf(), 'posts', asked({}));
    expect(asides.splice(0)).toEqual([false]);
  });

  it('lets one wide one run at a time, and refuses when fifty wait', async () => {
    const runner = new QueryRunner(LIMITS, 'sqlite');
    const running = { now: 0, most: 0 };
    const { store } = blog.project;
    const reader = Object.create(store, {
      rows: {
        value: async (text: string, values?: never) => {
          running.now += 1;
          running.most = Math.max(running.most, running.now);
          await new Promise((resolve) => setImmediate(resolve));
          running.now -= 1;
          return store.rows(text, values);
        },
      },
    }) as Reader;
    const wide = asked({ fields: 'category.posts.title', limit: -1, deep: { category: { posts: { _limit: -1 } } } });
    const all = await Promise.allSettled(
      Array.from({ length: 52 }, () => runner.read(reader, accessOf(), 'posts', wide)),
    );
    const refused = all.filter(({ status }) => status === 'rejected');
    expect(refused).toEqual([{ status: 'rejected', reason: expect.objectContaining({ code: 'SERVICE_UNAVAILABLE' }) }]);
    expect(running.most).toBe(1);
  });

  it('moves a statement aside that was slow three times', async () => {
    const runner = new QueryRunner(LIMITS, 'sqlite');
    const { store } = blog.project;
    const asides: boolean[] = [];
    const reader = Object.create(store, {
      rows: {
        value: async (text: string, values?: never, aside = false) => {
          asides.push(aside);
          await new Promise((resolve) => setTimeout(resolve, 20));
          return store.rows(text, values);
        },
      },
    }) as Reader;
    const access = accessOf();
    for (let i = 0; i < 4; i++) await runner.read(reader, access, 'posts', asked({ fields: 'id' }));
    expect(asides).toEqual([false, false, false, true]);
  });

  it('streams what is longer than a batch, and reads the rest at once', async () => {
    const runner = new QueryRunner(LIMITS, 'sqlite');
    const { store } = blog.project;
    const collect = async (query: object, batch: number, keys: number[] | null = null) => {
      const stream = runner.stream(store, accessOf(), 'posts', asked(query), batch, keys);
      const sizes: number[] = [];
      for await (const items of stream.batches) sizes.push(items.length);
      return { columns: stream.columns, sizes };
    };
    const columns = [['id']];
    expect(await collect({ fields: 'id', limit: -1 }, 4)).toEqual({ columns, sizes: [4, 2] });
    expect(await collect({ fields: 'id', limit: 5 }, 4)).toEqual({ columns, sizes: [4, 1] });
    expect(await collect({ fields: 'id', limit: 4 }, 4)).toEqual({ columns, sizes: [4] });
    expect(await collect({ fields: 'id', limit: -1 }, 2, [1, 2, 3])).toEqual({ columns, sizes: [3] });
    expect(await collect({ groupBy: ['status'], limit: -1 }, 2)).toEqual({ columns: null, sizes: [4] });
  });

  it('has columns for the values of many-to-ones, after its own', () => {
    const value = (key: string) => ({ kind: 'value', key, decode: null }) as const;
    const shape = (...outputs: Shape['outputs']): Shape => ({ outputs, chunk: null });
    const inner = shape(value('name'), { kind: 'one', key: 'role', shape: shape(value('id')) });
    const whole = shape({ kind: 'one', key: 'author', shape: inner }, value('id'), {
      ...{ kind: 'many', key: 'notes', shape: inner },
    } as Shape['outputs'][number]);
    expect(columnsOf(whole)).toEqual([['id'], ['notes'], ['author', 'name'], ['author', 'role', 'id']]);
  });
});
