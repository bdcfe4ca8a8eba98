import fc, { type Arbitrary } from 'fast-check';
import type { PlainRequest } from '../plain-request.ts';
import { ADMIN } from '../started-server.ts';
import { MEMBER, POST_FIELDS } from './fixture.ts';
import { anyValue, badName, collectionName, fieldName, filter, key, objectOf } from './values.ts';

export type Identity = 'admin' | 'member' | 'public';

export interface FuzzRequest extends PlainRequest {
  readonly as: Identity;
}

export const TOKENS: Readonly<Record<Identity, string>> = { admin: ADMIN.token, member: MEMBER.token, public: '' };

const identity = fc.constantFrom<Identity>('admin', 'member', 'member', 'public');

/** `encodeURIComponent` for every string, those with half a surrogate pair too. */
export const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

/** Something else instead of a value that a query parameter takes, now and then. */
const mostly = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | unknown> =>
  fc.oneof({ weight: 6, arbitrary }, { weight: 1, arbitrary: anyValue });

const QUERY: Record<string, Arbitrary<unknown>> = {
  fields: fc.array(fieldName, { maxLength: 4 }),
  filter,
  sort: fc.array(fieldName, { maxLength: 3 }),
  limit: fc.constantFrom<unknown>(1, 0, -1, -2, 1e20, 1.5, 'x', '1;', null, [1]),
  offset: fc.constantFrom<unknown>(0, -1, 1e20, 2 ** 63, 'x', []),
  page: fc.constantFrom<unknown>(1, 0, -5, 1e15, 'x', {}),
  search: fc.oneof(badName, anyValue),
  meta: fc.oneof(fc.constantFrom('*', 'total_count', 'filter_count,total_count'), badName),
  aggregate: objectOf(
    fc.oneof(fc.constantFrom('count', 'sum', 'avg', 'min', 'max', 'countDistinct', 'countAll', 'sumDistinct'), badName),
    mostly(fieldName),
    2,
  ),
  groupBy: fc.array(fieldName, { maxLength: 3 }),
  alias: objectOf(fc.oneof(fc.constantFrom('a', 'title'), badName), mostly(fieldName), 2),
  deep: objectOf(
    fc.oneof(fc.constantFrom('category', 'author', 'posts'), badName),
    objectOf(
      fc.oneof(
        fc.constantFrom('_filter', '_sort', '_limit', '_offset', '_page', '_search', '_alias', 'posts'),
        badName,
      ),
      fc.oneof(filter, anyValue),
      2,
    ),
    2,
  ),
  export: fc.oneof(fc.constantFrom('json', 'csv', 'xml', 'yaml'), badName),
  backlink: anyValue,
  version: fc.oneof(badName, anyValue),
};

const queryObject: Arbitrary<object> = fc
  .subarray(Object.keys(QUERY), { minLength: 0, maxLength: 4 })
  .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, mostly(QUERY[name] ?? anyValue)]))));

/** A query string in one of the forms that clients write: JSON, commas, brackets. */
const queryString: Arbitrary<string> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(queryObject, fc.constantFrom<'json' | 'brackets'>('json', 'json', 'brackets'))
      .map(([query, form]) => written(query, form)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(badName, anyValue)
      .map(([name, value]) => `?${encoded(name)}=${encoded(JSON.stringify(value) ?? '')}`),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 40 }).map((text) => `?${text.replaceAll(/[\s#]/g, '+')}`),
  },
);

function written(query: object, form: 'json' | 'brackets'): string {
  const parts = Object.entries(query).flatMap(([name, value]) => {
    if (form === 'brackets') return brackets(encoded(name), value);
    if (Array.isArray(value) && name !== 'filter') return [`${name}=${encoded(value.map(asText).join(','))}`];
    return [`${name}=${encoded(asText(value))}`];
  });
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function brackets(prefix: string, value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [`${prefix}=${encoded(String(value))}`];
  return Object.entries(value).flatMap(([name, inner]) => brackets(`${prefix}[${encoded(name)}]`, inner));
}

/** An item as somebody who means ill would send it. */
const item: Arbitrary<object> = objectOf(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...Object.keys(POST_FIELDS), 'name', 'posts') },
    { weight: 1, arbitrary: badName },
  ),
  anyValue,
  5,
).chain((made) => fc.constantFrom(made, { title: 'titled', ...made }));

