import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser as ProviderBrowser } from '../../server/test/sso/browser.ts';
import { HostileProvider } from '../../server/test/sso/hostile-provider.ts';
import { openIdSettings, person } from '../../server/test/sso/logins.ts';
import { discard, type StartedServer, startProject } from '../../server/test/started-server.ts';
import { withSession } from '../src/adapters/fetch-handler.ts';
import { createSessions } from '../src/index.ts';
import { APP, Browser } from './browser.ts';

let server: StartedServer;
let club: HostileProvider;
beforeAll(async () => {
  club = await new HostileProvider().start();
  const settings = openIdSettings('club', club.url, { REDIRECT_ALLOW_LIST: `${APP}/auth/callback` });
  server = await startProject('sqlite', { AUTH_PROVIDERS: 'club', ...settings });
  person(club, 'ann');
});
afterAll(async () => {
  club.stop();
  await discard(server);
});

function makeBrowser(): Browser {
  const sessions = createSessions({ url: server.url });
  const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } });
  const app = withSession(sessions, async (request, session) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/leave') return seeOther(await session.loginWith('club'));
    if (pathname === '/auth/callback') return seeOther(await session.handleCallback());
    return Response.json(await session.user());
  });
  return new Browser(app);
}

/** Leaves, logs in at the provider, and gives the address that the provider's way ends at. */
async function away(browser: Browser, wanted = '/profile?a=1'): Promise<string> {
  const left = await browser.get(`/leave?redirectedFrom=${encodeURIComponent(wanted)}`);
  const ends = (url: URL) => url.origin === APP;
  const back = await new ProviderBrowser().follow(left.headers.get('location') ?? '', ends);
  return back.headers.get('location') ?? '';
}
const follow = async (browser: Browser, address: string) => {
  const { pathname, search } = new URL(address);
  return (await browser.get(`${pathname}${search}`)).headers.get('location');
};
const who = async (browser: Browser) => (await (await browser.get('/')).json()) as { id: string } | null;

it('a login with a provider ends where the person wanted to go, and leaves one cookie', async () => {
  const browser = makeBrowser();
  const back = await away(browser);
  expect(browser.lastCookies[0]).toMatch(
    /^__Host-limen-login-[\w-]+=\S+; Path=\/; Max-Age=900; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(await follow(browser, back)).toBe('/profile?a=1');
  expect([...browser.jar.keys()]).toEqual(['__Host-limen']);
  expect((await who(browser))?.id).toMatch(/^[0-9a-f-]{36}$/);
});

it('two tabs at once', async () => {
  const browser = makeBrowser();
  const [one, other] = [await away(browser, '/one'), await away(browser, '/other')];
  expect(await follow(browser, one)).toBe('/one');
  expect(await follow(browser, other)).toBe('/other');
});

it('the code is of no use in another browser, nor twice, nor without the cookie of the attempt', async () => {
  const browser = makeBrowser();
  const back = await away(browser);
  const stranger = makeBrowser();
  expect(await follow(stranger, back)).toBe('/login?reason=INVALID_CREDENTIALS');
  const own = await away(stranger);
  const state = new URL(own).searchParams.get('state') ?? '';
  const stolen = new URL(back);
  stolen.searchParams.set('state', state);
  expect(await follow(stranger, stolen.href)).toBe(
    '/login?reason=INVALID_CREDENTIALS&redirectedFrom=%2Fprofile%3Fa%3D1',
  );
  expect(await who(stranger)).toBeNull();
  expect(await follow(browser, back)).not.toBe('/login');
  expect(await follow(browser, back)).toBe('/login?reason=INVALID_CREDENTIALS');
});

it('never leads to another site, whatever was asked for, and tells reasons in words of its own', async () => {
  const browser = makeBrowser();
  expect(await follow(browser, await away(browser, '//evil.example'))).toBe('/');
  expect((await browser.get('/auth/callback?reason=INVALID_PROVIDER')).headers.get('location')).toBe(
    '/login?reason=INVALID_PROVIDER',
  );
  const hostile = await browser.get(`/auth/callback?reason=${encodeURIComponent('<script>')}`);
  expect(hostile.headers.get('location')).toBe('/login?reason=UNKNOWN');
});

it('does not believe the cookie of the attempt where to go', async () => {
  const browser = makeBrowser();
  const back = await away(browser);
  const name = [...browser.jar.keys()].find((one) => one.includes('-login-')) ?? '';
  const kept = JSON.parse(Buffer.from(browser.jar.get(name) ?? '', 'base64url').toString()) as object;
  const altered = JSON.stringify({ ...kept, redirectTo: '//evil.example' });
  browser.jar.set(name, Buffer.from(altered).toString('base64url'));
  expect(await follow(browser, back)).toBe('/');
});
