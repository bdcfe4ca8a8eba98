import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres, temporaryFolder } from '../store/databases.ts';
import { WorldDatabase } from './agreement/database.ts';
import type { PermissionRow, ReadCase, Row, World } from './agreement/model.ts';

const USER = '00000000-0000-4000-8000-000000000001';
const PARENT = '00000000-0000-4000-8000-000000000002';
const ROLE = '00000000-0000-4000-8000-000000000003';
const POLICY = '00000000-0000-4000-8000-000000000004';

const category = (id: number, more: Row = {}): Row => ({ id, name: null, rank: null, parent: null, ...more });
const post = (id: number, more: Row = {}): Row => ({
  id,
  title: null,
  body: null,
  views: null,
  published: null,
  opened: null,
  tags: null,
  extra: null,
  secret: null,
  author: null,
  category: null,
  ...more,
});

type Reading = Pick<PermissionRow, 'collection' | 'rule' | 'fields'>;

function worldOf(reading: Reading[], rows: Record<string, Row[]>): World {
  const permissions = reading.map((one) => ({ action: 'read' as const, validation: null, presets: null, ...one }));
  return {
    rows: {
      directus_roles: [
        { id: PARENT, name: 'all', parent: null },
        { id: ROLE, name: 'some', parent: PARENT },
      ],
      directus_users: [{ id: USER, first_name: null, location: null, role: ROLE, favourite: null }],
      ...rows,
    },
    policies: [{ id: POLICY, addresses: null, admin: false, app: false, permissions }],
    attachments: [{ policy: POLICY, role: ROLE, user: null }],
  };
}

