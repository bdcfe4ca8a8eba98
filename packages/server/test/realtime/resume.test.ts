import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client, makeCollection, userWith } from '../resources/project.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject, startServer } from '../started-server.ts';
import { type Received, Socket } from './socket.ts';

const GRAPHQL = { protocol: 'graphql-transport-ws' };
const ANN = 'token-of-ann-0123456789';
const IN_TIME = { timeout: 10_000 };
let names = 0;

/** Clients that were away get what they missed: all of it, in order, once, and nothing else. */
describe.each(DATABASES)('clients that come back, %s', (database) => {
  let server: StartedServer;
  let other: StartedServer;
  let admin: Client;
  let ann: { id: string };
  let notes: string;
  const open: Socket[] = [];

  beforeAll(async () => {
    server = await startProject(database, { WEBSOCKETS_RESUME_TTL: '600' });
    other = database === 'postgres' ? await startServer(server.project) : server;
    admin = new Client(other);
    ann = await userWith(server, 'ann', []);
  });
  afterAll(async () => {
    if (other !== server) await other.kill();
    await discard(server);
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.ws.terminate();
  });

  /** A collection of its own for each test, with what somebody may read of it. */
  async function collection(rule: object = {}, fields: readonly string[] = ['*']): Promise<string> {
    names += 1;
    notes = `notes${names}`;
    await makeCollection(server, notes, [
      { field: 'text', type: 'string' },
      { field: 'owner', type: 'uuid' },
      { field: 'stars', type: 'integer' },
    ]);
    await allow(ann.id, rule, fields);
    await expect.poll(async () => (await admin.get(`/items/${notes}`)).status, IN_TIME).toBe(200);
    return notes;
  }

  async function policyOf(user: string): Promise<string> {
    return (await admin.get(`/access?filter[user][_eq]=${user}&fields=policy`)).body.data[0].policy;
  }

  async function allow(user: string, permissions: object, fields: readonly string[]): Promise<void> {
    const permission = { policy: await policyOf(user), collection: notes, action: 'read', permissions, fields };
    expect((await admin.post('/permissions', permission)).status).toBe(200);
  }

  async function connect(token: string, at: StartedServer): Promise<Socket> {
    const socket = await Socket.open(at, `/websocket?access_token=${token}`);
    open.push(socket);
    return socket;
  }

  /** Follows, and gives the first answer; `more` are parts of the message. */
  async function follow(more: object = {}, token = ANN, at = server): Promise<{ socket: Socket; first: Received }> {
    const socket = await connect(token, at);
    socket.send({ type: 'subscribe', collection: notes, uid: 's', resume: true, ...more });
    return { socket, first: await socket.next({ uid: 's' }) };
  }

  /** What arrives until a certain text does, of what was not taken yet. */
  async function until(socket: Socket, text: string): Promise<Received[]> {
    const has = () => socket.received.some((one) => JSON.stringify(one).includes(`"${text}"`));
    await expect.poll(has, IN_TIME).toBe(true);
    return socket.received.splice(0).filter((one) => one.event !== 'cursor' && one.event !== 'init');
  }

  const told = (events: readonly Received[]) =>
    events.map(({ event, data }) => [event, ...data.map((one: Received) => one.text ?? String(one))]);
  const create = async (values: object): Promise<number> =>
    (await admin.post(`/items/${notes}`, { owner: ann.id, ...values })).body.data.id;
  const change = (id: number, values: object) => admin.patch(`/items/${notes}/${id}`, values);

  it('get what they missed, in order and once, on any node, and then what happens', async () => {
    await collection();
    const { socket, first } = await follow();
    expect(first).toMatchObject({ event: 'init', data: [], cursor: expect.any(String) });
    const one = await create({ text: 'one' });
    const [seen] = await until(socket, 'one');
    expect(seen).toMatchObject({ event: 'create', cursor: expect.any(String) });
    socket.ws.terminate();
    const two = await create({ text: 'two' });
    await change(one, { text: 'one more' });
    await admin.delete(`/items/${notes}/${two}`);
    await admin.patch(`/items/${notes}`, { keys: [one, await create({ text: 'three' })], data: { text: 'both' } });
    for (const [n, at] of [other, server].entries()) {
      const { socket: back, first: again } = await follow({ cursor: seen.cursor }, ANN, at);
      expect(again).toMatchObject({ event: 'init', resumed: true });
      const end = `end ${n}`;
      await create({ text: end });
      const events = await until(back, end);
      // As it is now: who was away is told of every change, with what there is to be seen of it.
      expect(events.map(({ event }) => event).slice(0, 4)).toEqual(['update', 'delete', 'create', 'update']);
      expect(events[1].data.map(String)).toEqual([String(two)]);
      expect(events[3].data).toHaveLength(2);
      const cursors = events.map(({ cursor }) => cursor);
      expect(new Set(cursors).size).toBe(events.length);
      back.ws.terminate();
      // From every event on there is what came after it.
      for (const [n, cursor] of cursors.entries()) {
        const { socket: later } = await follow({ cursor });
        const after = cursors.slice(n + 1);
        await expect.poll(() => later.received.filter((one) => one.data).length, IN_TIME).toBe(after.length);
        expect(later.received.filter((one) => one.data).map((one) => one.cursor)).toEqual(after);
        later.ws.terminate();
      }
    }
  });

  it('are not confused by transactions that are committed in another order than they began', async () => {
    await collection();
    const { socket, first } = await follow();
    socket.ws.terminate();
    const writers = Array.from({ length: 60 }, (_, n) => new Client(n % 2 === 0 ? server : other));
    const many = Array.from({ length: 20 }, (_, n) => ({ text: `many ${n}`, owner: ann.id }));
    const away: Received[] = [];
    let { cursor } = first;
    const writing = Promise.all(
      writers.map((writer, n) =>
        writer.post(`/items/${notes}`, n % 5 === 0 ? many : { text: `single ${n}`, owner: ann.id }),
      ),
    );
    // Comes and goes while all of that happens.
    for (let round = 0; round < 12; round++) {
      const { socket: back } = await follow({ cursor }, ANN, round % 2 === 0 ? other : server);
      await new Promise((resolve) => setTimeout(resolve, 20));
      back.ws.terminate();
      const events = back.received.splice(0).filter((one) => one.cursor);
      away.push(...events.filter(({ event }) => event === 'create'));
      cursor = events.at(-1)?.cursor ?? cursor;
    }
    await writing;
    const last = await follow({ cursor });
    await create({ text: 'the last' });
    const live = await until(last.socket, 'the last');
    const ids = [...away, ...live].flatMap(({ data }) => data.map(({ id }: { id: number }) => id));
    expect(ids).toHaveLength(12 * 20 + 48 + 1);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('learn that they have to read again', async () => {
    await collection({ owner: { _eq: '$CURRENT_USER' } });
    const { socket, first } = await follow();
    socket.ws.terminate();
    await create({ text: 'there' });
    const foreign = await follow({}, ADMIN.token);
    const wrong = [
      'nonsense',
      '',
      first.cursor.replace(/^\d+/, '1'),
      `${first.cursor.slice(0, -1)}${first.cursor.endsWith('A') ? 'B' : 'A'}`,
      foreign.first.cursor.replace(/.$/, '_'),
    ];
    for (const cursor of wrong) {
      const { first: again } = await follow({ cursor });
      expect(again).toMatchObject({ event: 'resync', data: [{ text: 'there' }], cursor: expect.any(String) });
    }
    // Another question is another view.
    const { first: filtered } = await follow({ cursor: first.cursor, query: { fields: ['id'] } });
    expect(filtered).toMatchObject({ event: 'resync' });
    expect((await follow({ cursor: 5 })).first).toMatchObject({ type: 'subscribe', status: 'error' });
    // Somebody with other rights can't go on from there.
    const { first: admins } = await follow({ cursor: first.cursor }, ADMIN.token);
    expect(admins).toMatchObject({ event: 'resync' });
    expect((await follow({ cursor: first.cursor })).first).toMatchObject({ event: 'init', resumed: true });
  });

  it('see what they missed with present rights', async () => {
    await collection({ owner: { _eq: '$CURRENT_USER' } }, ['id', 'text', 'owner']);
    const { socket, first } = await follow();
    socket.ws.terminate();
    const ben = await userWith(server, `ben${names}`, []);
    const hidden = await create({ text: 'hidden', owner: ben.id });
    const mine = await create({ text: 'mine', stars: 5 });
    const given = await create({ text: 'given away' });
    await change(given, { owner: ben.id });
    await change(hidden, { text: 'still hidden' });
    await admin.delete(`/items/${notes}/${hidden}`);
    await admin.delete(`/items/${notes}/${given}`);
    await admin.delete(`/items/${notes}/${mine}`);
    const last = await create({ text: 'last' });
    const { socket: back } = await follow({ cursor: first.cursor }, ANN, other);
    expect(told(await until(back, 'last'))).toEqual([
      ['delete', String(mine)],
      ['create', 'last'],
    ]);
    back.ws.terminate();
    // More rights, or fewer: what was seen before is no start.
    const filter = `filter[policy][_eq]=${await policyOf(ann.id)}&filter[collection][_eq]=${notes}`;
    const permission = (await admin.get(`/permissions?${filter}&fields=id`)).body.data[0].id;
    const secret = await create({ text: 'secret', owner: ben.id });
    await admin.delete(`/items/${notes}/${secret}`);
    await admin.patch(`/permissions/${permission}`, { permissions: {} });
    await expect
      .poll(async () => (await follow({ cursor: first.cursor })).first, IN_TIME)
      .toMatchObject({ event: 'resync', data: [{ id: last, text: 'last', owner: ann.id }] });
    await admin.patch(`/permissions/${permission}`, { fields: ['id'] });
    await expect
      .poll(async () => (await follow({ cursor: first.cursor })).first, IN_TIME)
      .toMatchObject({ event: 'resync', data: [{ id: last }] });
    await admin.delete(`/permissions/${permission}`);
    await expect
      .poll(async () => (await follow({ cursor: first.cursor })).first, IN_TIME)
      .toMatchObject({ type: 'subscribe', status: 'error' });
  });

  it('are told on the way when their rights change', async () => {
    await collection({}, ['id', 'text']);
    const { socket } = await follow();
    const filter = `filter[policy][_eq]=${await policyOf(ann.id)}&filter[collection][_eq]=${notes}`;
    const permission = (await admin.get(`/permissions?${filter}&fields=id`)).body.data[0].id;
    await admin.patch(`/permissions/${permission}`, { permissions: { owner: { _eq: '$CURRENT_USER' } } });
    expect(await socket.next({ event: 'resync' })).toEqual({ type: 'subscription', event: 'resync', uid: 's' });
    await admin.patch(`/permissions/${permission}`, { permissions: {} });
    expect(await socket.next({ event: 'resync' })).toMatchObject({ uid: 's' });
  });

  it('go on with one item', async () => {
    await collection();
    const [one, two] = [await create({ text: 'one' }), await create({ text: 'two' })];
    const { socket, first } = await follow({ item: one });
    expect(first).toMatchObject({ data: { text: 'one' } });
    socket.ws.terminate();
    await change(two, { text: 'two more' });
    await admin.patch(`/items/${notes}`, { keys: [one, two], data: { text: 'both' } });
    const { socket: back } = await follow({ item: one, cursor: first.cursor });
    const events = await until(back, 'both');
    expect(events).toMatchObject([{ event: 'update', data: { id: one, text: 'both' } }]);
  });

  it('hear what leaves their view as if it were gone, if they want', async () => {
    await collection({ owner: { _eq: '$CURRENT_USER' } });
    const query = { filter: { stars: { _gt: 2 } }, fields: ['text'] };
    const leaving = await follow({ leaving: true, query });
    const silent = await follow({ resume: false, query });
    const ben = (await userWith(server, `eve${names}`, [])).id;
    const ids = [await create({ text: 'a', stars: 5 }), await create({ text: 'b', stars: 1 })];
    ids.push(await create({ text: 'c', stars: 4 }), await create({ text: 'd', stars: 3, owner: ben }));
    await until(leaving.socket, 'c');
    const [a, b, c, d] = ids as [number, number, number, number];
    await change(b, { stars: 2 }); // was not in the view before
    await change(d, { stars: 9 }); // never was
    await change(a, { stars: 0 }); // leaves the filter
    await admin.patch(`/items/${notes}`, { keys: ids.slice(0, 3), data: { owner: ben } }); // one of them leaves
    await create({ text: 'end', stars: 9 });
    const expected = [
      ['delete', String(a)],
      ['delete', String(c)],
      ['create', 'end'],
    ];
    const events = await until(leaving.socket, 'end');
    expect(told(events)).toEqual(expected);
    expect(events[0]).toEqual({
      type: 'subscription',
      event: 'delete',
      data: [expect.anything()],
      cursor: expect.any(String),
      uid: 's',
    });
    expect(told(await until(silent.socket, 'end')).map(([event]) => event)).not.toContain('delete');
    // And the same for who was away.
    const { socket: back } = await follow({ leaving: true, query, cursor: leaving.first.cursor }, ANN, other);
    expect(told(await until(back, 'end'))).toEqual(expected);
  });

  it('lose nothing of a change that came in two parts', async () => {
    await collection();
    const query = { filter: { stars: { _gt: 2 } } };
    const { socket } = await follow({ leaving: true, query });
    const [a, b] = [await create({ text: 'a', stars: 5 }), await create({ text: 'b', stars: 5 })];
    await until(socket, 'b');
    const data = [
      { id: a, stars: 1 },
      { id: b, stars: 9 },
    ];
    await admin.patch(`/items/${notes}`, data);
    await admin.patch(`/items/${notes}`, { keys: [a, b], data: { text: 'end' } });
    const events = await until(socket, 'end');
    for (const [n, { cursor }] of events.entries()) {
      const { socket: back } = await follow({ leaving: true, query, cursor });
      const rest = events.slice(n + 1);
      await expect.poll(() => back.received.filter((one) => one.data).length, IN_TIME).toBe(rest.length);
      expect(back.received.filter((one) => one.data).map(({ cursor: at }) => at)).toEqual(
        rest.map(({ cursor: at }) => at),
      );
      back.ws.terminate();
    }
  });

  it('do so with GraphQL, too', async () => {
    await collection({ owner: { _eq: '$CURRENT_USER' } });
    const root = `${notes}_mutated`;
    const query = `subscription { ${root} { key event data { text } } }`;
    const start = async (extensions: object, at = server) => {
      const socket = await Socket.open(at, '/graphql', GRAPHQL);
      open.push(socket);
      socket.send({ type: 'connection_init', payload: { access_token: ANN } });
      await socket.next({ type: 'connection_ack' });
      socket.send({ id: '1', type: 'subscribe', payload: { query, extensions } });
      return socket;
    };
    const socket = await start({ resume: true, leaving: true });
    const begin = await socket.next({ type: 'next' });
    expect(begin.payload).toEqual({ data: null, extensions: { cursor: expect.any(String) } });
    socket.ws.terminate();
    const ids = (
      await admin.post(
        `/items/${notes}`,
        [1, 2, 3].map((n) => ({ text: `t${n}`, owner: ann.id })),
      )
    ).body.data;
    const keys = ids.map(({ id }: { id: number }) => id);
    await admin.patch(`/items/${notes}`, { keys, data: { text: 'all' } });
    await change(keys[0], { owner: null });
    await admin.delete(`/items/${notes}/${keys[1]}`);
    const all = async (cursor: string, count: number, at = other) => {
      const back = await start({ cursor, leaving: true }, at);
      await expect.poll(() => back.received.length, IN_TIME).toBe(count);
      return back.received.map(({ payload }) => payload);
    };
    const events = await all(begin.payload.extensions.cursor, 4);
    // Those that are there, as they are; and what is not there any more by its key.
    expect(events.map(({ data }) => data[root])).toEqual([
      { key: String(keys[2]), event: 'create', data: { text: 'all' } },
      { key: String(keys[0]), event: 'delete', data: null },
      { key: String(keys[1]), event: 'delete', data: null },
      { key: String(keys[2]), event: 'update', data: { text: 'all' } },
    ]);
    await create({ text: 'end' });
    for (const [n, { extensions }] of events.entries()) {
      const again = await start({ cursor: extensions.cursor, leaving: true }, server);
      await expect.poll(() => JSON.stringify(again.received), IN_TIME).toContain('"end"');
      // Who was told in the middle that something is gone may be told once more, by what made it so.
      const isRepeated = ({ data }: Received) =>
        events.slice(0, n + 1).some((one) => JSON.stringify(one.data) === JSON.stringify(data) && !one.data[root].data);
      const rest = again.received.map(({ payload }) => payload).filter((one) => !isRepeated(one));
      expect(rest.slice(0, -1)).toEqual(events.slice(n + 1));
    }
    const back = await start({ cursor: 'nonsense' });
    expect((await back.next({ type: 'next' })).payload).toEqual({
      data: null,
      extensions: { resync: true, cursor: expect.any(String) },
    });
  });

  it('are not burdened where they don’t ask', async () => {
    await collection();
    const socket = await connect(ANN, server);
    socket.send({ type: 'subscribe', collection: notes, uid: 's' });
    expect(await socket.next({ uid: 's' })).toEqual({ type: 'subscription', event: 'init', data: [], uid: 's' });
    const id = await create({ text: 'plain' });
    const [event] = await until(socket, 'plain');
    expect(Object.keys(event)).toEqual(['type', 'event', 'data', 'uid']);
    await change(id, { owner: null });
  });
});
