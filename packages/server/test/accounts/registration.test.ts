import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, DATABASES } from '../started-server.ts';
import { claimsOf, LOOK_ALIKES, type Members, openMembers, outcome, signed } from './members.ts';

const CLOSED = {
  public_registration: false,
  public_registration_verify_email: false,
  public_registration_role: null,
  public_registration_email_filter: null,
  auth_password_policy: null,
};

describe.each(DATABASES)('registration (%s)', (database) => {
  let members: Members;
  let role: string;
  beforeAll(async () => {
    members = await openMembers(database, { USER_REGISTER_URL_ALLOW_LIST: 'https://app.example.com/verify' });
    role = (await members.admin<{ id: string }>('POST', '/roles', { name: 'Newcomers' })).id;
    await members.addUser('lena@example.com', 'lena-pass-1');
  }, 30_000);
  afterEach(() => members.admin('PATCH', '/settings', CLOSED));
  afterAll(() => members.close());

  const register = (body: unknown, token = '') => members.post('/users/register', body, token);
  const verify = (token: string) => members.get(`/users/register/verify-email?token=${token}`);
  const open = (settings: object = {}) =>
    members.admin('PATCH', '/settings', { public_registration: true, ...settings });
  const count = async () => Number((await members.rows('SELECT COUNT(*) AS n FROM directus_users'))[0]?.n);

  it('is off unless the settings say otherwise, for administrators too', async () => {
    const before = await count();
    const body = { email: 'early@example.com', password: 'pass-1' };
    expect(outcome(await register(body))).toBe('403 FORBIDDEN');
    expect(outcome(await register(body, ADMIN.token))).toBe('403 FORBIDDEN');
    expect(await count()).toBe(before);
  });

  it('makes an account with the role of the settings, and nothing the newcomer chooses', async () => {
    await open({ public_registration_role: role });
    const email = 'Otto@example.com';
    expect((await register({ email, password: 'otto-pass', first_name: 'Otto', last_name: null })).status).toBe(204);
    expect(await members.user(email)).toMatchObject({
      email,
      role,
      status: 'active',
      provider: 'default',
      first_name: 'Otto',
      last_name: null,
    });
    expect(await members.login('otto@example.com', 'otto-pass')).toBe(200);
    expect(members.mailbox.count(email)).toBe(0);
  });

  it('makes nobody an administrator, whatever the settings say', async () => {
    const [root] = await members.rows(`SELECT role FROM directus_users WHERE email = '${ADMIN.email}'`);
    const below = await members.admin<{ id: string }>('POST', '/roles', { name: 'Heirs', parent: root?.role });
    for (const administering of [root?.role, below.id]) {
      await open({ public_registration_role: administering });
      const before = await count();
      expect(outcome(await register({ email: 'crown@example.com', password: 'crown-pass-1' }))).toBe('403 FORBIDDEN');
      expect(await count()).toBe(before);
    }
  });

  it.each<object>([
    { role: 'x' },
    { status: 'active' },
    { token: 'x' },
    { id: '00000000-0000-4000-8000-000000000001' },
    { provider: 'x' },
    { policies: [] },
    { tfa_secret: 'x' },
    { email_notifications: true },
    { constructor: 'x' },
    { first_name: { a: 1 } },
    { first_name: 7 },
    { last_name: ['x'] },
    { first_name: 'x'.repeat(51) },
    { password: 12345678 },
    { password: '' },
    { password: null },
    { password: ['x'] },
    { email: 'nobody' },
    { email: '' },
    { email: ['a@example.com', 'b@example.com'] },
    { email: { a: 1 } },
    { email: 'Eve <eve@example.com>' },
    { email: 'a@example.com,b@example.com' },
    { email: 'a@example.com\r\nBcc: b@example.com' },
    { verification_url: 'https://evil.example/verify' },
    { verification_url: 'https://app.example.com/verify/' },
    { verification_url: 1 },
  ])('refuses %j', async (odd) => {
    await open({ public_registration_role: role });
    const before = await count();
    expect(outcome(await register({ email: 'greedy@example.com', password: 'pass-1', ...odd }))).toBe(
      '400 INVALID_PAYLOAD',
    );
    expect(await count()).toBe(before);
  });

  it('changes nothing for an address that is taken, in any case, and says the same', async () => {
    await open({ public_registration_verify_email: true });
    const before = await count();
    const mails = await members.quiet();
    for (const email of ['lena@example.com', 'LENA@example.com', 'Lena@Example.Com']) {
      const answer = await register({ email, password: 'other-pass', first_name: 'Eve' });
      expect([answer.status, answer.text]).toEqual([204, '']);
    }
    expect(await count()).toBe(before);
    expect(await members.quiet()).toBe(mails);
    expect(await members.login('lena@example.com', 'lena-pass-1')).toBe(200);
    expect(await members.login('lena@example.com', 'other-pass')).toBe(401);
    expect((await members.user('lena@example.com'))?.first_name).toBeNull();
  });

  it('an address that only looks like a taken one is another, and the mail goes to it alone', async () => {
    await open({ public_registration_verify_email: true });
    for (const email of LOOK_ALIKES) {
      const answer = await register({ email, password: 'look-pass' });
      if (answer.status !== 204) expect([email, outcome(answer)]).toEqual([email, '400 INVALID_PAYLOAD']);
    }
    await members.quiet();
    expect(members.mailbox.count('lena@example.com')).toBe(0);
    expect(members.mailbox.mails.flatMap(({ to }) => to).filter((to) => to.includes('evil'))).toEqual([]);
    expect(members.mailbox.mails.every(({ to }) => to.length === 1)).toBe(true);
    expect(await members.login('lena@example.com', 'look-pass')).toBe(401);
  });

  it('a password that the policy refuses tells nothing of who is there', async () => {
    await open({ auth_password_policy: '/^.{8,}$/' });
    const answers = [];
    for (const email of ['lena@example.com', 'unknown@example.com']) {
      answers.push((await register({ email, password: 'short' })).text);
    }
    expect(answers[0]).toContain('FAILED_VALIDATION');
    expect(answers[0]).toBe(answers[1]);
  });

  it.each<[object, string[], string[]]>([
    [
      { email: { _ends_with: '@example.com' } },
      ['f1@example.com'],
      ['f1@example.org', 'f1@EXAMPLE.com', 'f1@example.com.org'],
    ],
    [
      { _and: [{ email: { _ends_with: '@example.com' } }, { email: { _ncontains: '+' } }] },
      ['f2@example.com'],
      ['f2+a@example.com'],
    ],
    [{ _or: [{ email: { _eq: 'f3@a.com' } }, { email: { _eq: 'f3@b.com' } }] }, ['f3@a.com', 'f3@b.com'], ['f3@c.com']],
    [{ email: { _no_such_operator: 'x' } }, [], ['f4@example.com']],
    [{ role: { _nnull: true } }, [], ['f5@example.com']],
    [{ no_such_field: { _eq: 1 } }, [], ['f6@example.com']],
    [{ _and: 'x' }, [], ['f7@example.com']],
  ])('only addresses that meet %j', async (filter, met, unmet) => {
    await open({ public_registration_email_filter: filter });
    for (const email of met)
      expect([email, (await register({ email, password: 'pass-1' })).status]).toEqual([email, 204]);
    for (const email of unmet) {
      expect([email, outcome(await register({ email, password: 'pass-1' }))]).toEqual([email, '403 FORBIDDEN']);
      expect(await members.user(email)).toBeUndefined();
    }
  });

  it('with a link that confirms the address, once', async () => {
    await open({ public_registration_verify_email: true });
    const email = 'verify@example.com';
    expect((await register({ email, password: 'verify-pass' })).status).toBe(204);
    expect((await members.user(email))?.status).toBe('unverified');
    expect(await members.login(email, 'verify-pass')).toBe(401);
    const mail = await members.mailbox.newest(email);
    expect(mail.link).toMatch(new RegExp(`^${members.server.url}/users/register/verify-email\\?token=`));
    expect(claimsOf(mail.token)).toMatchObject({ email, scope: 'verify-email' });
    const id = (await members.user(email))?.id;
    const all = await Promise.all(Array.from({ length: 10 }, () => verify(mail.token)));
    expect(all.filter(({ status }) => status === 302)).toHaveLength(1);
    expect(all.find(({ status }) => status === 302)?.headers.location).toBe(`${members.server.url}/admin/users/${id}`);
    expect(all.filter((answer) => outcome(answer) === '400 INVALID_PAYLOAD')).toHaveLength(9);
    expect(await members.login(email, 'verify-pass')).toBe(200);
    const found = await members.admin<object[]>('GET', `/activity?filter[item][_eq]=${id}&fields=action,user&sort=id`);
    expect(found.slice(0, 2)).toEqual([
      { action: 'create', user: null },
      { action: 'update', user: id },
    ]);
  });

  it('a link confirms no account that was suspended or renamed meanwhile, and no other', async () => {
    await open({ public_registration_verify_email: true });
    const email = 'withdrawn@example.com';
    await register({ email, password: 'pass-1' });
    const { token } = await members.mailbox.newest(email);
    const id = (await members.user(email))?.id;
    await members.admin('PATCH', `/users/${id}`, { status: 'suspended' });
    expect(outcome(await verify(token))).toBe('400 INVALID_PAYLOAD');
    expect((await members.user(email))?.status).toBe('suspended');
    await members.admin('PATCH', `/users/${id}`, { status: 'unverified', email: 'elsewhere@example.com' });
    expect(outcome(await verify(token))).toBe('400 INVALID_PAYLOAD');
    const exp = Math.floor(Date.now() / 1000) + 600;
    const cases: [string, string][] = [
      ['', '403 INVALID_TOKEN'],
      ['broken', '403 INVALID_TOKEN'],
      [`${token}x`, '403 INVALID_TOKEN'],
      [`${token}&token=${token}`, '403 INVALID_TOKEN'],
      [await signed({ email: 'elsewhere@example.com', scope: 'invite', exp }), '403 FORBIDDEN'],
      [await signed({ email: 'elsewhere@example.com', scope: 'password-reset', exp }), '403 FORBIDDEN'],
      [await signed({ email: 'elsewhere@example.com', scope: 'verify-email', exp: 1 }), '401 TOKEN_EXPIRED'],
    ];
    for (const [given, expected] of cases) expect(outcome(await verify(given))).toBe(expected);
    expect((await members.user('elsewhere@example.com'))?.status).toBe('unverified');
  });

  it('the link may lead to a page of the list', async () => {
    await open({ public_registration_verify_email: true });
    const email = 'page@example.com';
    await register({ email, password: 'pass-1', verification_url: 'https://app.example.com/verify?a=1' });
    expect((await members.mailbox.newest(email)).link).toMatch(/^https:\/\/app\.example\.com\/verify\?a=1&token=/);
  });

  it('names of people never get into mail', async () => {
    await open({ public_registration_verify_email: true });
    const email = 'spam@example.com';
    await register({ email, password: 'pass-1', first_name: 'Buy at spam.example', last_name: '<b>now</b>' });
    expect((await members.mailbox.newest(email)).raw).not.toMatch(/spam\.example(?!\.com)[^>]*Buy|Buy at|<b>now/);
  });
});