/** What random worlds have found, told in the smallest words. */
describe.each(['sqlite', 'postgres'] as const)('reading stays right on %s', (dialect) => {
  const folder = temporaryFolder();
  let server: PostgresServer | null = null;
  let database: WorldDatabase;

  beforeAll(async () => {
    if (dialect === 'postgres') server = await startPostgres();
    database = await WorldDatabase.open((await server?.createDatabase()) ?? { folder: folder.path });
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
    folder.remove();
  });

  async function ask(world: World, one: Partial<ReadCase> & Pick<ReadCase, 'collection'>) {
    await database.load(world);
    const caller = { user: USER, ip: null };
    return database.ask({ caller, kind: 'list', keys: [], query: {}, via: 'body', ...one }, world);
  }

  const items = (list: unknown[]) => ({ items: list, meta: null });

  describe('where the key is hidden for some items', () => {
    const world = worldOf(
      [
        { collection: 'categories', rule: null, fields: ['name'] },
        { collection: 'categories', rule: { rank: { _eq: 1 } }, fields: ['id'] },
      ],
      {
        categories: [
          category(1, { rank: 1, name: 'a' }),
          category(2, { rank: 2, name: 'b' }),
          category(3, { rank: 1, name: 'c' }),
        ],
      },
    );

    it('finds none of those by their key', async () => {
      const read = (key: number) => ask(world, { collection: 'categories', kind: 'one', keys: [key] });
      expect(await read(1)).toEqual(items([{ id: 1, name: 'a' }]));
      expect(await read(2)).toEqual({ code: 'FORBIDDEN' });
      expect(await ask(world, { collection: 'categories', kind: 'keys', keys: [1, 2] })).toEqual(
        items([{ id: 1, name: 'a' }]),
      );
    });

    it('does not show where they lie between the others', async () => {
      expect(await ask(world, { collection: 'categories' })).toEqual(
        items([
          { id: null, name: 'b' },
          { id: 1, name: 'a' },
          { id: 3, name: 'c' },
        ]),
      );
    });
  });

  it('finds nothing by a key that may not be named', async () => {
    const world = worldOf([{ collection: 'categories', rule: null, fields: ['name'] }], { categories: [category(1)] });
    expect(await ask(world, { collection: 'categories', kind: 'keys', keys: [1] })).toEqual({ code: 'FORBIDDEN' });
  });

  it('puts items without a value first where the key may not be seen', async () => {
    const categories = [category(1, { name: 'a' }), category(2)];
    const world = worldOf([{ collection: 'categories', rule: null, fields: ['name'] }], { categories });
    expect(await ask(world, { collection: 'categories' })).toEqual(items([{ name: null }, { name: 'a' }]));
  });

  it('refuses every field where none is permitted, and leaves a relation to such a collection empty', async () => {
    const world = worldOf(
      [
        { collection: 'posts', rule: null, fields: null },
        { collection: 'categories', rule: null, fields: ['id', 'posts'] },
      ],
      { categories: [category(1)], posts: [post(1, { category: 1 })] },
    );
    for (const query of [{}, { fields: ['*'] }]) {
      expect(await ask(world, { collection: 'posts', query })).toEqual({ code: 'FORBIDDEN' });
    }
    const query = { fields: ['id', 'posts.*'] };
    expect(await ask(world, { collection: 'categories', query })).toEqual(items([{ id: 1, posts: [{}] }]));
  });

  it('leaves a many-to-any out where none of its collections may be read', async () => {
    const world = worldOf([{ collection: 'blocks', rule: null, fields: ['id', 'item'] }], {
      categories: [category(1)],
      blocks: [{ id: 1, label: null, kind: 'categories', item: '1', post: null }],
    });
    const blocks = (fields: string[]) => ask(world, { collection: 'blocks', query: { fields } });
    expect(await blocks(['id', 'item'])).toEqual(items([{ id: 1, item: '1' }]));
    expect(await blocks(['id', 'item:categories.name'])).toEqual(items([{ id: 1 }]));
    expect(await blocks(['id', 'item:comments.text'])).toEqual({ code: 'FORBIDDEN' });
  });

  it('admits nothing by a list that excludes a variable without a value', async () => {
    const rule = { name: { _nin: ['$CURRENT_USER.location', 'b'] } };
    const world = worldOf([{ collection: 'categories', rule, fields: ['*'] }], {
      categories: [category(1, { name: 'a' })],
    });
    expect(await ask(world, { collection: 'categories', query: { fields: ['id'] } })).toEqual(items([]));
  });

  it('excludes nothing by a list of the caller that has no entries', async () => {
    const rule = { id: { _nin: ['$CURRENT_USER.written', 2] } };
    const world = worldOf([{ collection: 'categories', rule, fields: ['*'] }], {
      categories: [category(1), category(2)],
    });
    expect(await ask(world, { collection: 'categories', query: { fields: ['id'] } })).toEqual(items([{ id: 1 }]));
  });

  it('keeps two rules about one column apart when one names a list', async () => {
    const world = worldOf(
      [
        { collection: 'directus_roles', rule: { id: { _eq: '$CURRENT_ROLES' } }, fields: ['name'] },
        { collection: 'directus_roles', rule: { id: { _eq: USER } }, fields: ['name'] },
      ],
      {},
    );
    expect(await ask(world, { collection: 'directus_roles', query: { fields: ['name'] } })).toEqual(items([]));
  });

  describe('over documents, booleans and UUIDs', () => {
    const world = worldOf([{ collection: 'posts', rule: null, fields: ['*'] }], {
      posts: [
        post(1, { extra: [1, 2], published: true, author: USER }),
        post(2, { extra: { a: 1 }, published: false }),
        post(3, { extra: 'text' }),
        post(4),
      ],
    });
    const posts = (query: ReadCase['query']) => ask(world, { collection: 'posts', query });

    it('counts the elements of lists', async () => {
      expect(await posts({ fields: ['count(extra)'] })).toEqual(
        items([{ extra_count: 2 }, { extra_count: 0 }, { extra_count: 0 }, { extra_count: null }]),
      );
    });

    it('sorts and groups documents by their text', async () => {
      expect(await posts({ sort: ['extra'], fields: ['id'] })).toEqual(
        items([{ id: 4 }, { id: 3 }, { id: 1 }, { id: 2 }]),
      );
      expect(await posts({ groupBy: ['extra'] })).toEqual(
        items([{ extra: null }, { extra: 'text' }, { extra: [1, 2] }, { extra: { a: 1 } }]),
      );
      expect(await posts({ aggregate: { countDistinct: ['extra'] } })).toEqual(
        items([{ countDistinct: { extra: 3 } }]),
      );
    });

    it('knows the least and the greatest of booleans and UUIDs, and none of documents', async () => {
      expect(await posts({ aggregate: { min: ['published', 'author'], max: ['published'] } })).toEqual(
        items([{ min: { published: false, author: USER }, max: { published: true } }]),
      );
      expect(await posts({ aggregate: { max: ['extra'] } })).toEqual({ code: 'INVALID_QUERY' });
    });
  });
});
