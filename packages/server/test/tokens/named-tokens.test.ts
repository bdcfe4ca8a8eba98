import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainClient } from '../plain-request.ts';
import { Client, FORBIDDEN, failure, INVALID_PAYLOAD, makeCollection } from '../resources/project.ts';
import { type Asking, asAdmin, makePerson, type Person } from '../security/people.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';

const UNAUTHORIZED = { status: 401, codes: ['INVALID_CREDENTIALS'] };
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

describe.each(DATABASES)('named tokens on %s', (database) => {
  let server: StartedServer;
  let root: Client;
  let admin: Asking;
  let anna: Person;
  let bert: Person;
  let rootId: string;

  beforeAll(async () => {
    server = await startProject(database, { IP_TRUST_PROXY: 'true' });
    root = new Client(server);
    admin = asAdmin(new PlainClient(server.port));
    for (const name of ['notes', 'plans']) await makeCollection(server, name, [{ field: 'owner', type: 'string' }]);
    await root.post('/items/notes', [{ owner: 'anna' }, { owner: 'bert' }]);
    await root.post('/items/plans', [{ owner: 'anna' }]);
    const own = { permissions: { owner: { _eq: 'anna' } } };
    anna = await makePerson(admin, 'anna', [
      { collection: 'notes', action: 'read', ...own },
      { collection: 'notes', action: 'create' },
      { collection: 'plans', action: 'read' },
      { collection: 'directus_users', action: 'read' },
      { collection: 'directus_users', action: 'update' },
    ]);
    bert = await makePerson(admin, 'bert', [{ collection: 'notes', action: 'read' }]);
    rootId = (await root.get('/users/me')).body.data.id;
  });
  afterAll(() => discard(server));

  const as = (token: string) => new Client(server, token);
  const make = async (owner: string, values: object = {}) => {
    const made = await as(owner).post('/users/me/tokens', { name: 'a token', ...values });
    if (made.status !== 200) throw new Error(made.text);
    return made.body.data as { id: string; token: string; hint: string };
  };
  const rowsOf = (client: Client, path: string) => client.get(path).then(({ body }) => body.data?.length);

  it('are shown once, with a prefix and a checksum that scanners know, and stored hashed', async () => {
    const { id, token, hint } = await make(anna.token);
    const [, random, checksum] = /^limen_([0-9A-Za-z]{36})([0-9A-Za-z]{6})$/.exec(token) ?? [];
    const value = [...(checksum ?? '')].reduce((sum, digit) => sum * 62 + BASE62.indexOf(digit), 0);
    expect(value).toBe(crc32(`limen_${random}`));
    expect(token.startsWith(hint)).toBe(true);
    const listed = await as(anna.token).get('/users/me/tokens');
    expect(listed.body.data.find((one: { id: string }) => one.id === id)).toMatchObject({
      name: 'a token',
      scope: null,
    });
    expect(listed.text).not.toContain(token);
  });

  it('act as their user, can be renamed, and end when they are deleted', async () => {
    const { id, token } = await make(anna.token);
    expect((await as(token).get('/users/me')).body.data.id).toBe(anna.id);
    expect(await rowsOf(as(token), '/items/notes')).toBe(1);
    const renamed = await as(anna.token).patch(`/users/me/tokens/${id}`, { name: 'other' });
    expect(renamed.body.data).toMatchObject({ id, name: 'other' });
    expect((await as(anna.token).delete(`/users/me/tokens/${id}`)).status).toBe(204);
    expect(failure(await as(token).get('/users/me'))).toEqual(UNAUTHORIZED);
  });

  it('are refused with one character changed, without a look at the database', async () => {
    const { token } = await make(anna.token);
    const changed = token.slice(0, 20) + (token[20] === 'a' ? 'b' : 'a') + token.slice(21);
    expect(failure(await as(changed).get('/items/notes'))).toEqual(UNAUTHORIZED);
  });

  it('belong to whoever asks, whatever the body says', async () => {
    for (const field of ['user', 'user_id', 'userId', 'id', 'token']) {
      const made = await as(bert.token).post('/users/me/tokens', { name: 'x', [field]: rootId });
      expect(failure(made)).toEqual(INVALID_PAYLOAD);
    }
    expect(failure(await new Client(server, null).post('/users/me/tokens', { name: 'x' }))).toEqual(UNAUTHORIZED);
    expect((await root.get(`/users/${rootId}/tokens`)).body.data).toEqual([]);
  });

  it('of others are for administrators, and everybody else sees nothing there', async () => {
    const { id, token } = await make(anna.token);
    const nobody = '00000000-0000-4000-8000-000000000000';
    for (const user of [anna.id, bert.id, nobody, 'nonsense']) {
      expect(failure(await as(bert.token).get(`/users/${user}/tokens`))).toEqual(FORBIDDEN);
      expect(failure(await as(bert.token).post(`/users/${user}/tokens`, { name: 'x' }))).toEqual(FORBIDDEN);
      expect(failure(await as(bert.token).delete(`/users/${user}/tokens/${id}`))).toEqual(FORBIDDEN);
    }
    expect(failure(await as(bert.token).delete(`/users/me/tokens/${id}`))).toEqual(FORBIDDEN);
    expect(failure(await as(bert.token).patch(`/users/me/tokens/${id}`, { name: 'x' }))).toEqual(FORBIDDEN);
    expect(failure(await root.delete(`/users/${bert.id}/tokens/${id}`))).toEqual(FORBIDDEN);
    expect((await as(token).get('/users/me')).status).toBe(200);
    const forBert = await root.post(`/users/${bert.id}/tokens`, { name: 'made by the administrator' });
    expect((await as(forBert.body.data.token).get('/users/me')).body.data.id).toBe(bert.id);
    expect((await root.get(`/users/${anna.id}/tokens`)).body.data.map((one: { id: string }) => one.id)).toContain(id);
    expect((await root.delete(`/users/${anna.id}/tokens/${id}`)).status).toBe(204);
    expect(failure(await as(token).get('/users/me'))).toEqual(UNAUTHORIZED);
    expect(failure(await root.post(`/users/${nobody}/tokens`, { name: 'x' }))).toEqual(FORBIDDEN);
  });

  it('change no credentials and make none, not even those of an administrator', async () => {
    for (const owner of [anna, { id: rootId, token: ADMIN.token }]) {
      const { id, token } = await make(owner.token);
      const holder = as(token);
      expect(failure(await holder.post('/users/me/tokens', { name: 'x' }))).toEqual(FORBIDDEN);
      expect(failure(await holder.get('/users/me/tokens'))).toEqual(FORBIDDEN);
      expect(failure(await holder.delete(`/users/me/tokens/${id}`))).toEqual(FORBIDDEN);
      expect(failure(await holder.get('/users/me/sessions'))).toEqual(FORBIDDEN);
      expect(failure(await holder.delete('/users/me/sessions'))).toEqual(FORBIDDEN);
      for (const change of [
        { password: 'another-password' },
        { token: 'another-token' },
        { email: 'thief@example.com' },
      ]) {
        expect(failure(await holder.patch('/users/me', change))).toEqual(FORBIDDEN);
        expect(failure(await holder.patch(`/users/${owner.id}`, change))).toEqual(FORBIDDEN);
      }
    }
    const { token } = await make(ADMIN.token);
    expect(failure(await as(token).post(`/users/${anna.id}/tokens`, { name: 'x' }))).toEqual(FORBIDDEN);
    expect(failure(await as(token).patch(`/users/${anna.id}`, { password: 'another-password' }))).toEqual(FORBIDDEN);
    expect((await as(token).patch(`/users/${anna.id}`, { title: 'Dr' })).status).toBe(200);
  });

  describe('with a scope', () => {
    it('leave an administrator what is named and nothing else', async () => {
      const { token } = await make(ADMIN.token, { scope: { collections: { notes: ['read'] } } });
      const holder = as(token);
      expect(await rowsOf(holder, '/items/notes')).toBe(2);
      for (const path of ['/items/plans', '/users', '/settings', '/activity', `/users/${anna.id}/sessions`]) {
        expect([path, failure(await holder.get(path))]).toEqual([path, FORBIDDEN]);
      }
      expect(failure(await holder.post('/items/notes', { owner: 'x' }))).toEqual(FORBIDDEN);
      expect(failure(await holder.delete('/items/notes/1'))).toEqual(FORBIDDEN);
      expect(failure(await holder.post('/collections', { collection: 'more', schema: {} }))).toEqual(FORBIDDEN);
      expect(failure(await holder.get('/schema/snapshot'))).toEqual(FORBIDDEN);
      expect((await holder.get('/users/me')).body).toEqual({ data: { id: rootId } });
      const globals = await holder.get('/policies/me/globals');
      expect(globals.body.data).toMatchObject({ admin_access: false, app_access: false });
    });

    it('give nobody a role but a preset one', async () => {
      const adminRole = (await root.get(`/users/${rootId}?fields=role`)).body.data.role;
      const newRole = await admin('POST', '/roles', { name: 'newcomers' });
      const users = ['create', 'read', 'update'];
      const { token } = await make(ADMIN.token, {
        scope: { collections: { directus_users: users, directus_roles: users } },
      });
      const account = (name: string) => ({ email: `${name}@example.com`, password: 'a-password-of-a-newcomer' });
      const holder = as(token);
      for (const role of [adminRole, newRole.id, { name: 'made on the way' }]) {
        expect(failure(await holder.post('/users', { ...account('eve'), role }))).toEqual(FORBIDDEN);
        expect(failure(await holder.patch(`/users/${bert.id}`, { role }))).toEqual(FORBIDDEN);
      }
      expect(failure(await holder.patch(`/roles/${adminRole}`, { users: [bert.id] }))).toEqual(FORBIDDEN);
      const invitation = { email: 'eve@example.com', role: adminRole };
      expect(failure(await holder.post('/users/invite', invitation))).toEqual(FORBIDDEN);
      const mutation = `mutation { update_users_item(id: "${bert.id}", data: { role: { id: "${adminRole}" } }) { id } }`;
      const { body } = await holder.post('/graphql/system', { query: mutation });
      expect(body.errors[0].extensions.code).toBe('FORBIDDEN');
      expect((await holder.post('/users', account('frank'))).body.data.role).toBeNull();

      const policy = await admin('POST', '/policies', { name: 'hosts' });
      const presets = { role: newRole.id };
      const rule = { policy: policy.id, collection: 'directus_users', fields: ['email', 'password', 'role'] };
      await admin('POST', '/permissions', { ...rule, action: 'create', presets });
      const attached = await admin('POST', '/access', { user: bert.id, policy: policy.id });
      const host = await make(bert.token, { scope: { collections: { directus_users: ['create'] } } });
      expect((await as(host.token).post('/users', account('gina'))).status).toBe(204);
      const [gina] = (await root.get('/users?filter[email][_eq]=gina@example.com')).body.data;
      expect(gina.role).toBe(newRole.id);
      expect(failure(await as(host.token).post('/users', { ...account('hugo'), role: adminRole }))).toEqual(FORBIDDEN);
      await root.delete(`/access/${attached.id}`);
    });

    it('never give what the user does not have', async () => {
      const scope = {
        collections: { '*': ['read', 'update', 'delete'], notes: ['read', 'create', 'update', 'delete'] },
      };
      const { token } = await make(anna.token, { scope });
      expect((await as(token).get('/items/notes')).body.data.map((one: { owner: string }) => one.owner)).toEqual([
        'anna',
      ]);
      expect(failure(await as(token).get('/items/notes/2'))).toEqual(FORBIDDEN);
      expect(failure(await as(token).patch('/items/notes/1', { owner: 'x' }))).toEqual(FORBIDDEN);
      expect(failure(await as(token).get('/settings'))).toEqual(FORBIDDEN);
      const lesser = await make(bert.token, { scope });
      expect(failure(await as(lesser.token).get('/items/plans'))).toEqual(FORBIDDEN);
    });

    it('leave of the policies only those that are named, and only as long as the user has them', async () => {
      const policy = await admin('POST', '/policies', { name: 'plans' });
      await admin('POST', '/permissions', { policy: policy.id, collection: 'plans', action: 'read', fields: ['*'] });
      const attached = await admin('POST', '/access', { user: bert.id, policy: policy.id });
      const adminPolicy = (await root.get('/policies?filter[admin_access][_eq]=true')).body.data[0].id;
      const narrow = await make(bert.token, { scope: { policies: [policy.id, adminPolicy, 'nonsense'] } });
      const none = await make(bert.token, { scope: { policies: [] } });
      expect(await rowsOf(as(narrow.token), '/items/plans')).toBe(1);
      expect(failure(await as(narrow.token).get('/items/notes'))).toEqual(FORBIDDEN);
      expect(failure(await as(narrow.token).get('/users'))).toEqual(FORBIDDEN);
      expect(failure(await as(none.token).get('/items/notes'))).toEqual(FORBIDDEN);
      expect(await rowsOf(as(bert.token), '/items/notes')).toBe(2);
      await root.delete(`/access/${attached.id}`);
      expect(failure(await as(narrow.token).get('/items/plans'))).toEqual(FORBIDDEN);
    });

    it('get each their own answer from one address, in any order', async () => {
      const [whole, notes, plans] = await Promise.all([
        make(ADMIN.token),
        make(ADMIN.token, { scope: { collections: { notes: ['read'] } } }),
        make(ADMIN.token, { scope: { collections: { plans: ['read'] } } }),
      ]);
      const expected: [string, number][] = [
        [ADMIN.token, 200],
        [whole.token, 200],
        [notes.token, 200],
        [plans.token, 403],
        [anna.token, 200],
      ];
      const bodies = new Map<string, string>();
      for (let round = 0; round < 4; round++) {
        for (const [token, status] of round % 2 === 0 ? expected : expected.toReversed()) {
          const answer = await as(token).get('/items/notes?sort=id&fields=id,owner');
          expect(answer.status).toBe(status);
          expect(bodies.get(token) ?? answer.text).toBe(answer.text);
          bodies.set(token, answer.text);
        }
      }
      expect(bodies.get(anna.token)).not.toBe(bodies.get(notes.token));
      const specs = await Promise.all([notes, plans].map(({ token }) => as(token).get('/server/specs/oas')));
      expect(specs.map(({ text }) => text.includes('/items/notes'))).toEqual([true, false]);
    });

    it.each([
      ['{}', {}],
      ['a list', []],
      ['an unknown key', { collections: {}, fields: ['id'] }],
      ['an unknown action', { collections: { notes: ['rule'] } }],
      ['no list of actions', { collections: { notes: 'read' } }],
      ['policies that are none', { policies: [1] }],
      ['a name that everything has', JSON.parse('{"collections": {"__proto__": "read"}}')],
    ])('refuse %s for one', async (_name, scope) => {
      expect(failure(await as(anna.token).post('/users/me/tokens', { name: 'x', scope }))).toEqual(INVALID_PAYLOAD);
    });
  });

  it('count from their addresses only', async () => {
    const { token } = await make(anna.token, { ip_access: ['10.0.0.0/8', '2001:db8::1'] });
    const from = (address: string) =>
      fetch(`${server.url}/users/me`, { headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': address } });
    expect((await from('10.1.2.3')).status).toBe(200);
    expect((await from('2001:db8::1')).status).toBe(200);
    expect((await from('11.1.2.3')).status).toBe(401);
    expect((await from('nonsense')).status).toBe(401);
    expect(failure(await as(anna.token).post('/users/me/tokens', { name: 'x', ip_access: ['10.0.0.0/99'] }))).toEqual(
      INVALID_PAYLOAD,
    );
  });

  it('end when they said they would', async () => {
    const expires = new Date(Date.now() + 1500).toISOString();
    const { token } = await make(anna.token, { expires });
    expect((await as(token).get('/users/me')).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1600));
    expect(failure(await as(token).get('/users/me'))).toEqual(UNAUTHORIZED);
    for (const bad of ['yesterday', '2020-01-01T00:00:00Z', 5]) {
      expect(failure(await as(anna.token).post('/users/me/tokens', { name: 'x', expires: bad }))).toEqual(
        INVALID_PAYLOAD,
      );
    }
  });

  it('end with the suspension of their user at once, come back with it, and go with the user', async () => {
    const carl = await makePerson(admin, 'carl', [{ collection: 'notes', action: 'read' }]);
    const { token } = await make(carl.token);
    expect(await rowsOf(as(token), '/items/notes')).toBe(2);
    await root.patch(`/users/${carl.id}`, { status: 'suspended' });
    expect(failure(await as(token).get('/items/notes'))).toEqual(UNAUTHORIZED);
    await root.patch(`/users/${carl.id}`, { status: 'active', role: null });
    expect(failure(await as(token).get('/items/notes'))).toEqual(FORBIDDEN);
    await root.delete(`/users/${carl.id}`);
    expect(failure(await as(token).get('/items/notes'))).toEqual(UNAUTHORIZED);
  });
});
