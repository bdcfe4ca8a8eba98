import { afterEach, expect, it } from 'vitest';
import { ADMIN, discard, type StartedServer, startProject } from '../started-server.ts';
import { Socket } from './socket.ts';

let server: StartedServer | undefined;
afterEach(async () => {
  await discard(server);
  server = undefined;
});

const IN = `/websocket?access_token=${ADMIN.token}`;

it('a socket may send so many messages, and goes on after a while', async () => {
  server = await startProject('sqlite', {
    RATE_LIMITER_ENABLED: 'true',
    RATE_LIMITER_POINTS: '1000',
    RATE_LIMITER_WEBSOCKETS_POINTS: '5',
    RATE_LIMITER_WEBSOCKETS_DURATION: '1',
  });
  const socket = await Socket.open(server, IN);
  for (let n = 0; n < 5; n++) expect(await socket.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
  expect(await socket.ask({ type: 'ping' })).toMatchObject({ error: { code: 'REQUESTS_EXCEEDED' } });
  expect(await (await Socket.open(server, IN)).ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(await socket.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
});

it('a socket may follow so many things', async () => {
  server = await startProject('sqlite');
  const socket = await Socket.open(server, IN);
  for (let n = 0; n < 1_001; n++) {
    socket.send({ type: 'subscribe', collection: 'directus_users', event: 'create', uid: `s${n}` });
  }
  expect(await socket.next({ status: 'error' }, 20_000)).toMatchObject({
    error: { code: 'INVALID_PAYLOAD' },
    uid: 's1000',
  });
  socket.close();
}, 40_000);

it('a server that stops says goodbye', async () => {
  server = await startProject('sqlite');
  const sockets = await Promise.all([IN, '/websocket', IN].map((path) => Socket.open(server as StartedServer, path)));
  const exit = server.stop();
  expect(await Promise.all(sockets.map((socket) => socket.whenClosed()))).toEqual([1001, 1001, 1001]);
  expect(await exit).toBe(0);
});

it('there is nothing where sockets are switched off', async () => {
  server = await startProject('sqlite', { WEBSOCKETS_REST_ENABLED: 'false', WEBSOCKETS_LOGS_ENABLED: 'false' });
  await expect(Socket.open(server, IN)).rejects.toThrow();
  await expect(Socket.open(server, `/websocket/logs?access_token=${ADMIN.token}`)).rejects.toThrow();
  (await Socket.open(server, '/graphql', { protocol: 'graphql-transport-ws' })).close();
});
