import { setTimeout as sleep } from 'node:timers/promises';
import { createDirectus, login, readMe, readRoles, readUsers, rest, staticToken } from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, DATABASES, discard, makeProject, type StartedServer, startProject } from '../started-server.ts';
import { limen } from './command.ts';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

interface Session {
  readonly access_token: string;
  readonly refresh_token: string;
}

describe.each(DATABASES)('accounts from the command line, beside a running server, %s', (database) => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startProject(database);
  });
  afterAll(() => discard(server));

  const run = (words: readonly string[], input?: string) => limen(server.project, words, input);
  const post = (path: string, body: unknown) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const statusOfLogin = async (email: string, password: string) =>
    (await post('/auth/login', { email, password })).status;
  const signIn = async (email: string, password: string) =>
    ((await (await post('/auth/login', { email, password })).json()) as { data: Session }).data;
  const admin = () => createDirectus(server.url).with(staticToken(ADMIN.token)).with(rest());

  it('a role with app access, a user in it by the name of the role, and a password that was made', async () => {
    const made = await run(['roles', 'create', '--role', 'Editors', '--app']);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const role = made.stdout.trim();
    expect(role).toMatch(new RegExp(`^${UUID.source}$`));

    const { code, stdout, stderr } = await run(['users', 'create', '--email', 'ann@example.com', '--role', 'Editors']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const password = /password {2}(\S+) {3}\(shown once\)/.exec(stdout)?.[1] ?? '';
    expect(password).toHaveLength(20);
    expect(stdout).toMatch(UUID);

    const ann = createDirectus(server.url).with(rest());
    const { access_token } = await ann.request(login({ email: 'ann@example.com', password }));
    const me = await createDirectus(server.url)
      .with(staticToken(access_token ?? ''))
      .with(rest())
      .request(readMe());
    expect(me).toMatchObject({ email: 'ann@example.com', role, status: 'active', provider: 'default' });
  });

  it('a role by its id, a password from standard input, and it is not echoed', async () => {
    const role = (await run(['roles', 'create', '--role', 'Writers'])).stdout.trim();
    const words = ['users', 'create', '--email', 'bob@example.com', '--role', role, '--password', '-'];
    const { code, stdout, stderr } = await run(words, 'what bob types\r\nsecond line');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('what bob types');
    expect(stdout).not.toContain('password');
    expect(await statusOfLogin('bob@example.com', 'what bob types')).toBe(200);
  });

  it('a role without access of its own has no policy, one with has its own', async () => {
    await run(['roles', 'create', '--role', 'Plain']);
    await run(['roles', 'create', '--role', 'Rulers', '--admin']);
    const query = {
      fields: ['name', 'policies.policy.name', 'policies.policy.admin_access', 'policies.policy.app_access'],
    };
    const roles = await admin().request(readRoles(query as object));
    expect(roles).toContainEqual({ name: 'Plain', policies: [] });
    const policy = { name: 'Rulers', admin_access: true, app_access: true };
    expect(roles).toContainEqual({ name: 'Rulers', policies: [{ policy }] });
  });

  it('a user of a new admin role administers the running server within a second', async () => {
    await run(['roles', 'create', '--role', 'Chiefs', '--admin']);
    await run(['users', 'create', '--email', 'chief@example.com', '--role', 'Chiefs', '--password', 'of the chief']);
    const { access_token } = await signIn('chief@example.com', 'of the chief');
    await sleep(1000);
    const chief = createDirectus(server.url).with(staticToken(access_token)).with(rest());
    expect(await chief.request(readUsers({ fields: ['email'] }))).toContainEqual({ email: ADMIN.email });
  });

  it('another password ends the sessions of the running server within a second', async () => {
    await run(['users', 'create', '--email', 'carl@example.com', '--password', 'the first of carl']);
    const session = await signIn('carl@example.com', 'the first of carl');
    const answer = await post('/auth/login', {
      email: 'carl@example.com',
      password: 'the first of carl',
      mode: 'session',
    });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const me = () => fetch(`${server.url}/users/me?fields=id`, { headers: { cookie } });
    expect((await me()).status).toBe(200);

    const given = await run(['users', 'password', '--email', 'CARL@example.com', '--password', 'the second of carl']);
    expect(given).toEqual({
      code: 0,
      stdout: 'Changed the password of CARL@example.com; their sessions ended.\n',
      stderr: '',
    });
    await sleep(1000);
    expect((await me()).status).toBe(401);
    expect((await post('/auth/refresh', { refresh_token: session.refresh_token, mode: 'json' })).status).toBe(401);
    expect(await statusOfLogin('carl@example.com', 'the first of carl')).toBe(401);
    expect(await statusOfLogin('carl@example.com', 'the second of carl')).toBe(200);

    const { stdout } = await run(['users', 'password', '--email', 'carl@example.com']);
    const made = /password {2}(\S+) {3}\(shown once\)/.exec(stdout)?.[1] ?? '';
    expect(await statusOfLogin('carl@example.com', made)).toBe(200);
  });

  it.each([
    [['users', 'create', '--email', 'no address'], 'Validation failed for field "email"'],
    [
      ['users', 'create', '--email', ADMIN.email.toUpperCase()],
      'Value for field "email" has to be unique. (RECORD_NOT_UNIQUE)',
    ],
    [
      ['users', 'create', '--email', 'x@example.com', '--role', 'Nobody'],
      'There is no role with the id or name "Nobody".',
    ],
    [['users', 'create', '--email', 'x@example.com', '--password='], 'The password is empty.'],
    [['users', 'create', '--email', 'x@example.com', '--password', '-'], 'The password is empty.'],
    [['users', 'password', '--email', 'nobody@example.com'], 'Nobody has the address nobody@example.com.'],
    [['roles', 'create', '--role', '  '], 'The name of the role is empty.'],
    [['roles', 'create', '--role', 'R'.repeat(101)], '"name" is too long. (VALUE_TOO_LONG)'],
  ])('%j: one line on standard error and exit code 1', async (words, message) => {
    const { code, stdout, stderr } = await run(words);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.match(/\n/g)).toHaveLength(1);
  });

  it('several roles of one name have to be told apart by their ids', async () => {
    const ids = [await run(['roles', 'create', '--role', 'Twins']), await run(['roles', 'create', '--role', 'Twins'])];
    const { code, stderr } = await run(['users', 'create', '--email', 'y@example.com', '--role', 'Twins']);
    expect(code).toBe(1);
    for (const { stdout } of ids) expect(stderr).toContain(stdout.trim());
  });
});

