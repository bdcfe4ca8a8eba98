import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES } from '../started-server.ts';
import { type Gallery, openGallery, type Preview } from './gallery.ts';
import { checkChange } from './oracle.ts';

const codes = (found: Preview): string[] => found.warnings.map(({ code }) => code).sort();
const whoOf = (found: Preview): string[] =>
  found.audiences.map(({ who }) => (who.kind === 'public' ? 'public' : (who.role?.name ?? 'roleless')));

/** Each goes on from where the one before left everything. */
describe.each(DATABASES)('previews say what saving then does, %s', (database) => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery(database);
  });
  afterAll(() => gallery?.remove());

  it('other fields', async () => {
    const keys = [await gallery.permissionOf('Shown')];
    const data = { fields: ['id', 'title', 'price'] };
    const found = await checkChange(gallery, [{ action: 'update', collection: 'directus_permissions', keys, data }]);
    expect(whoOf(found).sort()).toEqual(['Guides', 'Staff']);
    expect(found.audiences[0].changes[0]).toMatchObject({
      collection: 'works',
      action: 'read',
      access: 'changed',
      fields: { gained: ['price'], lost: ['status'] },
      items: { before: 10, after: 10, gained: 0, lost: 0 },
    });
    expect(found.totals).toEqual({ audiences: 2, users: 3 });
    expect(codes(found)).toEqual([]);
  });

  it('another rule', async () => {
    const keys = [await gallery.permissionOf('Shown')];
    const data = { permissions: { status: { _in: ['shown', 'sold'] } } };
    const found = await checkChange(gallery, [{ action: 'update', collection: 'directus_permissions', keys, data }]);
    expect(found.audiences[0].changes[0]).toMatchObject({
      items: { before: 10, after: 20, gained: 10, lost: 0 },
      samples: { gained: [3, 6, 9, 12, 15], lost: [] },
    });
  });

  it('a permission for another collection', async () => {
    const data = { policy: gallery.policies.Shown, collection: 'rooms', action: 'read', fields: ['*'] };
    const found = await checkChange(gallery, [{ action: 'create', collection: 'directus_permissions', data }]);
    expect(found.audiences[0].changes).toHaveLength(1);
    expect(found.audiences[0].changes[0]).toMatchObject({
      collection: 'rooms',
      access: 'gained',
      items: { gained: 4 },
    });
  });

  it('a policy for a user, with fields of other items', async () => {
    const data = { policy: gallery.policies.North, user: gallery.users.anna };
    const found = await checkChange(gallery, [{ action: 'create', collection: 'directus_access', data }]);
    expect(found.audiences).toHaveLength(1);
    expect(found.audiences[0]).toMatchObject({ users: 1, who: { becomes: { policies: [{ name: 'North' }] } } });
  });

  it('a policy for a role, whose rule is about the user', async () => {
    const data = { policy: gallery.policies.Own, role: gallery.roles.Guides };
    const found = await checkChange(gallery, [{ action: 'create', collection: 'directus_access', data }]);
    expect(found.audiences[0].changes[0]).toMatchObject({ uncounted: 'personal', items: null });
    expect(found.audiences[0].changes[0].each).toHaveLength(2);
  });

  it('a policy for the public', async () => {
    const data = { policy: gallery.policies.North };
    const found = await checkChange(gallery, [{ action: 'create', collection: 'directus_access', data }]);
    expect(whoOf(found)).toEqual(['public', 'roleless']);
    expect(codes(found)).toEqual(['public-gains', 'roleless-gain']);
    expect(found.warnings[0]?.message).toContain('read works');
  });

  it('a role without its parent, and with it again', async () => {
    for (const parent of [null, gallery.roles.Staff]) {
      const change = { action: 'update', collection: 'directus_roles', keys: [gallery.roles.Guides], data: { parent } };
      const found = await checkChange(gallery, [change as never]);
      expect(whoOf(found)).toEqual(['Guides']);
      expect(found.audiences[0].changes.map((one: { collection: string }) => one.collection)).toEqual([
        'rooms',
        'works',
      ]);
    }
  });

  it('another address list: from elsewhere, and from within', async () => {
    const keys = [gallery.policies.Shown];
    const data = { ip_access: ['10.0.0.0/8'] };
    const found = await checkChange(gallery, [{ action: 'update', collection: 'directus_policies', keys, data }]);
    expect(found.audiences.map(({ from }) => from)).toEqual([null, null, null]);
    const wider = { ip_access: ['10.0.0.0/8', '127.0.0.1'] };
    const back = await gallery.preview([{ action: 'update', collection: 'directus_policies', keys, data: wider }]);
    expect([...new Set(back.audiences.map(({ from }) => from))]).toEqual(['127.0.0.1']);
    expect(back.audiences[0].changes[0]).toMatchObject({ access: 'gained' });
    await gallery.save([{ action: 'update', collection: 'directus_policies', keys, data: { ip_access: null } }]);
  });

  it('everything for a policy, the Studio for another', async () => {
    const everything = {
      action: 'create',
      collection: 'directus_policies',
      data: { name: 'Boss', admin_access: true, roles: [{ role: gallery.roles.Guides }] },
    } as const;
    const found = await checkChange(gallery, [everything]);
    expect(codes(found)).toEqual(['admin-gained']);
    expect(found.audiences[0]).toMatchObject({ admin: { before: false, after: true }, users: 2 });
    expect(found.audiences[0].changes.map((one: { collection: string }) => one.collection)).toContain('directus_users');
    const keys = [gallery.policies.North];
    const change = { action: 'update', collection: 'directus_policies', keys, data: { app_access: true } } as const;
    expect(codes(await checkChange(gallery, [change]))).toEqual([
      'app-gained',
      'app-gained',
      'app-gained',
      'public-gains',
      'roleless-gain',
    ]);
    const [boss] = await gallery.ask('get', '/policies?filter[name][_eq]=Boss');
    await checkChange(gallery, [{ action: 'delete', collection: 'directus_policies', keys: [boss.id] }]);
  });

  it('a permission that goes and comes back as it was: nothing', async () => {
    const id = await gallery.permissionOf('North');
    const { id: _, ...data } = await gallery.ask('get', `/permissions/${id}`);
    const found = await checkChange(gallery, [
      { action: 'delete', collection: 'directus_permissions', keys: [id] },
      { action: 'create', collection: 'directus_permissions', data },
    ]);
    expect(found).toMatchObject({ changed: false, audiences: [], warnings: [] });
  });

  it('users who change their role with it', async () => {
    const data = { users: [gallery.users.otto, gallery.users.anna] };
    const keys = [gallery.roles.Guides];
    const found = await checkChange(gallery, [{ action: 'update', collection: 'directus_roles', keys, data }]);
    expect(found.audiences.map(({ who }) => who.becomes?.role?.name ?? 'no role')).toContain('Guides');
  });

  it('deleting an attachment, a permission, a policy and a role with its users', async () => {
    const [attachment] = await gallery.ask('get', `/access?filter[user][_eq]=${gallery.users.anna}`);
    await checkChange(gallery, [{ action: 'delete', collection: 'directus_access', keys: [attachment.id] }]);
    const permission = await gallery.permissionOf('Shown');
    await checkChange(gallery, [{ action: 'delete', collection: 'directus_permissions', keys: [permission] }]);
    await checkChange(gallery, [{ action: 'delete', collection: 'directus_policies', keys: [gallery.policies.North] }]);
    const found = await checkChange(gallery, [
      { action: 'delete', collection: 'directus_roles', keys: [gallery.roles.Guides] },
    ]);
    expect(found.audiences[0].who.becomes).toMatchObject({ active: false });
  });
});
