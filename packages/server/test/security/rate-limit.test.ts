import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callerOf, RateWindow } from '../../src/kernel/rate-window.ts';
import { codeOf, PlainClient } from '../plain-request.ts';
import { ADMIN, discard, type StartedServer, startProject } from '../started-server.ts';

describe('a window', () => {
  it('has so many points, and as many again after its time', () => {
    let now = 1_000;
    const window = new RateWindow(3, 500, { now: () => now });
    expect([1, 2, 3, 4, 5].map(() => window.take('a'))).toEqual([null, null, null, 1_500, 1_500]);
    expect(window.take('b')).toBeNull();
    now = 1_500;
    expect([1, 2, 3, 4].map(() => window.take('a'))).toEqual([null, null, null, 2_000]);
  });

  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['2001:db8:1:2:3:4:10.0.0.1', '2001:db8:1:2::/64'],
    [null, ''],
  ])('knows %s as %s', (address, caller) => {
    expect(callerOf(address)).toBe(caller);
  });
});

/** RATE_LIMITER_ENABLED was told in /server/info, and limited nothing. */
describe('requests beyond the limit', () => {
  let server: StartedServer;
  let client: PlainClient;
  const from = (address: string) => ({ 'x-forwarded-for': address });

  beforeAll(async () => {
    const limits = { RATE_LIMITER_ENABLED: 'true', RATE_LIMITER_POINTS: '20', RATE_LIMITER_DURATION: '60' };
    server = await startProject('sqlite', { ...limits, IP_TRUST_PROXY: 'true' });
    client = new PlainClient(server.port);
  });

  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  it.each([
    ['a login', 'POST', '/auth/login', '2001:db8:7::%', { email: ADMIN.email, password: 'wrong' }],
    ['an administrator', 'GET', '/users/me', '192.0.2.7', undefined],
    ['a route that is none', 'GET', '/nothing/here', '192.0.2.8', undefined],
  ])('are refused for %s', async (who, method, path, address, body) => {
    const send = (i: number) =>
      client.send({
        method,
        path,
        headers: {
          ...from(address.replace('%', String(i))),
          ...(who === 'an administrator' ? { authorization: `Bearer ${ADMIN.token}` } : {}),
          'content-type': 'application/json',
        },
        body: body && JSON.stringify(body),
      });
    for (let i = 0; i < 20; i++) expect((await send(i)).status).not.toBe(429);
    const refused = await send(99);
    expect([refused.status, codeOf(refused)]).toEqual([429, 'REQUESTS_EXCEEDED']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
    expect((await client.send({ method: 'GET', path: '/server/info', headers: from('192.0.2.200') })).status).toBe(200);
  });
});

describe('requests of everybody together', () => {
  let server: StartedServer;
  let client: PlainClient;

  beforeAll(async () => {
    const limits = { RATE_LIMITER_GLOBAL_ENABLED: 'true', RATE_LIMITER_GLOBAL_POINTS: '60' };
    server = await startProject('sqlite', { ...limits, RATE_LIMITER_GLOBAL_DURATION: '60', IP_TRUST_PROXY: 'true' });
    client = new PlainClient(server.port);
  });
  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  it('are limited whoever sends them', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 70; i++) {
      const headers = { 'x-forwarded-for': `192.0.2.${i}` };
      statuses.push((await client.send({ method: 'GET', path: '/server/info', headers })).status);
    }
    expect(statuses.slice(-10)).toEqual(new Array(10).fill(429));
    expect(statuses.slice(0, 50)).toEqual(new Array(50).fill(200));
  });
});
