import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres, temporaryFolder } from '../store/databases.ts';
import { WorldDatabase } from './agreement/database.ts';
import { makeWorld } from './agreement/generate/world.ts';
import { type Case, type Json, MODEL, type PolicyRow, type RawQuery, type World } from './agreement/model.ts';
import { Random } from './agreement/random.ts';

const READING = { action: 'read', validation: null, presets: null } as const;

const POLICY = '00000000-0000-4000-8000-000000000009';

/** One policy for everybody: half of the posts, and their fields but for one. */
const HALF: PolicyRow = {
  id: POLICY,
  addresses: null,
  admin: false,
  app: false,
  permissions: [
    {
      ...READING,
      collection: 'posts',
      rule: { id: { _lte: 5 } },
      fields: Object.keys(MODEL.posts ?? {}).filter((name) => name !== 'body'),
    },
    { ...READING, collection: 'categories', rule: null, fields: ['*'] },
    { ...READING, collection: 'comments', rule: null, fields: ['*'] },
  ],
};

const generated = makeWorld(new Random(7));
const users = (generated.rows.directus_users ?? []).map((row) => ({ ...row, role: null }));
const WORLD: World = {
  rows: { ...generated.rows, directus_users: users },
  policies: [HALF],
  attachments: [{ policy: POLICY, role: null, user: null }],
};

const OPERATORS = [
  ...['_eq', '_neq', '_lt', '_lte', '_gt', '_gte', '_in', '_nin', '_between', '_nbetween'],
  ...['_null', '_nnull', '_empty', '_nempty', '_contains', '_ncontains', '_icontains', '_nicontains'],
  ...['_starts_with', '_nstarts_with', '_istarts_with', '_nistarts_with', '_ends_with', '_nends_with'],
  ...['_iends_with', '_niends_with', '_some', '_none', '_and', '_or', '_regex', '_json', '__proto__', '_'],
];
const FIELDS = ['id', 'title', 'views', 'published', 'opened', 'tags', 'extra', 'category', 'author', 'comments'];
const ODD_FIELDS = [
  'body',
  'secret',
  'nope',
  'year(opened)',
  'hour(views)',
  'count(comments)',
  'count(extra)',
  'count(tags)',
];
const WORDS = [
  '',
  'a',
  '%',
  '\\',
  "'",
  '"',
  '{',
  '}',
  '[1]',
  ',',
  '1',
  '-1.5',
  '1e400',
  'true',
  'null',
  '$NOW',
  '$NOW(+1 day)',
  '$CURRENT_USER',
  '$CURRENT_USER.first_name',
  '$CURRENT_ROLES',
  '2024-01-01',
  '2024-13-01',
  '😀',
  'a\0b',
  '99999999999999999999',
  '00000000-0000-4000-8000-000000001001',
];

