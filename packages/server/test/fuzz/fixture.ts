import type { PlainClient } from '../plain-request.ts';
import { ADMIN } from '../started-server.ts';

export const MEMBER = {
  email: 'member@example.com',
  password: 'member-password',
  token: 'member-static-token-0123456789',
} as const;
/** A user whose policy the fuzz fills with malformed rules. */
export const VICTIM_TOKEN = 'victim-static-token-0123456789';

/** Fields of `posts` by name; one of every type that has a column. */
export const POST_FIELDS = {
  id: 'integer',
  title: 'string',
  status: 'string',
  body: 'text',
  views: 'integer',
  score: 'float',
  big: 'bigInteger',
  price: 'decimal',
  active: 'boolean',
  day: 'date',
  at: 'dateTime',
  stamp: 'timestamp',
  clock: 'time',
  tags: 'csv',
  extra: 'json',
  ref: 'uuid',
  passphrase: 'hash',
  author: 'uuid',
  category: 'integer',
} as const;

const SPECIAL: Record<string, string[]> = {
  tags: ['cast-csv'],
  extra: ['cast-json'],
  passphrase: ['hash', 'conceal'],
  author: ['m2o'],
  category: ['m2o'],
};

export interface Fixture {
  readonly memberId: string;
  readonly victimPolicy: string;
}

/** The data model, a member with item rules, a victim, and some rows. */
export async function makeFixture(client: PlainClient): Promise<Fixture> {
  const admin = <T = { id: string }>(method: string, path: string, body: unknown) =>
    client.must<T>(method, path, ADMIN.token, body);
  const key = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };
  const name = { field: 'name', type: 'string', schema: {}, meta: {} };
  await admin('POST', '/collections', { collection: 'categories', schema: {}, meta: {}, fields: [key, name] });
  await admin('POST', '/collections', { collection: 'junk', schema: {}, meta: {}, fields: [key, name] });
  await admin('POST', '/collections', {
    collection: 'posts',
    schema: {},
    meta: {},
    fields: Object.entries(POST_FIELDS).map(postField),
  });
  await admin('POST', '/collections', {
    collection: 'site',
    schema: {},
    meta: { singleton: true },
    fields: [key, name],
  });
  await admin('POST', '/fields/categories', { field: 'posts', type: 'alias', meta: { special: ['o2m'] } });
  await admin('POST', '/relations', {
    collection: 'posts',
    field: 'category',
    related_collection: 'categories',
    schema: {},
    meta: { one_field: 'posts' },
  });
  await admin('POST', '/relations', {
    collection: 'posts',
    field: 'author',
    related_collection: 'directus_users',
    schema: {},
    meta: {},
  });
  const own = { author: { _eq: '$CURRENT_USER' } };
  const member = await makeUser(client, MEMBER, 'Member', [
    { collection: 'posts', action: 'read', permissions: own, fields: ['*'] },
    {
      collection: 'posts',
      action: 'update',
      permissions: own,
      fields: ['title', 'body', 'extra', 'tags', 'views', 'stamp', 'category'],
    },
    { collection: 'posts', action: 'delete', permissions: own },
    {
      collection: 'posts',
      action: 'create',
      permissions: {},
      fields: ['*'],
      presets: { author: '$CURRENT_USER' },
      validation: { title: { _nempty: true } },
    },
    {
      collection: 'categories',
      action: 'read',
      permissions: { name: { _nnull: true } },
      fields: ['id', 'name', 'posts'],
    },
    {
      collection: 'directus_users',
      action: 'read',
      permissions: { id: { _eq: '$CURRENT_USER' } },
      fields: ['id', 'email', 'first_name', 'role'],
    },
    {
      collection: 'directus_users',
      action: 'update',
      permissions: { id: { _eq: '$CURRENT_USER' } },
      fields: ['first_name', 'description'],
    },
  ]);
  const victim = await makeUser(
    client,
    { email: 'victim@example.com', password: 'victim-password', token: VICTIM_TOKEN },
    'Victim',
    [],
  );
  await topUp(client, member.id);
  return { memberId: member.id, victimPolicy: victim.policy };
}

/** Makes sure that there are rows to find, after some were deleted by right. */
export async function topUp(client: PlainClient, memberId: string): Promise<void> {
  const posts = await client.must<{ id: number }[]>('GET', '/items/posts?fields=id&limit=5', ADMIN.token);
  if (posts.length === 5) return;
  const categories = await client.must<{ id: number }[]>('POST', '/items/categories', ADMIN.token, [
    { name: 'one' },
    { name: 'two' },
  ]);
  const rows = Array.from({ length: 10 }, (_, index) => ({
    title: `post ${index}`,
    views: index,
    extra: { list: [index] },
    tags: ['a', 'b'],
    stamp: '2024-02-29T12:00:00Z',
    author: index % 2 ? memberId : null,
    category: categories[index % 3]?.id ?? null,
  }));
  await client.must('POST', '/items/posts', ADMIN.token, rows);
}

async function makeUser(
  client: PlainClient,
  account: { email: string; password: string; token: string },
  name: string,
  permissions: object[],
) {
  const policy = await client.must<{ id: string }>('POST', '/policies', ADMIN.token, { name, permissions });
  const role = await client.must<{ id: string }>('POST', '/roles', ADMIN.token, {
    name,
    policies: [{ policy: policy.id }],
  });
  const user = await client.must<{ id: string }>('POST', '/users', ADMIN.token, { ...account, role: role.id });
  return { id: user.id, policy: policy.id };
}

function postField([field, type]: [string, string]): object {
  if (field === 'id') return { field, type, schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };
  const schema = field === 'title' ? { is_nullable: false } : {};
  return { field, type, schema, meta: SPECIAL[field] ? { special: SPECIAL[field] } : {} };
}
