import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overLimit, type PressureLimits, type Sample } from '../../src/http/pressure.ts';
import { PlainClient } from '../plain-request.ts';
import { discard, type StartedServer, startProject } from '../started-server.ts';

const LIMITS: PressureLimits = {
  pressureLimiterSampleIntervalMs: 250,
  pressureLimiterMaxEventLoopUtilization: 0.99,
  pressureLimiterMaxEventLoopDelayMs: 500,
  pressureLimiterMaxMemoryRssBytes: 1000,
  pressureLimiterMaxMemoryHeapUsedBytes: 500,
  pressureLimiterRetryAfterMs: null,
};
const CALM: Sample = { utilization: 0.5, lateMs: 1, rssBytes: 900, heapUsedBytes: 400 };

describe('a sample', () => {
  it.each<[string, Partial<Sample>, string | null]>([
    ['calm', {}, null],
    ['busy, and in time', { utilization: 1, lateMs: 60 }, null],
    ['busy, and late', { utilization: 1, lateMs: 101 }, 'work'],
    ['late once, and not busy', { lateMs: 400 }, null],
    ['very late', { lateMs: 501 }, 'work'],
    ['large', { rssBytes: 1001 }, 'memory'],
    ['with a large heap', { heapUsedBytes: 501 }, 'memory'],
  ])('that is %s', (_, sample, over) => {
    expect(overLimit({ ...CALM, ...sample }, LIMITS)).toBe(over);
  });

  it('counts for nothing where a limit is off', () => {
    const off: PressureLimits = {
      ...LIMITS,
      pressureLimiterMaxEventLoopDelayMs: null,
      pressureLimiterMaxMemoryRssBytes: null,
      pressureLimiterMaxMemoryHeapUsedBytes: null,
    };
    expect(overLimit({ utilization: 1, lateMs: 9999, rssBytes: 9999, heapUsedBytes: 9999 }, off)).toBeNull();
  });
});

describe('a server with less memory than it needs', () => {
  let server: StartedServer;
  let client: PlainClient;

  beforeAll(async () => {
    server = await startProject('sqlite', {
      PRESSURE_LIMITER_ENABLED: 'true',
      PRESSURE_LIMITER_SAMPLE_INTERVAL: '20',
      PRESSURE_LIMITER_MAX_MEMORY_RSS: '10mb',
      PRESSURE_LIMITER_RETRY_AFTER: '7',
    });
    client = new PlainClient(server.port);
  });
  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  it('says so, and when to come back, and that it lives', async () => {
    const answer = await client.send({ method: 'GET', path: '/server/info' });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('7');
    expect(JSON.parse(answer.text).errors[0].extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', service: 'api' });
    expect((await client.send({ method: 'GET', path: '/server/ping' })).status).toBe(200);
  });
});