const MALFORMED = [
  '',
  ' ',
  '{',
  '}',
  '[',
  '{"title"',
  '{"title":}',
  "{'title':'x'}",
  '{"title":"x",}',
  '{"title":"\u0000"}',
  '{"title":"\\u0000"}',
  '{"title":"\\ud800"}',
  '{"title":"x"}{"title":"y"}',
  '{"title":NaN}',
  '{"title":"x","views":1e999}',
  '{"title":"x","views":00}',
  '{"title":"a","title":"b","title":null}',
  '{"__proto__":{"admin_access":true},"title":"x"}',
  '{"constructor":{"prototype":{"admin_access":true}},"title":"x"}',
  '{"title":"x","__proto__":[]}',
  'null',
  'true',
  '1',
  '"title"',
  '[null]',
  '[1,"a",[]]',
  '[[]]',
  '[[{"title":"x"}]]',
  '{"keys":null,"data":null}',
  '{"keys":[{}],"data":[]}',
  '{"keys":"1","data":{"title":"x"}}',
  '{"query":"x","data":{"title":"x"}}',
  '{"query":{"filter":"x"},"data":{"title":"x"}}',
  '\ufeff{"title":"x"}',
  'title=x&views=1',
  '<xml/>',
];

const BROKEN_BYTES = [
  Buffer.from([0x7b, 0x22, 0x74, 0x69, 0x74, 0x6c, 0x65, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from('{"title":"x"}', 'utf16le'),
  Buffer.alloc(64),
];

/** Half of what it was, or with a letter that does not belong. */
const damaged = (text: Arbitrary<string>): Arbitrary<string> =>
  fc.tuple(text, fc.nat(), fc.constantFrom('', '"', '\u0000', '}', ',', '\\')).map(([whole, at, letter]) => {
    const middle = at % (whole.length + 1);
    return letter ? whole.slice(0, middle) + letter + whole.slice(middle) : whole.slice(0, middle);
  });

const asJson = (value: Arbitrary<unknown>): Arbitrary<string> =>
  value.map((content) => JSON.stringify(content) ?? 'null');

const itemsBody: Arbitrary<string | Uint8Array> = fc.oneof(
  { weight: 6, arbitrary: asJson(item) },
  { weight: 3, arbitrary: asJson(fc.array(fc.oneof(item, key, anyValue), { maxLength: 3 })) },
  {
    weight: 3,
    arbitrary: asJson(
      fc.record(
        { query: mostly(queryObject), keys: fc.array(key, { maxLength: 3 }), data: mostly(item) },
        { requiredKeys: [] },
      ),
    ),
  },
  { weight: 2, arbitrary: damaged(asJson(item)) },
  { weight: 2, arbitrary: fc.constantFrom(...MALFORMED) },
  { weight: 1, arbitrary: fc.constantFrom(...BROKEN_BYTES) },
  { weight: 1, arbitrary: asJson(anyValue) },
);

const JSON_TYPE = 'application/json';

const CONTENT_TYPES = [
  'application/json; charset=utf-16',
  'application/json;;;',
  'application/json, text/plain',
  'APPLICATION/JSON',
  'application/vnd.api+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'text/plain',
  'text/xml',
  'application/octet-stream',
  'nonsense',
  '/',
  ';',
  'a'.repeat(500),
];

const contentType = fc.oneof(
  { weight: 14, arbitrary: fc.constant(JSON_TYPE) },
  { weight: 1, arbitrary: fc.constantFrom(...CONTENT_TYPES) },
);

const headerText = fc
  .string({ unit: 'binary-ascii', maxLength: 30 })
  .map((text) => text.replaceAll(/[^\x20-\x7e]/g, '~').trim());

const oddHeaders: Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: headerText.map((text) => ({ 'x-forwarded-for': text, 'x-real-ip': text, forwarded: text })) },
  {
    weight: 1,
    arbitrary: headerText.map((text) => ({
      origin: text.repeat(20),
      'user-agent': `\xff${text.repeat(30)}`,
      referer: text,
    })),
  },
  {
    weight: 1,
    arbitrary: headerText.map((text) => ({
      cookie: `directus_session_token=${text}; directus_refresh_token=${text}; =; a`,
    })),
  },
  { weight: 1, arbitrary: headerText.map((text) => ({ authorization: `Bearer ${text}` })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { authorization: 'Bearer a.b.c' },
      { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJpZCI6MX0.' },
      { authorization: 'Basic YWRtaW46YWRtaW4=' },
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'nonsense' },
      { accept: 'text/html;q=nonsense' },
      { range: 'bytes=0-99999999999999999999' },
      { 'if-none-match': '"x"' },
      { 'x-http-method-override': 'DELETE' },
      { 'content-length': '0' },
    ),
  },
);

