import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client, makeCollection } from '../resources/project.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { Socket } from './socket.ts';

const IN_TIME = { timeout: 30_000 };
const TEXT = 'x'.repeat(100_000);
/** More than the buffers of both ends of a connection take. */
const WRITES = 200;

/** Who does not read is let go with a code that says so, and comes back where it left off. */
describe.each(DATABASES)('slow readers, %s', (database) => {
  let server: StartedServer;
  let admin: Client;
  const open: Socket[] = [];

  beforeAll(async () => {
    server = await startProject(database, { WEBSOCKETS_RESUME_TTL: '600', MAX_PAYLOAD_SIZE: '64mb' });
    admin = new Client(server);
    await makeCollection(server, 'notes', [
      { field: 'text', type: 'text' },
      { field: 'number', type: 'integer' },
    ]);
  });
  afterAll(() => discard(server));
  afterEach(() => {
    for (const socket of open.splice(0)) socket.ws.terminate();
  });

  async function follow(message: object): Promise<Socket> {
    const socket = await Socket.open(server, `/websocket?access_token=${ADMIN.token}`);
    open.push(socket);
    socket.send({ type: 'subscribe', collection: 'notes', event: 'create', uid: 's', ...message });
    return socket;
  }

  const numbers = ({ received }: Socket): number[] =>
    received.filter(({ event }) => event === 'create').map(({ data }) => data[0].number);
  const all = Array.from({ length: WRITES }, (_, number) => number);

  it('are let go, and come back for what they missed, at whatever pace they read', async () => {
    const slow = await follow({ resume: true });
    const { cursor } = await slow.next({ event: 'init' });
    const quick = await follow({ resume: true });
    await quick.next({ event: 'init' });
    slow.ws.pause();
    const made = await admin.post(
      '/items/notes',
      all.map((number) => ({ number, text: TEXT })),
    );
    expect(made.status).toBe(200);
    // What one of a group was handed, all of it were.
    await expect.poll(() => numbers(quick), IN_TIME).toEqual(all);
    const peak = server.memory();
    slow.ws.resume();
    await expect.poll(() => slow.closed, IN_TIME).toEqual({ code: 1013 });
    expect(numbers(slow).length).toBeLessThan(WRITES);

    // All of it is more than may wait; who reads gets it all the same.
    const back = await follow({ cursor });
    const pace = setInterval(() => {
      back.ws.pause();
      setTimeout(() => back.ws.resume(), 5);
    }, 20);
    await expect.poll(() => numbers(back), IN_TIME).toEqual(all);
    clearInterval(pace);
    back.ws.resume();

    if (database === 'postgres') return; // the rest takes long, and has nothing to do with the database
    // And who doesn't read what it asked for is let go as well, without a growing queue.
    const never = await follow({ cursor });
    await never.next({ event: 'init' });
    never.ws.pause();
    await new Promise((resolve) => setTimeout(resolve, 14_000)); // longer than it is waited for
    expect(server.memory()).toBeLessThan(peak + 100_000_000);
    never.ws.resume();
    await expect.poll(() => never.closed, IN_TIME).toEqual({ code: 1013 });
    expect(numbers(never).length).toBeLessThan(WRITES);
  }, 120_000);
});
