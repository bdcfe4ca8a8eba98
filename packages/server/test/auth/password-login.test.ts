import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Passwords, readPasswordLogin } from '../../src/auth/index.ts';
import { totp } from '../../src/auth/second-factor/totp.ts';
import { Semaphore } from '../../src/kernel/semaphore.ts';
import { type Accounts, DATABASES, ORIGIN, openAccounts, SETTINGS } from './accounts-database.ts';

const REFUSED = { code: 'INVALID_CREDENTIALS', extensions: {} };
const PASSWORD = 'beth-pass-1';

describe('the body of a login', () => {
  const good = { email: 'beth@example.com', password: PASSWORD };

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', [good]],
    ['a text', 'x'],
    ['no password', { email: good.email }],
    ['an empty password', { ...good, password: '' }],
    ['null for a password', { ...good, password: null }],
    ['a number for a password', { ...good, password: 12345 }],
    ['no email', { password: PASSWORD }],
    ['a list for an email', { ...good, email: [good.email] }],
    ['a filter for an email', { ...good, email: { _eq: good.email } }],
    ['half an address', { ...good, email: 'beth' }],
    ['an address with NUL', { ...good, email: 'be\0th@example.com' }],
    ['an unknown mode', { ...good, mode: 'carrier-pigeon' }],
    ['a number for a code', { ...good, otp: 123456 }],
  ])('is refused with %s', (_, body) => {
    expect(() => readPasswordLogin(body)).toThrow(expect.objectContaining({ code: 'INVALID_PAYLOAD' }));
  });

  it('may have other keys', () => {
    expect(readPasswordLogin({ ...good, remember: true })).toEqual({ ...good, mode: 'json', otp: null });
  });
});

