import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, PlainClient } from '../plain-request.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { asAdmin } from './people.ts';

const ROUNDS = 12;

/** Administrators who take each other's rights at the same moment must not both succeed. */
describe.each(DATABASES)('the last administrator on %s', (database) => {
  let server: StartedServer;
  let client: PlainClient;

  beforeAll(async () => {
    server = await startProject(database);
    client = new PlainClient(server.port, 20_000);
  });

  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  it('survives whatever happens at once', async () => {
    const first = await asAdmin(client)<{ id: string; role: string }>('GET', '/users/me');
    for (let round = 0; round < ROUNDS; round++) {
      const token = `second-administrator-${round}-0123456789`;
      const account = { email: `second-${round}@example.com`, password: 'second-password-1', token, role: first.role };
      const second = await asAdmin(client)('POST', '/users', account);
      const losing = round % 2 === 0 ? { role: null } : { status: 'suspended' };
      const answers = await Promise.all([
        client.json('PATCH', `/users/${first.id}`, token, losing),
        client.json('PATCH', `/users/${second.id}`, ADMIN.token, losing),
      ]);
      // The one who came later may be an administrator no more, or the last one.
      expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
      const survivor = (await isAdmin(ADMIN.token)) ? ADMIN.token : token;
      expect([round, answers.map(codeOf), await isAdmin(survivor)]).toEqual([round, answers.map(codeOf), true]);
      await client.must('PATCH', `/users/${first.id}`, survivor, { role: first.role, status: 'active' });
      await asAdmin(client)('DELETE', `/users/${second.id}`);
    }
  });

  async function isAdmin(token: string): Promise<boolean> {
    const answer = await client.json('GET', '/policies/me/globals', token);
    return answer.status === 200 && JSON.parse(answer.text).data.admin_access === true;
  }
});
