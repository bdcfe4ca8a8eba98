import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Auth, SessionMode } from '../../src/auth/index.ts';
import { RecoveryCodes } from '../../src/auth/second-factor/recovery-codes.ts';
import { Seeds } from '../../src/auth/second-factor/seeds.ts';
import { type Accounts, DATABASES, ORIGIN, openAccounts, SETTINGS } from '../auth/accounts-database.ts';
import { codeOf, STEP_MS } from './codes.ts';

const SEED = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const PASSWORD = 'a-long-password';
const INVALID_OTP = { code: 'INVALID_OTP' };
const ELSEWHERE = { ...ORIGIN, ip: '203.0.113.9' };
const OTHER_PROGRAM = { ...ORIGIN, userAgent: 'curl' };

describe.each(DATABASES)('one-time passwords on %s', (database) => {
  let accounts: Accounts;
  let email: string;
  let id: string;
  beforeAll(async () => {
    accounts = await openAccounts(database);
    await accounts.sql('UPDATE directus_settings SET auth_login_attempts = NULL');
  });
  afterAll(() => accounts.remove());

  beforeEach(async () => {
    email = `${randomUUID()}@example.com`;
    id = await accounts.addUser({ email, password: PASSWORD });
    await accounts.sql('UPDATE directus_users SET tfa_secret = ? WHERE id = ?', SEED, id);
  });

  const code = (steps = 0) => codeOf(SEED, accounts.clock.now(), steps);
  const wrong = () => (code() === '000000' ? '000001' : '000000');
  const login = (otp: string | null, mode: SessionMode = 'json', origin = ORIGIN, auth: Auth = accounts.auth) =>
    auth.passwordLogin.login('default', { email, password: PASSWORD, mode, otp }, origin);
  const refused = (attempt: Promise<unknown>) => expect(attempt).rejects.toMatchObject(INVALID_OTP);
  const seedOf = async (user: string) =>
    (await accounts.sql('SELECT tfa_secret FROM directus_users WHERE id = ?', user))[0]?.tfa_secret as string;

  it('count once in each mode', async () => {
    const otp = code();
    for (const mode of ['json', 'session', 'cookie'] as const) {
      await login(otp, mode);
      await refused(login(otp, mode));
    }
  });

  it('count for nobody else once somebody used one', async () => {
    const otp = code();
    await login(otp, 'json');
    await refused(login(otp, 'session', ELSEWHERE));
    await refused(login(otp, 'session', OTHER_PROGRAM));
    await login(otp, 'session');
  });

  it('are let in once when they come many times at once, on several nodes', async () => {
    const other = accounts.node();
    const otp = code();
    const attempts = Array.from({ length: 12 }, (_, i) => login(otp, 'json', ORIGIN, i % 2 ? other : accounts.auth));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    expect(reasons).toEqual(Array(11).fill('INVALID_OTP'));
    const sessions = (await accounts.sessions()).filter(({ user }) => user === id);
    expect(sessions).toHaveLength(1);
  });

  it.each(['one-time password', 'recovery code'])('were proven twice at once: a %s counts for one', async (kind) => {
    const codes = new RecoveryCodes(accounts.store);
    const [recoveryCode = ''] = await accounts.store.transaction((tx) => codes.replace(tx, id));
    const otp = kind === 'recovery code' ? recoveryCode : code();
    const prove = () => accounts.auth.secondFactors.prove(id, { otp, passkey: null }, 'json', ORIGIN);
    // Both are right, as long as neither was used up.
    const spends = await Promise.all([prove(), prove()]);
    const outcomes = await Promise.allSettled(spends.map((spend) => accounts.store.transaction(spend)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('allow clocks to be off by one step, and not by two', async () => {
    await refused(login(code(-2)));
    await refused(login(code(2)));
    await login(code(-1));
    await login(code());
    await login(code(1));
  });

  it('never count after a newer one did', async () => {
    await login(code(1));
    await refused(login(code()));
    await refused(login(code(-1)));
    accounts.clock.pass(2 * STEP_MS);
    await login(code());
  });

  it('have six digits', async () => {
    for (const otp of [
      '',
      '1',
      '12345',
      `${code()}0`,
      ` ${code()}`,
      `${code()}\n`,
      'abcdef',
      '１２３４５６',
      '0x1234',
    ]) {
      await refused(login(otp));
      accounts.clock.pass(86_400_000);
    }
  });

  it('can not be guessed: after five wrong ones none counts for a minute, then for two', async () => {
    for (let i = 0; i < 5; i++) await refused(login(wrong()));
    await refused(login(code()));
    accounts.clock.pass(59_999);
    await refused(login(code()));
    accounts.clock.pass(1);
    for (let i = 0; i < 5; i++) await refused(login(wrong()));
    accounts.clock.pass(60_000);
    await refused(login(code()));
    accounts.clock.pass(60_000);
    await login(code());
    for (let i = 0; i < 4; i++) await refused(login(wrong()));
    accounts.clock.pass(STEP_MS);
    await login(code());
  });

  it('count every guess of many at once', async () => {
    const other = accounts.node();
    const guesses = Array.from({ length: 30 }, (_, i) =>
      login(wrong(), 'json', ORIGIN, i % 2 ? other : accounts.auth).catch(() => undefined),
    );
    await Promise.all(guesses);
    const [row] = await accounts.sql('SELECT otp_failures FROM limen_second_factors WHERE "user" = ?', id);
    expect(row?.otp_failures).toBe(5);
    await refused(login(code()));
  });

  it('pause for a day at most', async () => {
    await accounts.sql('INSERT INTO limen_second_factors ("user", otp_failures) VALUES (?, 994)', id);
    await refused(login(wrong()));
    accounts.clock.pass(86_399_999);
    await refused(login(code()));
    accounts.clock.pass(1);
    await login(code());
  });

  it('are not counted where none is asked for', async () => {
    for (let i = 0; i < 10; i++) await refused(login(null));
    await login(code());
  });

  it('suspend by the limit of wrong passwords too, where there is one', async () => {
    await accounts.sql('UPDATE directus_settings SET auth_login_attempts = 3');
    for (let i = 0; i < 4; i++) await refused(login(wrong()));
    await expect(login(code())).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    await accounts.sql('UPDATE directus_settings SET auth_login_attempts = NULL');
  });

  it('are made from secrets that are encrypted in the database', async () => {
    await login(code());
    const stored = await seedOf(id);
    expect(stored).toMatch(/^limen1\$[\w-]{70,}$/);
    expect(Buffer.from(stored.slice(7), 'base64url').toString('latin1')).not.toContain(SEED);
    accounts.clock.pass(STEP_MS);
    await login(code());
    expect(await seedOf(id)).toBe(stored);
  });

  it('need the account and the SECRET that their own was encrypted for', async () => {
    await login(code());
    const stored = await seedOf(id);
    accounts.clock.pass(STEP_MS);
    await refused(login(code(), 'json', ORIGIN, accounts.node({ secret: 'another-secret-that-is-long-enough-too' })));
    const thief = await accounts.addUser({ email: `thief-of-${email}`, password: PASSWORD });
    await accounts.sql('UPDATE directus_users SET tfa_secret = ? WHERE id = ?', stored, thief);
    const attempt = { email: `thief-of-${email}`, password: PASSWORD, mode: 'json', otp: code() } as const;
    await refused(accounts.auth.passwordLogin.login('default', attempt, ORIGIN));
    for (const broken of ['limen1$', 'limen1$AAAA', `${stored.slice(0, -2)}AA`]) {
      await accounts.sql('UPDATE directus_users SET tfa_secret = ? WHERE id = ?', broken, thief);
      await refused(accounts.auth.passwordLogin.login('default', attempt, ORIGIN));
    }
  });

  it('are proposed for one account, one password and a short while', () => {
    const seeds = new Seeds(SETTINGS.secret, accounts.clock);
    const secret = seeds.propose(id, 'hash');
    expect(secret).toMatch(/^[A-Z2-7]{40}$/);
    expect(seeds.propose(id, 'hash')).not.toBe(secret);
    expect(seeds.wasProposed(secret, id, 'hash')).toBe(true);
    expect(seeds.wasProposed(secret, randomUUID(), 'hash')).toBe(false);
    expect(seeds.wasProposed(secret, id, 'other')).toBe(false);
    expect(seeds.wasProposed(secret, id, null)).toBe(false);
    expect(seeds.wasProposed(SEED, id, 'hash')).toBe(false);
    expect(new Seeds('another-secret', accounts.clock).wasProposed(secret, id, 'hash')).toBe(false);
    accounts.clock.pass(600_000);
    expect(seeds.wasProposed(secret, id, 'hash')).toBe(true);
    accounts.clock.pass(600_000);
    expect(seeds.wasProposed(secret, id, 'hash')).toBe(false);
  });
});
