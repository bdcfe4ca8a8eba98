import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../resources/project.ts';
import { DATABASES, discard, SECRET, type StartedServer, startProject } from '../started-server.ts';
import { Browser } from './browser.ts';
import { HostileProvider } from './hostile-provider.ts';
import { externalUsers, login, openIdSettings, person } from './logins.ts';

const NODE = fileURLToPath(new URL('../../../../node_modules/.bin/node', import.meta.url));
const LIMEN = fileURLToPath(new URL('../../src/cli/limen.js', import.meta.url));
const EDIT = '4f0c1a52-6a0e-4a52-9d8e-0d6a31f3b001';
const PRINT = '4f0c1a52-6a0e-4a52-9d8e-0d6a31f3b002';
const MISSING = '4f0c1a52-6a0e-4a52-9d8e-0d6a31f3b00f';
const STAFF = '4f0c1a52-6a0e-4a52-9d8e-0d6a31f3a001';

describe.each(DATABASES)('policies that follow groups, on %s', (database) => {
  let server: StartedServer;
  let club: HostileProvider;

  beforeAll(async () => {
    club = await new HostileProvider().start();
    server = await startProject(database, {
      AUTH_PROVIDERS: 'club,wrong',
      ...openIdSettings('club', club.url, {
        POLICY_MAPPING: `json:{"staff":["${EDIT}","${PRINT}"],"printers":"${PRINT}"}`,
        ROLE_MAPPING: `json:{"staff":"${STAFF}"}`,
        REQUIRE_VERIFIED_EMAIL: 'true',
      }),
      ...openIdSettings('wrong', club.url, { POLICY_MAPPING: `json:{"staff":"${MISSING}"}` }),
    });
    const admin = new Client(server);
    await admin.post('/roles', { id: STAFF, name: 'The staff' });
    const policies = [
      { id: EDIT, name: 'Editing' },
      { id: PRINT, name: 'Printing' },
    ];
    await admin.post('/policies', policies);
    await admin.post('/permissions', {
      policy: EDIT,
      collection: 'directus_roles',
      action: 'read',
      permissions: {},
      fields: ['*'],
    });
  }, 40_000);

  afterAll(async () => {
    club.stop();
    await discard(server);
  });

  it('come with the groups, go with them at the next login, and hold at once', async () => {
    const browser = new Browser();
    const roles = async () => ((await (await browser.get(`${server.url}/roles`)).json()) as { data?: unknown[] }).data;
    await arrive('ada', ['staff'], browser);
    expect(await policiesOf('ada')).toEqual([EDIT, PRINT]);
    expect(await roles()).toHaveLength(2);
    await arrive('ada', ['printers', 'staff'], browser);
    expect(await policiesOf('ada')).toEqual([EDIT, PRINT]);
    await arrive('ada', 'printers');
    expect(await policiesOf('ada')).toEqual([PRINT]);
    expect(await roles()).toBeUndefined();
    await arrive('ada', undefined);
    expect(await policiesOf('ada')).toEqual([]);
  });

  it('leave alone what an administrator attached', async () => {
    await arrive('bob', []);
    const { id } = await userOf('bob');
    await new Client(server).post('/access', { user: id, policy: PRINT });
    await arrive('bob', ['staff']);
    await arrive('bob', []);
    expect(await policiesOf('bob')).toEqual([PRINT]);
  });

  it('that are not there let nobody in', async () => {
    person(club, 'cleo', { groups: ['staff'] });
    expect((await login(server, 'wrong')).reason).toBe('INVALID_PROVIDER_CONFIG');
    const { body } = await new Client(server).get('/access?filter[user][external_identifier][_eq]=cleo');
    expect(body.data).toEqual([]);
  });

  it('are explained without a login', async () => {
    const explain = (claims: object, ...more: string[]) => {
      const file = join(server.project.folder, 'claims.json');
      writeFileSync(file, JSON.stringify(claims));
      return limen('sso', 'explain', '--provider', 'club', '--claims', file, ...more);
    };
    const email = 'x@club.example.com';
    const known = await explain({ sub: 'x', email, email_verified: true, given_name: 'X', groups: ['staff', 'none'] });
    expect(known.code).toBe(0);
    expect(known.stdout.split('\n')).toEqual([
      'identifier  x',
      `e-mail      ${email}`,
      'name        X',
      'groups      staff, none',
      `role        The staff (${STAFF}), at every login`,
      `policy      Editing (${EDIT})`,
      `policy      Printing (${PRINT})`,
      'unknown     people get an account',
      '',
    ]);
    const refused = await explain({ sub: 'x', email });
    expect(refused.stdout).toContain('refused     The provider has not verified the address');
    expect(refused.stdout).toContain('groups      there is no such claim');
    expect(JSON.parse((await explain({ sub: 'x' }, '--json')).stdout)).toMatchObject({ person: null, policies: [] });
    expect((await limen('sso', 'explain', '--provider', 'none', '--claims', '-')).code).toBe(1);
    expect((await externalUsers(server)).some((user) => user.external_identifier === 'x')).toBe(false);
  });

  it('a provider is asked what it is', async () => {
    const asked = await limen('sso', 'test', 'club');
    expect(asked.stdout).toContain(`the issuer is ${club.url}`);
    expect(asked.stdout).toContain('ID tokens are signed with one of 1 keys: RS256');
    expect(asked.stdout).toContain(`${server.url}/auth/login/club/callback`);
    club.flaws = { metadata: (document) => ({ ...document, issuer: 'https://accounts.example' }) };
    const wrong = await limen('sso', 'test', 'club');
    club.flaws = {};
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain('its discovery document is that of "https://accounts.example"');
    expect(wrong.stdout).toContain('look at AUTH_CLUB_ISSUER_URL');
  });

  async function arrive(sub: string, groups: unknown, browser = new Browser()): Promise<void> {
    person(club, sub, { groups });
    expect(await login(server, 'club', browser)).toMatchObject({ reason: null, signedIn: true });
  }

  async function userOf(sub: string) {
    const found = (await externalUsers(server)).find((user) => user.external_identifier === sub);
    return { id: found?.id ?? '' };
  }

  async function policiesOf(sub: string): Promise<string[]> {
    const { id } = await userOf(sub);
    const { body } = await new Client(server).get(`/access?filter[user][_eq]=${id}&fields=policy&sort=policy`);
    return body.data.map(({ policy }: { policy: string }) => policy);
  }

  function limen(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const settings = { ...server.project.settings, SECRET, PUBLIC_URL: server.url, PATH: process.env.PATH };
    return new Promise((done) => {
      execFile(NODE, [LIMEN, ...args], { cwd: server.project.folder, env: settings }, (error, stdout, stderr) => {
        done({ code: Number(error?.code ?? 0), stdout, stderr });
      });
    });
  }
});
