import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { limen } from '../cli/command.ts';
import { Client, failure } from '../resources/project.ts';
import { DATABASES, discard, makeProject, type Project, type StartedServer, startServer } from '../started-server.ts';
import { Browser } from './browser.ts';
import { HostileProvider } from './hostile-provider.ts';
import { callbackFor, externalUsers, leavingFor, login, openIdSettings, outcomeOf, person } from './logins.ts';
import { CLIENT_SECRET, heard, OWN_MACHINE, offered, openIdBody } from './project-providers.ts';

const CONCEALED = '**********';
/** Users of another issuer's tokens are of a provider with its name. */
const PARTNER = {
  TOKEN_ISSUERS: 'partner',
  TOKEN_ISSUER_PARTNER_ISSUER: 'https://partner.example',
  TOKEN_ISSUER_PARTNER_JWKS_URL: 'https://partner.example/jwks',
  TOKEN_ISSUER_PARTNER_AUDIENCE: 'here',
};
const ENTRANCES = [
  ['GET', '/providers'],
  ['POST', '/providers'],
  ['POST', '/providers/test'],
  ['GET', '/providers/fixed'],
  ['PATCH', '/providers/fixed'],
  ['DELETE', '/providers/fixed'],
  ['POST', '/providers/fixed/test'],
] as const;

