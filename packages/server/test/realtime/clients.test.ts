import { authentication, createDirectus, realtime, rest, staticToken, updateItem } from '@directus/sdk';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Client, makeCollection, userWith } from '../resources/project.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject, startServer } from '../started-server.ts';
import { Socket } from './socket.ts';

interface Note {
  id: number;
  text: string;
  owner: string | null;
}
interface Schema {
  notes: Note[];
}

/** The clients that people use, unchanged; on PostgreSQL the change comes from another node. */
describe.each(DATABASES)('clients of sockets, %s', (database) => {
  let server: StartedServer;
  let other: StartedServer;
  let admin: Client;

  beforeAll(async () => {
    server = await startProject(database, { WEBSOCKETS_REST_AUTH: 'handshake' });
    other = database === 'postgres' ? await startServer(server.project) : server;
    await makeCollection(server, 'notes', [
      { field: 'text', type: 'string' },
      { field: 'owner', type: 'uuid' },
    ]);
    admin = new Client(other);
  });
  afterAll(async () => {
    if (other !== server) await other.kill();
    await discard(server);
  });

  it('has the SDK subscribe, read and write', async () => {
    const client = createDirectus<Schema>(server.url, { globals: { WebSocket } as never })
      .with(authentication('json', { autoRefresh: false }))
      .with(realtime({ authMode: 'handshake' }))
      .with(rest());
    await client.login({ email: ADMIN.email, password: ADMIN.password });
    await client.connect();
    const { subscription, unsubscribe } = await client.subscribe('notes', { query: { fields: ['id', 'text'] } });
    const init = await subscription.next();
    expect(init.value).toMatchObject({ event: 'init', data: [] });
    await new Promise((resolve) => setTimeout(resolve, 300)); // the other node hears who follows
    // The SDK passes over what arrives while nobody waits for it.
    const created = subscription.next();
    const made = (await admin.post('/items/notes', { text: 'one' })).body.data.id;
    expect((await created).value).toMatchObject({ event: 'create', data: [{ id: made, text: 'one' }] });
    const updated = subscription.next();
    await client.request(updateItem('notes', made, { text: 'two' }));
    expect((await updated).value).toMatchObject({ event: 'update', data: [{ id: made, text: 'two' }] });
    const deleted = subscription.next();
    await admin.delete(`/items/notes/${made}`);
    const gone = (await deleted).value as unknown as { event: string; data: unknown[] };
    expect([gone.event, gone.data.map(String)]).toEqual(['delete', [String(made)]]);
    unsubscribe();
    client.disconnect();
  });

  it('has graphql-ws subscribe, query and change', async () => {
    const { id } = await userWith(server, `gql${database}`, [
      { collection: 'notes', action: 'read', permissions: { owner: { _eq: '$CURRENT_USER' } } },
      { collection: 'notes', action: 'create' },
    ]);
    const token = `token-of-gql${database}-0123456789`;
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { access_token: token },
      retryAttempts: 0,
    });
    const events = client.iterate<{ notes_mutated: { key: string; event: string; data: Note | null } }>({
      query: 'subscription Mine($event: EventEnum) { notes_mutated(event: $event) { key event data { text } } }',
      variables: {},
    });
    const first = events.next();
    const made = client.iterate<Record<string, { text: string }>>({
      query: 'mutation { create_notes_item(data: { text: "by socket" }) { text } }',
    });
    // Its own item is nobody's, so it may not be read back.
    expect((await made.next()).value?.data).toBeDefined();
    await admin.post('/items/notes', { text: 'foreign' });
    await admin.post('/items/notes', { text: 'mine', owner: id });
    expect((await first).value?.data?.notes_mutated).toMatchObject({ event: 'create', data: { text: 'mine' } });
    const list = client.iterate<{ notes: Note[] }>({ query: '{ notes { text } }' });
    expect((await list.next()).value?.data).toEqual({ notes: [{ text: 'mine' }] });
    await events.return?.();
    await client.dispose();
  });

  it('tells of a deletion only those who could see the item', async () => {
    const { id } = await userWith(server, `del${database}`, [
      { collection: 'notes', action: 'read', permissions: { owner: { _eq: '$CURRENT_USER' } } },
    ]);
    const socket = await Socket.open(server, `/websocket?access_token=token-of-del${database}-0123456789`);
    await socket.ask({ type: 'subscribe', collection: 'notes', event: 'delete' });
    await new Promise((resolve) => setTimeout(resolve, 300)); // the other node hears who follows
    const foreign = (await admin.post('/items/notes', { text: 'foreign' })).body.data.id;
    const mine = (await admin.post('/items/notes', { text: 'mine', owner: id })).body.data.id;
    await admin.delete(`/items/notes/${foreign}`);
    await admin.delete('/items/notes', { keys: [mine] });
    expect((await socket.next({ event: 'delete' })).data.map(String)).toEqual([String(mine)]);
    expect(await socket.rest(300)).toEqual([]);
    socket.close();
  });

  it('keeps long changes in order', async () => {
    const socket = await Socket.open(server, `/websocket?access_token=${ADMIN.token}`);
    await socket.ask({
      type: 'subscribe',
      collection: 'notes',
      event: 'update',
      query: { fields: ['id'], sort: ['id'] },
    });
    await socket.ask({ type: 'subscribe', collection: 'notes', event: 'delete' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const keys: number[] = (
      await admin.post(
        '/items/notes',
        Array.from({ length: 400 }, (_, n) => ({ text: `long ${n}`.padEnd(200, '.') })),
      )
    ).body.data.map(({ id }: Note) => id);
    // Above what a notification of PostgreSQL can hold.
    await admin.patch('/items/notes', { keys, data: { text: 'short' } });
    await admin.delete('/items/notes', { keys });
    const updated = await socket.next({ event: 'update' }, 20_000);
    const deleted = await socket.next({ event: 'delete' }, 20_000);
    expect(updated.data.length + deleted.data.length).toBeGreaterThanOrEqual(400);
    expect(deleted.data.map(Number)).toEqual(keys);
    socket.close();
  }, 60_000);

  it('uses a static token on the way in', async () => {
    const client = createDirectus<Schema>(server.url, { globals: { WebSocket } as never })
      .with(staticToken(ADMIN.token))
      .with(realtime({ authMode: 'strict', url: `${server.url.replace('http', 'ws')}/websocket` }));
    await client.connect();
    const answer = new Promise((resolve) => client.onWebSocket('message', resolve));
    client.sendMessage({ type: 'items', action: 'read', collection: 'notes', query: { limit: 1 }, uid: 'r' });
    expect(await answer).toMatchObject({ type: 'items', uid: 'r' });
    client.disconnect();
  });
});
