import { queryOptions } from '@tanstack/react-query';
import type { Filter } from '../../content/filter/filter-builder.tsx';
import { ask } from '../../session/api.ts';

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly parent: string | null;
}

export const ACTIONS = ['create', 'read', 'update', 'delete', 'share'] as const;
export type Action = (typeof ACTIONS)[number];

export interface Permission {
  readonly id?: number;
  readonly collection: string;
  readonly action: Action;
  /** Which items; empty or null: all. */
  readonly permissions: Filter | null;
  /** `*` for all; null or empty: none. */
  readonly fields: readonly string[] | null;
  readonly validation: Filter | null;
  readonly presets: Readonly<Record<string, unknown>> | null;
}

export interface Policy {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly ip_access: readonly string[] | null;
  readonly enforce_tfa: boolean;
  readonly admin_access: boolean;
  readonly app_access: boolean;
}

/** Attaches a policy to a role, to a user, or, with neither, to the public. */
export interface Attachment {
  readonly id: string;
  readonly policy: string;
  readonly role: string | null;
  readonly user: string | null;
}

const ALL = { limit: -1 } as const;

export const accessRolesQuery = queryOptions({
  queryKey: ['access', 'roles'],
  queryFn: () =>
    ask<Role[]>('/roles', { params: { fields: ['id', 'name', 'description', 'parent'], sort: ['name'], ...ALL } }),
});

export const accessPoliciesQuery = queryOptions({
  queryKey: ['access', 'policies'],
  queryFn: () =>
    ask<Policy[]>('/policies', {
      params: {
        fields: ['id', 'name', 'description', 'ip_access', 'enforce_tfa', 'admin_access', 'app_access'],
        sort: ['name'],
        ...ALL,
      },
    }),
});

export const attachmentsQuery = queryOptions({
  queryKey: ['access', 'attachments'],
  queryFn: () => ask<Attachment[]>('/access', { params: { fields: ['id', 'policy', 'role', 'user'], ...ALL } }),
});

/** Permissions of one policy. Those that app access brings along have no id, and are not stored. */
export const permissionsOfQuery = (policy: string) =>
  queryOptions({
    queryKey: ['access', 'permissions', policy],
    queryFn: async () => {
      const filter = { policy: { _eq: policy } };
      const rows = await ask<Permission[]>('/permissions', { params: { filter, ...ALL } });
      return rows.filter(({ id }) => id !== undefined && id !== null);
    },
  });

/** After any change of roles, policies or permissions. */
export const ACCESS_KEYS = [['access'], ['roles'], ['policies'], ['permissions'], ['globals'], ['users']] as const;

export type Reach = 'none' | 'all' | 'custom';

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);

/** How far a permission reaches. */
export function reachOf(permission: Permission | undefined): Reach {
  if (!permission) return 'none';
  const { permissions, fields, validation, presets, action } = permission;
  const everyField = fields?.includes('*') === true || action === 'delete' || action === 'share';
  return isEmpty(permissions) && isEmpty(validation) && isEmpty(presets) && everyField ? 'all' : 'custom';
}

/** Everything of a collection for an action. */
export const whole = (collection: string, action: Action): Permission => ({
  collection,
  action,
  permissions: {},
  fields: ['*'],
  validation: null,
  presets: null,
});
