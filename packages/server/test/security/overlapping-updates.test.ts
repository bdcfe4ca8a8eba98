import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { ADMIN, DATABASES, makeProject } from '../started-server.ts';
import { field, KEY } from './people.ts';

const TOKEN = 'clerk-static-token-0123456789';
const CLERK = '00000000-0000-4000-8000-0000000000aa';
const OTHER = '00000000-0000-4000-8000-0000000000bb';

/** Two permissions to change: one says which fields of which items, and so does the other. No field goes with the other's items. */
describe.each(DATABASES)('two permissions to update on %s', (database) => {
  let project: Inside;

  beforeAll(async () => {
    project = await Inside.open(await makeProject(database));
    const fields = [KEY, field('kind'), field('a'), field('b'), field('list', 'integer', { special: ['m2o'] })];
    await project.must('POST', '/collections', { collection: 'things', schema: {}, meta: {}, fields });
    await project.must('POST', '/collections', { collection: 'lists', schema: {}, meta: {}, fields: [KEY] });
    await project.must('POST', '/fields/lists', { field: 'things', type: 'alias', meta: { special: ['o2m'] } });
    const relation = { collection: 'things', field: 'list', related_collection: 'lists', schema: {} };
    await project.must('POST', '/relations', { ...relation, meta: { one_field: 'things' } });
    await project.must('POST', '/items/lists', { id: 1 });
    const one = { collection: 'things', action: 'update', permissions: { kind: { _eq: 'a' } }, fields: ['a'] };
    const other = { collection: 'things', action: 'update', permissions: { kind: { _eq: 'b' } }, fields: ['b'] };
    const self = {
      collection: 'directus_users',
      action: 'update',
      permissions: { id: { _eq: CLERK } },
      fields: ['password'],
    };
    const all = { collection: 'directus_users', action: 'update', permissions: {}, fields: ['first_name'] };
    const read = ['things', 'lists', 'directus_users'].map((collection) => ({
      collection,
      action: 'read',
      fields: ['*'],
    }));
    const open = { collection: 'lists', action: 'update', fields: ['*'] };
    const policies = [
      [one, self, ...read, open],
      [other, all],
    ];
    await project.must('POST', '/users', { id: OTHER, email: 'other@example.com', password: 'others-password' });
    await project.must('POST', '/users', {
      id: CLERK,
      email: 'clerk@example.com',
      token: TOKEN,
      policies: policies.map((permissions, n) => ({ policy: { name: `${n}`, permissions } })),
    });
  });
  afterAll(async () => {
    await project?.close();
    await project?.place.remove();
  });

  const kinds = async (): Promise<object[]> =>
    (await project.json({ method: 'GET', url: '/items/things?fields=kind,a,b&sort=id', token: ADMIN.token })).body.data;

  it.each<[string, (ids: number[]) => [method: string, url: string, body: object], allowed: boolean]>([
    ['the field of its own', ([id]) => ['PATCH', `/items/things/${id}`, { a: 'x' }], true],
    ['the field of the other', ([id]) => ['PATCH', `/items/things/${id}`, { b: 'x' }], false],
    ['both', ([id]) => ['PATCH', `/items/things/${id}`, { a: 'x', b: 'x' }], false],
    ['its own on both', (keys) => ['PATCH', '/items/things', { keys, data: { a: 'x' } }], false],
    ['its own on all that are found', () => ['PATCH', '/items/things', { query: {}, data: { a: 'x' } }], false],
    [
      'each the other’s',
      ([id, next]) => [
        'PATCH',
        '/items/things',
        [
          { id, b: 'x' },
          { id: next, a: 'x' },
        ],
      ],
      false,
    ],
    [
      'each its own',
      ([id, next]) => [
        'PATCH',
        '/items/things',
        [
          { id, a: 'x' },
          { id: next, b: 'x' },
        ],
      ],
      true,
    ],
    ['the other’s on the way', ([id]) => ['PATCH', '/items/lists/1', { things: { update: [{ id, b: 'x' }] } }], false],
  ])('of an item: %s', async (_, write, allowed) => {
    await project.must('DELETE', '/items/things', { query: { limit: -1 } });
    const made = await project.must<{ id: number }[]>('POST', '/items/things', [
      { kind: 'a', list: 1 },
      { kind: 'b', list: 1 },
    ]);
    const before = await kinds();
    const [method, url, body] = write(made.map(({ id }) => id));
    const { status } = await project.json({ method, url, body, token: TOKEN });
    expect(status).toBe(allowed ? 200 : 403);
    if (!allowed) expect(await kinds()).toEqual(before);
  });

  it('nobody sets the password of those whose name they may change', async () => {
    const set = (id: string, body: object) =>
      project.json({ method: 'PATCH', url: `/users/${id}`, body, token: TOKEN });
    expect((await set(OTHER, { password: 'taken-over-now' })).status).toBe(403);
    expect((await set(OTHER, { first_name: 'x', password: 'taken-over-now' })).status).toBe(403);
    expect((await set(OTHER, { first_name: 'x' })).status).toBe(200);
    expect((await set(CLERK, { password: 'a-new-password' })).status).toBe(200);
    const login = { method: 'POST', url: '/auth/login', token: '' };
    const others = { ...login, body: { email: 'other@example.com', password: 'taken-over-now' } };
    expect((await project.json(others)).status).toBe(401);
  });
});
