import { POST_FIELDS } from './fixture.ts';
import { encoded, type FuzzRequest, type Identity, TOKENS } from './requests.ts';
import { OPERATORS } from './values.ts';

const AGGREGATES = ['count', 'countDistinct', 'sum', 'sumDistinct', 'avg', 'avgDistinct', 'min', 'max'];
const FUNCTIONS = ['year', 'month', 'week', 'day', 'weekday', 'hour', 'minute', 'second', 'count'];
const OPERANDS = ['null', '""', '"a"', '"%"', '1', '-1.5', 'true', '"2024-02-29"', '[]', '[1,2]', '["a",null]', '{}'];

/** Every sort, group, aggregate, function and operator on a field of every type: each fits, or is refused. */
export function operationsOnTypes(): FuzzRequest[] {
  return Object.keys({ ...POST_FIELDS, posts: 'alias' }).flatMap((field) => {
    const collection = field === 'posts' ? '/items/categories' : '/items/posts';
    const asked = (query: string) => search('admin', query, collection);
    const calls = FUNCTIONS.map((name) => `${name}(${field})`);
    const names = [field, ...calls];
    return [
      ...names.flatMap((name) => [
        asked(`{"fields":["id","${name}"]}`),
        asked(`{"sort":["-${name}"],"limit":3}`),
        asked(`{"sort":["category.${name}"],"limit":3}`),
        asked(`{"groupBy":["${name}"],"aggregate":{"count":"*"},"sort":["-${name}"]}`),
        asked(`{"filter":{"${name}":{"_gt":1}}}`),
        asked(`{"alias":{"other":"${name}"},"fields":["other"]}`),
        send('member', 'SEARCH', collection, `{"query":{"fields":["${name}"],"filter":{"${name}":{"_nnull":true}}}}`),
      ]),
      ...AGGREGATES.flatMap((name) => [
        asked(`{"aggregate":{"${name}":"${field}"}}`),
        asked(`{"aggregate":{"${name}":["${field}"]},"groupBy":["status"],"sort":["-${name}.${field}"]}`),
      ]),
      ...OPERATORS.flatMap((operator) =>
        OPERANDS.map((operand) => asked(`{"filter":{"${field}":{"${operator}":${operand}}},"limit":2}`)),
      ),
      ...OPERANDS.flatMap((operand) => [
        send('admin', 'PATCH', `${collection}/1`, `{"${field}":${operand}}`),
        send('admin', 'POST', collection, `{"title":"typed","name":"typed","${field}":${operand}}`),
      ]),
    ];
  });
}

/** Requests that a generator would not find: too long, too deep, too many. Each is sent as everybody. */
export function corpus(): FuzzRequest[] {
  return (['admin', 'member', 'public'] as const).flatMap((as) => [
    ...deep(as),
    ...long(as),
    ...many(as),
    ...keys(as),
    ...addresses(as),
  ]);
}

const get = (as: Identity, path: string): FuzzRequest => ({ as, method: 'GET', path, headers: credentials(as) });

const send = (as: Identity, method: string, path: string, body: string): FuzzRequest => ({
  as,
  method,
  path,
  headers: { ...credentials(as), 'content-type': 'application/json' },
  body,
});

const search = (as: Identity, query: string, path = '/items/posts'): FuzzRequest =>
  send(as, 'SEARCH', path, `{"query":${query}}`);

const credentials = (as: Identity): Record<string, string> =>
  TOKENS[as] ? { authorization: `Bearer ${TOKENS[as]}` } : {};

const nested = (depth: number, open: string, close: string, core: string): string =>
  open.repeat(depth) + core + close.repeat(depth);

