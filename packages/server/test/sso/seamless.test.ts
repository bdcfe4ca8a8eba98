import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, type Profile, startProfile } from '../chromium.ts';
import { discard, makeProject, type StartedServer, startServer } from '../started-server.ts';
import { type CertifiedProvider, startCertifiedProvider } from './certified-provider.ts';
import { ClientPage, type Mode } from './client-page.ts';
import { type ClientSite, startClientSite } from './client-site.ts';
import { externalUsers, openIdSettings } from './logins.ts';

const SECRET = 'a secret of at least thirty-two characters';
/** A busy machine takes its time. */
const PATIENCE_MS = 20_000;

/** As the guide says for pages of another site: cookies that go along, and only if they are secure. */
const TWO_SITES = {
  SESSION_COOKIE_SAME_SITE: 'none',
  SESSION_COOKIE_SECURE: 'true',
  REFRESH_TOKEN_COOKIE_SAME_SITE: 'none',
  REFRESH_TOKEN_COOKIE_SECURE: 'true',
};
/** As the guide says for trying it out on one machine. */
const LOCAL_TESTING = {
  SESSION_COOKIE_SAME_SITE: 'lax',
  SESSION_COOKIE_SECURE: 'false',
  SESSION_COOKIE_DOMAIN: 'localhost',
  REFRESH_TOKEN_COOKIE_SAME_SITE: 'lax',
  REFRESH_TOKEN_COOKIE_SECURE: 'false',
  REFRESH_TOKEN_COOKIE_DOMAIN: 'localhost',
};
/** Providers here, all at one provider there; each names people differently, since names are nobody else's. */
const PROVIDERS: Readonly<Record<string, Record<string, string>>> = {
  session: {},
  cookie: { MODE: 'cookie', IDENTIFIER_KEY: 'email' },
  closed: { ALLOW_PUBLIC_REGISTRATION: 'false', IDENTIFIER_KEY: 'given_name' },
};
const COOKIE_MODES: readonly Mode[] = ['session', 'cookie'];

