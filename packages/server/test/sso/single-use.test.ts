import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Attempts, challengeOf } from '../../src/auth/providers/attempts.ts';
import { type Accounts, DATABASES, ORIGIN, openAccounts, SETTINGS, TestClock } from '../auth/accounts-database.ts';

const VERIFIER = 'v'.repeat(43);
const PAGE = 'https://client.example/login';

describe.each(DATABASES)('codes of logins, on %s', (database) => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await openAccounts(database);
  }, 40_000);
  afterAll(() => accounts.remove());

  const give = async () => {
    const user = await accounts.addUser();
    const code = await accounts.auth.handOffs.give(user, challengeOf(VERIFIER), PAGE, async () => {});
    return { code, verifier: VERIFIER, mode: 'json' as const };
  };

  it('asked for at the same moment on two nodes are redeemed once', async () => {
    const nodes = [accounts.auth, accounts.node()];
    const input = await give();
    const asked = nodes.flatMap((node) => Array.from({ length: 10 }, () => node.handOffs.redeem(input, ORIGIN)));
    const ends = await Promise.allSettled(asked);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(ends.filter((end) => end.status === 'rejected' && end.reason.code === 'INVALID_CREDENTIALS')).toHaveLength(
      19,
    );
  });

  it('last a minute, and leave nothing behind', async () => {
    const input = await give();
    accounts.clock.pass(60_000);
    await expect(accounts.auth.handOffs.redeem(input, ORIGIN)).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    await give();
    expect(await accounts.sql('SELECT code FROM limen_hand_offs')).toHaveLength(1);
  });

  it('are digests in the database', async () => {
    const { code } = await give();
    expect(JSON.stringify(await accounts.sql('SELECT * FROM limen_hand_offs'))).not.toContain(code);
  });
});

describe('what a browser keeps of a login', () => {
  const clock = new TestClock();
  const attempts = new Attempts(SETTINGS.secret, clock);
  const begin = () =>
    attempts.begin('club', { destination: PAGE, base: 'https://a.example', handOff: null, link: null });

  it('opens for its provider, this server and ten minutes', () => {
    const attempt = begin();
    const sealed = attempts.seal('club', attempt);
    expect(attempts.open('club', sealed)).toEqual(attempt);
    expect(attempts.open('guild', sealed)).toBeNull();
    expect(new Attempts('another-secret-that-is-long-enough', clock).open('club', sealed)).toBeNull();
    clock.pass(600_000);
    expect(attempts.open('club', sealed)).toBeNull();
  });

  it('does not open when one bit of it is another', () => {
    const bytes = Buffer.from(attempts.seal('club', begin()), 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const altered = Buffer.from(bytes);
      altered[i] = (altered[i] ?? 0) ^ 1;
      expect(attempts.open('club', altered.toString('base64url'))).toBeNull();
    }
    for (const wrong of ['', 'x', '{}', 'A'.repeat(100)]) expect(attempts.open('club', wrong)).toBeNull();
  });

  it('has a state that is known to be ours, of one provider', () => {
    const { state } = begin();
    expect(attempts.isOurs('club', state)).toBe(true);
    expect(attempts.isOurs('guild', state)).toBe(false);
    for (const other of ['', 'another', `${state}A`, `${state}=`, state.slice(1)]) {
      expect(attempts.isOurs('club', other)).toBe(false);
    }
    expect(new Set(Array.from({ length: 100 }, () => begin().state)).size).toBe(100);
  });
});