describe('a project that was never started', () => {
  it.each([
    [['users', 'create', '--email', 'x@example.com']],
    [['users', 'password', '--email', 'x@example.com']],
    [['roles', 'create', '--role', 'Editors']],
    [['explain', '--user', 'public', '--action', 'read', '--collection', 'posts']],
  ])('limen %j changes nothing and says what comes first', async (words) => {
    const project = await makeProject('sqlite');
    try {
      const { code, stdout, stderr } = await limen(project, words);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain('run `limen bootstrap` or `limen start` first');
      expect((await limen(project, ['bootstrap'])).stdout).toContain('Made the first administrator');
    } finally {
      await project.remove();
    }
  });
});

it.each([
  [['users', 'create', '--help'], 'Usage: limen users create'],
  [['users', 'password', '--help'], 'Usage: limen users password'],
  [['roles', 'create', '--help'], 'Usage: limen roles create'],
  [['explain', '--help'], 'Usage: limen explain'],
])('limen %j', async (words, usage) => {
  const project = await makeProject('sqlite');
  try {
    const { code, stdout, stderr } = await limen(project, words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(usage);
  } finally {
    await project.remove();
  }
});

it('settings that are wrong are said before anything is opened', async () => {
  const project = await makeProject('sqlite', { PORT: 'many' });
  try {
    const { code, stderr } = await limen(project, ['roles', 'create', '--role', 'Editors']);
    expect(code).toBe(1);
    expect(stderr).toContain('PORT');
  } finally {
    await project.remove();
  }
});
