import type { PlainClient } from '../plain-request.ts';
import { ADMIN } from '../started-server.ts';

/** What the administrator asks for, and gets. */
export type Asking = <T = Record<string, string>>(method: string, path: string, body?: unknown) => Promise<T>;

export const asAdmin =
  (client: PlainClient): Asking =>
  (method, path, body) =>
    client.must(method, path, ADMIN.token, body);

export type Permission = { collection: string; action: string; [key: string]: unknown };

export interface Person {
  readonly id: string;
  readonly role: string;
  readonly policy: string;
  readonly token: string;
}

/** A user with a role of its own, which has one policy with these permissions; all fields where none are named. */
export async function makePerson(
  admin: Asking,
  name: string,
  permissions: readonly Permission[],
  policySettings: Record<string, unknown> = {},
): Promise<Person> {
  const policy = await admin('POST', '/policies', { name, ...policySettings });
  for (const permission of permissions) {
    await admin('POST', '/permissions', { policy: policy.id, fields: ['*'], ...permission });
  }
  const role = await admin('POST', '/roles', { name });
  await admin('POST', '/access', { role: role.id, policy: policy.id });
  const token = `${name}-static-token-0123456789`;
  const account = { email: `${name}@example.com`, password: `${name}-password-1`, token, role: role.id };
  const user = await admin('POST', '/users', account);
  return { id: user.id ?? '', role: role.id ?? '', policy: policy.id ?? '', token };
}

/** Allows everybody something. */
export async function allowPublic(admin: Asking, permissions: readonly Permission[]): Promise<void> {
  const [attachment] = await admin<{ policy: string }[]>(
    'GET',
    '/access?filter[role][_null]=true&filter[user][_null]=true',
  );
  for (const permission of permissions) {
    await admin('POST', '/permissions', { policy: attachment?.policy, fields: ['*'], ...permission });
  }
}

export const KEY = {
  field: 'id',
  type: 'integer',
  schema: { is_primary_key: true, has_auto_increment: true },
  meta: {},
};

/** A field with a column. */
export const field = (name: string, type = 'string', meta: Record<string, unknown> = {}) => ({
  field: name,
  type,
  schema: {},
  meta,
});

/** A collection with a counting key. */
export const makeCollection = (admin: Asking, collection: string, fields: readonly unknown[], meta = {}) =>
  admin('POST', '/collections', { collection, schema: {}, meta, fields: [KEY, ...fields] });

/** A many-to-one, with its reverse where that is named. */
export async function relate(admin: Asking, from: string, name: string, to: string, reverse?: string): Promise<void> {
  if (reverse) await admin('POST', `/fields/${to}`, { field: reverse, type: 'alias', meta: { special: ['o2m'] } });
  const meta = reverse ? { one_field: reverse } : {};
  await admin('POST', '/relations', { collection: from, field: name, related_collection: to, schema: {}, meta });
}
