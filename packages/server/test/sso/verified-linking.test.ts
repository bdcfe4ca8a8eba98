import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PurposeTokens } from '../../src/auth/purpose-tokens.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { Client } from '../resources/project.ts';
import { codeOf } from '../second-factor/codes.ts';
import { DATABASES, discard, SECRET, type StartedServer, startProject } from '../started-server.ts';
import { Browser } from './browser.ts';
import { HostileProvider } from './hostile-provider.ts';
import { login, openIdSettings, person } from './logins.ts';

const PASSWORD = 'a-long-password';
const tokens = new PurposeTokens(SECRET, systemClock);
let people = 0;

describe.each(DATABASES)('somebody new whose address has an account, on %s', (database) => {
  let server: StartedServer;
  let club: HostileProvider;
  let admin: Client;

  beforeAll(async () => {
    club = await new HostileProvider().start();
    server = await startProject(database, {
      AUTH_PROVIDERS: 'club,closed,off,named',
      ...openIdSettings('club', club.url),
      ...openIdSettings('closed', club.url, { ALLOW_PUBLIC_REGISTRATION: 'false' }),
      ...openIdSettings('off', club.url, { LINK_VERIFIED_EMAIL: 'false' }),
      ...openIdSettings('named', club.url, { EMAIL_KEY: 'upn' }),
    });
    admin = new Client(server);
  }, 40_000);

  afterAll(async () => {
    club.stop();
    await discard(server);
  });

  it('gets into it when both sides have verified the address, and the activity says so', async () => {
    const { id, email } = await registered();
    person(club, `new-${id}`, { email: email.toUpperCase() });
    const browser = new Browser();
    expect((await login(server, 'club', browser)).signedIn).toBe(true);
    expect(await idIn(browser)).toBe(id);
    const { body } = await admin.get(`/activity?filter[item][_eq]=${id}&fields=action,user,user_agent&sort=id`);
    expect(body.data.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['identity-linked']),
    );
    const linked = body.data.find(({ action }: { action: string }) => action === 'identity-linked');
    expect(linked).toMatchObject({ user: id, user_agent: expect.any(String) });
    person(club, `new-${id}`, { email: undefined });
    expect((await login(server, 'club')).signedIn).toBe(true);
    expect((await admin.get(`/users/${id}?fields=email,provider`)).body.data).toEqual({ email, provider: 'default' });
  });

  it('gets into it also where nobody may register', async () => {
    const { id, email } = await registered();
    person(club, `closed-${id}`, { email, email_verified: false });
    expect((await login(server, 'closed')).reason).toBe('INVALID_CREDENTIALS');
    person(club, `closed-${id}`, { email });
    expect((await login(server, 'closed')).signedIn).toBe(true);
  });

  it('by an invitation, once it was accepted', async () => {
    const email = `invited${++people}-${server.port}@example.com`;
    const role = (await admin.post('/roles', { name: email })).body.data.id;
    expect((await admin.post('/users/invite', { email, role })).status).toBe(204);
    await expectRefused('club', email);
    const token = tokens.sign('invite', { email }, 60_000);
    expect((await new Client(server, null).post('/users/invite/accept', { token, password: PASSWORD })).status).toBe(
      204,
    );
    person(club, `sub-of-${email}`, { email });
    expect((await login(server, 'club')).signedIn).toBe(true);
  });

  it.each([
    ['the provider has not verified it', { email_verified: false }],
    ['the provider does not say', { email_verified: undefined }],
  ])('is refused where %s', async (_, claims) => {
    const { email } = await registered();
    await expectRefused('club', email, claims);
  });

  it('is refused where the address was not verified here, or is another one by now', async () => {
    await expectRefused('club', (await local()).email);
    const { id, email } = await registered();
    const moved = `moved-${email}`;
    expect((await admin.patch(`/users/${id}`, { email: moved })).status).toBe(200);
    await expectRefused('club', moved);
  });

  it('is refused where the claim of the address is not the one that was verified, or linking is off', async () => {
    const { email } = await registered();
    await expectRefused('named', email, { email: 'mine@club.example.com', upn: email });
    await expectRefused('off', email);
  });

  it('is refused by an account with a second factor, one that administers, and one that is not active', async () => {
    const guarded = await registered();
    const own = (await admin.post('/policies', { name: guarded.email })).body.data.id;
    await admin.post('/permissions', { policy: own, collection: 'directus_users', action: 'update', fields: ['*'] });
    await admin.post('/access', { user: guarded.id, policy: own });
    const client = await signedIn(guarded.email);
    const { secret } = (await client.post('/users/me/tfa/generate', { password: PASSWORD })).body.data;
    const otp = codeOf(secret, Date.now());
    expect((await client.post('/users/me/tfa/enable', { secret, otp })).status).toBe(204);
    await expectRefused('club', guarded.email);

    const chief = await registered();
    const policy = (await admin.post('/policies', { name: chief.email, admin_access: true })).body.data.id;
    const parent = (await admin.post('/roles', { name: `parent ${chief.email}` })).body.data.id;
    const role = (await admin.post('/roles', { name: chief.email, parent })).body.data.id;
    await admin.patch(`/users/${chief.id}`, { role });
    await admin.post('/access', { role: parent, policy });
    await expectRefused('club', chief.email);

    const gone = await registered();
    await admin.patch(`/users/${gone.id}`, { status: 'suspended' });
    await expectRefused('club', gone.email);
  });

  it('does not come back by the address after the identity was taken away', async () => {
    const { id, email } = await registered();
    person(club, `away-${id}`, { email });
    expect((await login(server, 'club')).signedIn).toBe(true);
    const client = await signedIn(email);
    const [{ id: identity }] = (await client.get('/users/me/identities')).body.data;
    expect((await client.delete(`/users/me/identities/${identity}`, { password: PASSWORD })).status).toBe(204);
    await expectRefused('club', email);
  });

  it('twenty at once are linked once', async () => {
    const { id, email } = await registered();
    person(club, `many-${id}`, { email });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => login(server, 'club')));
    expect(outcomes.every(({ signedIn }) => signedIn)).toBe(true);
    expect((await (await signedIn(email)).get('/users/me/identities')).body.data).toHaveLength(1);
  });

  async function expectRefused(provider: string, email: string, claims: Record<string, unknown> = {}) {
    person(club, `refused-${++people}`, { email, ...claims });
    const outcome = await login(server, provider);
    expect(outcome).toMatchObject({ reason: 'INVALID_PROVIDER', signedIn: false });
  }

  async function local() {
    const email = `local${++people}-${server.port}@example.com`;
    const made = await admin.post('/users', { email, password: PASSWORD, status: 'unverified' });
    await admin.patch(`/users/${made.body.data.id}`, { status: 'active' });
    return { id: made.body.data.id as string, email };
  }

  /** Somebody who followed the link of the mail that confirms an address. */
  async function registered() {
    const made = await local();
    await admin.patch(`/users/${made.id}`, { status: 'unverified' });
    const token = tokens.sign('verify-email', { email: made.email }, 60_000);
    const answer = await fetch(`${server.url}/users/register/verify-email?token=${token}`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    return made;
  }

  async function signedIn(email: string): Promise<Client> {
    const answer = await new Client(server, null).post('/auth/login', { email, password: PASSWORD });
    return new Client(server, answer.body.data.access_token);
  }

  const idIn = async (browser: Browser): Promise<string> =>
    ((await (await browser.get(`${server.url}/users/me?fields=id`)).json()) as { data: { id: string } }).data.id;
});
