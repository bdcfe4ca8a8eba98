import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../resources/project.ts';
import { DATABASES, discard, makeProject, type Project, type StartedServer, startServer } from '../started-server.ts';
import { Browser } from './browser.ts';
import { type CertifiedProvider, startCertifiedProvider } from './certified-provider.ts';
import { CLIENT_PAGE, externalUsers, leavingFor, login, openIdSettings, outcomeOf } from './logins.ts';

const SECRET = 's:e+c r&t% of at least thirty-two characters';
const KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const JWK = { ...KEY.privateKey.export({ format: 'jwk' }), kid: 'ours', alg: 'ES256' };

/** Providers here, by how their client is registered there. */
const WAYS: Readonly<Record<string, { client: object; settings: Record<string, string> }>> = {
  basic: { client: { token_endpoint_auth_method: 'client_secret_basic' }, settings: {} },
  post: {
    client: { token_endpoint_auth_method: 'client_secret_post' },
    settings: { CLIENT_TOKEN_ENDPOINT_AUTH_METHOD: 'client_secret_post' },
  },
  keys: {
    client: {
      token_endpoint_auth_method: 'private_key_jwt',
      client_secret: undefined,
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: { keys: [{ ...KEY.publicKey.export({ format: 'jwk' }), kid: 'ours', alg: 'ES256' }] },
    },
    settings: { CLIENT_SECRET: '', PRIVATE_KEYS: JSON.stringify([JWK]) },
  },
  public: { client: { token_endpoint_auth_method: 'none', client_secret: undefined }, settings: { CLIENT_SECRET: '' } },
  elliptic: {
    client: { token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: 'ES256' },
    settings: { CLIENT_ID_TOKEN_SIGNED_RESPONSE_ALG: 'ES256' },
  },
  pss: {
    client: { token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: 'PS256' },
    settings: {},
  },
};

describe.each(DATABASES)('a whole OpenID provider, on %s', (database) => {
  let project: Project;
  let server: StartedServer;
  let provider: CertifiedProvider;
  const names = Object.keys(WAYS);

  beforeAll(async () => {
    project = await makeProject(database);
    provider = await startCertifiedProvider();
    const plain = {
      DRIVER: 'oauth2',
      MODE: 'cookie',
      CLIENT_ID: 'client of plain',
      CLIENT_SECRET: SECRET,
      AUTHORIZE_URL: `${provider.url}/auth`,
      ACCESS_URL: `${provider.url}/token`,
      PROFILE_URL: `${provider.url}/me`,
      SCOPE: 'openid email profile',
      IDENTIFIER_KEY: 'sub',
      ALLOW_PUBLIC_REGISTRATION: 'true',
      REDIRECT_ALLOW_LIST: CLIENT_PAGE,
    };
    server = await startServer(project, {
      AUTH_PROVIDERS: [...names, 'plain', 'formed'].join(),
      ...Object.assign(
        {},
        ...names.map((name) =>
          openIdSettings(name, provider.url, { CLIENT_SECRET: SECRET, EMAIL_KEY: 'none', ...WAYS[name]?.settings }),
        ),
      ),
      ...openIdSettings('formed', provider.url, {
        CLIENT_SECRET: SECRET,
        EMAIL_KEY: 'none',
        PARAMS: 'json:{"response_mode":"form_post"}',
      }),
      ...Object.fromEntries(Object.entries(plain).map(([key, value]) => [`AUTH_PLAIN_${key}`, value])),
    });
    const clientOf = (name: string) => ({
      client_id: `client of ${name}`,
      client_secret: SECRET,
      redirect_uris: [`${server.url}/auth/login/${name}/callback`],
      ...WAYS[name]?.client,
    });
    provider.serve([...names, 'plain', 'formed'].map(clientOf));
  }, 40_000);

  afterAll(async () => {
    provider.stop();
    await discard(server);
  });

  it.each(names)('%s: somebody comes back signed in', async (name) => {
    const outcome = await login(server, name);
    expect(provider.complaints).toEqual([]);
    expect(outcome).toMatchObject({ location: CLIENT_PAGE, reason: null, signedIn: true });
    await new Client(server).delete(`/users/${(await externalUsers(server))[0]?.id}`);
  });

  it('plain OAuth 2.0, with a refresh cookie', async () => {
    const browser = new Browser();
    expect(await login(server, 'plain', browser)).toMatchObject({ location: CLIENT_PAGE, signedIn: true });
    const json = { 'content-type': 'application/json' };
    const refreshed = await browser.post(`${server.url}/auth/refresh`, '{"mode":"cookie"}', json);
    expect(refreshed.status).toBe(200);
    const [user] = await externalUsers(server);
    expect(user).toMatchObject({
      provider: 'plain',
      external_identifier: 'ada',
      email: 'ada@club.example.com',
      first_name: 'Ada',
    });
    await new Client(server).delete(`/users/${user?.id}`);
  });

  it('an answer that the page of the provider posts, and only so', async () => {
    const posted = await postedForm();
    const headers = { origin: provider.url, 'sec-fetch-site': 'cross-site' };
    const arrived = await posted.browser.post(posted.action, posted.form, headers);
    expect(provider.complaints).toEqual([]);
    expect(outcomeOf(server, posted.browser, arrived)).toMatchObject({ location: CLIENT_PAGE, signedIn: true });
    const inAddress = await postedForm();
    const refused = await inAddress.browser.get(`${inAddress.action}?${inAddress.form}`);
    expect(refused.headers.get('location')).toBe(`${CLIENT_PAGE}?reason=INVALID_CREDENTIALS`);
  });

  async function postedForm() {
    const browser = new Browser();
    const left = await browser.get(leavingFor(server, 'formed'));
    expect(left.headers.get('set-cookie')).toMatch(/; Secure; SameSite=None$/);
    const page = await browser.follow(left.headers.get('location') ?? '', () => false);
    const html = await page.text();
    const [, action = ''] = /action="([^"]+)"/.exec(html) ?? [];
    const fields = [...html.matchAll(/name="([^"]+)" value="([^"]+)"/g)];
    return { browser, action, form: new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value])) };
  }

  it('an answer that was asked for in the address is not taken from a form', async () => {
    const answer = await fetch(`${server.url}/auth/login/basic/callback`, {
      method: 'POST',
      body: new URLSearchParams({ code: randomUUID() }),
    });
    expect(answer.status).toBe(404);
  });
});
