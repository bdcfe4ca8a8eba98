import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../session/api.ts';
import type { Me } from '../../session/me.ts';
import type { Item } from '../display/template.ts';

export interface Revision {
  readonly id: number;
  /** The item after the change, and what the change was. */
  readonly data: Item | null;
  readonly delta: Item | null;
  readonly activity: {
    readonly action?: string;
    readonly timestamp?: string;
    readonly user?: (Partial<Me> & { readonly id?: string }) | string | null;
  } | null;
}

export const STEP = 25;

/** The revisions of an item, the newest first, with one more than asked for to compare the last with. */
export const revisionsQuery = (collection: string, itemKey: string, count: number) =>
  queryOptions({
    queryKey: ['items', collection, 'revisions', itemKey, count],
    queryFn: () =>
      ask<Revision[]>('/revisions', {
        params: {
          fields: [
            'id',
            'data',
            'delta',
            'activity.action',
            'activity.timestamp',
            'activity.user.id',
            'activity.user.first_name',
            'activity.user.last_name',
            'activity.user.email',
          ],
          filter: { _and: [{ collection: { _eq: collection } }, { item: { _eq: itemKey } }] },
          sort: ['-id'],
          limit: count + 1,
        },
      }),
  });

export interface Difference {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What a revision changed, against the one before it. */
export function differencesOf(revision: Revision, earlier: Revision | undefined): readonly Difference[] {
  const changed = Object.entries(revision.delta ?? {});
  return changed
    .map(([field, after]) => ({ field, before: earlier?.data?.[field], after }))
    .filter(({ before, after }) => JSON.stringify(before ?? null) !== JSON.stringify(after ?? null));
}