const METHODS = ['GET', 'GET', 'SEARCH', 'POST', 'PATCH', 'DELETE'];
const RARE_METHODS = ['PUT', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'LINK', 'PURGE', 'QUERY', 'M-SEARCH'];

const itemsRequest: Arbitrary<FuzzRequest> = fc
  .record({
    as: identity,
    method: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom(...METHODS) },
      { weight: 1, arbitrary: fc.constantFrom(...RARE_METHODS) },
    ),
    collection: collectionName,
    itemKey: fc.option(key, { freq: 2 }),
    query: queryString,
    body: itemsBody,
    type: contentType,
    headers: oddHeaders,
  })
  .map(({ as, method, collection, itemKey, query, body, type, headers }) => {
    const path = `/items/${encoded(collection)}${itemKey === null ? '' : `/${encoded(itemKey)}`}${query}`;
    return request(as, method, path, type, headers, bodyFor(method, body));
  });

const postField = fc.constantFrom(...Object.keys(POST_FIELDS));

/** Right but for one thing: it gets further than what is wrong everywhere. */
const nearlyRight: Arbitrary<FuzzRequest> = fc
  .record({
    as: fc.constantFrom<Identity>('admin', 'member'),
    method: fc.constantFrom('POST', 'PATCH', 'SEARCH', 'GET'),
    itemKey: fc.integer({ min: 1, max: 20 }),
    change: objectOf(postField, anyValue, 1),
    nested: objectOf(
      fc.constantFrom('create', 'update', 'delete'),
      fc.array(fc.oneof(item, key, anyValue), { maxLength: 2 }),
      3,
    ),
    condition: fc.oneof(filter, objectOf(postField, filter, 1)),
    fields: fc.array(fieldName, { maxLength: 1 }),
    upon: fc.constantFrom('change', 'nested', 'several'),
  })
  .map(({ as, method, itemKey, change, nested, condition, fields, upon }) => {
    const query = { filter: condition, fields: ['id', ...fields], limit: 2 };
    if (method === 'GET') return request(as, 'GET', `/items/posts${written(query, 'json')}`, '', {}, undefined);
    if (method === 'SEARCH') return request(as, 'SEARCH', '/items/posts', JSON_TYPE, {}, JSON.stringify({ query }));
    const body = upon === 'nested' ? { name: 'nested', posts: nested } : { title: 'nearly', ...change };
    const path = upon === 'nested' ? '/items/categories' : '/items/posts';
    if (method === 'POST')
      return request(
        as,
        'POST',
        path,
        JSON_TYPE,
        {},
        JSON.stringify(upon === 'several' ? [{ title: 'good' }, body] : body),
      );
    if (upon !== 'several') return request(as, 'PATCH', `${path}/${itemKey}`, JSON_TYPE, {}, JSON.stringify(body));
    return request(
      as,
      'PATCH',
      path,
      JSON_TYPE,
      {},
      JSON.stringify({ query: { filter: condition, limit: 1 }, data: body }),
    );
  });

/** SEARCH with a query in the body, where arrays and objects keep their types. */
const searchRequest: Arbitrary<FuzzRequest> = fc
  .record({
    as: identity,
    collection: fc.constantFrom('/items/posts', '/items/categories', '/users', '/roles', '/permissions'),
    query: queryObject,
  })
  .map(({ as, collection, query }) => request(as, 'SEARCH', collection, JSON_TYPE, {}, JSON.stringify({ query })));

