import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { Browser } from './browser.ts';
import { encode, HostileProvider } from './hostile-provider.ts';
import { login, openIdSettings, person } from './logins.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

describe.each(DATABASES)('a provider that signs somebody out, on %s', (database) => {
  let server: StartedServer;
  let club: HostileProvider;

  beforeAll(async () => {
    club = await new HostileProvider().start();
    server = await startProject(database, {
      AUTH_PROVIDERS: 'club,mail',
      ...openIdSettings('club', club.url),
      ...openIdSettings('mail', club.url, { IDENTIFIER_KEY: 'email' }),
    });
  }, 40_000);

  afterAll(async () => {
    club.stop();
    await discard(server);
  });

  it('ends the sessions of that person at once, and of nobody else', async () => {
    const [ada, bob] = [await arrive('ada'), await arrive('bob')];
    const answer = await tell(club.sign(claims('ada')));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await me(ada)).status).toBe(401);
    expect((await me(bob)).status).toBe(200);
    expect((await tell(club.sign(claims('unknown')))).status).toBe(200);
  });

  it('counts once', async () => {
    const token = club.sign(claims('cleo'));
    expect((await tell(token)).status).toBe(200);
    const cleo = await arrive('cleo');
    expect((await tell(token)).status).toBe(400);
    expect((await me(cleo)).status).toBe(200);
  });

  it('is not believed from anybody else, nor with another token of the provider', async () => {
    const dora = await arrive('dora');
    const now = Math.floor(Date.now() / 1000);
    const { events: _, ...plain } = claims('dora');
    const { jti: __, ...without } = claims('dora');
    const tokens = [
      club.sign(plain),
      club.sign(without),
      club.sign({ ...claims('dora'), nonce: 'x' }),
      club.sign({ ...claims('dora'), events: { other: {} } }),
      club.sign({ ...claims('dora'), aud: 'client of mail' }),
      club.sign({ ...claims('dora'), iss: 'https://accounts.example' }),
      club.sign({ ...claims('dora'), exp: now - 120 }),
      club.signWithPublicKey(claims('dora')),
      `${encode({ alg: 'none' })}.${encode(claims('dora'))}.`,
      'x',
      '',
    ];
    for (const token of tokens) expect((await tell(token)).status, token).toBe(400);
    expect((await me(dora)).status).toBe(200);
  });

  it('is not listened to where people are not known by their subject', async () => {
    expect((await tell(club.sign(claims('ada')), 'mail')).status).toBe(404);
    expect((await tell(club.sign(claims('ada')), 'none')).status).toBe(404);
  });

  function claims(sub: string): Record<string, unknown> {
    const now = Math.floor(Date.now() / 1000);
    const events = { [EVENT]: {} };
    return { iss: club.url, aud: 'client of club', sub, iat: now, exp: now + 120, jti: randomUUID(), events };
  }

  const tell = (token: string, name = 'club') =>
    fetch(`${server.url}/auth/login/${name}/backchannel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    });

  const me = (browser: Browser) => browser.get(`${server.url}/users/me`);

  async function arrive(sub: string): Promise<Browser> {
    const browser = new Browser();
    person(club, sub);
    expect((await login(server, 'club', browser)).signedIn).toBe(true);
    return browser;
  }
});
