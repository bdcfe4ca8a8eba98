import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Client, makeCollection, userWith } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject, startServer } from '../started-server.ts';
import { Socket } from './socket.ts';

/** Milliseconds that a change of rights may take to reach an open socket. */
const HEARD_MS = 1_000;
const PASSWORD = 'a-long-password';
let people = 0;

/** What somebody hears follows what they may do, whichever node it was changed on. */
describe.each(DATABASES)('rights are followed on open sockets, %s', (database) => {
  let server: StartedServer;
  let other: StartedServer;
  let admin: Client;
  let open: Socket[] = [];
  let item: number;
  let written = 0;

  beforeAll(async () => {
    server = await startProject(database);
    other = database === 'postgres' ? await startServer(server.project) : server;
    admin = new Client(other);
    await makeCollection(server, 'notes', [
      { field: 'text', type: 'string' },
      { field: 'secret', type: 'string' },
      { field: 'team', type: 'string' },
    ]);
    await new Promise((resolve) => setTimeout(resolve, HEARD_MS)); // until the other node knows the collection
    item = (await admin.post('/items/notes', { text: 'first', team: 'red' })).body.data.id;
  });
  beforeEach(() => {
    for (const socket of open) socket.ws.terminate();
    open = [];
  });
  afterAll(async () => {
    if (other !== server) await other.kill();
    await discard(server);
  });

  async function reader(permissions: object = {}) {
    people += 1;
    const name = `reader${people}`;
    const { id } = await userWith(server, name, [
      { collection: 'notes', action: 'read', permissions, fields: ['id', 'text', 'team'] },
      { collection: 'directus_shares', action: 'create' },
      { collection: 'notes', action: 'share' },
    ]);
    const policy = (await admin.get(`/access?filter[user][_eq]=${id}&fields=policy`)).body.data[0].policy;
    return { id, policy, name, email: `${name}@example.com`, token: `token-of-${name}-0123456789` };
  }

  async function listen(token: string, headers: Record<string, string> = {}): Promise<Socket> {
    const socket = await Socket.open(server, `/websocket${token && `?access_token=${token}`}`, { headers });
    open.push(socket);
    const init = await socket.ask({ type: 'subscribe', collection: 'notes' });
    expect(init).toMatchObject({ event: 'init' });
    await new Promise((resolve) => setTimeout(resolve, 200)); // nodes hear who follows
    expect(await hears(socket)).toBe(true);
    return socket;
  }

  /** Whether a change of the item arrives. */
  async function hears(socket: Socket): Promise<boolean> {
    written += 1;
    const text = `text ${written}`;
    await admin.patch(`/items/notes/${item}`, { text });
    const arrived = () => socket.received.some((one) => one.event === 'update' && one.data[0]?.text === text);
    for (let waited = 0; waited < 600 && !arrived(); waited += 20) await new Promise((r) => setTimeout(r, 20));
    return arrived();
  }

  async function goesQuiet(socket: Socket): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, HEARD_MS));
    expect(await hears(socket)).toBe(false);
  }

  it('a suspended user', async () => {
    const ann = await reader();
    const socket = await listen(ann.token);
    await admin.patch(`/users/${ann.id}`, { status: 'suspended' });
    await goesQuiet(socket);
  });

  it('a deleted user', async () => {
    const ann = await reader();
    const socket = await listen(ann.token);
    await admin.delete(`/users/${ann.id}`);
    await goesQuiet(socket);
  });

  it('a static token that was replaced', async () => {
    const ann = await reader();
    const socket = await listen(ann.token);
    await admin.patch(`/users/${ann.id}`, { token: `another-${ann.token}` });
    await goesQuiet(socket);
  });

  it('a session that was signed out', async () => {
    const ann = await reader();
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ email: ann.email, password: PASSWORD, mode: 'session' });
    const login = await fetch(`${other.url}/auth/login`, { method: 'POST', headers, body });
    const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const socket = await listen('', { cookie });
    const logout = JSON.stringify({ mode: 'session' });
    await fetch(`${other.url}/auth/logout`, { method: 'POST', headers: { ...headers, cookie }, body: logout });
    await goesQuiet(socket);
  });

  it('a named token that was taken back', async () => {
    const ann = await reader();
    const owner = new Client(other, ann.token);
    const login = await owner.post('/auth/login', { email: ann.email, password: PASSWORD });
    const own = new Client(other, login.body.data.access_token);
    const made = await own.post('/users/me/tokens', { name: 'script' });
    expect(made.status).toBe(200);
    const socket = await listen(made.body.data.token);
    await own.delete(`/users/me/tokens/${made.body.data.id}`);
    await goesQuiet(socket);
  });

  it('a policy that was detached, and attached again', async () => {
    const ann = await reader();
    const socket = await listen(ann.token);
    const { body } = await admin.get(`/access?filter[user][_eq]=${ann.id}&fields=id`);
    await admin.delete(`/access/${body.data[0].id}`);
    await goesQuiet(socket);
    expect(socket.received).toContainEqual(expect.objectContaining({ type: 'subscribe', status: 'error' }));
    await admin.post('/access', { user: ann.id, policy: ann.policy });
    await new Promise((resolve) => setTimeout(resolve, HEARD_MS));
    expect(await hears(socket)).toBe(true);
  });

  it('a field that was taken away', async () => {
    const ann = await reader();
    const socket = await listen(ann.token);
    const filter = `filter[policy][_eq]=${ann.policy}&filter[collection][_eq]=notes&filter[action][_eq]=read`;
    const { body } = await admin.get(`/permissions?${filter}&fields=id`);
    await admin.patch(`/permissions/${body.data[0].id}`, { fields: ['id', 'text'] });
    await new Promise((resolve) => setTimeout(resolve, HEARD_MS));
    socket.received.length = 0;
    expect(await hears(socket)).toBe(true);
    expect(Object.keys(socket.received.find((one) => one.event === 'update')?.data[0])).toEqual(['id', 'text']);
  });

  it('a value of the user that a rule compares', async () => {
    const ann = await reader({ team: { _eq: '$CURRENT_USER.title' } });
    await admin.patch(`/users/${ann.id}`, { title: 'red' });
    const socket = await listen(ann.token);
    await admin.patch(`/users/${ann.id}`, { title: 'blue' });
    await goesQuiet(socket);
    await admin.patch(`/users/${ann.id}`, { title: 'red' });
    await new Promise((resolve) => setTimeout(resolve, HEARD_MS));
    expect(await hears(socket)).toBe(true);
  });

  it('a value of another item that a rule compares', async () => {
    await makeCollection(server, 'teams', [{ field: 'code', type: 'string' }]);
    await new Promise((resolve) => setTimeout(resolve, HEARD_MS)); // until the other node knows the collection
    const team = (await admin.post('/items/teams', { code: 'red' })).body.data.id;
    await admin.post('/fields/directus_users', { field: 'team', type: 'integer', schema: {}, meta: {} });
    const relation = { collection: 'directus_users', field: 'team', related_collection: 'teams', schema: {} };
    expect((await admin.post('/relations', relation)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, HEARD_MS));
    const ann = await reader({ team: { _eq: '$CURRENT_USER.team.code' } });
    expect((await admin.patch(`/users/${ann.id}`, { team })).status).toBe(200);
    const socket = await listen(ann.token);
    await admin.patch(`/items/teams/${team}`, { code: 'blue' });
    await goesQuiet(socket);
    await admin.patch(`/items/teams/${team}`, { code: 'red' });
    await new Promise((resolve) => setTimeout(resolve, HEARD_MS));
    expect(await hears(socket)).toBe(true);
  });

  it('a share that ends, and one whose author may see less', async () => {
    for (const end of ['share', 'author'] as const) {
      const ann = await reader();
      const role = (await admin.post('/roles', { name: 'Visitors', policies: [{ policy: ann.policy }] })).body.data.id;
      const author = new Client(other, ann.token);
      await author.post('/shares', { collection: 'notes', item: String(item), role });
      const share = (await admin.get(`/shares?filter[user_created][_eq]=${ann.id}`)).body.data[0].id;
      const guest = await author.post('/shares/auth', { share });
      const socket = await listen(guest.body.data.access_token);
      if (end === 'share') await admin.delete(`/shares/${share}`);
      else await admin.patch(`/users/${ann.id}`, { status: 'suspended' });
      await goesQuiet(socket);
    }
  });
});
