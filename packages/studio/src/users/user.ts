import { queryOptions } from '@tanstack/react-query';
import { ask } from '../session/api.ts';

export interface User {
  readonly id: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly email: string | null;
  readonly status: Status;
  readonly role: { readonly id: string; readonly name: string } | null;
  readonly provider: string;
  readonly last_access: string | null;
  readonly token?: string | null;
  /** Policies of the person alone, beside those of the role. */
  readonly policies?: readonly { readonly id: string; readonly policy: string }[];
}

export const STATUSES = ['draft', 'invited', 'unverified', 'active', 'suspended', 'archived'] as const;
export type Status = (typeof STATUSES)[number];

const LISTED = ['id', 'first_name', 'last_name', 'email', 'status', 'role.id', 'role.name', 'provider', 'last_access'];

export interface UserSearch {
  readonly search: string;
  readonly status: string | null;
  readonly role: string | null;
  /** From 1. */
  readonly page: number;
}

export const PAGE_SIZE = 25;

export const usersQuery = ({ search, status, role, page }: UserSearch) =>
  queryOptions({
    queryKey: ['users', 'list', search, status, role, page],
    queryFn: async () => {
      const rules = [...(status ? [{ status: { _eq: status } }] : []), ...(role ? [{ role: { _eq: role } }] : [])];
      const which = { ...(search ? { search } : {}), ...(rules.length > 0 ? { filter: { _and: rules } } : {}) };
      const place = { sort: ['last_name', 'first_name', 'email'], limit: PAGE_SIZE, page };
      const [users, [count]] = await Promise.all([
        ask<User[]>('/users', { params: { fields: LISTED, ...place, ...which } }),
        ask<{ count: number | { id: number } }[]>('/users', { params: { aggregate: { count: '*' }, ...which } }),
      ]);
      return { users, total: Number(count?.count ?? 0) };
    },
  });

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ['users', id],
    queryFn: () =>
      ask<User>(`/users/${id}`, { params: { fields: [...LISTED, 'token', 'policies.id', 'policies.policy'] } }),
  });

interface Named {
  readonly id: string;
  readonly name: string;
}

export const rolesQuery = queryOptions({
  queryKey: ['roles', 'names'],
  queryFn: () => ask<Named[]>('/roles', { params: { fields: ['id', 'name'], sort: ['name'], limit: -1 } }),
});

export const policiesQuery = queryOptions({
  queryKey: ['policies', 'names'],
  queryFn: () => ask<Named[]>('/policies', { params: { fields: ['id', 'name'], sort: ['name'], limit: -1 } }),
});
