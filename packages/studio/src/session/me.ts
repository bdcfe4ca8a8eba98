import { customEndpoint } from '@directus/sdk';
import { queryOptions } from '@tanstack/react-query';
import { ask, client } from './api.ts';
import { failureOf } from './failure.ts';

/** The signed-in person, as far as she may read herself. */
export interface Me {
  readonly id: string;
  readonly first_name?: string | null;
  readonly last_name?: string | null;
  readonly email?: string | null;
  readonly avatar?: string | null;
  readonly language?: string | null;
  readonly appearance?: 'auto' | 'light' | 'dark' | null;
  readonly provider?: string | null;
}

/** What the applicable policies say of the whole person. */
export interface Globals {
  readonly app_access: boolean;
  readonly admin_access: boolean;
  readonly enforce_tfa: boolean;
}

/** Null when nobody is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 60_000,
  retry: false,
  queryFn: async (): Promise<Me | null> => {
    try {
      return await client.request(customEndpoint<Me>({ path: '/users/me', params: { fields: ['*'] } }));
    } catch (error) {
      const { status } = failureOf(error);
      if (status === 401 || status === 403) return null;
      throw error;
    }
  },
});

export const globalsQuery = queryOptions({
  queryKey: ['globals'],
  staleTime: 60_000,
  queryFn: () => ask<Globals>('/policies/me/globals'),
});

/** How to call somebody: by name, by address, or at least by key. */
export function nameOf(person: Partial<Me> & { readonly id?: string }): string {
  const name = [person.first_name, person.last_name].filter(Boolean).join(' ');
  return name || person.email || person.id || '';
}
