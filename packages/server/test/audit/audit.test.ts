import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limen } from '../cli/command.ts';
import { Client } from '../resources/project.ts';
import { ADMIN, DATABASES, makeProject, type Project, type StartedServer, startServer } from '../started-server.ts';

/** Changes a database from outside, as somebody who wants to hide something would. */
async function tamper(project: Project, text: string): Promise<void> {
  if (project.database === 'sqlite') {
    const database = new Database(project.file);
    database.pragma('foreign_keys = off');
    database.exec(text);
    database.close();
    return;
  }
  const client = new pg.Client(project.postgresUrl);
  await client.connect();
  await client.query(text);
  await client.end();
}

describe.each(DATABASES)('the chain over the activity log on %s', (database) => {
  let project: Project;
  let server: StartedServer;
  let admin: Client;
  const nobody = () => new Client(server, null);
  const verify = async (...words: string[]) => {
    const { code, stdout, stderr } = await limen(project, ['audit', 'verify', '--json', ...words]);
    expect(stderr).toBe('');
    return { code, ...JSON.parse(stdout) };
  };
  const kinds = ({ findings }: { findings: { kind: string }[] }) => findings.map(({ kind }) => kind);
  /** The entries about one action, oldest first. */
  const entries = async (action: string) => {
    const answer = await admin.get(`/activity?filter[action][_eq]=${action}&sort=id&limit=-1`);
    return answer.body.data as { id: number; user: string | null; item: string; ip: string; user_agent: string }[];
  };

  beforeAll(async () => {
    project = await makeProject(database);
    server = await startServer(project);
    admin = new Client(server);
    for (let i = 0; i < 5; i++) await admin.post('/folders', { name: `Folder ${i}` });
  });
  afterAll(async () => {
    await server.kill();
    await project.remove();
  });

  it('covers every entry within a second or two', async () => {
    await sleep(1500);
    const verification = await verify();
    expect(verification).toMatchObject({ code: 0, found: 0, findings: [], open: 0 });
    expect(verification.intact).toBeGreaterThanOrEqual(5);
  });

  it('holds failed logins and lock-outs, with the address and no actor', async () => {
    await admin.patch('/settings', { auth_login_attempts: 2 });
    const { body } = await admin.post('/users', { email: 'ann@example.com', password: 'ann-password-1' });
    const login = (password: string) => nobody().post('/auth/login', { email: 'ann@example.com', password });
    for (let i = 0; i < 3; i++) expect((await login('wrong')).status).toBe(401);
    expect((await login('ann-password-1')).status).toBe(401);
    const about = { user: null, item: body.data.id, ip: expect.stringContaining('127.0.0.1') };
    const failed = await entries('login-failed');
    expect(failed).toEqual([1, 2, 3].map(() => expect.objectContaining(about)));
    expect(await entries('lock-out')).toEqual([expect.objectContaining(about)]);
    await nobody().post('/auth/login', { email: 'nobody@example.com', password: 'wrong' });
    expect(await entries('login-failed')).toHaveLength(3);
  });

  it('is whole over parallel writes, a killed server and a new start', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, i) => admin.post('/folders', { name: `Parallel ${i}` })));
    await server.kill();
    server = await startServer(project);
    admin = new Client(server);
    await sleep(1500);
    expect(await verify()).toMatchObject({ code: 0, found: 0, open: 0 });
  });

  it('shows what was altered, and only that', async () => {
    const [first] = await entries('login-failed');
    const id = first?.id ?? 0;
    await tamper(project, `update directus_activity set ip = '10.9.8.7' where id = ${id}`);
    const found = await verify();
    expect(found).toMatchObject({ code: 1, found: 1, findings: [{ kind: 'altered', entry: id }] });
    await tamper(project, `update directus_activity set ip = '${first?.ip}' where id = ${id}`);
    expect(await verify()).toMatchObject({ code: 0, found: 0 });
  });

  it('shows entries that were removed, with or without their seals, and a cut-off end', async () => {
    const { head } = await verify();
    const noted = `${head.position}:${head.seal}`;
    const [removed] = await entries('create');
    await tamper(project, `delete from directus_activity where id = ${removed?.id}`);
    expect(kinds(await verify())).toEqual(['removed']);
    await tamper(project, `delete from limen_seals where activity = ${removed?.id}`);
    expect(kinds(await verify())).toEqual(['gap']);
    await server.kill();
    const last = `select max(activity) from limen_seals where position = ${head.position}`;
    await tamper(project, `delete from directus_activity where id >= (${last})`);
    await tamper(project, `delete from limen_seals where position >= ${head.position}`);
    expect(kinds(await verify())).toEqual(['gap']);
    expect(kinds(await verify('--head', noted))).toEqual(['gap', 'head']);
  });

  it('says in words what it found, and what it can not read', async () => {
    const told = await limen(project, ['audit', 'verify']);
    expect(told.code).toBe(1);
    expect(told.stdout).toMatch(/^Entries from position \d+ on were removed together with their seals\./);
    expect(told.stdout).toMatch(/\nHead: \d+:[0-9a-f]{64}\n$/);
    const wrong = await limen(project, ['audit', 'verify', '--head', 'nonsense']);
    expect({ code: wrong.code, stdout: wrong.stdout }).toEqual({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('--head');
    expect((await limen(project, ['audit', 'verify', '--help'])).stdout).toContain('--head HEAD');
  });
});

describe('the activity log in the API', () => {
  it('can not be written, and its seals are no collection', async () => {
    const project = await makeProject('sqlite');
    const server = await startServer(project);
    try {
      const admin = new Client(server, ADMIN.token);
      expect((await admin.patch('/activity/1', { action: 'nothing' })).status).toBe(404);
      expect((await admin.delete('/activity/1')).status).toBe(404);
      expect((await admin.get('/items/limen_seals')).status).toBe(403);
      const names = (await admin.get('/collections')).body.data.map(
        ({ collection }: { collection: string }) => collection,
      );
      expect(names).not.toContain('limen_seals');
    } finally {
      await server.kill();
      await project.remove();
    }
  });
});
