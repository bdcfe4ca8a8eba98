import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../resources/project.ts';
import { discard, type StartedServer, startProject } from '../started-server.ts';
import { type CertifiedProvider, startCertifiedProvider } from './certified-provider.ts';
import { HostileProvider } from './hostile-provider.ts';
import { CLIENT_PAGE, leavingFor } from './logins.ts';
import { CLIENT_SECRET, faultsOf, OWN_MACHINE, openIdBody } from './project-providers.ts';

const NOWHERE = 'd0000000-0000-4000-8000-00000000000d';

describe('a walk through the setup of a provider', () => {
  let server: StartedServer;
  let certified: CertifiedProvider;
  let club: HostileProvider;
  let admin: Client;

  beforeAll(async () => {
    certified = await startCertifiedProvider();
    club = await new HostileProvider().start();
    server = await startProject('sqlite', OWN_MACHINE);
    admin = new Client(server);
    certified.serve([
      {
        client_id: 'client of whole',
        client_secret: CLIENT_SECRET,
        redirect_uris: [`${server.url}/auth/login/whole/callback`],
      },
    ]);
    expect((await admin.post('/providers', openIdBody('whole', certified.url))).status).toBe(200);
    expect((await admin.post('/providers', openIdBody('club', club.url))).status).toBe(200);
  }, 60_000);

  afterEach(() => {
    club.flaws = {};
  });

  afterAll(async () => {
    certified.stop();
    club.stop();
    await discard(server);
  });

  it('finds nothing wrong where nothing is, and signs nobody in', async () => {
    const { body, text } = await admin.post('/providers/whole/test', {});
    expect(body.data.steps.map(({ name }: { name: string }) => name)).toEqual([
      'discovery',
      'keys',
      'client',
      'redirect_uri',
      'cookies',
    ]);
    expect(body.data.steps).toMatchObject(Array(5).fill({ ok: true, setting: null }));
    expect(body.data.ok).toBe(true);
    expect(text).toContain('the provider knows the client');
    expect(text).toContain(`the provider sends people back to ${server.url}/auth/login/whole/callback`);
    expect(text).not.toContain(CLIENT_SECRET);
  });

  it.each([
    ['client', 'client_secret', { client_secret: 'another' }, 'the id or the secret is wrong'],
    ['client', 'client_secret', { client_id: 'nobody' }, 'the id or the secret is wrong'],
    ['redirect_uri', 'client_id', { client_id: 'nobody' }, '/auth/login/whole/callback there'],
    ['rights', 'default_role_id', { default_role_id: NOWHERE }, `there is no role ${NOWHERE}`],
    ['rights', 'policy_mapping', { policy_mapping: { staff: [NOWHERE] } }, `there is no policy ${NOWHERE}`],
    ['keys', 'client_id_token_signed_response_alg', { client_id_token_signed_response_alg: 'HS256' }, 'no algorithm'],
    ['settings', 'scope_s', { scope_s: 'openid' }, 'is no setting of the driver openid'],
  ])('names what is wrong: %s, %s', async (name, setting, settings, words) => {
    const faults = await faultsOf(server, 'whole', { settings });
    expect(faults).toContainEqual({ name, ok: false, setting, detail: expect.stringContaining(words) });
  });

  it('names the redirect address that is not registered', async () => {
    const draft = {
      ...openIdBody('renamed', certified.url),
      settings: { ...openIdBody('whole', certified.url).settings },
    };
    const { body } = await admin.post('/providers/test', draft);
    const detail = expect.stringContaining(`register ${server.url}/auth/login/renamed/callback there`);
    expect(body.data.steps).toContainEqual({ name: 'redirect_uri', ok: false, setting: 'client_id', detail });
    expect((await admin.get('/providers/renamed')).status).toBe(403);
  });

  it('names the issuer where its document or keys are not there, or are those of another one', async () => {
    const issuer = { ok: false, setting: 'issuer_url' };
    club.flaws = { metadata: (document) => ({ ...document, issuer: 'https://accounts.example' }) };
    const foreign = { ...issuer, name: 'discovery', detail: expect.stringContaining('https://accounts.example') };
    expect(await faultsOf(server, 'club')).toEqual([foreign]);
    club.flaws = { metadata: (document) => ({ ...document, jwks_uri: `${club.url}/nothing` }) };
    expect(await faultsOf(server, 'club')).toMatchObject([{ ...issuer, name: 'keys' }]);
    const silent = { issuer_url: 'http://127.0.0.1:9', client_secret: CLIENT_SECRET };
    const refused = { ...issuer, name: 'discovery', detail: expect.stringContaining('ECONNREFUSED') };
    expect(await faultsOf(server, 'club', { settings: silent })).toEqual([refused]);
  });

  it('walks through the addresses of plain OAuth 2.0', async () => {
    const plain = {
      name: 'plain',
      driver: 'oauth2',
      settings: {
        client_id: 'client of whole',
        client_secret: CLIENT_SECRET,
        authorize_url: `${certified.url}/auth`,
        access_url: `${certified.url}/token`,
        profile_url: `${certified.url}/nothing`,
      },
    };
    const { body } = await admin.post('/providers/test', plain);
    const faults = body.data.steps.filter(({ ok }: { ok: boolean }) => !ok);
    expect(faults).toMatchObject([
      { name: 'profile', setting: 'profile_url' },
      { name: 'redirect_uri', setting: 'client_id' },
    ]);
  });

  it('names the settings of cookies that would not arrive', async () => {
    const strict = await startProject('sqlite', {
      ...OWN_MACHINE,
      PUBLIC_URL: 'http://api.example.com',
      SESSION_COOKIE_SECURE: 'true',
      SESSION_COOKIE_SAME_SITE: 'strict',
      SESSION_COOKIE_DOMAIN: 'example.org',
    });
    try {
      await new Client(strict).post('/providers', openIdBody('club', club.url));
      const faults = (await faultsOf(strict, 'club')).filter(({ name }) => name === 'cookies');
      expect(faults.map(({ setting }) => setting)).toEqual([
        'PUBLIC_URL',
        'SESSION_COOKIE_SECURE',
        'SESSION_COOKIE_SAME_SITE',
        'SESSION_COOKIE_DOMAIN',
      ]);
    } finally {
      await discard(strict);
    }
  });
});

