import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, PlainClient } from '../plain-request.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Asking, asAdmin, field, makeCollection, makePerson, type Person, relate } from './people.ts';

/** Validations say which values nobody may write; every other spelling of such a value has to be refused too. */
describe.each(DATABASES)('validations on %s', (database) => {
  let server: StartedServer;
  let client: PlainClient;
  let admin: Asking;
  let adminRole: string;

  beforeAll(async () => {
    server = await startProject(database);
    client = new PlainClient(server.port, 20_000);
    admin = asAdmin(client);
    adminRole = (await admin<{ role: string }>('GET', '/users/me')).role;
    await makeCollection(admin, 'projects', [field('name'), field('owner', 'uuid', { special: ['m2o'] })]);
    await makeCollection(admin, 'tasks', [
      field('title'),
      field('slug', 'string', { validation: { slug: { _regex: '^(([a-z])+.)+[A-Z]([a-z])+$' } } }),
      field('rank', 'integer'),
      field('big', 'bigInteger'),
      field('done', 'boolean'),
      field('ref', 'uuid'),
      field('at', 'timestamp'),
      field('clock', 'time'),
      field('tags', 'csv', { special: ['cast-csv'] }),
      field('extra', 'json', { special: ['cast-json'] }),
      field('project', 'integer', { special: ['m2o'] }),
    ]);
    await relate(admin, 'projects', 'owner', 'directus_users');
    await relate(admin, 'tasks', 'project', 'projects', 'tasks');
  });

  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  describe.each(['_neq', '_nin', '_ncontains', '_nstarts_with', '_regex'])('a role forbidden by %s', (operator) => {
    let person: Person;

    beforeAll(async () => {
      const operand = { _nin: [adminRole], _regex: `^(?!${adminRole})` }[operator] ?? adminRole;
      person = await makePerson(admin, operator.slice(1).replace('_', '-'), [
        {
          collection: 'directus_users',
          action: 'update',
          fields: ['role', 'first_name'],
          permissions: { id: { _eq: '$CURRENT_USER' } },
          validation: { role: { [operator]: operand } },
        },
      ]);
    });

    it.each([
      ['as it is', () => adminRole],
      ['in capitals', () => adminRole.toUpperCase()],
      ['as an object', () => ({ id: adminRole })],
      ['as an object in capitals', () => ({ id: adminRole.toUpperCase() })],
      ['as an object with more in it', () => ({ id: adminRole, name: 'Mine' })],
      ['as a list', () => [adminRole]],
    ])('is not taken %s', async (_, role) => {
      const answer = await client.json('PATCH', '/users/me', person.token, { role: role() });
      expect(answer.status).toBe(400);
      const { role: stored } = await admin<{ role: string }>('GET', `/users/${person.id}?fields=role`);
      expect(stored).toBe(person.role);
    });
  });

  it.each([
    ['rank', 5, ['5', '05', '5.0', ' 5', '5e0', 5.0]],
    ['rank', '5', ['5', '05', '5.0', ' 5', '5e0', 5]],
    ['rank', 1, [true]],
    ['big', '9007199254740993', ['9007199254740993', '+9007199254740993', '09007199254740993']],
    ['done', true, [1, '1', 'true']],
    ['done', false, [0, '0', 'false', '']],
    ['at', '2024-01-01T00:00:00Z', ['2024-01-01T01:00:00+01:00', '2024-01-01 00:00:00Z', 1_704_067_200_000]],
    ['clock', '09:30:00', ['09:30', ' 09:30:00']],
    ['tags', 'a,b', [['a', 'b'], 'a,b']],
    ['extra', { a: 1 }, ['{"a":1}', '{ "a": 1 }', { a: 1 }]],
  ] as const)('of %s that is not %j take it in no spelling', async (name, operand, spellings) => {
    const who = `spelling-${name}-${typeof operand}-${String(spellings.length)}-${String(operand)}`.replace(/\W/g, '-');
    const person = await makePerson(admin, who, [
      { collection: 'tasks', action: 'create', validation: { [name]: { _neq: operand } } },
    ]);
    for (const value of spellings) {
      const answer = await client.json('POST', '/items/tasks', person.token, { [name]: value });
      expect([value, answer.status, codeOf(answer)]).toEqual([value, 400, 'FAILED_VALIDATION']);
    }
  });

  it('of what an item may belong to are met by no bare key', async () => {
    const mine = { project: { owner: { _eq: '$CURRENT_USER' } } };
    const person = await makePerson(admin, 'related', [
      { collection: 'tasks', action: 'create', validation: mine },
      { collection: 'projects', action: 'create' },
    ]);
    const { id } = await admin('POST', '/items/projects', { name: 'of the administrator' });
    for (const project of [id, String(id), { id }, null]) {
      const answer = await client.json('POST', '/items/tasks', person.token, { title: 'x', project });
      expect([project, answer.status, codeOf(answer)]).toEqual([project, 400, 'FAILED_VALIDATION']);
    }
    const own = { title: 'x', project: { name: 'own', owner: person.id } };
    expect((await client.json('POST', '/items/tasks', person.token, own)).status).toBe(204);
  });

  it('with a pattern that runs away stop nobody', async () => {
    const began = Date.now();
    const hostile = { slug: `${'a'.repeat(60)}!` };
    const answers = await Promise.all([1, 2, 3].map(() => client.json('POST', '/items/tasks', ADMIN.token, hostile)));
    expect(answers.map(codeOf)).toEqual(['FAILED_VALIDATION', 'FAILED_VALIDATION', 'FAILED_VALIDATION']);
    expect(Date.now() - began).toBeLessThan(3_000);
    expect((await client.json('POST', '/items/tasks', ADMIN.token, { slug: 'ab Cde' })).status).toBe(200);
  });

  it('make presets of the app belong to whoever makes them', async () => {
    const person = await makePerson(admin, 'presets', [], { app_access: true });
    const made = await client.json('POST', '/presets', person.token, { collection: 'tasks', bookmark: 'For all' });
    expect(made.status).toBe(200);
    const { user } = JSON.parse(made.text).data;
    expect(user).toBe(person.id);
    const forAll = await client.json('POST', '/presets', person.token, { collection: 'tasks', user: null });
    expect(codeOf(forAll)).toBe('FAILED_VALIDATION');
  });
});
