import type { Asked } from '../inside.ts';
import type { Question } from './questions.ts';
import { FILES, VERSION } from './world.ts';

/** A way out of the server: puts a question in its own words. null where it has none for it. */
export interface Exit {
  readonly name: string;
  /** Asked every so many questions; 1 for always. */
  readonly every: number;
  /** Leaves something behind: asked after all that only read. */
  readonly writes?: true;
  readonly words: (question: Question) => Omit<Asked, 'token'> | null;
}

const address = ({ path, key, query }: Question): string => {
  const parameters = Object.entries(query).map(
    ([name, value]) =>
      `${name}=${encodeURIComponent(typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : String(value))}`,
  );
  return `${path}${key === undefined ? '' : `/${key}`}?${parameters.join('&')}`;
};

/** In the form with brackets. */
const bracketed = ({ path, key, query }: Question): string => {
  const pairs: string[] = [];
  const add = (name: string, value: unknown): void => {
    if (value !== null && typeof value === 'object')
      for (const [inner, one] of Object.entries(value)) add(`${name}[${encodeURIComponent(inner)}]`, one);
    else pairs.push(`${name}=${encodeURIComponent(String(value))}`);
  };
  for (const [name, value] of Object.entries(query)) add(name, value);
  return `${path}${key === undefined ? '' : `/${key}`}?${pairs.join('&')}`;
};

const asLists = (query: Question['query']): Record<string, unknown> => {
  const split = ([name, value]: [string, unknown]): [string, unknown] =>
    ['fields', 'sort', 'groupBy'].includes(name) && typeof value === 'string' && value !== ''
      ? [name, value.split(/,(?! )/)]
      : [name, value];
  return Object.fromEntries(Object.entries(query).map(split));
};

/** All exits there are. A new one is a new entry: every question is put to it. */
export const EXITS: readonly Exit[] = [
  { name: 'list', every: 1, words: (question) => ({ method: 'GET', url: address(question) }) },
  {
    name: 'list, in brackets',
    every: 6,
    words: (question) => ({ method: 'GET', url: bracketed(question) }),
  },
  {
    name: 'SEARCH',
    every: 3,
    words: ({ path, key, query }) => ({
      method: 'SEARCH',
      url: path,
      body: { query: asLists(query), ...(key === undefined ? {} : { keys: [key] }) },
    }),
  },
  {
    name: 'one item',
    every: 4,
    words: ({ path, key, query }) =>
      query.aggregate || query.groupBy || path === '/settings'
        ? null
        : {
            method: 'GET',
            url: address({ kind: '', path, key: key ?? (path.startsWith('/items/') ? '2' : '1'), query }),
          },
  },
  {
    name: 'change by query',
    every: 12,
    writes: true,
    words: ({ path, query }) =>
      query.filter || query.search
        ? { method: 'PATCH', url: `${path}?fields=id`, body: { query: asLists({ ...query, limit: -1 }), data: {} } }
        : null,
  },
  {
    name: 'answer to a change',
    every: 40,
    writes: true,
    words: ({ path, query }) => ({ method: 'PATCH', url: address({ kind: '', path, key: '2', query }), body: {} }),
  },
  {
    name: 'export as a file',
    every: 40,
    writes: true,
    words: ({ path, query }) =>
      path.startsWith('/items/')
        ? { method: 'POST', url: path.replace('/items/', '/utils/export/'), body: { format: 'csv', query, file: {} } }
        : null,
  },
];

const COLLECTIONS = ['vaults', 'rooms', 'notes', 'closed', 'desk', 'missing', 'directus_users', 'directus_settings'];
const get = (url: string): Omit<Asked, 'token'> => ({ method: 'GET', url });

