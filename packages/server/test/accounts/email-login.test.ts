import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlainAnswer } from '../plain-request.ts';
import { DATABASES } from '../started-server.ts';
import { LOOK_ALIKES, type Members, openMembers, outcome } from './members.ts';

const ENABLED = { AUTH_EMAIL_LINK_ENABLED: 'true', AUTH_EMAIL_LINK_URL_ALLOW_LIST: 'https://app.example.com/in' };

const cookieOf = (answer: PlainAnswer): string =>
  answer.headers['set-cookie']?.find((line) => line.startsWith('limen_email_login='))?.split(';')[0] ?? '';

function requests(members: () => Members) {
  const send = (path: string, body: unknown, cookie: string) =>
    members().client.send({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
      body: JSON.stringify(body),
    });
  const ask = (body: unknown, cookie = '') => send('/auth/email/request', body, cookie);
  const enter = (body: unknown, cookie: string) => send('/auth/email/login', body, cookie);
  /** Asks for mail; what came, and the cookie of the browser. */
  async function mailed(email: string, nth = 1) {
    const answer = await ask({ email });
    expect([answer.status, answer.text]).toEqual([204, '']);
    const mail = await members().mailbox.newest(email, nth);
    const code = /\b\d{4} \d{4}\b/.exec(mail.text)?.[0] ?? '';
    expect([mail.text, code]).not.toContain('');
    return { cookie: cookieOf(answer), token: mail.token, code, mail };
  }
  return { ask, enter, mailed };
}

