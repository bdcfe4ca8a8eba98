import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { DATABASES, makeProject } from '../started-server.ts';
import { field, KEY } from './people.ts';

const TOKEN = 'heir-static-token-0123456789';

/** What was allowed of something that is gone says nothing about what comes later under its name. */
describe.each(DATABASES)('names that come again on %s', (database) => {
  let project: Inside;
  let policy: string;
  let role: string;

  beforeAll(async () => {
    project = await Inside.open(await makeProject(database));
    await project.must('POST', '/collections', {
      collection: 'kept',
      schema: {},
      meta: {},
      fields: [KEY, field('name')],
    });
    await project.must('POST', '/items/kept', { name: 'x' });
    policy = (await project.must('POST', '/policies', { name: 'heir' })).id ?? '';
    role = (await project.must('POST', '/roles', { name: 'heir', policies: [{ policy }] })).id ?? '';
    await project.must('POST', '/users', { email: 'heir@example.com', token: TOKEN, role });
  });
  afterAll(async () => {
    await project?.close();
    await project?.place.remove();
  });

  const permit = (collection: string, fields: string[]) =>
    project.must('POST', '/permissions', { policy, collection, action: 'read', fields });
  const read = async (url: string) => (await project.json({ method: 'GET', url, token: TOKEN })).status;

  it('a field', async () => {
    const make = () => project.must('POST', '/fields/kept', field('extra'));
    await make();
    await permit('kept', ['id', 'extra']);
    expect(await read('/items/kept?fields=extra')).toBe(200);
    await project.must('DELETE', '/fields/kept/extra');
    await make();
    expect(await read('/items/kept?fields=extra')).toBe(403);
    expect(await read('/items/kept?fields=id')).toBe(200);
  });

  it('a field in the condition of a rule', async () => {
    const make = () => project.must('POST', '/fields/kept', field('level'));
    await make();
    const rule = { collection: 'kept', action: 'update', fields: ['name'], permissions: { level: { _null: true } } };
    await project.must('POST', '/permissions', { policy, ...rule });
    const update = async () =>
      (await project.json({ method: 'PATCH', url: '/items/kept/1', token: TOKEN, body: { name: 'y' } })).status;
    expect(await update()).toBe(200);
    await project.must('DELETE', '/fields/kept/level');
    expect(await update()).not.toBe(200);
  });

  it('a collection', async () => {
    const make = () =>
      project.must('POST', '/collections', { collection: 'gone', schema: {}, meta: {}, fields: [KEY, field('name')] });
    await make();
    await permit('gone', ['*']);
    expect(await read('/items/gone')).toBe(200);
    await project.must('DELETE', '/collections/gone');
    expect(await read('/items/gone')).toBe(403);
    await make();
    expect(await read('/items/gone')).toBe(403);
  });

  it('a policy and a role, by their key', async () => {
    const one = '00000000-0000-4000-8000-0000000000c1';
    await permit('kept', ['name']);
    expect(await read('/items/kept?fields=name')).toBe(200);
    await project.must('DELETE', `/policies/${policy}`);
    expect(await read('/items/kept?fields=name')).toBe(403);
    await project.must('POST', '/policies', { id: policy, name: 'another' });
    expect(await read('/items/kept?fields=name')).toBe(403);
    const permissions = [{ collection: 'kept', action: 'read', fields: ['*'] }];
    await project.must('POST', '/policies', { id: one, name: 'one', permissions, roles: [{ role }] });
    expect(await read('/items/kept?fields=name')).toBe(200);
    await project.must('DELETE', `/roles/${role}`);
    expect(await read('/items/kept?fields=name')).toBe(401); // its users are suspended
    await project.must('POST', '/roles', { id: role, name: 'another' });
    expect(await read('/items/kept?fields=name')).toBe(401);
    await project.must('PATCH', '/users', {
      query: { filter: { email: { _eq: 'heir@example.com' } } },
      data: { status: 'active', role },
    });
    expect(await read('/items/kept?fields=name')).toBe(403);
  });
});
