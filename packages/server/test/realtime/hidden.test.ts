import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, makeCollection, userWith } from '../resources/project.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Received, Socket } from './socket.ts';

const READER = 'token-of-reader-0123456789';

/** What sockets say of things that their caller may not know of: nothing, or what they say of nothing. */
describe.each(DATABASES)('what is hidden from a socket, %s', (database) => {
  let server: StartedServer;
  let admin: Client;

  beforeAll(async () => {
    server = await startProject(database, { WEBSOCKETS_REST_AUTH: 'public', WEBSOCKETS_GRAPHQL_AUTH: 'strict' });
    admin = new Client(server);
    const fields = [
      { field: 'text', type: 'string' },
      { field: 'secret', type: 'string' },
    ];
    for (const name of ['notes', 'closed']) await makeCollection(server, name, fields);
    await admin.post('/items/notes', { text: 'one', secret: 'canary' });
    await admin.post('/items/closed', { text: 'one', secret: 'canary' });
    await userWith(server, 'reader', [
      { collection: 'notes', action: 'read', fields: ['id', 'text'] },
      { collection: 'notes', action: 'delete', permissions: { id: { _gt: 0 } } },
    ]);
  });
  afterAll(() => discard(server));

  const inside = (message: Received): Received => ({ ...message, uid: null });

  it('a closed collection is like one that is not there', async () => {
    for (const path of [`/websocket?access_token=${READER}`, '/websocket']) {
      const socket = await Socket.open(server, path);
      const about = async (collection: string): Promise<Received[]> => {
        const answers: Received[] = [];
        for (const action of ['read', 'create', 'update', 'delete'])
          answers.push(await socket.ask({ type: 'items', action, collection, id: 1, data: { text: 'x' }, query: {} }));
        for (const event of [undefined, 'create', 'delete'])
          answers.push(await socket.ask({ type: 'subscribe', collection, event, query: { filter: { secret: 1 } } }));
        answers.push(await socket.ask({ type: 'subscribe', collection, item: 1 }));
        return answers.map(inside);
      };
      expect(await about('closed')).toEqual(await about('missing'));
      expect(JSON.stringify(await about('closed'))).not.toContain('canary');
      socket.close();
    }
  });

  it('an event is no answer about a field that its follower may not read', async () => {
    const socket = await Socket.open(server, `/websocket?access_token=${READER}`);
    const queries = [
      { filter: { secret: { _starts_with: 'c' } } },
      { filter: { _or: [{ secret: { _null: true } }, { text: { _eq: 'one' } }] } },
      { sort: ['secret'] },
      { fields: ['secret'] },
      { alias: { text: 'secret' }, fields: ['text'] },
    ];
    for (const query of queries) {
      for (const event of ['create', 'update', 'delete', undefined]) {
        const answer = await socket.ask({ type: 'subscribe', collection: 'notes', event, query });
        expect(answer, JSON.stringify(query)).toMatchObject({ status: 'error', error: { code: 'FORBIDDEN' } });
      }
    }
    const search = await socket.ask({
      type: 'subscribe',
      collection: 'notes',
      event: 'update',
      query: { search: 'canary' },
    });
    expect(search).toMatchObject({ event: 'init' });
    await admin.patch('/items/notes/1', { secret: 'canary two' });
    await admin.patch('/items/notes/1', { secret: 'canary' });
    // Its own answer comes after the events of what was changed before it.
    await socket.ask({ type: 'subscribe', collection: 'notes', event: 'update', query: { fields: ['id'] } });
    await admin.patch('/items/notes/1', { text: 'two' });
    expect(await socket.next({ event: 'update' })).toMatchObject({ data: [{ id: 1 }] });
    expect(socket.received).toEqual([]);
    socket.close();
  });

  it('a subscription of GraphQL to a closed collection is like one to none', async () => {
    const socket = await Socket.open(server, `/graphql?access_token=${READER}`, { protocol: 'graphql-transport-ws' });
    socket.send({ type: 'connection_init' });
    await socket.next({ type: 'connection_ack' });
    const ask = async (query: string): Promise<string> => {
      socket.send({ type: 'subscribe', id: 'x', payload: { query } });
      return JSON.stringify(await socket.next({ id: 'x', type: 'error' }));
    };
    const closed = await ask('subscription { closed_mutated { key } }');
    expect(closed).toBe((await ask('subscription { clothed_mutated { key } }')).replaceAll('clothed', 'closed'));
    const hidden = await ask('subscription { notes_mutated { data { secret } } }');
    expect(hidden).toBe(
      (await ask('subscription { notes_mutated { data { sacred } } }')).replaceAll('sacred', 'secret'),
    );
    socket.close();
  });

  it('a deletion by query chooses by the key, whatever is called so', async () => {
    await admin.post('/items/notes', [{ text: '1' }, { text: 'keep' }]);
    const socket = await Socket.open(server, `/websocket?access_token=${READER}`);
    const query = { filter: { text: { _eq: '1' } }, alias: { id: 'text' }, fields: ['id'], limit: 1 };
    const answer = await socket.ask({ type: 'items', action: 'delete', collection: 'notes', query });
    const left = (await admin.get('/items/notes?fields=text&sort=id')).body.data.map(
      ({ text }: { text: string }) => text,
    );
    expect([answer.data.length, left]).toEqual([1, ['two', 'keep']]);
    socket.close();
  });
});

