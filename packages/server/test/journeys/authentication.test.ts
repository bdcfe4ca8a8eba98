import { authentication, createDirectus, readMe, readProviders, rest } from '@directus/sdk';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import {
  asAdmin,
  asPublic,
  type Blog,
  failure,
  INVALID_CREDENTIALS,
  makeBlog,
  makeMember,
  makeMemberRole,
} from './blog.ts';
import { CookieJar } from './cookie-jar.ts';

describe.each(DATABASES)('what does authentication mean (%s)', (database) => {
  let server: StartedServer;
  let beth: { id: string; email: string; password: string };

  beforeAll(async () => {
    server = await startProject(database);
    const admin = asAdmin(server.url);
    await makeBlog(admin);
    const { role } = await makeMemberRole(admin);
    beth = await makeMember(admin, 'Beth', role);
  });
  afterAll(() => discard(server));

  it('proves who somebody is: without a login nobody is anybody', async () => {
    expect(await failure(asPublic(server.url).request(readMe()))).toEqual(INVALID_CREDENTIALS);
    const me = await asAdmin(server.url).request(readMe({ fields: ['email'] }));
    expect(me.email).toBe(ADMIN.email);
  });

  it('logs in with json: both tokens are in the answer', async () => {
    const client = createDirectus<Blog>(server.url)
      .with(authentication('json', { autoRefresh: false }))
      .with(rest());
    const data = await client.login({ email: beth.email, password: beth.password });
    expect(data.expires).toBe(900_000);
    expect(data.refresh_token).toMatch(/^[A-Za-z0-9_-]{64}$/);
    expect(decodeJwt(data.access_token ?? '')).toMatchObject({ id: beth.id, admin_access: false, app_access: false });
    expect((await client.request(readMe())).id).toBe(beth.id);
    await client.logout();
    expect(await failure(client.request(readMe()))).toEqual(INVALID_CREDENTIALS);
  });

  it('logs in with cookie: the refresh token is in a cookie, the access token in the answer', async () => {
    const jar = new CookieJar();
    const client = createDirectus<Blog>(server.url, { globals: { fetch: jar.fetch } })
      .with(authentication('cookie', { autoRefresh: false, credentials: 'include' }))
      .with(rest({ credentials: 'include' }));
    const data = await client.login({ email: beth.email, password: beth.password });
    expect(data.access_token).toBeTypeOf('string');
    expect(data).not.toHaveProperty('refresh_token');
    expect([...jar.cookies.keys()]).toEqual(['directus_refresh_token']);
    expect((await client.request(readMe())).id).toBe(beth.id);
    await client.logout();
    expect(jar.cookies.size).toBe(0);
  });

  it('logs in with session: one cookie is all there is', async () => {
    const jar = new CookieJar();
    const client = createDirectus<Blog>(server.url, { globals: { fetch: jar.fetch } })
      .with(authentication('session', { autoRefresh: false, credentials: 'include' }))
      .with(rest({ credentials: 'include' }));
    const data = await client.login({ email: beth.email, password: beth.password });
    expect(Object.keys(data).filter((key) => key !== 'expires_at')).toEqual(['expires']);
    expect([...jar.cookies.keys()]).toEqual(['directus_session_token']);
    expect((await client.request(readMe())).id).toBe(beth.id);
    await client.logout();
    expect(jar.cookies.size).toBe(0);
    expect(await failure(client.request(readMe()))).toEqual(INVALID_CREDENTIALS);
  });

  it('tells nobody which half of a login was wrong', async () => {
    const client = createDirectus<Blog>(server.url)
      .with(authentication('json', { autoRefresh: false }))
      .with(rest());
    const wrongPassword = await failure(client.login({ email: beth.email, password: 'not-hers' }));
    const unknownAddress = await failure(client.login({ email: 'nobody@example.com', password: beth.password }));
    expect(wrongPassword).toEqual(INVALID_CREDENTIALS);
    expect(unknownAddress).toEqual(INVALID_CREDENTIALS);
  });

  it('lists no provider beside the default login', async () => {
    expect(await asPublic(server.url).request(readProviders())).toEqual([]);
  });
});