const value = fc.oneof(
  fc.constantFrom<Json>(...WORDS, null, true, false, 0, 1, -1, 0.5, 2 ** 31, 2 ** 53, 1e308, [], {}),
  fc.array(fc.constantFrom<Json>(...WORDS, 0, 1, null, [1], {}), { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);
const field = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...FIELDS) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_FIELDS) },
);
/** Those that fit every type come first and more often. */
const operator = fc.oneof(fc.constantFrom(...OPERATORS.slice(0, 12)), fc.constantFrom(...OPERATORS));
const { filter } = fc.letrec<{ filter: Json }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.tuple(field, operator, value).map(([name, operator, right]) => ({ [name]: { [operator]: right } })),
    fc.tuple(field, value).map(([name, right]) => ({ [name]: right })),
    fc
      .tuple(fc.constantFrom('_and', '_or'), fc.array(tie('filter'), { maxLength: 3 }))
      .map(([key, list]) => ({ [key]: list })),
    fc
      .tuple(fc.constantFrom('category', 'comments', 'author'), tie('filter'))
      .map(([name, inner]) => ({ [name]: inner })),
    fc.tuple(fc.constantFrom('_some', '_none'), tie('filter')).map(([key, inner]) => ({ comments: { [key]: inner } })),
  ),
}));
const AGGREGATES = ['count', 'countDistinct', 'sum', 'sumDistinct', 'avg', 'avgDistinct', 'min', 'max'];
const query: fc.Arbitrary<RawQuery> = fc.oneof(
  fc.record(
    {
      filter: filter as fc.Arbitrary<{ [key: string]: Json }>,
      sort: fc.array(
        fc.tuple(fc.constantFrom('', '-'), field).map((parts) => parts.join('')),
        { maxLength: 3 },
      ),
      search: fc.constantFrom(...WORDS),
      limit: fc.integer({ min: -1, max: 12 }),
      fields: fc.array(fc.oneof(field, fc.constantFrom('*', 'comments.*', 'category.posts.id', 'author.*')), {
        maxLength: 4,
      }),
    },
    { requiredKeys: ['fields'] },
  ),
  fc.record(
    {
      aggregate: fc.dictionary(
        fc.constantFrom(...AGGREGATES),
        fc.uniqueArray(fc.oneof(field, fc.constant('*')), { minLength: 1, maxLength: 2 }),
      ),
      groupBy: fc.uniqueArray(field, { maxLength: 2 }),
      filter: filter as fc.Arbitrary<{ [key: string]: Json }>,
    },
    { requiredKeys: ['aggregate'] },
  ),
);

describe.each(['sqlite', 'postgres'] as const)('any query on %s', (dialect) => {
  const folder = temporaryFolder();
  let server: PostgresServer | null = null;
  let database: WorldDatabase;

  beforeAll(async () => {
    if (dialect === 'postgres') server = await startPostgres();
    database = await WorldDatabase.open((await server?.createDatabase()) ?? { folder: folder.path });
    await database.load(WORLD);
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
    folder.remove();
  });

  const ask = (raw: RawQuery, collection = 'posts') => {
    const one: Case = { caller: { user: null, ip: null }, collection, kind: 'list', keys: [], query: raw, via: 'body' };
    return database.ask(one, WORLD);
  };

  it('is answered or refused, and never by an error of the database', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (raw) => {
        const got = await ask(raw);
        if ('code' in got) expect(got.code).toMatch(/^(FORBIDDEN|INVALID_QUERY)$/);
      }),
      { numRuns: dialect === 'sqlite' ? 5000 : 2500 },
    );
  });

  it('shows no item outside the rule, whatever its filter', async () => {
    await fc.assert(
      fc.asyncProperty(filter, async (written) => {
        const got = await ask({
          filter: { _or: [written, { id: { _nnull: true } }] } as RawQuery['filter'],
          fields: ['id'],
        });
        if ('code' in got) return;
        expect(got.items).toEqual([1, 2, 3, 4, 5].map((id) => ({ id })));
      }),
      { numRuns: 500 },
    );
  });

  it('splits the items: a filter, its opposite, and those where it is not known', async () => {
    const compared = fc.constantFrom('title', 'views', 'published', 'opened', 'category');
    const PAIRS = [
      ['_eq', '_neq'],
      ['_in', '_nin'],
      ['_between', '_nbetween'],
    ] as const;
    await fc.assert(
      fc.asyncProperty(compared, fc.constantFrom(...PAIRS), value, async (name, pair, right) => {
        const counts = await Promise.all(
          pair.map(async (operator) => {
            const got = await ask({ filter: { [name]: { [operator]: right } }, aggregate: { count: ['*'] } });
            return 'code' in got ? null : ((got.items as { count: number }[])[0]?.count ?? null);
          }),
        );
        const known = await ask({ filter: { [name]: { _nnull: true } }, aggregate: { count: ['*'] } });
        if (counts.includes(null) || 'code' in known) return;
        const [meets, opposite] = counts as number[];
        const isNullCheck = right === null;
        const all = isNullCheck ? 5 : ((known.items as { count: number }[])[0]?.count ?? 0);
        expect((meets ?? 0) + (opposite ?? 0)).toBeLessThanOrEqual(all);
      }),
      { numRuns: 300 },
    );
  });
});
