import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discard, type StartedServer, startProject } from '../../server/test/started-server.ts';
import { apiCookie } from '../src/adapters/api-cookie.ts';
import * as astro from '../src/adapters/astro.ts';
import * as express from '../src/adapters/express.ts';
import * as fastifyAdapter from '../src/adapters/fastify.ts';
import * as hono from '../src/adapters/hono.ts';
import * as nextjs from '../src/adapters/nextjs.ts';
import * as nuxt from '../src/adapters/nuxt.ts';
import * as reactRouter from '../src/adapters/react-router.ts';
import * as solid from '../src/adapters/solidstart.ts';
import * as svelte from '../src/adapters/sveltekit.ts';
import * as tanstack from '../src/adapters/tanstack-start.ts';
import { createSessions, type Session, type Sessions, type SessionsOptions } from '../src/index.ts';
import { type Account, makeNotes, makeUsers, PASSWORD } from './api.ts';
import { APP, type App, Browser } from './browser.ts';
import { installed } from './installed.ts';

const PROTECT = ['/profile'];
const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } });

/** What every app does with its session: sign in and out, and say who is there. */
async function act(session: Session, request: Request, body: () => Promise<{ email: string; password: string }>) {
  const { pathname } = new URL(request.url);
  if (request.method === 'POST' && pathname === '/login') {
    await session.login(await body());
    return seeOther(session.redirectedFrom());
  }
  if (request.method === 'POST') {
    await session.logout();
    return seeOther('/');
  }
  const { user, location } = pathname.startsWith('/profile')
    ? await session.guard()
    : { user: await session.user(), location: null };
  return location === null ? Response.json({ id: user?.id ?? null }) : seeOther(location);
}
const handle = (session: Session, request: Request) => act(session, request, () => request.json());

/** Each framework as it calls the adapter. */
const APPS: Record<string, (sessions: Sessions, options: SessionsOptions) => App | Promise<App>> = {
  sveltekit: (sessions) => (request) => {
    const event = { request, url: new URL(request.url), locals: {} as svelte.SessionLocals };
    return svelte.sessionHandle(sessions, { protect: PROTECT })({
      event,
      resolve: async () => handle(event.locals.session, request),
    });
  },
  astro: (sessions) => (request) => {
    const context = { request, url: new URL(request.url), locals: {} as astro.SessionLocals };
    return astro.sessionMiddleware(sessions, { protect: PROTECT })(context, () =>
      handle(context.locals.session, request),
    );
  },
  'react-router': async (sessions) => {
    const { createContext, createStaticHandler } = await framework('react-router', 'dist/production/index.js');
    type Args = { readonly request: Request; readonly context: { get(key: object): Session } };
    const sessionContext: object = createContext();
    const act = ({ request, context }: Args) => handle(context.get(sessionContext), request);
    const middleware = [reactRouter.sessionMiddleware(sessions, sessionContext)];
    const { queryRoute } = createStaticHandler([{ path: '*', middleware, loader: act, action: act }]);
    return (request) =>
      queryRoute(request, {
        generateMiddlewareResponse: (query: (request: Request) => Promise<Response>) => query(request),
      });
  },
  'tanstack-start': (sessions) => async (request) => {
    const result = await tanstack.withSession(sessions, request, async (session) => ({
      response: await handle(session, request),
    }));
    return result instanceof Response ? result : result.response;
  },
  hono: async (sessions) => {
    const { Hono } = await framework('hono', 'dist/index.js');
    const app = new Hono();
    app.use(hono.sessionMiddleware(sessions));
    app.all('*', (context: { get(name: 'session'): Session; req: { raw: Request } }) =>
      handle(context.get('session'), context.req.raw),
    );
    return async (request) => app.fetch(request);
  },
  solidstart: (sessions) => async (request) => {
    const event = { request, locals: {} as solid.SessionLocals, response: { headers: new Headers() } };
    const { onRequest, onBeforeResponse } = solid.sessionMiddleware(sessions);
    const answer = (await onRequest(event)) ?? (await handle(event.locals.session, request));
    onBeforeResponse(event);
    const headers = new Headers(answer.headers);
    for (const [name, value] of event.response.headers) headers.append(name, value);
    return new Response(answer.body, { status: answer.status, headers });
  },
  nextjs: (sessions, options) => async (request) => {
    // The proxy, and then a page (or a route handler) in a process of its own that has only what the proxy passed on.
    const pages = createSessions(options);
    let passed = request.headers;
    const responses = {
      next: (init: { request: { headers: Headers } }) => {
        passed = init.request.headers;
        return new Response(null, { headers: { 'x-next': '1' } });
      },
    };
    const proxied = await nextjs.sessionProxy(sessions, responses, { protect: PROTECT })(request);
    if (!proxied.headers.has('x-next')) return proxied;
    const answer =
      request.method === 'GET'
        ? await handle(nextjs.pageSession(pages, passed), request)
        : await nextjs.sessionRoute(pages, handle)(new Request(request, { headers: passed }), undefined);
    const headers = new Headers(answer.headers);
    for (const [name, value] of proxied.headers) headers.append(name, value);
    return new Response(answer.body, { status: answer.status, headers });
  },
  express: async (sessions) => {
    const { default: makeApp } = await framework('express', 'index.js');
    const app = makeApp();
    app.set('trust proxy', true);
    app.use(express.sessionMiddleware(sessions));
    app.use((request: IncomingMessage, response: ServerResponse & { readonly locals: express.SessionLocals }) =>
      answerNode(response.locals.session, request, response),
    );
    return overHttp(app);
  },
  nuxt: (sessions) =>
    overHttp(async (request, response) => {
      const event = {
        path: request.url ?? '/',
        node: { req: request, res: response },
        context: {} as nuxt.SessionContext,
      };
      request.headers['x-forwarded-proto'] = 'https';
      await nuxt.sessionHandler(sessions)(event as never);
      if (!response.writableEnded) await answerNode(event.context.session, request, response);
    }),
  fastify: async (sessions) => {
    const app = fastify({ trustProxy: true });
    fastifyAdapter.sessionHooks(app as never, sessions);
    app.route({
      method: ['GET', 'POST'],
      url: '*',
      handler: async (request, reply) => {
        const { session } = request as unknown as fastifyAdapter.SessionRequest;
        const asked = new Request(new URL(request.url, APP), { method: request.method });
        const answer = await act(session, asked, async () => request.body as { email: string; password: string });
        for (const [name, value] of answer.headers) reply.header(name, value);
        return reply.code(answer.status).send(await answer.text());
      },
    });
    return forwarder(await app.listen({ port: 0, host: '127.0.0.1' }), () => app.close());
  },
};

