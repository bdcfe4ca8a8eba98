import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainClient } from '../plain-request.ts';
import { Client, FORBIDDEN, failure } from '../resources/project.ts';
import { type Asking, asAdmin, makePerson, type Person } from '../security/people.ts';
import { DATABASES, discard, type Project, type StartedServer, startProject } from '../started-server.ts';

/** Another program on the same database. */
async function fromOutside({ file, postgresUrl }: Project, statement: string): Promise<void> {
  if (postgresUrl === '') {
    new Sqlite(file).exec(statement).close();
    return;
  }
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

const UNAUTHORIZED = { status: 401, codes: ['INVALID_CREDENTIALS'] };
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1';

interface SignedIn {
  /** Bearer token: of session mode the one of the cookie. */
  readonly token: string;
  readonly refreshToken: string | null;
}

describe.each(DATABASES)('sessions of one’s own on %s', (database) => {
  let server: StartedServer;
  let root: Client;
  let admin: Asking;
  let anna: Person;

  beforeAll(async () => {
    server = await startProject(database);
    root = new Client(server);
    admin = asAdmin(new PlainClient(server.port));
    anna = await makePerson(admin, 'anna', [{ collection: 'directus_users', action: 'read' }]);
  });
  afterAll(() => discard(server));

  const as = (token: string) => new Client(server, token);
  async function signIn(name: string, mode: 'json' | 'session', userAgent = 'tests'): Promise<SignedIn> {
    const answer = await fetch(`${server.url}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': userAgent },
      body: JSON.stringify({ email: `${name}@example.com`, password: `${name}-password-1`, mode }),
    });
    const { data } = (await answer.json()) as { data: { access_token?: string; refresh_token?: string } };
    const cookie = /^directus_session_token=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
    return { token: data.access_token ?? cookie ?? '', refreshToken: data.refresh_token ?? null };
  }
  const refresh = (refresh_token: string | null) =>
    new Client(server, null).post('/auth/refresh', { refresh_token, mode: 'json' });
  const list = async (token: string, user = 'me') => (await as(token).get(`/users/${user}/sessions`)).body.data;
  /** Two access tokens of one user and second are one token: to end one of them, they have to differ. */
  const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1000 - (Date.now() % 1000) + 5));

  it('are listed with device, address and times, and the one that asks is marked', async () => {
    const phone = await signIn('anna', 'session', SAFARI);
    await nextSecond();
    const laptop = await signIn('anna', 'json', FIREFOX);
    for (const { token, type, browser, system } of [
      { token: phone.token, type: 'session', browser: 'Safari', system: 'iPhone' },
      { token: laptop.token, type: 'refresh', browser: 'Firefox', system: 'Linux' },
    ]) {
      const sessions = await list(token);
      expect(sessions).toHaveLength(2);
      const [current, ...others] = sessions.filter((one: { current: boolean }) => one.current);
      expect(others).toEqual([]);
      expect(current).toMatchObject({ type, device: { browser, system }, ip: '127.0.0.1' });
      expect(Math.abs(Date.parse(current.created_at) - Date.now())).toBeLessThan(10_000);
      expect(Date.parse(current.expires)).toBeGreaterThan(Date.now());
    }
    expect((await list(anna.token)).map((one: { current: boolean }) => one.current)).toEqual([false, false]);
    await as(anna.token).delete('/users/me/sessions');
  });

  it('show neither a token nor a hash of one', async () => {
    const { token, refreshToken } = await signIn('anna', 'json');
    const session = await signIn('anna', 'session');
    const plain = JSON.parse(Buffer.from(session.token.split('.')[1] ?? '', 'base64url').toString()).session;
    const { text } = await as(token).get('/users/me/sessions');
    for (const secret of [refreshToken, plain, token, session.token]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(createHash('sha256').update(String(secret)).digest('hex'));
    }
    await as(anna.token).delete('/users/me/sessions');
    expect(await list(anna.token)).toEqual([]);
  });

  it.each(['json', 'session'] as const)('of %s mode end one by one, at once, with all their tokens', async (mode) => {
    const gone = await signIn('anna', mode);
    await nextSecond();
    const stays = await signIn('anna', mode);
    const id = (await list(gone.token)).find((one: { current: boolean }) => one.current).id;
    expect((await as(stays.token).delete(`/users/me/sessions/${id}`)).status).toBe(204);
    expect(failure(await as(gone.token).get('/users/me'))).toEqual(UNAUTHORIZED);
    if (gone.refreshToken) expect((await refresh(gone.refreshToken)).status).toBe(401);
    expect((await as(stays.token).get('/users/me')).status).toBe(200);
    expect(failure(await as(stays.token).delete(`/users/me/sessions/${id}`))).toEqual(FORBIDDEN);
    expect((await as(stays.token).delete('/users/me/sessions')).status).toBe(204);
    expect((await as(stays.token).get('/users/me')).status).toBe(200);
    await as(anna.token).delete('/users/me/sessions');
    expect(failure(await as(stays.token).get('/users/me'))).toEqual(UNAUTHORIZED);
  });

  it('end all but the one that asks', async () => {
    const others = [await signIn('anna', 'json'), await signIn('anna', 'session')];
    await nextSecond();
    const asking = await signIn('anna', 'json');
    expect((await as(asking.token).delete('/users/me/sessions')).status).toBe(204);
    for (const { token } of others) expect(failure(await as(token).get('/users/me'))).toEqual(UNAUTHORIZED);
    for (const { refreshToken } of others) if (refreshToken) expect((await refresh(refreshToken)).status).toBe(401);
    expect(await list(asking.token)).toMatchObject([{ current: true }]);
    expect((await refresh(asking.refreshToken)).status).toBe(200);
    await as(anna.token).delete('/users/me/sessions');
  });

  it('keep their id, and when they began, over refreshes', async () => {
    const first = await signIn('anna', 'json');
    const [before] = await list(first.token);
    const next = await refresh(first.refreshToken);
    const [after] = await list(next.body.data.access_token);
    expect(after).toMatchObject({ id: before.id, created_at: before.created_at, current: true });
    await as(anna.token).delete('/users/me/sessions');
  });

  it('are nobody else’s, but for administrators', async () => {
    const eve = await makePerson(admin, 'eve', [{ collection: 'directus_users', action: 'read' }]);
    const signedIn = await signIn('anna', 'session');
    const [{ id }] = await list(signedIn.token);
    const nobody = '00000000-0000-4000-8000-000000000000';
    for (const user of [anna.id, eve.id, nobody, "'"]) {
      expect(failure(await as(eve.token).get(`/users/${user}/sessions`))).toEqual(FORBIDDEN);
      expect(failure(await as(eve.token).delete(`/users/${user}/sessions`))).toEqual(FORBIDDEN);
      expect(failure(await as(eve.token).delete(`/users/${user}/sessions/${id}`))).toEqual(FORBIDDEN);
    }
    for (const guess of [id, '0'.repeat(32), '%00', 'x'.repeat(400)]) {
      expect(failure(await as(eve.token).delete(`/users/me/sessions/${guess}`))).toEqual(FORBIDDEN);
    }
    expect(failure(await new Client(server, null).get('/users/me/sessions'))).toEqual(UNAUTHORIZED);
    expect((await as(signedIn.token).get('/users/me')).status).toBe(200);
    expect(await list('admin-static-token-0123456789', anna.id)).toMatchObject([{ id, current: false }]);
    expect((await root.delete(`/users/${anna.id}/sessions/${id}`)).status).toBe(204);
    expect(failure(await as(signedIn.token).get('/users/me'))).toEqual(UNAUTHORIZED);
  });

  it.each([
    ['suspended', { status: 'suspended' }, 401],
    ['archived', { status: 'archived' }, 401],
    ['given another password', { password: 'another-password' }, 401],
    ['given another role', { role: null }, 200],
  ])('of a user who is %s are as good as that at once', async (name, change, status) => {
    const person = await makePerson(admin, name.replaceAll(' ', '-'), [
      { collection: 'directus_roles', action: 'read' },
      { collection: 'directus_users', action: 'read' },
    ]);
    const login = name.replaceAll(' ', '-');
    const tokens = [await signIn(login, 'json'), await signIn(login, 'session')];
    for (const { token } of tokens) expect((await as(token).get('/roles')).body.data).not.toHaveLength(0);
    await root.patch(`/users/${person.id}`, change);
    for (const { token } of tokens) {
      expect((await as(token).get('/users/me')).status).toBe(status);
      expect((await as(token).get('/roles')).status).toBe(status === 200 ? 403 : 401);
    }
    for (const { refreshToken } of tokens) {
      if (refreshToken) expect((await refresh(refreshToken)).status).toBe(status);
    }
    await root.patch(`/users/${person.id}`, { status: 'active' });
    for (const { token } of tokens) expect((await as(token).get('/users/me')).status).toBe(status);
  });

  it('do not open an account that was made anew under the id of a deleted one', async () => {
    const person = await makePerson(admin, 'gone', [{ collection: 'directus_users', action: 'read' }]);
    const { token } = await signIn('gone', 'json');
    await root.delete(`/users/${person.id}`);
    const again = await root.post('/users', { id: person.id, email: 'again@example.com' });
    expect(again.body.data.id).toBe(person.id);
    expect(failure(await as(token).get('/users/me'))).toEqual(UNAUTHORIZED);
  });

  it('do not open an account that takes the id of one that another program deleted', async () => {
    const person = await makePerson(admin, 'lost', [{ collection: 'directus_users', action: 'read' }]);
    const { token } = await signIn('lost', 'json');
    expect((await as(token).get('/users/me')).status).toBe(200);
    await fromOutside(server.project, `delete from directus_users where id = '${person.id}'`);
    await root.post('/users', { id: person.id, email: 'found@example.com' });
    expect(failure(await as(token).get('/users/me'))).toEqual(UNAUTHORIZED);
  });

  it('end with another password but for the one that gives it', async () => {
    await makePerson(admin, 'dora', [
      { collection: 'directus_users', action: 'read' },
      { collection: 'directus_users', action: 'update', permissions: { id: { _eq: '$CURRENT_USER' } } },
    ]);
    const other = await signIn('dora', 'json');
    await nextSecond();
    const asking = await signIn('dora', 'json');
    expect((await as(asking.token).patch('/users/me', { password: 'another-password' })).status).toBe(200);
    expect(failure(await as(other.token).get('/users/me'))).toEqual(UNAUTHORIZED);
    expect((await as(asking.token).get('/users/me')).status).toBe(200);
    for (const { refreshToken } of [other, asking]) expect((await refresh(refreshToken)).status).toBe(401);
  });
});
