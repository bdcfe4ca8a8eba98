import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Identities } from '../../src/auth/identities.ts';
import { type Credential, NO_CREDENTIAL, storedStaticToken } from '../../src/auth/index.ts';
import { SessionTokens } from '../../src/auth/session-tokens.ts';
import { Sessions } from '../../src/auth/sessions.ts';
import { StaticTokens } from '../../src/auth/static-tokens.ts';
import type { AnnouncementListener, SqlValue, Store } from '../../src/store/types.ts';
import { type Accounts, DATABASES, ORIGIN, openAccounts, SETTINGS } from './accounts-database.ts';

const from = (token: string): Credential => ({ kind: 'token', token, from: 'header' });
const REFUSED = { code: 'INVALID_CREDENTIALS', status: 401 };

describe.each(DATABASES)('identifying on %s', (database) => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await openAccounts(database);
  });
  afterAll(() => accounts.remove());

  const identify = (token: string) => accounts.auth.identify(from(token), ORIGIN);
  async function signIn(mode: 'json' | 'session') {
    const email = `${randomUUID()}@example.com`;
    const id = await accounts.addUser({ email, password: 'a-password' });
    const login = { email, password: 'a-password', mode, otp: null };
    return { id, email, grant: await accounts.auth.passwordLogin.login('default', login, ORIGIN) };
  }
  /** A write as the rest of the server makes it: announced with the commit. */
  const change = (user: string, text: string, ...params: string[]) =>
    accounts.store.transaction(async (tx) => {
      let n = 0;
      await tx.run(
        text.replace(/\?/g, () => accounts.store.placeholder(++n)),
        [...params, user],
      );
      tx.announce('users', user);
    });

  it('takes nobody for the public but those without a credential', async () => {
    expect(await accounts.auth.identify(NO_CREDENTIAL, ORIGIN)).toEqual({ kind: 'anonymous', ...ORIGIN });
    for (const bad of ['', 'x', '**********', 'a\0b', 'null', 'sha256$', '__proto__']) {
      await expect(identify(bad)).rejects.toMatchObject(REFUSED);
    }
  });

  it('knows a user by access token, session token and static token', async () => {
    const json = await signIn('json');
    const session = await signIn('session');
    await accounts.sql('UPDATE directus_users SET token = ? WHERE id = ?', storedStaticToken('my-own'), json.id);
    expect(await identify(json.grant.accessToken)).toEqual({
      kind: 'user',
      user: json.id,
      role: null,
      session: null,
      proof: 'session',
      issued: Math.floor(accounts.clock.now() / 1000),
      ...ORIGIN,
    });
    expect(await identify(session.grant.accessToken)).toMatchObject({
      user: session.id,
      session: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await identify('my-own')).toMatchObject({ user: json.id, session: null });
    await expect(identify('MY-OWN')).rejects.toMatchObject(REFUSED);
    await expect(identify('my-ow')).rejects.toMatchObject(REFUSED);
    await expect(identify(storedStaticToken('my-own'))).rejects.toMatchObject(REFUSED);
    await expect(identify(json.grant.refreshToken as string)).rejects.toMatchObject(REFUSED);
  });

  it('hashes a plain static token that another server left, on first use', async () => {
    const id = await accounts.addUser();
    await accounts.sql('UPDATE directus_users SET token = ? WHERE id = ?', 'from-elsewhere', id);
    expect(await identify('from-elsewhere')).toMatchObject({ user: id });
    expect(await accounts.sql('SELECT token FROM directus_users WHERE id = ?', id)).toEqual([
      { token: storedStaticToken('from-elsewhere') },
    ]);
    expect(await identify('from-elsewhere')).toMatchObject({ user: id });
  });

  it('sees a changed role at once', async () => {
    const { id, grant } = await signIn('json');
    const role = randomUUID();
    await accounts.sql('INSERT INTO directus_roles (id, name) VALUES (?, ?)', role, 'Reader');
    expect(await identify(grant.accessToken)).toMatchObject({ role: null });
    await change(id, 'UPDATE directus_users SET role = ? WHERE id = ?', role);
    expect(await identify(grant.accessToken)).toMatchObject({ role });
  });

  it.each(['suspended', 'draft', 'on-holiday'])('refuses every token of a user who is %s, at once', async (status) => {
    const { id, grant } = await signIn('json');
    const token = `static-${id}`;
    await change(id, 'UPDATE directus_users SET token = ? WHERE id = ?', storedStaticToken(token));
    await identify(token);
    await identify(grant.accessToken);
    await change(id, 'UPDATE directus_users SET status = ? WHERE id = ?', status);
    await expect(identify(token)).rejects.toMatchObject(REFUSED);
    await expect(identify(grant.accessToken)).rejects.toMatchObject(REFUSED);
    await change(id, 'UPDATE directus_users SET status = ? WHERE id = ?', 'active');
    expect(await identify(token)).toMatchObject({ user: id });
  });

  it('forgets a replaced static token and a deleted user at once', async () => {
    const id = await accounts.addUser({ token: 'first' });
    await identify('first');
    await change(id, 'UPDATE directus_users SET token = ? WHERE id = ?', storedStaticToken('second'));
    await expect(identify('first')).rejects.toMatchObject(REFUSED);
    expect(await identify('second')).toMatchObject({ user: id });
    await change(id, 'DELETE FROM directus_users WHERE id = ?');
    await expect(identify('second')).rejects.toMatchObject(REFUSED);
  });

  it('refuses a session token after a logout, and an access token without a session where the settings say so', async () => {
    const session = await signIn('session');
    const json = await signIn('json');
    await identify(session.grant.accessToken);
    await accounts.auth.logout('session', session.grant.accessToken);
    await accounts.auth.logout('json', json.grant.refreshToken as string);
    await expect(identify(session.grant.accessToken)).rejects.toMatchObject(REFUSED);
    expect(await identify(json.grant.accessToken)).toMatchObject({ user: json.id });
    const strict = accounts.node({ accessTokenEndsAtLogout: true });
    const again = await signIn('json');
    await strict.logout('json', again.grant.refreshToken as string);
    await expect(identify(again.grant.accessToken)).rejects.toMatchObject(REFUSED);
  });

  it('hears of what another node did', async () => {
    const { id, grant } = await signIn('session');
    const other = accounts.node();
    expect(await other.identify(from(grant.accessToken), ORIGIN)).toMatchObject({ user: id });
    await accounts.store.transaction((tx) => accounts.auth.sessions.endAllOf(tx, id));
    await expect(other.identify(from(grant.accessToken), ORIGIN)).rejects.toMatchObject(REFUSED);
  });

  it('remembers a rotated session token no longer than its grace period', async () => {
    const { grant } = await signIn('session');
    await identify(grant.accessToken);
    const next = await accounts.auth.refresh('session', grant.accessToken, ORIGIN);
    accounts.clock.pass(9_000);
    expect(await identify(grant.accessToken)).toMatchObject({ kind: 'user' });
    accounts.clock.pass(1_000);
    await expect(identify(grant.accessToken)).rejects.toMatchObject(REFUSED);
    expect(await identify(next.accessToken)).toMatchObject({ kind: 'user' });
  });

  it('never remembers what was read before a change and is no longer so', async () => {
    for (let i = 0; i < 30; i++) {
      const { id, grant } = await signIn('session');
      const node = accounts.node();
      const suspend = () =>
        accounts.store.transaction(async (tx) => {
          const text = `UPDATE directus_users SET status = 'draft' WHERE id = ${accounts.store.placeholder(1)}`;
          await tx.run(text, [id]);
          await accounts.auth.sessions.endAllOf(tx, id);
          tx.announce('users', id);
        });
      const asking = [suspend(), ...Array.from({ length: 8 }, () => node.identify(from(grant.accessToken), ORIGIN))];
      await Promise.allSettled(asking);
      await expect(node.identify(from(grant.accessToken), ORIGIN)).rejects.toMatchObject(REFUSED);
      node.close();
    }
  });

  it('does not remember a row that was read before a change and comes after it', async () => {
    const { store } = accounts;
    const id = await accounts.addUser();
    const [read, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const late: Store = Object.assign(Object.create(store), {
      get: async (text: string, params: SqlValue[]) => {
        const row = await store.get(text, params);
        read.resolve();
        await held.promise;
        return row;
      },
      placeholder: (n: number) => store.placeholder(n),
      onAnnouncement: (listener: AnnouncementListener) => store.onAnnouncement(listener),
    });
    const tokens = new SessionTokens('x');
    const identities = new Identities(
      late,
      new Sessions(store, tokens, SETTINGS, accounts.clock),
      new StaticTokens(store),
    );
    const asked = identities.user(id);
    await read.promise;
    await change(id, 'UPDATE directus_users SET status = ? WHERE id = ?', 'suspended');
    held.resolve();
    expect(await asked).toMatchObject({ id });
    expect(await identities.user(id)).toBeNull();
    identities.close();
  });

  it('forgets a session token that ended with its refresh, without a grace period', async () => {
    const { id, grant } = await signIn('session');
    const strict = accounts.node({ sessionRefreshGracePeriodMs: 0 });
    expect(await strict.identify(from(grant.accessToken), ORIGIN)).toMatchObject({ user: id });
    await strict.refresh('session', grant.accessToken, ORIGIN);
    await expect(strict.identify(from(grant.accessToken), ORIGIN)).rejects.toMatchObject(REFUSED);
  });

  it('does not sign in with the stars, even where another server stored them as a token', async () => {
    const id = await accounts.addUser();
    await accounts.sql('UPDATE directus_users SET token = ? WHERE id = ?', '**********', id);
    await expect(identify('**********')).rejects.toMatchObject(REFUSED);
  });

  it('does not take the session of one user as that of another', async () => {
    const mine = await signIn('session');
    const yours = await signIn('session');
    const { session } = payloadOf(mine.grant.accessToken);
    const forged = { ...payloadOf(yours.grant.accessToken), session };
    const { AccessTokens } = await import('../../src/auth/access-token.ts');
    const tokens = new AccessTokens('a-secret-of-the-tests-that-is-long-enough', accounts.clock);
    await expect(identify(tokens.sign(forged, 60_000))).rejects.toMatchObject(REFUSED);
  });

  it('tells an expired token and a forged one apart', async () => {
    const { grant } = await signIn('json');
    await expect(identify(`${grant.accessToken}x`)).rejects.toMatchObject({ code: 'INVALID_TOKEN', status: 403 });
    accounts.clock.pass(900_000);
    await expect(identify(grant.accessToken)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED', status: 401 });
  });
});

function payloadOf(token: string) {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}
