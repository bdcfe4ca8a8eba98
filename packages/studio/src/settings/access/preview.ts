import { ask } from '../../session/api.ts';

/** One change of roles, policies, permissions or attachments, as saving it would be asked for. */
export interface Change {
  readonly action: 'create' | 'update' | 'delete';
  readonly collection: 'directus_roles' | 'directus_policies' | 'directus_permissions' | 'directus_access';
  readonly keys?: readonly (string | number)[];
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Count {
  readonly before: number;
  readonly after: number;
  readonly gained: number;
  readonly lost: number;
}

export interface ChangedCollection {
  readonly collection: string;
  readonly action: string;
  readonly access: 'gained' | 'lost' | 'changed';
  readonly fields: { readonly gained: readonly string[]; readonly lost: readonly string[] };
  readonly items: Count | null;
  readonly samples: { readonly gained: readonly unknown[]; readonly lost: readonly unknown[] } | null;
  readonly each: readonly (Count & { readonly user: string })[] | null;
  readonly validation: boolean;
  readonly presets: boolean;
  readonly uncounted: string | null;
}

interface Flag {
  readonly before: boolean;
  readonly after: boolean;
}

export interface Audience {
  readonly who: {
    readonly kind: 'public' | 'users';
    readonly role: { readonly id: string; readonly name: string } | null;
    readonly policies: readonly { readonly id: string; readonly name: string }[];
  };
  readonly users: number | null;
  readonly samples: readonly Readonly<Record<string, unknown>>[];
  readonly from: string | null;
  readonly admin: Flag;
  readonly app: Flag;
  readonly changes: readonly ChangedCollection[];
  readonly total: number;
  readonly withheld: boolean;
}

export interface Review {
  readonly changed: boolean;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly audiences: readonly Audience[];
  readonly truncated: boolean;
}

/** Who would gain and lose what. Nothing is stored. */
export const previewOf = (changes: readonly Change[]): Promise<Review> =>
  ask<Review>('/access/preview', { method: 'POST', body: { changes } });

const PLACES = {
  directus_roles: '/roles',
  directus_policies: '/policies',
  directus_permissions: '/permissions',
  directus_access: '/access',
} as const;

/** Saves what was previewed, one after the other. */
export async function save(changes: readonly Change[]): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  for (const { action, collection, keys = [], data } of changes) {
    const place = PLACES[collection];
    if (action === 'create') answers.push(await ask(place, { method: 'POST', body: data }));
    else if (action === 'update') answers.push(await ask(`${place}/${keys[0]}`, { method: 'PATCH', body: data }));
    else answers.push(await ask(place, { method: 'DELETE', body: keys }));
  }
  return answers;
}
