import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totp } from '../../src/auth/second-factor/totp.ts';
import { Inside } from '../inside.ts';
import { ADMIN, DATABASES, makeProject, type Project } from '../started-server.ts';
import { hasOpenLdap, type OpenLdap, READER, SUFFIX, startOpenLdap } from './openldap.ts';

const PEOPLE = `ou=people,${SUFFIX}`;
const GROUPS = `ou=groups,${SUFFIX}`;
const GUEST = '7c1b6a52-2222-4d1f-9a00-000000000001';
const READERS = '7c1b6a52-2222-4d1f-9a00-000000000002';

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape.
  readonly body: any;
}

const person = (directory: OpenLdap, cn: string, more: Record<string, string | string[]> = {}, rdn = `cn=${cn}`) =>
  directory.add(`${rdn},${PEOPLE}`, {
    objectClass: ['inetOrgPerson', 'account2'],
    cn,
    sn: 'Ash',
    givenName: 'Ada',
    userPassword: `${cn}-pass`,
    ...more,
  });

describe.runIf(hasOpenLdap()).each(DATABASES)('signing on with OpenLDAP on %s', (database) => {
  let directory: OpenLdap;
  let place: Project;
  let node: Inside;
  let silent: Server;
  const held = new Set<Socket>();

  beforeAll(async () => {
    directory = await startOpenLdap();
    silent = createServer((socket) => held.add(socket)).listen(0, '127.0.0.1');
    await directory.add(PEOPLE, { objectClass: 'organizationalUnit', ou: 'people' });
    await directory.add(GROUPS, { objectClass: 'organizationalUnit', ou: 'groups' });
    const provider = (name: string, more: Record<string, string>) =>
      Object.fromEntries(
        Object.entries({
          DRIVER: 'ldap',
          CLIENT_URL: directory.url,
          BIND_DN: READER.dn,
          BIND_PASSWORD: READER.password,
          USER_DN: PEOPLE,
          DEFAULT_ROLE_ID: GUEST,
          ...more,
        }).map(([key, value]) => [`AUTH_${name}_${key}`, value]),
      );
    place = await makeProject(database, {
      AUTH_PROVIDERS: 'dir,grouped,synced,tls,strict,starttls,startbad,silent,bad,nowhere,anonymous,away',
      ...provider('DIR', { USER_SCOPE: 'sub' }),
      ...provider('GROUPED', { USER_ATTRIBUTE: 'uid', GROUP_DN: GROUPS }),
      ...provider('SYNCED', { USER_ATTRIBUTE: 'uid', SYNC_USER_INFO: 'true' }),
      ...provider('TLS', { CLIENT_URL: directory.secureUrl, CLIENT_TLS_OPTIONS__CA: `string:${directory.authority}` }),
      ...provider('STRICT', { CLIENT_URL: directory.secureUrl }),
      ...provider('STARTTLS', { CLIENT_START_TLS: 'true', CLIENT_TLS_OPTIONS__CA: `string:${directory.authority}` }),
      ...provider('STARTBAD', { CLIENT_START_TLS: 'true' }),
      ...provider('SILENT', {
        CLIENT_URL: `ldap://127.0.0.1:${(silent.address() as AddressInfo).port}`,
        CLIENT_TIMEOUT: '300',
      }),
      ...provider('BAD', { BIND_PASSWORD: 'wrong' }),
      ...provider('NOWHERE', { USER_DN: `ou=nowhere,${SUFFIX}` }),
      ...provider('AWAY', { USER_DN: `cn=elsewhere,${PEOPLE}` }),
      ...provider('ANONYMOUS', { BIND_DN: '', BIND_PASSWORD: '' }),
    });
    node = await Inside.open(place);
    await node.must('POST', '/roles', { id: GUEST, name: 'Guest' });
    await node.must('POST', '/roles', { id: READERS, name: 'Readers' });
  }, 60_000);

  afterAll(async () => {
    for (const socket of held) socket.destroy();
    silent?.close();
    await node?.close();
    await place?.remove();
    await directory?.stop();
  });

  const login = (name: string, identifier: unknown, password: unknown, more = {}): Promise<Answer> =>
    node.json({ method: 'POST', url: `/auth/login/${name}`, token: '', body: { identifier, password, ...more } });
  const codeOf = ({ status, body }: Answer): string => `${status} ${body.errors?.[0].extensions.code ?? ''}`;
  const refresh = (token: string): Promise<Answer> =>
    node.json({ method: 'POST', url: '/auth/refresh', token: '', body: { refresh_token: token } });
  const userOf = async (dn: string) => {
    const url = `/users?filter[external_identifier][_eq]=${encodeURIComponent(dn)}&fields=*`;
    return (await node.must<Record<string, string | null>[]>('GET', url))[0];
  };

  it('lets people in with their own password, and makes their account once', async () => {
    await person(directory, 'ada', { mail: 'Ada@Library.example.org' });
    for (const mode of ['json', 'cookie', 'session'])
      expect((await login('dir', 'ada', 'ada-pass', { mode })).status).toBe(200);
    expect(await userOf(`cn=ada,${PEOPLE}`)).toMatchObject({
      email: 'Ada@Library.example.org',
      first_name: 'Ada',
      last_name: 'Ash',
      provider: 'dir',
      role: GUEST,
      status: 'active',
    });
    expect(codeOf(await login('dir', 'ada', 'wrong'))).toBe('401 INVALID_CREDENTIALS');
    expect(codeOf(await login('dir', 'nobody', 'ada-pass'))).toBe('401 INVALID_CREDENTIALS');
  });

  it('asks the directory nothing without a name or a password', async () => {
    for (const password of ['', null, undefined, 5, ['ada-pass'], { a: 1 }]) {
      expect(codeOf(await login('silent', 'ada', password))).toBe('400 INVALID_PAYLOAD');
    }
    for (const identifier of ['', null, undefined, 5, ['ada']]) {
      expect(codeOf(await login('silent', identifier, 'ada-pass'))).toBe('400 INVALID_PAYLOAD');
    }
    expect(held.size).toBe(0);
  });

  it.each([
    'eve (tmp)',
    'a*b',
    'x\\y',
    'quote"d',
    'plus+comma,semi;',
    '#hash',
    'less<more>',
    'equal=sign',
    'Zoë 漢字',
    "o'neill",
  ])('finds %s, and them alone', async (cn) => {
    const rdn = `cn=${cn.replace(/[",+;<>=\\#]/g, '\\$&')}`;
    await person(directory, cn, {}, rdn);
    const answer = await login('dir', cn, `${cn}-pass`);
    expect(answer.status).toBe(200);
    expect(codeOf(await login('dir', cn, 'wrong'))).toBe('401 INVALID_CREDENTIALS');
  });

  it.each([
    '*',
    'ad*',
    'ada)(cn=*',
    '*)(objectClass=*',
    '*))(|(cn=*',
    'ada)(|(userPassword=*)',
    '\\61da',
    'ada\0',
    '\0',
    `ada,${PEOPLE}`,
    'ada)(&)',
    '(cn=ada)',
    'ada)(uid=*))%00',
  ])('finds nobody under %j', async (identifier) => {
    expect(codeOf(await login('dir', identifier, 'ada-pass'))).toBe('401 INVALID_CREDENTIALS');
  });

  it('refuses a name that two entries have', async () => {
    await directory.add(`ou=branch,${PEOPLE}`, { objectClass: 'organizationalUnit', ou: 'branch' });
    await person(directory, 'twin');
    await person(directory, 'twin', {}, 'cn=twin,ou=branch');
    expect(codeOf(await login('dir', 'twin', 'twin-pass'))).toBe('401 INVALID_CREDENTIALS');
    for (const rdn of ['uid=t3,ou=branch', 'uid=t4,ou=branch'])
      await person(directory, 'twin', { uid: rdn.slice(4, 6) }, rdn);
    expect(codeOf(await login('dir', 'twin', 'twin-pass'))).toBe('401 INVALID_CREDENTIALS');
  });

  it('follows nobody to another directory', async () => {
    const { port } = silent.address() as AddressInfo;
    await directory.add(`cn=elsewhere,${PEOPLE}`, {
      objectClass: ['referral', 'extensibleObject'],
      cn: 'elsewhere',
      ref: `ldap://127.0.0.1:${port}/cn=elsewhere,${PEOPLE}`,
    });
    const before = held.size;
    expect(codeOf(await login('dir', 'elsewhere', 'elsewhere-pass'))).toBe('401 INVALID_CREDENTIALS');
    expect(codeOf(await login('away', 'elsewhere', 'elsewhere-pass'))).toBe('503 SERVICE_UNAVAILABLE');
    expect(held.size).toBe(before);
  });

  it('gives the role that has the name of a group, and takes it back', async () => {
    await person(directory, 'bob', { uid: 'bob' });
    const dn = `cn=bob,${PEOPLE}`;
    expect((await login('grouped', 'bob', 'bob-pass')).status).toBe(200);
    expect((await userOf(dn))?.role).toBe(GUEST);
    await directory.add(`cn=Readers,${GROUPS}`, { objectClass: 'groupOfNames', member: dn });
    const { body } = await login('grouped', 'bob', 'bob-pass');
    expect((await userOf(dn))?.role).toBe(READERS);
    const claims = JSON.parse(Buffer.from(body.data.access_token.split('.')[1], 'base64url').toString());
    expect(claims.role).toBe(READERS);
    await directory.remove(`cn=Readers,${GROUPS}`);
    await login('grouped', 'bob', 'bob-pass');
    expect((await userOf(dn))?.role).toBe(GUEST);
  });

  it('follows names and address only where it is told to, and never to those of others', async () => {
    await person(directory, 'cleo', { uid: 'cleo', mail: 'cleo@library.example.org' });
    const dn = `cn=cleo,${PEOPLE}`;
    await login('synced', 'cleo', 'cleo-pass');
    await directory.change(dn, { givenName: 'Cleopatra', mail: 'c@library.example.org' });
    await login('synced', 'cleo', 'cleo-pass');
    expect(await userOf(dn)).toMatchObject({
      first_name: 'Cleopatra',
      last_name: 'Ash',
      email: 'c@library.example.org',
    });
    await directory.change(dn, { givenName: null, mail: ADMIN.email.toUpperCase() });
    expect((await login('synced', 'cleo', 'cleo-pass')).status).toBe(200);
    expect(await userOf(dn)).toMatchObject({ first_name: 'Cleopatra', email: 'c@library.example.org' });
    await person(directory, 'kept');
    await login('dir', 'kept', 'kept-pass');
    await directory.change(`cn=kept,${PEOPLE}`, { givenName: 'Other' });
    await login('dir', 'kept', 'kept-pass');
    expect((await userOf(`cn=kept,${PEOPLE}`))?.first_name).toBe('Ada');
  });

  it('takes no account over: not by address, not from another provider', async () => {
    await person(directory, 'mallory', { uid: 'mallory', mail: ADMIN.email.toUpperCase() });
    expect(codeOf(await login('dir', 'mallory', 'mallory-pass'))).toBe('403 INVALID_PROVIDER');
    await directory.change(`cn=mallory,${PEOPLE}`, { mail: null });
    expect((await login('dir', 'mallory', 'mallory-pass')).status).toBe(200);
    expect(codeOf(await login('synced', 'mallory', 'mallory-pass'))).toBe('403 INVALID_PROVIDER');
  });

  it.each([
    ['disabled', 514, false],
    ['locked', 528, false],
    ['expired', 8_389_120, false],
    ['fine', 512, true],
  ])('asks whether an account is %s, at login and at every refresh', async (cn, control, fine) => {
    await person(directory, cn, { userAccountControl: '512' });
    const { body } = await login('dir', cn, `${cn}-pass`);
    await directory.change(`cn=${cn},${PEOPLE}`, { userAccountControl: String(control) });
    expect((await login('dir', cn, `${cn}-pass`)).status).toBe(fine ? 200 : 401);
    const refreshed = await refresh(body.data.refresh_token);
    expect(codeOf(refreshed)).toBe(fine ? '200 ' : '401 INVALID_CREDENTIALS');
    expect((await userOf(`cn=${cn},${PEOPLE}`))?.status).toBe('active');
    await directory.change(`cn=${cn},${PEOPLE}`, { userAccountControl: null });
    if (!fine) expect((await refresh(body.data.refresh_token)).status).toBe(200);
  });

  it('ends with the entry', async () => {
    await person(directory, 'gone');
    const { body } = await login('dir', 'gone', 'gone-pass');
    await directory.remove(`cn=gone,${PEOPLE}`);
    expect(codeOf(await refresh(body.data.refresh_token))).toBe('401 INVALID_CREDENTIALS');
    expect(codeOf(await login('dir', 'gone', 'gone-pass'))).toBe('401 INVALID_CREDENTIALS');
  });

  it('speaks TLS with who has the certificate, and with nobody else', async () => {
    expect((await login('tls', 'ada', 'wrong')).status).toBe(401);
    expect((await login('starttls', 'ada', 'wrong')).status).toBe(401);
    expect(codeOf(await login('strict', 'ada', 'ada-pass'))).toBe('503 SERVICE_UNAVAILABLE');
    expect(codeOf(await login('startbad', 'ada', 'ada-pass'))).toBe('503 SERVICE_UNAVAILABLE');
  });

  it('says what is wrong with the directory, and nothing of it', async () => {
    const bad = await login('bad', 'ada', 'ada-pass');
    expect([bad.status, bad.body.errors[0].extensions]).toEqual([
      503,
      { code: 'INVALID_PROVIDER_CONFIG', provider: 'bad' },
    ]);
    expect(codeOf(await login('nowhere', 'ada', 'ada-pass'))).toBe('503 INVALID_PROVIDER_CONFIG');
    expect((await login('anonymous', 'ada', 'ada-pass')).status).toBe(503);
    const answer = await login('silent', 'ada', 'ada-pass');
    expect(answer.body.errors[0].extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', service: 'ldap' });
    expect(JSON.stringify([bad.body, answer.body])).not.toMatch(/library|reader|127\.0\.0\.1/);
  });

  it('waits for a directory that stopped answering only so long, and spends no token meanwhile', async () => {
    await person(directory, 'patient');
    const { body } = await login('dir', 'patient', 'patient-pass');
    directory.pause();
    const began = performance.now();
    const [login1, refreshed] = await Promise.all([
      login('dir', 'patient', 'patient-pass'),
      refresh(body.data.refresh_token),
    ]);
    directory.go();
    expect([codeOf(login1), codeOf(refreshed)]).toEqual(['503 SERVICE_UNAVAILABLE', '503 SERVICE_UNAVAILABLE']);
    expect(performance.now() - began).toBeLessThan(20_000);
    expect((await refresh(body.data.refresh_token)).status).toBe(200);
  }, 40_000);

  it('counts wrong passwords against the account, and forgets them after a right one', async () => {
    await person(directory, 'dora');
    await node.must('PATCH', '/settings', { auth_login_attempts: 2 });
    await login('dir', 'dora', 'dora-pass');
    const dn = `cn=dora,${PEOPLE}`;
    for (let tries = 0; tries < 2; tries++) await login('dir', 'dora', 'wrong');
    expect((await login('dir', 'dora', 'dora-pass')).status).toBe(200);
    for (let tries = 0; tries < 3; tries++) await login('dir', 'dora', 'wrong');
    expect((await userOf(dn))?.status).toBe('suspended');
    expect(codeOf(await login('dir', 'dora', 'dora-pass'))).toBe('401 INVALID_CREDENTIALS');
    await node.must('PATCH', '/settings', { auth_login_attempts: null });
  });

  it('wants the one-time password of who has one', async () => {
    await person(directory, 'finn');
    const { body } = await login('dir', 'finn', 'finn-pass');
    const user = await userOf(`cn=finn,${PEOPLE}`);
    const seed = Buffer.from('12345678901234567890');
    await seedFor(place, String(user?.id), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(body.data.access_token).toBeTruthy();
    expect(codeOf(await login('dir', 'finn', 'finn-pass'))).toBe('401 INVALID_OTP');
    expect(codeOf(await login('dir', 'finn', 'finn-pass', { otp: '000000' }))).toBe('401 INVALID_OTP');
    expect(codeOf(await login('dir', 'finn', 'wrong', { otp: totp(seed, NOW) }))).toBe('401 INVALID_CREDENTIALS');
    expect((await login('dir', 'finn', 'finn-pass', { otp: totp(seed, NOW) })).status).toBe(200);
  });

  it('keeps local doors closed for people of the directory', async () => {
    await person(directory, 'local', { mail: 'local@library.example.org' });
    await login('dir', 'local', 'local-pass');
    const user = await userOf(`cn=local,${PEOPLE}`);
    await node.must('PATCH', `/users/${user?.id}`, { password: 'a-local-password-1' });
    const body = { email: 'local@library.example.org', password: 'a-local-password-1' };
    expect((await node.json({ method: 'POST', url: '/auth/login', token: '', body })).status).toBe(401);
    expect(codeOf(await login('dir', 'local', 'a-local-password-1'))).toBe('401 INVALID_CREDENTIALS');
    expect((await node.json({ method: 'GET', url: '/auth/login/dir', token: '' })).status).toBe(404);
  });
});

const NOW = Date.UTC(2030, 0, 15, 12);

/** As another server left it in the database: in plain text. */
async function seedFor(place: Project, user: string, seed: string): Promise<void> {
  if (place.database === 'postgres') {
    const { default: pg } = await import('pg');
    const client = new pg.Client(place.postgresUrl);
    await client.connect();
    await client.query('UPDATE directus_users SET tfa_secret = $1 WHERE id = $2', [seed, user]);
    await client.end();
    return;
  }
  const { default: Database } = await import('better-sqlite3');
  const connection = new Database(place.file);
  connection.prepare('UPDATE directus_users SET tfa_secret = ? WHERE id = ?').run(seed, user);
  connection.close();
}
