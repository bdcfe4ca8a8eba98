import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimAt } from '../../src/auth/providers/claims.ts';
import { Client } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { Browser } from './browser.ts';
import { HostileProvider } from './hostile-provider.ts';
import { CLIENT_PAGE, externalUsers, leavingFor, login, openIdSettings, person } from './logins.ts';

const ROLES = {
  readers: '4f0c1a52-6a0e-4a52-9d8e-0d6a31f3a001',
  staff: '4f0c1a52-6a0e-4a52-9d8e-0d6a31f3a002',
  guests: '4f0c1a52-6a0e-4a52-9d8e-0d6a31f3a003',
} as const;

describe('claims', () => {
  const claims = { sub: 'a', 'https://club.example/id': 'b', user: { name: 'Ada', list: ['x', 'y'] }, 'a.b': 'plain' };

  it.each([
    ['sub', 'a'],
    ['https://club.example/id', 'b'],
    ['user.name', 'Ada'],
    ['user.list.1', 'y'],
    ['a.b', 'plain'],
    ['user.none', undefined],
    ['user.name.length', undefined],
    ['constructor.name', undefined],
    ['__proto__', undefined],
    ['user.__proto__.constructor', undefined],
    ['', undefined],
  ])('%s', (key, value) => {
    expect(claimAt(claims, key)).toBe(value);
  });
});

