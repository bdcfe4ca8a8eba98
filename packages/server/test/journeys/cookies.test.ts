import { authentication, createDirectus, readMe, rest } from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { openContents } from '../stored-contents.ts';
import { type Blog, failure } from './blog.ts';
import { CookieJar } from './cookie-jar.ts';

describe.each(DATABASES)('what are cookies (%s)', (database) => {
  let server: StartedServer;

  beforeAll(async () => {
    server = await startProject(database);
  });
  afterAll(() => discard(server));

  function browser(mode: 'cookie' | 'session') {
    const jar = new CookieJar();
    const client = createDirectus<Blog>(server.url, { globals: { fetch: jar.fetch } })
      .with(authentication(mode, { autoRefresh: false, credentials: 'include' }))
      .with(rest({ credentials: 'include' }));
    return { jar, client, login: () => client.login({ email: ADMIN.email, password: ADMIN.password }) };
  }

  const me = () => readMe<Blog, { fields: ['email'] }>({ fields: ['email'] });

  it('a session cookie is set so that no script can read it', async () => {
    const { jar, login } = browser('session');
    await login();
    const attributes = jar.cookies.get('directus_session_token')?.attributes;
    expect(attributes?.has('httponly')).toBe(true);
    expect(attributes?.get('samesite')).toBe('Lax');
    expect(attributes?.get('path')).toBe('/');
    expect(attributes?.get('max-age')).toBe('86400');
    expect(attributes?.has('secure')).toBe(false);
  });

  it('the answer to a session login holds only when it expires', async () => {
    const answer = await fetch(`${server.url}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ADMIN.email, password: ADMIN.password, mode: 'session' }),
    });
    expect(await answer.json()).toEqual({ data: { expires: 86_400_000 } });
  });

  it('the browser sends it with every request, and that is the login', async () => {
    const { jar, client, login } = browser('session');
    await login();
    expect(await client.request(me())).toEqual({ email: ADMIN.email });
    expect(jar.lastSent).toBe(`directus_session_token=${jar.cookies.get('directus_session_token')?.value}`);
  });

  it('a refresh turns the session over and the old cookie leads to the same next one', async () => {
    const { jar, client, login } = browser('session');
    await login();
    const before = jar.cookies.get('directus_session_token')?.value;
    await client.refresh();
    const after = jar.cookies.get('directus_session_token')?.value;
    expect(after).not.toBe(before);
    expect(await client.request(me())).toEqual({ email: ADMIN.email });
    const late = await fetch(`${server.url}/users/me`, { headers: { cookie: `directus_session_token=${before}` } });
    expect(late.status).toBe(200);
  });

  it('logging out takes the cookie away and ends it also for who kept a copy', async () => {
    const { jar, client, login } = browser('session');
    await login();
    const kept = jar.cookies.get('directus_session_token')?.value;
    await client.logout();
    expect(jar.cookies.size).toBe(0);
    const copy = await fetch(`${server.url}/users/me`, { headers: { cookie: `directus_session_token=${kept}` } });
    expect(copy.status).toBe(401);
    expect(copy.headers.getSetCookie().join()).toContain('directus_session_token=;');
  });

  it('in cookie mode only the refresh token is a cookie, and it opens nothing by itself', async () => {
    const { jar, client, login } = browser('cookie');
    await login();
    const refresh = jar.cookies.get('directus_refresh_token');
    expect(refresh?.attributes.has('httponly')).toBe(true);
    expect(refresh?.attributes.get('max-age')).toBe('604800');
    const alone = await fetch(`${server.url}/users/me`, {
      headers: { cookie: `directus_refresh_token=${refresh?.value}` },
    });
    expect(alone.status).toBe(401);

    await client.refresh();
    expect(jar.cookies.get('directus_refresh_token')?.value).not.toBe(refresh?.value);
    expect(await client.request(me())).toEqual({ email: ADMIN.email });
    const spent = new CookieJar();
    spent.cookies.set('directus_refresh_token', { value: refresh?.value ?? '', attributes: new Map() });
    const again = createDirectus(server.url, { globals: { fetch: spent.fetch } }).with(authentication('cookie'));
    expect(await failure(again.refresh())).toEqual({ status: 401, codes: ['INVALID_CREDENTIALS'] });
  });

  it('what the browser holds is not what the database holds', async () => {
    const session = browser('session');
    const cookie = browser('cookie');
    await session.login();
    await cookie.login();
    const contents = await openContents(server.project);
    const everything = [...(await contents.read()).values()].flat().join('\n');
    await contents.close();
    const [, payload = ''] = (session.jar.cookies.get('directus_session_token')?.value ?? '').split('.');
    const sessionId = (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { session: string }).session;
    expect(sessionId).toHaveLength(64);
    expect(everything).not.toContain(sessionId);
    expect(everything).not.toContain(cookie.jar.cookies.get('directus_refresh_token')?.value);
  });
});
