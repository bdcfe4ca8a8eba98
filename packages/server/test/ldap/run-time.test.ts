import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { ADMIN, DATABASES, makeProject, type Project } from '../started-server.ts';
import { hasOpenLdap, type OpenLdap, READER, SUFFIX, startOpenLdap } from './openldap.ts';

const PEOPLE = `ou=people,${SUFFIX}`;
const GROUPS = `ou=groups,${SUFFIX}`;

describe.runIf(hasOpenLdap()).each(DATABASES)('directories that are set up at run time, on %s', (database) => {
  let directory: OpenLdap;
  let place: Project;
  let node: Inside;

  const settings = (more: Record<string, unknown> = {}) => ({
    client_url: directory.url,
    bind_dn: READER.dn,
    bind_password: READER.password,
    user_dn: PEOPLE,
    ...more,
  });

  beforeAll(async () => {
    directory = await startOpenLdap();
    await directory.add(PEOPLE, { objectClass: 'organizationalUnit', ou: 'people' });
    await directory.add(GROUPS, { objectClass: 'organizationalUnit', ou: 'groups' });
    const ada = { objectClass: ['inetOrgPerson'], cn: 'ada', sn: 'Ash', userPassword: 'ada-pass' };
    await directory.add(`cn=ada,${PEOPLE}`, ada);
    place = await makeProject(database, { IMPORT_IP_ALLOW_LIST: '127.0.0.1' });
    node = await Inside.open(place);
  }, 60_000);

  afterAll(async () => {
    await node?.close();
    await place?.remove();
    await directory?.stop();
  });

  const login = async (name: string, password = 'ada-pass') => {
    const body = { identifier: 'ada', password };
    return (await node.json({ method: 'POST', url: `/auth/login/${name}`, token: '', body })).status;
  };

  it('let people in at once, over each kind of connection, until they are disabled', async () => {
    const tls = { client_url: directory.secureUrl, client_tls_options__ca: directory.authority };
    const start = { client_start_tls: true, client_tls_options__ca: directory.authority };
    const untrusted = { client_url: directory.secureUrl };
    const kinds = { plain: {}, tls, start, untrusted };
    for (const [name, more] of Object.entries(kinds)) {
      expect([name, await login(name)]).toEqual([name, 404]);
      await node.must('POST', '/providers', { name, driver: 'ldap', settings: settings(more) });
    }
    expect([await login('plain'), await login('plain', 'wrong')]).toEqual([200, 401]);
    // An entry is of one provider only: what is refused here is the account of another one, not the connection.
    const others = await Promise.all(['tls', 'start', 'untrusted'].map((name) => login(name)));
    expect(others).toEqual([403, 403, 503]);
    await node.must('PATCH', '/providers/plain', { enabled: false });
    expect(await login('plain')).toBe(404);
  });

  it('renew no session of their people while they are disabled, and spend no token', async () => {
    await node.must('POST', '/providers', { name: 'renewing', driver: 'ldap', settings: settings() });
    await directory.add(`cn=bea,${PEOPLE}`, {
      objectClass: ['inetOrgPerson'],
      cn: 'bea',
      sn: 'Ash',
      userPassword: 'bea-pass',
    });
    const body = { identifier: 'bea', password: 'bea-pass', mode: 'json' };
    const arrived = await node.json({ method: 'POST', url: '/auth/login/renewing', token: '', body });
    const refresh = async () => {
      const { refresh_token } = arrived.body.data;
      return (await node.json({ method: 'POST', url: '/auth/refresh', token: '', body: { refresh_token } })).status;
    };
    await node.must('PATCH', '/providers/renewing', { enabled: false });
    expect(await refresh()).toBe(503);
    await node.must('PATCH', '/providers/renewing', { enabled: true });
    expect(await refresh()).toBe(200);
  });

  it.each([
    ['directory', 'bind_password', { bind_password: 'wrong' }, 'does not take the password'],
    ['directory', 'bind_dn', { bind_dn: 'nobody at all' }, 'is no name of an entry'],
    ['people', 'user_dn', { user_dn: `ou=nowhere,${SUFFIX}` }, 'is not there'],
    ['groups', 'group_dn', { group_dn: `ou=nowhere,${SUFFIX}` }, 'is not there'],
    ['directory', 'client_url', { client_url: 'ldap://127.0.0.1:9' }, 'ECONNREFUSED'],
  ])('are tested, and the wrong setting is named: %s, %s', async (name, setting, wrong, words) => {
    const draft = { name: 'draft', driver: 'ldap', settings: settings({ group_dn: GROUPS, ...wrong }) };
    const tested = await node.must<{ steps: { ok: boolean }[] }>('POST', '/providers/test', draft);
    const faults = tested.steps.filter(({ ok }) => !ok);
    expect(faults).toEqual([{ name, ok: false, setting, detail: expect.stringContaining(words) }]);
    expect(JSON.stringify(tested)).not.toContain(READER.password);
  });

  it('find nothing wrong where nothing is', async () => {
    const draft = { name: 'draft', driver: 'ldap', settings: settings({ group_dn: GROUPS }) };
    const tested = await node.must('POST', '/providers/test', draft);
    expect(tested).toMatchObject({ ok: true, steps: [{ name: 'directory' }, { name: 'people' }, { name: 'groups' }] });
  });

  it('do not hand their password to another directory, or over a weaker connection', async () => {
    const { app } = node;
    const tls = { client_url: directory.secureUrl, client_tls_options__ca: directory.authority };
    await node.must('POST', '/providers', { name: 'guarded', driver: 'ldap', settings: settings(tls) });
    for (const change of [
      { client_url: directory.url },
      { client_tls_options__ca: null },
      { client_tls_options__reject_unauthorized: false },
      { client_tls_options__servername: 'other.example' },
    ]) {
      for (const [method, url] of [
        ['PATCH', '/providers/guarded'],
        ['POST', '/providers/guarded/test'],
      ] as const) {
        const headers = { authorization: `Bearer ${ADMIN.token}` };
        const answer = await app.inject({ method, url, headers, payload: { settings: change } });
        expect(answer.json().errors?.[0].extensions).toMatchObject({
          code: 'FAILED_VALIDATION',
          field: 'bind_password',
        });
      }
    }
  });
});
