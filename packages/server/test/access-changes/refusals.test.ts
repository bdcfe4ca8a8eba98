import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, FORBIDDEN, failure, INVALID_PAYLOAD, UNPROCESSABLE, userWith } from '../resources/project.ts';
import { DATABASES } from '../started-server.ts';
import { type Gallery, openGallery, type Proposed } from './gallery.ts';

const ALL = ['directus_roles', 'directus_policies', 'directus_permissions', 'directus_access', 'directus_users'];
const readAll = ALL.map((collection) => ({ collection, action: 'read' }));
const write = (collection: string) => ['create', 'update', 'delete'].map((action) => ({ collection, action }));

describe.each(DATABASES)('who may preview what, %s', (database) => {
  let gallery: Gallery;
  let reader: Client;
  let deputy: Client;
  let change: Proposed;

  beforeAll(async () => {
    gallery = await openGallery(database);
    const { server } = gallery;
    reader = (await userWith(server, 'reader', readAll)).client;
    const works = [{ collection: 'works', action: 'read', fields: ['id', 'title', 'status'] }];
    deputy = (await userWith(server, 'deputy', [...readAll, ...write('directus_permissions'), ...works])).client;
    change = { action: 'create', collection: 'directus_permissions', data: permission({}) };
  });
  afterAll(() => gallery?.remove());

  const permission = (more: object) => ({
    policy: gallery.policies.Shown,
    collection: 'works',
    action: 'update',
    fields: ['title'],
    ...more,
  });
  const preview = (client: Client, ...changes: unknown[]) => client.post('/access/preview', { changes });

  it('nobody without the right to read it all, nor without the right to change it', async () => {
    const missing = (await gallery.as('anna').get('/items/missing')).text;
    const partly = await userWith(gallery.server, 'partly', [
      ...readAll.filter(({ collection }) => collection !== 'directus_access'),
      ...write('directus_permissions'),
    ]);
    for (const client of [gallery.as('public'), gallery.as('anna'), partly.client, reader]) {
      const answer = await preview(client, change);
      expect([answer.status, answer.text]).toEqual([403, missing]);
    }
    for (const body of [undefined, {}, { changes: [] }, []]) {
      const answer = await gallery.as('anna').post('/access/preview', body);
      expect([answer.status, answer.text]).toEqual([403, missing]);
    }
    expect((await preview(deputy, change)).status).toBe(200);
    const policy = {
      action: 'update',
      collection: 'directus_policies',
      keys: [gallery.policies.Shown],
      data: { name: 'x' },
    };
    expect(failure(await preview(deputy, policy))).toEqual(FORBIDDEN);
  });

  it('what saving would refuse, as saving does', async () => {
    const admin = gallery.admin;
    const [policy] = await gallery.ask('get', '/policies?filter[admin_access][_eq]=true');
    const update = (collection: string, key: unknown, data: object) =>
      preview(admin, { action: 'update', collection, keys: [key], data });
    expect(failure(await update('directus_policies', policy.id, { admin_access: false }))).toEqual(UNPROCESSABLE);
    expect(
      failure(await preview(admin, { action: 'delete', collection: 'directus_policies', keys: [policy.id] })),
    ).toEqual(UNPROCESSABLE);
    expect(failure(await update('directus_policies', gallery.policies.Shown, { ip_access: ['nowhere'] }))).toEqual(
      INVALID_PAYLOAD,
    );
    const { Staff, Guides } = gallery.roles;
    expect(failure(await update('directus_roles', Staff, { parent: Guides }))).toEqual(INVALID_PAYLOAD);
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect((await preview(admin, { action: 'delete', collection: 'directus_roles', keys: [unknown] })).status).toBe(
      403,
    );
    const create = { action: 'create', collection: 'directus_permissions', data: permission({ policy: unknown }) };
    expect(failure(await preview(admin, create))).toEqual({ status: 400, codes: ['INVALID_FOREIGN_KEY'] });
    expect(failure(await preview(admin, { ...create, data: permission({ permissions: 'x' }) }))).toEqual(
      INVALID_PAYLOAD,
    );
    expect(await gallery.ask('get', `/permissions?filter[policy][_eq]=${gallery.policies.Shown}`)).toHaveLength(1);
  });

  it.each([
    [{}],
    [{ changes: [] }],
    [{ changes: {} }],
    [{ changes: [null] }],
    [{ changes: [{ action: 'create', collection: 'directus_users', data: {} }] }],
    [{ changes: [{ action: 'create', collection: 'directus_roles' }] }],
    [{ changes: [{ action: 'update', collection: 'directus_roles', data: {} }] }],
    [{ changes: [{ action: 'read', collection: 'directus_roles', keys: ['x'] }] }],
    [{ changes: Array(101).fill({ action: 'create', collection: 'directus_roles', data: { name: 'x' } }) }],
  ])('%j is no proposal', async (body) => {
    expect(failure(await gallery.admin.post('/access/preview', body))).toEqual(INVALID_PAYLOAD);
  });

  it('a deputy learns of no item and no field that it may not read', async () => {
    const told = async (permissions: object, more: object = {}) => {
      const data = permission({ action: 'read', fields: ['*'], permissions, ...more });
      const answer = await preview(deputy, { action: 'create', collection: 'directus_permissions', data });
      expect(answer.status).toBe(200);
      return JSON.stringify(answer.body.data).replaceAll(/"(missing|rooms|price|nothing)"/g, '"…"');
    };
    // Counts would tell of a price or a room by a rule about it.
    expect(await told({ price: { _gt: 100 } })).toBe(await told({ price: { _gt: 100_000 } }));
    expect(await told({ price: { _gt: 100 } })).toBe(await told({ nothing: { _gt: 100 } }));
    const update = { action: 'update' };
    expect(await told({ price: { _gt: 100 } }, update)).toBe(await told({ nothing: { _gt: 100 } }, update));
    expect(await told({ title: { _nnull: true } }, update)).toContain('"gained"');
    expect(await told({ room: { name: { _eq: 'North' } } })).toBe(await told({ room: { nothing: { _eq: 'North' } } }));
    expect(await told({}, { collection: 'rooms' })).toBe(await told({}, { collection: 'missing' }));
    const open = await told({ status: { _eq: 'draft' } });
    expect(open).not.toContain('price');
    expect(open).toContain('"uncounted":"may-not-read"');
    const everything = { action: 'create', collection: 'directus_policies', data: { name: 'x' } };
    expect((await preview(deputy, everything)).status).toBe(403);
  });

  it('users are shown as far as the deputy may read them, and items not counted for who reads only some', async () => {
    const fields = ['id', 'title', 'status', 'price', 'painter', 'room'];
    const half = [{ collection: 'works', action: 'read', fields, permissions: { id: { _gt: 15 } } }];
    const { client } = await userWith(gallery.server, 'halfway', [
      ...readAll.map((one) =>
        one.collection === 'directus_users' ? { ...one, fields: ['id', 'role', 'status'] } : one,
      ),
      ...write('directus_permissions'),
      ...half,
    ]);
    const data = permission({ action: 'read', fields: ['id'], permissions: {} });
    const { body } = await preview(client, { action: 'create', collection: 'directus_permissions', data });
    expect(body.data.audiences[0].samples.map(Object.keys)).toContainEqual(['id']);
    expect(body.data.audiences[0].changes[0]).toMatchObject({ items: null, uncounted: 'may-not-read', samples: null });
  });
});
