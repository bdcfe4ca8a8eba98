import {
  authentication,
  createDirectus,
  createItem,
  createItems,
  createPermission,
  createPolicy,
  customEndpoint,
  deleteItem,
  deleteItems,
  deletePermission,
  type RestClient,
  readCollections,
  readItem,
  readItems,
  readMe,
  readUsers,
  rest,
  updateItem,
  updateItems,
  updateMe,
} from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import {
  asAdmin,
  asPublic,
  type Blog,
  FORBIDDEN,
  failure,
  type Member,
  makeBlog,
  makeMember,
  makeMemberRole,
} from './blog.ts';

describe.each(DATABASES)('what is access control (%s)', (database) => {
  let server: StartedServer;
  let admin: RestClient<Blog>;
  let beth: Member;
  let carmen: Member;
  let asBeth: RestClient<Blog>;
  let asCarmen: RestClient<Blog>;
  let asOscar: RestClient<Blog>;
  let posts: { beth: number; carmen: number; nobody: number };

  beforeAll(async () => {
    server = await startProject(database);
    admin = asAdmin(server.url);
    await makeBlog(admin);
    const { role } = await makeMemberRole(admin);
    beth = await makeMember(admin, 'Beth', role);
    carmen = await makeMember(admin, 'Carmen', role);
    const oscar = await makeMember(admin, 'Oscar', null);
    const made = await admin.request(
      createItems('posts', [
        { title: 'Hello from Beth', author: beth.id, views: 10 },
        { title: 'Hello from Carmen', author: carmen.id, views: 5 },
        { title: 'Hello from nobody', author: null },
      ]),
    );
    const [one, two, three] = made.map((post) => post.id);
    posts = { beth: one ?? 0, carmen: two ?? 0, nobody: three ?? 0 };
    asBeth = await loggedIn(beth);
    asCarmen = await loggedIn(carmen);
    asOscar = await loggedIn(oscar);
  });
  afterAll(() => discard(server));

  async function loggedIn(member: Member): Promise<RestClient<Blog>> {
    const client = createDirectus<Blog>(server.url)
      .with(authentication('json', { autoRefresh: false }))
      .with(rest());
    await client.login({ email: member.email, password: member.password });
    return client;
  }

  it('answers 403 until a policy says otherwise, then 200', async () => {
    const asked = () => asPublic(server.url).request(readItems('categories', { fields: ['name'] }));
    await admin.request(createItem('categories', { name: 'News' }));
    expect(await failure(asked())).toEqual(FORBIDDEN);

    const policy = await admin.request(
      createPolicy({ name: 'Everybody reads categories', app_access: false, admin_access: false }),
    );
    const permission = await admin.request(
      createPermission({
        policy: policy.id,
        collection: 'categories',
        action: 'read',
        permissions: {},
        fields: ['id', 'name'],
      }),
    );
    expect(await failure(asked())).toEqual(FORBIDDEN);
    await admin.request(
      customEndpoint({
        path: '/access',
        method: 'POST',
        body: JSON.stringify({ policy: policy.id, role: null, user: null }),
      }),
    );
    expect(await asked()).toEqual([{ name: 'News' }]);

    await admin.request(deletePermission(permission.id));
    expect(await failure(asked())).toEqual(FORBIDDEN);
  });

  it('shows each member only their own posts', async () => {
    expect((await asBeth.request(readItems('posts'))).map((post) => post.id)).toEqual([posts.beth]);
    expect((await asCarmen.request(readItems('posts'))).map((post) => post.id)).toEqual([posts.carmen]);
    const widened = await asBeth.request(readItems('posts', { filter: { author: { _eq: carmen.id } } }));
    expect(widened).toEqual([]);
  });

  it('answers the same for what is closed and for what does not exist', async () => {
    const closed = await failure(asBeth.request(readItem('posts', posts.carmen)));
    const missing = await failure(asBeth.request(readItem('posts', 987_654)));
    const noCollection = await failure(asBeth.request(readItems('no_such' as 'posts')));
    expect([closed, missing, noCollection]).toEqual([FORBIDDEN, FORBIDDEN, FORBIDDEN]);
  });

  it('lets a member change their own post and nobody else’s', async () => {
    const changed = await asBeth.request(updateItem('posts', posts.beth, { title: 'Better' }));
    expect(changed.title).toBe('Better');
    expect(await failure(asBeth.request(updateItem('posts', posts.carmen, { title: 'Stolen' })))).toEqual(FORBIDDEN);
    expect(await failure(asBeth.request(updateItem('posts', posts.beth, { author: carmen.id })))).toEqual(FORBIDDEN);
    const both = asBeth.request(updateItems('posts', [posts.beth, posts.carmen], { title: 'Both' }));
    expect(await failure(both)).toEqual(FORBIDDEN);
    const stored = await admin.request(readItems('posts', { fields: ['title'], sort: ['id'] }));
    expect(stored.map((post) => post.title)).toEqual(['Better', 'Hello from Carmen', 'Hello from nobody']);
  });

  it('fills in the author and checks the title of a new post', async () => {
    const made = await asBeth.request(createItem('posts', { title: 'Second' }));
    expect(made.author).toBe(beth.id);
    expect((await asBeth.request(readItems('posts'))).length).toBe(2);
    const forged = asBeth.request(createItem('posts', { title: 'For Carmen', author: carmen.id }));
    expect(await failure(forged)).toEqual(FORBIDDEN);
    const untitled = asBeth.request(createItem('posts', { title: '' }));
    expect(await failure(untitled)).toEqual({ status: 400, codes: ['FAILED_VALIDATION'] });
  });

  it('lets a member delete their own post and nobody else’s', async () => {
    expect(await failure(asBeth.request(deleteItem('posts', posts.carmen)))).toEqual(FORBIDDEN);
    expect(await failure(asBeth.request(deleteItems('posts', [posts.beth, posts.nobody])))).toEqual(FORBIDDEN);
    await asBeth.request(deleteItem('posts', posts.beth));
    expect(await failure(asBeth.request(readItem('posts', posts.beth)))).toEqual(FORBIDDEN);
    const left = await admin.request(readItems('posts', { fields: ['id'], sort: ['id'] }));
    expect(left.map((post) => post.id)).toEqual(expect.arrayContaining([posts.carmen, posts.nobody]));
  });

  it('gives the public and a user without a policy nothing', async () => {
    for (const client of [asPublic(server.url), asOscar]) {
      expect(await failure(client.request(readItems('posts')))).toEqual(FORBIDDEN);
      expect(await failure(client.request(readItem('posts', posts.carmen)))).toEqual(FORBIDDEN);
      expect(await failure(client.request(createItem('posts', { title: 'x' })))).toEqual(FORBIDDEN);
      expect(await failure(client.request(updateItem('posts', posts.carmen, { title: 'x' })))).toEqual(FORBIDDEN);
      expect(await failure(client.request(deleteItem('posts', posts.carmen)))).toEqual(FORBIDDEN);
      expect(await failure(client.request(readCollections()))).toEqual(FORBIDDEN);
      expect(await failure(client.request(readUsers()))).toEqual(FORBIDDEN);
    }
  });

  it('keeps a member from raising themselves', async () => {
    expect(await failure(asBeth.request(updateMe({ role: null })))).toEqual(FORBIDDEN);
    expect(await failure(asBeth.request(updateMe({ status: 'archived' })))).toEqual(FORBIDDEN);
    expect(await failure(asBeth.request(updateMe({ token: 'a-token-of-her-own' })))).toEqual(FORBIDDEN);
    expect(await asBeth.request(readMe())).not.toHaveProperty('token');
    const hidden = asBeth.request(readItems('posts', { filter: { secret: { _eq: 1 } } as never }));
    expect(await failure(hidden)).toEqual(FORBIDDEN);
  });
});
