import { queryOptions, useQuery } from '@tanstack/react-query';
import { ask } from './api.ts';
import { globalsQuery } from './me.ts';

export type Action = 'create' | 'read' | 'update' | 'delete' | 'share';

interface Allowed {
  /** `partial`: for some items only. */
  readonly access: 'none' | 'partial' | 'full';
  /** `*` stands for all. */
  readonly fields?: readonly string[];
  readonly presets?: Readonly<Record<string, unknown>> | null;
  readonly validation?: Readonly<Record<string, unknown>> | null;
}

type OwnPermissions = Readonly<Record<string, Readonly<Partial<Record<Action, Allowed>>>>>;

export const permissionsQuery = queryOptions({
  queryKey: ['permissions'],
  staleTime: 30_000,
  queryFn: () => ask<OwnPermissions>('/permissions/me'),
});

export interface Rights {
  readonly admin: boolean;
  /** Whether there may be items that she may do this to; the API decides for each. */
  can(action: Action, collection: string): boolean;
  canField(action: 'create' | 'read' | 'update', collection: string, field: string): boolean;
  /** What a new item gets by the permission. */
  presets(collection: string): Readonly<Record<string, unknown>>;
}

/** What the signed-in person may do. It only decides what is offered: the API has the last word. */
export function useRights(): Rights {
  const { data: permissions = {} } = useQuery(permissionsQuery);
  const { data: globals } = useQuery(globalsQuery);
  return rightsOf(permissions, globals?.admin_access === true);
}

export function rightsOf(permissions: OwnPermissions, admin: boolean): Rights {
  const allowed = (action: Action, collection: string) => permissions[collection]?.[action];
  return {
    admin,
    can: (action, collection) => admin || (allowed(action, collection)?.access ?? 'none') !== 'none',
    canField: (action, collection, field) => {
      if (admin) return true;
      const { access = 'none', fields = [] } = allowed(action, collection) ?? {};
      return access !== 'none' && (fields.includes('*') || fields.includes(field));
    },
    presets: (collection) => allowed('create', collection)?.presets ?? {},
  };
}