const closing: (() => unknown)[] = [];

/** A framework as npm has it. */
async function framework(name: string, file: string) {
  const folder = await installed([
    'hono@4.13.19',
    'express@5.3.0',
    'react-router@8.5.1',
    'react@19.3.1',
    'react-dom@19.3.1',
  ]);
  return import(join(folder, 'node_modules', name, file));
}

async function overHttp(listener: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<App> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return forwarder(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => server.close());
}

/** The browser's requests as a proxy hands them to a server. */
function forwarder(address: string, close: () => unknown): App {
  closing.push(close);
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.set('x-forwarded-proto', 'https');
    const body = request.method === 'POST' ? await request.text() : null;
    return fetch(`${address}${pathname}${search}`, { method: request.method, headers, body, redirect: 'manual' });
  };
}

async function answerNode(session: Session, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks = await request.toArray();
  const asked = new Request(new URL(request.url ?? '/', APP), { method: request.method ?? 'GET' });
  const answer = await act(session, asked, async () => JSON.parse(Buffer.concat(chunks).toString()));
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.statusCode = answer.status;
  response.end(await answer.text());
}

interface Mode {
  readonly settings: Readonly<Record<string, string>>;
  readonly options: Omit<SessionsOptions, 'url'>;
  readonly cookie: RegExp;
  /** Until the session is due to be refreshed; the next time it is due as long after. */
  readonly dueMs: number;
  /** Of a page fetched in advance at that time: a session of the API is refreshed while it still has time left. */
  readonly prefetch: number;
}

