import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, SECRET } from '../started-server.ts';
import { claimsOf, LOOK_ALIKES, type Members, openMembers, outcome, SLOW_HASHES, signed } from './members.ts';

describe.each(DATABASES)('a forgotten password (%s)', (database) => {
  let members: Members;
  beforeAll(async () => {
    members = await openMembers(database, {
      PASSWORD_RESET_URL_ALLOW_LIST: 'https://app.example.com/reset,club://reset',
      ...SLOW_HASHES,
    });
    await members.addUser('lena@example.com', 'lena-pass-1');
  }, 30_000);
  afterAll(() => members.close());

  const ask = (body: unknown) => members.post('/auth/password/request', body);
  const reset = (body: unknown) => members.post('/auth/password/reset', body);
  let people = 0;
  async function withToken(more: object = {}): Promise<{ email: string; id: string; token: string }> {
    const email = `reset${++people}@example.com`;
    const id = await members.addUser(email, 'old-pass-1', more);
    expect((await ask({ email })).status).toBe(204);
    return { email, id, token: (await members.mailbox.newest(email)).token };
  }

  it('is replaced with the link of the mail, once', async () => {
    const { email, token } = await withToken();
    expect(claimsOf(token)).toMatchObject({ email, scope: 'password-reset', iss: 'directus' });
    expect((await reset({ token, password: 'new-pass-1' })).status).toBe(204);
    expect(await members.login(email, 'old-pass-1')).toBe(401);
    expect(await members.login(email, 'new-pass-1')).toBe(200);
    expect(outcome(await reset({ token, password: 'new-pass-2' }))).toBe('403 FORBIDDEN');
  });

  it('of twenty at once, one wins', async () => {
    const { email, token } = await withToken();
    const tries = Array.from({ length: 20 }, (_, i) => reset({ token, password: `parallel-${i}` }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    expect(statuses.filter((status) => status === 403)).toHaveLength(19);
    expect(await members.login(email, `parallel-${statuses.indexOf(204)}`)).toBe(200);
  });

  it('the first use spends the links that were sent before and after', async () => {
    const { email, token } = await withToken();
    await ask({ email });
    const second = (await members.mailbox.newest(email, 2)).token;
    expect((await reset({ token: second, password: 'new-pass-1' })).status).toBe(204);
    expect(outcome(await reset({ token, password: 'x-pass' }))).toBe('403 FORBIDDEN');
  });

  it('a link is worth nothing once the password changed otherwise, the user is suspended, gone, renamed or moved', async () => {
    const changes: [string, object | null][] = [
      ['password', { password: 'other-pass' }],
      ['status', { status: 'suspended' }],
      ['email', { email: 'renamed@example.com' }],
      ['provider', { provider: 'club' }],
      ['deleted', null],
    ];
    for (const [name, change] of changes) {
      const { id, token } = await withToken();
      if (change) await members.admin('PATCH', `/users/${id}`, change);
      else await members.admin('DELETE', `/users/${id}`);
      expect([name, outcome(await reset({ token, password: 'new-pass-1' }))]).toEqual([name, '403 FORBIDDEN']);
    }
  });

  it('ends all sessions and the count of wrong passwords, and leaves the static token', async () => {
    const { email, token, id } = await withToken({ token: 'static-of-reset-0123456789' });
    const login = await members.client.must<{ refresh_token: string }>('POST', '/auth/login', '', {
      email,
      password: 'old-pass-1',
    });
    const cookie = (await members.post('/auth/login', { email, password: 'old-pass-1', mode: 'session' })).headers[
      'set-cookie'
    ];
    await members.login(email, 'wrong');
    await reset({ token, password: 'new-pass-1' });
    expect((await members.post('/auth/refresh', { refresh_token: login.refresh_token })).status).toBe(401);
    const asked = await members.client.send({
      method: 'GET',
      path: '/users/me',
      headers: { cookie: String(cookie?.[0]).split(';')[0] ?? '' },
    });
    expect(asked.status).toBe(401);
    expect((await members.client.json('GET', '/users/me', 'static-of-reset-0123456789')).status).toBe(200);
    expect(await members.rows(`SELECT * FROM limen_login_attempts WHERE "user" = '${id}'`)).toEqual([]);
  });

  it('is recorded as done by the user, without the password', async () => {
    const { id, token } = await withToken();
    await reset({ token, password: 'canary-new-pass' });
    const found = await members.admin<object[]>(
      'GET',
      `/activity?filter[item][_eq]=${id}&filter[action][_eq]=update&fields=*`,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ user: id, collection: 'directus_users', ip: '127.0.0.1' });
    expect(JSON.stringify(found)).not.toContain('canary');
  });

  it('follows the policy, and a password that does not leaves the link as it is', async () => {
    const { token } = await withToken();
    await members.admin('PATCH', '/settings', { auth_password_policy: '/^.{8,}$/' });
    expect(outcome(await reset({ token, password: 'short' }))).toBe('400 FAILED_VALIDATION');
    expect((await reset({ token, password: 'long-enough' })).status).toBe(204);
    await members.admin('PATCH', '/settings', { auth_password_policy: null });
  });

  it('the mail goes to the stored address, never to the one that was typed', async () => {
    await members.addUser('Mixed.Case@example.com', 'x-pass-1');
    expect((await ask({ email: 'mixed.case@EXAMPLE.com' })).status).toBe(204);
    const mail = await members.mailbox.newest('Mixed.Case@example.com');
    expect(mail.to).toEqual(['Mixed.Case@example.com']);
    expect(claimsOf(mail.token).email).toBe('Mixed.Case@example.com');
  });

  it('and to nobody for an address that only looks like one', async () => {
    const before = await members.quiet();
    for (const email of LOOK_ALIKES) expect([email, (await ask({ email })).status]).toEqual([email, 204]);
    expect(await members.quiet()).toBe(before);
  });

  it('nobody gets mail who could not sign in with a password', async () => {
    await members.addUser('suspended@example.com', 'x-pass-1', { status: 'suspended' });
    await members.addUser('external@example.com', null, { provider: 'club', external_identifier: 'x' });
    const before = await members.quiet();
    for (const email of ['suspended@example.com', 'external@example.com', 'nobody@example.com', 'nonsense', 'ADMIN@']) {
      expect((await ask({ email })).status).toBe(204);
    }
    expect(await members.quiet()).toBe(before);
  });

  it('the same account gets no more than ten mails in a quarter of an hour', async () => {
    const { email } = await withToken();
    for (let i = 0; i < 15; i++) expect((await ask({ email })).status).toBe(204);
    await members.mailbox.newest(email, 10);
    await members.quiet();
    expect(members.mailbox.count(email)).toBe(10);
  });

  it.each([
    {},
    { email: null },
    { email: '' },
    { email: ['lena@example.com'] },
    { email: ['lena@example.com', 'eve@evil.example'] },
    { email: { $ne: null } },
    { email: { _contains: '@' } },
    { email: 1 },
    { email: true },
    { email: 'lena@example.com', reset_url: 1 },
    { email: 'lena@example.com', reset_url: ['https://app.example.com/reset'] },
    { email: 'lena@example.com', reset_url: 'https://evil.example/reset' },
    { email: 'lena@example.com', reset_url: 'https://app.example.com.evil.example/reset' },
    { email: 'lena@example.com', reset_url: 'https://app.example.com/reset/../evil' },
    { email: 'nobody@example.com', reset_url: 'https://evil.example/reset' },
    [{ email: 'lena@example.com' }],
  ])('asks for an address and nothing odd: %j', async (body) => {
    const before = await members.quiet();
    expect(outcome(await ask(body))).toBe('400 INVALID_PAYLOAD');
    expect(await members.quiet()).toBe(before);
  });

  it('other keys change nothing: no other recipient, sender, template or role', async () => {
    const email = 'injected@example.com';
    await members.addUser(email, 'x-pass-1');
    const evil = {
      to: 'eve@evil.example',
      cc: 'eve@evil.example',
      from: 'eve@evil.example',
      template: '../x',
      role: 'x',
      id: 1,
    };
    expect((await ask({ email, ...evil, data: { url: 'https://evil.example' } })).status).toBe(204);
    const mail = await members.mailbox.newest(email);
    expect(mail.to).toEqual([email]);
    expect(mail.raw).not.toContain('evil.example');
  });

  it('leads to this server, whatever host the request names', async () => {
    const email = 'host@example.com';
    await members.addUser(email, 'x-pass-1');
    await members.client.send({
      method: 'POST',
      path: '/auth/password/request',
      headers: {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        forwarded: 'host=evil.example',
        origin: 'https://evil.example',
        referer: 'https://evil.example/',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ email }),
    });
    const mail = await members.mailbox.newest(email);
    expect(mail.link).toMatch(new RegExp(`^${members.server.url}/admin/reset-password\\?token=`));
    expect(mail.raw).not.toContain('evil.example');
  });

  it('leads to a page of the list, its query kept and harmless', async () => {
    const hostile = 'https://app.example.com/reset?lang=de&x="><script>alert(1)</script>&token=stolen';
    const email = 'query@example.com';
    await members.addUser(email, 'x-pass-1');
    await ask({ email, reset_url: hostile });
    const mail = await members.mailbox.newest(email);
    expect(mail.link).toMatch(/^https:\/\/app\.example\.com\/reset\?lang=de&x=/);
    expect(mail.token.split('.')).toHaveLength(3);
    expect(mail.link.match(/token=/g)).toHaveLength(1);
    expect(mail.html).not.toMatch(/<script|stolen/);
    await ask({ email, reset_url: 'club://reset' });
    expect((await members.mailbox.newest(email, 2)).link).toMatch(/^club:\/\/reset\?token=/);
  });

  it('takes tokens of this purpose only', async () => {
    const { email, token } = await withToken();
    const { hash } = claimsOf(token);
    const now = Math.floor(Date.now() / 1000);
    const exp = now + 600;
    const claims = { email, hash, scope: 'password-reset', exp };
    const cases: [string, string, string][] = [
      ['broken', 'broken', '403 INVALID_TOKEN'],
      ['altered', `${token}x`, '403 INVALID_TOKEN'],
      ['another secret', await signed(claims, `${SECRET}x`), '403 INVALID_TOKEN'],
      [
        'unsigned',
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`,
        '403 INVALID_TOKEN',
      ],
      ['expired and altered', `${await signed({ ...claims, exp: now - 1 })}x`, '403 INVALID_TOKEN'],
      ['expired', await signed({ ...claims, exp: now - 1 }), '401 TOKEN_EXPIRED'],
      ['no end', await signed({ ...claims, exp: undefined }), '401 TOKEN_EXPIRED'],
      ['an invitation', await signed({ ...claims, scope: 'invite' }), '403 FORBIDDEN'],
      ['no purpose', await signed({ ...claims, scope: undefined }), '403 FORBIDDEN'],
      ['another issuer', await signed({ ...claims, iss: 'x' }), '403 FORBIDDEN'],
      ["another's", await signed({ ...claims, email: 'lena@example.com' }), '403 FORBIDDEN'],
      ['no digest', await signed({ ...claims, hash: undefined }), '403 FORBIDDEN'],
      ['an empty digest', await signed({ ...claims, hash: '' }), '403 FORBIDDEN'],
      ['an object for an address', await signed({ ...claims, email: { $ne: 1 } }), '403 FORBIDDEN'],
      ['in other case', await signed({ ...claims, email: email.toUpperCase() }), '403 FORBIDDEN'],
    ];
    for (const [name, given, expected] of cases) {
      expect([name, outcome(await reset({ token: given, password: 'new-pass-1' }))]).toEqual([name, expected]);
    }
    for (const body of [
      { token },
      { password: 'x' },
      { token, password: 1 },
      { token: [token], password: 'x' },
      { token, password: '' },
    ]) {
      expect(outcome(await reset(body))).toBe('400 INVALID_PAYLOAD');
    }
    expect(outcome(await members.client.json('GET', '/users/me', token))).toBe('403 INVALID_TOKEN');
    expect((await reset({ token, password: 'new-pass-1' })).status).toBe(204);
  });

  it('a first password too, for an account that has none', async () => {
    await members.addUser('none@example.com', null);
    await ask({ email: 'none@example.com' });
    const { token } = await members.mailbox.newest('none@example.com');
    expect((await reset({ token, password: 'first-pass' })).status).toBe(204);
    expect(await members.login('none@example.com', 'first-pass')).toBe(200);
    expect(outcome(await reset({ token, password: 'x-pass' }))).toBe('403 FORBIDDEN');
  });
});
