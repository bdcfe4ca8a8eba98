import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AccessEngine, type Accountability, SYSTEM } from '../../src/access/index.ts';
import type { Store } from '../../src/store/types.ts';
import type { Json } from '../../src/wire/index.ts';
import { ANN, type Blog, BOB, openBlog, PUBLIC } from '../explain/blog.ts';
import { DATABASES } from '../started-server.ts';

const NOON = Date.UTC(2030, 0, 15, 12);

/** What the engine keeps, when it lets go of it, and the values of variables. */
describe.each(DATABASES)('the engine on %s', (database) => {
  const yes = database === 'sqlite' ? 1 : 'true';
  let blog: Blog;
  let engine: AccessEngine;
  const asked: string[] = [];

  /** The store, with a note of every statement that is read. */
  function noting(store: Store): Store {
    const noted = Object.create(store, {
      all: {
        value: (text: string, params?: never) => {
          asked.push(text);
          return store.all(text, params);
        },
      },
      rows: {
        value: (text: string, params?: never, aside?: boolean) => {
          asked.push(text);
          return store.rows(text, params, aside);
        },
      },
      onAnnouncement: { value: store.onAnnouncement.bind(store) },
    });
    return noted as Store;
  }

  const newEngine = (remember?: boolean): AccessEngine =>
    new AccessEngine({
      store: noting(blog.project.store),
      snapshot: () => blog.project.schema.snapshot,
      clock: { now: () => NOON },
      maxDepth: 10,
      ...(remember === undefined ? {} : { remember }),
    });

  beforeAll(async () => {
    blog = await openBlog(database);
    engine = newEngine();
  });
  afterAll(() => blog?.remove());
  beforeEach(async () => {
    await blog.revokeAll();
    engine.forget();
    asked.length = 0;
  });

  /** How many statements were read since it was asked last. */
  const reads = (): number => asked.splice(0).length;
  const announce = (topic: 'users' | 'access' | 'schema' | 'settings', detail?: string): Promise<void> =>
    blog.project.store.transaction(async (tx) => tx.announce(topic, detail));

  it('reads nothing again that it knows', async () => {
    await blog.policy('Members', { user: ANN });
    const first = await engine.access(blog.as(ANN));
    expect(reads()).toBe(5);
    const second = await engine.access(blog.as(ANN));
    expect(reads()).toBe(0);
    expect(second.profile).toBe(first.profile);
    expect((await engine.access(blog.as(BOB))).profile).not.toBe(first.profile);
    expect(reads()).toBe(1);
  });

  it('keeps nothing when it is told so', async () => {
    await blog.policy('Members', { user: ANN });
    const forgetful = newEngine(false);
    const first = await forgetful.access(blog.as(ANN));
    expect(reads()).toBe(5);
    const second = await forgetful.access(blog.as(ANN));
    expect(reads()).toBe(5);
    expect(second.profile).not.toBe(first.profile);
  });

  it('forgets all of it after a change of rights or of the data model, and what is a user’s after one of theirs', async () => {
    await engine.access(blog.as(ANN));
    await engine.access(blog.as(BOB));
    reads();
    await announce('users', ANN);
    await engine.access(blog.as(BOB));
    expect(reads()).toBe(0);
    await engine.access(blog.as(ANN));
    expect(reads()).toBe(1);
    await announce('users');
    await engine.access(blog.as(BOB));
    await engine.access(blog.as(ANN));
    expect(reads()).toBe(2);
    for (const topic of ['access', 'schema'] as const) {
      await announce(topic);
      await engine.access(blog.as(ANN));
      expect([topic, reads()]).toEqual([topic, 5]);
    }
    await announce('settings');
    await engine.access(blog.as(ANN));
    expect(reads()).toBe(0);
  });

  it('asks again when something changed while it asked', async () => {
    const { store } = blog.project;
    const policy = await blog.policy('Members', { user: ANN });
    let changed: Promise<void> | null = null;
    const slow = Object.create(store, {
      all: {
        value: async (text: string, params?: never) => {
          const rows = await store.all(text, params);
          if (text.includes('from directus_permissions')) {
            changed ??= blog.permission(policy, 'read', {});
            await changed;
          }
          return rows;
        },
      },
      onAnnouncement: { value: store.onAnnouncement.bind(store) },
    }) as Store;
    const snapshot = () => blog.project.schema.snapshot;
    const late = new AccessEngine({ store: slow, snapshot, clock: { now: () => NOON }, maxDepth: 10 });
    const first = await late.access(blog.as(ANN));
    expect(first.profile.access('posts', 'read')).not.toBeNull();
    expect((await late.access(blog.as(ANN))).profile).toBe(first.profile);
  });

  it('gives up nothing for good when the database fails once', async () => {
    const { store } = blog.project;
    let broken = true;
    const failing = Object.create(store, {
      all: {
        value: (text: string, params?: never) => (broken ? Promise.reject(new Error('gone')) : store.all(text, params)),
      },
      onAnnouncement: { value: () => undefined },
    }) as Store;
    const snapshot = () => blog.project.schema.snapshot;
    const frail = new AccessEngine({ store: failing, snapshot, clock: { now: () => NOON }, maxDepth: 10 });
    await expect(frail.access(PUBLIC)).rejects.toThrow('gone');
    broken = false;
    expect((await frail.access(PUBLIC)).profile.admin).toBe(false);
  });

  it('is the system without asking anything', async () => {
    const { profile, scope, accountability } = await engine.access(SYSTEM);
    expect([profile.admin, profile.app, profile.enforceTfa, accountability.kind]).toEqual([
      true,
      true,
      false,
      'system',
    ]);
    expect(scope.caller).toMatchObject({ user: null, role: null, roles: [], policies: [] });
    expect((await engine.access(SYSTEM)).profile).toBe(profile);
    expect(reads()).toBe(0);
    engine.forget();
    expect((await engine.access(SYSTEM)).profile).not.toBe(profile);
  });

  it('tells apart what tokens leave, and what is asked from where', async () => {
    const one = await blog.policy('One', { user: ANN });
    await blog.policy('Two', { user: ANN }, { ip_access: '10.0.0.0/8' });
    await blog.policy('Three', { user: ANN }, { enforce_tfa: yes, app_access: yes });
    const scoped = (key: string, policies: readonly string[] | null): Accountability => ({
      ...(blog.as(ANN) as Accountability & { kind: 'user' }),
      scope: { key, policies: policies && new Set(policies), collections: null },
    });
    const policiesOf = async (caller: Accountability) => (await engine.access(caller)).scope.caller.policies.length;
    expect(await policiesOf(blog.as(ANN))).toBe(2);
    expect(await policiesOf(blog.as(ANN, null, '10.1.2.3'))).toBe(3);
    expect(await policiesOf(scoped('a', [one]))).toBe(1);
    expect(await policiesOf(scoped('b', []))).toBe(0);
    expect(await policiesOf(scoped('c', null))).toBe(2);
    const { profile } = await engine.access(blog.as(ANN));
    expect([profile.app, profile.enforceTfa, profile.admin]).toEqual([true, true, false]);
    expect((await engine.access(scoped('d', null))).profile).not.toBe((await engine.access(scoped('e', null))).profile);
  });

  it('supposes another model without knowing of changes', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    const model = await engine.model();
    const supposing = engine.supposing({ ...model, policies: new Map() });
    await blog.permission(policy, 'read', {});
    expect((await supposing.access(blog.as(ANN))).profile.access('posts', 'read')).toBeNull();
    expect((await engine.access(blog.as(ANN))).profile.access('posts', 'read')).not.toBeNull();
  });

  it('gives a share what its role and its author may read, as both are now', async () => {
    const role = await blog.role('Visitors');
    const visitors = await blog.policy('Visitors', { role });
    const members = await blog.policy('Members', { user: ANN });
    await blog.permission(visitors, 'read', { status: '$CURRENT_ROLE.name' });
    await blog.permission(members, 'read', { author: '$CURRENT_USER' });
    const share: Accountability & { kind: 'share' } = {
      ...{ kind: 'share', share: 's', collection: 'posts', item: '1', role, author: { user: ANN, role: null } },
      ...{ session: 'v', ip: null, userAgent: null, origin: null },
    };
    const first = await engine.access(share);
    expect(first.accountability).toBe(share);
    expect(first.profile.access('posts', 'read')).not.toBeNull();
    expect(first.scope.caller).toMatchObject({ user: null, role, policies: [visitors] });
    expect(first.scope.author).toMatchObject({ user: ANN, policies: [members] });
    expect(first.scope.caller.values).toEqual(new Map([['role.name', 'Visitors']]));
    reads();
    expect((await engine.access(share)).profile).toBe(first.profile);
    expect(reads()).toBe(1);
    expect((await engine.access({ ...share, item: '2' })).profile).not.toBe(first.profile);
    expect((await engine.access({ ...share, role: null })).scope.caller.policies).toEqual([]);
    await blog.sql('delete from directus_permissions where policy = ?', [members]);
    expect((await engine.access(share)).profile.access('posts', 'read')).toBeNull();
  });

  it('knows the values of variables that look into the user and the role', async () => {
    const role = await blog.role('Editors');
    await blog.sql('update directus_users set role = ?, first_name = ?, password = ? where id = ?', [
      role,
      'Ann',
      'x',
      ANN,
    ]);
    await blog.sql('update directus_users set role = ? where id = ?', [role, BOB]);
    const policy = await blog.policy('Members', { user: ANN });
    const variables = [
      '$CURRENT_USER.first_name',
      '$CURRENT_USER.password',
      '$CURRENT_USER.nothing',
      '$CURRENT_USER.first_name.nothing',
      '$CURRENT_USER.role',
      '$CURRENT_USER.role.name',
      '$CURRENT_USER.role.nothing',
      '$CURRENT_USER.policies.policy.name',
      '$CURRENT_USER.policies',
      '$CURRENT_USER.policies.nothing',
      '$CURRENT_ROLE.name',
      '$CURRENT_ROLE.users',
      '$CURRENT_ROLE.users.first_name',
      '$CURRENT_ROLE.children',
      '$CURRENT_ROLE.users.policies.policy.admin_access',
    ];
    const [first, second, ...others] = variables;
    await blog.permission(policy, 'read', { title: { _in: others } }, '*', {
      validation: { title: { _eq: first as string } },
      presets: { title: second as string },
    });
    const valuesFor = async (caller: Accountability): Promise<Record<string, Json>> =>
      Object.fromEntries([...(await engine.access(caller)).scope.caller.values].sort());
    const [attachment] = await blog.project.store.all('select id from directus_access');
    expect(await valuesFor(blog.as(ANN, role))).toEqual({
      'role.children': [],
      'role.name': 'Editors',
      'role.users': expect.arrayContaining([ANN, BOB]),
      'role.users.first_name': ['Ann'],
      'role.users.policies.policy.admin_access': [false],
      'user.first_name': 'Ann',
      'user.first_name.nothing': null,
      'user.nothing': null,
      'user.password': null,
      'user.policies': [attachment?.id],
      'user.policies.nothing': null,
      'user.policies.policy.name': ['Members'],
      'user.role': role,
      'user.role.name': 'Editors',
      'user.role.nothing': null,
    });
    await blog.sql('update directus_users set role = null');
    const alone = await valuesFor(blog.as(ANN));
    expect(alone).toMatchObject({
      'user.first_name': 'Ann',
      'user.role.name': null,
      'role.name': null,
      'role.users': null,
    });
    reads();
    await valuesFor(blog.as(ANN));
    expect(reads()).toBe(1);
    await blog.sql('update directus_policies set admin_access = ?', [database === 'sqlite' ? 1 : 'true']);
    expect(await valuesFor(blog.as(ANN))).toEqual({});
  });

  it('takes permissions that hold something else than rules for none', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    const warnings: string[] = [];
    const warned = ({ message }: Error): number => warnings.push(message);
    process.on('warning', warned);
    const isPermission = async (column: string, text: string | null): Promise<boolean> => {
      await blog.sql('delete from directus_permissions');
      const row = { policy, collection: 'posts', action: 'read', fields: '*' };
      await blog.insert('directus_permissions', { ...row, [column]: text });
      return (await engine.access(blog.as(ANN))).profile.permissions.length > 0;
    };
    for (const column of ['permissions', 'validation', 'presets']) {
      for (const text of [null, 'null', '{}', '{"title":{"_eq":"x"}}'])
        expect([column, text, await isPermission(column, text)]).toEqual([column, text, true]);
      for (const text of ['[]', '5', '"x"', 'true', ...(database === 'sqlite' ? ['nonsense', '{'] : [])])
        expect([column, text, await isPermission(column, text)]).toEqual([column, text, false]);
    }
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', warned);
    expect(warnings.filter((text) => text.includes('opens nothing'))).toHaveLength(database === 'sqlite' ? 18 : 12);
  });

  it('reads lists of fields and of addresses with spaces and nothing in them', async () => {
    const policy = await blog.policy('Members', { user: ANN }, { ip_access: ' 10.0.0.0/8 ,,192.0.2.7' });
    await blog.permission(policy, 'read', {}, ' id , title,,');
    await blog.permission(policy, 'update', {}, '');
    const { policies } = await engine.model();
    expect(policies.get(policy)?.addresses?.entries).toEqual(['10.0.0.0/8', '192.0.2.7']);
    expect(policies.get(policy)?.permissions.map(({ fields }) => fields)).toEqual([['id', 'title'], []]);
    expect(policies.get(policy)).toMatchObject({ adminAccess: false, appAccess: false, enforceTfa: false });
  });
});
