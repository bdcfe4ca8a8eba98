import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discard, type StartedServer, startProject } from '../../server/test/started-server.ts';
import { type Account, asAdmin, makeNotes, makeUsers, PASSWORD } from './api.ts';
import { makeApp, type Page, type TestApp } from './app.ts';
import { APP, Browser } from './browser.ts';

const SECRET = 'a-secret-of-an-app-that-is-long-enough';

describe('sessions of an app', () => {
  let server: StartedServer;
  let accounts: readonly Account[];
  let next = 0;
  beforeAll(async () => {
    const settings = { ACCESS_TOKEN_TTL: '2s', REGISTER_STALL_TIME: '0', RATE_LIMITER_REGISTRATION_ENABLED: 'false' };
    server = await startProject('sqlite', settings);
    accounts = await makeUsers(server, await makeNotes(server), 16);
    await asAdmin(server, 'PATCH', '/settings', { public_registration: true, public_registration_verify_email: false });
  });
  afterAll(() => discard(server));

  async function signedIn(test: TestApp = makeApp({ url: server.url })) {
    const account = accounts[next++] as Account;
    const browser = new Browser(test.app);
    const answer = await browser.post('/login', { email: account.email, password: PASSWORD });
    expect(answer.status).toBe(303);
    return { ...test, browser, account };
  }
  const pageOf = async (browser: Browser) => (await (await browser.get('/')).json()) as Page;
  const until = (due: Browser) => sleep(due.jar.size > 0 ? 2100 : 0);

  it('shows a person their own things, and nobody before they log in', async () => {
    const { browser, account, app, traffic } = await signedIn();
    expect(await pageOf(browser)).toMatchObject({ user: { id: account.id }, notes: [`note of ${account.email}`] });
    expect(await pageOf(new Browser(app))).toEqual({ user: null, notes: [] });
    expect(traffic.refreshes).toBe(0);
  });

  it('sets one cookie that no script and no other site gets, and no cache keeps the page', async () => {
    const { browser } = await signedIn();
    expect(browser.lastCookies).toEqual([
      expect.stringMatching(/^__Host-limen=1-\S+; Path=\/; Max-Age=604800; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    expect((await browser.get('/')).headers.get('cache-control')).toBe('private, no-store');
    expect(browser.lastCookies).toEqual([]);
  });

  it('refreshes once for parallel requests, and gives late ones with the old cookie the same tokens', async () => {
    const { browser, account, app, traffic } = await signedIn();
    const old = new Map(browser.jar);
    await until(browser);
    const tabs = Array.from({ length: 20 }, () => new Browser(app, old));
    for (const page of await Promise.all(tabs.map(pageOf))) expect(page.user?.id).toBe(account.id);
    expect(traffic.refreshes).toBe(1);
    expect(new Set(tabs.map(({ jar }) => JSON.stringify([...jar]))).size).toBe(1);
    expect((await pageOf(new Browser(app, old))).user?.id).toBe(account.id);
    expect(traffic.refreshes).toBe(1);
    await until(browser);
    expect((await pageOf(new Browser(app, old))).user?.id).toBe(account.id);
    expect(traffic.refreshes).toBe(2);
  });

  it('does not refresh for a prefetch, and does not let one be taken for a sign-out', async () => {
    const { browser, traffic } = await signedIn();
    await until(browser);
    for (const [name, value] of [
      ['sec-purpose', 'prefetch;prerender'],
      ['purpose', 'prefetch'],
      ['next-router-prefetch', '1'],
    ] as const) {
      expect((await browser.get('/', { [name]: value })).status).toBe(503);
    }
    expect([traffic.refreshes, browser.jar.size]).toEqual([0, 1]);
    expect((await pageOf(browser)).user).not.toBeNull();
    expect(traffic.refreshes).toBe(1);
  });

  it('signs out when the API refuses to refresh, once, and then asks no more', async () => {
    const { browser, account, traffic } = await signedIn();
    await asAdmin(server, 'PATCH', `/users/${account.id}`, { status: 'suspended' });
    await until(browser);
    expect((await pageOf(browser)).user).toBeNull();
    expect([browser.jar.size, traffic.refreshes]).toEqual([0, 1]);
    const before = { ...traffic };
    expect((await browser.get('/profile')).headers.get('location')).toBe('/login?redirectedFrom=%2Fprofile');
    expect(traffic).toEqual(before);
  });

  it('signs out when the session was ended elsewhere while the access token has time left', async () => {
    const { browser, account } = await signedIn();
    await asAdmin(server, 'DELETE', `/users/${account.id}`);
    expect((await pageOf(browser)).user).toBeNull();
    expect(browser.jar.size).toBe(0);
  });

  it.each([
    [
      'the network',
      () => {
        throw new TypeError('fetch failed');
      },
    ],
    [
      'a fault of the API',
      () => Response.json({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }, { status: 500 }),
    ],
    ['a limit', () => Response.json({ errors: [{ extensions: { code: 'REQUESTS_EXCEEDED' } }] }, { status: 429 })],
    [
      'the page of a proxy',
      () => new Response('<h1>Forbidden</h1>', { status: 403, headers: { 'content-type': 'text/html' } }),
    ],
    ['nonsense', () => Response.json({ data: {} })],
  ] as const)('does not sign out because of %s', async (_name, fault) => {
    const { browser, account, traffic } = await signedIn();
    await until(browser);
    const kept = new Map(browser.jar);
    traffic.fault = fault;
    const answer = await browser.get('/');
    expect([answer.status, await answer.json()]).toEqual([503, { code: 'API_UNREACHABLE' }]);
    expect(browser.jar).toEqual(kept);
    expect(traffic.refreshes).toBe(1);
    traffic.fault = null;
    expect((await pageOf(browser)).user?.id).toBe(account.id);
  });

  it('logs out here and at the API, also for requests that still have an older cookie', async () => {
    const { browser, app, traffic } = await signedIn();
    const first = new Map(browser.jar);
    await until(browser);
    await pageOf(browser);
    const second = new Map(browser.jar);
    expect((await browser.post('/logout')).status).toBe(303);
    expect(browser.jar.size).toBe(0);
    await until(new Browser(app, second));
    for (const jar of [first, second]) expect((await pageOf(new Browser(app, jar))).user).toBeNull();
    const refreshes = traffic.refreshes;
    const elsewhere = makeApp({ url: server.url });
    expect((await pageOf(new Browser(elsewhere.app, second))).user).toBeNull();
    expect(refreshes).toBe(1);
  });

  it('says why a login failed', async () => {
    const { app } = makeApp({ url: server.url });
    const browser = new Browser(app);
    const wrong = await browser.post('/login', { email: accounts[0]?.email, password: 'wrong' });
    expect([wrong.status, await wrong.json()]).toEqual([401, { code: 'INVALID_CREDENTIALS' }]);
    expect(browser.jar.size).toBe(0);
  });

  it('registers, and the person can log in', async () => {
    const browser = new Browser(makeApp({ url: server.url }).app);
    const fresh = { email: 'fresh@example.com', password: PASSWORD };
    expect((await browser.post('/register', fresh)).status).toBe(204);
    expect((await browser.post('/login?redirectedFrom=%2Fprofile%3Fa%3D1', fresh)).headers.get('location')).toBe(
      '/profile?a=1',
    );
    expect((await pageOf(browser)).user?.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('takes sign-ins, sign-outs and registrations only from pages of its own', async () => {
    const { browser, traffic } = await signedIn();
    const before = { ...traffic };
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'https://other.example.com' },
      { 'sec-fetch-site': 'none', origin: '' },
      { 'sec-fetch-site': 'cross-site', origin: APP },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign) {
      for (const path of ['/logout', '/login', '/register']) {
        expect(
          (await browser.post(path, { email: 'a@example.com', password: 'x' }, headers)).status,
          JSON.stringify(headers),
        ).toBe(403);
      }
    }
    const bare = (origin?: string) =>
      browser.send(new Request(`${APP}/logout`, { method: 'POST', ...(origin ? { headers: { origin } } : {}) }));
    for (const origin of [
      undefined,
      'null',
      'https://evil.example',
      'https://app.example.com.evil.example',
      'http://app.example.com',
    ]) {
      expect((await bare(origin)).status, origin).toBe(403);
    }
    expect((await browser.get('/logout')).status).toBe(405);
    expect([browser.jar.size, traffic]).toEqual([1, before]);
    expect((await bare(APP)).status).toBe(303);
  });

  it('spreads a long session over several cookies, and takes away what is left', async () => {
    const { browser, account } = await signedIn(makeApp({ url: server.url, cookie: { chunkBytes: 200 } }));
    const count = browser.jar.size;
    expect([...browser.jar.keys()].slice(0, 2)).toEqual(['__Host-limen', '__Host-limen.1']);
    expect(count).toBeGreaterThan(1);
    browser.jar.set('__Host-limen.7', 'left');
    expect((await pageOf(browser)).user?.id).toBe(account.id);
    await until(browser);
    expect((await pageOf(browser)).user?.id).toBe(account.id);
    expect(browser.jar.size).toBe(count);
    browser.jar.delete('__Host-limen.1');
    expect((await pageOf(browser)).user).toBeNull();
    expect(browser.jar.size).toBe(0);
  });

  it('encrypts where a secret is given, and takes over from an older one', async () => {
    const { browser, account } = await signedIn(makeApp({ url: server.url, cookie: { secret: SECRET } }));
    const value = browser.jar.get('__Host-limen') ?? '';
    expect(value).not.toContain('.');
    expect((await pageOf(browser)).user?.id).toBe(account.id);
    const newer = makeApp({ url: server.url, cookie: { secret: [`new-${SECRET}`, SECRET] } });
    expect((await pageOf(new Browser(newer.app, browser.jar))).user?.id).toBe(account.id);
    const other = makeApp({ url: server.url, cookie: { secret: `new-${SECRET}` } });
    expect((await pageOf(new Browser(other.app, browser.jar))).user).toBeNull();
    const flipped = `${value.slice(0, 40)}${value[40] === 'A' ? 'B' : 'A'}${value.slice(41)}`;
    const altered = new Browser(
      makeApp({ url: server.url, cookie: { secret: SECRET } }).app,
      new Map([['__Host-limen', flipped]]),
    );
    expect((await pageOf(altered)).user).toBeNull();
  });
});
