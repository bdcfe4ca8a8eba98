import { authentication, createDirectus, memoryStorage, readMe, rest, withToken } from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { asPublic, type Blog, failure, INVALID_CREDENTIALS } from './blog.ts';

const passes = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.each(DATABASES)('why do tokens expire (%s)', (database) => {
  let server: StartedServer;

  beforeAll(async () => {
    server = await startProject(database, { ACCESS_TOKEN_TTL: '2s' });
  });
  afterAll(() => discard(server));

  const loginAgain = async () => {
    const storage = memoryStorage();
    const client = createDirectus<Blog>(server.url)
      .with(authentication('json', { autoRefresh: false, msRefreshBeforeExpires: 0, storage }))
      .with(rest());
    const data = await client.login({ email: ADMIN.email, password: ADMIN.password });
    return { client, storage, accessToken: data.access_token ?? '', refreshToken: data.refresh_token ?? '', data };
  };

  it('an access token of two seconds is worth nothing after two seconds', async () => {
    const { accessToken, data } = await loginAgain();
    expect(data.expires).toBe(2_000);
    const asked = () => asPublic(server.url).request(withToken(accessToken, readMe({ fields: ['email'] })));
    expect(await asked()).toEqual({ email: ADMIN.email });
    await passes(3_050);
    expect(await failure(asked())).toEqual({ status: 401, codes: ['TOKEN_EXPIRED'] });
  });

  it('the SDK refreshes it by itself, and the spent refresh token is refused', async () => {
    const { client, storage, accessToken, refreshToken } = await loginAgain();
    await passes(2_100);
    expect(await client.request(readMe({ fields: ['email'] }))).toEqual({ email: ADMIN.email });
    const now = await storage.get();
    expect(now?.access_token).not.toBe(accessToken);
    expect(now?.refresh_token).not.toBe(refreshToken);

    expect(await refreshWith(refreshToken)).toEqual({ status: 401, code: 'INVALID_CREDENTIALS' });
  });

  it('a spent token that comes back is refused however often', async () => {
    const { client, refreshToken } = await loginAgain();
    await client.refresh();
    for (let time = 0; time < 3; time++) {
      expect(await refreshWith(refreshToken)).toEqual({ status: 401, code: 'INVALID_CREDENTIALS' });
    }
  });

  it('logging out answers 204 and ends the refresh token', async () => {
    const { refreshToken } = await loginAgain();
    const answer = await post('/auth/logout', { refresh_token: refreshToken, mode: 'json' });
    expect(answer.status).toBe(204);
    expect(await answer.text()).toBe('');
    expect(await refreshWith(refreshToken)).toEqual({ status: 401, code: 'INVALID_CREDENTIALS' });
  });

  it('a client that has logged out is nobody', async () => {
    const { client } = await loginAgain();
    await client.logout();
    expect(await client.getToken()).toBeNull();
    expect(await failure(client.request(readMe()))).toEqual(INVALID_CREDENTIALS);
  });

  const post = (path: string, body: object) =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  async function refreshWith(token: string): Promise<{ status: number; code: string | undefined }> {
    const answer = await post('/auth/refresh', { refresh_token: token, mode: 'json' });
    const body = (await answer.json()) as { errors?: { extensions: { code: string } }[] };
    return { status: answer.status, code: body.errors?.[0]?.extensions.code };
  }
});
