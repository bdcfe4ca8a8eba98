import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discard, type StartedServer, startProject } from '../../server/test/started-server.ts';
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
import { createSessions, type Session, type Sessions } from '../src/index.ts';
import { type Account, makeNotes, makeUsers, PASSWORD } from './api.ts';
import { APP, type App, Browser } from './browser.ts';

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
const APPS: Record<string, (sessions: Sessions) => App | Promise<App>> = {
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
  'react-router': (sessions) => async (request) => {
    const values = new Map<string, Session>();
    const context = { set: (key: string, value: unknown) => void values.set(key, value as Session) };
    return reactRouter.sessionMiddleware(sessions, 'session')({ request, context }, () =>
      handle(values.get('session') as Session, request),
    );
  },
  'tanstack-start': (sessions) => async (request) => {
    const result = await tanstack.sessionMiddleware(sessions)({
      request,
      next: async ({ context }) => ({ response: await handle(context.session, request) }),
    });
    return result instanceof Response ? result : result.response;
  },
  hono: (sessions) => async (request) => {
    const values = new Map<string, Session>();
    const context = {
      req: { raw: request },
      res: new Response(),
      set: (key: string, value: unknown) => void values.set(key, value as Session),
    };
    const early = await hono.sessionMiddleware(sessions)(context, async () => {
      context.res = await handle(values.get('session') as Session, request);
    });
    return early ?? context.res;
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
  nextjs: (sessions) => async (request) => {
    // The proxy, and then a page (or a route handler) in a process of its own that has only what the proxy passed on.
    const pages = createSessions({ url: apiUrl });
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
  express: (sessions) =>
    overHttp((request, response) => {
      const own = Object.assign(response, {
        locals: {} as express.SessionLocals,
        redirect: (status: number, location: string) => void response.writeHead(status, { location }).end(),
        status: (status: number) => ({ send: (text: string) => response.writeHead(status).end(text) }),
      });
      const url = request.url ?? '/';
      const incoming = { method: request.method, url, originalUrl: url, protocol: 'https', headers: request.headers };
      express.sessionMiddleware(sessions)(incoming, own, (error) => {
        if (error) throw error;
        void answerNode(own.locals.session, request, response);
      });
    }),
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

let apiUrl = '';
const closing: (() => unknown)[] = [];

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

describe.each(Object.keys(APPS))('%s', (name) => {
  let server: StartedServer;
  let account: Account;
  let browser: Browser;
  let refreshes = 0;
  beforeAll(async () => {
    server = await startProject('sqlite', { ACCESS_TOKEN_TTL: '2s' });
    apiUrl = server.url;
    [account] = (await makeUsers(server, await makeNotes(server), 1)) as [Account];
    const counting: typeof fetch = (input, init) => {
      if (String(input).endsWith('/auth/refresh')) refreshes++;
      return fetch(input, init);
    };
    const sessions = createSessions({ url: server.url, fetch: counting });
    browser = new Browser(await (APPS[name] as (typeof APPS)[string])(sessions));
  });
  afterAll(async () => {
    for (const close of closing.splice(0)) await close();
    await discard(server);
  });
  const who = async () => ((await (await browser.get('/')).json()) as { id: string | null }).id;

  it('sends to the login page and back, refreshes once, lets prefetches be, and signs out', async () => {
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
    expect(browser.lastCookies).toHaveLength(1);
    expect(browser.lastCookies[0]).toMatch(
      /^__Host-limen=1-.*; Path=\/; Max-Age=604800; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect((await browser.get('/profile')).status).toBe(200);
    expect(await who()).toBe(account.id);

    await sleep(2100);
    expect((await browser.get('/', { purpose: 'prefetch' })).status).toBe(503);
    const old = new Map(browser.jar);
    const refreshed = await browser.get('/');
    expect(((await refreshed.json()) as { id: string }).id).toBe(account.id);
    expect(refreshed.headers.get('cache-control')).toMatch(/^private, no-store/);
    expect(browser.jar).not.toEqual(old);
    expect(await who()).toBe(account.id);
    expect(refreshes).toBe(1);

    expect((await browser.post('/logout')).status).toBe(303);
    expect(browser.jar.size).toBe(0);
    expect(await who()).toBeNull();
  });
});
