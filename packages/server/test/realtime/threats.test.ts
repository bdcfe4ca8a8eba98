import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, makeCollection, userWith } from '../resources/project.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Received, Socket } from './socket.ts';

const MODES = ['public', 'handshake', 'strict'] as const;
const GRAPHQL = { protocol: 'graphql-transport-ws' };

/** What of the private items is in anything that arrived. */
const leaked = (messages: readonly Received[]): boolean => JSON.stringify(messages).includes('private');

/** What a client tries that has no business here. */
async function tryEverything(socket: Socket): Promise<Received[]> {
  for (const collection of ['notes', 'directus_users']) {
    socket.send({ type: 'items', action: 'read', collection });
    socket.send({ type: 'items', action: 'create', collection, data: { text: 'intruder' } });
    socket.send({ type: 'items', action: 'update', collection, id: 1, data: { text: 'intruder' } });
    socket.send({ type: 'items', action: 'delete', collection, query: {} });
    socket.send({ type: 'subscribe', collection });
    socket.send({ type: 'subscribe', collection, event: 'delete' });
  }
  return socket.rest(500);
}

describe.each(DATABASES)('what went wrong with sockets elsewhere, %s', (database) => {
  let server: StartedServer;
  let admin: Client;
  let ann: string;
  const annToken = 'token-of-ann-0123456789';
  const benToken = 'token-of-ben-0123456789';

  async function untouched(): Promise<void> {
    const { body } = await admin.get('/items/notes?limit=-1&fields=text');
    const texts = body.data.map(({ text }: { text: string }) => text);
    expect(texts).not.toContain('intruder');
    expect(texts).toContain('private');
  }

  async function start(settings: Record<string, string>): Promise<void> {
    server = await startProject(database, { WEBSOCKETS_REST_AUTH_TIMEOUT: '1', ...settings });
    admin = new Client(server);
    await makeCollection(server, 'notes', [
      { field: 'text', type: 'string' },
      { field: 'owner', type: 'uuid' },
    ]);
    const own = { collection: 'notes', permissions: { owner: { _eq: '$CURRENT_USER' } } };
    ann = (
      await userWith(server, 'ann', [
        { ...own, action: 'read' },
        { ...own, action: 'update' },
      ])
    ).id;
    await userWith(server, 'ben', [{ ...own, action: 'read' }]);
    await admin.post('/items/notes', { text: 'private', owner: ann });
  }

  describe.each(MODES)('%s', (mode) => {
    beforeAll(() => start({ WEBSOCKETS_REST_AUTH: mode, WEBSOCKETS_GRAPHQL_AUTH: mode, ACCESS_TOKEN_TTL: '2s' }));
    afterAll(() => discard(server));

    const opened = (): Promise<Socket | null> =>
      Socket.open(server, '/websocket').catch((error: Error) => {
        expect(error.message).toBe('401');
        return null;
      });

    /** With a token that ends soon: on a busy machine, sometimes before the socket is open. */
    async function openForAWhile(): Promise<{ access: string; live: Socket }> {
      for (;;) {
        const login = await admin.post('/auth/login', { email: 'ann@example.com', password: 'a-long-password' });
        const access = login.body.data.access_token;
        const live = await Socket.open(server, `/websocket?access_token=${access}`).catch(() => null);
        if (live) return { access, live };
      }
    }

    async function graphqlOf(token: string): Promise<Socket> {
      const socket = await Socket.open(
        server,
        `/graphql${mode === 'handshake' ? '' : `?access_token=${token}`}`,
        GRAPHQL,
      );
      socket.send({ type: 'connection_init', payload: { access_token: token } });
      await socket.next({ type: 'connection_ack' });
      return socket;
    }

    it('row 1: a bad, an expired and no token give nothing', async () => {
      const { access, live } = await openForAWhile();
      await live.ask({ type: 'subscribe', collection: 'notes' });
      await live.next({ type: 'auth' });
      const after = await tryEverything(live);
      await admin.patch('/items/notes/1', { text: 'private too' });
      expect(leaked([...after, ...(await live.rest())])).toBe(false);
      await admin.patch('/items/notes/1', { text: 'private' });
      for (const token of ['bogus', access, '', null]) {
        const socket = await opened();
        if (!socket) continue;
        socket.send({ type: 'auth', access_token: token });
        expect(leaked(await tryEverything(socket))).toBe(false);
        socket.ws.terminate();
      }
      await untouched();
    });

    it('row 2: without a credential there are only the rights of the public', async () => {
      const socket = await opened();
      if (socket) {
        const messages = await tryEverything(socket);
        await admin.patch('/items/notes/1', { text: 'private' });
        expect(leaked([...messages, ...(await socket.rest())])).toBe(false);
        socket.ws.terminate();
      }
      const graphql = await Socket.open(server, '/graphql', GRAPHQL).catch(() => null);
      if (graphql) {
        graphql.send({ type: 'connection_init' });
        graphql.send({
          id: '1',
          type: 'subscribe',
          payload: { query: 'subscription { notes_mutated { data { text } } }' },
        });
        graphql.send({ id: '2', type: 'subscribe', payload: { query: '{ notes { text } }' } });
        await new Promise((resolve) => setTimeout(resolve, 200));
        await admin.patch('/items/notes/1', { text: 'private' });
        expect(leaked(await graphql.rest())).toBe(false);
        graphql.ws.terminate();
      }
      await untouched();
    });

    it('row 3: who may not see an item hears nothing of it, whatever happens to it', async () => {
      const ben = await Socket.open(server, `/websocket?access_token=${benToken}`);
      await ben.ask({ type: 'subscribe', collection: 'notes' });
      await ben.ask({ type: 'subscribe', collection: 'notes', event: 'delete' });
      const forbidden = await ben.ask({ type: 'subscribe', collection: 'notes', item: 1 }).catch(() => ben.received);
      expect(JSON.stringify(forbidden)).toContain('FORBIDDEN');
      const byGraphql = await graphqlOf(benToken);
      const query = 'subscription { notes_mutated { key event data { text } } }';
      byGraphql.send({ id: '1', type: 'subscribe', payload: { query } });
      byGraphql.send({ type: 'ping' });
      await byGraphql.next({ type: 'pong' });
      const mine = await Socket.open(server, `/websocket?access_token=${annToken}`);
      await mine.ask({ type: 'subscribe', collection: 'notes' });
      await new Promise((resolve) => setTimeout(resolve, 200));
      // One after the other: of an item that is gone again nobody hears that it came.
      const made = (await admin.post('/items/notes', { text: 'private', owner: ann })).body.data.id;
      await mine.next({ event: 'create' });
      await admin.patch(`/items/notes/${made}`, { text: 'private still' });
      await mine.next({ event: 'update' });
      await admin.delete(`/items/notes/${made}`);
      await mine.next({ event: 'delete' });
      expect(await ben.rest()).toEqual([]);
      expect(byGraphql.received).toEqual([]);
      for (const one of [ben, byGraphql, mine]) one.ws.terminate();
    });

    it('row 4: a page of another site can not use the session of its visitor', async () => {
      const body = JSON.stringify({ email: 'ann@example.com', password: 'a-long-password', mode: 'session' });
      const headers = { 'content-type': 'application/json' };
      const login = await fetch(`${server.url}/auth/login`, { method: 'POST', body, headers });
      const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      for (const path of ['/websocket', '/graphql']) {
        const options = (origin: string) => ({ ...(path === '/graphql' ? GRAPHQL : {}), headers: { cookie, origin } });
        await expect(Socket.open(server, path, options('https://evil.example'))).rejects.toThrow('403');
        await expect(Socket.open(server, path, options('null'))).rejects.toThrow('403');
        (await Socket.open(server, path, options(server.url))).ws.terminate();
      }
    });

    it('row 6: GraphQL has the limits that it has over HTTP', async () => {
      const socket = await graphqlOf(ADMIN.token);
      const long = `{ ${Array.from({ length: 3000 }, (_, n) => `a${n}: notes { id }`).join(' ')} }`;
      socket.send({ id: 'q', type: 'subscribe', payload: { query: long } });
      expect(JSON.stringify(await socket.next({ id: 'q' }))).toMatch(/token/i);
      const many = `subscription { notes_mutated { data { ${Array.from({ length: 6000 }, (_, n) => `a${n}: id`).join(' ')} } } }`;
      socket.send({ id: 's', type: 'subscribe', payload: { query: many } });
      expect(await socket.next({ id: 's' })).toMatchObject({ type: 'error' });
      socket.ws.terminate();
    });
  });
});