function deep(as: Identity): FuzzRequest[] {
  const and = (depth: number) => nested(depth, '{"_and":[', ']}', '{"id":{"_eq":1}}');
  const relation = (depth: number) => nested(depth, '{"category":{"posts":', '}}', '{"id":{"_eq":1}}');
  const some = (depth: number) => nested(depth, '{"posts":{"_some":{"category":', '}}}', '{"name":{"_eq":"x"}}');
  const lists = (depth: number) => nested(depth, '[', ']', '1');
  const both = [9, 11, 50, 200, 10_000].flatMap((depth) => [
    and(depth),
    relation(depth),
    some(depth),
    `{"extra":{"_eq":${lists(depth)}}}`,
  ]);
  return [
    ...both.map((filter) => search(as, `{"filter":${filter}}`)),
    ...both
      .filter((filter) => filter.length < 5_000)
      .map((filter) => get(as, `/items/posts?filter=${encoded(filter)}`)),
    get(as, `/items/posts?filter=${nested(900, '{"_or":[', ']}', '{}')}`.replaceAll('"', '%22')),
    get(as, `/items/posts?filter${'[_and][0]'.repeat(1_500)}[id][_eq]=1`),
    get(as, `/items/posts?filter${'[category][posts]'.repeat(800)}[id][_eq]=1`),
    get(as, `/items/posts?deep${'[category][posts]'.repeat(500)}[_limit]=1`),
    get(as, `/items/posts?fields=${'category.posts.'.repeat(900)}id`),
    get(as, `/items/posts?fields=${'*.'.repeat(5_000)}*`),
    get(as, `/items/posts?sort=${'category.posts.'.repeat(900)}id`),
    get(as, `/items/posts?fields=${'year('.repeat(2_000)}at${')'.repeat(2_000)}`),
    search(as, `{"deep":${nested(10_000, '{"category":', '}', '{"_limit":1}')}}`),
    search(as, `{"fields":${lists(10_000)}}`),
    search(as, `{"aggregate":${nested(10_000, '{"count":', '}', '"id"')}}`),
    search(as, nested(10_000, '{"query":', '}', '{}')),
    send(as, 'POST', '/items/posts', `{"title":"deep","extra":${lists(10_000)}}`),
    send(as, 'POST', '/items/posts', `{"title":${lists(10_000)}}`),
    send(as, 'POST', '/items/posts', nested(10_000, '{"title":"x","category":{"posts":[', ']}}', '{"title":"y"}')),
    send(as, 'POST', '/items/posts', lists(10_000)),
    send(as, 'POST', '/permissions', `{"collection":"posts","action":"read","permissions":${and(10_000)}}`),
    send(as, 'POST', '/auth/login', `{"email":${lists(10_000)},"password":${lists(10_000)}}`),
  ];
}