describe.each(DATABASES)('signing in on %s', (database) => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await openAccounts(database);
  });
  afterAll(() => accounts.remove());

  const login = (email: string, password = PASSWORD, otp: string | null = null, provider = 'default') =>
    accounts.auth.passwordLogin.login(provider, { email, password, mode: 'json', otp }, ORIGIN);
  const statusOf = async (id: string) =>
    (await accounts.sql('SELECT status FROM directus_users WHERE id = ?', id))[0]?.status;
  const address = () => `${randomUUID()}@example.com`;

  it('leaves a session, the time of the visit and an entry in the activity, together', async () => {
    const email = address();
    const id = await accounts.addUser({ email, password: PASSWORD });
    const grant = await login(email);
    expect(grant).toMatchObject({ mode: 'json', expires: 900_000, refreshToken: expect.stringMatching(/^[\w-]{64}$/) });
    const [user] = await accounts.sql('SELECT last_access FROM directus_users WHERE id = ?', id);
    expect(user?.last_access).not.toBeNull();
    expect(
      await accounts.sql(
        'SELECT action, "user", item, collection, ip, user_agent, origin FROM directus_activity WHERE "user" = ?',
        id,
      ),
    ).toEqual([
      {
        action: 'login',
        user: id,
        item: id,
        collection: 'directus_users',
        ip: '127.0.0.1',
        user_agent: 'tests',
        origin: null,
      },
    ]);
    expect((await accounts.sessions()).filter((row) => row.user === id)).toHaveLength(1);
  });

  it('takes the address in any case and the password in one', async () => {
    const id = await accounts.addUser({ email: 'Beth@Example.com', password: PASSWORD });
    expect(payloadOf((await login('bETH@exaMPLE.com')).accessToken)).toMatchObject({ id });
    await expect(login('beth@example.com', PASSWORD.toUpperCase())).rejects.toMatchObject(REFUSED);
  });

  it('does not take look-alikes of an address for it', async () => {
    await accounts.addUser({ email: 'kim@example.com', password: PASSWORD });
    for (const other of [
      '\u212aim@example.com',
      'k\u0131m@example.com',
      'kım@example.com',
      'kim@example.com ',
      'ｋim@example.com',
    ]) {
      await expect(login(other)).rejects.toMatchObject(REFUSED);
    }
  });

  it('refuses unknown, inactive, external and passwordless accounts alike', async () => {
    const inactive = address();
    await accounts.addUser({ email: inactive, password: PASSWORD, status: 'draft' });
    const external = address();
    const id = await accounts.addUser({ email: external, password: PASSWORD });
    await accounts.sql("UPDATE directus_users SET provider = 'club' WHERE id = ?", id);
    const passwordless = address();
    await accounts.addUser({ email: passwordless });
    for (const email of [address(), inactive, external, passwordless]) {
      await expect(login(email)).rejects.toMatchObject(REFUSED);
    }
    await expect(login(external, PASSWORD, null, 'club')).resolves.toBeDefined();
  });

  it('takes as long for an unknown address as for a wrong password, and never less than the stall time', async () => {
    const email = address();
    await accounts.addUser({ email, password: PASSWORD });
    const slow = accounts.node({ loginStallTimeMs: 60 });
    for (const who of [email, address()]) {
      const started = performance.now();
      const attempt = slow.passwordLogin.login(
        'default',
        { email: who, password: 'x', mode: 'json', otp: null },
        ORIGIN,
      );
      await expect(attempt).rejects.toMatchObject(REFUSED);
      expect(performance.now() - started).toBeGreaterThanOrEqual(59);
    }
  });

  it('suspends an account after more wrong passwords than allowed, and counts anew after a right one', async () => {
    const email = address();
    const id = await accounts.addUser({ email, password: PASSWORD });
    for (const wrong of ['1', '2']) await expect(login(email, wrong)).rejects.toMatchObject(REFUSED);
    await login(email);
    for (const wrong of ['1', '2', '3']) await expect(login(email, wrong)).rejects.toMatchObject(REFUSED);
    expect(await statusOf(id)).toBe('active');
    await expect(login(email, '4')).rejects.toMatchObject(REFUSED);
    expect(await statusOf(id)).toBe('suspended');
    await expect(login(email)).rejects.toMatchObject(REFUSED);
    expect((await accounts.sessions()).filter((row) => row.user === id)).toEqual([]);
  });

  it('counts parallel guesses too', async () => {
    const email = address();
    const id = await accounts.addUser({ email, password: PASSWORD });
    const guesses = await Promise.allSettled(Array.from({ length: 40 }, (_, i) => login(email, `guess-${i}`)));
    expect(guesses.every(({ status }) => status === 'rejected')).toBe(true);
    expect(await statusOf(id)).toBe('suspended');
    await expect(login(email)).rejects.toMatchObject(REFUSED);
  });

  it('asks for the code of the second factor after the password', async () => {
    const email = address();
    const id = await accounts.addUser({ email, password: PASSWORD });
    await accounts.sql('UPDATE directus_users SET tfa_secret = ? WHERE id = ?', 'JBSWY3DPEHPK3PXP', id);
    const code = totp(Buffer.from('Hello!\xde\xad\xbe\xef', 'latin1'), accounts.clock.now());
    await expect(login(email, 'wrong', code)).rejects.toMatchObject(REFUSED);
    await expect(login(email)).rejects.toMatchObject({ code: 'INVALID_OTP' });
    await expect(login(email, PASSWORD, '1')).rejects.toMatchObject({ code: 'INVALID_OTP' });
    await expect(login(email, PASSWORD, code)).resolves.toBeDefined();
  });

  it('stops guessing at codes', async () => {
    const email = address();
    const id = await accounts.addUser({ email, password: PASSWORD });
    await accounts.sql('UPDATE directus_users SET tfa_secret = ? WHERE id = ?', 'JBSWY3DPEHPK3PXP', id);
    for (let i = 0; i < 10; i++) await login(email).catch(() => undefined);
    expect(await statusOf(id)).toBe('active');
    for (let i = 0; i < 4; i++) await login(email, PASSWORD, '000000').catch(() => undefined);
    expect(await statusOf(id)).toBe('suspended');
  });

  it('hashes a password anew when the parameters have changed, and only then', async () => {
    const email = address();
    const id = await accounts.addUser({ email, password: PASSWORD });
    const hashOf = async () =>
      (await accounts.sql('SELECT password FROM directus_users WHERE id = ?', id))[0]?.password;
    const before = await hashOf();
    await login(email);
    expect(await hashOf()).toBe(before);
    const stronger = accounts.node({ hashTimeCost: 2 });
    await stronger.passwordLogin.login('default', { email, password: PASSWORD, mode: 'json', otp: null }, ORIGIN);
    expect(await hashOf()).toContain('m=64,t=2,p=1');
    await expect(login(email, 'wrong')).rejects.toMatchObject(REFUSED);
    await login(email);
  });

  it.each(['password', 'status'])(
    'lets nobody in whose %s was changed while the password was verified',
    async (what) => {
      const email = address();
      const id = await accounts.addUser({ email, password: PASSWORD });
      const slow = accounts.node({ hashMemoryCostKib: 65_536, hashTimeCost: 4 });
      const attempt = slow.passwordLogin.login(
        'default',
        { email, password: PASSWORD, mode: 'json', otp: null },
        ORIGIN,
      );
      const value = what === 'status' ? 'suspended' : await accounts.auth.passwords.hash('new');
      await accounts.sql(`UPDATE directus_users SET ${what} = ? WHERE id = ?`, value, id);
      await expect(attempt).rejects.toMatchObject(REFUSED);
      expect((await accounts.sessions()).filter((row) => row.user === id)).toEqual([]);
    },
  );

  it('tells in the token what the user may do now', async () => {
    const email = address();
    const [role, policy] = [randomUUID(), randomUUID()];
    await accounts.sql('INSERT INTO directus_roles (id, name) VALUES (?, ?)', role, 'Staff');
    await accounts.sql(
      'INSERT INTO directus_policies (id, name, app_access, enforce_tfa) VALUES (?, ?, TRUE, TRUE)',
      policy,
      'App',
    );
    await accounts.sql('INSERT INTO directus_access (id, role, policy) VALUES (?, ?, ?)', randomUUID(), role, policy);
    await accounts.addUser({ email, password: PASSWORD, role });
    const grant = await accounts
      .node()
      .passwordLogin.login('default', { email, password: PASSWORD, mode: 'json', otp: null }, ORIGIN);
    expect(payloadOf(grant.accessToken)).toMatchObject({
      role,
      app_access: true,
      admin_access: false,
      enforce_tfa: true,
    });
  });
});

