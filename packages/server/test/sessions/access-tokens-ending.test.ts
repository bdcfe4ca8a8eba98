import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Grant } from '../../src/auth/index.ts';
import { type Accounts, DATABASES, ORIGIN, openAccounts } from '../auth/accounts-database.ts';

const REFUSED = { code: 'INVALID_CREDENTIALS' };
const PASSWORD = 'a-long-password';

describe.each(DATABASES)('access tokens that name no session, on %s', (database) => {
  let accounts: Accounts;
  let users = 0;
  beforeAll(async () => {
    accounts = await openAccounts(database, { accessTokenEndsAtLogout: true });
  });
  afterAll(() => accounts.remove());

  const identify = (token: string, auth = accounts.auth) =>
    auth.identify({ kind: 'token', token, from: 'header' }, ORIGIN);
  const addUser = async () => {
    const email = `ending${++users}@example.com`;
    const id = await accounts.addUser({ email, password: PASSWORD });
    return { id, signIn: () => signIn(email) };
  };
  const signIn = (email: string): Promise<Grant & { refreshToken: string }> =>
    accounts.auth.passwordLogin.login(
      'default',
      { email, password: PASSWORD, mode: 'json', otp: null },
      ORIGIN,
    ) as Promise<Grant & { refreshToken: string }>;
  const refresh = (grant: { refreshToken: string }) =>
    accounts.auth.refresh('json', grant.refreshToken, ORIGIN) as Promise<Grant & { refreshToken: string }>;

  it('are equal for one user and one second, as clients of this API know them', async () => {
    const user = await addUser();
    expect((await user.signIn()).accessToken).toBe((await user.signIn()).accessToken);
  });

  it('end with the logout of their session, on every node, and others of the user do not', async () => {
    const user = await addUser();
    const other = accounts.node();
    const first = await user.signIn();
    accounts.clock.pass(1000);
    const second = await user.signIn();
    for (const { accessToken } of [first, second]) await identify(accessToken, other);
    await accounts.auth.logout('json', first.refreshToken);
    for (const node of [accounts.auth, other]) {
      await expect(identify(first.accessToken, node)).rejects.toMatchObject(REFUSED);
      expect(await identify(second.accessToken, node)).toMatchObject({ user: user.id });
    }
  });

  it('end with the logout also where they are older than the last refresh', async () => {
    const user = await addUser();
    const first = await user.signIn();
    accounts.clock.pass(20_000);
    const second = await refresh(first);
    expect(await identify(first.accessToken)).toMatchObject({ user: user.id });
    await accounts.auth.logout('json', second.refreshToken);
    for (const { accessToken } of [first, second]) {
      await expect(identify(accessToken)).rejects.toMatchObject(REFUSED);
    }
  });

  it('count when they are made in the second in which another session ended', async () => {
    const user = await addUser();
    const first = await user.signIn();
    accounts.clock.pass(5000);
    await accounts.auth.logout('json', first.refreshToken);
    await expect(identify(first.accessToken)).rejects.toMatchObject(REFUSED);
    const second = await user.signIn();
    expect(await identify(second.accessToken)).toMatchObject({ user: user.id });
    await expect(identify(first.accessToken)).rejects.toMatchObject(REFUSED);
  });

  it('stay with the session that made the same one in the same second', async () => {
    const user = await addUser();
    const [first, second] = [await user.signIn(), await user.signIn()];
    await accounts.auth.logout('json', first.refreshToken);
    expect(await identify(second.accessToken)).toMatchObject({ user: user.id });
    await accounts.auth.logout('json', second.refreshToken);
    await expect(identify(second.accessToken)).rejects.toMatchObject(REFUSED);
  });

  it('end although the clock of the node that ends them is behind', async () => {
    const user = await addUser();
    accounts.clock.pass(4000);
    const grant = await user.signIn();
    accounts.clock.pass(-3000);
    await accounts.auth.logout('json', grant.refreshToken);
    await expect(identify(grant.accessToken)).rejects.toMatchObject(REFUSED);
    accounts.clock.pass(3000);
  });

  it('end with the family of a stolen refresh token', async () => {
    const user = await addUser();
    const stolen = await user.signIn();
    accounts.clock.pass(1000);
    const next = await refresh(stolen);
    accounts.clock.pass(11_000);
    expect(await identify(next.accessToken)).toMatchObject({ user: user.id });
    await expect(refresh(stolen)).rejects.toMatchObject(REFUSED);
    await expect(identify(next.accessToken)).rejects.toMatchObject(REFUSED);
    await expect(refresh(next)).rejects.toMatchObject(REFUSED);
    const text = `SELECT action, ip FROM directus_activity WHERE item = ? AND action = 'token-reuse'`;
    expect(await accounts.sql(text, user.id)).toEqual([{ action: 'token-reuse', ip: ORIGIN.ip }]);
  });

  it('do not end, nor anything else, when a spent refresh token comes back in a hurry', async () => {
    const user = await addUser();
    const first = await user.signIn();
    const next = await refresh(first);
    accounts.clock.pass(9000);
    await expect(refresh(first)).rejects.toMatchObject(REFUSED);
    expect(await identify(next.accessToken)).toMatchObject({ user: user.id });
    await expect(refresh(next)).resolves.toMatchObject({ mode: 'json' });
    const text = `SELECT id FROM directus_activity WHERE item = ? AND action = 'token-reuse'`;
    expect(await accounts.sql(text, user.id)).toEqual([]);
  });

  it('are the same for callers who refresh in parallel within the grace period', async () => {
    const user = await addUser();
    const patient = accounts.node({ refreshTokenGracePeriodMs: 10_000 });
    const { refreshToken } = await user.signIn();
    const first = await patient.refresh('json', refreshToken, ORIGIN);
    accounts.clock.pass(3000);
    const late = await patient.refresh('json', refreshToken, ORIGIN);
    expect(late).toEqual(first);
  });

  it('do not open an account that was made anew under the id of a deleted one', async () => {
    const user = await addUser();
    const { accessToken } = await user.signIn();
    await accounts.store.transaction((tx) => accounts.auth.sessions.endAllOf(tx, user.id));
    await accounts.sql('DELETE FROM directus_users WHERE id = ?', user.id);
    await accounts.sql(
      `INSERT INTO directus_users (id, email, status) VALUES (?, 'new@example.com', 'active')`,
      user.id,
    );
    await expect(identify(accessToken, accounts.node())).rejects.toMatchObject(REFUSED);
    await accounts.sql('DELETE FROM directus_users WHERE id = ?', user.id);
  });

  it('are barred for as long as one could live, and no row of that stays', async () => {
    const user = await addUser();
    const { refreshToken } = await user.signIn();
    await accounts.auth.logout('json', refreshToken);
    const bars = () => accounts.sql('SELECT * FROM limen_token_bars WHERE "user" = ?', user.id);
    accounts.clock.pass(900_000);
    await accounts.auth.sessions.purge();
    expect(await bars()).toHaveLength(1);
    accounts.clock.pass(7 * 86_400_000);
    await accounts.auth.sessions.purge();
    expect(await bars()).toEqual([]);
  });

  it('are checked without a query, once their user is known', async () => {
    const user = await addUser();
    const [first, second] = [await user.signIn(), await user.signIn()];
    await accounts.auth.logout('json', first.refreshToken);
    await identify(second.accessToken);
    const asked: string[] = [];
    const { get, all } = accounts.store;
    const store = accounts.store as { get: typeof get; all: typeof all };
    store.get = (text, params) => {
      asked.push(text);
      return get.call(accounts.store, text, params) as never;
    };
    store.all = (text, params) => {
      asked.push(text);
      return all.call(accounts.store, text, params) as never;
    };
    try {
      for (let i = 0; i < 10; i++) await identify(second.accessToken);
    } finally {
      Object.assign(store, { get, all });
    }
    expect(asked).toEqual([]);
  });
});
