import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, makeCollection, userWith } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Received, Socket } from './socket.ts';

const USERS = 14;
const CHANGES = 40;
const WORDS = ['red', 'Red', 'blue', 'Käse', ''];

/** Numbers that are the same each time (Park and Miller). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

/** Who hears of a change is who can read the item, by rules of every kind. */
describe.each(DATABASES)('events agree with what can be read, %s', (database) => {
  let server: StartedServer;
  let admin: Client;
  const people: { client: Client; socket: Socket; rule: string }[] = [];
  const ids: string[] = [];
  const roll = dice(20_261_121);
  const pick = <T>(list: readonly T[]): T => list[roll(list.length)] as T;

  function rule(depth = 2): object {
    const leaf = [
      () => ({ word: { _eq: pick(WORDS) } }),
      () => ({ word: { _in: [pick(WORDS), pick(WORDS)] } }),
      () => ({ word: { _neq: pick(WORDS) } }),
      () => ({ word: { _null: true } }),
      () => ({ size: { _eq: roll(4) } }),
      () => ({ size: { _gt: roll(4) } }),
      () => ({ owner: { _eq: '$CURRENT_USER' } }),
      () => ({ _or: [{ word: { _eq: 'red' } }, { owner: { _eq: '$CURRENT_USER' } }] }),
      () => ({ owner: { _in: ['$CURRENT_USER', pick(ids) ?? '$CURRENT_USER'] } }),
      () => ({ shelf: { label: { _eq: pick(WORDS) } } }),
      () => ({ shelf: { _in: [1, 2] } }),
    ];
    if (depth === 0 || roll(3) === 0) return pick(leaf)();
    return { [pick(['_and', '_or'])]: [rule(depth - 1), rule(depth - 1)] };
  }

  const content = () => ({
    word: pick([...WORDS, null]),
    size: pick([0, 1, 2, 3, null]),
    owner: pick([...ids, null]),
    shelf: pick([1, 2, 3, null]),
  });

  async function listen(token: string): Promise<Socket> {
    const socket = await Socket.open(server, `/websocket?access_token=${token}`);
    await socket.ask({ type: 'subscribe', collection: 'things', query: { fields: ['id', 'word'] } });
    return socket;
  }

  /** Somebody else with the very same policy. */
  async function twin(n: number, of: string, permissions: string) {
    const { body } = await admin.get(`/access?filter[user][_eq]=${of}&fields=policy`);
    const token = `token-of-twin${n}-0123456789`;
    const policies = [{ policy: body.data[0].policy }];
    ids.push((await admin.post('/users', { email: `twin${n}@example.com`, token, policies })).body.data.id);
    return { client: new Client(server, token), socket: await listen(token), rule: permissions };
  }

  beforeAll(async () => {
    server = await startProject(database);
    admin = new Client(server);
    await makeCollection(server, 'shelves', [{ field: 'label', type: 'string' }]);
    await makeCollection(server, 'things', [
      { field: 'word', type: 'string' },
      { field: 'size', type: 'integer' },
      { field: 'owner', type: 'uuid' },
      { field: 'shelf', type: 'integer' },
    ]);
    await admin.post('/relations', { collection: 'things', field: 'shelf', related_collection: 'shelves', schema: {} });
    await admin.post('/items/shelves', [{ label: 'red' }, { label: 'blue' }, { label: null }]);
    for (let n = 0; n < USERS; n++) {
      const permissions = rule();
      const { client, id } = await userWith(server, `reader${n}`, [
        { collection: 'things', action: 'read', permissions },
        { collection: 'shelves', action: 'read' },
      ]);
      ids.push(id);
      people.push({
        client,
        socket: await listen(`token-of-reader${n}-0123456789`),
        rule: JSON.stringify(permissions),
      });
      if (n % 2 === 0) people.push(await twin(n, id, JSON.stringify(permissions)));
    }
  }, 60_000);
  afterAll(() => discard(server));

  it('for items that are created, changed and deleted', async () => {
    const there: number[] = [];
    const readers = (id: number): Promise<boolean[]> =>
      Promise.all(people.map(async ({ client }) => (await client.get(`/items/things/${id}?fields=id`)).status === 200));
    const sorts = new Set<string>();
    for (let n = 0; n < CHANGES; n++) {
      const action = there.length < 2 ? 'create' : pick(['create', 'update', 'update', 'delete'] as const);
      let id = pick(there);
      let expected = action === 'delete' ? await readers(id) : [];
      if (action === 'create') {
        id = (await admin.post('/items/things', content())).body.data.id;
        there.push(id);
      } else if (action === 'update') await admin.patch(`/items/things/${id}`, content());
      else {
        await admin.delete(`/items/things/${id}`);
        there.splice(there.indexOf(id), 1);
      }
      if (action !== 'delete') expected = await readers(id);
      const about = (one: Received): boolean =>
        one.event === action && one.data.map((row: { id?: number }) => Number(row?.id ?? row)).includes(id);
      const hearing = () => people.map(({ socket }) => socket.received.some(about));
      const isAsExpected = () => hearing().every((heard, i) => heard || !expected[i]);
      for (let waited = 0; waited < 5_000 && !isAsExpected(); waited += 20) await new Promise((r) => setTimeout(r, 20));
      // What nobody should get would come with the rest, or soon after.
      await new Promise((resolve) => setTimeout(resolve, 60));
      const heard = hearing();
      for (const { socket } of people) socket.received.length = 0;
      expect(heard, `${action} of ${id}: ${JSON.stringify(people.map((one) => one.rule))}`).toEqual(expected);
      for (const one of expected) sorts.add(`${action} ${one}`);
    }
    expect([...sorts].sort()).toEqual([
      'create false',
      'create true',
      'delete false',
      'delete true',
      'update false',
      'update true',
    ]);
  }, 120_000);

  it('for two who share a policy, and nobody else', async () => {
    await makeCollection(server, 'pairs', [
      { field: 'word', type: 'string' },
      { field: 'owner', type: 'uuid' },
    ]);
    const permissions = { _or: [{ word: { _eq: 'red' } }, { owner: { _eq: '$CURRENT_USER' } }] };
    const { id } = await userWith(server, 'one', [{ collection: 'pairs', action: 'read', permissions }]);
    const two = await twin(100, id, '');
    const sockets = [await Socket.open(server, '/websocket?access_token=token-of-one-0123456789'), two.socket];
    for (const socket of sockets)
      await socket.ask({ type: 'subscribe', collection: 'pairs', query: { fields: ['word'] } });
    await admin.post('/items/pairs', [
      { word: 'blue', owner: id },
      { word: 'green', owner: ids.at(-1) },
      { word: 'red', owner: null },
      { word: 'Red', owner: null },
    ]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const heard = sockets.map((socket) => socket.received.flatMap((one) => one.data ?? []));
    expect(heard).toEqual([
      [{ word: 'blue' }, { word: 'red' }],
      [{ word: 'green' }, { word: 'red' }],
    ]);
    for (const socket of sockets) socket.close();
  });
});
