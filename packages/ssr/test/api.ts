import { ADMIN, type StartedServer } from '../../server/test/started-server.ts';

export interface Account {
  readonly id: string;
  readonly email: string;
}

export const PASSWORD = 'a-long-enough-passphrase-9';

export async function asAdmin<T>(server: StartedServer, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? (undefined as T) : ((await answer.json()) as { data: T }).data;
}

/** A collection of notes that each user reads its own of, and a role that may. */
export async function makeNotes(server: StartedServer): Promise<string> {
  await asAdmin(server, 'POST', '/collections', {
    collection: 'notes',
    schema: {},
    meta: {},
    fields: [
      { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} },
      { field: 'owner', type: 'uuid', schema: {}, meta: {} },
      { field: 'text', type: 'string', schema: {}, meta: {} },
    ],
  });
  const policy = await asAdmin<{ id: string }>(server, 'POST', '/policies', { name: 'Writers' });
  const own = { policy: policy.id, action: 'read', fields: ['*'] };
  await asAdmin(server, 'POST', '/permissions', [
    { ...own, collection: 'notes', permissions: { owner: { _eq: '$CURRENT_USER' } } },
    { ...own, collection: 'directus_users', permissions: { id: { _eq: '$CURRENT_USER' } } },
  ]);
  const role = await asAdmin<{ id: string }>(server, 'POST', '/roles', { name: 'Writers' });
  await asAdmin(server, 'POST', '/access', { role: role.id, policy: policy.id, sort: 1 });
  return role.id;
}

export async function makeUsers(
  server: StartedServer,
  role: string,
  count: number,
  prefix = 'user',
): Promise<readonly Account[]> {
  const users = Array.from({ length: count }, (_, index) => ({
    email: `${prefix}${index}@example.com`,
    password: PASSWORD,
    role,
  }));
  const made = await asAdmin<Account[]>(server, 'POST', '/users?fields=id,email&limit=-1', users);
  await asAdmin(
    server,
    'POST',
    '/items/notes',
    made.map(({ id, email }) => ({ owner: id, text: `note of ${email}` })),
  );
  return made;
}