function long(as: Identity): FuzzRequest[] {
  const twoMegabytes = 'x'.repeat(2 * 2 ** 20);
  const text = `{"title":"${twoMegabytes}"}`;
  return [
    send(as, 'POST', '/items/posts', text),
    send(as, 'PATCH', '/items/posts/1', text),
    send(as, 'DELETE', '/items/posts', `["${twoMegabytes}"]`),
    search(as, `{"search":"${twoMegabytes}"}`),
    send(as, 'POST', '/auth/login', `{"email":"a@example.com","password":"${twoMegabytes}"}`),
    send(as, 'POST', '/auth/refresh', `{"refresh_token":"${twoMegabytes}","mode":"json"}`),
    send(as, 'POST', '/users', text),
    send(as, 'POST', '/no/such/route', text),
    { ...send(as, 'POST', '/items/posts', text), headers: { ...credentials(as), 'content-type': 'text/plain' } },
    {
      ...send(as, 'POST', '/items/posts', text),
      headers: { ...credentials(as), 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
    },
    send(as, 'POST', '/items/posts', `{"title":"${'x'.repeat(300)}"}`),
    send(as, 'POST', '/items/posts', `{"title":"${'x'.repeat(900_000)}"}`),
    send(as, 'POST', '/auth/login', `{"email":"admin2@example.com","password":"${'x'.repeat(900_000)}"}`),
    send(as, 'POST', '/auth/login', `{"email":"${'x'.repeat(900_000)}@example.com","password":"x"}`),
    search(as, `{"search":"${'x '.repeat(400_000)}"}`),
    search(as, `{"filter":{"title":{"_icontains":"${'%_'.repeat(300_000)}"}}}`),
    search(as, `{"filter":{"body":{"_iends_with":"${'ab'.repeat(100_000)}"}}}`),
    search(as, `{"filter":{"title":{"_contains":"${'%_'.repeat(300_000)}"}}}`),
    search(as, `{"filter":{"title":{"_starts_with":"${'%'.repeat(60_000)}"}}}`),
    get(as, `/items/posts?search=${'x'.repeat(12_000)}`),
    get(as, `/items/posts/${'1'.repeat(12_000)}`),
    get(as, `/users/me?access_token=${'x'.repeat(10_000)}`),
    { ...get(as, '/users/me'), headers: { authorization: `Bearer ${'x'.repeat(10_000)}` } },
    { ...get(as, '/users/me'), headers: { cookie: `directus_session_token=${'x.'.repeat(5_000)}` } },
  ];
}

function many(as: Identity): FuzzRequest[] {
  const listOf = (count: number, one: (index: number) => unknown) =>
    JSON.stringify(Array.from({ length: count }, (_, index) => one(index)));
  return [
    search(as, `{"filter":{"id":{"_in":${listOf(40_000, (index) => index)}}}}`),
    search(as, `{"filter":{"id":{"_in":${listOf(120_000, (index) => index)}}}}`),
    search(as, `{"filter":{"_or":${listOf(5_000, (index) => ({ id: { _eq: index } }))}}}`),
    search(as, `{"filter":{"_and":${listOf(5_000, (index) => ({ title: { _neq: `t${index}` } }))}}}`),
    search(as, `{"filter":{"_or":${listOf(2_000, () => ({ category: { posts: { title: { _eq: 'x' } } } }))}}}`),
    search(as, `{"sort":${listOf(20_000, () => 'title')}}`),
    search(as, `{"sort":${listOf(3_000, (index) => (index % 2 ? 'category.name' : '-id'))}}`),
    search(as, `{"fields":${listOf(20_000, () => 'title')}}`),
    search(
      as,
      `{"fields":${listOf(3_000, (index) => `a${index}`)},"alias":{${Array.from({ length: 3_000 }, (_, index) => `"a${index}":"title"`).join()}}}`,
    ),
    search(as, `{"fields":["*.*.*.*.*.*.*.*.*.*"],"limit":-1}`),
    search(as, `{"groupBy":${listOf(3_000, () => 'title')},"aggregate":{"count":"*"}}`),
    search(as, `{"aggregate":{"count":${listOf(3_000, () => 'title')}}}`),
    search(as, `{"aggregate":{${Array.from({ length: 3_000 }, (_, index) => `"f${index}":"id"`).join()}}}`),
    search(as, '{}', '/items/posts?limit=1&limit=2&limit=3'),
    send(as, 'SEARCH', '/items/posts', `{"keys":${listOf(60_000, (index) => index)}}`),
    send(
      as,
      'DELETE',
      '/items/posts',
      listOf(60_000, (index) => 1_000_000 + index),
    ),
    send(as, 'PATCH', '/items/posts', `{"keys":${listOf(60_000, (index) => 1_000_000 + index)},"data":{"title":"x"}}`),
    send(
      as,
      'POST',
      '/items/posts',
      listOf(30_000, () => ({})),
    ),
    send(
      as,
      'POST',
      '/items/posts',
      listOf(1_000, (index) => ({ title: index === 999 ? null : `t${index}` })),
    ),
    send(
      as,
      'POST',
      '/items/posts',
      `{"title":"x",${Array.from({ length: 20_000 }, (_, index) => `"f${index}":1`).join()}}`,
    ),
    send(as, 'POST', '/items/posts', `{${Array.from({ length: 20_000 }, () => '"title":"x"').join()}}`),
    get(as, `/items/posts?${Array.from({ length: 2_000 }, (_, index) => `a${index}=1`).join('&')}`),
    get(as, `/items/posts?${Array.from({ length: 1_000 }, () => 'fields=id').join('&')}`),
    get(as, `/items/posts?${Array.from({ length: 600 }, () => 'filter[id][_in][]=1').join('&')}`),
    get(as, `/users/me?${Array.from({ length: 500 }, (_, index) => `access_token=${index}`).join('&')}`),
  ];
}

function keys(as: Identity): FuzzRequest[] {
  const numbers = [
    '9223372036854775807',
    '9223372036854775808',
    '-9223372036854775809',
    '1e30',
    '1e999',
    '-0',
    '1.5',
    '18446744073709551616',
  ];
  return [
    ...numbers.flatMap((number) => [
      send(as, 'POST', '/items/posts', `{"id":${number},"title":"numbered"}`),
      send(
        as,
        'POST',
        '/items/posts',
        `{"title":"numbers","views":${number},"big":${number},"score":${number},"price":${number}}`,
      ),
      send(as, 'DELETE', '/items/posts', `[${number}]`),
      send(as, 'PATCH', '/items/posts', `[{"id":${number},"title":"x"}]`),
      search(as, `{"filter":{"views":{"_gt":${number}}},"limit":${number}}`),
      search(as, `{"filter":{"big":{"_in":[${number}]}},"offset":${number}}`),
      get(as, `/items/posts/${number}`),
      get(as, `/items/posts?limit=${number}&page=${number}&filter[id]=${number}`),
    ]),
    ...['{}', '[]', '[[]]', 'null', '"\\u0000"', '"1; drop table posts"', '{"_eq":1}', '"__proto__"'].flatMap(
      (text) => [
        send(as, 'POST', '/items/posts', `{"id":${text},"title":"x"}`),
        send(as, 'PATCH', '/items/posts', `{"keys":[${text}],"data":{"title":"x"}}`),
        send(as, 'PATCH', '/items/posts', `{"query":${text},"data":{"id":${text}}}`),
        send(as, 'DELETE', '/items/posts', `{"keys":${text}}`),
        send(as, 'SEARCH', '/items/posts', `{"keys":${text},"query":${text}}`),
        send(as, 'POST', '/items/posts', `{"title":"x","category":${text},"author":${text}}`),
        send(as, 'POST', '/items/categories', `{"name":"x","posts":${text}}`),
        send(
          as,
          'POST',
          '/items/categories',
          `{"name":"x","posts":{"create":${text},"update":${text},"delete":${text}}}`,
        ),
      ],
    ),
  ];
}

function addresses(as: Identity): FuzzRequest[] {
  const queries = [
    ...[
      'a[99999999]=1',
      'filter[_in][99999999]=1',
      'fields[99999999]=id',
      'sort[4294967295]=id',
      'filter[id][_in][1000]=1',
      'fields[-1]=id',
    ],
    ...[
      '__proto__[limit]=1',
      'constructor[prototype][x]=1',
      'filter[__proto__][_eq]=1',
      'filter[constructor][name][_eq]=1',
      'deep[__proto__][_limit]=1',
    ],
    ...[
      'alias[__proto__]=title',
      'aggregate[__proto__]=id',
      'aggregate[constructor]=id',
      'fields[__proto__]=id',
      'meta[__proto__]=1',
    ],
    ...[
      'fields=%ff',
      'fields=%00',
      'filter=%7B%00',
      'sort=%c3%28',
      'search=%00',
      'search=%ff%fe',
      'search=%ed%a0%80',
      '%ff=1',
      '%00=%00',
      'filter[%00][_eq]=1',
    ],
    ...[
      'filter=%',
      'filter=%2',
      '&&&&=',
      '=',
      '=1',
      '[',
      ']',
      '[]=1',
      '[a]=1',
      'a[=1',
      'a]b[=1',
      'filter[=1',
      'filter]=1',
      'filter[[[[a]=1',
      'filter[]=1',
    ],
    ...[
      'filter=',
      'filter=null',
      'filter=[]',
      'filter=1',
      'filter="x"',
      'filter={}',
      'filter[_and]=x',
      'filter[_and][a]=x',
      'filter[_or]=',
      'filter={"id":{"_in":{}}}',
    ],
    ...[
      'limit=1&limit=2',
      'limit[]=1',
      'limit[a]=1',
      'page=1&page=x',
      'search=a&search=b',
      'search[a]=1',
      'sort[a][b]=1',
      'meta=*&meta=*',
      'export=csv&export=json',
    ],
    ...[
      'export=csv&limit=0',
      'export=../../etc/passwd',
      'access_token[]=x',
      'access_token[a]=x',
      'version=../x',
      'backlink=x',
      'filter[title][_eq]=x&filter={}',
    ],
  ];
  const paths = [
    ...[
      '//',
      '///items/posts',
      '/items',
      '/items/',
      '/items//',
      '/items//1',
      '/items/posts/',
      '/items/posts//',
      '/items/posts/1/',
      '/items/posts/1/2/3',
      '/items/./posts',
    ],
    ...[
      '/items/../users',
      '/items/..%2fusers',
      '/items/%2e%2e/users',
      '/items/posts%2f1',
      '/items/%00',
      '/items/posts%00',
      '/items/posts/%00',
      '/items/posts/1%00',
    ],
    ...[
      '/%ff',
      '/items/%ff',
      '/items/posts/%ff',
      '/items/posts/%',
      '/items/%zz',
      '/items/posts/%c3%28',
      '/ITEMS/posts',
      '/Items/Posts',
      '/items/posts;a=1',
      '/items/posts/1;x',
    ],
    ...[
      '/items/posts\\1',
      '/items/posts/1#x',
      '/items/posts/*',
      '/items/*',
      '/items/posts/me',
      '/users/me/x',
      '/users//me',
      '/auth/login/',
      '/auth/login/__proto__',
    ],
    ...[
      '/auth/login/constructor',
      '/auth/login/default',
      '/auth/login/x/callback',
      '/fields/posts/__proto__',
      '/relations/posts/__proto__',
      '/collections/__proto__',
    ],
    ...[
      '/permissions/me/__proto__',
      '/permissions/me/posts/__proto__',
      '/permissions/me/posts/1/2',
      '/server',
      '/server/',
      '/server/ping/x',
      '/.env',
      '/../../etc/passwd',
      '/admin/../items',
    ],
    ...[
      '/__proto__',
      '/constructor',
      '/toString',
      '/favicon.ico',
      '/robots.txt',
      '/utils/hash/generate',
      '/schema/apply',
      '/utils/cache/clear',
      '/files/x',
      '/assets/../../data.db',
    ],
  ];
  return [
    ...queries.map((query) =>
      get(as, `/items/posts?${query.replaceAll('"', '%22').replaceAll('{', '%7B').replaceAll('}', '%7D')}`),
    ),
    ...queries.slice(0, 26).map((query) => get(as, `/users?${query}`)),
    ...paths.map((path) => get(as, path)),
    ...paths.map((path) => send(as, 'POST', path, '{"x":1}')),
    ...paths.slice(0, 40).map((path) => send(as, 'DELETE', path, '')),
  ];
}
