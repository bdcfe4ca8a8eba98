import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainClient } from '../plain-request.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Fixture, makeFixture, VICTIM_TOKEN } from './fixture.ts';

/** What is no rule. None of it may mean "everything": it is refused when it is stored, or opens nothing. */
const NO_RULES = [
  '5',
  'true',
  'false',
  '"abc"',
  '""',
  '["x"]',
  '[{"id":{"_gt":0}}]',
  '{"_and":{"id":{"_lt":0}}}',
  '{"_and":"x"}',
  '{"_or":5}',
  '{"_and":[null]}',
  '{"_or":["x"]}',
  '{"id":"$CURRENT_USER.nothing"}',
  '{"no_such_field":{"_nnull":true}}',
  '{"id":{"_no_such_operator":1}}',
  '{"id":{"_in":null}}',
  '{"id":{"_in":[]}}',
  '{"id":{"_nin":[]}}',
  '{"_not":{"id":{"_lt":0}}}',
  '{"__proto__":{"_nnull":true}}',
];

describe.each(DATABASES)('a rule that is none (%s)', (database) => {
  let server: StartedServer;
  let client: PlainClient;
  let fixture: Fixture;

  beforeAll(async () => {
    server = await startProject(database);
    client = new PlainClient(server.port);
    fixture = await makeFixture(client);
  });
  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  /** Gives the victim a permission written as JSON text, does something, and takes it back. */
  async function withPermission(action: string, rule: string, work: (stored: boolean) => Promise<void>): Promise<void> {
    const body = `{"policy":"${fixture.victimPolicy}","collection":"posts","action":"${action}","fields":["*"],${rule}}`;
    const headers = { authorization: `Bearer ${ADMIN.token}`, 'content-type': 'application/json' };
    const made = await client.send({ method: 'POST', path: '/permissions', headers, body });
    expect([200, 400]).toContain(made.status);
    try {
      await work(made.status === 200);
      expect((await client.json('GET', '/users/me', ADMIN.token)).status).toBe(200);
    } finally {
      if (made.status === 200) await takeBack(made.text);
    }
  }

  async function takeBack(made: string): Promise<void> {
    const { id } = (JSON.parse(made) as { data: { id: number } }).data;
    expect((await client.json('DELETE', `/permissions/${id}`, ADMIN.token)).status).toBe(204);
  }

  it.each(NO_RULES)('opens no row to read: %s', async (rule) => {
    await withPermission('read', `"permissions":${rule}`, async () => {
      const answer = await client.json('GET', '/items/posts?fields=id', VICTIM_TOKEN);
      if (answer.status !== 200) expect([400, 403]).toContain(answer.status);
      else expect(JSON.parse(answer.text)).toEqual({ data: [] });
    });
  });

  it.each(NO_RULES)('opens no row to change or delete: %s', async (rule) => {
    for (const [action, method] of [
      ['update', 'PATCH'],
      ['delete', 'DELETE'],
    ] as const) {
      await withPermission(action, `"permissions":${rule}`, async () => {
        const answer = await client.json(
          method,
          '/items/posts/1',
          VICTIM_TOKEN,
          method === 'PATCH' ? { status: 'taken' } : undefined,
        );
        expect([400, 403]).toContain(answer.status);
      });
    }
  });

  it.each(NO_RULES.filter((rule) => !rule.startsWith('{')))('lets nothing pass as a validation: %s', async (rule) => {
    await withPermission('create', `"permissions":{},"validation":${rule}`, async (stored) => {
      const answer = await client.json('POST', '/items/posts', VICTIM_TOKEN, { title: 'x' });
      expect(stored ? [400, 403] : [403]).toContain(answer.status);
    });
  });

  it.each(['5', '"abc"', '["x"]', 'true'])('and presets that are none hurt nobody: %s', async (presets) => {
    await withPermission('create', `"permissions":{},"presets":${presets}`, async () => {
      const answer = await client.json('POST', '/items/posts', VICTIM_TOKEN, { title: 'x' });
      expect(answer.status).toBeLessThan(500);
    });
  });
});
