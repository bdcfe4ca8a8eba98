import { randomBytes } from 'node:crypto';
import { type Socket as Connection, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCollection } from '../resources/project.ts';
import { ADMIN, discard, type StartedServer, startProject } from '../started-server.ts';
import { Socket } from './socket.ts';

/** Bytes on a connection that was upgraded, or was about to be. */
function raw(server: StartedServer, path: string, then: (connection: Connection) => void): Promise<void> {
  return new Promise((resolve) => {
    const connection = connect(server.port, '127.0.0.1', () => {
      connection.write(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
      );
    });
    connection.once('data', () => then(connection));
    connection.on('error', () => {});
    connection.once('close', () => resolve());
    setTimeout(() => connection.destroy(), 300);
  });
}

/** A frame of a client (RFC 6455 §5.2) with any of its bits. */
function frame(first: number, payload: Buffer, masked = true): Buffer {
  const mask = randomBytes(4);
  const body = masked ? payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0)) : payload;
  const length = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255];
  length[0] = (length[0] ?? 0) | (masked ? 128 : 0);
  return Buffer.concat([Buffer.from([first, ...length]), masked ? mask : Buffer.alloc(0), body]);
}

const bits = (count: number): number => Math.floor(Math.random() * 2 ** count);

/** THREATS row 5: a frame that is none must not end the server, or stay in its memory. */
describe('hostile clients of sockets', () => {
  let server: StartedServer;

  beforeAll(async () => {
    server = await startProject('sqlite', { WEBSOCKETS_REST_AUTH: 'public', WEBSOCKETS_GRAPHQL_AUTH: 'public' });
    await makeCollection(server, 'notes', [{ field: 'text', type: 'text' }]);
  });
  afterAll(() => discard(server));

  it('outlives frames that are none', async () => {
    for (const path of ['/websocket', '/graphql']) {
      for (let round = 0; round < 20; round++) {
        await Promise.all(
          Array.from({ length: 20 }, () =>
            raw(server, path, (connection) => {
              for (let n = 0; n < 5; n++) {
                connection.write(frame(bits(8), randomBytes(bits(9)), Math.random() < 0.8));
              }
            }),
          ),
        );
      }
    }
    const socket = await Socket.open(server, '/websocket');
    expect(await socket.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    expect(server.output()).not.toMatch(/failed|Unhandled/);
    socket.close();
  }, 60_000);

  it('outlives messages that make no sense', async () => {
    const socket = await Socket.open(server, `/websocket?access_token=${ADMIN.token}`);
    const values = [null, 1, '', 'x', [], {}, [[]], { a: { b: 1 } }, '__proto__', true, '$NOW', -1, 1e300];
    const pick = () => values[Math.floor(Math.random() * values.length)];
    const types = ['auth2', 'items', 'subscribe', 'unsubscribe', 'ping', 'pong', 'x'];
    for (let n = 0; n < 600; n++) {
      const message: Record<string, unknown> = { type: types[n % types.length] };
      for (const key of ['action', 'collection', 'event', 'item', 'id', 'ids', 'data', 'query', 'uid']) {
        if (Math.random() < 0.5) message[key] = pick();
      }
      if (Math.random() < 0.5) message.collection = 'notes';
      if (Math.random() < 0.5) message.action = ['create', 'read', 'update', 'delete'][n % 4];
      if (Math.random() < 0.5)
        message.query = { fields: pick(), filter: pick(), sort: pick(), limit: pick(), deep: pick() };
      socket.send(message);
    }
    expect(await socket.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    expect(socket.received.filter((one) => one.error?.code === 'INTERNAL_SERVER_ERROR')).toEqual([]);
    socket.close();
  }, 60_000);

  it('takes no message of any length, and gives its memory back', async () => {
    const socket = await Socket.open(server, '/websocket');
    socket.send(`{"type":"ping","uid":"${'x'.repeat(3_000_000)}"}`);
    expect(await socket.whenClosed()).toBe(1009);
    const before = server.memory();
    for (let round = 0; round < 10; round++) {
      const sockets = await Promise.all(Array.from({ length: 100 }, () => Socket.open(server, '/websocket')));
      for (const one of sockets) one.send(`{"type":"nothing","uid":"${'x'.repeat(100_000)}"}`);
      await Promise.all(sockets.map((one) => one.ask({ type: 'ping' })));
      for (const one of sockets) one.ws.terminate();
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(server.memory() - before).toBeLessThan(80e6);
  }, 60_000);

  it('lets go of who does not read', async () => {
    const slow = await Socket.open(server, `/websocket?access_token=${ADMIN.token}`);
    const quick = await Socket.open(server, `/websocket?access_token=${ADMIN.token}`);
    for (const one of [slow, quick]) await one.ask({ type: 'subscribe', collection: 'notes' });
    slow.ws.pause();
    const text = 'x'.repeat(200_000);
    const count = 60;
    for (let n = 0; n < count; n++) {
      await quick.ask({
        type: 'items',
        action: 'create',
        collection: 'notes',
        data: { text },
        query: { fields: ['id'] },
      });
      await quick.next({ event: 'create' });
    }
    slow.ws.resume();
    expect(await slow.whenClosed(10_000)).not.toBe(1000);
    expect(slow.received.length).toBeLessThan(count);
    quick.close();
  }, 60_000);
});
