import { AccessProfile, RequestScope } from '../../src/access/index.ts';
import type { Permission } from '../../src/access/model.ts';
import { openSchema } from '../../src/schema/current.ts';
import type { Snapshot } from '../../src/schema/types.ts';
import { bindings, type Statement } from '../../src/sql/index.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Action, FilterInput, Json } from '../../src/wire/index.ts';
import { Model } from '../schema/model.ts';
import { temporaryFolder } from '../store/databases.ts';

const column = (field: string, type: string, special?: string[]): { [key: string]: Json } => ({
  field,
  type,
  schema: {},
  meta: special ? { special } : {},
});
const toOne = (field: string) => column(field, 'integer', ['m2o']);
const toMany = (field: string) => ({ field, type: 'alias', meta: { special: ['o2m'] } });

/** The data model of a bookshop: every type of field, and every kind of relation. */
export async function bookshop(): Promise<Snapshot> {
  const folder = temporaryFolder();
  const store = await openStore({ client: 'sqlite', filename: `${folder.path}/bookshop.db` });
  try {
    await migrate(store);
    const schema = await openSchema(store, { excludeTables: [], onWarning: () => undefined });
    await makeModel(new Model(store, schema, []));
    schema.close();
    return withStrangeTypes(schema.snapshot);
  } finally {
    await store.close();
    folder.remove();
  }
}

/** Types that no API makes on SQLite; what is asked of PostgreSQL is told without one. */
const STRANGE = { place: 'geometry.Point', odd: 'unknown', raw: 'binary' } as const;

function withStrangeTypes(snapshot: Snapshot): Snapshot {
  const books = snapshot.collections.get('books');
  if (!books) throw new Error('the bookshop has no books');
  const fields = new Map(books.fields);
  for (const [name, type] of Object.entries(STRANGE)) {
    const field = fields.get(name);
    if (field) fields.set(name, { ...field, type });
  }
  return { ...snapshot, collections: new Map(snapshot.collections).set('books', { ...books, fields }) };
}

async function makeModel(model: Model): Promise<void> {
  await model.table(
    'authors',
    column('name', 'string'),
    column('born', 'date'),
    column('seed', 'string', ['conceal']),
    toMany('books'),
  );
  await model.table('shelves', column('label', 'string'), toOne('parent'), toMany('children'));
  await model.table(
    'books',
    column('title', 'string'),
    column('status', 'string'),
    column('price', 'decimal'),
    column('sold', 'bigInteger'),
    column('weight', 'float'),
    column('pages', 'integer'),
    column('printed', 'dateTime'),
    column('updated', 'timestamp'),
    column('opens', 'time'),
    column('live', 'boolean'),
    column('doc', 'json', ['cast-json']),
    column('labels', 'csv', ['cast-csv']),
    column('ref', 'uuid'),
    column('place', 'string'),
    column('odd', 'string'),
    column('raw', 'string'),
    column('hidden', 'hash', ['hash']),
    column('seed', 'string', ['conceal']),
    toOne('author'),
    toOne('shelf'),
    column('keeper', 'uuid', ['m2o']),
    toOne('grant'),
    toMany('notes'),
    toMany('blocks'),
    { field: 'line', type: 'alias', meta: { special: ['alias', 'no-data'] } },
  );
  await model.table(
    'notes',
    column('body', 'text'),
    column('stars', 'integer'),
    column('place', 'integer'),
    toOne('book'),
  );
  await model.table('blocks', column('item', 'string'), column('kind', 'string'), toOne('book'));
  await model.table('closed', column('name', 'string'));
  await model.collection({ collection: 'folder', schema: null, meta: {} });
  const relation = (collection: string, field: string, related: string, one_field: string | null, more: object = {}) =>
    model.relation({ collection, field, related_collection: related, schema: {}, meta: { one_field, ...more } });
  await relation('books', 'author', 'authors', 'books');
  await relation('books', 'shelf', 'shelves', null);
  await relation('books', 'keeper', 'directus_users', null);
  await relation('books', 'grant', 'directus_permissions', null);
  await relation('shelves', 'parent', 'shelves', 'children');
  await relation('notes', 'book', 'books', 'notes', { sort_field: 'place' });
  await relation('blocks', 'book', 'books', 'blocks');
  await model.relation({
    collection: 'blocks',
    field: 'item',
    related_collection: null,
    meta: { one_collection_field: 'kind', one_allowed_collections: ['authors', 'notes', 'closed'] },
  });
}

export type Granted = readonly [
  collection: string,
  rule: FilterInput | null,
  fields?: readonly string[],
  action?: Action,
  more?: { readonly presets?: { readonly [field: string]: Json }; readonly validation?: FilterInput },
];

/** What these permissions allow; null is an administrator. */
export function profileWith(snapshot: Snapshot, granted: readonly Granted[] | null, maxDepth = 4): AccessProfile {
  const permissions = (granted ?? []).map(
    ([collection, rule, fields = ['*'], action = 'read', more = {}], i): Permission => ({
      ...{ id: i + 1, policy: null, collection, action, rule, fields: [...fields] },
      ...{ validation: more.validation ?? null, presets: more.presets ?? null },
    }),
  );
  const facts = { app: false, enforceTfa: false, policies: [], permissions, snapshot, maxDepth };
  return new AccessProfile({ admin: granted === null, ...facts });
}

const NOON = Date.UTC(2030, 0, 15, 12);
const values = new Map<string, Json>([['user.name', 'Ann']]);
export const ANN = { user: 'ann', role: 'staff', roles: ['staff', 'all'], policies: ['p1', 'p2'], values };
const AUTHOR = { ...ANN, user: 'nora', role: 'authors', roles: ['authors'] };

/** The text of a statement with the values that it is given for Ann, at noon. */
export function told(statement: Statement, input: Json = 7): string {
  const scope = new RequestScope(ANN, NOON, [input], AUTHOR);
  const given = bindings(statement, scope).map((value) => (typeof value === 'bigint' ? `${value}n` : value));
  return `${statement.text}\n  ${JSON.stringify(given)}`;
}
