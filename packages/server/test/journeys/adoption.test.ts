import { createHash } from 'node:crypto';
import {
  authentication,
  createDirectus,
  createItem,
  type RestClient,
  readCollections,
  readItem,
  readItems,
  readMe,
  readSettings,
  readUsers,
  rest,
  updateItem,
} from '@directus/sdk';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, discard, makeProject, type StartedServer, startServer } from '../started-server.ts';
import { buildReferenceDatabase, REFERENCE } from '../store/reference-database.ts';
import { type Contents, differences, openContents } from '../stored-contents.ts';
import { asPublic, FORBIDDEN, failure, INVALID_CREDENTIALS, withStaticToken } from './blog.ts';

describe('a database of another server is served as it is', () => {
  let server: StartedServer;
  let before: Contents;
  let adopted: Contents;

  beforeAll(async () => {
    const project = await makeProject('sqlite');
    await buildReferenceDatabase(project.file);
    before = await contents(project);
    server = await startServer(project);
    adopted = await contents(project);
  });
  afterAll(() => discard(server));

  async function contents(project: StartedServer['project']): Promise<Contents> {
    const reader = await openContents(project);
    try {
      return await reader.read();
    } finally {
      await reader.close();
    }
  }

  async function stored(query: string): Promise<Record<string, unknown>[]> {
    const reader = await openContents(server.project);
    try {
      return await reader.rows(query);
    } finally {
      await reader.close();
    }
  }

  async function loggedIn(account: { email: string; password: string }): Promise<RestClient<Project>> {
    const client = createDirectus<Project>(server.url)
      .with(authentication('json', { autoRefresh: false }))
      .with(rest());
    await client.login({ email: account.email, password: account.password });
    return client;
  }

  it('the start adds its own tables and columns and touches no row', () => {
    const kept = [...before.keys()].filter((table) => adopted.has(table));
    expect(kept).toEqual([...before.keys()]);
    const widened = new Set(differences(before, adopted).map((line) => line.slice(1).split(' ')[0]));
    const rowsOf = (found: Contents, table: string) => found.get(table)?.length;
    for (const table of before.keys()) expect([table, rowsOf(adopted, table)]).toEqual([table, rowsOf(before, table)]);
    const unexpected = [...widened].filter((table) => !/^limen_|^directus_(users|sessions)$/.test(table ?? ''));
    expect(unexpected).toEqual([]);
  });

  it('ADMIN_EMAIL and ADMIN_PASSWORD mean nothing to a project that has an administrator', async () => {
    expect(await stored('select count(*) as users from directus_users')).toEqual([{ users: 4 }]);
    const client = createDirectus(server.url).with(authentication('json', { autoRefresh: false }));
    expect(await failure(client.login({ email: ADMIN.email, password: ADMIN.password }))).toEqual(INVALID_CREDENTIALS);
    expect(await failure(withStaticToken(server.url, ADMIN.token).request(readMe()))).toEqual(INVALID_CREDENTIALS);
  });

  it('passwords hashed with other parameters log in, and are hashed anew', async () => {
    const password = `select password from directus_users where id = '${REFERENCE.admin.id}'`;
    expect((await stored(password))[0]?.password).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=4\$/);
    const admin = await loggedIn(REFERENCE.admin);
    expect(await admin.request(readMe({ fields: ['id', 'email'] }))).toEqual({
      id: REFERENCE.admin.id,
      email: 'admin@example.com',
    });
    await settled(async () => {
      expect((await stored(password))[0]?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });
    expect(await (await loggedIn(REFERENCE.admin)).request(readMe({ fields: ['id'] }))).toEqual({
      id: REFERENCE.admin.id,
    });
  });

  it('the address may be written in any case', async () => {
    const author = { ...REFERENCE.author, email: 'ada@example.COM' };
    const me = await (await loggedIn(author)).request(readMe({ fields: ['email', 'last_name'] }));
    expect(me).toEqual({ email: 'Ada@Example.com', last_name: 'Lovelace' });
  });

  it('the suspended and those who sign in elsewhere stay out', async () => {
    expect(await failure(loggedIn(REFERENCE.suspended))).toEqual(INVALID_CREDENTIALS);
    expect(await failure(loggedIn({ email: REFERENCE.external.email, password: 'anything' }))).toEqual(
      INVALID_CREDENTIALS,
    );
  });

  it('a plain static token works, and is kept as a hash from then on', async () => {
    const token = `select token from directus_users where id = '${REFERENCE.author.id}'`;
    expect(await stored(token)).toEqual([{ token: REFERENCE.author.token }]);
    const client = withStaticToken(server.url, REFERENCE.author.token);
    expect(await client.request(readMe({ fields: ['id'] }))).toEqual({ id: REFERENCE.author.id });
    const hashed = `sha256$${createHash('sha256').update(REFERENCE.author.token).digest('hex')}`;
    await settled(async () => expect(await stored(token)).toEqual([{ token: hashed }]));
    expect(await client.request(readMe({ fields: ['id'] }))).toEqual({ id: REFERENCE.author.id });
    expect(await failure(withStaticToken(server.url, hashed).request(readMe()))).toEqual(INVALID_CREDENTIALS);
  });

  it('a refresh token that is kept in plain text still refreshes, once', async () => {
    const kept = { access_token: null, refresh_token: REFERENCE.sessionToken, expires: null, expires_at: null };
    const client = createDirectus<Project>(server.url).with(
      authentication('json', { autoRefresh: false, storage: { get: () => kept, set: () => {} } }),
    );
    const data = await client.refresh();
    expect(decodeJwt(data.access_token ?? '')).toMatchObject({ id: REFERENCE.author.id });
    expect(await failure(client.refresh())).toEqual(INVALID_CREDENTIALS);
    expect(JSON.stringify(await stored('select * from directus_sessions'))).not.toContain(REFERENCE.sessionToken);
  });

  it('permissions mean what they meant', async () => {
    const open = await asPublic(server.url).request(readItems('posts', { sort: ['id'] }));
    expect(open).toEqual([
      { id: 1, title: 'Ä first post 👩‍🚀', body: 'Hello' },
      { id: 3, title: 'By the administrator', body: null },
    ]);
    const author = (await loggedIn(REFERENCE.author)) as unknown as RestClient<Project>;
    expect((await author.request(readItems('posts', { fields: ['id'], sort: ['id'] }))).map((post) => post.id)).toEqual(
      [1, 2],
    );
    expect(await failure(author.request(readItem('posts', 3)))).toEqual(FORBIDDEN);
    expect(await failure(author.request(updateItem('posts', 3, { title: 'Mine' })))).toEqual(FORBIDDEN);
    expect(await author.request(updateItem('posts', 2, { title: 'A better draft' }, { fields: ['title'] }))).toEqual({
      title: 'A better draft',
    });
    const made = await author.request(createItem('posts', { title: 'New' }, { fields: ['title', 'author'] }));
    expect(made).toEqual({ title: 'New', author: REFERENCE.author.id });
    expect(await failure(author.request(createItem('posts', { title: '' })))).toEqual({
      status: 400,
      codes: ['FAILED_VALIDATION'],
    });
  });

  it('items are read with their types and relations', async () => {
    const admin = await loggedIn(REFERENCE.admin);
    const fields = [
      'id',
      'title',
      'featured',
      'rating',
      'tags',
      'options',
      'date_created',
      { category: ['name'] },
      { author: ['last_name', 'nickname'] },
    ];
    const post = await admin.request(readItem('posts', 1, { fields: fields as ['id'] }));
    expect(post).toEqual({
      id: 1,
      title: 'Ä first post 👩‍🚀',
      featured: true,
      rating: 4.5,
      tags: ['red', 'green'],
      options: { theme: { dark: true } },
      date_created: '2024-02-29T12:34:56.789Z',
      category: { name: 'News' },
      author: { last_name: 'Lovelace', nickname: null },
    });
    const related = await admin.request(readItems('categories', { fields: ['id', { posts: ['id'] }], sort: ['id'] }));
    expect(related).toEqual([
      { id: 'howto', posts: [{ id: 2 }] },
      { id: 'news', posts: [{ id: 1 }] },
    ]);
  });

  it('the data model, the users and the settings are there', async () => {
    const admin = await loggedIn(REFERENCE.admin);
    const names = (await admin.request(readCollections())).map((entry) => entry.collection);
    expect(names).toEqual(
      expect.arrayContaining(['content', 'posts', 'categories', 'posts_related', 'directus_users']),
    );
    const users = await admin.request(readUsers({ fields: ['email', 'status', 'provider'], sort: ['email'] }));
    expect(users).toHaveLength(4);
    expect(await admin.request(readSettings({ fields: ['project_name'] }))).toEqual({ project_name: 'Ada writes' });
  });
});

interface Project {
  posts: OldPost[];
  categories: { id: string; name: string; posts: number[] | OldPost[] }[];
}

interface OldPost {
  id: number;
  title: string;
  author: string | null;
}

/** What the server does after it has answered: tries for up to two seconds. */
async function settled(check: () => Promise<void>): Promise<void> {
  const until = Date.now() + 2_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
