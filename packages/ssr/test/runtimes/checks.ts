import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Browser as ProviderBrowser } from '../../../server/test/sso/browser.ts';
import { lifetimeOf, unpackTokens } from '../../src/tokens.ts';
import { type Account, PASSWORD } from '../api.ts';
import { APP, type App, Browser } from '../browser.ts';

/** An app on some runtime, and somebody who has an account. */
export interface Subject {
  readonly address: string;
  readonly account: Account;
}

interface Shown {
  readonly id: string | null;
  readonly refreshes: number;
}

/** What an app answers has to be the same on every runtime. */
export const CHECKS: Readonly<Record<string, (subject: Subject) => Promise<void>>> = {
  'signs in, keeps one cookie with its attributes, and guards a page': async ({ address, account }) => {
    const browser = new Browser(appAt(address));
    const away = await browser.get('/plain/profile');
    assert.deepEqual(
      [away.status, away.headers.get('location')],
      [303, '/plain/login?redirectedFrom=%2Fplain%2Fprofile'],
    );
    const entered = await signIn(browser, account, '/plain');
    assert.deepEqual([entered.status, entered.headers.get('location')], [303, '/plain/']);
    assert.equal(browser.lastCookies.length, 1);
    assert.match(
      browser.lastCookies[0] ?? '',
      /^__Host-limen=1-\S+; Path=\/; Max-Age=604800; HttpOnly; Secure; SameSite=Lax$/,
    );
    const shown = await browser.get('/plain/profile');
    assert.deepEqual(
      [await shown.json(), shown.headers.get('cache-control')],
      [{ id: account.id }, 'private, no-store'],
    );
  },

  'refreshes once for requests that come at the same time, and for late ones': async ({ address, account }) => {
    const browser = new Browser(appAt(address));
    await signIn(browser, account, '/plain');
    const { refreshes: before } = await shownTo(browser, '/plain/');
    const old = new Map(browser.jar);
    await untilExpired(browser);
    assert.equal((await browser.get('/plain/', { 'sec-purpose': 'prefetch' })).status, 503);
    const tabs = Array.from({ length: 20 }, () => new Browser(appAt(address), old));
    for (const { id } of await Promise.all(tabs.map((tab) => shownTo(tab, '/plain/')))) assert.equal(id, account.id);
    const late = new Browser(appAt(address), old);
    assert.deepEqual(await shownTo(late, '/plain/'), { id: account.id, refreshes: before + 1 });
    assert.equal(new Set([...tabs, late].map(({ jar }) => jar.get('__Host-limen'))).size, 1);
  },

  'a browser that goes away while its session is refreshed takes nobody with it': async ({ address, account }) => {
    const browser = new Browser(appAt(address));
    await signIn(browser, account, '/slow');
    await untilExpired(browser);
    const nobody = new Browser(appAt(address));
    const { refreshes: before } = await shownTo(nobody, '/slow/');
    const jar = new Map(browser.jar);
    const leaving = new AbortController();
    const gone = new Browser(appAt(address, leaving.signal), jar).get('/slow/').catch(() => null);
    while ((await shownTo(nobody, '/slow/')).refreshes === before) await sleep(5);
    const staying = Array.from({ length: 5 }, () => shownTo(new Browser(appAt(address), jar), '/slow/'));
    leaving.abort();
    for (const { id } of await Promise.all(staying)) assert.equal(id, account.id);
    assert.equal(await gone, null);
    assert.equal((await shownTo(new Browser(appAt(address), jar), '/slow/')).id, account.id);
  },

  'signs out, at the API too': async ({ address, account }) => {
    const browser = new Browser(appAt(address));
    await signIn(browser, account, '/plain');
    const jar = new Map(browser.jar);
    assert.equal((await browser.post('/plain/logout')).status, 303);
    assert.equal(browser.jar.size, 0);
    await untilExpired(new Browser(appAt(address), jar));
    assert.equal((await shownTo(new Browser(appAt(address), jar), '/plain/')).id, null);
  },

  'takes forms of its own pages only': async ({ address, account }) => {
    const browser = new Browser(appAt(address));
    const body = { email: account.email, password: PASSWORD };
    const foreign = await browser.post('/plain/login', body, {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    });
    assert.deepEqual([foreign.status, browser.jar.size], [403, 0]);
  },

  'encrypts, decrypts, and refuses what was altered': async ({ address, account }) => {
    const browser = new Browser(appAt(address));
    await signIn(browser, account, '/sealed');
    const value = browser.jar.get('__Host-limen') ?? '';
    assert.doesNotMatch(value, /[.!]/);
    assert.equal((await shownTo(browser, '/sealed/')).id, account.id);
    const flipped = `${value.slice(0, 40)}${value[40] === 'A' ? 'B' : 'A'}${value.slice(41)}`;
    const altered = new Browser(appAt(address), new Map([['__Host-limen', flipped]]));
    assert.equal((await shownTo(altered, '/sealed/')).id, null);
  },

  'comes back from a provider': async ({ address }) => {
    const browser = new Browser(appAt(address));
    const left = await browser.post('/plain/leave?redirectedFrom=%2Fplain%2Fprofile');
    const ends = (url: URL): boolean => url.origin === APP;
    const back = await new ProviderBrowser().follow(left.headers.get('location') ?? '', ends);
    const { pathname, search } = new URL(back.headers.get('location') ?? '');
    assert.equal((await browser.get(`${pathname}${search}`)).headers.get('location'), '/plain/profile');
    assert.deepEqual([...browser.jar.keys()], ['__Host-limen']);
    assert.equal((await browser.get('/plain/profile')).status, 200);
  },

  'waits so long for the API and no longer': async ({ address, account }) => {
    const browser = new Browser(appAt(address));
    const answer = await signIn(browser, account, '/silent');
    assert.deepEqual([answer.status, await answer.json()], [503, { code: 'API_UNREACHABLE' }]);
  },
};

/** The browser's requests as a proxy hands them to a server. */
function appAt(address: string, signal: AbortSignal | null = null): App {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const body = request.method === 'POST' ? await request.text() : null;
    const { method, headers } = request;
    return fetch(`${address}${pathname}${search}`, { method, headers, body, redirect: 'manual', signal });
  };
}

const signIn = (browser: Browser, { email }: Account, base: string): Promise<Response> =>
  browser.post(`${base}/login`, { email, password: PASSWORD });

async function shownTo(browser: Browser, path: string): Promise<Shown> {
  const answer = await browser.get(path);
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as Shown;
}

async function untilExpired({ jar }: Browser): Promise<void> {
  const tokens = unpackTokens((jar.get('__Host-limen') ?? '').slice(2));
  assert.ok(tokens);
  await sleep(Math.max(0, lifetimeOf(tokens.access).expiresAt - Date.now()) + 50);
}
