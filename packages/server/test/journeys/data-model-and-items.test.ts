import {
  aggregate,
  createField,
  createItem,
  createItems,
  deleteCollection,
  deleteField,
  deleteItem,
  deleteItems,
  type RestClient,
  readCollection,
  readCollections,
  readField,
  readFieldsByCollection,
  readItem,
  readItems,
  readRelationByCollection,
  serverHealth,
  serverInfo,
  serverPing,
  updateCollection,
  updateField,
  updateItem,
  updateItems,
  updateItemsBatch,
  withSearch,
} from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { asAdmin, type Blog, FORBIDDEN, failure, makeBlog } from './blog.ts';

describe.each(DATABASES)('a data model and its items through the SDK (%s)', (database) => {
  let server: StartedServer;
  let admin: RestClient<Blog>;
  let news: number;
  let travel: number;

  beforeAll(async () => {
    server = await startProject(database);
    admin = asAdmin(server.url);
    await makeBlog(admin);
    const made = await admin.request(createItems('categories', [{ name: 'News' }, { name: 'Travel' }]));
    [news = 0, travel = 0] = made.map((category) => category.id);
    await admin.request(
      createItems('posts', [
        { title: 'Alpha', status: 'published', views: 10, category: news },
        { title: 'Bravo', status: 'draft', views: 20, category: news },
        { title: 'Charlie', status: 'published', views: 30, category: travel },
        { title: 'Delta', status: 'published', views: 40 },
      ]),
    );
  });
  afterAll(() => discard(server));

  const titles = (posts: { title?: unknown }[]) => posts.map((post) => post.title);

  it('the server says that it is well', async () => {
    expect(await admin.request(serverPing())).toBe('pong');
    expect(await admin.request(serverHealth())).toMatchObject({ status: 'ok' });
    expect(await admin.request(serverInfo())).toHaveProperty('project');
  });

  it('describes what was made', async () => {
    const names = (await admin.request(readCollections())).map((entry) => entry.collection);
    expect(names).toEqual(expect.arrayContaining(['posts', 'categories', 'directus_users']));
    expect(await admin.request(readCollection('posts'))).toMatchObject({
      collection: 'posts',
      schema: { name: 'posts' },
    });
    const fields = (await admin.request(readFieldsByCollection('posts'))).map((entry) => entry.field);
    expect(fields).toEqual(['id', 'title', 'status', 'body', 'views', 'author', 'category']);
    const relations = (await admin.request(readRelationByCollection('posts'))) as unknown as object[];
    expect(relations).toHaveLength(2);
  });

  it('changes the model: a field comes, is altered, and goes', async () => {
    await admin.request(
      createField('posts', { field: 'stars', type: 'integer', schema: { default_value: 3 }, meta: {} }),
    );
    expect(await admin.request(readItems('posts', { fields: ['stars' as 'views'], limit: 1 }))).toEqual([{ stars: 3 }]);
    await admin.request(updateField('posts', 'stars' as 'views', { meta: { note: 'One to five' } }));
    expect(await admin.request(readField('posts', 'stars' as 'views'))).toMatchObject({
      meta: { note: 'One to five' },
    });
    await admin.request(deleteField('posts', 'stars' as 'views'));
    expect(await failure(admin.request(readItems('posts', { fields: ['stars' as 'views'] })))).toEqual(FORBIDDEN);
    const noted = await admin.request(updateCollection('posts', { meta: { note: 'What people wrote' } }));
    expect(noted).toMatchObject({ meta: { note: 'What people wrote' } });
    expect(await admin.request(aggregate('posts', { aggregate: { count: '*' } }))).toEqual([
      { count: expect.anything() },
    ]);
  });

  it('filters, sorts and pages', async () => {
    const published = readItems<Blog, 'posts', object>('posts', {
      filter: { status: { _eq: 'published' } },
      sort: ['-views'],
    });
    expect(titles(await admin.request(published))).toEqual(['Delta', 'Charlie', 'Alpha']);
    const page = await admin.request(readItems('posts', { sort: ['title'], limit: 2, page: 2, fields: ['title'] }));
    expect(page).toEqual([{ title: 'Charlie' }, { title: 'Delta' }]);
    const either = { _or: [{ views: { _lt: 15 } }, { category: { name: { _eq: 'Travel' } } }] };
    expect(titles(await admin.request(readItems('posts', { filter: either as never, sort: ['id'] })))).toEqual([
      'Alpha',
      'Charlie',
    ]);
    expect(titles(await admin.request(readItems('posts', { search: 'brav' })))).toEqual(['Bravo']);
    expect(
      titles(await admin.request(withSearch(readItems('posts', { filter: { views: { _gte: 30 } }, sort: ['id'] })))),
    ).toEqual(['Charlie', 'Delta']);
  });

  it('reads across relations, both ways', async () => {
    const alpha = await admin.request(
      readItems('posts', { fields: ['title', { category: ['name'] }], sort: ['id'], limit: 1 }),
    );
    expect(alpha).toEqual([{ title: 'Alpha', category: { name: 'News' } }]);
    const both = await admin.request(
      readItems('categories', {
        fields: ['name', { posts: ['title'] }],
        sort: ['id'],
        deep: { posts: { _sort: ['-title'] } } as never,
      }),
    );
    expect(both).toEqual([
      { name: 'News', posts: [{ title: 'Bravo' }, { title: 'Alpha' }] },
      { name: 'Travel', posts: [{ title: 'Charlie' }] },
    ]);
  });

  it('aggregates', async () => {
    const [all] = await admin.request(aggregate('posts', { aggregate: { count: '*', max: 'views' } as never }));
    expect(all).toMatchObject({ max: { views: 40 } });
    expect(Number((all as { count?: unknown } | undefined)?.count)).toBe(4);
    const groups = (await admin.request(
      aggregate('posts', { aggregate: { sum: 'views' }, groupBy: ['status'], query: { sort: ['status'] } } as never),
    )) as unknown as { status: string; sum: { views: unknown } }[];
    expect(groups.map((group) => [group.status, Number(group.sum.views)])).toEqual([
      ['draft', 20],
      ['published', 80],
    ]);
  });

  it('creates, changes and deletes one and many', async () => {
    const one = await admin.request(createItem('posts', { title: 'Echo' }));
    expect(one).toMatchObject({ title: 'Echo', status: 'draft', views: 0, author: null });
    const many = await admin.request(createItems('posts', [{ title: 'Foxtrot' }, { title: 'Golf' }]));
    const [foxtrot = 0, golf = 0] = many.map((post) => post.id);
    expect(titles(many)).toEqual(['Foxtrot', 'Golf']);

    expect(await admin.request(updateItem('posts', one.id, { views: 1 }, { fields: ['views'] }))).toEqual({ views: 1 });
    const same = await admin.request(
      updateItems('posts', [foxtrot, golf], { status: 'archived' }, { fields: ['status'] }),
    );
    expect(same).toEqual([{ status: 'archived' }, { status: 'archived' }]);
    const each = await admin.request(
      updateItemsBatch('posts', [
        { id: foxtrot, title: 'Foxtrot 2' },
        { id: golf, title: 'Golf 2' },
      ]),
    );
    expect(titles(each)).toEqual(['Foxtrot 2', 'Golf 2']);

    await admin.request(deleteItem('posts', one.id));
    expect(await failure(admin.request(readItem('posts', one.id)))).toEqual(FORBIDDEN);
    await admin.request(deleteItems('posts', [foxtrot, golf]));
    expect(titles(await admin.request(readItems('posts', { sort: ['id'] })))).toEqual([
      'Alpha',
      'Bravo',
      'Charlie',
      'Delta',
    ]);
  });

  it('writes all of a batch or nothing', async () => {
    const broken = admin.request(createItems('posts', [{ title: 'Good' }, { title: null as unknown as string }]));
    expect((await failure(broken)).status).toBe(400);
    expect(await admin.request(readItems('posts', { filter: { title: { _eq: 'Good' } } }))).toEqual([]);
    const unique = admin.request(createItem('posts', { title: 'Nowhere', category: 987_654 }));
    expect(await failure(unique)).toEqual({ status: 400, codes: ['INVALID_FOREIGN_KEY'] });
  });

  it('takes a whole collection away', async () => {
    await admin.request(deleteCollection('posts'));
    expect(await failure(admin.request(readItems('posts')))).toEqual(FORBIDDEN);
    expect(await admin.request(readItems('categories', { fields: ['name'], sort: ['id'] }))).toEqual([
      { name: 'News' },
      { name: 'Travel' },
    ]);
  });
});
