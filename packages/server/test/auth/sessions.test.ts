import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Auth } from '../../src/auth/index.ts';
import { hashToken } from '../../src/auth/session-tokens.ts';
import type { SessionKind } from '../../src/auth/sessions.ts';
import { type Accounts, DATABASES, ORIGIN, openAccounts } from './accounts-database.ts';

const REFUSED = { code: 'INVALID_CREDENTIALS' };
const settled = (outcomes: PromiseSettledResult<{ plain: string }>[]) => ({
  given: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.plain] : [])),
  refused: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : [])),
});

describe.each(DATABASES)('sessions on %s', (database) => {
  let accounts: Accounts;
  let user: string;
  beforeAll(async () => {
    accounts = await openAccounts(database);
    user = await accounts.addUser();
  });
  afterAll(() => accounts.remove());

  const open = (kind: SessionKind, of = user) =>
    accounts.store.transaction((tx) => accounts.auth.sessions.open(tx, kind, of, ORIGIN));
  const rowsOf = (of = user) => accounts.sql('SELECT * FROM directus_sessions WHERE "user" = ?', of);
  const parallel = (auths: readonly Auth[], kind: SessionKind, plain: string, times: number) =>
    Promise.allSettled(
      Array.from({ length: times }, (_, i) => (auths[i % auths.length] as Auth).sessions.rotate(kind, plain)),
    ).then(settled);

  it('stores hashes only', async () => {
    const owner = await accounts.addUser();
    const plain = await open('refresh', owner);
    const [row] = await rowsOf(owner);
    expect(row).toMatchObject({ token: hashToken(plain), next_token: null, ip: '127.0.0.1', user_agent: 'tests' });
    expect(JSON.stringify(row)).not.toContain(plain);
  });

  it('spends a refresh token once, in one of 200 parallel callers on two nodes, and leaves one row', async () => {
    const owner = await accounts.addUser();
    const plain = await open('refresh', owner);
    const { given, refused } = await parallel([accounts.auth, accounts.node()], 'refresh', plain, 200);
    expect(given).toHaveLength(1);
    expect(refused).toHaveLength(199);
    for (const reason of refused) expect(reason).toMatchObject(REFUSED);
    expect(await rowsOf(owner)).toMatchObject([{ token: hashToken(given[0] as string) }]);
    await expect(accounts.auth.sessions.rotate('refresh', given[0] as string)).resolves.toMatchObject({ user: owner });
  });

  it('gives 200 parallel callers with a session token the same successor', async () => {
    const owner = await accounts.addUser();
    const plain = await open('session', owner);
    const { given, refused } = await parallel([accounts.auth, accounts.node()], 'session', plain, 200);
    expect(refused).toEqual([]);
    expect(new Set(given).size).toBe(1);
    const rows = await rowsOf(owner);
    expect(rows.filter((row) => row.next_token === null)).toMatchObject([{ token: hashToken(given[0] as string) }]);
    expect(rows).toHaveLength(2);
  });

  it('gives refresh tokens the same grace with REFRESH_TOKEN_GRACE_PERIOD', async () => {
    const owner = await accounts.addUser();
    const patient = accounts.node({ refreshTokenGracePeriodMs: 5000 });
    const plain = await open('refresh', owner);
    const { given } = await parallel([patient], 'refresh', plain, 50);
    expect(given).toHaveLength(50);
    expect(new Set(given).size).toBe(1);
    accounts.clock.pass(5001);
    await expect(patient.sessions.rotate('refresh', plain)).rejects.toMatchObject(REFUSED);
    await expect(patient.sessions.rotate('refresh', given[0] as string)).resolves.toBeDefined();
  });

  it('ends a spent session token with its grace period, and at once without one', async () => {
    const plain = await open('session');
    const { sessions } = accounts.auth;
    const next = await sessions.rotate('session', plain);
    const token = { plain, hash: hashToken(plain) };
    accounts.clock.pass(9_999);
    expect(await sessions.find(token)).toMatchObject({ user });
    expect((await sessions.rotate('session', plain)).plain).toBe(next.plain);
    accounts.clock.pass(1);
    expect(await sessions.find(token)).toBeNull();
    await expect(sessions.rotate('session', plain)).rejects.toMatchObject(REFUSED);

    const strict = accounts.node({ sessionRefreshGracePeriodMs: 0 });
    const short = await open('session');
    await strict.sessions.rotate('session', short);
    expect(await strict.sessions.find({ plain: short, hash: hashToken(short) })).toBeNull();
    await expect(strict.sessions.rotate('session', short)).rejects.toMatchObject(REFUSED);
  });

  it('follows a token that was rotated more than once within its grace period to the newest', async () => {
    const first = await open('session');
    const { sessions } = accounts.auth;
    const second = await sessions.rotate('session', first);
    const third = await sessions.rotate('session', second.plain);
    expect((await sessions.rotate('session', first)).plain).toBe(third.plain);
  });

  it('takes a spent refresh token that comes back soon for haste, and late for theft', async () => {
    const { sessions } = accounts.auth;
    const stolen = await open('refresh');
    const second = await sessions.rotate('refresh', stolen);
    accounts.clock.pass(9_000);
    await expect(sessions.rotate('refresh', stolen)).rejects.toMatchObject(REFUSED);
    const third = await sessions.rotate('refresh', second.plain);
    accounts.clock.pass(11_000);
    await expect(sessions.rotate('refresh', stolen)).rejects.toMatchObject(REFUSED);
    await expect(sessions.rotate('refresh', third.plain)).rejects.toMatchObject(REFUSED);
  });

  it('takes the late reuse of a session token for theft too, and ends what it had opened', async () => {
    const { sessions } = accounts.auth;
    const stolen = await open('session');
    const second = await sessions.rotate('session', stolen);
    expect(await sessions.find({ plain: second.plain, hash: hashToken(second.plain) })).not.toBeNull();
    accounts.clock.pass(30_000);
    await expect(sessions.rotate('session', stolen)).rejects.toMatchObject(REFUSED);
    expect(await sessions.find({ plain: second.plain, hash: hashToken(second.plain) })).toBeNull();
  });

  it('lets nobody end a family with an invented token', async () => {
    const plain = await open('refresh');
    const next = await accounts.auth.sessions.rotate('refresh', plain);
    accounts.clock.pass(60_000);
    const forged = next.plain.slice(0, 30) + plain.slice(30);
    await expect(accounts.auth.sessions.rotate('refresh', forged)).rejects.toMatchObject(REFUSED);
    await expect(accounts.auth.sessions.rotate('refresh', next.plain)).resolves.toBeDefined();
  });

  it('keeps the two kinds apart', async () => {
    const { sessions } = accounts.auth;
    const refresh = await open('refresh');
    const session = await open('session');
    await expect(sessions.rotate('session', refresh)).rejects.toMatchObject(REFUSED);
    await expect(sessions.rotate('refresh', session)).rejects.toMatchObject(REFUSED);
    expect(await sessions.find({ plain: refresh, hash: hashToken(refresh) })).toBeNull();
    await sessions.end('session', refresh);
    await expect(sessions.rotate('refresh', refresh)).resolves.toBeDefined();
  });

  it('refuses what is expired, unknown, stored, or of an inactive user', async () => {
    const { sessions } = accounts.auth;
    const old = await open('refresh');
    accounts.clock.pass(604_800_000);
    await expect(sessions.rotate('refresh', old)).rejects.toMatchObject(REFUSED);
    const fresh = await open('refresh');
    for (const bad of ['', 'x', 'y'.repeat(64), hashToken(fresh), 'a\0b', '**********']) {
      await expect(sessions.rotate('refresh', bad)).rejects.toMatchObject(REFUSED);
    }
    const owner = await accounts.addUser();
    const suspended = await open('refresh', owner);
    await accounts.sql("UPDATE directus_users SET status = 'suspended' WHERE id = ?", owner);
    await expect(sessions.rotate('refresh', suspended)).rejects.toMatchObject(REFUSED);
  });

  it('takes a plain token that another server left once, and hashes it', async () => {
    const owner = await accounts.addUser();
    const expires =
      database === 'sqlite' ? accounts.clock.now() + 60_000 : new Date(accounts.clock.now() + 60_000).toISOString();
    const insert = 'INSERT INTO directus_sessions (token, "user", expires) VALUES (?, ?, ?)';
    const [refresh, session] = ['r'.repeat(64), 's'.repeat(64)];
    await accounts.sql(insert, refresh, owner, expires);
    await accounts.sql(insert, session, owner, expires);
    const next = await accounts.auth.sessions.rotate('refresh', refresh);
    await expect(accounts.auth.sessions.rotate('refresh', refresh)).rejects.toMatchObject(REFUSED);
    await expect(accounts.auth.sessions.rotate('refresh', next.plain)).resolves.toMatchObject({ user: owner });
    const found = await accounts.auth.sessions.find({ plain: session, hash: hashToken(session) });
    expect(found).toMatchObject({ user: owner });
    const tokens = (await rowsOf(owner)).map((row) => row.token);
    expect(tokens).toContain(hashToken(session));
    expect(tokens).not.toContain(session);
    // What is stored now opens nothing.
    expect(
      await accounts.auth.sessions.find({ plain: hashToken(session), hash: hashToken(hashToken(session)) }),
    ).toBeNull();
  });

  it('signs out the whole family, from any of its tokens, and nobody else', async () => {
    const { sessions } = accounts.auth;
    const owner = await accounts.addUser();
    const spent = await open('session', owner);
    await sessions.rotate('session', spent);
    const other = await open('session', owner);
    await sessions.end('session', spent);
    expect(await rowsOf(owner)).toMatchObject([{ token: hashToken(other) }]);
    const refresh = await open('refresh', owner);
    const next = await sessions.rotate('refresh', refresh);
    await sessions.end('refresh', refresh);
    await expect(sessions.rotate('refresh', next.plain)).rejects.toMatchObject(REFUSED);
    await sessions.end('refresh', 'unknown'.padEnd(64, 'x'));
  });

  it('ends all sessions of a user but the family of the one that asks', async () => {
    const { sessions } = accounts.auth;
    const owner = await accounts.addUser();
    const asking = await open('session', owner);
    const next = await sessions.rotate('session', asking);
    await open('session', owner);
    await open('refresh', owner);
    await accounts.store.transaction((tx) => sessions.endAllOf(tx, owner, hashToken(asking)));
    const left = (await rowsOf(owner)).map((row) => row.token);
    expect(left.toSorted()).toEqual([hashToken(asking), hashToken(next.plain)].toSorted());
    await accounts.store.transaction((tx) => sessions.endAllOf(tx, owner));
    expect(await rowsOf(owner)).toEqual([]);
  });

  it('purges what has expired and nothing else', async () => {
    const owner = await accounts.addUser();
    await open('session', owner);
    accounts.clock.pass(86_400_000);
    const alive = await open('session', owner);
    while ((await accounts.auth.sessions.purge()) > 0);
    expect(await rowsOf(owner)).toMatchObject([{ token: hashToken(alive) }]);
  });
});