describe.each(DATABASES)('signing in by e-mail (%s)', (database) => {
  let members: Members;
  let people = 0;
  const { ask, enter, mailed } = requests(() => members);
  const person = async (more: object = {}) => {
    const email = `link${++people}@example.com`;
    return { email, id: await members.addUser(email, 'pass-1', more) };
  };
  const wrongOf = (code: string) => String((Number(code.replace(' ', '')) + 1) % 100_000_000).padStart(8, '0');

  beforeAll(async () => {
    members = await openMembers(database, ENABLED);
    await members.addUser('lena@example.com', 'lena-pass-1');
  }, 30_000);
  afterAll(() => members.close());

  it('with the link, once, of twenty at once', async () => {
    const { email, id } = await person();
    const { token, cookie, mail } = await mailed(email);
    expect(mail.link).toMatch(new RegExp(`^${members.server.url}/admin/login\\?token=`));
    const all = await Promise.all(Array.from({ length: 20 }, () => enter({ token }, cookie)));
    const inside = all.filter(({ status }) => status === 200);
    expect(inside).toHaveLength(1);
    expect(all.filter((answer) => outcome(answer) === '401 INVALID_CREDENTIALS')).toHaveLength(19);
    const { access_token: access } = JSON.parse(inside[0]?.text ?? '').data;
    expect((await members.client.must<{ id: string }>('GET', '/users/me', access)).id).toBe(id);
    const recorded = await members.admin<object[]>(
      'GET',
      `/activity?filter[item][_eq]=${id}&filter[action][_eq]=login`,
    );
    expect(recorded).toHaveLength(1);
  });

  it('with the code, however it is written, in every mode', async () => {
    for (const [mode, cookieName] of [
      ['json', ''],
      ['cookie', 'directus_refresh_token'],
      ['session', 'directus_session_token'],
    ]) {
      const { email } = await person();
      const { code, cookie } = await mailed(email);
      const typed = mode === 'json' ? code : code.replace(' ', mode === 'cookie' ? '' : '-');
      const answer = await enter({ email: email.toUpperCase(), code: typed, mode }, cookie);
      expect([mode, answer.status]).toEqual([mode, 200]);
      expect(answer.headers['set-cookie']?.some((line) => line.startsWith(`${cookieName}=`))).toBe(cookieName !== '');
      expect(answer.headers['set-cookie']?.some((line) => /^limen_email_login=;/.test(line))).toBe(true);
      expect(outcome(await enter({ email, code, mode }, cookie))).toBe('401 INVALID_CREDENTIALS');
    }
  });

  it('only in the browser that asked', async () => {
    const { email } = await person();
    const { token, code, cookie } = await mailed(email);
    const eves = cookieOf(await ask({ email: 'nobody@example.com' }));
    for (const other of ['', eves, 'limen_email_login=', `${cookie}x`, 'limen_email_login=x']) {
      expect(outcome(await enter({ token }, other))).toBe('401 INVALID_CREDENTIALS');
      expect(outcome(await enter({ email, code }, other))).toBe('401 INVALID_CREDENTIALS');
    }
    expect((await enter({ token }, cookie)).status).toBe(200);
  });

  it('the cookie is kept from scripts, and the same while a browser waits', async () => {
    const { email } = await person();
    const first = await ask({ email });
    const line = first.headers['set-cookie']?.[0] ?? '';
    expect(line).toMatch(/; Max-Age=600.*; Path=\/; .*HttpOnly; SameSite=Lax/);
    const [one, two] = [await members.mailbox.newest(email), await ask({ email }, cookieOf(first))];
    expect(cookieOf(two)).toBe(cookieOf(first));
    const second = await members.mailbox.newest(email, 2);
    expect((await enter({ token: one.token }, cookieOf(first))).status).toBe(200);
    expect(outcome(await enter({ token: second.token }, cookieOf(first)))).toBe('401 INVALID_CREDENTIALS');
  });

  it('a code is guessed five times at most, in parallel too, and a guess counts as a wrong password', async () => {
    await members.admin('PATCH', '/settings', { auth_login_attempts: 7 });
    const { email, id } = await person();
    const { code, cookie } = await mailed(email);
    const guesses = await Promise.all(Array.from({ length: 12 }, () => enter({ email, code: wrongOf(code) }, cookie)));
    expect(guesses.map(outcome)).toEqual(Array.from({ length: 12 }, () => '401 INVALID_CREDENTIALS'));
    expect(outcome(await enter({ email, code }, cookie))).toBe('401 INVALID_CREDENTIALS');
    const [row] = await members.rows(`SELECT failures FROM limen_login_attempts WHERE "user" = '${id}'`);
    expect(Number(row?.failures)).toBe(5);
    const again = await mailed(email, 2);
    for (let i = 0; i < 3; i++) await enter({ email, code: wrongOf(again.code) }, again.cookie);
    expect((await members.user(email))?.status).toBe('suspended');
    expect(outcome(await enter({ token: again.token }, again.cookie))).toBe('401 INVALID_CREDENTIALS');
    await members.admin('PATCH', '/settings', { auth_login_attempts: 25 });
  });

  it('for ten minutes', async () => {
    const { email, id } = await person();
    const { token, code, cookie } = await mailed(email);
    const [row] = await members.rows(
      `SELECT expires, token, code, browser FROM limen_email_logins WHERE "user" = '${id}'`,
    );
    const expires = row?.expires instanceof Date ? row.expires.getTime() : Number(row?.expires);
    expect(expires - Date.now()).toBeGreaterThan(580_000);
    expect(expires - Date.now()).toBeLessThanOrEqual(600_000);
    const kept = JSON.stringify(row);
    for (const secret of [token, code, code.replace(' ', ''), cookie.split('=')[1] ?? ''])
      expect(kept).not.toContain(secret);
  });

  it('not without the second factor, and asking without one spends nothing', async () => {
    const policy = await members.admin<{ id: string }>('POST', '/policies', { name: 'All', admin_access: true });
    const { email } = await person({ policies: [{ policy: policy.id }] });
    const { access_token: access } = await members.client.must<{ access_token: string }>('POST', '/auth/login', '', {
      email,
      password: 'pass-1',
    });
    const { secret } = await members.client.must<{ secret: string }>('POST', '/users/me/tfa/generate', access, {
      password: 'pass-1',
    });
    await members.client.must('POST', '/users/me/tfa/enable', access, { secret, otp: otpOf(secret, 0) });
    const { token, cookie } = await mailed(email);
    expect(outcome(await enter({ token }, cookie))).toBe('401 INVALID_OTP');
    expect(outcome(await enter({ token, otp: '000000' }, cookie))).toBe('401 INVALID_OTP');
    expect((await enter({ token, otp: otpOf(secret, 1) }, cookie)).status).toBe(200);
  });

  it('not for accounts that may not sign in with a password here', async () => {
    await members.addUser('asleep@example.com', 'x-pass-1', { status: 'suspended' });
    await members.addUser('club@example.com', null, { provider: 'club', external_identifier: 'x' });
    await members.addUser('waiting@example.com', null, { status: 'invited' });
    const before = await members.quiet();
    const odd = ['asleep@example.com', 'club@example.com', 'waiting@example.com', 'nobody@example.com', 'nonsense'];
    for (const email of [...odd, ...LOOK_ALIKES]) {
      const answer = await ask({ email });
      expect([email, answer.status, cookieOf(answer).length > 40]).toEqual([email, 204, true]);
    }
    expect(await members.quiet()).toBe(before);
  });

  it('nor once the address, the password or the status changed, whatever it is now', async () => {
    const changes = [
      [{ email: 'moved-away@example.com' }],
      [{ password: 'pass-2-of-theirs' }],
      [{ status: 'suspended' }, { status: 'active' }],
    ];
    for (const steps of changes) {
      const { email, id } = await person();
      const { token, cookie } = await mailed(email);
      for (const step of steps) await members.admin('PATCH', `/users/${id}`, step);
      expect([steps, outcome(await enter({ token }, cookie))]).toEqual([steps, '401 INVALID_CREDENTIALS']);
    }
    for (const change of [{ status: 'suspended' }, { provider: 'club' }]) {
      const { email, id } = await person();
      const { token, code, cookie } = await mailed(email);
      await members.admin('PATCH', `/users/${id}`, change);
      expect(outcome(await enter({ token }, cookie))).toBe('401 INVALID_CREDENTIALS');
      expect(outcome(await enter({ email, code }, cookie))).toBe('401 INVALID_CREDENTIALS');
    }
  });

  it('a code is for its own account', async () => {
    const [one, other] = [await person(), await person()];
    const { code, cookie } = await mailed(one.email);
    await ask({ email: other.email }, cookie);
    await members.mailbox.newest(other.email);
    expect(outcome(await enter({ email: other.email, code }, cookie))).toBe('401 INVALID_CREDENTIALS');
    expect((await enter({ email: one.email, code }, cookie)).status).toBe(200);
  });

  it('leads to a page of the list', async () => {
    const { email } = await person();
    await ask({ email, redirect: 'https://app.example.com/in?next=%2Fhome' });
    expect((await members.mailbox.newest(email)).link).toMatch(/^https:\/\/app\.example\.com\/in\?next=%2Fhome&token=/);
  });

  it.each([
    {},
    { email: 1 },
    { email: ['lena@example.com'] },
    { email: 'lena@example.com', redirect: 'https://evil.example/in' },
    { email: 'nobody@example.com', redirect: 'https://evil.example/in' },
    { email: 'lena@example.com', redirect: '/in' },
    [],
  ])('asks for nothing odd: %j', async (body) => {
    expect(outcome(await ask(body))).toBe('400 INVALID_PAYLOAD');
  });

  it.each([
    {},
    { token: 1 },
    { token: '' },
    { token: ['x'] },
    { token: 'x', email: 'lena@example.com', code: '12345678' },
    { email: 'lena@example.com' },
    { email: 'lena@example.com', code: 12345678 },
    { email: 'lena@example.com', code: { $ne: 1 } },
    { email: ['lena@example.com'], code: '12345678' },
    { token: 'x', mode: 'other' },
    { token: 'x', otp: 1 },
  ])('nor takes anything odd: %j', async (body) => {
    expect(outcome(await enter(body, 'limen_email_login=x'))).toBe('400 INVALID_PAYLOAD');
  });
});

