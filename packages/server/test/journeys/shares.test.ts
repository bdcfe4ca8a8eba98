import {
  authenticateShare,
  createDirectus,
  createItem,
  createPermission,
  createPolicy,
  createRole,
  createShare,
  deleteShare,
  readItem,
  readItems,
  readMe,
  readShare,
  readShareInfo,
  readShares,
  refresh,
  rest,
  staticToken,
  updateItem,
  updateShare,
} from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { asAdmin, asPublic, type Blog, FORBIDDEN, failure, INVALID_CREDENTIALS, makeBlog } from './blog.ts';

/** One post for somebody without an account, with nothing but the SDK. */
describe.each(DATABASES)('how do I share one item (%s)', (database) => {
  let server: StartedServer;
  let role: string;
  let post: number;
  let share: string;

  beforeAll(async () => {
    server = await startProject(database);
    const admin = asAdmin(server.url);
    await makeBlog(admin);
    const category = await admin.request(createItem('categories', { name: 'News' }));
    post = (await admin.request(createItem('posts', { title: 'Shared', views: 3, category: category.id }))).id;
    await admin.request(createItem('posts', { title: 'Not shared', category: category.id }));
    const { id: policy } = await admin.request(createPolicy({ name: 'Visitors' }));
    ({ id: role } = await admin.request(createRole({ name: 'Visitors', policies: [{ policy }] })));
    for (const [collection, fields] of [
      ['posts', ['id', 'title', 'category']],
      ['categories', ['name', 'posts']],
    ] as const)
      await admin.request(
        createPermission({ policy, collection, action: 'read', permissions: {}, fields: [...fields] }),
      );
  });
  afterAll(() => discard(server));

  const guest = (token: string) => createDirectus<Blog>(server.url).with(staticToken(token)).with(rest());

  it('whoever may share an item makes a share of it, and sends its id', async () => {
    const made = await asAdmin(server.url).request(
      createShare({ collection: 'posts', item: String(post), role, password: 'open sesame', max_uses: 2 }),
    );
    share = made.id;
    expect(made).toMatchObject({ times_used: 0, max_uses: 2, password: '**********', item: String(post) });
  });

  it('a visitor learns whether a password is needed', async () => {
    expect(await asPublic(server.url).request(readShareInfo(share))).toMatchObject({
      id: share,
      collection: 'posts',
      password: '**********',
    });
  });

  it('the password opens the item, of it what the role shows, and nothing else', async () => {
    const enter = (password: string) => asPublic(server.url).request(authenticateShare(share, password, 'json'));
    expect(await failure(enter('wrong'))).toEqual(INVALID_CREDENTIALS);
    const tokens = await enter('open sesame');
    const visitor = guest(tokens.access_token ?? '');
    expect(await visitor.request(readItem('posts', post))).toMatchObject({ id: post, title: 'Shared' });
    const nested = await visitor.request(
      readItems('posts', { fields: ['title', { category: ['name', { posts: ['title'] }] }] }),
    );
    expect(nested).toEqual([{ title: 'Shared', category: { name: 'News', posts: [{ title: 'Shared' }] } }]);
    expect(await failure(visitor.request(readItem('posts', post, { fields: ['views'] })))).toEqual(FORBIDDEN);
    expect(await failure(visitor.request(updateItem('posts', post, { title: 'x' })))).toEqual(FORBIDDEN);
    expect(await visitor.request(readMe())).toEqual({ share });
    const again = await asPublic(server.url).request(
      refresh({ mode: 'json', refresh_token: tokens.refresh_token ?? '' }),
    );
    expect(await guest(again.access_token ?? '').request(readItems('posts', { fields: ['title'] }))).toEqual([
      { title: 'Shared' },
    ]);
  });

  it('whoever shared it sees how often, changes it, and ends it', async () => {
    const admin = asAdmin(server.url);
    expect(await admin.request(readShare(share, { fields: ['times_used'] }))).toEqual({ times_used: 1 });
    expect(await admin.request(readShares({ fields: ['id'] }))).toEqual([{ id: share }]);
    await admin.request(updateShare(share, { max_uses: 1 }));
    const enter = asPublic(server.url).request(authenticateShare(share, 'open sesame', 'json'));
    expect(await failure(enter)).toEqual(INVALID_CREDENTIALS);
    await admin.request(deleteShare(share));
    expect(await failure(asPublic(server.url).request(readShareInfo(share)))).toEqual(FORBIDDEN);
  });
});
