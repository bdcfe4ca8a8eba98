import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, FORBIDDEN, failure, INVALID_PAYLOAD } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { allow, anonymous, type Library, made, makeLibrary, makePerson, share, visit } from './library.ts';

const REFUSED = { status: 401, codes: ['INVALID_CREDENTIALS'] };

/** How a visit begins, what it says of itself, and what ends it. */
describe.each(DATABASES)('visits to a share on %s', (database) => {
  let server: StartedServer;
  let library: Library;
  let admin: Client;

  beforeAll(async () => {
    server = await startProject(database);
    library = await makeLibrary(server);
    ({ admin } = library);
  });
  afterAll(() => discard(server));

  const read = async (client: Client) => {
    const answer = await client.get(`/items/books/${library.book}?fields=title`);
    return answer.status === 200 ? answer.body.data : failure(answer);
  };
  const SEEN = { title: 'seen book' };
  const signIn = (id: string, more: object = {}) => anonymous(server).post('/shares/auth', { share: id, ...more });
  const timesUsed = async (id: string) => (await admin.get(`/shares/${id}`)).body.data.times_used;

  it('counts uses in one statement: of many last uses at once one counts', async () => {
    // With a password: while it is verified, all of them have seen that a use is left.
    const password = 'open sesame';
    const id = await share(library, { max_uses: 3, password });
    const answers = await Promise.all(Array.from({ length: 25 }, () => signIn(id, { password })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    for (const answer of answers) if (answer.status !== 200) expect(failure(answer)).toEqual(REFUSED);
    expect(await timesUsed(id)).toBe(3);
    expect(failure(await anonymous(server).get(`/shares/info/${id}`))).toEqual(FORBIDDEN);
  });

  it('takes the password, and nothing that is none', async () => {
    const id = await share(library, { password: 'open sesame' });
    for (const password of ['open', '', null, undefined, 'Open sesame', '**********'])
      expect([password, failure(await signIn(id, { password }))]).toEqual([password, REFUSED]);
    for (const password of [5, {}, ['open sesame'], true])
      expect(failure(await signIn(id, { password }))).toEqual(INVALID_PAYLOAD);
    expect(await timesUsed(id)).toBe(0);
    expect((await signIn(id, { password: 'open sesame' })).status).toBe(200);
    expect(await timesUsed(id)).toBe(1);
    const shown = await admin.get(`/shares/${id}`);
    expect([shown.body.data.password, shown.text.includes('argon2')]).toEqual(['**********', false]);
  });

  it('lets nobody try one password after the other', async () => {
    const [id, other] = [await share(library, { password: 'open sesame' }), await share(library, { password: 'x' })];
    const guess = async (n: number) => (await signIn(id, { password: `guess ${n}` })).status;
    const answers = await Promise.all(Array.from({ length: 61 }, (_, n) => guess(n)));
    expect([
      answers.filter((status) => status === 401).length,
      answers.filter((status) => status === 429).length,
    ]).toEqual([60, 1]);
    expect((await signIn(id, { password: 'open sesame' })).status).toBe(429);
    expect((await signIn(other, { password: 'x' })).status).toBe(200);
  });

  it('refuses what is no share alike', async () => {
    for (const id of ['abc', '00000000-0000-4000-8000-000000000000', "' or 1=1 --", 'x'.repeat(5000)])
      expect([id, failure(await signIn(id))]).toEqual([id, REFUSED]);
    for (const id of [undefined, null, 5, {}, '']) expect(failure(await signIn(id as string))).toEqual(INVALID_PAYLOAD);
    for (const body of ['null', '[]', '"x"']) {
      const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
      expect((await fetch(`${server.url}/shares/auth`, sent)).status).toBe(400);
    }
  });

  it('says nothing of who shared, and may do nothing', async () => {
    const id = await share(library);
    const guest = await visit(server, id);
    expect((await guest.get('/users/me')).body.data).toEqual({ share: id });
    expect((await guest.get('/policies/me/globals')).body.data).toEqual({
      app_access: false,
      admin_access: false,
      enforce_tfa: false,
    });
    expect((await guest.get('/roles/me')).body.data).toEqual([]);
    const { data } = (await guest.get('/permissions/me')).body;
    expect(Object.keys(data)).toEqual(['books']);
    expect(data.books).toMatchObject({
      read: { access: 'partial' },
      share: { access: 'none' },
      create: { access: 'none' },
    });
    expect((await guest.get(`/permissions/me/books/${library.book}`)).body.data).toEqual({
      update: { access: false },
      delete: { access: false },
      share: { access: false },
    });
    const { book } = library;
    const writes = [
      guest.patch(`/items/books/${book}`, { title: 'x' }),
      guest.patch('/items/books', { keys: [book], data: { title: 'x' } }),
      guest.post('/items/books', { title: 'x' }),
      guest.delete(`/items/books/${book}`),
      guest.patch('/users/me', { first_name: 'x' }),
      guest.delete('/users/me'),
      guest.post('/comments', { collection: 'books', item: String(book), comment: 'x' }),
      guest.post('/shares', { collection: 'books', item: book, role: library.reader.role }),
      guest.patch(`/shares/${id}`, { max_uses: null }),
      guest.delete(`/shares/${id}`),
      guest.post('/versions', { collection: 'books', item: String(book), key: 'x', name: 'x' }),
      guest.post('/collections', { collection: 'x', schema: {} }),
      guest.upload('/files', 'x.txt', 'text/plain', 'x'),
      guest.post('/utils/cache/clear', {}),
      guest.get('/schema/snapshot'),
    ];
    for (const answer of await Promise.all(writes)) expect(failure(answer)).toEqual(FORBIDDEN);
  });

  it('finds nothing else behind any route', async () => {
    const guest = await visit(server, await share(library));
    const { paths } = (await admin.get('/server/specs/oas')).body;
    const opened: string[] = [];
    for (const [path, verbs] of Object.entries(paths as Record<string, object>)) {
      // Who signs in or out says so in the body, and a token of the request makes no difference.
      if (/^\/(auth|server|utils|shares\/(auth|info))/.test(path)) continue;
      const address = path.replace('{collection}', 'books').replace(/\{[^}]+\}/g, String(library.book));
      for (const verb of Object.keys(verbs)) {
        const send = { get: guest.get, post: guest.post, patch: guest.patch, delete: guest.delete }[verb];
        if (!send) continue;
        const answer = await send.call(guest, address, {});
        expect([verb, path, answer.status < 500]).toEqual([verb, path, true]);
        if (answer.status < 300) opened.push(`${verb} ${path}`);
      }
    }
    expect(opened.filter((route) => !/^get \/(items\/(books|\{collection\})|.*\/me)/.test(route))).toEqual([]);
    expect(opened).toContain('get /items/books');
  });

  it('goes on with a refresh, once per token', async () => {
    const first = (await signIn(await share(library))).body.data;
    const refresh = (token: string) => anonymous(server).post('/auth/refresh', { refresh_token: token, mode: 'json' });
    const second = (await refresh(first.refresh_token)).body.data;
    expect(await read(new Client(server, second.access_token))).toEqual(SEEN);
    expect(await read(new Client(server, first.access_token))).toEqual(SEEN);
    expect(failure(await refresh(first.refresh_token))).toEqual(REFUSED);
    expect((await refresh(second.refresh_token)).status).toBe(200);
    const parallel = (await signIn(await share(library))).body.data.refresh_token;
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(parallel)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('ends when it is signed out, and only then', async () => {
    const id = await share(library);
    const [leaving, staying] = [(await signIn(id)).body.data, (await signIn(id)).body.data];
    const out = await anonymous(server).post('/auth/logout', { refresh_token: leaving.refresh_token, mode: 'json' });
    expect(out.status).toBe(204);
    expect(await read(new Client(server, leaving.access_token))).toEqual(REFUSED);
    const again = await anonymous(server).post('/auth/refresh', { refresh_token: leaving.refresh_token, mode: 'json' });
    expect(failure(again)).toEqual(REFUSED);
    expect(await read(new Client(server, staying.access_token))).toEqual(SEEN);
  });

  it('signs in by cookies, goes on by them, and signs out', async () => {
    const id = await share(library);
    const ask = (path: string, cookie: string, body?: object) =>
      fetch(server.url + path, {
        method: body ? 'POST' : 'GET',
        headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
        body: body && JSON.stringify(body),
      });
    const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    for (const mode of ['session', 'cookie']) {
      const first = cookieOf(await ask('/shares/auth', '', { share: id, mode }));
      expect(first).toMatch(mode === 'session' ? /^directus_session_token=/ : /^directus_refresh_token=/);
      const refreshed = await ask('/auth/refresh', first, { mode });
      expect(refreshed.status).toBe(200);
      const second = cookieOf(refreshed);
      const seen = async () => (await ask(`/items/books/${library.book}?fields=title`, second)).status;
      if (mode === 'session') expect(await seen()).toBe(200);
      expect((await ask('/auth/logout', second, { mode })).status).toBe(204);
      if (mode === 'session') expect(await seen()).toBe(401);
      expect((await ask('/auth/refresh', second, { mode })).status).toBe(401);
    }
  });

  it('ends with the share: deleted, over, or with another password', async () => {
    const ends = async (change: (id: string) => Promise<unknown>) => {
      const id = await share(library, { password: 'first' });
      const { access_token, refresh_token } = (await signIn(id, { password: 'first' })).body.data;
      const guest = new Client(server, access_token);
      expect(await read(guest)).toEqual(SEEN);
      await change(id);
      const refreshed = await anonymous(server).post('/auth/refresh', { refresh_token, mode: 'json' });
      return [await read(guest), failure(refreshed)];
    };
    const past = '2020-01-01T00:00:00Z';
    expect(await ends((id) => admin.delete(`/shares/${id}`))).toEqual([REFUSED, REFUSED]);
    expect(await ends((id) => made(admin, `/shares/${id}`, { date_end: past }, 'patch'))).toEqual([REFUSED, REFUSED]);
    const later = '2090-01-01T00:00:00Z';
    expect(await ends((id) => made(admin, `/shares/${id}`, { date_start: later }, 'patch'))).toEqual([
      REFUSED,
      REFUSED,
    ]);
    expect(await ends((id) => made(admin, `/shares/${id}`, { password: 'second' }, 'patch'))).toEqual([
      REFUSED,
      REFUSED,
    ]);
    expect(await ends((id) => made(admin, `/shares/${id}`, { password: null }, 'patch'))).toEqual([REFUSED, REFUSED]);
    const same = await share(library, { password: 'first' });
    const guest = await visit(server, same, 'first');
    await made(admin, `/shares/${same}`, { password: '**********', max_uses: 1 }, 'patch');
    expect(await read(guest)).toEqual(SEEN);
  });

  it('gives out no token that counts longer than the share', async () => {
    const id = await share(library, { date_end: new Date(Date.now() + 60_000).toISOString() });
    const { expires, access_token } = (await signIn(id)).body.data;
    expect(expires).toBeLessThanOrEqual(60_000);
    const { exp } = JSON.parse(Buffer.from(access_token.split('.')[1], 'base64url').toString());
    expect(exp * 1000).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  it('ends with its author: suspended or deleted', async () => {
    for (const change of ['suspended', 'deleted']) {
      const person = await makePerson(server, `author-${change}`, [
        { collection: 'books' },
        { collection: 'books', action: 'share' },
        { collection: 'directus_shares', action: 'create' },
        { collection: 'directus_shares', action: 'read' },
      ]);
      const id = await share(library, {}, person.client);
      const guest = await visit(server, id);
      expect(await read(guest)).toEqual(SEEN);
      if (change === 'deleted') await admin.delete(`/users/${person.id}`);
      else await made(admin, `/users/${person.id}`, { status: change }, 'patch');
      expect([change, await read(guest)]).toEqual([change, REFUSED]);
      expect(failure(await signIn(id))).toEqual(REFUSED);
      expect(failure(await anonymous(server).get(`/shares/info/${id}`))).toEqual(FORBIDDEN);
    }
  });

  it('without a role opens nothing, whatever the public may read', async () => {
    const { id: policy } = await made(admin, '/policies', { name: 'Everybody' });
    await allow(admin, policy, { collection: 'books', fields: ['id', 'title'] });
    const { id: attached } = await made(admin, '/access', { policy, role: null, user: null });
    const guest = await visit(server, await share(library, { role: null }));
    expect(await read(anonymous(server))).toEqual(SEEN);
    expect(await read(guest)).toEqual(FORBIDDEN);
    await admin.delete(`/access/${attached}`);
  });

  it('takes only tokens as they were made', async () => {
    const { access_token: token } = (await signIn(await share(library))).body.data;
    const other = (await signIn(await share(library))).body.data.access_token;
    const [head, body, signature] = token.split('.');
    const [otherHead, otherBody] = other.split('.');
    const bare = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
    for (const forged of [
      `${otherHead}.${body}.${signature}`,
      `${head}.${otherBody}.${signature}`,
      `${bare}.${body}.${signature}`,
    ]) {
      expect((await new Client(server, forged).get('/items/books')).status).toBe(403);
      expect(failure(await new Client(server, forged).get('/items/books')).codes).toEqual(['INVALID_TOKEN']);
    }
  });
});
