import { Client, makeCollection } from '../resources/project.ts';
import { ADMIN, type Database, discard, type StartedServer, startProject } from '../started-server.ts';
import { hashOf, openContents } from '../stored-contents.ts';

/** The fields of a review that tests look at. */
export interface Preview {
  readonly changed: boolean;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly audiences: readonly any[];
  readonly totals: { readonly audiences: number; readonly users: number | null };
  readonly truncated: boolean;
}

export interface Proposed {
  readonly action: 'create' | 'update' | 'delete';
  readonly collection: string;
  readonly keys?: readonly unknown[];
  // biome-ignore lint/suspicious/noExplicitAny: payloads of every shape.
  readonly data?: any;
}

const PATHS: Readonly<Record<string, string>> = {
  directus_roles: '/roles',
  directus_policies: '/policies',
  directus_permissions: '/permissions',
  directus_access: '/access',
};

/** Works of painters in rooms, and people who see some of them. */
export class Gallery {
  readonly server: StartedServer;
  readonly admin: Client;
  /** Ids by name. */
  readonly roles: Record<string, string> = {};
  readonly policies: Record<string, string> = {};
  readonly users: Record<string, string> = {};

  constructor(server: StartedServer) {
    this.server = server;
    this.admin = new Client(server);
  }

  /** What the administrator asks for, and gets. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape.
  async ask(method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: unknown): Promise<any> {
    const answer = await this.admin[method](path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body?.data;
  }

  as(user: string): Client {
    return new Client(this.server, user === 'public' ? null : tokenOf(user));
  }

  async preview(changes: readonly Proposed[]): Promise<Preview> {
    return this.ask('post', '/access/preview', { changes });
  }

  /** Makes the changes for good. */
  async save(changes: readonly Proposed[]): Promise<void> {
    for (const { action, collection, keys, data } of changes) {
      const path = PATHS[collection] ?? '';
      if (action === 'create') await this.ask('post', path, data);
      else if (action === 'update') await this.ask('patch', path, { keys, data });
      else {
        const answer = await fetch(this.server.url + path, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${ADMIN.token}`, 'content-type': 'application/json' },
          body: JSON.stringify(keys),
        });
        if (answer.status !== 204) throw new Error(await answer.text());
      }
    }
  }

  async hash(): Promise<string> {
    const reader = await openContents(this.server.project);
    try {
      const contents = await reader.read();
      const sequences =
        this.server.project.database === 'sqlite'
          ? await reader.rows('select name, seq from sqlite_sequence order by name')
          : await reader.rows('select sequencename, last_value from pg_sequences order by 1');
      return hashOf(contents) + JSON.stringify(sequences);
    } finally {
      await reader.close();
    }
  }

  /** Keys of the works that somebody sees, and the values of a field; null where the API refuses. */
  async sees(user: string, fields = 'id', collection = 'works'): Promise<Map<number, Record<string, unknown>> | null> {
    const answer = await this.as(user).get(`/items/${collection}?limit=-1&fields=${fields}`);
    if (answer.status !== 200) return null;
    return new Map(answer.body.data.map((item: { id: number }) => [item.id, item]));
  }

  async role(name: string, more: object = {}): Promise<string> {
    const { id } = await this.ask('post', '/roles', { name, ...more });
    this.roles[name] = id;
    return id;
  }

  async policy(name: string, permissions: readonly object[], more: object = {}): Promise<string> {
    const { id } = await this.ask('post', '/policies', { name, ...more });
    this.policies[name] = id;
    for (const permission of permissions)
      await this.ask('post', '/permissions', {
        policy: id,
        action: 'read',
        collection: 'works',
        fields: ['*'],
        ...permission,
      });
    return id;
  }

  async attach(policy: string, to: object): Promise<string> {
    return (await this.ask('post', '/access', { policy: this.policies[policy], ...to })).id;
  }

  async user(name: string, more: object = {}): Promise<string> {
    const account = { email: `${name}@example.com`, token: tokenOf(name), ...more };
    const { id } = await this.ask('post', '/users', account);
    this.users[name] = id;
    return id;
  }

  async publicPolicy(): Promise<string> {
    const [attachment] = await this.ask('get', '/access?filter[role][_null]=true&filter[user][_null]=true');
    return attachment.policy;
  }

  async permissionOf(policy: string): Promise<number> {
    const [permission] = await this.ask('get', `/permissions?filter[policy][_eq]=${this.policies[policy]}`);
    return permission.id;
  }

  remove(): Promise<void> {
    return discard(this.server);
  }
}

const tokenOf = (user: string): string => `token-of-${user}-0123456789`;

export const STATUS = ['draft', 'shown', 'sold'];

/** 30 works: status goes round by three, rooms by four, painters are Vera (every fifth) and nobody. */
export async function openGallery(database: Database): Promise<Gallery> {
  const gallery = new Gallery(await startProject(database));
  const { ask } = { ask: gallery.ask.bind(gallery) };
  await makeCollection(gallery.server, 'rooms', [{ field: 'name', type: 'string' }]);
  await makeCollection(gallery.server, 'works', [
    { field: 'title', type: 'string' },
    { field: 'status', type: 'string' },
    { field: 'price', type: 'integer' },
    { field: 'painter', type: 'uuid' },
    { field: 'room', type: 'integer', meta: { special: ['m2o'] } },
  ]);
  await ask('post', '/relations', {
    collection: 'works',
    field: 'room',
    related_collection: 'rooms',
    schema: {},
    meta: {},
  });
  await ask(
    'post',
    '/items/rooms',
    ['North', 'East', 'South', 'West'].map((name) => ({ name })),
  );
  await gallery.role('Staff');
  await gallery.role('Guides', { parent: gallery.roles.Staff });
  await gallery.policy('Shown', [{ permissions: { status: { _eq: 'shown' } }, fields: ['id', 'title', 'status'] }]);
  await gallery.policy('Own', [{ permissions: { painter: { _eq: '$CURRENT_USER' } } }]);
  await gallery.policy('North', [{ permissions: { room: { name: { _eq: 'North' } } }, fields: ['id', 'price'] }]);
  await gallery.attach('Shown', { role: gallery.roles.Staff });
  await gallery.user('vera', { role: gallery.roles.Guides });
  await gallery.user('emil', { role: gallery.roles.Guides });
  await gallery.user('anna', { role: gallery.roles.Staff });
  await gallery.user('otto');
  await gallery.user('gone', { role: gallery.roles.Staff, status: 'suspended' });
  const works = Array.from({ length: 30 }, (_, i) => ({
    title: `Work ${i + 1}`,
    status: STATUS[i % 3],
    price: i * 10,
    painter: i % 5 === 0 ? gallery.users.vera : null,
    room: i % 6 === 5 ? null : (i % 4) + 1,
  }));
  await ask('post', '/items/works', works);
  return gallery;
}
