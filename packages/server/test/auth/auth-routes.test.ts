import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type InjectOptions, type LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuthProvider } from '../../src/config/index.ts';
import { ApiError } from '../../src/errors/index.ts';
import { authCookies, readCookie } from '../../src/http/cookies.ts';
import { authRoutes } from '../../src/http/routes/auth.ts';
import { type Accounts, DATABASES, ORIGIN, openAccounts } from './accounts-database.ts';

const PASSWORD = 'beth-pass-1';
const COOKIES = authCookies({
  sessionCookieName: 'directus_session_token',
  sessionCookieSecure: false,
  sessionCookieSameSite: 'lax',
  refreshTokenCookieName: 'directus_refresh_token',
  refreshTokenCookieSecure: true,
  refreshTokenCookieSameSite: 'strict',
});
const listed = (name: string, driver: string, shown: { label?: string; icon?: string }) =>
  ({ name, driver, ...shown, mode: 'session', client: {}, options: {} }) as AuthProvider;
const OFFICE = listed('office', 'local', { label: 'The office' });
const CLUB = listed('club', 'openid', { icon: 'groups' });

describe.each(DATABASES)('the routes of signing in on %s', (database) => {
  let accounts: Accounts;
  let app: FastifyInstance;
  const email = `${randomUUID()}@example.com`;
  beforeAll(async () => {
    accounts = await openAccounts(database, { authProviders: [CLUB, OFFICE] });
    await accounts.addUser({ email, password: PASSWORD });
    app = serve(false);
  });
  afterAll(async () => {
    await app.close();
    await accounts.remove();
  });

  function serve(authDisableDefault: boolean): FastifyInstance {
    const server = Fastify();
    const closed = { corsEnabled: false, corsCredentials: true, corsOrigin: [], publicUrl: 'http://localhost' };
    const providers = { authDisableDefault, authProviders: [CLUB, OFFICE] };
    const settings = { ...closed, ...providers, refreshTokenTtlMs: 604_800_000 };
    server.setErrorHandler((error, _, reply) => {
      if (!(error instanceof ApiError)) throw error;
      return reply.code(error.status).send({ errors: [error.toWire()] });
    });
    authRoutes(server, {
      auth: accounts.auth,
      cookies: COOKIES,
      clock: accounts.clock,
      settings,
      originOf: () => ORIGIN,
    });
    return server;
  }

  const post = (url: string, payload?: InjectOptions['payload'], cookie?: string) =>
    app.inject({ method: 'POST', url, payload, headers: cookie ? { cookie } : {} });
  const login = (mode?: string) => post('/auth/login', { email, password: PASSWORD, ...(mode ? { mode } : {}) });
  const codeOf = (response: LightMyRequestResponse) => response.json().errors[0].extensions.code;

  it('lists the providers', async () => {
    expect((await app.inject('/auth')).json()).toEqual({
      data: [
        { name: 'club', driver: 'openid', icon: 'groups' },
        { name: 'office', driver: 'local', label: 'The office' },
      ],
      disableDefault: false,
    });
  });

  it('gives in each mode what the mode gives, in the order of the wire, for no cache', async () => {
    const json = await login();
    expect(json.statusCode).toBe(200);
    expect(json.headers['cache-control']).toBe('no-store');
    expect(json.headers['set-cookie']).toBeUndefined();
    expect(Object.keys(json.json().data)).toEqual(['expires', 'refresh_token', 'access_token']);

    const cookie = await login('cookie');
    expect(Object.keys(cookie.json().data)).toEqual(['expires', 'access_token']);
    expect(cookie.headers['set-cookie']).toMatch(
      /^directus_refresh_token=[\w-]{64}; Max-Age=604800; Path=\/; Expires=.* GMT; HttpOnly; Secure; SameSite=Strict$/,
    );

    const session = await login('session');
    expect(session.json()).toEqual({ data: { expires: 86_400_000 } });
    expect(session.headers['set-cookie']).toMatch(
      /^directus_session_token=[\w-]+\.[\w-]+\.[\w-]+; Max-Age=86400; Path=\/; Expires=.* GMT; HttpOnly; SameSite=Lax$/,
    );
  });

  it.each([
    ['json', 'no token', {}, 400],
    ['json', 'an empty token', { refresh_token: '' }, 400],
    ['json', 'a number', { refresh_token: 1 }, 400],
    ['cookie', 'the token in the body', { refresh_token: 'x'.repeat(64) }, 400],
    ['session', 'the token in the body', { refresh_token: 'x'.repeat(64) }, 400],
    ['telepathy', 'anything', { refresh_token: 'x' }, 400],
    ['json', 'an unknown token', { refresh_token: 'x'.repeat(64) }, 401],
  ])('refuses to refresh in mode %s with %s', async (mode, _, body, status) => {
    const response = await post('/auth/refresh', { ...body, mode });
    expect(response.statusCode).toBe(status);
    expect(codeOf(response)).toBe(status === 400 ? 'INVALID_PAYLOAD' : 'INVALID_CREDENTIALS');
  });

  it('refreshes by body, by cookie, and without a body', async () => {
    const { refresh_token } = (await login()).json().data;
    const second = (await post('/auth/refresh', { refresh_token })).json().data.refresh_token;
    expect(codeOf(await post('/auth/refresh', { refresh_token }))).toBe('INVALID_CREDENTIALS');
    const moved = await post('/auth/refresh', { mode: 'cookie' }, `directus_refresh_token=${second}`);
    expect(moved.statusCode).toBe(200);
    expect((await post('/auth/refresh', undefined, cookieOf(moved))).statusCode).toBe(200);
    expect(codeOf(await post('/auth/refresh', [], cookieOf(moved)))).toBe('INVALID_PAYLOAD');
  });

  it('refreshes a session by its cookie only, and takes away one that is over', async () => {
    const cookie = cookieOf(await login('session'));
    const next = await post('/auth/refresh', { mode: 'session' }, cookie);
    expect(next.json()).toEqual({ data: { expires: 86_400_000 } });
    expect(codeOf(await post('/auth/refresh', { mode: 'session' }))).toBe('INVALID_PAYLOAD');
    const out = await post('/auth/logout', { mode: 'session' }, cookieOf(next));
    expect([out.statusCode, out.body]).toEqual([204, '']);
    expect(out.headers['set-cookie']).toMatch(/^directus_session_token=; Path=\/; Expires=Thu, 01 Jan 1970/);
    for (const over of [cookieOf(next), cookie, 'directus_session_token=abc']) {
      const refused = await post('/auth/refresh', { mode: 'session' }, over);
      expect(codeOf(refused)).toBe('INVALID_CREDENTIALS');
      expect(refused.headers['set-cookie']).toMatch(/^directus_session_token=;/);
    }
  });

  it('leaves an expired session cookie where it is', async () => {
    const cookie = cookieOf(await login('session'));
    accounts.clock.pass(86_400_000);
    const refused = await post('/auth/refresh', { mode: 'session' }, cookie);
    expect(codeOf(refused)).toBe('TOKEN_EXPIRED');
    expect(refused.headers['set-cookie']).toBeUndefined();
  });

  it('does not take an access token without a session for one', async () => {
    const { access_token } = (await login()).json().data;
    const refused = await post('/auth/refresh', { mode: 'session' }, `directus_session_token=${access_token}`);
    expect(codeOf(refused)).toBe('INVALID_CREDENTIALS');
    expect(codeOf(await post('/auth/refresh', { refresh_token: access_token }))).toBe('INVALID_CREDENTIALS');
  });

  it('signs out with a known and with an unknown token, not without one', async () => {
    const { refresh_token } = (await login()).json().data;
    expect((await post('/auth/logout', { refresh_token })).statusCode).toBe(204);
    expect(codeOf(await post('/auth/refresh', { refresh_token }))).toBe('INVALID_CREDENTIALS');
    expect((await post('/auth/logout', { refresh_token: 'x'.repeat(64) })).statusCode).toBe(204);
    expect(codeOf(await post('/auth/logout'))).toBe('INVALID_PAYLOAD');
    const cookie = cookieOf(await login('cookie'));
    const out = await post('/auth/logout', { mode: 'cookie' }, cookie);
    expect(out.headers['set-cookie']).toBe(
      'directus_refresh_token=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Strict',
    );
    expect(codeOf(await post('/auth/refresh', { mode: 'cookie' }, cookie))).toBe('INVALID_CREDENTIALS');
  });

  it('knows the local providers, and no other route', async () => {
    expect(codeOf(await post('/auth/login/office', { email, password: PASSWORD }))).toBe('INVALID_CREDENTIALS');
    for (const name of ['club', 'nowhere', 'default', '__proto__']) {
      const response = await post(`/auth/login/${name}?x=1`, { email, password: PASSWORD });
      expect(response.statusCode).toBe(404);
      expect(response.json().errors[0].extensions).toEqual({ path: `/auth/login/${name}`, code: 'ROUTE_NOT_FOUND' });
    }
  });

  it('has no default login where it is disabled', async () => {
    const server = serve(true);
    const response = await server.inject({
      method: 'POST',
      url: '/auth/login',
      payload: { email, password: PASSWORD },
    });
    expect(codeOf(response)).toBe('ROUTE_NOT_FOUND');
    expect((await server.inject('/auth')).json()).toMatchObject({ disableDefault: true });
    await server.close();
  });
});

/** The first cookie of a response, as a browser sends it back. */
function cookieOf(response: LightMyRequestResponse): string {
  const [pair = ''] = String(response.headers['set-cookie']).split(';');
  const name = pair.slice(0, pair.indexOf('='));
  return `${name}=${readCookie(pair, name)}`;
}
