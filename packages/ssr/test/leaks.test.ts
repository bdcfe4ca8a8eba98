import { afterAll, beforeAll, expect, it } from 'vitest';
import { discard, type StartedServer, startProject } from '../../server/test/started-server.ts';
import { lookForLeaks, TOKEN_SECONDS } from './leaks.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startProject('sqlite', { ACCESS_TOKEN_TTL: `${TOKEN_SECONDS}s` });
});
afterAll(() => discard(server));

it('no page holds anything of another user, nobody is signed out, and each token is spent once', async () => {
  const outcome = await lookForLeaks(server, { users: 50, loads: 2000, concurrency: 50 });
  console.log(JSON.stringify(outcome));
  expect(outcome).toMatchObject({ loads: 2000, foreign: 0, signedOut: 0, failed: 0, surplus: 0 });
  expect(outcome.refreshes).toBeGreaterThan(10);
  expect(outcome.refreshes).toBeLessThanOrEqual(50 * Math.ceil(outcome.seconds + 1));
}, 120_000);
