import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, failure, INVALID_PAYLOAD } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { Browser } from './browser.ts';
import { HostileProvider } from './hostile-provider.ts';
import { CLIENT_PAGE, leavingFor, login, openIdSettings, person } from './logins.ts';

const REFUSED = { status: 401, codes: ['INVALID_CREDENTIALS'] };

describe.each(DATABASES)('a login at a provider that a page takes over with a code, on %s', (database) => {
  let server: StartedServer;
  let club: HostileProvider;

  beforeAll(async () => {
    club = await new HostileProvider().start();
    const REDIRECT_ALLOW_LIST = `${CLIENT_PAGE},club://home/in`;
    server = await startProject(database, {
      AUTH_PROVIDERS: 'club',
      ...openIdSettings('club', club.url, { REDIRECT_ALLOW_LIST }),
    });
  }, 40_000);

  afterAll(async () => {
    club.stop();
    await discard(server);
  });

  it('is redeemed for tokens that work, and the browser has no cookie', async () => {
    const { code, code_verifier, outcome } = await codeFor();
    expect(outcome.signedIn).toBe(false);
    const answer = await redeem({ code, code_verifier });
    expect(answer.body.data).toMatchObject({ expires: 900_000 });
    const me = await new Client(server, answer.body.data.access_token).get('/users/me');
    expect(me.status).toBe(200);
    const { body } = await new Client(server).get(
      `/activity?filter[user][_eq]=${me.body.data.id}&filter[action][_eq]=login`,
    );
    expect(body.data.length).toBeGreaterThan(0);
  });

  it('keeps the parameters of the page, and may lead to an app', async () => {
    const page = await codeFor(`${CLIENT_PAGE}?next=%2Fcards#top`);
    expect(page.outcome.location).toBe(`${CLIENT_PAGE}?next=%2Fcards&code=${page.code}#top`);
    const browser = new Browser();
    const { leaving, code_verifier } = begin('club://home/in');
    const answer = await browser.follow(leaving, (url) => url.protocol === 'club:');
    const location = answer.headers.get('location') ?? '';
    expect(location).toMatch(/^club:\/\/home\/in\?code=/);
    const code = new URL(location).searchParams.get('code') ?? '';
    expect((await redeem({ code, code_verifier })).status).toBe(200);
  });

  it('is there in every mode', async () => {
    for (const mode of ['json', 'cookie', 'session']) {
      const { code, code_verifier } = await codeFor();
      const answer = await redeem({ code, code_verifier, mode });
      expect(answer.status).toBe(200);
      const cookie = { json: null, cookie: /^directus_refresh_token=/, session: /^directus_session_token=/ }[mode];
      if (cookie) expect(answer.headers.get('set-cookie')).toMatch(cookie);
      else expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it('of twenty that redeem it at once one succeeds', async () => {
    const given = await codeFor();
    const { code, code_verifier } = given;
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem({ code, code_verifier })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(19);
  });

  it('is of no use to who has another verifier, or a page elsewhere', async () => {
    const { code, code_verifier } = await codeFor();
    const other = randomBytes(32).toString('base64url');
    expect(failure(await redeem({ code, code_verifier: other }))).toEqual(REFUSED);
    const elsewhere = await redeem({ code, code_verifier }, { origin: 'https://evil.example' });
    expect(failure(elsewhere)).toEqual(REFUSED);
    expect((await redeem({ code, code_verifier }, { origin: 'https://client.example' })).status).toBe(200);
    expect(failure(await redeem({ code, code_verifier }))).toEqual(REFUSED);
  });

  it('is no token of another kind, and no other is one', async () => {
    const { code, code_verifier } = await codeFor();
    expect((await new Client(server, code).get('/users/me')).status).toBe(401);
    const refreshed = await new Client(server, null).post('/auth/refresh', { refresh_token: code, mode: 'json' });
    expect(refreshed.status).toBe(401);
    const attempt = randomBytes(32).toString('base64url');
    expect(failure(await redeem({ code: attempt, code_verifier }))).toEqual(REFUSED);
  });

  it('needs a listed page and a challenge', async () => {
    const challenge = createHash('sha256').update('x').digest('base64url');
    const wrong = [
      `${leavingFor(server, 'club')}&response=code`,
      `${leavingFor(server, 'club')}&response=code&code_challenge=short`,
      `${leavingFor(server, 'club')}&response=token&code_challenge=${challenge}`,
      `${leavingFor(server, 'club')}&response=code&code_challenge=${challenge}&code_challenge_method=plain`,
      `${leavingFor(server, 'club')}&response=code&response=code&code_challenge=${challenge}`,
      `${leavingFor(server, 'club', '/admin')}&response=code&code_challenge=${challenge}`,
      `${leavingFor(server, 'club', `${server.url}/admin`)}&response=code&code_challenge=${challenge}`,
      `${leavingFor(server, 'club', '')}&response=code&code_challenge=${challenge}`,
      `${leavingFor(server, 'club', 'https://evil.example/')}&response=code&code_challenge=${challenge}`,
    ];
    for (const address of wrong) expect((await fetch(address, { redirect: 'manual' })).status, address).toBe(400);
    for (const body of [{}, { code: 1 }, { code: 'x', code_verifier: 'y' }, [], { code: ['a'] }]) {
      expect(failure(await redeem(body))).toEqual(INVALID_PAYLOAD);
    }
  });

  it('counts no more after all sessions of the account were ended, as the provider does', async () => {
    person(club, 'tim');
    const { code, code_verifier } = await codeFor();
    const now = Math.floor(Date.now() / 1000);
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    const claims = { iss: club.url, aud: 'client of club', sub: 'tim', iat: now, exp: now + 120, jti: 'tim', events };
    const body = new URLSearchParams({ logout_token: club.sign(claims) });
    const told = await fetch(`${server.url}/auth/login/club/backchannel-logout`, { method: 'POST', body });
    expect(told.status).toBe(200);
    expect(failure(await redeem({ code, code_verifier }))).toEqual(REFUSED);
  });

  it('is not given to who may not sign in any more, also when that changes in the minute between', async () => {
    person(club, 'sue');
    const { code, code_verifier } = await codeFor();
    const { body } = await new Client(server).get('/users?filter[external_identifier][_eq]=sue&fields=id');
    await new Client(server).patch(`/users/${body.data[0].id}`, { status: 'suspended' });
    expect(failure(await redeem({ code, code_verifier }))).toEqual(REFUSED);
    const { leaving } = begin();
    expect((await login(server, 'club', new Browser(), leaving)).reason).toBe('INVALID_CREDENTIALS');
    person(club, 'ada');
  });

  it('is stored as a digest only', async () => {
    const { code } = await codeFor();
    expect(server.output()).not.toContain(code);
    const { body } = await new Client(server).get('/activity?limit=-1');
    expect(JSON.stringify(body)).not.toContain(code);
  });

  function begin(page = CLIENT_PAGE) {
    const code_verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(code_verifier).digest('base64url');
    return { code_verifier, leaving: `${leavingFor(server, 'club', page)}&response=code&code_challenge=${challenge}` };
  }

  async function codeFor(page = CLIENT_PAGE) {
    const { code_verifier, leaving } = begin(page);
    const outcome = await login(server, 'club', new Browser(), leaving);
    return { code_verifier, outcome, code: new URL(outcome.location).searchParams.get('code') ?? '' };
  }

  async function redeem(body: unknown, headers: Record<string, string> = {}) {
    const json = { 'content-type': 'application/json', ...headers };
    const answer = await fetch(`${server.url}/auth/login/handoff`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: json,
    });
    const text = await answer.text();
    return { status: answer.status, text, headers: answer.headers, body: JSON.parse(text) };
  }
});