const SYSTEM_ROUTES = [
  ...[
    'users',
    'roles',
    'policies',
    'permissions',
    'access',
    'settings',
    'collections',
    'fields',
    'fields/junk',
    'relations',
    'relations/junk',
  ],
  ...[
    'activity',
    'revisions',
    'presets',
    'folders',
    'files',
    'comments',
    'notifications',
    'shares',
    'translations',
    'dashboards',
    'panels',
  ],
  ...['users/me', 'roles/me', 'permissions/me', 'permissions/me/posts', 'policies/me/globals', 'users/me/track/page'],
  ...[
    'auth/login',
    'auth/refresh',
    'auth/logout',
    'auth/password/request',
    'auth/password/reset',
    'users/register',
    'users/invite',
    'users/invite/accept',
  ],
  ...[
    'server/info',
    'server/health',
    'utils/random/string',
    'utils/hash/verify',
    'graphql',
    'graphql/system',
    'schema/snapshot',
    'assets',
    'websocket',
    'admin',
    '',
  ],
];

const SYSTEM_FIELDS = [
  ...[
    'id',
    'name',
    'email',
    'mode',
    'otp',
    'refresh_token',
    'provider',
    'external_identifier',
    'first_name',
    'tags',
    'policies',
    'role',
    'parent',
    'children',
  ],
  ...[
    'policy',
    'collection',
    'action',
    'permissions',
    'validation',
    'presets',
    'fields',
    'ip_access',
    'icon',
    'sort',
    'user',
    'field',
    'type',
    'schema',
    'meta',
  ],
  ...[
    'related_collection',
    'project_name',
    'auth_password_policy',
    'item',
    'comment',
    'recipient',
    'token',
    'last_page',
    'reset_url',
    'length',
    'hash',
    'string',
  ],
];

const systemBody: Arbitrary<string | Uint8Array> = fc.oneof(
  {
    weight: 8,
    arbitrary: asJson(
      objectOf(
        fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...SYSTEM_FIELDS) }, { weight: 1, arbitrary: badName }),
        fc.oneof(anyValue, filter),
        5,
      ),
    ),
  },
  { weight: 2, arbitrary: asJson(fc.array(anyValue, { maxLength: 3 })) },
  { weight: 2, arbitrary: fc.constantFrom(...MALFORMED) },
  { weight: 1, arbitrary: fc.constantFrom(...BROKEN_BYTES) },
);

const systemRequest: Arbitrary<FuzzRequest> = fc
  .record({
    as: identity,
    method: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom(...METHODS) },
      { weight: 1, arbitrary: fc.constantFrom(...RARE_METHODS) },
    ),
    route: fc.constantFrom(...SYSTEM_ROUTES),
    under: fc.option(fc.oneof(badName, fc.uuid(), fc.constantFrom('0', '-1', 'name')), { freq: 2 }),
    query: queryString,
    body: systemBody,
    type: contentType,
    headers: oddHeaders,
  })
  .map(({ as, method, route, under, query, body, type, headers }) => {
    const path = `/${route}${under === null ? '' : `/${encoded(under)}`}${query}`;
    return request(sparing(as, method, route), method, path, type, headers, bodyFor(method, body));
  });

/** The administrator of the tests does not change their own account, and the settings that would lock them out. */
function sparing(as: Identity, method: string, route: string): Identity {
  const changes = method !== 'GET' && method !== 'SEARCH';
  return as === 'admin' && changes && ['users/me', 'settings', 'auth/logout'].includes(route) ? 'member' : as;
}

const bodyFor = (method: string, body: string | Uint8Array) =>
  method === 'GET' || method === 'HEAD' ? undefined : body;

function request(
  as: Identity,
  method: string,
  path: string,
  type: string,
  extra: Record<string, string>,
  body: string | Uint8Array | undefined,
): FuzzRequest {
  const token = TOKENS[as];
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}`, ...extra } : { ...extra };
  if (body !== undefined) headers['content-type'] = type;
  if (headers['content-length'] !== undefined && body !== undefined) delete headers['content-length'];
  return { as, method, path, headers, body };
}

export const anyRequest: Arbitrary<FuzzRequest> = fc.oneof(
  { weight: 5, arbitrary: itemsRequest },
  { weight: 4, arbitrary: nearlyRight },
  { weight: 2, arbitrary: searchRequest },
  { weight: 3, arbitrary: systemRequest },
);
