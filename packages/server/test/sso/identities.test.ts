import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, failure, INVALID_PAYLOAD } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { Browser } from './browser.ts';
import { HostileProvider } from './hostile-provider.ts';
import { CLIENT_PAGE, login, openIdSettings, outcomeOf, person } from './logins.ts';

const PASSWORD = 'a-long-password';
const REFUSED = { status: 401, codes: ['INVALID_CREDENTIALS'] };
let people = 0;

describe.each(DATABASES)('several identities of one account, on %s', (database) => {
  let server: StartedServer;
  let club: HostileProvider;
  let guild: HostileProvider;

  beforeAll(async () => {
    [club, guild] = [await new HostileProvider().start(), await new HostileProvider().start()];
    server = await startProject(database, {
      AUTH_PROVIDERS: 'club,guild',
      ...openIdSettings('club', club.url),
      ...openIdSettings('guild', guild.url, { SYNC_USER_INFO: 'true' }),
    });
  }, 40_000);

  afterAll(async () => {
    club.stop();
    guild.stop();
    await discard(server);
  });

  it('a password, then two providers: whichever way, the same account, which says what it said before', async () => {
    const { id, client, email } = await localUser();
    expect((await client.get('/users/me/identities')).body.data).toEqual([]);
    person(club, `c-${id}`, { email: 'other@club.example.com', given_name: 'Clubbed' });
    person(guild, `g-${id}`, { email: 'other@guild.example.com', given_name: 'Guilded' });
    expect(await link(client, 'club', { password: PASSWORD })).toMatchObject({ reason: null, location: CLIENT_PAGE });
    expect(await link(client, 'guild', { password: PASSWORD })).toMatchObject({ reason: null });
    expect((await client.get('/users/me/identities')).body.data).toMatchObject([
      { provider: 'club', identifier: `c-${id}` },
      { provider: 'guild', identifier: `g-${id}` },
    ]);
    for (const name of ['club', 'guild']) expect(await whoArrives(name)).toBe(id);
    const { body } = await new Client(server).get(`/users/${id}?fields=email,first_name,provider,external_identifier`);
    expect(body.data).toEqual({ email, first_name: null, provider: 'default', external_identifier: null });
    expect((await signIn(email)).status).toBe(200);
  });

  it('nobody links without proving who they are', async () => {
    const { client, id } = await localUser();
    expect(failure(await client.post('/users/me/identities', { provider: 'club' }))).toEqual(INVALID_PAYLOAD);
    const wrong = { provider: 'club', password: 'another-password' };
    expect(failure(await client.post('/users/me/identities', wrong))).toEqual(REFUSED);
    const anonymous = new Client(server, null);
    expect(failure(await anonymous.post('/users/me/identities', { ...wrong, password: PASSWORD }))).toEqual(REFUSED);
    const token = (await client.post('/users/me/tokens', { name: 'ci', password: PASSWORD })).body?.data?.token;
    if (token) {
      const delegated = await new Client(server, token).post('/users/me/identities', {
        provider: 'club',
        password: PASSWORD,
      });
      expect(delegated.status).toBe(403);
    }
    for (const body of [
      { provider: 'none' },
      { provider: ['club'] },
      {},
      { provider: 'club', redirect: '//evil.example' },
    ]) {
      const answer = await client.post('/users/me/identities', { password: PASSWORD, ...body });
      expect(failure(answer)).toEqual(INVALID_PAYLOAD);
    }
    expect((await client.get('/users/me/identities')).body.data, id).toEqual([]);
  });

  it("somebody else's identity is not taken, whether it is their only one or a linked one", async () => {
    const [first, second] = [await localUser(), await localUser()];
    person(club, `own-${first.id}`, { email: undefined });
    expect((await login(server, 'club')).signedIn).toBe(true);
    expect((await link(second.client, 'club', { password: PASSWORD })).reason).toBe('INVALID_PROVIDER');
    person(guild, `linked-${first.id}`);
    await link(first.client, 'guild', { password: PASSWORD });
    expect((await link(second.client, 'guild', { password: PASSWORD })).reason).toBe('INVALID_PROVIDER');
    expect((await second.client.get('/users/me/identities')).body.data).toEqual([]);
    expect(await link(first.client, 'guild', { password: PASSWORD })).toMatchObject({ reason: null });
    expect((await first.client.get('/users/me/identities')).body.data).toHaveLength(1);
  });

  it('a link that another browser brings back is nobody’s', async () => {
    const { client } = await localUser();
    const victim = new Browser();
    person(club, 'attacker');
    const { url } = await begin(client, 'club', { password: PASSWORD }, new Browser());
    const back = await victim.get(url);
    const outcome = outcomeOf(server, victim, await victim.get(back.headers.get('location') ?? ''));
    expect(outcome.location).toBe(`${server.url}/admin/login?reason=INVALID_CREDENTIALS`);
    expect((await client.get('/users/me/identities')).body.data).toEqual([]);
  });

  it('who was suspended meanwhile gets none', async () => {
    const { client, id } = await localUser();
    const browser = new Browser();
    person(club, `late-${id}`);
    const { url } = await begin(client, 'club', { password: PASSWORD }, browser);
    await new Client(server).patch(`/users/${id}`, { status: 'suspended' });
    const back = await browser.get(url);
    const outcome = outcomeOf(server, browser, await browser.get(back.headers.get('location') ?? ''));
    expect(outcome.reason).not.toBeNull();
    await new Client(server).patch(`/users/${id}`, { status: 'active' });
    expect((await (await signedIn((await emailOf(id)) ?? '')).get('/users/me/identities')).body.data).toEqual([]);
  });

  it('unlinking ends that way in and the other sessions; other people’s are out of reach', async () => {
    const [{ client, email }, other] = [await localUser(), await localUser()];
    person(club, `gone-${email}`, { email: undefined });
    await link(client, 'club', { password: PASSWORD });
    const [{ id }] = (await client.get('/users/me/identities')).body.data;
    const elsewhere = new Browser();
    await login(server, 'club', elsewhere);
    expect((await me(elsewhere)).status).toBe(200);
    expect((await other.client.delete(`/users/me/identities/${id}`, { password: PASSWORD })).status).toBe(403);
    expect((await client.delete(`/users/me/identities/${id}`, {})).status).toBe(400);
    expect((await client.delete(`/users/me/identities/${id}`, { password: PASSWORD })).status).toBe(204);
    expect((await me(elsewhere)).status).toBe(401);
    expect((await client.get('/users/me/identities')).body.data).toEqual([]);
    person(club, `gone-${email}`, { email });
    expect((await login(server, 'club')).reason).toBe('INVALID_PROVIDER');
  });

  it('an account of a provider keeps its last way in; with another identity that one takes its place', async () => {
    const browser = new Browser();
    const sub = `bare-${++people}`;
    person(club, sub, { email: undefined });
    person(guild, sub.replace('bare', 'second'), { email: undefined });
    await login(server, 'club', browser);
    expect((await remove(browser, 'own')).status).toBe(422);
    const begun = await browser.post(
      `${server.url}/users/me/identities`,
      JSON.stringify({ provider: 'guild', redirect: CLIENT_PAGE }),
      JSON_TYPE,
    );
    const { url } = ((await begun.json()) as { data: { url: string } }).data;
    const answer = await browser.follow(url, ({ host }) => host === 'client.example');
    expect(answer.headers.get('location')).toBe(CLIENT_PAGE);
    expect((await remove(browser, 'own')).status).toBe(204);
    const id = await whoArrives('guild');
    const { body } = await new Client(server).get(`/users/${id}?fields=provider,external_identifier`);
    expect(body.data).toEqual({ provider: 'guild', external_identifier: sub.replace('bare', 'second') });
    expect((await remove(browser, 'own')).status).toBe(422);
    expect(await whoArrives('club')).not.toBe(id);
  });

  it('of two that unlink the last two at once, one keeps its own', async () => {
    const browser = new Browser();
    const sub = `race-${++people}`;
    person(club, sub, { email: undefined });
    person(guild, `${sub}-g`, { email: undefined });
    await login(server, 'club', browser);
    const begun = await browser.post(
      `${server.url}/users/me/identities`,
      JSON.stringify({ provider: 'guild', redirect: CLIENT_PAGE }),
      JSON_TYPE,
    );
    const { url } = ((await begun.json()) as { data: { url: string } }).data;
    await browser.follow(url, ({ host }) => host === 'client.example');
    const linked = (await (await browser.get(`${server.url}/users/me/identities`)).json()) as {
      data: { id: string }[];
    };
    const statuses = await Promise.all(linked.data.map(async ({ id }) => (await remove(browser, id)).status));
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    const left = (await (await browser.get(`${server.url}/users/me/identities`)).json()) as { data: unknown[] };
    expect(left.data).toHaveLength(1);
  });

  it('an unverified or a verified address of somebody with a password opens nothing', async () => {
    for (const email_verified of [true, false, undefined]) {
      const { id, email } = await localUser();
      person(club, `hijack-${id}`, { email: email.toUpperCase(), email_verified });
      expect((await login(server, 'club')).reason).toBe('INVALID_PROVIDER');
      const { body } = await new Client(server).get(`/users/${id}?fields=provider,external_identifier`);
      expect(body.data).toEqual({ provider: 'default', external_identifier: null });
    }
  });

  const JSON_TYPE = { 'content-type': 'application/json' };

  async function localUser() {
    const email = `local${++people}-${server.port}@example.com`;
    const made = await new Client(server).post('/users', { email, password: PASSWORD });
    return { id: made.body.data.id as string, email, client: await signedIn(email) };
  }

  const signIn = (email: string) => new Client(server, null).post('/auth/login', { email, password: PASSWORD });

  const signedIn = async (email: string) => new Client(server, (await signIn(email)).body.data.access_token);

  const emailOf = async (id: string) =>
    (await new Client(server).get(`/users/${id}?fields=email`)).body.data.email as string;

  const me = (browser: Browser) => browser.get(`${server.url}/users/me?fields=id`);

  async function whoArrives(name: string): Promise<string> {
    const browser = new Browser();
    expect((await login(server, name, browser)).signedIn).toBe(true);
    return ((await (await me(browser)).json()) as { data: { id: string } }).data.id;
  }

  /** Begins with a token and goes on in a browser, as an app with a page of its own does. */
  async function begin(client: Client, provider: string, proof: object, browser: Browser): Promise<{ url: string }> {
    const answer = await client.post('/users/me/identities', { provider, redirect: CLIENT_PAGE, ...proof });
    expect(answer.status, answer.text).toBe(200);
    browser.take(server.url, answer.headers.getSetCookie());
    return answer.body.data;
  }

  async function link(client: Client, provider: string, proof: object) {
    const browser = new Browser();
    const { url } = await begin(client, provider, proof, browser);
    return outcomeOf(server, browser, await browser.follow(url, ({ host }) => host === 'client.example'));
  }

  const remove = (browser: Browser, id: string) =>
    browser.send(`${server.url}/users/me/identities/${id}`, { method: 'DELETE' });
});