/** The page is on `localhost`, the API on 127.0.0.1 (another site) or `localhost`, the provider on 127.0.0.2. */
describe.runIf(hasChromium('seamless sign-on was'))('signing on from a page of another origin, in Chromium', () => {
  let site: ClientSite;
  let club: CertifiedProvider;
  let elsewhere: StartedServer;
  let local: StartedServer;

  beforeAll(async () => {
    [site, club] = await Promise.all([startClientSite(), startCertifiedProvider('127.0.0.2')]);
    [elsewhere, local] = await Promise.all([start('127.0.0.1', TWO_SITES), start('localhost', LOCAL_TESTING)]);
    const urls = [elsewhere.url, local.url];
    const names = Object.keys(PROVIDERS);
    const redirect_uris = urls.flatMap((url) => names.map((name) => `${url}/auth/login/${name}/callback`));
    const post_logout_redirect_uris = redirect_uris.map((uri) => uri.replace(/callback$/, 'logout'));
    club.serve([{ client_id: 'limen', client_secret: SECRET, redirect_uris, post_logout_redirect_uris }]);
  }, 90_000);

  afterAll(async () => {
    for (const server of [elsewhere, local]) if (server) await discard(server);
    club?.stop();
    await site?.close();
  });

  describe('where cookies of other sites are sent', () => {
    const at = inBrowser('sent');

    describe('on another site', () => {
      journeys(
        () => elsewhere,
        () => at(elsewhere),
      );
    });
  });

  describe('where cookies of other sites are blocked', () => {
    const at = inBrowser('blocked');

    it.each(COOKIE_MODES)('on another site, the cookie of mode %s does not come along', async (mode) => {
      const page = await at(elsewhere);
      expect(await page.signOn(mode)).toBe(page.login);
      expect(await page.post('/auth/refresh', { mode })).toMatchObject({ status: 400 });
      expect(await page.whoAmI()).toBeUndefined();
    });

    it('on another site, a code does what the cookie does not, and the SDK goes on with it', async () => {
      const page = await at(elsewhere);
      const tokens = await page.handOff('session');
      expect(await page.whoAmI(tokens.access_token)).toBe(await idAt(elsewhere, 'session'));
      expect(await page.whoAmIBySdk('json', tokens)).toBe(await idAt(elsewhere, 'session'));
    });

    describe('on the same machine, with the settings for trying it out', () => {
      journeys(
        () => local,
        () => at(local),
      );
    });
  });

  function journeys(server: () => StartedServer, open: () => Promise<ClientPage>) {
    it.each(COOKIE_MODES)('mode %s: back with a cookie that fetch and the SDK bring along', async (mode) => {
      const page = await open();
      expect(await page.signOn(mode)).toBe(page.login);
      const { status, body } = await page.post('/auth/refresh', { mode });
      expect(status).toBe(200);
      if (mode === 'session') expect(body.data).toEqual({ expires: expect.any(Number) });
      const id = await idAt(server(), mode);
      expect(id).toBeDefined();
      expect(await page.whoAmI(mode === 'session' ? null : body.data.access_token)).toBe(id);
      expect(await page.whoAmIBySdk(mode)).toBe(id);
    });

    it('mode json, with a code', async () => {
      const page = await open();
      const tokens = await page.handOff('session');
      expect(await page.whoAmI(tokens.access_token)).toBe(await idAt(server(), 'session'));
      expect(await page.whoAmIBySdk('json', tokens)).toBe(await idAt(server(), 'session'));
    });

    it('signing out here and at the provider, and back to the page', async () => {
      const page = await open();
      await page.signOn('session');
      expect(await page.whoAmI()).toBeDefined();
      const { body } = await page.post('/auth/logout/session', { mode: 'session', redirect: `${page.login}?bye` });
      expect(await page.whoAmI()).toBeUndefined();
      await page.page.evaluate((url) => location.assign(url), body.data.url);
      await page.page.getByRole('button', { name: /sign me out/i }).click();
      await page.page.waitForURL(`${page.login}?bye`);
      const left = (await page.page.context().cookies([club.url, server().url])).map(({ name }) => name);
      expect(left.filter((name) => /^(_session|directus_.*)$/.test(name))).toEqual([]);
    });

    it('a page that is not listed gets nobody', async () => {
      const { page, leaving } = await open().then((one) => ({
        page: one.page,
        leaving: one.leaving('session', `${site.origin}/other`),
      }));
      expect((await page.goto(leaving))?.status()).toBe(400);
      expect(page.url()).toBe(leaving);
      expect(await page.context().cookies(server().url)).toEqual([]);
    });

    it.each([
      ['closed', 'INVALID_CREDENTIALS'],
      ['gone', 'SERVICE_UNAVAILABLE'],
    ])('what goes wrong at the provider "%s" is told to the page', async (name, reason) => {
      const page = await open();
      expect(await page.signOn(name, `${page.login}?next=%2Fcards`)).toBe(
        `${page.login}?next=%2Fcards&reason=${reason}`,
      );
      expect(await page.post('/auth/refresh', { mode: 'session' })).toMatchObject({ status: 400 });
    });
  }

  /** Opens pages of the application, each for somebody whom nobody knows yet. */
  function inBrowser(crossSiteCookies: 'sent' | 'blocked'): (server: StartedServer) => Promise<ClientPage> {
    let profile: Profile;

    beforeAll(async () => {
      profile = await startProfile(crossSiteCookies);
      profile.context.setDefaultTimeout(PATIENCE_MS);
    }, 60_000);

    afterAll(async () => {
      await profile?.close();
    });

    return async (server) => {
      const { context } = profile;
      await context.clearCookies();
      const [page = await context.newPage()] = context.pages();
      await page.goto(`${site.origin}/start`);
      return new ClientPage(page, site.origin, server.url);
    };
  }

  async function start(host: string, settings: Record<string, string>): Promise<StartedServer> {
    const REDIRECT_ALLOW_LIST = `${site.origin}/login`;
    const common = { CLIENT_ID: 'limen', CLIENT_SECRET: SECRET, EMAIL_KEY: 'none', REDIRECT_ALLOW_LIST };
    const providers = Object.entries(PROVIDERS).map(([name, more]) =>
      openIdSettings(name, club.url, { ...common, ...more }),
    );
    const all = {
      AUTH_PROVIDERS: [...Object.keys(PROVIDERS), 'gone'].join(),
      CORS_ENABLED: 'true',
      CORS_ORIGIN: site.origin,
      CORS_CREDENTIALS: 'true',
      ...Object.assign({}, ...providers, openIdSettings('gone', 'http://127.0.0.2:1', common)),
      ...settings,
    };
    return startServer(await makeProject('sqlite'), all, host);
  }

  /** The account that somebody has by a provider. */
  async function idAt(server: StartedServer, name: string): Promise<string | undefined> {
    return (await externalUsers(server)).find(({ provider }) => provider === name)?.id;
  }
});
