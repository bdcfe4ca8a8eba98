import fc, { type Arbitrary } from 'fast-check';
import { POST_FIELDS } from './fixture.ts';

const SQL = [
  "'",
  '"',
  '`',
  ';',
  "x'; drop table posts; --",
  'x"; drop table posts; --',
  'posts" union select password from directus_users --',
  '1) or 1=1 --',
  "' or '1'='1",
  'id) from directus_users; --',
  'title" collate nocase desc; --',
  "title', (select password from directus_users limit 1), '",
  '"posts"."title"',
  'posts.title',
  '$1',
  '?',
  ':name',
  '@x',
  '/*',
  '--',
  '\\',
  "\\'",
  'x\n; drop table posts',
];

const PROTOTYPES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'then',
  'toJSON',
];

const ODD = [
  '',
  ' ',
  '.',
  '..',
  '...',
  '*',
  '**',
  '*.*.*.*.*.*.*.*.*.*.*.*',
  '-',
  '--title',
  '-*',
  '[]',
  '{}',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-1',
  '1e9',
  '$CURRENT_USER',
  '$CURRENT_USER.password',
  '$FOLLOW(posts,category)',
  '$FOLLOW(',
  '$NOW',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\uffff',
  '😀',
  'ＴＩＴＬＥ',
  'TITLE',
  'tıtle',
  '\u202etitle',
  'rowid',
  '_rowid_',
  'ctid',
  'xmin',
  'sqlite_master',
  'pg_catalog.pg_user',
  'directus_users',
  'directus_sessions',
  'limen_nodes',
  'password',
  'token',
  'author.password',
  'author.token',
  'category.posts.author.tfa_secret',
  'category.posts.category.posts.category.posts.category.posts.category.posts.category.posts',
  'x'.repeat(70),
  'x'.repeat(3_000),
  'a.'.repeat(500),
];

const FUNCTIONS = [
  'year',
  'month',
  'week',
  'day',
  'weekday',
  'hour',
  'minute',
  'second',
  'count',
  'json',
  'sleep',
  'pg_sleep',
  'load_extension',
  'upper',
  '',
];

/** Names that are none, with SQL, prototypes and odd letters in them. */
export const badName: Arbitrary<string> = fc.oneof(
  fc.constantFrom(...SQL),
  fc.constantFrom(...PROTOTYPES),
  fc.constantFrom(...ODD),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const realField = fc.constantFrom(
  ...Object.keys(POST_FIELDS),
  'posts',
  'category.name',
  'author.email',
  'category.posts',
  'category.posts.title',
);

const call: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...FUNCTIONS),
    fc.oneof({ weight: 3, arbitrary: realField }, { weight: 1, arbitrary: badName }),
    fc.constantFrom(')', '', '))', ',a.b)', ', a[0])', ',*)'),
  )
  .map(([name, field, end]) => `${name}(${field}${end}`);

/** A field as a query names it: often one that exists. */
export const fieldName: Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: realField },
  { weight: 2, arbitrary: badName },
  { weight: 2, arbitrary: call },
);

export const collectionName: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('posts', 'categories', 'site', 'junk') },
  { weight: 1, arbitrary: fc.constantFrom('directus_users', 'directus_settings', 'unknown') },
  { weight: 1, arbitrary: badName },
);

const DATES = [
  '275760-09-13T00:00:00Z',
  '275760-09-14',
  '-271821-04-20T00:00:00Z',
  '+999999-01-01',
  '294277-01-01',
  '-4800-01-01',
  '0000-00-00',
  '9999-99-99',
  '2023-02-30',
  '24:61:61',
  '2024-01-01T00:00:00+99:99',
  '1e20',
  'now',
  'infinity',
  '$NOW(-99999999999 years)',
  '$NOW(+9e99 seconds)',
  '$NOW(1 fortnight)',
  '$NOW(',
];

const NUMBERS = [
  0,
  -0,
  -1,
  1.5,
  1e21,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  2 ** 64,
];

const NUMBER_TEXTS = [
  'NaN',
  'Infinity',
  '-Infinity',
  '9223372036854775808',
  '99999999999999999999999999',
  '1e400',
  '0x10',
  '1_000',
  '٣',
  '1,5',
  ' 1 ',
  '1;',
];

const scalar: Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 2, arbitrary: fc.constantFrom(...NUMBER_TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom(...DATES) },
  { weight: 2, arbitrary: badName },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, '', 'a') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.uuid() },
);

/** Keys are set one by one, so that `__proto__` is a key like the others once it is JSON. */
export function objectOf(key: Arbitrary<string>, value: Arbitrary<unknown>, maxKeys = 4): Arbitrary<object> {
  return fc.array(fc.tuple(key, value), { maxLength: maxKeys }).map((entries) => {
    const made = {};
    for (const [name, content] of entries) {
      Object.defineProperty(made, name, { value: content, enumerable: true, configurable: true, writable: true });
    }
    return made;
  });
}

/** Any JSON, most of it of a type that nobody expects there. */
export const anyValue: Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: objectOf(fc.oneof(badName, fc.constantFrom('create', 'update', 'delete', 'id', 'type')), tie('value')),
    },
  ),
})).value as Arbitrary<unknown>;

/** Those that exist, and some that do not. */
export const OPERATORS = [
  '_eq _neq _lt _lte _gt _gte _in _nin _null _nnull _contains _ncontains _icontains _nicontains _starts_with _nstarts_with',
  '_istarts_with _nistarts_with _ends_with _nends_with _iends_with _niends_with _between _nbetween _empty _nempty',
  '_intersects _nintersects _intersects_bbox _nintersects_bbox _regex _some _none _and _or _submitted _json _sql _foo __proto__ constructor _eq;',
].flatMap((line) => line.split(' '));

const NONEMPTY_OBJECT = { maxLength: 3 };

/** A filter, well-formed at some depth and wrong at another. */
export const filter: Arbitrary<unknown> = fc.letrec((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 5, arbitrary: objectOf(fieldName, tie('condition'), 2) },
    { weight: 2, arbitrary: objectOf(fc.constantFrom('_and', '_or'), fc.array(tie('rule'), NONEMPTY_OBJECT), 1) },
    { weight: 1, arbitrary: objectOf(fc.constantFrom('_and', '_or', '_some', '_none'), tie('anything'), 2) },
    { weight: 1, arbitrary: objectOf(fc.constantFrom('category', 'author', 'posts', 'extra', 'tags'), tie('rule'), 1) },
    { weight: 1, arbitrary: tie('anything') },
  ),
  condition: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 6, arbitrary: objectOf(fc.constantFrom(...OPERATORS), tie('operand'), 2) },
    { weight: 1, arbitrary: objectOf(fc.constantFrom('_some', '_none'), tie('rule'), 1) },
    { weight: 1, arbitrary: tie('anything') },
  ),
  operand: fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(scalar, { maxLength: 4 }) },
    { weight: 1, arbitrary: tie('anything') },
  ),
  anything: anyValue,
})).rule as Arbitrary<unknown>;

/** What may stand in a path as a key. */
export const key: Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 30 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom(...NUMBER_TEXTS, '-1', '0', '1.5', '00000000-0000-0000-0000-000000000000') },
  { weight: 2, arbitrary: badName },
);
