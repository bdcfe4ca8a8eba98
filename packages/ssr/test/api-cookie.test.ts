import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { discard, type StartedServer, startProject } from '../../server/test/started-server.ts';
import { apiCookie } from '../src/adapters/api-cookie.ts';
import { type Account, makeNotes, makeUsers, PASSWORD } from './api.ts';
import { makeApp, type Page } from './app.ts';
import { Browser } from './browser.ts';

// The API is api.example.com for browsers and lets its cookie go to the app, which is app.example.com.
let server: StartedServer;
let accounts: readonly Account[];
beforeAll(async () => {
  server = await startProject('sqlite', {
    SESSION_COOKIE_TTL: '8s',
    SESSION_COOKIE_DOMAIN: 'example.com',
    SESSION_COOKIE_SECURE: 'true',
    SESSION_COOKIE_NAME: 'club_session',
  });
  accounts = await makeUsers(server, await makeNotes(server), 2);
});
afterAll(() => discard(server));

const makeShared = () =>
  makeApp({
    url: server.url,
    publicUrl: 'https://api.example.com',
    storage: apiCookie({ name: 'club_session', domain: 'example.com' }),
  });
const pageOf = async (browser: Browser) => (await (await browser.get('/')).json()) as Page;

it('the session cookie of the API is passed on as it is, refreshed once, and ends with the session', async () => {
  const { app, traffic } = makeShared();
  const browser = new Browser(app);
  const account = accounts[0] as Account;
  await browser.post('/login', { email: account.email, password: PASSWORD });
  expect(browser.lastCookies).toEqual([
    expect.stringMatching(
      /^club_session=eyJ\S+; Path=\/; Max-Age=8; Domain=example\.com; HttpOnly; Secure; SameSite=Lax$/,
    ),
  ]);
  expect(await pageOf(browser)).toMatchObject({ user: { id: account.id }, notes: [`note of ${account.email}`] });
  // It works at the API itself, as it came.
  const direct = await fetch(`${server.url}/users/me`, {
    headers: { cookie: `club_session=${browser.jar.get('club_session')}` },
  });
  expect(direct.status).toBe(200);

  await sleep(4500);
  const old = new Map(browser.jar);
  const tabs = Array.from({ length: 10 }, () => new Browser(app, old));
  for (const page of await Promise.all(tabs.map(pageOf))) expect(page.user?.id).toBe(account.id);
  expect(traffic.refreshes).toBe(1);
  const [tab] = tabs as [Browser];
  expect(tab.jar.get('club_session')).not.toBe(old.get('club_session'));

  // Another process knows nothing of that: within its grace period the API gives it the same session.
  const elsewhere = makeShared();
  expect((await pageOf(new Browser(elsewhere.app, old))).user?.id).toBe(account.id);
  expect((await pageOf(tab)).user?.id).toBe(account.id);

  await tab.post('/logout');
  expect(tab.jar.size).toBe(0);
  const late = new Browser(app, old);
  expect((await pageOf(late)).user).toBeNull();
  expect(late.jar.size).toBe(0); // or everything it asks for would be refused until the token expires
});

it('a session that ran out is over, and its cookie is taken away', async () => {
  const { app } = makeShared();
  const browser = new Browser(app);
  await browser.post('/login', { email: accounts[1]?.email, password: PASSWORD });
  await sleep(8100);
  expect((await pageOf(browser)).user).toBeNull();
  expect(browser.lastCookies[0]).toMatch(/^club_session=; Path=\/; Max-Age=0; Expires=[^;]+; Domain=example\.com; /);
});
