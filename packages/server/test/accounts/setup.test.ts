import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, type PlainAnswer, PlainClient } from '../plain-request.ts';
import { DATABASES, discard, type StartedServer, startProject, startServer } from '../started-server.ts';

/** What leaves the administrator to be chosen: nobody is named. */
const NOBODY = { ADMIN_EMAIL: '', ADMIN_PASSWORD: '', ADMIN_TOKEN: '' };
const OWN = { email: 'ada@example.com', password: 'the-password-that-ada-chose' };

describe.each(DATABASES)('the first start of a project (%s)', (database) => {
  let server: StartedServer;
  let client: PlainClient;
  let code: string;
  const post = (path: string, body: unknown): Promise<PlainAnswer> => client.json('POST', path, '', body);
  const finish = async (body: unknown): Promise<string> => {
    const answer = await post('/server/setup', body);
    return `${answer.status} ${codeOf(answer)}`.trim();
  };
  const isOpen = async (): Promise<boolean> =>
    (JSON.parse((await client.send({ method: 'GET', path: '/server/setup' })).text) as { data: { open: boolean } }).data
      .open;

  beforeAll(async () => {
    server = await startProject(database, NOBODY);
    client = new PlainClient(server.port);
    code = /\/admin\/setup#(\S+)/.exec(server.output())?.[1] ?? '';
  });
  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  it('prints a code, and waits', async () => {
    expect(code).toHaveLength(24);
    expect(await isOpen()).toBe(true);
  });

  it.each([
    [{ ...OWN, code: 'A'.repeat(24) }, '403 FORBIDDEN'],
    [{ ...OWN, code: '' }, '400 INVALID_PAYLOAD'],
    [{ ...OWN }, '400 INVALID_PAYLOAD'],
    [{ ...OWN, code: 1 }, '400 INVALID_PAYLOAD'],
    [null, '400 INVALID_PAYLOAD'],
  ])('takes no %j', async (body, outcome) => {
    expect(await finish(body)).toBe(outcome);
    expect(await isOpen()).toBe(true);
  });

  it('refuses an address or a password that is none, and stays open', async () => {
    expect(await finish({ ...OWN, code, email: 'ada' })).toBe('400 INVALID_PAYLOAD');
    expect(await finish({ ...OWN, code, password: '' })).toBe('400 INVALID_PAYLOAD');
    expect(await isOpen()).toBe(true);
  });

  it('of twenty at once one gets the account, and the printed password is over', async () => {
    const printed = /password {2}(\S+)/.exec(server.output())?.[1] ?? '';
    const tries = Array.from({ length: 20 }, (_, index) => ({ ...OWN, email: `ada${index}@example.com`, code }));
    const outcomes = await Promise.all(tries.map(finish));
    expect(outcomes.filter((outcome) => outcome === '204')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['204', '403 FORBIDDEN']));
    const { email = '' } = tries[outcomes.indexOf('204')] ?? {};
    expect(await isOpen()).toBe(true); // nobody has signed in yet, but the code is spent
    expect(await finish({ ...OWN, code })).toBe('403 FORBIDDEN');
    expect((await post('/auth/login', { email: 'admin@example.com', password: printed })).status).toBe(401);
    expect((await post('/auth/login', { email, password: OWN.password })).status).toBe(200);
    expect(await isOpen()).toBe(false);
  });
});

describe('a project whose administrator is named in the settings', () => {
  it('waits for nobody, and prints no code', async () => {
    const server = await startProject('sqlite');
    const client = new PlainClient(server.port);
    try {
      expect(server.output()).not.toContain('/admin/setup');
      const answer = await client.send({ method: 'GET', path: '/server/setup' });
      expect(JSON.parse(answer.text)).toEqual({ data: { open: false } });
      expect((await client.json('POST', '/server/setup', '', { ...OWN, code: 'x' })).status).toBe(403);
    } finally {
      client.close();
      await discard(server);
    }
  });

  it('nor does one that was signed in to before', async () => {
    const server = await startProject('sqlite', NOBODY);
    const printed = /password {2}(\S+)/.exec(server.output())?.[1] ?? '';
    const code = /\/admin\/setup#(\S+)/.exec(server.output())?.[1] ?? '';
    const client = new PlainClient(server.port);
    let again: StartedServer | undefined;
    try {
      await client.json('POST', '/auth/login', '', { email: 'admin@example.com', password: printed });
      expect((await client.json('POST', '/server/setup', '', { ...OWN, code })).status).toBe(403);
      await server.stop();
      again = await startServer(server.project, NOBODY);
      expect(again.output()).not.toContain('/admin/setup');
    } finally {
      client.close();
      await again?.stop();
      await discard(server);
    }
  });
});
