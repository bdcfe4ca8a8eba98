import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHALLENGE_TTL_MS, Challenges } from '../../src/auth/passkeys/challenges.ts';
import { type Accounts, DATABASES, openAccounts, SETTINGS } from '../auth/accounts-database.ts';

describe.each(DATABASES)('challenges on %s', (database) => {
  let accounts: Accounts;
  let challenges: Challenges;
  beforeAll(async () => {
    accounts = await openAccounts(database);
    challenges = new Challenges(accounts.store, SETTINGS.secret, accounts.clock);
  });
  afterAll(() => accounts.remove());

  const issue = (...scope: Parameters<Challenges['issue']>) => challenges.issue(...scope).toString('base64url');
  const spent = () => accounts.sql('SELECT id FROM limen_challenges');

  it('are for one purpose and one user', () => {
    const [user, other] = [randomUUID(), randomUUID()];
    const text = issue('register', user);
    expect(challenges.read(text, 'register', user)).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(challenges.read(text, 'register', other)).toBeNull();
    expect(challenges.read(text, 'register', null)).toBeNull();
    expect(challenges.read(text, 'step-up', user)).toBeNull();
    expect(challenges.read(issue('login', null), 'second-factor', null)).toBeNull();
  });

  it('are of this server, and none is like another', () => {
    const text = issue('login', null);
    expect(issue('login', null)).not.toBe(text);
    const others = new Challenges(accounts.store, 'another-secret-that-is-long-enough', accounts.clock);
    expect(others.read(text, 'login', null)).toBeNull();
    const bytes = Buffer.from(text, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const altered = Buffer.from(bytes);
      altered[i] = (altered[i] ?? 0) ^ 1;
      expect(challenges.read(altered.toString('base64url'), 'login', null)).toBeNull();
    }
    for (const wrong of ['', 'x', `${text}AA`, text.slice(1)]) expect(challenges.read(wrong, 'login', null)).toBeNull();
  });

  it('last five minutes', () => {
    const text = issue('login', null);
    accounts.clock.pass(CHALLENGE_TTL_MS - 1);
    expect(challenges.read(text, 'login', null)).not.toBeNull();
    accounts.clock.pass(1);
    expect(challenges.read(text, 'login', null)).toBeNull();
  });

  it('leave nothing behind until they are answered, count once, and are forgotten in time', async () => {
    const text = issue('login', null);
    expect(await spent()).toEqual([]);
    const challenge = challenges.read(text, 'login', null);
    if (challenge === null) throw new Error('not read');
    const spend = () => accounts.store.transaction((tx) => challenges.spend(tx, challenge));
    const outcomes = await Promise.allSettled([spend(), spend(), spend()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(spend()).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(await spent()).toEqual([{ id: challenge.id }]);
    expect(await challenges.purge()).toBe(0);
    accounts.clock.pass(CHALLENGE_TTL_MS);
    expect(await challenges.purge()).toBe(1);
    expect(await spent()).toEqual([]);
  });
});
