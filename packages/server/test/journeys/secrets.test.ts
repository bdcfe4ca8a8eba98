import { createItem, createPolicy, createRole, createUser, updateMe, updateUser } from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mailbox, openMailbox } from '../mail/mailbox.ts';
import { PlainClient } from '../plain-request.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { openContents } from '../stored-contents.ts';
import { asAdmin, makeBlog, withStaticToken } from './blog.ts';

const CANARIES = {
  'first password': 'canary-password-one-5dd1',
  'second password': 'canary-password-two-8a42',
  'third password': 'canary-password-three-91ce',
  'wrong password': 'canary-password-wrong-77aa',
  'first static token': 'canary-static-token-one-0c3f',
  'second static token': 'canary-static-token-two-4be1',
  'unknown token': 'canary-unknown-token-1f9b',
  'one-time password': 'canary-otp-3391',
  'password of a newcomer': 'canary-password-newcomer-13bd',
  'password of a guest': 'canary-password-guest-a9c4',
  'password after a reset': 'canary-password-reset-5e07',
  'password of the mail server': 'canary-password-smtp-c2f8',
  "the administrator's password": ADMIN.password,
  "the administrator's token": ADMIN.token,
};

describe.each(DATABASES)('secrets are written nowhere (%s)', (database) => {
  let server: StartedServer;
  let client: PlainClient;
  let mailbox: Mailbox;
  const issued = new Map<string, string>(Object.entries(CANARIES));

  beforeAll(async () => {
    mailbox = await openMailbox({
      onAuth: (_auth, _session, done) => done(null, { user: 'limen' }),
      allowInsecureAuth: true,
    });
    server = await startProject(database, {
      ...mailbox.settings,
      EMAIL_SMTP_USER: 'limen',
      EMAIL_SMTP_PASSWORD: CANARIES['password of the mail server'],
      AUTH_EMAIL_LINK_ENABLED: 'true',
      REGISTER_STALL_TIME: '0',
      LOG_LEVEL: 'trace',
      SESSION_REFRESH_GRACE_PERIOD: '1s',
    });
    client = new PlainClient(server.port);
    await journey();
  }, 30_000);
  afterAll(async () => {
    client?.close();
    await discard(server);
    await mailbox?.close();
  });

  async function journey(): Promise<void> {
    const admin = asAdmin(server.url);
    await makeBlog(admin);
    const policy = await admin.request(createPolicy({ name: 'Everything', admin_access: true, app_access: true }));
    const role = await admin.request(createRole({ name: 'Owners', policies: [{ policy: policy.id }] }));
    const user = await admin.request(
      createUser({
        email: 'canary@example.com',
        password: CANARIES['first password'],
        token: CANARIES['first static token'],
        role: role.id,
      }),
    );
    const asUser = withStaticToken(server.url, CANARIES['first static token']);
    await asUser.request(createItem('posts', { title: 'by static token' }));
    await client.json('GET', `/users/me?access_token=${CANARIES['first static token']}`, '');
    await asUser.request(updateMe({ first_name: 'Canary', password: CANARIES['second password'] }));
    await admin.request(updateUser(user.id, { token: CANARIES['second static token'], last_name: 'Bird' }));
    await admin.request(updateUser(user.id, { password: CANARIES['third password'] }));
    await failures();
    await sessions();
    await mails(role.id);
    await suspension(user.id);
  }

  /** What goes wrong is logged, and logs are where secrets end up. */
  async function failures(): Promise<void> {
    const login = {
      email: 'canary@example.com',
      password: CANARIES['wrong password'],
      otp: CANARIES['one-time password'],
    };
    await client.json('POST', '/auth/login', '', login);
    await client.json('POST', '/auth/login', '', { ...login, email: [CANARIES['wrong password']] });
    await client.send({
      method: 'POST',
      path: '/auth/login',
      headers: { 'content-type': 'application/json' },
      body: `{"password":"${CANARIES['wrong password']}"`,
    });
    await client.json('GET', '/users/me', CANARIES['unknown token']);
    await client.json('GET', `/users/me?access_token=${CANARIES['unknown token']}`, '');
    await client.json('GET', `/no/such/route?access_token=${CANARIES['second static token']}&x=1`, '');
    await client.json('POST', '/auth/refresh', '', { refresh_token: CANARIES['unknown token'], mode: 'json' });
    await client.json('POST', '/users', ADMIN.token, {
      email: 'admin@example.com',
      password: CANARIES['wrong password'],
      token: CANARIES['unknown token'],
    });
    await client.json('POST', '/users', ADMIN.token, { email: 'x', password: CANARIES['wrong password'] });
    await client.json('POST', '/users', ADMIN.token, {
      email: 'copy@example.com',
      token: CANARIES['second static token'],
    });
    await client.json('POST', '/utils/hash/generate', '', { string: CANARIES['wrong password'] });
  }

  async function sessions(): Promise<void> {
    const credentials = { email: 'canary@example.com', password: CANARIES['third password'] };
    const json = await client.must<Tokens>('POST', '/auth/login', '', { ...credentials, mode: 'json' });
    keep('json login', json);
    await client.must('PATCH', '/users/me', json.access_token, { title: 'Bird' });
    await client.json('GET', `/items/posts?access_token=${json.access_token}`, '');
    keep(
      'json refresh',
      await client.must<Tokens>('POST', '/auth/refresh', '', { refresh_token: json.refresh_token, mode: 'json' }),
    );
    await client.json('POST', '/auth/refresh', '', { refresh_token: json.refresh_token, mode: 'json' });
    for (const mode of ['cookie', 'session']) {
      const login = await client.json('POST', '/auth/login', '', { ...credentials, mode });
      const cookie = keepCookie(`${mode} login`, login.headers['set-cookie']);
      const refresh = await client.send({
        method: 'POST',
        path: '/auth/refresh',
        headers: { cookie, 'content-type': 'application/json' },
        body: `{"mode":"${mode}"}`,
      });
      const next = keepCookie(`${mode} refresh`, refresh.headers['set-cookie']);
      await client.send({
        method: 'PATCH',
        path: '/users/me',
        headers: { cookie: next, 'content-type': 'application/json' },
        body: '{"location":"Cage"}',
      });
      await client.send({ method: 'GET', path: '/users/me', headers: { cookie: `${next}x` } });
    }
  }

  /** What comes by mail opens an account, so it is a secret as a password is. */
  async function mails(role: string): Promise<void> {
    await client.must('PATCH', '/settings', ADMIN.token, {
      public_registration: true,
      public_registration_verify_email: true,
    });
    const newcomer = { email: 'newcomer@example.com', password: CANARIES['password of a newcomer'] };
    await client.must('POST', '/users/register', '', newcomer);
    await client.json('POST', '/users/register', '', { ...newcomer, role });
    await client.json('GET', `/users/register/verify-email?token=${await mailed('newcomer@example.com', 1)}`, '');
    await client.must('POST', '/users/invite', ADMIN.token, { email: 'guest@example.com', role });
    const invitation = { token: await mailed('guest@example.com', 1), password: CANARIES['password of a guest'] };
    await client.json('POST', '/users/invite/accept', '', { ...invitation, password: 7 });
    await client.must('POST', '/users/invite/accept', '', invitation);
    await client.must('POST', '/auth/password/request', '', { email: 'guest@example.com' });
    const reset = { token: await mailed('guest@example.com', 2), password: CANARIES['password after a reset'] };
    for (let time = 0; time < 2; time++) await client.json('POST', '/auth/password/reset', '', reset);
    await loginByEmail('guest@example.com', 3);
  }

  async function loginByEmail(email: string, nth: number): Promise<void> {
    const asked = await client.json('POST', '/auth/email/request', '', { email });
    const cookie = asked.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    issued.set('browser of the login by e-mail', cookie.split('=')[1] ?? '');
    const token = await mailed(email, nth);
    const code = /\b(\d{4}) (\d{4})\b/.exec((await mailbox.newest(email, nth)).text);
    issued.set('code of the login by e-mail', `${code?.[1]}${code?.[2]}`).set('code as it is written', code?.[0] ?? '');
    for (const body of [{ email, code: '00000000' }, { token }, { token }]) {
      const headers = { cookie, 'content-type': 'application/json' };
      await client.send({ method: 'POST', path: '/auth/email/login', headers, body: JSON.stringify(body) });
    }
  }

  async function mailed(email: string, nth: number): Promise<string> {
    const { token } = await mailbox.newest(email, nth);
    expect(token).not.toBe('');
    issued.set(`token of mail ${nth} to ${email}`, token);
    return token;
  }

  /** Too many wrong passwords suspend an account; the reference once wrote the whole row of the user into a revision then. */
  async function suspension(user: string): Promise<void> {
    await client.must('PATCH', '/settings', ADMIN.token, { auth_login_attempts: 1 });
    for (let time = 0; time < 3; time++) {
      await client.json('POST', '/auth/login', '', {
        email: 'canary@example.com',
        password: CANARIES['wrong password'],
      });
    }
    const { status } = await client.must<{ status: string }>('GET', `/users/${user}`, ADMIN.token);
    expect(status).toBe('suspended');
  }

  function keep(name: string, tokens: Tokens): void {
    issued.set(`access token of the ${name}`, tokens.access_token);
    issued.set(`refresh token of the ${name}`, tokens.refresh_token);
  }

  function keepCookie(name: string, lines: string[] = []): string {
    const pair = lines.find((line) => /^directus_(session|refresh)_token=./.test(line))?.split(';')[0] ?? '';
    const value = pair.slice(pair.indexOf('=') + 1);
    expect(value).not.toBe('');
    issued.set(`cookie of the ${name}`, value);
    const session = sessionOf(value);
    if (session) issued.set(`session of the ${name}`, session);
    return pair;
  }

  it('not in the log, at its most talkative', () => {
    expect(server.output()).toContain(server.url);
    expect(found(server.output())).toEqual([]);
    const signatures = [...issued]
      .map(([name, value]) => [name, value.split('.')[2] ?? ''] as const)
      .filter(([, part]) => part);
    expect(signatures.filter(([, part]) => server.output().includes(part))).toEqual([]);
    expect(server.output()).not.toContain('$argon2');
  });

  it('not in the database, in no column of no table', async () => {
    const reader = await openContents(server.project);
    const contents = await reader.read();
    await reader.close();
    for (const [table, rows] of contents)
      expect({ table, found: found(rows.join('\n')) }).toEqual({ table, found: [] });
  });

  it('and the hash of a password only in its own column', async () => {
    const reader = await openContents(server.project);
    const contents = await reader.read();
    await reader.close();
    const tables = [...contents]
      .filter(([, rows]) => rows.some((row) => row.includes('$argon2')))
      .map(([table]) => table);
    expect(tables).toEqual(['directus_users']);
    const stored = [...contents]
      .filter(([, rows]) => rows.some((row) => row.includes('sha256$')))
      .map(([table]) => table);
    expect(stored).toEqual(['directus_users']);
  });

  it('not in what an administrator reads of activity and revisions', async () => {
    for (const path of ['/activity?limit=-1', '/revisions?limit=-1', '/users?limit=-1&fields=*']) {
      const answer = await client.json('GET', path, ADMIN.token);
      expect(answer.status).toBe(200);
      expect(found(answer.text)).toEqual([]);
      expect(answer.text).not.toContain('$argon2');
      expect(answer.text).not.toContain('sha256$');
    }
  });

  const found = (text: string): string[] =>
    [...issued].filter(([, secret]) => text.includes(secret)).map(([name]) => name);
});

interface Tokens {
  access_token: string;
  refresh_token: string;
}

function sessionOf(token: string): string | undefined {
  const payload = token.split('.')[1];
  if (!payload) return undefined;
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { session?: string }).session;
}