/** What is asked without a query. */
export const FIXED: readonly Omit<Asked, 'token'>[] = [
  ...[
    '/permissions/me',
    '/policies/me/globals',
    '/roles/me',
    '/roles/me?fields=*',
    '/users/me',
    '/users/me?fields=*',
  ].map(get),
  ...['/users/me?fields=*.*', '/users/me?fields=last_name', '/users/me?fields=role.description,policies.*'].map(get),
  ...['/collections', '/fields', '/relations', '/server/info', '/server/health', '/server/specs/oas'].map(get),
  ...['/server/specs/graphql', '/server/specs/graphql/system', '/schema/snapshot'].map(get),
  ...COLLECTIONS.flatMap((name) => [
    ...[`/collections/${name}`, `/fields/${name}`, `/relations/${name}`, `/permissions/me/${name}`].map(get),
    ...['1', '2', '3', '51', 'x'].map((key) => get(`/permissions/me/${name}/${key}`)),
    ...['code', 'secret', 'password', 'label'].flatMap((field) => [
      get(`/fields/${name}/${field}`),
      get(`/relations/${name}/${field}`),
    ]),
  ]),
  ...Object.values(FILES).flatMap((id) => [
    ...[`/assets/${id}`, `/assets/${id}?download`, `/assets/${id}/x.txt`, `/files/${id}`].map(get),
    get(`/assets/${id}?width=10`),
    get(`/permissions/me/directus_files/${id}`),
  ]),
  get(`/versions/${VERSION}/compare`),
  get(`/versions/${VERSION}`),
  ...['1', '2', '3', '50'].map((id) => ({ method: 'POST', url: `/utils/revert/${id}` })),
];

/** Changes that some may make and others not; what they answer tells nothing either. */
export const WRITES: readonly Omit<Asked, 'token'>[] = [
  ...['1', '2', '3', '51'].flatMap((key) => [
    { method: 'PATCH', url: `/items/vaults/${key}`, body: { label: 'changed' } },
    { method: 'PATCH', url: `/items/vaults/${key}`, body: { code: 'changed' } },
    { method: 'PATCH', url: `/items/vaults/${key}`, body: { notes: [{ id: 1, text: 'x' }] } },
    { method: 'PATCH', url: `/items/vaults/${key}`, body: { room: { id: 2, name: 'x' } } },
  ]),
  { method: 'PATCH', url: '/items/vaults', body: { keys: [2, 4], data: { label: 'changed' } } },
  { method: 'PATCH', url: '/items/vaults', body: { keys: [1, 2], data: { label: 'changed' } } },
  { method: 'POST', url: '/items/vaults', body: { id: 51, label: 'x' } },
  { method: 'POST', url: '/items/vaults', body: [{ label: 'x' }] },
  { method: 'POST', url: '/items/closed', body: { id: 50 } },
  { method: 'POST', url: '/comments', body: { collection: 'vaults', item: '1', comment: 'x' } },
  { method: 'POST', url: '/comments', body: { collection: 'vaults', item: '51', comment: 'x' } },
  { method: 'POST', url: '/comments', body: { collection: 'closed', item: '50', comment: 'x' } },
  { method: 'POST', url: '/versions', body: { collection: 'vaults', item: '51', key: 'k', name: 'x' } },
  { method: 'POST', url: `/versions/${VERSION}/save`, body: { label: 'x' } },
  { method: 'POST', url: `/versions/${VERSION}/promote`, body: { mainHash: 'x' } },
  { method: 'POST', url: '/utils/sort/vaults', body: { item: 1, to: 2 } },
  { method: 'POST', url: '/users', body: { email: 'canary-b@example.com' } },
  { method: 'POST', url: '/auth/login', body: { email: 'victim@example.com', password: 'canary-b' } },
  { method: 'DELETE', url: '/items/vaults', body: [1] },
  { method: 'DELETE', url: '/items/vaults/51' },
  { method: 'DELETE', url: '/items/vaults/2' },
  { method: 'DELETE', url: '/items/vaults', body: { query: { filter: { code: { _starts_with: 'canary-b' } } } } },
  { method: 'DELETE', url: '/items/rooms', body: { query: { filter: { secret: { _null: true } } } } },
];