describe('passwords', () => {
  it('are verified against hashes of any parameters, and against nothing else', async () => {
    const passwords = new Passwords(SETTINGS);
    const other = await new Passwords({ ...SETTINGS, hashMemoryCostKib: 128, hashTimeCost: 2, hashType: 1 }).hash('x');
    expect(await passwords.verify(other, 'x')).toBe(true);
    expect(await passwords.verify(other, 'y')).toBe(false);
    expect(passwords.needsRehash(other)).toBe(true);
    expect(passwords.needsRehash(await passwords.hash('x'))).toBe(false);
    for (const bad of [null, '', 'x', '$2b$10$abc', '$argon2id$v=19$m=64,t=1,p=1$$']) {
      expect(await passwords.verify(bad, 'x')).toBe(false);
    }
  });

  it('are refused, not queued, when too many wait', async () => {
    const passwords = new Passwords(SETTINGS, new Semaphore(1, 2));
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => passwords.hash('x')));
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(outcomes[4]).toMatchObject({ reason: { code: 'SERVICE_UNAVAILABLE', status: 503 } });
    expect(await passwords.hash('x')).toContain('$argon2id$');
  });
});

describe('one-time passwords', () => {
  // RFC 6238 appendix B, SHA-1.
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at %i seconds', (seconds, expected) => {
    expect(totp(Buffer.from('12345678901234567890'), seconds * 1000, 8)).toBe(expected);
  });
});

function payloadOf(token: string) {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}
