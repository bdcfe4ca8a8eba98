import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { ADMIN, DATABASES, makeProject } from '../started-server.ts';
import { field, KEY } from './people.ts';

const MINE = { id: '00000000-0000-4000-8000-0000000000a1', token: 'mia-static-token-0123456789' };
const OTHER = { id: '00000000-0000-4000-8000-0000000000a2', token: 'otto-static-token-0123456789' };

/** Collections of which everybody has their own, and the field that says whose. */
const OWNED: readonly (readonly [path: string, owner: string, item: object])[] = [
  ['/presets', 'user', { collection: 'things', bookmark: 'x' }],
  ['/comments', 'user_created', { collection: 'things', item: '1', comment: 'x' }],
  ['/notifications', 'recipient', { subject: 'x' }],
];

/** Whose something is can't be changed by whoever has it, nor said by whoever makes it. */
describe.each(DATABASES)('owners on %s', (database) => {
  let project: Inside;

  beforeAll(async () => {
    project = await Inside.open(await makeProject(database));
    await project.must('POST', '/collections', {
      collection: 'things',
      schema: {},
      meta: {},
      fields: [KEY, field('name')],
    });
    await project.must('POST', '/items/things', { name: 'x' });
    const permissions = [{ collection: 'things', action: 'read', fields: ['*'] }];
    const policy = await project.must('POST', '/policies', { name: 'app', app_access: true, permissions });
    const role = await project.must('POST', '/roles', { name: 'app', policies: [{ policy: policy.id }] });
    for (const { id, token } of [MINE, OTHER])
      await project.must('POST', '/users', { id, email: `${id}@example.com`, token, role: role.id });
  });
  afterAll(async () => {
    await project?.close();
    await project?.place.remove();
  });

  const as = (token: string, method: string, url: string, body?: unknown) => project.json({ method, url, token, body });
  const ownerOf = async (path: string, owner: string, id: unknown): Promise<unknown> =>
    (await as(ADMIN.token, 'GET', `${path}/${id}?fields=${owner}`)).body.data[owner];

  describe.each(OWNED)('of %s', (path, owner, item) => {
    const make = async (of: { id: string; token: string }): Promise<unknown> => {
      const made = await as(path === '/notifications' ? ADMIN.token : of.token, 'POST', path, {
        ...item,
        [owner]: of.id,
      });
      expect(made.status).toBe(200);
      return made.body.data.id;
    };

    it('are not others than those who make it', async () => {
      for (const body of [
        { ...item, [owner]: OTHER.id },
        [{ ...item, [owner]: OTHER.id }],
        { ...item, [owner]: { id: OTHER.id } },
      ]) {
        const { status, body: answer } = await as(MINE.token, 'POST', path, body);
        if (status !== 200 && status !== 204) continue;
        for (const made of [answer?.data ?? []].flat()) expect(await ownerOf(path, owner, made.id)).toBe(MINE.id);
      }
      const all = await as(ADMIN.token, 'GET', `${path}?filter[${owner}][_eq]=${OTHER.id}&limit=-1`);
      expect(all.body.data).toEqual([]);
    });

    it('do not change by a change', async () => {
      const id = await make(MINE);
      const data = { [owner]: OTHER.id };
      for (const [method, url, body] of [
        ['PATCH', `${path}/${id}`, data],
        ['PATCH', `${path}/${id}`, { [owner]: null }],
        ['PATCH', `${path}/${id}`, { [owner]: { id: OTHER.id } }],
        ['PATCH', path, { keys: [id], data }],
        ['PATCH', path, { query: {}, data }],
        ['PATCH', path, [{ id, ...data }]],
        ['POST', path, { id, ...item, ...data }],
      ] as const) {
        await as(MINE.token, method, url, body);
        expect([method, url, body, await ownerOf(path, owner, id)]).toEqual([method, url, body, MINE.id]);
      }
    });

    it('are the only ones who see, change and delete it', async () => {
      const id = await make(OTHER);
      const before = (await as(ADMIN.token, 'GET', `${path}/${id}`)).body.data;
      for (const [method, url, body] of [
        ['GET', `${path}/${id}`],
        ['PATCH', `${path}/${id}`, { bookmark: 'y', comment: 'y', status: 'archived' }],
        ['PATCH', `${path}/${id}`, { [owner]: MINE.id }],
        ['PATCH', path, { keys: [id], data: { [owner]: MINE.id } }],
        ['DELETE', `${path}/${id}`],
        ['DELETE', path, [id]],
      ] as const) {
        expect([method, url, (await as(MINE.token, method, url, body)).status]).toEqual([method, url, 403]);
      }
      const list = await as(MINE.token, 'GET', `${path}?filter[id][_eq]=${id}`);
      expect(list.body.data).toEqual([]);
      expect((await as(ADMIN.token, 'GET', `${path}/${id}`)).body.data).toEqual(before);
    });
  });
});