it('a change whose answer may not be shown is not made', async () => {
  const server = await startProject('sqlite');
  const admin = new Client(server);
  await makeCollection(server, 'notes', [
    { field: 'text', type: 'string' },
    { field: 'secret', type: 'string' },
  ]);
  await admin.post('/items/notes', { text: 'one' });
  await userWith(server, 'reader', [
    { collection: 'notes', action: 'read', fields: ['id', 'text'] },
    { collection: 'notes', action: 'update' },
  ]);
  const socket = await Socket.open(server, `/websocket?access_token=${READER}`);
  const change = (fields: string[]) =>
    socket.ask({ type: 'items', action: 'update', collection: 'notes', data: { text: 'two' }, query: { fields } });
  expect(await change(['secret'])).toMatchObject({ error: { code: 'FORBIDDEN' } });
  expect((await admin.get('/items/notes?fields=text')).body.data).toEqual([{ text: 'one' }]);
  expect(await change(['text'])).toMatchObject({ data: [{ text: 'two' }] });
  await discard(server);
});

describe('how much one client can have a server remember', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startProject('sqlite', { WEBSOCKETS_GRAPHQL_AUTH: 'strict', GRAPHQL_INTROSPECTION: 'false' });
    await makeCollection(server, 'notes', [{ field: 'text', type: 'string' }]);
  });
  afterAll(() => discard(server));
  const IN = `access_token=${ADMIN.token}`;

  it('is bounded for what it follows', async () => {
    const socket = await Socket.open(server, `/websocket?${IN}`);
    socket.send({ type: 'subscribe', collection: 'notes', uid: 'x'.repeat(2_000) });
    expect(await socket.next({ type: 'subscribe' })).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
    socket.send({ type: 'unsubscribe', uid: 'x'.repeat(2_000) });
    expect(await socket.next({ status: 'error' })).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
    const follow = (n: number) =>
      socket.ask({
        type: 'subscribe',
        collection: 'notes',
        event: 'create',
        query: { filter: { text: { _in: Array.from({ length: 60 }, (_, i) => `${n} ${i} `.padEnd(4_990, 'x')) } } },
      });
    for (let n = 0; n < 3; n++) expect(await follow(n)).toMatchObject({ event: 'init' });
    expect(await follow(3)).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
    socket.send({ type: 'unsubscribe' });
    await socket.next({ event: 'unsubscribe' });
    expect(await follow(4)).toMatchObject({ event: 'init' });
    socket.close();
  });

  it('is bounded over GraphQL, too', async () => {
    const open = async (): Promise<Socket> => {
      const socket = await Socket.open(server, `/graphql?${IN}`, { protocol: 'graphql-transport-ws' });
      socket.send({ type: 'connection_init' });
      await socket.next({ type: 'connection_ack' });
      return socket;
    };
    const socket = await open();
    const query = (n: number) => `subscription { notes_mutated { key } } #${`${n}`.padEnd(300_000, 'x')}`;
    for (let n = 0; n < 4; n++) socket.send({ type: 'subscribe', id: `${n}`, payload: { query: query(n) } });
    expect(await socket.next({ type: 'error' })).toMatchObject({ id: '3' });
    socket.send({ type: 'subscribe', id: 'x'.repeat(2_000), payload: { query: query(0) } });
    expect(await socket.whenClosed()).toBe(4400);
  });

  it('does not grow with how deep a message is, nor by its being compressed', async () => {
    const socket = await Socket.open(server, `/websocket?${IN}`);
    expect(socket.ws.extensions).toBe('');
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const message of [
      `{"type":"ping","uid":${deep}}`,
      `{"type":"items","action":"create","collection":"notes","data":${deep}}`,
      `{"type":"subscribe","collection":"notes","query":{"filter":${deep}}}`,
    ]) {
      socket.send(message);
      expect(await socket.next()).toMatchObject({ type: 'server', error: { code: 'INVALID_PAYLOAD' } });
    }
    socket.close();
    expect(server.output()).not.toMatch(/failed|call stack/);
  });

  it('and mistakes suggest nothing where the schema is not told', async () => {
    const answer = await new Client(server).post('/graphql', { query: '{ note { texts } }' });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toMatch(/Did you mean|notes/);
    const variable = await new Client(server).post('/graphql', {
      query: 'mutation($data: create_notes_input!) { create_notes_item(data: $data) { id } }',
      variables: { data: { texts: 'x' } },
    });
    expect(variable.text).toContain('GRAPHQL_EXECUTION');
    expect(variable.text).not.toMatch(/Did you mean/);
  });
});

it('opening sockets is no way around the limit of requests', async () => {
  const server = await startProject('sqlite', {
    RATE_LIMITER_ENABLED: 'true',
    RATE_LIMITER_POINTS: '20',
    RATE_LIMITER_DURATION: '600',
    WEBSOCKETS_REST_AUTH: 'public',
  });
  const auth = { type: 'auth', email: ADMIN.email, password: 'wrong' };
  const first = await Socket.open(server, '/websocket');
  for (let n = 0; n < 5; n++) {
    first.send(auth);
    await first.next({ type: 'auth' });
  }
  // Of twenty the socket took one, and its attempts five.
  const opened = await Promise.allSettled(Array.from({ length: 20 }, () => Socket.open(server, '/websocket')));
  expect(opened.filter(({ status }) => status === 'fulfilled').length).toBe(14);
  first.send({ ...auth, password: ADMIN.password });
  expect(await first.next({ type: 'auth' })).toMatchObject({ status: 'error' });
  await discard(server);
});
