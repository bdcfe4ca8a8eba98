import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCommon } from '../../src/auth/new-passwords/common.ts';
import { Client, failure } from '../resources/project.ts';
import { type StartedServer, startProject } from '../started-server.ts';

/** With the halves of its SHA-1. */
const BREACHED = { password: 'plum tree at dawn', prefix: '', rest: '' };

describe('the most common passwords', () => {
  it.each(['password', '123456', 'QWERTY', 'letmein', 'iloveyou'])('are known: %s', (password) => {
    expect(isCommon(password)).toBe(true);
  });
  it.each(['', 'plum tree at dawn', 'beth-pass-1', 'password of a cat'])('are not %j', (password) => {
    expect(isCommon(password)).toBe(false);
  });
});

describe('a new password that others have lost', () => {
  let breaches: Server;
  let server: StartedServer;
  let admin: Client;
  const asked: string[] = [];
  let answer: (prefix: string) => { status: number; body: string };

  beforeAll(async () => {
    const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(BREACHED.password));
    const hex = Buffer.from(digest).toString('hex').toUpperCase();
    BREACHED.prefix = hex.slice(0, 5);
    BREACHED.rest = hex.slice(5);
    answer = (prefix) => ({
      status: 200,
      body: prefix === BREACHED.prefix ? `${'0'.repeat(35)}:3\r\n${BREACHED.rest}:7\r\n` : `${BREACHED.rest}:9\r\n`,
    });
    breaches = createServer((request, response) => {
      asked.push(request.url ?? '');
      const { status, body } = answer((request.url ?? '').slice('/range/'.length));
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => breaches.listen(0, '127.0.0.1', resolve));
    const { port } = breaches.address() as AddressInfo;
    server = await startProject('sqlite', {
      AUTH_PASSWORD_BREACH_URL: `http://127.0.0.1:${port}/range`,
      IMPORT_IP_ALLOW_LIST: '127.0.0.1',
      IMPORT_IP_DENY_LIST: '169.254.169.254',
    });
    admin = new Client(server);
  });
  afterAll(async () => {
    breaches?.close();
    // It asks about passwords that are then refused, so no witness of deeds is heard.
    await server.kill();
    await server.project.remove();
  });

  const create = (email: string, password: string) => admin.post('/users', { email, password });

  it('is refused by name, wherever it is set, and nothing of it leaves but five digits', async () => {
    const refused = await create('ann@example.com', 'letmein');
    expect(failure(refused)).toEqual({ status: 400, codes: ['FAILED_VALIDATION'] });
    expect(refused.body.errors[0].extensions).toMatchObject({ field: 'password', type: 'breached', path: [] });
    const { body } = await create('bea@example.com', 'a word nobody knows');
    for (const answered of [
      await create('cid@example.com', BREACHED.password),
      await admin.patch(`/users/${body.data.id}`, { password: BREACHED.password }),
      await admin.patch(`/users/${body.data.id}`, { password: 'Password' }),
    ]) {
      expect(answered.body.errors[0].extensions).toMatchObject({ field: 'password', type: 'breached' });
    }
    expect(asked).toEqual(asked.map(() => expect.stringMatching(/^\/range\/[0-9A-F]{5}$/)));
    // Asked about once, however often it is sent.
    expect(asked.filter((url) => url.endsWith(BREACHED.prefix))).toHaveLength(1);
  });

  it('passes where the service fails or pads, for it is no reason to keep anybody out', async () => {
    answer = () => ({ status: 500, body: '' });
    expect((await create('dan@example.com', 'another word nobody knows')).status).toBe(200);
    answer = () => ({ status: 200, body: 'nonsense\n:\n' });
    expect((await create('eve@example.com', 'a third word nobody knows')).status).toBe(200);
    expect(server.output()).toContain('breaches');
  });
});
