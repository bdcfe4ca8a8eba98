import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, makeCollection, userWith } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { Socket } from './socket.ts';

/** A value, and rules over it: those that admit the item, and those that don't. */
const FIELDS: readonly { field: string; type: string; value: unknown; admits: object[]; refuses: object[] }[] = [
  { field: 'whole', type: 'integer', value: 5, admits: [{ _gt: 4 }, { _in: [5] }], refuses: [{ _gt: 10 }, { _lt: 5 }] },
  {
    field: 'long',
    type: 'bigInteger',
    value: '9007199254740993',
    admits: [{ _eq: '9007199254740993' }],
    refuses: [{ _eq: '9007199254740992' }, { _gt: '9007199254740993' }],
  },
  {
    field: 'price',
    type: 'decimal',
    value: 5.5,
    admits: [{ _gt: 5 }, { _lt: 10 }],
    refuses: [{ _gt: 10 }, { _lt: 4 }],
  },
  { field: 'ratio', type: 'float', value: 0.5, admits: [{ _lt: 1 }], refuses: [{ _gt: 1 }, { _lt: 0.25 }] },
  { field: 'live', type: 'boolean', value: true, admits: [{ _eq: true }], refuses: [{ _eq: false }, { _null: true }] },
  {
    field: 'name',
    type: 'string',
    value: '7',
    admits: [{ _eq: '7' }, { _starts_with: '7' }],
    refuses: [{ _neq: '7' }],
  },
  {
    field: 'day',
    type: 'date',
    value: '2024-05-06',
    admits: [{ _lt: '2024-06-01' }, { _eq: '2024-05-06' }],
    refuses: [{ _gt: '2024-06-01' }, { _lt: '2024-01-01' }],
  },
  {
    field: 'moment',
    type: 'timestamp',
    value: '2024-05-06T07:08:09Z',
    admits: [{ _lt: '2024-05-06T07:08:10Z' }, { _gt: '2024-05-06T00:00:00Z' }],
    refuses: [{ _gt: '2025-01-01T00:00:00Z' }, { _lt: '2024-05-06T00:00:00Z' }],
  },
  { field: 'hour', type: 'time', value: '07:08:09', admits: [{ _lt: '08:00:00' }], refuses: [{ _gt: '08:00:00' }] },
  {
    field: 'owner',
    type: 'uuid',
    value: 'a3f1c2d4-0000-4000-8000-00000000000a',
    admits: [{ _nnull: true }],
    refuses: [{ _eq: '$CURRENT_USER' }],
  },
];

/** What is gone is asked about by what was kept of it; the answer has to be that of the row itself. */
describe.each(DATABASES)('rows of a former time, %s', (database) => {
  let server: StartedServer;
  let admin: Client;

  beforeAll(async () => {
    server = await startProject(database, { WEBSOCKETS_RESUME_TTL: '600' });
    admin = new Client(server);
    await makeCollection(
      server,
      'notes',
      FIELDS.map(({ field, type }) => ({ field, type })),
    );
  });
  afterAll(() => discard(server));

  it('are seen by those who could see them, whatever type the rule compares', async () => {
    const rules = FIELDS.flatMap(({ field, admits, refuses }) => [
      ...admits.map((rule) => ({ rule: { [field]: rule }, isSeen: true })),
      ...refuses.map((rule) => ({ rule: { [field]: rule }, isSeen: false })),
    ]);
    const cursors: string[] = [];
    const follow = async (n: number, cursor?: string) => {
      const socket = await Socket.open(server, `/websocket?access_token=token-of-reader${n}-0123456789`);
      socket.send({ type: 'subscribe', collection: 'notes', event: 'delete', resume: true, cursor, uid: 's' });
      return socket;
    };
    for (const [n, { rule }] of rules.entries()) {
      await userWith(server, `reader${n}`, [{ collection: 'notes', action: 'read', permissions: rule }]);
      const socket = await follow(n);
      cursors.push((await socket.next({ event: 'init' })).cursor);
      socket.ws.terminate();
    }
    const item = Object.fromEntries(FIELDS.map(({ field, value }) => [field, value]));
    const { id } = (await admin.post('/items/notes', item)).body.data;
    for (const [n, { rule, isSeen }] of rules.entries()) {
      const { status } = await new Client(server, `token-of-reader${n}-0123456789`).get(`/items/notes/${id}`);
      expect([JSON.stringify(rule), status]).toEqual([JSON.stringify(rule), isSeen ? 200 : 403]);
    }
    await admin.delete(`/items/notes/${id}`);
    // A change that everybody hears of, after it: a second item without values is seen by nobody of them.
    for (const [n, { rule, isSeen }] of rules.entries()) {
      const socket = await follow(n, cursors[n]);
      expect(await socket.next({ uid: 's' })).toMatchObject({ event: 'init', resumed: true });
      socket.send({ type: 'ping', uid: 'end' }); // answered after all that was missed
      await socket.next({ type: 'pong' });
      const told = socket.received.some(({ event }) => event === 'delete');
      expect([JSON.stringify(rule), told]).toEqual([JSON.stringify(rule), isSeen]);
      socket.ws.terminate();
    }
  }, 120_000);
});
