import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainClient } from '../plain-request.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Asking, asAdmin, field, makeCollection, makePerson, type Person, relate } from './people.ts';

/** What is made under the name or the id of something that is gone is something else: nobody's rights come back with it. */
describe.each(DATABASES)('what is made anew inherits nothing, %s', (database) => {
  let server: StartedServer;
  let client: PlainClient;
  let admin: Asking;
  let made = 0;

  beforeAll(async () => {
    server = await startProject(database);
    client = new PlainClient(server.port, 20_000);
    admin = asAdmin(client);
  });
  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  /** A collection of its own for each test, with two works in one room. */
  async function works(): Promise<{ name: string; rooms: string }> {
    made += 1;
    const [name, rooms] = [`works_${made}`, `rooms_${made}`];
    await makeCollection(admin, rooms, [field('name'), field('open', 'boolean')]);
    await makeCollection(admin, name, [
      field('title'),
      field('secret'),
      field('open', 'boolean'),
      field('room', 'integer'),
    ]);
    await relate(admin, name, 'room', rooms, 'works');
    await admin('POST', `/items/${rooms}`, { name: 'North', open: true });
    await admin(
      'POST',
      `/items/${name}`,
      [1, 2].map((n) => ({ title: `Work ${n}`, secret: 'hush', open: true, room: 1 })),
    );
    return { name, rooms };
  }

  async function seen(path: string, token: string): Promise<unknown> {
    const { status, text } = await client.json('GET', path, token);
    return status === 200 ? JSON.parse(text).data : status;
  }

  it('a field: not among the fields, presets and validations of permissions', async () => {
    const { name } = await works();
    const permissions = [
      { collection: name, action: 'read', fields: ['id', 'secret'] },
      { collection: name, action: 'create', fields: ['title', 'secret'], presets: { secret: 'preset' } },
      { collection: name, action: 'update', fields: ['secret'], validation: { secret: { _eq: 'hush' } } },
    ];
    const { token } = await makePerson(admin, `reader-${name}`, permissions);
    expect(await seen(`/items/${name}`, token)).toEqual([
      { id: 1, secret: 'hush' },
      { id: 2, secret: 'hush' },
    ]);
    await admin('DELETE', `/fields/${name}/secret`);
    await admin('POST', `/fields/${name}`, { ...field('secret'), schema: { default_value: 'new' } });
    expect(await seen(`/items/${name}`, token)).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await seen(`/items/${name}?fields=secret`, token)).toBe(403);
    expect((await client.json('PATCH', `/items/${name}/1`, token, { secret: 'hush' })).status).toBe(403);
    expect((await client.json('POST', `/items/${name}`, token, { title: 'x' })).status).toBe(200);
    expect(await admin('GET', `/items/${name}?fields=secret&filter[title][_eq]=x`)).toEqual([{ secret: 'new' }]);
  });

  it.each([
    ['its own', { open: { _eq: true } }],
    ['its own among others', { _or: [{ open: { _eq: true } }, { title: { _eq: 'nothing' } }] }],
    ['that of a related item', { room: { open: { _eq: true } } }],
    ['that of a related item, and back', { room: { works: { _some: { open: { _eq: true } } } } }],
  ])('a field in a rule: %s', async (_case, permissions) => {
    const { name, rooms } = await works();
    const { token } = await makePerson(admin, `ruled-${name}`, [
      { collection: name, action: 'read', fields: ['id'], permissions },
    ]);
    expect(await seen(`/items/${name}`, token)).toHaveLength(2);
    const nobody = [403, []];
    for (const collection of [name, rooms]) await admin('DELETE', `/fields/${collection}/open`);
    expect(nobody).toContainEqual(await seen(`/items/${name}`, token));
    for (const collection of [name, rooms]) {
      await admin('POST', `/fields/${collection}`, { ...field('open', 'boolean'), schema: { default_value: true } });
    }
    expect(nobody).toContainEqual(await seen(`/items/${name}`, token));
  });

  it.each([
    ['a related one', (rooms: string) => `/collections/${rooms}`],
    ['the way to it', (_: string, name: string) => `/fields/${name}/room`],
  ])('a way through other collections: %s', async (_case, gone) => {
    const { name, rooms } = await works();
    const { token } = await makePerson(admin, `passer-${name}`, [
      { collection: name, action: 'read', fields: ['id'], permissions: { room: { name: { _eq: 'North' } } } },
      {
        collection: rooms,
        action: 'read',
        fields: ['id'],
        permissions: { works: { _some: { title: { _nnull: true } } } },
      },
    ]);
    expect([await seen(`/items/${name}`, token), await seen(`/items/${rooms}`, token)]).toMatchObject([[{}, {}], [{}]]);
    await admin('DELETE', gone(rooms, name));
    if (gone(rooms, name).startsWith('/collections')) {
      await makeCollection(admin, rooms, [field('name')]);
      await admin('POST', `/items/${rooms}`, { name: 'North' });
    } else {
      await admin('POST', `/fields/${name}`, { ...field('room', 'integer'), schema: { default_value: 1 } });
    }
    await relate(admin, name, 'room', rooms, 'works');
    const nobody = [403, []];
    expect(nobody).toContainEqual(await seen(`/items/${name}`, token));
    expect(nobody).toContainEqual(await seen(`/items/${rooms}`, token));
  });

  it('a field of users that a rule compares with', async () => {
    const { name } = await works();
    await admin('POST', '/fields/directus_users', field(`team_${name}`));
    const permissions = { title: { _eq: `$CURRENT_USER.team_${name}` } };
    const person = await makePerson(admin, `team-${name}`, [{ collection: name, action: 'read', permissions }]);
    await admin('PATCH', `/users/${person.id}`, { [`team_${name}`]: 'Work 1' });
    expect(await seen(`/items/${name}`, person.token)).toHaveLength(1);
    await admin('DELETE', `/fields/directus_users/team_${name}`);
    await admin('POST', '/fields/directus_users', { ...field(`team_${name}`), schema: { default_value: 'Work 1' } });
    expect(await seen(`/items/${name}`, person.token)).toEqual([]);
  });

  it('what has nothing to do with it stays as it is', async () => {
    const { name, rooms } = await works();
    const rule = { _and: [{ room: { name: { _eq: 'North' } } }, { title: { _neq: '$CURRENT_USER.email' } }] };
    const { token, policy } = await makePerson(admin, `other-${name}`, [
      { collection: name, action: 'read', fields: ['id'], permissions: rule },
    ]);
    await admin('DELETE', `/fields/${rooms}/open`);
    await admin('DELETE', `/fields/${name}/open`);
    expect(await seen(`/items/${name}`, token)).toHaveLength(2);
    const [permission] = await admin<{ permissions: object }[]>('GET', `/permissions?filter[policy][_eq]=${policy}`);
    expect(permission?.permissions).toEqual(rule);
  });

  it('a collection', async () => {
    const { name } = await works();
    const { token } = await makePerson(admin, `owner-${name}`, [
      { collection: name, action: 'read' },
      { collection: name, action: 'create' },
    ]);
    expect(await seen(`/items/${name}`, token)).toHaveLength(2);
    await admin('DELETE', `/collections/${name}`);
    await makeCollection(admin, name, [field('title')]);
    expect(await seen(`/items/${name}`, token)).toBe(403);
    expect((await client.json('POST', `/items/${name}`, token, { title: 'x' })).status).toBe(403);
    expect(await admin('GET', `/permissions?filter[collection][_eq]=${name}`)).toEqual([]);
  });

  it('a role: neither members nor policies, and its former members stay out', async () => {
    const { name } = await works();
    const person = await makePerson(admin, `member-${name}`, [{ collection: name, action: 'read' }]);
    const child = await admin('POST', '/roles', { name: 'child', parent: person.role });
    await admin('DELETE', `/roles/${person.role}`);
    await admin('POST', '/roles', { id: person.role, name: 'again' });
    expect(await seen(`/items/${name}`, person.token)).toBe(401);
    expect(await admin('GET', `/roles/${person.role}?fields=users,policies,children`)).toEqual({
      users: [],
      policies: [],
      children: [],
    });
    expect(await admin('GET', `/roles/${child.id}?fields=parent`)).toEqual({ parent: null });
    await admin('PATCH', `/users/${person.id}`, { status: 'active', role: person.role });
    expect(await seen(`/items/${name}`, person.token)).toBe(403);
  });

  it('a policy: neither permissions nor attachments', async () => {
    const { name } = await works();
    const person = await makePerson(admin, `policed-${name}`, [{ collection: name, action: 'read' }]);
    await admin('DELETE', `/policies/${person.policy}`);
    await admin('POST', '/policies', { id: person.policy, name: 'again', app_access: true });
    expect(await seen(`/items/${name}`, person.token)).toBe(403);
    const again = `/policies/${person.policy}?fields=permissions,users,roles`;
    expect(await admin('GET', again)).toEqual({ permissions: [], users: [], roles: [] });
    await admin('POST', '/access', { policy: person.policy, role: person.role });
    expect(await seen(`/items/${name}`, person.token)).toBe(403);
  });

  it('a user: no policies, no token', async () => {
    const { name } = await works();
    const person: Person = await makePerson(admin, `user-${name}`, []);
    const policy = await admin('POST', '/policies', {
      name: 'own',
      permissions: [{ collection: name, action: 'read', fields: ['*'] }],
    });
    await admin('POST', '/access', { policy: policy.id, user: person.id });
    expect(await seen(`/items/${name}`, person.token)).toHaveLength(2);
    await admin('DELETE', `/users/${person.id}`);
    await admin('POST', '/users', { id: person.id, email: 'again@example.com', role: person.role });
    expect(await seen(`/items/${name}`, person.token)).toBe(401);
    await admin('PATCH', `/users/${person.id}`, { token: `${person.token}-again` });
    expect(await seen(`/items/${name}`, `${person.token}-again`)).toBe(403);
  });
});