describe('signing in by e-mail, by its settings', () => {
  it.each<[string, Record<string, string>]>([
    ['off by default', {}],
    ['no way around AUTH_DISABLE_DEFAULT', { ...ENABLED, AUTH_DISABLE_DEFAULT: 'true' }],
  ])(
    '%s',
    async (_, settings) => {
      const members = await openMembers('sqlite', settings);
      try {
        for (const path of ['/auth/email/request', '/auth/email/login']) {
          expect(outcome(await members.post(path, { email: 'lena@example.com' }))).toBe('404 ROUTE_NOT_FOUND');
        }
      } finally {
        await members.close();
      }
    },
    30_000,
  );

  it('in any browser where that is allowed', async () => {
    const members = await openMembers('sqlite', { ...ENABLED, AUTH_EMAIL_LINK_ANY_BROWSER: 'true' });
    const { enter, mailed } = requests(() => members);
    try {
      await members.addUser('lena@example.com', 'lena-pass-1');
      const { token } = await mailed('lena@example.com');
      expect((await enter({ token }, '')).status).toBe(200);
      const { code } = await mailed('lena@example.com', 2);
      expect((await enter({ email: 'lena@example.com', code }, 'limen_email_login=other')).status).toBe(200);
    } finally {
      await members.close();
    }
  }, 30_000);
});

/** RFC 6238 with SHA-1 and six digits, `steps` half minutes from now. */
function otpOf(secret: string, steps: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((one) => alphabet.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