describe('providers of the project inside the network', () => {
  let server: StartedServer;
  let inside: HostileProvider;
  let admin: Client;
  let directory: Server;
  let visits = 0;

  beforeAll(async () => {
    inside = await new HostileProvider().start();
    directory = createServer((socket) => {
      visits++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => directory.listen(0, '127.0.0.1', resolve));
    server = await startProject('sqlite');
    admin = new Client(server);
  }, 60_000);

  afterAll(async () => {
    inside.stop();
    directory.close();
    await discard(server);
  });

  it('are asked nothing, neither by a test nor by a login', async () => {
    await admin.post('/providers', openIdBody('inside', inside.url));
    const faults = await faultsOf(server, 'inside');
    expect(faults).toMatchObject([{ name: 'discovery', setting: 'IMPORT_IP_ALLOW_LIST' }]);
    const draft = await admin.post('/providers/test', openIdBody('draft', inside.url));
    expect(draft.body.data.steps).toMatchObject([{ name: 'discovery', ok: false }, { name: 'cookies' }]);
    const left = await fetch(leavingFor(server, 'inside'), { redirect: 'manual' });
    expect(left.headers.get('location')).toBe(`${CLIENT_PAGE}?reason=SERVICE_UNAVAILABLE`);
    expect(inside.paths).toEqual([]);
  });

  it.each(['ldap', 'ldaps'])('nor is a directory: %s', async (scheme) => {
    const { port } = directory.address() as { port: number };
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f.1']) {
      const settings = {
        client_url: `${scheme}://${host}:${port}`,
        user_dn: 'ou=people',
        bind_dn: 'cn=a',
        bind_password: 'b',
      };
      const tested = await admin.post('/providers/test', { name: 'people', driver: 'ldap', settings });
      expect(tested.body.data.steps).toMatchObject([{ name: 'directory', ok: false, setting: 'IMPORT_IP_ALLOW_LIST' }]);
      const made = await admin.post('/providers', { name: 'people', driver: 'ldap', settings });
      expect(made.status).toBe(200);
      const answer = await new Client(server, null).post('/auth/login/people', { identifier: 'ada', password: 'x' });
      expect(answer.body.errors[0].extensions.code).toBe('SERVICE_UNAVAILABLE');
      await admin.delete('/providers/people');
    }
    expect(visits).toBe(0);
  });
});
