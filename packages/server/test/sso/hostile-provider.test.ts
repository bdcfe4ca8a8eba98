import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { Browser } from './browser.ts';
import { encode, type Flaws, HostileProvider } from './hostile-provider.ts';
import { callbackFor, externalUsers, leavingFor, login, openIdSettings, outcomeOf, person } from './logins.ts';

const FOREIGN = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const now = () => Math.floor(Date.now() / 1000);

describe.each(DATABASES)('providers that lie, on %s', (database) => {
  let server: StartedServer;
  let club: HostileProvider;
  let guild: HostileProvider;

  beforeAll(async () => {
    [club, guild] = [await new HostileProvider().start(), await new HostileProvider().start()];
    server = await startProject(database, {
      AUTH_PROVIDERS: 'club,guild',
      ...openIdSettings('club', club.url, { REQUIRE_VERIFIED_EMAIL: 'true' }),
      ...openIdSettings('guild', guild.url),
    });
  }, 40_000);

  afterAll(async () => {
    club.stop();
    guild.stop();
    await discard(server);
  });

  afterEach(() => {
    for (const provider of [club, guild]) {
      provider.flaws = {};
      person(provider, 'ada');
    }
  });

  const refused: readonly [string, () => Flaws, reason: string][] = [
    ['another issuer', () => ({ claims: (c) => ({ ...c, iss: guild.url }) }), 'INVALID_CREDENTIALS'],
    ['an issuer with a slash more', () => ({ claims: (c) => ({ ...c, iss: `${club.url}/` }) }), 'INVALID_CREDENTIALS'],
    ['no issuer', () => ({ claims: ({ iss: _, ...c }) => c }), 'INVALID_CREDENTIALS'],
    ['another audience', () => ({ claims: (c) => ({ ...c, aud: 'client of guild' }) }), 'INVALID_CREDENTIALS'],
    ['no audience', () => ({ claims: ({ aud: _, ...c }) => c }), 'INVALID_CREDENTIALS'],
    ['two audiences, for nobody', () => ({ claims: (c) => ({ ...c, aud: [c.aud, 'b'] }) }), 'INVALID_CREDENTIALS'],
    [
      'two audiences, for the other',
      () => ({ claims: (c) => ({ ...c, aud: [c.aud, 'b'], azp: 'b' }) }),
      'INVALID_CREDENTIALS',
    ],
    ['made for another client', () => ({ claims: (c) => ({ ...c, azp: 'client of guild' }) }), 'INVALID_CREDENTIALS'],
    ['another nonce', () => ({ claims: (c) => ({ ...c, nonce: 'another' }) }), 'INVALID_CREDENTIALS'],
    ['no nonce', () => ({ claims: ({ nonce: _, ...c }) => c }), 'INVALID_CREDENTIALS'],
    ['a nonce that is a list', () => ({ claims: (c) => ({ ...c, nonce: [c.nonce] }) }), 'INVALID_CREDENTIALS'],
    ['expired', () => ({ claims: (c) => ({ ...c, exp: now() - 120 }) }), 'INVALID_CREDENTIALS'],
    ['without an end', () => ({ claims: ({ exp: _, ...c }) => c }), 'INVALID_CREDENTIALS'],
    ['made an hour ago', () => ({ claims: (c) => ({ ...c, iat: now() - 3600 }) }), 'INVALID_CREDENTIALS'],
    ['not valid yet', () => ({ claims: (c) => ({ ...c, nbf: now() + 3600 }) }), 'INVALID_CREDENTIALS'],
    [
      'about nobody',
      () => ({ claims: (c) => ({ ...c, sub: '' }), profile: (c) => ({ ...c, sub: '' }) }),
      'INVALID_CREDENTIALS',
    ],
    ['a profile about somebody else', () => ({ profile: (c) => ({ ...c, sub: 'mallory' }) }), 'INVALID_CREDENTIALS'],
    ['a profile about nobody', () => ({ profile: ({ sub: _, ...c }) => c }), 'INVALID_CREDENTIALS'],
    ['alg none', () => ({ idToken: (c) => `${encode({ alg: 'none' })}.${encode(c)}.` }), 'INVALID_CREDENTIALS'],
    ['the public key as a secret', () => ({ idToken: (c) => club.signWithPublicKey(c) }), 'INVALID_CREDENTIALS'],
    ['a key of somebody else', () => ({ idToken: (c) => club.sign(c, {}, FOREIGN) }), 'INVALID_CREDENTIALS'],
    ['an unknown key', () => ({ idToken: (c) => club.sign(c, { kid: 'other' }, FOREIGN) }), 'INVALID_CREDENTIALS'],
    [
      'a key in the header',
      () => ({ idToken: (c) => club.sign(c, { kid: undefined, jwk: FOREIGN.export({ format: 'jwk' }) }, FOREIGN) }),
      'INVALID_CREDENTIALS',
    ],
    ['an unknown extension', () => ({ idToken: (c) => club.sign(c, { crit: ['x'], x: 1 }) }), 'INVALID_CREDENTIALS'],
    ['no id_token', () => ({ idToken: () => undefined }), 'INVALID_CREDENTIALS'],
    ['an id_token that is none', () => ({ idToken: () => ({ sub: 'ada' }) }), 'INVALID_CREDENTIALS'],
    [
      'an address that is not verified',
      () => ({ claims: (c) => ({ ...c, email_verified: false }), profile: (c) => ({ ...c, email_verified: false }) }),
      'INVALID_CREDENTIALS',
    ],
    [
      'another address in the profile, not verified',
      () => ({ profile: (c) => ({ sub: c.sub, email: 'eve@example.com' }) }),
      'INVALID_CREDENTIALS',
    ],
    [
      'no address',
      () => ({ claims: ({ email: _, ...c }) => c, profile: ({ email: _, ...c }) => c }),
      'INVALID_CREDENTIALS',
    ],
    ['error=', () => ({ back: ({ state = '' }) => ({ state, error: 'access_denied' }) }), 'INVALID_CREDENTIALS'],
    ['error= beside a code', () => ({ back: (p) => ({ ...p, error: 'access_denied' }) }), 'INVALID_CREDENTIALS'],
    ['no code', () => ({ back: ({ state = '' }) => ({ state }) }), 'INVALID_CREDENTIALS'],
    ['another state', () => ({ back: (p) => ({ ...p, state: 'another' }) }), 'INVALID_CREDENTIALS'],
    ['no state', () => ({ back: ({ code = '' }) => ({ code }) }), 'INVALID_CREDENTIALS'],
    ['the answer of another issuer', () => ({ back: (p) => ({ ...p, iss: guild.url }) }), 'INVALID_CREDENTIALS'],
    ['a code that the provider does not know', () => ({ back: (p) => ({ ...p, code: 'x' }) }), 'SERVICE_UNAVAILABLE'],
    [
      'an error with the status 200',
      () => ({ tokens: () => ({ error: 'bad_verification_code' }) }),
      'SERVICE_UNAVAILABLE',
    ],
    ['a token of another type', () => ({ tokens: (t) => ({ ...t, token_type: 'DPoP' }) }), 'SERVICE_UNAVAILABLE'],
    [
      'a token that would split a header',
      () => ({ tokens: (t) => ({ ...t, access_token: 'a\r\nX: 1' }) }),
      'SERVICE_UNAVAILABLE',
    ],
  ];

  it.each(refused)('%s: nobody is signed in, nothing is made', async (_name, flaws, reason) => {
    const before = await contents();
    person(club, 'eve');
    club.flaws = flaws();
    const outcome = await login(server, 'club');
    expect({ reason: outcome.reason, signedIn: outcome.signedIn }).toEqual({ reason, signedIn: false });
    expect(outcome.location).toContain('https://client.example/login');
    expect(await contents()).toEqual(before);
  });

  it('the same provider signs in whom it says truly', async () => {
    const outcome = await login(server, 'club');
    expect(outcome).toMatchObject({ location: 'https://client.example/login', signedIn: true });
    expect(await externalUsers(server)).toMatchObject([{ provider: 'club', external_identifier: 'ada' }]);
  });

  it('a key that was changed meanwhile', async () => {
    await login(server, 'club');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    club.rotate();
    expect((await login(server, 'club')).signedIn).toBe(true);
  });

  it('the client authenticates with its secret in the form that RFC 6749 asks for, and proves the attempt', async () => {
    await login(server, 'club');
    const { form, authorization } = club.tokenRequests.at(-1) ?? { form: {}, authorization: '' };
    const pair = Buffer.from(authorization?.slice('Basic '.length) ?? '', 'base64').toString('utf8');
    expect(pair).toBe('client+of+club:s%3Ae%2Bc+r%26t%25');
    expect(Object.keys(form).sort()).toEqual(['code', 'code_verifier', 'grant_type', 'redirect_uri']);
    expect(form.redirect_uri).toBe(`${server.url}/auth/login/club/callback`);
  });

  describe('browsers and attempts', () => {
    const LOST = () => `${server.url}/admin/login?reason=INVALID_CREDENTIALS`;

    it('an attempt counts once', async () => {
      const browser = new Browser();
      const callback = await callbackFor(server, 'club', browser);
      const copy = [...browser.cookies(callback)].map(([name, value]) => `${name}=${value}`).join('; ');
      expect(outcomeOf(server, browser, await browser.get(callback)).signedIn).toBe(true);
      const again = await fetch(callback, { headers: { cookie: copy }, redirect: 'manual' });
      expect(again.headers.get('location')).toBe(LOST());
      expect(again.headers.getSetCookie()).toEqual([]);
    });

    it('of twenty that come back at once with the same, one is let in', async () => {
      const browser = new Browser();
      const callback = await callbackFor(server, 'club', browser);
      const cookie = [...browser.cookies(callback)].map(([name, value]) => `${name}=${value}`).join('; ');
      const ask = () => fetch(callback, { headers: { cookie }, redirect: 'manual' });
      const ends = (await Promise.all(Array.from({ length: 20 }, ask))).map((one) => one.headers.get('location'));
      expect(ends.filter((end) => end === 'https://client.example/login')).toHaveLength(1);
      expect(ends.filter((end) => end === LOST())).toHaveLength(19);
    });

    it('another browser', async () => {
      const callback = await callbackFor(server, 'club', new Browser());
      const victim = new Browser();
      await victim.get(leavingFor(server, 'club'));
      const outcome = outcomeOf(server, victim, await victim.get(callback));
      expect(outcome).toMatchObject({ location: LOST(), signedIn: false });
    });

    it('two tabs of one browser do not take each other out', async () => {
      const browser = new Browser();
      const [first, second] = [await callbackFor(server, 'club', browser), await callbackFor(server, 'club', browser)];
      expect(outcomeOf(server, browser, await browser.get(second)).signedIn).toBe(true);
      expect(outcomeOf(server, browser, await browser.get(first)).signedIn).toBe(true);
    });

    it('a hundred logins that nobody finished leave a few cookies', async () => {
      const browser = new Browser();
      for (let n = 0; n < 100; n++) await browser.get(leavingFor(server, 'club'));
      expect(browser.cookies(leavingFor(server, 'club')).size).toBeLessThanOrEqual(6);
    });

    it("an answer of one provider at the other's address", async () => {
      const before = await contents();
      const browser = new Browser();
      const honest = await callbackFor(server, 'club', browser);
      await browser.get(leavingFor(server, 'guild'));
      const mixed = honest.replace('/login/club/', '/login/guild/');
      const cookie = [...browser.cookies(honest)].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(mixed, { headers: { cookie }, redirect: 'manual' });
      expect(answer.headers.get('location')).toBe(LOST());
      expect(guild.tokenRequests).toEqual([]);
      expect(await contents()).toEqual(before);
    });

    it('a sealed cookie that was changed, or made up', async () => {
      const browser = new Browser();
      const callback = await callbackFor(server, 'club', browser);
      const [[name, value] = ['', '']] = [...browser.cookies(callback)];
      const flipped = `${value.slice(0, 40)}${value[40] === 'A' ? 'B' : 'A'}${value.slice(41)}`;
      for (const forged of [flipped, value.slice(0, -2), '', 'AAAA', value.toLowerCase()]) {
        const answer = await fetch(callback, { headers: { cookie: `${name}=${forged}` }, redirect: 'manual' });
        expect(answer.headers.get('location')).toBe(LOST());
      }
      expect(value).not.toContain('client');
    });

    it('links are those of PUBLIC_URL, whatever a request says of hosts', async () => {
      const headers = {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        forwarded: 'host=evil.example',
      };
      const answer = await fetch(leavingFor(server, 'club'), { headers, redirect: 'manual' });
      const location = new URL(answer.headers.get('location') ?? '');
      expect(location.searchParams.get('redirect_uri')).toBe(`${server.url}/auth/login/club/callback`);
    });

    it('answers are for one browser and one window', async () => {
      const browser = new Browser();
      const left = await browser.get(leavingFor(server, 'club'));
      const callback = (await browser.get(left.headers.get('location') ?? '')).headers.get('location') ?? '';
      for (const answer of [left, await browser.get(callback), await browser.get(callback)]) {
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      }
      const [cookie = ''] = left.headers.getSetCookie();
      expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
      expect(cookie).toContain('Path=/auth/login/club;');
    });

    it('a session cookie that does not count any more is not in the way', async () => {
      const headers = { cookie: 'directus_session_token=eyJhbGciOiJIUzI1NiJ9.e30.AAAA' };
      expect((await fetch(leavingFor(server, 'club'), { headers, redirect: 'manual' })).status).toBe(302);
    });
  });

  /** How much there is of what a login makes. */
  async function contents(): Promise<unknown> {
    const admin = new Client(server);
    const count = async (path: string) => (await admin.get(`${path}?aggregate[count]=*`)).body.data;
    return [await count('/users'), await count('/activity'), await externalUsers(server)];
  }
});