describe.each(DATABASES)('people of providers, on %s', (database) => {
  let server: StartedServer;
  let club: HostileProvider;

  beforeAll(async () => {
    club = await new HostileProvider().start();
    const mapped = {
      IDENTIFIER_KEY: 'person.number',
      EMAIL_KEY: 'person.mail',
      FIRST_NAME_KEY: 'person.name.first',
      LAST_NAME_KEY: 'https://club.example/last',
      GROUP_CLAIM_NAME: 'realm.roles',
      ROLE_MAPPING: `json:{"staff":"${ROLES.staff}","readers":"${ROLES.readers}"}`,
      DEFAULT_ROLE_ID: ROLES.guests,
    };
    server = await startProject(database, {
      AUTH_PROVIDERS: 'mapped,closed,open',
      AUTH_ALLOWED_PUBLIC_URLS: 'https://second.example.com/base',
      ...openIdSettings('mapped', club.url, { ...mapped, CLIENT_ID: 'shared' }),
      ...openIdSettings('closed', club.url, { ALLOW_PUBLIC_REGISTRATION: 'false' }),
      ...openIdSettings('open', club.url, { SYNC_USER_INFO: 'true', DEFAULT_ROLE_ID: ROLES.guests }),
    });
    for (const [name, id] of Object.entries(ROLES)) await new Client(server).post('/roles', { id, name });
  }, 40_000);

  afterAll(async () => {
    club.stop();
    await discard(server);
  });

  it('claims are found by path and by name, numbers are identifiers too, and the first group of the mapping counts', async () => {
    const { mail: _, ...rest } = await mappedLogin(['readers', 'staff']);
    expect(rest).toMatchObject({ external_identifier: '4711', first_name: 'Ada', role: ROLES.staff });
    expect(await mappedLogin('readers')).toMatchObject({ role: ROLES.readers });
    expect(await mappedLogin(['others'])).toMatchObject({ role: ROLES.guests });
    expect(await mappedLogin(undefined)).toMatchObject({ role: ROLES.guests });
    expect(await mappedLogin({ staff: true })).toMatchObject({ role: ROLES.guests });
    expect(await mappedLogin(['staff'])).toMatchObject({ role: ROLES.staff });
  });

  it('without registration only those get in whom an administrator made', async () => {
    person(club, 'nobody');
    expect((await login(server, 'closed')).reason).toBe('INVALID_CREDENTIALS');
    const made = { provider: 'closed', external_identifier: 'nobody', first_name: 'Known' };
    expect((await new Client(server).post('/users', made)).status).toBe(200);
    expect((await login(server, 'closed')).signedIn).toBe(true);
    expect((await login(server, 'open')).reason).toBe('INVALID_PROVIDER');
  });

  it.each(['draft', 'invited', 'unverified', 'suspended', 'archived'])(
    'who is %s does not get in, and nothing follows',
    async (status) => {
      const sub = `status-${status}`;
      const values = { provider: 'open', external_identifier: sub, first_name: 'Before', status };
      const { id } = (await new Client(server).post('/users', values)).body.data;
      person(club, sub, { given_name: 'After', email: `${sub}@club.example.com` });
      expect((await login(server, 'open')).reason).toBe('INVALID_CREDENTIALS');
      const { body } = await new Client(server).get(`/users/${id}?fields=first_name,email,last_access,status`);
      expect(body.data).toEqual({ first_name: 'Before', email: null, last_access: null, status });
    },
  );

  it('names and address follow, but not to the address of somebody else', async () => {
    await new Client(server).post('/users', { email: 'taken@example.com', password: 'a-long-password' });
    person(club, 'eve', { given_name: 'Eve', email: 'eve@example.com' });
    await login(server, 'open');
    person(club, 'eve', { given_name: 'Eva', email: 'TAKEN@example.com' });
    expect((await login(server, 'open')).signedIn).toBe(true);
    expect(await found('eve')).toMatchObject({ first_name: 'Eva', email: 'eve@example.com', role: ROLES.guests });
    person(club, 'eve', { given_name: 'Eva', email: 'eva@example.com' });
    await login(server, 'open');
    expect(await found('eve')).toMatchObject({ email: 'eva@example.com' });
  });

  it.each([
    ['an empty identifier', { sub: '' }],
    ['an identifier that is too long', { sub: 'x'.repeat(256) }],
    ['an identifier that holds a NUL', { sub: 'a\0b' }],
    ['an identifier that is an object', { sub: { a: 1 } }],
  ])('%s is nobody', async (_name, claims) => {
    const before = await externalUsers(server);
    club.person = { email: 'x@club.example.com', ...claims };
    expect((await login(server, 'open')).reason).toBe('INVALID_CREDENTIALS');
    expect(await externalUsers(server)).toEqual(before);
  });

  it('identifiers are compared whole and in their case', async () => {
    person(club, 'Exact', { email: undefined });
    const browsers = [new Browser(), new Browser(), new Browser()];
    await login(server, 'open', browsers[0]);
    for (const sub of ['exact', 'Exact ', 'Exac']) {
      person(club, sub, { email: undefined });
      await login(server, 'open');
    }
    const subs = (await externalUsers(server)).map((user) => user.external_identifier);
    expect(subs.filter((sub) => /^exac/i.test(sub ?? '')).toSorted()).toEqual(['Exac', 'Exact', 'Exact ', 'exact']);
  });

  it('twenty first logins of one person at once make one account', async () => {
    person(club, 'crowd', { email: undefined });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => login(server, 'open')));
    expect(outcomes.every(({ signedIn }) => signedIn)).toBe(true);
    expect((await externalUsers(server)).filter((user) => user.external_identifier === 'crowd')).toHaveLength(1);
  });

  it('a login is recorded as every other', async () => {
    person(club, 'seen', { email: undefined });
    await login(server, 'open');
    const { id } = await found('seen');
    const user = (await new Client(server).get(`/users/${id}?fields=last_access`)).body.data;
    expect(Date.now() - Date.parse(user.last_access)).toBeLessThan(10_000);
    const query = `filter[user][_eq]=${id}&fields=action,collection,item`;
    const { body } = await new Client(server).get(`/activity?${query}`);
    expect(body.data).toEqual([{ action: 'login', collection: 'directus_users', item: id }]);
  });

  it('a server of several domains sends people back to the one that they came from', async () => {
    const leave = async (host: string) => {
      const { PlainClient } = await import('../plain-request.ts');
      const path = new URL(leavingFor(server, 'open', 'https://second.example.com/base/admin')).pathname;
      const search = new URL(leavingFor(server, 'open', 'https://second.example.com/base/admin')).search;
      return new PlainClient(server.port).send({ method: 'GET', path: path + search, headers: { host } });
    };
    const second = await leave('second.example.com');
    const asked = new URL(second.headers.location ?? '').searchParams.get('redirect_uri');
    expect(asked).toBe('https://second.example.com/base/auth/login/open/callback');
    expect(second.headers['set-cookie']?.[0]).toMatch(/Path=\/base\/auth\/login\/open;.*; Secure; SameSite=Lax$/);
    const other = await leave('evil.example');
    expect(new URL(other.headers.location ?? '').searchParams.get('redirect_uri')).toBe(
      `${server.url}/auth/login/open/callback`,
    );
  });

  async function mappedLogin(groups: unknown) {
    club.person = {
      sub: 'mapped',
      person: { number: 4711, mail: 'mapped@club.example.com', name: { first: 'Ada' } },
      'https://club.example/last': 'Ash',
      realm: { roles: groups },
    };
    const outcome = await login(server, 'mapped');
    expect(outcome).toMatchObject({ reason: null, location: CLIENT_PAGE, signedIn: true });
    return { mail: null, ...(await found('4711')) };
  }

  async function found(identifier: string) {
    const users = (await externalUsers(server)).filter((user) => user.external_identifier === identifier);
    expect(users).toHaveLength(1);
    return users[0] as (typeof users)[0];
  }
});
