import {
  createCollection,
  createDirectus,
  createField,
  createPermissions,
  createPolicy,
  createRelation,
  createRole,
  createUser,
  isDirectusError,
  type RestClient,
  rest,
  staticToken,
} from '@directus/sdk';
import { ADMIN } from '../started-server.ts';

export interface Category {
  id: number;
  name: string;
  posts: number[] | Post[];
}

export interface Post {
  id: number;
  title: string;
  status: string;
  body: string | null;
  views: number;
  author: string | null;
  category: number | Category | null;
}

export interface Blog {
  posts: Post[];
  categories: Category[];
}

export const asAdmin = (url: string) => createDirectus<Blog>(url).with(staticToken(ADMIN.token)).with(rest());
export const asPublic = (url: string) => createDirectus<Blog>(url).with(rest());
export const withStaticToken = (url: string, token: string) =>
  createDirectus<Blog>(url).with(staticToken(token)).with(rest());

/** The codes and the status of a request that must fail. */
export async function failure(work: Promise<unknown>): Promise<{ status: number; codes: string[] }> {
  try {
    const answer = await work;
    throw new Error(`expected an error, got ${JSON.stringify(answer)}`);
  } catch (error) {
    if (!isDirectusError(error)) throw error;
    const codes = error.errors.map((entry) => entry.extensions.code);
    return { status: (error.response as unknown as Response).status, codes };
  }
}

export const FORBIDDEN = { status: 403, codes: ['FORBIDDEN'] };
export const INVALID_CREDENTIALS = { status: 401, codes: ['INVALID_CREDENTIALS'] };

/** Categories, and posts with an author and a category, made with the SDK's commands for the data model. */
export async function makeBlog(admin: RestClient<Blog>): Promise<void> {
  const key = {
    field: 'id',
    type: 'integer',
    schema: { is_primary_key: true, has_auto_increment: true },
    meta: {},
  } as const;
  await admin.request(
    createCollection({
      collection: 'categories',
      schema: {},
      meta: {},
      fields: [key, { field: 'name', type: 'string', schema: { is_nullable: false }, meta: {} }],
    }),
  );
  await admin.request(
    createCollection({
      collection: 'posts',
      schema: {},
      meta: {},
      fields: [
        key,
        { field: 'title', type: 'string', schema: { is_nullable: false }, meta: {} },
        { field: 'status', type: 'string', schema: { default_value: 'draft' }, meta: {} },
        { field: 'body', type: 'text', schema: {}, meta: {} },
        { field: 'views', type: 'integer', schema: { default_value: 0 }, meta: {} },
        { field: 'author', type: 'uuid', schema: {}, meta: { special: ['m2o'] } },
      ],
    }),
  );
  await admin.request(
    createField('posts', { field: 'category', type: 'integer', schema: {}, meta: { special: ['m2o'] } }),
  );
  await admin.request(createField('categories', { field: 'posts', type: 'alias', meta: { special: ['o2m'] } }));
  await admin.request(
    createRelation({
      collection: 'posts',
      field: 'author',
      related_collection: 'directus_users',
      schema: { on_delete: 'SET NULL' },
      meta: {},
    }),
  );
  await admin.request(
    createRelation({
      collection: 'posts',
      field: 'category',
      related_collection: 'categories',
      schema: { on_delete: 'SET NULL' },
      meta: { one_field: 'posts' },
    }),
  );
}

export interface Member {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

/** A role whose one policy lets its members read, change and delete only the posts that they wrote. */
export async function makeMemberRole(admin: RestClient<Blog>): Promise<{ role: string; policy: string }> {
  const policy = await admin.request(createPolicy({ name: 'Own posts', admin_access: false, app_access: false }));
  const own = { author: { _eq: '$CURRENT_USER' } };
  const self = { id: { _eq: '$CURRENT_USER' } };
  await admin.request(
    createPermissions([
      { policy: policy.id, collection: 'posts', action: 'read', permissions: own, fields: ['*'] },
      {
        policy: policy.id,
        collection: 'posts',
        action: 'update',
        permissions: own,
        fields: ['title', 'status', 'body'],
      },
      { policy: policy.id, collection: 'posts', action: 'delete', permissions: own },
      {
        policy: policy.id,
        collection: 'posts',
        action: 'create',
        permissions: {},
        fields: ['title', 'status', 'body', 'category'],
        presets: { author: '$CURRENT_USER' },
        validation: { title: { _nempty: true } },
      },
      {
        policy: policy.id,
        collection: 'directus_users',
        action: 'read',
        permissions: self,
        fields: ['id', 'email', 'first_name', 'role'],
      },
      {
        policy: policy.id,
        collection: 'directus_users',
        action: 'update',
        permissions: self,
        fields: ['first_name', 'email', 'password'],
      },
    ]),
  );
  const role = await admin.request(createRole({ name: 'Member', policies: [{ policy: policy.id }] }));
  return { role: role.id, policy: policy.id };
}

export async function makeMember(admin: RestClient<Blog>, name: string, role: string | null): Promise<Member> {
  const email = `${name.toLowerCase()}@example.com`;
  const password = `${name.toLowerCase()}-has-a-password`;
  const user = await admin.request(createUser({ email, password, first_name: name, role }));
  return { id: user.id, email, password };
}