const MODES: Readonly<Record<'app' | 'api', Mode>> = {
  app: {
    settings: { ACCESS_TOKEN_TTL: '4s' },
    options: {},
    cookie: /^__Host-limen=1-.*; Path=\/; Max-Age=604800; HttpOnly; Secure; SameSite=Lax$/,
    dueMs: 4100,
    prefetch: 503,
  },
  // The API is below a path of the host that the app is on, and its session cookie is passed on.
  api: {
    settings: { SESSION_COOKIE_TTL: '12s', SESSION_COOKIE_SECURE: 'true' },
    options: { storage: apiCookie(), publicUrl: `${APP}/limen` },
    cookie: /^directus_session_token=eyJ.*; Path=\/; Max-Age=12; HttpOnly; Secure; SameSite=Lax$/,
    dueMs: 6100,
    prefetch: 200,
  },
};

/** Begun for all adapters at once: most of it is waiting. */
async function journey(name: string, server: StartedServer, account: Account, mode: Mode): Promise<void> {
  let refreshes = 0;
  const counting: typeof fetch = (input, init) => {
    if (String(input).endsWith('/auth/refresh')) refreshes++;
    return fetch(input, init);
  };
  const options = { ...mode.options, url: server.url, origins: [APP] };
  const sessions = createSessions({ ...options, fetch: counting });
  const browser = new Browser(await (APPS[name] as (typeof APPS)[string])(sessions, options));
  const who = async () => ((await (await browser.get('/')).json()) as { id: string | null }).id;

  const away = await browser.get('/profile?a=1');
  expect([away.status, new URL(away.headers.get('location') ?? '', APP).href]).toEqual([
    303,
    `${APP}/login?redirectedFrom=%2Fprofile%3Fa%3D1`,
  ]);
  const entered = await browser.post('/login?redirectedFrom=%2Fprofile%3Fa%3D1', {
    email: account.email,
    password: PASSWORD,
  });
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/profile?a=1']);
  expect(browser.lastCookies).toEqual([expect.stringMatching(mode.cookie)]);
  expect((await browser.get('/profile')).status).toBe(200);
  expect(await who()).toBe(account.id);

  await sleep(mode.dueMs);
  const old = new Map(browser.jar);
  expect((await browser.get('/', { purpose: 'prefetch' })).status).toBe(mode.prefetch);
  expect([refreshes, browser.jar]).toEqual([0, old]);
  const refreshed = await browser.get('/');
  expect(((await refreshed.json()) as { id: string }).id).toBe(account.id);
  expect(refreshed.headers.get('cache-control')).toMatch(/^private, no-store/);
  expect(browser.jar).not.toEqual(old);
  expect(await who()).toBe(account.id);
  expect(refreshes).toBe(1);

  expect((await browser.post('/logout')).status).toBe(303);
  expect(browser.jar.size).toBe(0);
  expect(await who()).toBeNull();
}

describe.each(['app', 'api'] as const)('sessions in the cookie of the %s', (storage) => {
  let server: StartedServer;
  const journeys = new Map<string, Promise<void>>();
  beforeAll(async () => {
    const mode = MODES[storage];
    server = await startProject('sqlite', mode.settings);
    await Promise.all([framework('hono', 'dist/index.js'), framework('express', 'index.js')]);
    const names = Object.keys(APPS);
    const accounts = await makeUsers(server, await makeNotes(server), names.length);
    for (const [index, name] of names.entries()) {
      const travelling = journey(name, server, accounts[index] as Account, mode);
      travelling.catch(() => undefined); // told in the adapter's own test
      journeys.set(name, travelling);
    }
  });
  afterAll(async () => {
    await Promise.allSettled(journeys.values());
    for (const close of closing.splice(0)) await close();
    await discard(server);
  });

  it.each(Object.keys(APPS))(
    '%s sends to the login page and back, refreshes once, lets prefetches be, and signs out',
    async (name) => {
      await journeys.get(name);
    },
  );
});

it('React Router: a request for data is one for its page', async () => {
  const sessions = createSessions({ url: 'https://api.example.com' });
  for (const [asked, page] of [
    ['/profile.data?a=1&_routes=root', '/profile?a=1'],
    ['/clubs/_.data', '/clubs/'],
    ['/_root.data?b=2', '/?b=2'],
  ]) {
    const request = new Request(`${APP}${asked}`);
    const context = { set: () => undefined };
    await reactRouter.sessionMiddleware(sessions, 'key')({ request, context }, async () => new Response());
    const { location } = await sessions.for(request).guard();
    expect(location).toBe(`/login?redirectedFrom=${encodeURIComponent(page ?? '')}`);
  }
});
