import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, FORBIDDEN, failure, INVALID_PAYLOAD } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { openContents } from '../stored-contents.ts';
import { Browser } from './browser.ts';
import { type CertifiedProvider, startCertifiedProvider } from './certified-provider.ts';
import { hostileDestinations } from './hostile-destinations.ts';
import { HostileProvider } from './hostile-provider.ts';
import { CLIENT_PAGE, leavingFor, login, openIdSettings, person } from './logins.ts';

const SECRET = 'a secret of at least thirty-two characters';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

describe.each(DATABASES)('signing out here and at the provider, on %s', (database) => {
  let server: StartedServer;
  let club: HostileProvider;
  let guild: HostileProvider;
  let certified: CertifiedProvider;

  beforeAll(async () => {
    certified = await startCertifiedProvider();
    [club, guild] = [await new HostileProvider().start(), await new HostileProvider().start()];
    guild.flaws = { metadata: ({ end_session_endpoint: _, ...rest }) => rest };
    const plain = { AUTHORIZE_URL: `${club.url}/authorize`, ACCESS_URL: `${club.url}/token` };
    server = await startProject(database, {
      AUTH_PROVIDERS: 'certified,club,guild,cookies,gone,plain,local',
      ...openIdSettings('certified', certified.url, { CLIENT_ID: 'limen', CLIENT_SECRET: SECRET, EMAIL_KEY: 'none' }),
      ...openIdSettings('club', club.url),
      ...openIdSettings('guild', guild.url),
      ...openIdSettings('cookies', club.url, { MODE: 'cookie', CLIENT_ID: 'client of cookies' }),
      ...openIdSettings('gone', 'http://127.0.0.1:1'),
      ...openIdSettings('plain', club.url, { DRIVER: 'oauth2', PROFILE_URL: `${club.url}/userinfo`, ...plain }),
      AUTH_LOCAL_DRIVER: 'local',
    });
    const [redirect_uris, post_logout_redirect_uris] = ['callback', 'logout'].map((end) => [
      `${server.url}/auth/login/certified/${end}`,
    ]);
    certified.serve([{ client_id: 'limen', client_secret: SECRET, redirect_uris, post_logout_redirect_uris }]);
  }, 60_000);

  afterAll(async () => {
    for (const provider of [club, guild, certified]) provider?.stop();
    if (server) await discard(server);
  });

  it('a whole OpenID provider ends its session too, and the browser comes back to the page', async () => {
    const browser = new Browser();
    await login(server, 'certified', browser);
    const url = await begin(browser, 'certified', { mode: 'session', redirect: `${CLIENT_PAGE}?bye=1#top` });
    expect((await me(browser)).status).toBe(401);
    const asking = await browser.get(url);
    const page = await asking.text();
    expect([asking.status, certified.complaints]).toEqual([200, []]);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
    const confirmed = await browser.post(action, new URLSearchParams({ xsrf, logout: 'yes' }));
    const back = confirmed.headers.get('location') ?? '';
    expect(back.startsWith(`${server.url}/auth/login/certified/logout?state=`), back).toBe(true);
    expect((await browser.get(back)).headers.get('location')).toBe(`${CLIENT_PAGE}?bye=1#top`);
    expect(browser.cookies(certified.url).has('_session')).toBe(false);
  });

  it('tells the provider who signs out, and where to go', async () => {
    const browser = new Browser();
    person(club, 'abe');
    await login(server, 'club', browser);
    const url = new URL(await begin(browser, 'club', { mode: 'session', redirect: CLIENT_PAGE }));
    expect(url.origin + url.pathname).toBe(`${club.url}/end`);
    const given = Object.fromEntries(url.searchParams);
    expect(given).toMatchObject({
      a: '1',
      client_id: 'client of club',
      post_logout_redirect_uri: `${server.url}/auth/login/club/logout`,
    });
    const [, payload = ''] = (given.id_token_hint ?? '').split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ iss: club.url, sub: 'abe' });
  });

  it('every mode, also after a refresh and after a code; the cookie is taken away', async () => {
    person(club, 'cora');
    const session = new Browser();
    await login(server, 'club', session);
    await session.post(`${server.url}/auth/refresh`, JSON.stringify({ mode: 'session' }), JSON_TYPE);
    expect(await begin(session, 'club', { mode: 'session' })).toContain('id_token_hint=');
    expect(session.cookies(server.url).size).toBe(0);

    person(club, 'cora of cookies');
    const cookie = new Browser();
    await login(server, 'cookies', cookie);
    expect(await begin(cookie, 'cookies', {})).toContain('id_token_hint=');
    expect(cookie.cookies(server.url).size).toBe(0);

    const code_verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(code_verifier).digest('base64url');
    person(club, 'cora');
    const leaving = `${leavingFor(server, 'club')}&response=code&code_challenge=${challenge}`;
    const { location } = await login(server, 'club', new Browser(), leaving);
    const code = new URL(location).searchParams.get('code');
    const { body } = await new Client(server, null).post('/auth/login/handoff', { code, code_verifier });
    const { refresh_token } = body.data;
    expect(await begin(new Browser(), 'club', { refresh_token })).toContain('id_token_hint=');
    const again = await new Client(server, null).post('/auth/refresh', { refresh_token });
    expect(again.status).toBe(401);
  });

  it('says nothing of a session to a provider that did not open it', async () => {
    const browser = new Browser();
    person(club, 'dora');
    await login(server, 'club', browser);
    const url = await begin(browser, 'certified', { mode: 'session' });
    expect(url).not.toContain('id_token_hint');
    expect((await me(browser)).status).toBe(401);
    const nobody = new URL(await begin(new Browser(), 'club', {}));
    expect(nobody.searchParams.has('id_token_hint')).toBe(false);
    expect(nobody.searchParams.get('client_id')).toBe('client of club');
  });

  it('what the provider is told later is sealed in the database', async () => {
    const browser = new Browser();
    person(club, 'greta-in-the-token');
    await login(server, 'club', browser);
    const reader = await openContents(server.project);
    const texts = [...(await reader.read()).values()].flat();
    await reader.close();
    const hint = new URL(await begin(browser, 'club', { mode: 'session' })).searchParams.get('id_token_hint') ?? '';
    const [, payload = '', signature = ''] = hint.split('.');
    expect(signature).not.toBe('');
    expect(texts.some((text) => text.includes(signature) || text.includes(payload))).toBe(false);
  });

  it('where a provider knows no signing out, or is not there, the session here ends all the same', async () => {
    person(guild, 'eve');
    for (const [name, expected] of [
      ['guild', CLIENT_PAGE],
      ['plain', CLIENT_PAGE],
      ['gone', `${CLIENT_PAGE}?reason=SERVICE_UNAVAILABLE`],
    ] as const) {
      const browser = new Browser();
      await login(server, 'guild', browser);
      expect((await me(browser)).status).toBe(200);
      expect(await begin(browser, name, { mode: 'session', redirect: CLIENT_PAGE })).toBe(expected);
      expect((await me(browser)).status).toBe(401);
    }
    expect(await begin(new Browser(), 'guild', {})).toBe('/');
  });

  it('nobody is sent anywhere that may not be named, and then nothing has ended', async () => {
    const browser = new Browser();
    person(club, 'fay');
    await login(server, 'club', browser);
    const hostile = [...hostileDestinations().slice(0, 40), `${CLIENT_PAGE}/deeper`, 'https://evil.example/'];
    for (const redirect of hostile) {
      const answer = await browser.post(
        `${server.url}/auth/logout/club`,
        JSON.stringify({ mode: 'session', redirect }),
        JSON_TYPE,
      );
      expect(answer.status, JSON.stringify(redirect)).toBe(400);
    }
    for (const redirect of [1, [CLIENT_PAGE], {}]) {
      const answer = await new Client(server, null).post('/auth/logout/club', { redirect });
      expect(failure(answer)).toEqual(INVALID_PAYLOAD);
    }
    expect((await me(browser)).status).toBe(200);
  });

  it('no page of another site signs its visitors out', async () => {
    const browser = new Browser();
    person(club, 'gil');
    await login(server, 'club', browser);
    const address = `${server.url}/auth/logout/club`;
    const form = new URLSearchParams({ mode: 'session' });
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site', origin: 'null' },
      { 'sec-fetch-site': 'same-site', origin: 'https://evil.example' },
    ];
    for (const headers of foreign) {
      const answer = await browser.post(address, form, { ...FORM, ...headers });
      expect([answer.status, (await answer.json()) as object]).toMatchObject([FORBIDDEN.status, {}]);
    }
    for (const way of [address, `${address}?mode=session`, `${server.url}/auth/logout`]) {
      expect((await browser.get(way)).status).toBe(404);
    }
    const bare = await browser.post(address, 'mode=session', {
      'content-type': 'text/plain',
      origin: 'https://evil.example',
    });
    expect(bare.status).not.toBe(200);
    expect((await me(browser)).status).toBe(200);
    const own = await browser.post(address, form, { ...FORM, 'sec-fetch-site': 'same-origin' });
    expect(own.status).toBe(303);
    expect(own.headers.get('location')).toContain(`${club.url}/end`);
    expect((await me(browser)).status).toBe(401);
  });

  it('coming back with anything else than what was sealed for this provider leads to /', async () => {
    const state =
      new URL(await begin(new Browser(), 'club', { redirect: CLIENT_PAGE })).searchParams.get('state') ?? '';
    const arrive = async (name: string, given: string) =>
      (await fetch(`${server.url}/auth/login/${name}/logout?${given}`, { redirect: 'manual' })).headers.get('location');
    expect(await arrive('club', `state=${state}`)).toBe(CLIENT_PAGE);
    expect(await arrive('cookies', `state=${state}`)).toBe('/');
    for (const given of ['', 'state=', 'state=x', `state=${state.slice(1)}`, `state=${state}&state=${state}`]) {
      expect(await arrive('club', given), given).toBe('/');
    }
    for (const name of ['none', 'local']) {
      expect(await arrive(name, '')).toBeNull();
      expect((await new Client(server, null).post(`/auth/logout/${name}`, {})).status).toBe(404);
    }
  });

  const me = (browser: Browser) => browser.get(`${server.url}/users/me`);

  async function begin(browser: Browser, name: string, body: object): Promise<string> {
    const answer = await browser.post(`${server.url}/auth/logout/${name}`, JSON.stringify(body), JSON_TYPE);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const given = (await answer.json()) as { data: { url: string } };
    expect(answer.status, JSON.stringify(given)).toBe(200);
    return given.data.url;
  }
});