describe('registrations per address', () => {
  it('are limited, whatever becomes of them, by network for IPv6', async () => {
    const members = await openMembers('sqlite', {
      RATE_LIMITER_REGISTRATION_ENABLED: 'true',
      RATE_LIMITER_REGISTRATION_POINTS: '3',
      IP_TRUST_PROXY: 'true',
    });
    try {
      await members.admin('PATCH', '/settings', { public_registration: true });
      const from = (ip: string, email: string) =>
        members.client.send({
          method: 'POST',
          path: '/users/register',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': ip },
          body: JSON.stringify({ email, password: 'pass-1' }),
        });
      const answers = [];
      for (const email of ['r1@example.com', 'r1@example.com', 'nonsense', 'r2@example.com']) {
        answers.push(await from('203.0.113.1', email));
      }
      expect(answers.map(outcome)).toEqual(['204', '204', '400 INVALID_PAYLOAD', '429 REQUESTS_EXCEEDED']);
      expect(Number(answers[3]?.headers['retry-after'])).toBeGreaterThan(0);
      expect(JSON.parse(answers[3]?.text ?? '').errors[0].extensions).toMatchObject({ limit: 3 });
      expect((await from('203.0.113.2', 'r3@example.com')).status).toBe(204);
      for (let i = 0; i < 3; i++) await from(`2001:db8::${i + 1}`, 'r4@example.com');
      expect((await from('2001:db8::ffff', 'r5@example.com')).status).toBe(429);
      expect((await from('2001:db8:0:1::1', 'r5@example.com')).status).toBe(204);
    } finally {
      await members.close();
    }
  }, 30_000);
});
