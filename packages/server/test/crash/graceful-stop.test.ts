import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PlainClient } from '../plain-request.ts';
import { ADMIN, DATABASES, discard, pings, type StartedServer, startProject } from '../started-server.ts';
import { makeBatchesCollection } from './batches.ts';

describe.each(DATABASES)('a graceful stop (%s)', (database) => {
  let server: StartedServer | undefined;
  afterEach(() => discard(server));

  it('ends requests in flight, closes the database and exits with 0', async () => {
    server = await startProject(database, { LOGIN_STALL_TIME: '400' });
    const client = new PlainClient(server.port);
    await makeBatchesCollection(client);
    const wrong = { email: ADMIN.email, password: 'wrong' };
    const logins = Array.from({ length: 5 }, () => client.json('POST', '/auth/login', '', wrong));
    await new Promise((resolve) => setTimeout(resolve, 150));
    const rows = Array.from({ length: 200 }, () => ({ batch: 'last', size: 200 }));
    const write = client.json('POST', '/items/posts', ADMIN.token, rows);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const code = server.stop();

    expect((await Promise.all(logins)).map((answer) => answer.status)).toEqual([401, 401, 401, 401, 401]);
    expect((await write).status).toBe(200);
    expect(await code).toBe(0);
    expect(await pings(server.port)).toBe(false);
    client.close();
    if (database === 'sqlite') expect(existsSync(`${server.project.file}-wal`)).toBe(false);
  });

  it('does not wait for connections that say nothing, nor for ever for one that never ends', async () => {
    server = await startProject(database, { SERVER_SHUTDOWN_TIMEOUT: '500' });
    const idle = await open(server.port);
    const half = await open(server.port);
    half.write(
      'POST /items/posts HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const began = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - began).toBeLessThan(3_000);
    idle.destroy();
    half.destroy();
  });

  it('prints no error on the way', async () => {
    server = await startProject(database);
    expect(await server.stop()).toBe(0);
    expect(server.output()).not.toMatch(/error|exception|unhandled/i);
  });
});

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
    socket.on('error', () => {});
  });
}
