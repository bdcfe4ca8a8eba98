import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, DATABASES } from '../started-server.ts';
import { claimsOf, type Members, openMembers, outcome, SLOW_HASHES, signed } from './members.ts';

describe.each(DATABASES)('invitations (%s)', (database) => {
  let members: Members;
  let role: string;
  beforeAll(async () => {
    members = await openMembers(database, {
      USER_INVITE_URL_ALLOW_LIST: 'https://app.example.com/welcome',
      ...SLOW_HASHES,
    });
    role = (await members.admin<{ id: string }>('POST', '/roles', { name: 'Guests' })).id;
    await members.addUser('lena@example.com', 'lena-pass-1');
  }, 30_000);
  afterAll(() => members.close());

  const invite = (body: unknown, token: string = ADMIN.token) => members.post('/users/invite', body, token);
  const accept = (body: unknown) => members.post('/users/invite/accept', body);
  let people = 0;
  async function invited(): Promise<{ email: string; token: string; id: unknown }> {
    const email = `Guest${++people}@example.com`;
    expect((await invite({ email, role })).status).toBe(204);
    const { token } = await members.mailbox.newest(email);
    return { email, token, id: (await members.user(email))?.id };
  }

  it('make an account that waits, and mail a link that is good for one acceptance', async () => {
    const { email, token, id } = await invited();
    expect(await members.user(email)).toMatchObject({ status: 'invited', role, password: null });
    expect(claimsOf(token)).toEqual({
      email,
      scope: 'invite',
      iat: expect.any(Number),
      exp: expect.any(Number),
      iss: 'directus',
    });
    const tries = await Promise.all(Array.from({ length: 10 }, (_, i) => accept({ token, password: `guest-${i}` })));
    expect(tries.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(tries.filter((answer) => outcome(answer) === '400 INVALID_INVITE')).toHaveLength(9);
    expect(await members.login(email, `guest-${tries.findIndex(({ status }) => status === 204)}`)).toBe(200);
    expect(await members.user(email)).toMatchObject({ id, status: 'active', role });
  });

  it('are bound to the address: renamed, withdrawn, deleted, they are worth nothing', async () => {
    const changes: [string, object | null][] = [
      ['renamed', { email: 'renamed-guest@example.com' }],
      ['withdrawn', { status: 'archived' }],
      ['deleted', null],
    ];
    for (const [name, change] of changes) {
      const { id, token } = await invited();
      if (change) await members.admin('PATCH', `/users/${id}`, change);
      else await members.admin('DELETE', `/users/${id}`);
      expect([name, outcome(await accept({ token, password: 'pass-1' }))]).toEqual([name, '400 INVALID_INVITE']);
    }
  });

  it('to several at once, each mailed alone', async () => {
    const emails = ['many1@example.com', 'many2@example.com', 'MANY2@example.com', 'many3@example.com'];
    expect(
      (await invite({ email: emails, role, invite_url: 'https://app.example.com/welcome?from=team' })).status,
    ).toBe(204);
    for (const email of ['many1@example.com', 'MANY2@example.com', 'many3@example.com']) {
      const mail = await members.mailbox.newest(email);
      expect(mail.to).toEqual([email]);
      expect(mail.link).toMatch(/^https:\/\/app\.example\.com\/welcome\?from=team&token=/);
      expect((await accept({ token: mail.token, password: 'pass-1' })).status).toBe(204);
    }
  });

  it('again to those who wait, and to nobody else who has an account', async () => {
    const { email } = await invited();
    expect((await invite({ email: [email.toLowerCase(), 'lena@example.com', 'LENA@example.com'], role })).status).toBe(
      204,
    );
    const again = await members.mailbox.newest(email, 2);
    expect(again.to).toEqual([email]);
    await members.quiet();
    expect(members.mailbox.count('lena@example.com')).toBe(0);
    expect(await members.user('lena@example.com')).toMatchObject({ status: 'active', role: null });
  });

  it.each([
    {},
    { email: 'x@example.com' },
    { role: 'x' },
    { email: [], role: 'x' },
    { email: 'nobody', role: 'x' },
    { email: ['fine@example.com', 'nobody'], role: 'x' },
    { email: ['fine@example.com', 7], role: 'x' },
    { email: { 0: 'fine@example.com' }, role: 'x' },
    { email: 'fine@example.com,eve@evil.example', role: 'x' },
    { email: 'fine@example.com', role: { id: 'x' } },
    { email: 'fine@example.com', role: 'x', invite_url: 'https://evil.example/welcome' },
    { email: 'fine@example.com', role: 'x', invite_url: 'https://app.example.com.evil.example/welcome' },
    { email: Array.from({ length: 501 }, (_, i) => `bulk${i}@example.com`), role: 'x' },
  ])('refuse what is malformed, all or nothing: %#', async (body) => {
    const sent = 'role' in body && body.role === 'x' ? { ...body, role } : body;
    const before = await members.quiet();
    expect(outcome(await invite(sent))).toBe('400 INVALID_PAYLOAD');
    expect(await members.quiet()).toBe(before);
    expect(await members.user('fine@example.com')).toBeUndefined();
  });

  it('need a role that there is', async () => {
    const answer = await invite({ email: 'fine@example.com', role: '00000000-0000-4000-8000-000000000000' });
    expect(answer.status).toBe(400);
    expect(await members.user('fine@example.com')).toBeUndefined();
  });

  it('need the permission to create such users, whether the address has an account or not', async () => {
    const policy = (await members.admin<{ id: string }>('POST', '/policies', { name: 'Inviting' })).id;
    const give = (permission: object) =>
      members.admin<{ id: number }>('POST', '/permissions', {
        policy,
        collection: 'directus_users',
        permissions: {},
        ...permission,
      });
    const inviter = 'inviter-static-token-0123456789';
    await members.addUser('inviter@example.com', 'pass-1', { token: inviter, policies: [{ policy }] });
    const other = (await members.admin<{ id: string }>('POST', '/roles', { name: 'Owners' })).id;
    const outcomes = async (chosen: string) => {
      const found: string[] = [];
      for (const email of ['lena@example.com', 'nobody-yet@example.com']) {
        found.push(outcome(await invite({ email, role: chosen }, inviter)));
      }
      return found;
    };
    const before = await members.quiet();
    expect(await outcomes(role)).toEqual(['403 FORBIDDEN', '403 FORBIDDEN']);
    const narrow = await give({ action: 'create', fields: ['email'] });
    expect(await outcomes(role)).toEqual(['403 FORBIDDEN', '403 FORBIDDEN']);
    await members.admin('DELETE', `/permissions/${narrow.id}`);
    await give({ action: 'create', fields: ['email', 'role'], validation: { role: { _eq: role } } });
    expect(await outcomes(other)).toEqual(['400 FAILED_VALIDATION', '400 FAILED_VALIDATION']);
    expect(await members.quiet()).toBe(before);
    expect(await members.user('nobody-yet@example.com')).toBeUndefined();
    expect(await outcomes(role)).toEqual(['204', '204']);
    expect(await members.user('nobody-yet@example.com')).toMatchObject({ role, status: 'invited' });
    expect((await members.mailbox.newest('nobody-yet@example.com')).to).toEqual(['nobody-yet@example.com']);
    expect(members.mailbox.count('lena@example.com')).toBe(0);
  });

  it('are not for the public, even where it may create users', async () => {
    const access = await members.admin<{ policy: string }[]>(
      'GET',
      '/access?filter[role][_null]=true&filter[user][_null]=true&fields=policy',
    );
    const { id } = await members.admin<{ id: number }>('POST', '/permissions', {
      policy: access[0]?.policy,
      collection: 'directus_users',
      action: 'create',
      permissions: {},
      fields: ['email', 'role'],
    });
    const before = await members.quiet();
    for (const email of ['lena@example.com', 'public@example.com']) {
      expect(outcome(await invite({ email, role }, ''))).toBe('403 FORBIDDEN');
    }
    expect(await members.quiet()).toBe(before);
    await members.admin('DELETE', `/permissions/${id}`);
  });

  it('take tokens of this purpose only', async () => {
    const { email, token } = await invited();
    const exp = Math.floor(Date.now() / 1000) + 600;
    const cases: [string, string][] = [
      ['broken', '403 INVALID_TOKEN'],
      [`${token}x`, '403 INVALID_TOKEN'],
      [await signed({ email, scope: 'invite', exp }, 'another-secret-that-is-long-enough-too'), '403 INVALID_TOKEN'],
      [await signed({ email, scope: 'invite', exp: 1 }), '401 TOKEN_EXPIRED'],
      [await signed({ email, scope: 'verify-email', exp }), '403 FORBIDDEN'],
      [await signed({ email, scope: 'password-reset', exp }), '403 FORBIDDEN'],
      [await signed({ email: 'lena@example.com', scope: 'invite', exp }), '400 INVALID_INVITE'],
    ];
    for (const [given, expected] of cases) {
      expect(outcome(await accept({ token: given, password: 'pass-1' }))).toBe(expected);
    }
    for (const body of [{ token }, { password: 'x' }, { token, password: 7 }, { token: [token], password: 'x' }]) {
      expect(outcome(await accept(body))).toBe('400 INVALID_PAYLOAD');
    }
    await members.admin('PATCH', '/settings', { auth_password_policy: '/^.{8,}$/' });
    expect(outcome(await accept({ token, password: 'short' }))).toBe('400 FAILED_VALIDATION');
    await members.admin('PATCH', '/settings', { auth_password_policy: null });
    expect((await accept({ token, password: 'fine-pass' })).status).toBe(204);
  });
});
