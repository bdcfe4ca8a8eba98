import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, startChromium } from '../chromium.ts';
import { Client, makeCollection, userWith } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Origin, startOrigin } from './pages.ts';

const PASSWORD = 'a-long-password';
const GENEROUS = { timeout: 20_000, interval: 20 };

interface Heard {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: messages have every shape.
  readonly data: any;
}
/** What `page-client.js` makes of the clients. */
interface App {
  readonly heard: readonly Heard[];
  readonly said: readonly {
    readonly type: string;
    readonly status?: string;
  }[];
  opened(): number;
  followByToken(url: string, token: string): Promise<Heard>;
  followBySession(url: string, email: string, password: string): Promise<Heard>;
  followByLogin(url: string, email: string, password: string): Promise<Heard>;
  /** Gives what is there when it begins to follow. */
  followByGraphql(url: string, token: string): Promise<unknown>;
  query(document: string): Promise<unknown>;
}

/** The clients that people use, unchanged and in a browser, on pages of other origins than the server's. */
describe.runIf(hasChromium('sockets were')).each(DATABASES)('clients of sockets in a browser, %s', (database) => {
  let server: StartedServer;
  let admin: Client;
  let browser: Browser;
  let own: Origin;
  let foreign: Origin;
  /** Pages share what they have loaded, and the cookies. */
  let shared: BrowserContext;
  let people = 0;

  beforeAll(async () => {
    [browser, own, foreign] = await Promise.all([startChromium(), startOrigin(), startOrigin()]);
    shared = await browser.newContext();
    server = await startProject(database, {
      CORS_ENABLED: 'true',
      CORS_ORIGIN: own.url,
      CORS_CREDENTIALS: 'true',
      ACCESS_TOKEN_TTL: '4s',
    });
    admin = new Client(server);
    await makeCollection(server, 'notes', [
      { field: 'text', type: 'string' },
      { field: 'owner', type: 'uuid' },
      { field: 'secret', type: 'string' },
    ]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await own?.close();
    await foreign?.close();
    await discard(server);
  });

  /** Somebody who may see the own notes, without their secrets. */
  async function person(): Promise<{ id: string; email: string; token: string }> {
    people += 1;
    const name = `reader${people}`;
    const rule = { owner: { _eq: '$CURRENT_USER' } };
    const { id } = await userWith(server, name, [
      { collection: 'notes', action: 'read', permissions: rule, fields: ['id', 'text', 'owner'] },
    ]);
    return { id, email: `${name}@example.com`, token: `token-of-${name}-0123456789` };
  }

  async function open(origin: Origin): Promise<Page> {
    const page = await shared.newPage();
    await page.goto(origin.url);
    await page.waitForFunction('globalThis.app');
    return page;
  }

  /** Whether a socket opens with nothing but what the browser sends along. */
  const knock = (page: Page, path: string, protocol = ''): Promise<string> =>
    page.evaluate(`new Promise((resolve) => {
      const socket = new WebSocket('${server.url.replace('http', 'ws')}${path}', ${protocol ? `['${protocol}']` : '[]'});
      socket.onopen = () => resolve('opened');
      socket.onerror = () => resolve('refused');
    })`);

  const app = <T, A>(page: Page, work: (app: App, given: A) => T | Promise<T>, given: A): Promise<T> =>
    page.evaluate(`(${work.toString()})(globalThis.app, ${JSON.stringify(given)})`) as Promise<T>;
  const heard = (page: Page): Promise<readonly Heard[]> => app(page, ({ heard }) => heard, null);

  /** Makes, changes and deletes a foreign item and an own one, each once the page has heard of what was before. */
  async function changeBoth(page: Page, owner: string): Promise<Heard[]> {
    const before = (await heard(page)).length;
    const hears = (count: number) =>
      expect.poll(async () => (await heard(page)).length - before, GENEROUS).toBeGreaterThanOrEqual(count);
    const made = await admin.post('/items/notes', [
      { text: 'foreign', secret: 'hidden' },
      { text: 'mine', owner, secret: 'hidden' },
    ]);
    const keys: number[] = made.body.data.map(({ id }: { id: number }) => id);
    await hears(1);
    for (const id of keys) await admin.patch(`/items/notes/${id}`, { text: 'changed' });
    await hears(2);
    for (const id of keys) await admin.delete(`/items/notes/${id}`);
    await hears(3);
    return (await heard(page)).slice(before);
  }

  const OF_OWN = [
    { event: 'create', data: [{ id: expect.any(Number), text: 'mine' }] },
    { event: 'update', data: [{ id: expect.any(Number), text: 'changed' }] },
    { event: 'delete', data: [expect.anything()] },
  ];

  it('the SDK follows with a static token, and hears what it may and nothing else', async () => {
    const { id, token } = await person();
    const page = await open(own);
    const init = await app(page, ({ followByToken }, given) => followByToken(given.url, given.token), {
      url: server.url,
      token,
    });
    expect(init).toMatchObject({ event: 'init', data: [] });
    expect(await changeBoth(page, id)).toEqual(OF_OWN);
    await admin.post('/items/notes', [{ text: 'theirs' }, { text: 'kept', owner: id }]);
    expect(await app(page, ({ query }) => query('{ notes { text } }'), null)).toEqual({ notes: [{ text: 'kept' }] });
    await expect(app(page, ({ query }) => query('{ notes { secret } }'), null)).rejects.toThrow();
    await page.close();
  });

  it('graphql-ws follows with a token, too', async () => {
    const { id, token } = await person();
    const page = await open(own);
    const given = { url: server.url, token };
    expect(await app(page, ({ followByGraphql }, { url, token }) => followByGraphql(url, token), given)).toEqual([]);
    const key = expect.any(String);
    expect(await changeBoth(page, id)).toEqual([
      { key, event: 'create', data: { text: 'mine' } },
      { key, event: 'update', data: { text: 'changed' } },
      { key, event: 'delete', data: null },
    ]);
    await page.close();
  });

  it('the SDK authenticates again when its token expires, and misses nothing after', async () => {
    const { id, email } = await person();
    const page = await open(own);
    const given = { url: server.url, email, password: PASSWORD };
    await app(page, ({ followByLogin }, { url, email, password }) => followByLogin(url, email, password), given);
    // Whole seconds are in a token, so that it may end up to one of them before the client expects it.
    const proven = (): Promise<number> =>
      app(page, ({ said }) => said.filter((one) => one.status === 'ok').length, null);
    await expect.poll(proven, GENEROUS).toBeGreaterThan(1);
    expect(await changeBoth(page, id)).toEqual(OF_OWN);
    expect(await app(page, ({ opened }) => opened(), null)).toBe(1);
    await page.close();
  });

  it('the session cookie is enough on a page that is allowed, and no good on one that is not', async () => {
    const { id, email } = await person();
    const page = await open(own);
    const given = { url: server.url, email, password: PASSWORD };
    const init = await app(
      page,
      ({ followBySession }, { url, email, password }) => followBySession(url, email, password),
      given,
    );
    expect(init).toMatchObject({ event: 'init', data: [] });
    expect(await changeBoth(page, id)).toEqual(OF_OWN);
    // The browser sends the cookie along from there, too: all ports of a host are one site.
    const other = await shared.newPage();
    await other.goto(`${foreign.url}/bare`);
    expect(await knock(other, '/websocket')).toBe('refused');
    expect(await knock(other, '/graphql', 'graphql-transport-ws')).toBe('refused');
    expect(await knock(page, '/websocket')).toBe('opened');
    expect(await knock(page, '/graphql', 'graphql-transport-ws')).toBe('opened');
    // Without the cookie it is a visitor like any other, who has to say who it is.
    const visitor = await (await browser.newContext()).newPage();
    await visitor.goto(`${foreign.url}/bare`);
    expect(await knock(visitor, '/websocket')).toBe('opened');
  });
});
