import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Auth, Passwords } from '../../src/auth/index.ts';
import { hashToken } from '../../src/auth/session-tokens.ts';
import { bindMoment } from '../../src/auth/statements.ts';
import { type Accounts, DATABASES, ORIGIN, openAccounts, SETTINGS } from '../auth/accounts-database.ts';

const REFUSED = { code: 'INVALID_CREDENTIALS' };
const DAY_MS = 86_400_000;

/** Visits to shares on two nodes over one database, with a clock that is told what time it is. */
describe.each(DATABASES)('sessions of shares on %s', (database) => {
  let accounts: Accounts;
  let author: string;

  beforeAll(async () => {
    accounts = await openAccounts(database);
    author = await accounts.addUser();
    await accounts.sql("INSERT INTO directus_collections (collection) VALUES ('posts')");
  });
  afterAll(() => accounts.remove());

  async function makeShare(
    columns: { max_uses?: number; endsInMs?: number; times_used?: number } = {},
  ): Promise<string> {
    const id = randomUUID();
    const { max_uses = null, times_used = 0, endsInMs } = columns;
    const ends = endsInMs === undefined ? null : bindMoment(accounts.store.dialect, accounts.clock.now() + endsInMs);
    await accounts.sql(
      `INSERT INTO directus_shares (id, collection, item, user_created, max_uses, times_used, date_end)
       VALUES (?, 'posts', '1', ?, ?, ?, ?)`,
      id,
      author,
      max_uses,
      times_used,
      ends,
    );
    return id;
  }
  const enter = (share: string, mode: 'json' | 'session' = 'json', auth: Auth = accounts.auth) =>
    auth.shares.login({ share, password: null, mode }, ORIGIN);
  const identify = (token: string, auth: Auth = accounts.auth) =>
    auth.identify({ kind: 'token', token, from: 'header' }, ORIGIN);
  const count = async (share: string) =>
    Number((await accounts.sql('SELECT count(*) AS n FROM directus_sessions WHERE share = ?', share))[0]?.n);

  it('counts as many of 200 parallel uses on two nodes as there may be', async () => {
    const share = await makeShare({ max_uses: 7 });
    const nodes = [accounts.auth, accounts.node()];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) => enter(share, 'json', nodes[i % 2] as Auth)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(REFUSED);
    expect(await count(share)).toBe(7);
    const [row] = await accounts.sql('SELECT times_used FROM directus_shares WHERE id = ?', share);
    expect(Number(row?.times_used)).toBe(7);
  });

  it('takes no password that was changed while it was verified', async () => {
    const share = await makeShare();
    // Takes long enough to verify for the change to come in between.
    const slow = new Passwords({ ...SETTINGS, hashMemoryCostKib: 65_536, hashTimeCost: 6 });
    const change = 'UPDATE directus_shares SET password = ? WHERE id = ?';
    await accounts.sql(change, await slow.hash('first'), share);
    const other = await slow.hash('second');
    const entering = accounts.auth.shares.login({ share, password: 'first', mode: 'json' }, ORIGIN);
    await accounts.sql(change, other, share);
    await expect(entering).rejects.toMatchObject(REFUSED);
    expect(await count(share)).toBe(0);
  });

  it('stores hashes only', async () => {
    const share = await makeShare();
    const { refreshToken } = await enter(share);
    const [row] = await accounts.sql('SELECT * FROM directus_sessions WHERE share = ?', share);
    expect(row).toMatchObject({ token: hashToken(refreshToken as string), user: null, ip: '127.0.0.1' });
    expect(JSON.stringify(row)).not.toContain(refreshToken);
  });

  it('gives parallel callers with a session token the same successor for a moment, then ends the visit', async () => {
    const share = await makeShare();
    const { accessToken } = await enter(share, 'session');
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => accounts.auth.refresh('session', accessToken, ORIGIN)),
    );
    expect(new Set(outcomes.map((grant) => grant.accessToken)).size).toBe(1);
    expect(await identify(accessToken)).toMatchObject({ kind: 'share', share, author: { user: author } });
    accounts.clock.pass(60_000);
    await expect(accounts.auth.refresh('session', accessToken, ORIGIN)).rejects.toMatchObject(REFUSED);
    expect(await count(share)).toBe(0);
    await expect(identify(outcomes[0]?.accessToken as string)).rejects.toMatchObject(REFUSED);
  });

  it('ends the visit when a spent refresh token comes back late', async () => {
    const share = await makeShare();
    const [first, bystander] = [await enter(share), await enter(share)];
    const second = await accounts.auth.refresh('json', first.refreshToken as string, ORIGIN);
    accounts.clock.pass(60_000);
    await expect(accounts.auth.refresh('json', first.refreshToken as string, ORIGIN)).rejects.toMatchObject(REFUSED);
    await expect(accounts.auth.refresh('json', second.refreshToken as string, ORIGIN)).rejects.toMatchObject(REFUSED);
    await expect(accounts.auth.refresh('json', bystander.refreshToken as string, ORIGIN)).resolves.toBeDefined();
  });

  it('is nothing to the sessions of users, and they are nothing to it', async () => {
    const share = await makeShare();
    const { refreshToken } = await enter(share);
    await expect(accounts.auth.sessions.rotate('refresh', refreshToken as string, ORIGIN)).rejects.toMatchObject(
      REFUSED,
    );
    expect(await count(share)).toBe(1);
    const own = await accounts.store.transaction((tx) => accounts.auth.sessions.open(tx, 'refresh', author, ORIGIN));
    await expect(accounts.auth.shares.refresh('json', own)).rejects.toMatchObject(REFUSED);
    await expect(accounts.auth.refresh('json', own, ORIGIN)).resolves.toBeDefined();
  });

  it('ends to the millisecond when the share does, on every node', async () => {
    const share = await makeShare({ endsInMs: 30_500 });
    const { accessToken, refreshToken, expires } = await enter(share);
    expect(expires).toBe(30_500);
    const node = accounts.node();
    accounts.clock.pass(29_000);
    expect(await identify(accessToken, node)).toMatchObject({ share });
    accounts.clock.pass(1_500);
    await expect(identify(accessToken, node)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    await expect(node.refresh('json', refreshToken as string, ORIGIN)).rejects.toMatchObject(REFUSED);
    await expect(enter(share)).rejects.toMatchObject(REFUSED);
  });

  it('expires', async () => {
    const { refreshToken } = await enter(await makeShare());
    accounts.clock.pass(7 * DAY_MS);
    await expect(accounts.auth.refresh('json', refreshToken as string, ORIGIN)).rejects.toMatchObject(REFUSED);
  });

  it('keeps ten thousand visits of one share', async () => {
    const share = await makeShare({ times_used: 99 });
    const bystander = await makeShare();
    await enter(bystander);
    const oldest = bindMoment(accounts.store.dialect, accounts.clock.now() + 1000);
    const uuid = database === 'postgres' ? 'CAST(? AS uuid)' : '?';
    const moment = database === 'postgres' ? 'CAST(? AS timestamptz)' : '?';
    await accounts.sql(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10500)
       INSERT INTO directus_sessions (token, share, expires, limen_kind, limen_family)
       SELECT 'visit-' || i, ${uuid}, ${moment}, 'refresh', 'f' || i FROM n`,
      share,
      oldest,
    );
    const { accessToken } = await enter(share);
    expect(await count(share)).toBe(10_001);
    expect(await identify(accessToken)).toMatchObject({ share });
    expect(await count(bystander)).toBe(1);
  });
});
