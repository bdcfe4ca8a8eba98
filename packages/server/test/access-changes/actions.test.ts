import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES } from '../started-server.ts';
import { type Gallery, openGallery, type Proposed } from './gallery.ts';
import { without } from './oracle.ts';

/** What may be changed, deleted and shared is asked of the API item by item. */
describe.each(DATABASES)('previews of writing, %s', (database) => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery(database);
  });
  afterAll(() => gallery?.remove());

  it('a key that is given moves no sequence', async () => {
    const stored = await gallery.hash();
    const data = { id: 5_000, policy: gallery.policies.Shown, collection: 'works', action: 'read', fields: ['*'] };
    await gallery.preview([{ action: 'create', collection: 'directus_permissions', data }]);
    await gallery.preview([{ action: 'create', collection: 'directus_permissions', data: { ...data, id: undefined } }]);
    expect(await gallery.hash()).toBe(stored);
  });

  async function reach(user: string): Promise<Record<string, Set<number>>> {
    const found: Record<string, Set<number>> = { update: new Set(), delete: new Set(), share: new Set() };
    for (let id = 1; id <= 30; id++) {
      const { body } = await gallery.as(user).get(`/permissions/me/works/${id}`);
      for (const [action, { access }] of Object.entries<{ access: boolean }>(body.data))
        if (access) found[action]?.add(id);
    }
    return found;
  }

  it.each([
    ['update', { status: { _eq: 'draft' } }, { status: { _neq: 'sold' } }],
    ['delete', { room: { name: { _in: ['North', 'East'] } } }, { price: { _lt: 100 } }],
    ['share', { id: { _lte: 12 } }, null],
  ])('%s', async (action, first, second) => {
    const data = { policy: gallery.policies.Shown, collection: 'works', action, fields: ['*'], permissions: first };
    const none = await reach('anna');
    const given = await check([{ action: 'create', collection: 'directus_permissions', data }], none);
    const [made] = await gallery.ask('get', `/permissions?filter[action][_eq]=${action}&filter[collection][_eq]=works`);
    const change = {
      action: 'update',
      collection: 'directus_permissions',
      keys: [made.id],
      data: { permissions: second },
    };
    await check([change as Proposed], given);

    async function check(changes: readonly Proposed[], before: Record<string, Set<number>>) {
      const [staff] = (await gallery.preview(changes)).audiences;
      await gallery.save(changes);
      const after = await reach('anna');
      const [was, is] = [before[action] as Set<number>, after[action] as Set<number>];
      expect(staff.changes).toHaveLength(1);
      expect(staff.changes[0]).toMatchObject({
        collection: 'works',
        action,
        items: {
          before: was.size,
          after: is.size,
          gained: without(is, was).length,
          lost: without(was, is).length,
        },
        samples: { gained: without(is, was).slice(0, 5), lost: without(was, is).slice(0, 5) },
      });
      return after;
    }
  });

  it('create: fields, presets and what is accepted, and no items', async () => {
    const data = { policy: gallery.policies.Shown, collection: 'works', action: 'create', fields: ['title'] };
    const [staff] = (await gallery.preview([{ action: 'create', collection: 'directus_permissions', data }])).audiences;
    expect(staff.changes[0]).toMatchObject({
      action: 'create',
      access: 'gained',
      fields: { gained: ['title'] },
      items: null,
      uncounted: null,
    });
    const { id } = await gallery.ask('post', '/permissions', data);
    const told = async (change: object) => {
      const found = await gallery.preview([
        { action: 'update', collection: 'directus_permissions', keys: [id], data: change },
      ]);
      const { validation, presets } = found.audiences[0].changes[0];
      return { validation, presets };
    };
    expect(await told({ validation: { title: { _nnull: true } } })).toEqual({ validation: true, presets: false });
    expect(await told({ presets: { status: 'draft' } })).toEqual({ validation: false, presets: true });
  });

  it('many audiences: totals, and a mark where the list ends', async () => {
    const many = Array.from({ length: 60 }, (_, i) => ({
      name: `Role ${i}`,
      policies: [{ policy: gallery.policies.North }],
    }));
    await gallery.ask('post', '/roles', many);
    const change = { action: 'delete', collection: 'directus_policies', keys: [gallery.policies.North] } as const;
    const found = await gallery.preview([change]);
    expect(found.totals).toEqual({ audiences: 60, users: 0 });
    expect([found.audiences.length, found.truncated]).toEqual([50, true]);
  });
});
