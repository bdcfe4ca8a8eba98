import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, PlainClient } from '../plain-request.ts';
import { ADMIN, discard, type StartedServer, startProject } from '../started-server.ts';

const digest = (costs: string): string =>
  `$argon2id$v=19$${costs}$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`;

/** A hash names its own costs, and anybody may ask for one to be verified. */
describe('hashes from strangers', () => {
  let server: StartedServer;
  let client: PlainClient;

  beforeAll(async () => {
    server = await startProject('sqlite');
    client = new PlainClient(server.port, 10_000);
  });

  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  const verify = (hash: string) => client.json('POST', '/utils/hash/verify', '', { string: 'x', hash });

  it.each(['m=19456,t=4294967295,p=1', 'm=4194304,t=1,p=1', 'm=1048576,t=20,p=1', 'm=65536,t=1,p=255'])(
    'with costs of %s are refused at once, and logins go on',
    async (costs) => {
      const answers = await Promise.all([verify(digest(costs)), verify(digest(costs)), verify(digest(costs))]);
      for (const answer of answers) expect([answer.status, codeOf(answer)]).toEqual([400, 'INVALID_PAYLOAD']);
      const login = await client.json('POST', '/auth/login', '', { email: ADMIN.email, password: ADMIN.password });
      expect(login.status).toBe(200);
    },
  );

  it.each(['m=19456,t=2,p=1', 'm=65536,t=3,p=4', 'm=131072,t=4,p=4', 'm=8,t=1,p=1'])(
    'with costs of %s are verified',
    async (costs) => {
      const answer = await verify(digest(costs));
      expect([answer.status, answer.text]).toEqual([200, '{"data":false}']);
    },
  );

  it.each([
    digest('m=0,t=0,p=0'),
    digest('m=1,t=1,p=1'),
    digest('m=8,t=0,p=1'),
    digest('m=19456,t=2,p=1,data=x'),
    digest('m=8,t=1,p=1').slice(0, -40),
    digest('m=8,t=1,p=1').slice(0, -1),
    digest('m=8,t=1,p=1').slice(0, -2),
    '$argon2id$v=19$m=8,t=1,p=1$c29t$AAAAAAAAAAAAAAAAAAAAAA',
    `$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$${'A'.repeat(100_000)}`,
    '$argon2id$v=16$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAA',
    '$argon2id$',
  ])('that are none (%s) belong to nothing', async (hash) => {
    const answer = await verify(hash);
    expect([answer.status, answer.text]).toEqual([200, '{"data":false}']);
  });

  it('many at once do not keep anybody from signing in', async () => {
    const flood = Array.from({ length: 150 }, () => client.json('POST', '/utils/hash/generate', '', { string: 'x' }));
    const login = await new PlainClient(server.port, 10_000).json('POST', '/auth/login', '', {
      email: ADMIN.email,
      password: ADMIN.password,
    });
    expect(login.status).toBe(200);
    const statuses = new Set((await Promise.all(flood)).map(({ status }) => status));
    expect([...statuses].sort()).toEqual([200, 503]);
  });
});