describe.each(DATABASES)('providers that are set up at run time, on %s', (database) => {
  let project: Project;
  let server: StartedServer;
  /** Another node on PostgreSQL; on SQLite there is one. */
  let other: StartedServer;
  let admin: Client;
  let club: HostileProvider;
  let annex: HostileProvider;

  beforeAll(async () => {
    [club, annex] = [await new HostileProvider().start(), await new HostileProvider().start()];
    const settings = { AUTH_PROVIDERS: 'Fixed', ...openIdSettings('Fixed', club.url), ...PARTNER, ...OWN_MACHINE };
    project = await makeProject(database, settings);
    server = await startServer(project);
    other = database === 'postgres' ? await startServer(project, { PUBLIC_URL: server.url }) : server;
    admin = new Client(server);
  }, 60_000);

  afterAll(async () => {
    for (const provider of [club, annex]) provider.stop();
    if (other !== server) await other.kill();
    await discard(server);
  });

  const create = async (name: string, more: Record<string, unknown> = {}, settings: Record<string, unknown> = {}) => {
    const answer = await admin.post('/providers', { ...openIdBody(name, club.url, settings), ...more });
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body.data;
  };

  it('one is there at once, with its secret concealed, and people sign in with it on every node', async () => {
    const made = await create('club', { label: 'The club', icon: 'groups' });
    expect(made).toMatchObject({ name: 'club', source: 'project', read_only: false, state: 'ready', problem: null });
    expect(made.settings).toMatchObject({ client_id: 'client of club', client_secret: CONCEALED });
    const listed = await new Client(server, null).get('/auth');
    expect(listed.body.data).toEqual([
      { name: 'Fixed', driver: 'openid' },
      { name: 'club', driver: 'openid', label: 'The club', icon: 'groups' },
    ]);
    person(club, 'ada');
    expect(await login(server, 'club')).toMatchObject({ reason: null, signedIn: true });
    await heard(
      () => offered(other),
      (names) => expect(names).toContain('club'),
    );
    const left = await new Browser().get(leavingFor(other, 'club'));
    expect(left.headers.get('location')).toContain(`${club.url}/authorize`);
    expect((await externalUsers(server)).map(({ provider }) => provider)).toEqual(['club']);
  });

  it('the list has those of the environment, which are not changed here', async () => {
    const [fixed, ...rest] = (await admin.get('/providers')).body.data;
    expect(fixed).toMatchObject({ name: 'Fixed', source: 'environment', read_only: true, settings: null });
    expect(rest.map(({ name }: { name: string }) => name)).toContain('club');
    for (const send of [admin.patch('/providers/Fixed', { label: 'x' }), admin.delete('/providers/Fixed')]) {
      expect(failure(await send)).toEqual({ status: 422, codes: ['UNPROCESSABLE_CONTENT'] });
    }
    for (const taken of ['fixed', 'partner', 'club']) {
      const shadow = await admin.post('/providers', openIdBody(taken, club.url));
      expect(failure(shadow)).toEqual({ status: 400, codes: ['RECORD_NOT_UNIQUE'] });
    }
  });

  it('nobody but administrators may do anything, and nobody learns what there is', async () => {
    await create('hidden');
    const readers = { collection: '*', action: 'read', permissions: {}, fields: ['*'] };
    const role = await admin.post('/roles', {
      name: 'Readers',
      policies: [{ policy: { name: 'R', permissions: [] } }],
    });
    const token = 'token-of-a-reader-0123456789';
    await admin.post('/users', { email: 'reader@example.com', role: role.body.data.id, token });
    await admin.post('/permissions', {
      ...readers,
      collection: 'directus_activity',
      policy: await policyOf(role.body.data.id),
    });
    const named = (await admin.post('/users/me/tokens', { name: 'script' })).body.data?.token as string;
    expect(named).toBeTypeOf('string');
    for (const asking of [new Client(server, null), new Client(server, token), new Client(server, named)]) {
      for (const [method, path] of ENTRANCES) {
        for (const target of [path, path.replace('fixed', 'hidden'), path.replace('fixed', 'nothing')]) {
          const answer = await send(asking, method, target);
          expect([method, target, failure(answer)]).toEqual([method, target, { status: 403, codes: ['FORBIDDEN'] }]);
        }
      }
    }
    expect(await offered(server)).toContain('hidden');
    expect(failure(await new Client(server).get('/items/limen_providers'))).toMatchObject({ status: 403 });
  });

  it('secrets are nowhere but at the provider, and there is no other way to the row', async () => {
    await create('secretive');
    await admin.patch('/providers/secretive', { label: 'Secretive' });
    const places = ['/providers', '/providers/secretive', '/activity?limit=-1', '/revisions?limit=-1', '/collections'];
    const texts = await Promise.all(places.map(async (path) => (await admin.get(path)).text));
    const system = await admin.post('/graphql/system', { query: '{ __schema { types { name } } }' });
    const specification = await admin.get('/server/specs/oas');
    const snapshot = await admin.get('/schema/snapshot');
    const everything = [...texts, system.text, specification.text, snapshot.text, server.output()].join('\n');
    expect(everything).not.toContain(CLIENT_SECRET);
    expect(system.text).not.toContain('limen_providers');
    const store = await openStore(storeOptions());
    const rows = await store.all('SELECT * FROM limen_providers');
    await store.close();
    expect(JSON.stringify(rows)).not.toContain('client of');
    expect(JSON.stringify(rows)).not.toContain(CLIENT_SECRET);
    if (database === 'sqlite') expect(readFileSync(project.file).includes(CLIENT_SECRET)).toBe(false);
    const { body } = await admin.get(
      '/activity?filter[collection][_eq]=limen_providers&filter[item][_eq]=secretive&sort=id',
    );
    expect(body.data.map(({ action }: { action: string }) => action)).toEqual(['create', 'update']);
  });

  it('a secret that comes back concealed stays, and does not go to another place', async () => {
    await create('moving');
    const kept = await admin.patch('/providers/moving', {
      settings: { client_secret: CONCEALED, scope: 'openid email' },
    });
    expect(kept.body.data.settings).toMatchObject({ scope: 'openid email', client_secret: CONCEALED });
    person(club, 'keeper');
    const asked = club.tokenRequests.length;
    expect(await login(server, 'moving')).toMatchObject({ signedIn: true });
    const [id, secret] = Buffer.from(club.tokenRequests[asked]?.authorization?.slice(6) ?? '', 'base64')
      .toString()
      .split(':');
    expect([id, secret]).toEqual(['client+of+moving', CLIENT_SECRET]);
    for (const settings of [{ issuer_url: annex.url }, { issuer_url: annex.url, client_secret: CONCEALED }]) {
      const refused = await admin.patch('/providers/moving', { settings });
      expect(refused.body.errors[0].extensions).toMatchObject({ code: 'FAILED_VALIDATION', field: 'client_secret' });
      expect(failure(await admin.post('/providers/moving/test', { settings }))).toMatchObject({ status: 400 });
    }
    expect(annex.paths).toEqual([]);
  });

  it('what was learnt of a provider is forgotten when it becomes another one', async () => {
    await create('turning');
    person(club, 'turner');
    expect(await login(server, 'turning')).toMatchObject({ signedIn: true });
    const settings = { issuer_url: annex.url, client_secret: CLIENT_SECRET };
    expect((await admin.patch('/providers/turning', { settings })).status).toBe(200);
    person(annex, 'turner');
    for (const node of [server, other]) {
      await heard(
        () => new Browser().get(leavingFor(node, 'turning')),
        (left) => expect(left.headers.get('location')).toContain(annex.url),
      );
    }
    expect(await login(server, 'turning')).toMatchObject({ reason: null, signedIn: true });
  });

  it('an attempt counts only while the provider stays what it was', async () => {
    await create('fleeting');
    person(club, 'fleeting');
    const [unchanged, changed, gone] = [new Browser(), new Browser(), new Browser()];
    const backs = [
      await callbackFor(server, 'fleeting', unchanged),
      await callbackFor(server, 'fleeting', changed),
      await callbackFor(server, 'fleeting', gone),
    ];
    await admin.patch('/providers/fleeting', { label: 'Another name' });
    expect(outcomeOf(server, unchanged, await unchanged.get(backs[0] ?? ''))).toMatchObject({ signedIn: true });
    await admin.patch('/providers/fleeting', { settings: { scope: 'openid' } });
    const late = outcomeOf(server, changed, await changed.get(backs[1] ?? ''));
    expect(late).toMatchObject({ reason: 'INVALID_CREDENTIALS', signedIn: false });
    await admin.delete('/providers/fleeting?force=true');
    expect((await gone.get(backs[2] ?? '')).status).toBe(404);
    await create('fleeting');
    expect(outcomeOf(server, gone, await gone.get(backs[2] ?? ''))).toMatchObject({ signedIn: false });
  });

  it('somebody who is on the way in while it is disabled or deleted stays outside', async () => {
    for (const end of [
      () => admin.patch('/providers/closing', { enabled: false }),
      () => admin.delete('/providers/closing?force=true'),
    ]) {
      await create('closing');
      person(club, `closing-${Math.random()}`);
      const browser = new Browser();
      const back = await callbackFor(server, 'closing', browser);
      let ended: Promise<unknown> | null = null;
      club.flaws = {
        profile: (claims) => {
          ended = end();
          return claims;
        },
        answer: (path, response) => {
          if (path !== '/userinfo') return false;
          const { end: finish } = response;
          response.end = ((...args: Parameters<typeof finish>) => {
            void ended?.then(() => finish.apply(response, args));
            return response;
          }) as typeof finish;
          return false;
        },
      };
      const outcome = outcomeOf(server, browser, await browser.get(back));
      club.flaws = {};
      expect(outcome).toMatchObject({ reason: 'INVALID_CREDENTIALS', signedIn: false });
      await admin.delete('/providers/closing?force=true');
    }
  });

  it('a code that was not redeemed when it is disabled or deleted is worth nothing', async () => {
    for (const end of [
      () => admin.patch('/providers/coding', { enabled: false }),
      () => admin.delete('/providers/coding?force=true'),
    ]) {
      await create('coding');
      person(club, 'coding');
      const verifier = 'v'.repeat(43);
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const leaving = `${leavingFor(server, 'coding')}&response=code&code_challenge=${challenge}`;
      const codes: string[] = [];
      for (let at = 0; at < 2; at++) {
        const { location } = await login(server, 'coding', new Browser(), leaving);
        codes.push(new URL(location).searchParams.get('code') ?? '');
      }
      const redeem = (code = '') =>
        new Client(server, null).post('/auth/login/handoff', { code, code_verifier: verifier });
      expect((await redeem(codes[0])).status).toBe(200);
      await end();
      expect(failure(await redeem(codes[1]))).toEqual({ status: 401, codes: ['INVALID_CREDENTIALS'] });
      await admin.delete('/providers/coding?force=true');
    }
  });

  it('disabled and deleted ones are gone on every node', async () => {
    await create('leaving');
    await heard(
      () => offered(other),
      (names) => expect(names).toContain('leaving'),
    );
    expect((await admin.patch('/providers/leaving', { enabled: false })).body.data.state).toBe('disabled');
    expect(await offered(server)).not.toContain('leaving');
    await heard(
      () => offered(other),
      (names) => expect(names).not.toContain('leaving'),
    );
    for (const node of [server, other]) expect((await fetch(leavingFor(node, 'leaving'))).status).toBe(404);
    expect((await admin.patch('/providers/leaving', { enabled: true })).body.data.state).toBe('ready');
    expect(await offered(server)).toContain('leaving');
    expect((await admin.delete('/providers/leaving')).status).toBe(204);
    expect(await offered(server)).not.toContain('leaving');
    await heard(
      () => offered(other),
      (names) => expect(names).not.toContain('leaving'),
    );
    expect(failure(await admin.get('/providers/leaving'))).toEqual({ status: 403, codes: ['FORBIDDEN'] });
  });

  it('one that accounts sign in with is deleted only by who says so', async () => {
    await create('needed');
    person(club, 'needing');
    await login(server, 'needed');
    const refused = await admin.delete('/providers/needed');
    expect(failure(refused)).toEqual({ status: 422, codes: ['UNPROCESSABLE_CONTENT'] });
    expect(refused.body.errors[0].message).toContain('One account signs in with "needed"');
    expect(await offered(server)).toContain('needed');
    expect((await admin.delete('/providers/needed?force=true')).status).toBe(204);
  });

  it.each([
    ['name', { name: undefined }],
    ['name', { name: 'default' }],
    ['name', { name: 'handoff' }],
    ['name', { name: 'Upper' }],
    ['name', { name: 'a b' }],
    ['name', { name: 'a/../b' }],
    ['name', { name: 'x'.repeat(65) }],
    ['driver', { driver: 'local' }],
    ['driver', { driver: 'constructor' }],
    ['issuer_url', { settings: { client_id: 'a' } }],
    ['client_id', { settings: { issuer_url: 'https://idp.example' } }],
    ['issuer_url', { settings: { client_id: 'a', issuer_url: 'ftp://idp.example' } }],
    ['issuer_url', { settings: { client_id: 'a', issuer_url: 'https://a:secret@idp.example' } }],
    ['role_mapping', { settings: { client_id: 'a', issuer_url: 'https://idp.example', role_mapping: { a: 'b' } } }],
    [
      'client_secret_file',
      { settings: { client_id: 'a', issuer_url: 'https://i.example', client_secret_file: '/etc/passwd' } },
    ],
    ['client_id_file', { settings: { client_id_file: '/etc/passwd', issuer_url: 'https://i.example' } }],
    [
      'client_tls_options__path',
      { driver: 'ldap', settings: { client_url: 'ldaps://a', user_dn: 'b', client_tls_options__path: '/run/x' } },
    ],
    ['client_secret', { settings: { client_id: 'a', issuer_url: 'https://i.example', client_secret: CONCEALED } }],
    ['constructor', { settings: { client_id: 'a', issuer_url: 'https://i.example', constructor: { x: 1 } } }],
  ])('a wrong one is refused with the name of what is wrong: %s, of %j', async (field, wrong) => {
    const body = { ...openIdBody('wrong', club.url), ...wrong };
    const refused = await admin.post('/providers', body);
    expect(refused.status).toBe(400);
    const found = refused.body.errors.map(({ extensions }: { extensions: { field: string } }) => extensions.field);
    expect(found).toContain(field);
    expect(refused.text).not.toContain(CLIENT_SECRET);
    expect(await offered(server)).not.toContain('wrong');
  });

  it('neither many nor large ones', async () => {
    const large = await admin.post('/providers', openIdBody('large', club.url, { scope: 'x'.repeat(300_000) }));
    expect(failure(large)).toEqual({ status: 400, codes: ['INVALID_PAYLOAD'] });
    const long = await admin.post('/providers', { ...openIdBody('long', club.url), label: 'x'.repeat(256) });
    expect(failure(long)).toEqual({ status: 400, codes: ['INVALID_PAYLOAD'] });
    const { length } = (await admin.get('/providers')).body.data;
    const names = Array.from({ length: 50 - (length - 1) }, (_, i) => `filling-${i}`);
    for (const name of names) await create(name, { enabled: false });
    const surplus = await admin.post('/providers', openIdBody('surplus', club.url));
    expect(failure(surplus)).toEqual({ status: 422, codes: ['UNPROCESSABLE_CONTENT'] });
    for (const name of names) await admin.delete(`/providers/${name}`);
  });

  it('of ten that are made at once with one name, one is', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => admin.post('/providers', openIdBody('once', club.url))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(400)]);
  });

  it('with another SECRET they are shown as unreadable and can be set up anew', async () => {
    await create('sealed', {}, { scope: 'openid email' });
    const later = await startServer(project, { SECRET: 'another-secret-that-is-long-enough-for-anybody' });
    try {
      const client = new Client(later);
      const shown = (await client.get('/providers/sealed')).body.data;
      expect(shown).toMatchObject({ state: 'unreadable', settings: null });
      expect(shown.problem).toContain('another SECRET');
      expect(await offered(later)).toEqual(['Fixed']);
      expect((await fetch(leavingFor(later, 'sealed'))).status).toBe(404);
      const tested = await client.post('/providers/sealed/test', {});
      expect(tested.body.data).toMatchObject({ ok: false, steps: [{ name: 'settings', setting: 'SECRET' }] });
      const half = await client.patch('/providers/sealed', { settings: { client_secret: CONCEALED } });
      expect(failure(half)).toMatchObject({ status: 400 });
      const { settings } = openIdBody('sealed', club.url);
      expect((await client.patch('/providers/sealed', { settings })).body.data).toMatchObject({ state: 'ready' });
      expect(await offered(later)).toContain('sealed');
    } finally {
      await later.kill();
    }
  });

  it('the commands know them', async () => {
    await create('spoken');
    const place = { ...project, settings: { ...project.settings, PUBLIC_URL: server.url } };
    const tested = await limen(place, ['sso', 'test', 'spoken']);
    expect(tested.stdout).toContain(`the issuer is ${club.url}`);
    expect(tested.stdout).toContain(`${server.url}/auth/login/spoken/callback`);
    expect([tested.code, tested.stderr]).toEqual([0, '']);
    const claims = JSON.stringify({ sub: '4711', email: 'x@example.com', email_verified: true });
    const explained = await limen(place, ['sso', 'explain', '--provider', 'spoken', '--claims', '-'], claims);
    expect(explained.stdout).toContain('identifier  4711');
    await admin.patch('/providers/spoken', { enabled: false });
    const disabled = await limen(place, ['sso', 'explain', '--provider', 'spoken', '--claims', '-'], claims);
    expect([disabled.code, disabled.stderr]).toEqual([1, expect.stringContaining('is disabled')]);
    const unknown = await limen(place, ['sso', 'test', 'nothing']);
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('there are: Fixed')]);
  });

  const storeOptions = () =>
    database === 'sqlite'
      ? ({ client: 'sqlite', filename: project.file } as const)
      : ({ client: 'pg', connectionString: project.postgresUrl } as const);

  const policyOf = async (role: string): Promise<string> =>
    (await admin.get(`/access?filter[role][_eq]=${role}&fields=policy`)).body.data[0].policy;

  const send = (client: Client, method: string, path: string) => {
    if (method === 'GET') return client.get(path);
    if (method === 'POST') return client.post(path, openIdBody('sneaky', club.url));
    if (method === 'PATCH') return client.patch(path, { enabled: false });
    return client.delete(path);
  };
});
