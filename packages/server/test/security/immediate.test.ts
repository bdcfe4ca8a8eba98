import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainClient } from '../plain-request.ts';
import { DATABASES, discard, type StartedServer, startProject, startServer } from '../started-server.ts';
import { type Asking, asAdmin, field, makeCollection, makePerson, type Person } from './people.ts';

/** Milliseconds that another node may take to hear of it. */
const HEARD_MS = 1_000;

/** A change of access holds from the next request on, and on other nodes within a second; whoever is signed in stays so. */
describe.each(DATABASES)('a change of access takes effect at once, %s', (database) => {
  let server: StartedServer;
  let other: StartedServer | null = null;
  let first: PlainClient;
  let nodes: PlainClient[];
  let admin: Asking;
  let ann: Person;
  let live: string;

  beforeAll(async () => {
    server = await startProject(database);
    first = new PlainClient(server.port, 20_000);
    nodes = [first];
    if (database === 'postgres') {
      other = await startServer(server.project);
      nodes.push(new PlainClient(other.port, 20_000));
    }
    admin = asAdmin(first);
    await makeCollection(admin, 'works', [field('title'), field('price', 'integer')]);
    await admin(
      'POST',
      '/items/works',
      [1, 2, 3, 4].map((n) => ({ title: `Work ${n}`, price: n * 10 })),
    );
    ann = await makePerson(admin, 'ann', [
      { collection: 'works', action: 'read', fields: ['id', 'title'], permissions: { id: { _lte: 2 } } },
    ]);
    const login = await first.json('POST', '/auth/login', '', { email: 'ann@example.com', password: 'ann-password-1' });
    live = JSON.parse(login.text).data.access_token;
    expect(await everywhere(live)).toEqual(nodes.map(() => SEES_TWO));
  });
  afterAll(async () => {
    for (const node of nodes ?? []) node.close();
    await other?.kill();
    await discard(server);
  });

  const SEES_TWO = '200 2 id title';

  /** What somebody sees of the works: how many, and which fields. */
  async function seen(node: PlainClient, token: string): Promise<string> {
    const { status, text } = await node.json('GET', '/items/works', token);
    if (status !== 200) return String(status);
    const items: object[] = JSON.parse(text).data;
    return `200 ${items.length} ${Object.keys(items[0] ?? {}).join(' ')}`.trim();
  }

  const everywhere = (token: string): Promise<string[]> => Promise.all(nodes.map((node) => seen(node, token)));

  /** Makes a change by the first node, and waits for the others as long as they may take. */
  async function after(change: () => Promise<unknown>, token = live): Promise<string> {
    await change();
    const began = performance.now();
    const result = await seen(first, token);
    for (const node of nodes.slice(1)) {
      let found = await seen(node, token);
      while (found !== result && performance.now() - began < HEARD_MS) found = await seen(node, token);
      expect([found, performance.now() - began < HEARD_MS]).toEqual([result, true]);
    }
    return result;
  }

  const patch = (path: string, body: object) => () => admin('PATCH', path, body);
  const remove = (path: string) => () => admin('DELETE', path);
  const permissionOf = async (policy: string): Promise<string> => {
    const [permission] = await admin<{ id: string }[]>('GET', `/permissions?filter[policy][_eq]=${policy}`);
    return `/permissions/${permission?.id}`;
  };

  it('rules and fields of a permission, and the permission itself', async () => {
    const path = await permissionOf(ann.policy);
    expect(await after(patch(path, { permissions: { id: { _lte: 3 } } }))).toBe('200 3 id title');
    expect(await after(patch(path, { fields: ['id', 'title', 'price'] }))).toBe('200 3 id title price');
    expect(await after(remove(path))).toBe('403');
    const permission = { policy: ann.policy, collection: 'works', action: 'read', fields: ['id', 'title'] };
    const rule = { permissions: { id: { _lte: 2 } } };
    expect(await after(() => admin('POST', '/permissions', { ...permission, ...rule }))).toBe(SEES_TWO);
    const nested = { permissions: { update: [], create: [{ ...permission, fields: ['id', 'price'] }], delete: [] } };
    expect(await after(patch(`/policies/${ann.policy}`, nested))).toBe('200 4 id title price');
    const [, added] = await admin<{ id: string }[]>('GET', `/permissions?filter[policy][_eq]=${ann.policy}&sort=id`);
    expect(await after(remove(`/permissions/${added?.id}`))).toBe(SEES_TWO);
  });

  it('addresses and admin access of a policy', async () => {
    const path = `/policies/${ann.policy}`;
    expect(await after(patch(path, { ip_access: ['10.0.0.1'] }))).toBe('403');
    expect(await after(patch(path, { ip_access: null }))).toBe(SEES_TWO);
    expect(await after(patch(path, { admin_access: true }))).toBe('200 4 id title price');
    expect(await after(patch(path, { admin_access: false }))).toBe(SEES_TWO);
  });

  it('attachments to a role, a user and the public', async () => {
    const more = await admin('POST', '/policies', {
      name: 'more',
      permissions: [{ collection: 'works', action: 'read', fields: ['*'] }],
    });
    for (const to of [{ role: ann.role }, { user: ann.id }]) {
      let id = '';
      const attach = async () => {
        id = (await admin('POST', '/access', { policy: more.id, ...to })).id ?? '';
      };
      expect(await after(attach)).toBe('200 4 id title price');
      expect(await after(() => admin('DELETE', `/access/${id}`))).toBe(SEES_TWO);
    }
    const nested = { policies: { create: [{ policy: { id: more.id } }], update: [], delete: [] } };
    expect(await after(patch(`/users/${ann.id}`, nested))).toBe('200 4 id title price');
    expect(await after(patch(`/users/${ann.id}`, { policies: [] }))).toBe(SEES_TWO);
    expect(await seen(first, '')).toBe('403');
    let open = '';
    const attach = async () => {
      open = (await admin('POST', '/access', { policy: more.id })).id ?? '';
    };
    expect(await after(attach, '')).toBe('200 4 id title price');
    expect(await after(() => admin('DELETE', `/access/${open}`), '')).toBe('403');
    await admin('POST', '/access', { policy: more.id, role: ann.role });
    expect(await after(remove(`/policies/${more.id}`))).toBe(SEES_TWO);
  });

  it('the parent of a role, and that of the parent', async () => {
    const all = await makePerson(admin, 'all', [{ collection: 'works', action: 'read' }]);
    const middle = await admin('POST', '/roles', { name: 'middle' });
    expect(await after(patch(`/roles/${ann.role}`, { parent: middle.id }))).toBe(SEES_TWO);
    expect(await after(patch(`/roles/${middle.id}`, { parent: all.role }))).toBe('200 4 id title price');
    expect(await after(patch(`/roles/${ann.role}`, { parent: null }))).toBe(SEES_TWO);
  });

  it('the role and the status of a user, and the role itself', async () => {
    const path = `/users/${ann.id}`;
    const nothing = await admin('POST', '/roles', { name: 'nothing' });
    expect(await after(patch(path, { role: nothing.id }), ann.token)).toBe('403');
    expect(await after(patch(path, { role: ann.role }), ann.token)).toBe(SEES_TWO);
    expect(await after(patch(path, { role: null }))).toBe('403');
    expect(await after(patch(`/roles/${ann.role}`, { users: [ann.id] }))).toBe(SEES_TWO);
    expect(await after(patch(path, { status: 'suspended' }), ann.token)).toBe('401');
    expect(await everywhere(live)).toEqual(nodes.map(() => '401'));
    expect(await after(patch(path, { status: 'active' }), ann.token)).toBe(SEES_TWO);
    expect(await after(remove(`/roles/${ann.role}`), ann.token)).toBe('401');
  });
});
