import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from '../../session/api.ts';
import { pathOf } from '../addresses.ts';
import type { Item } from '../display/template.ts';
import type { Filter } from '../filter/tree.ts';

export interface ListQuery {
  readonly fields: readonly string[];
  readonly sort: readonly string[];
  readonly filter: Filter | null;
  readonly search: string;
  readonly page: number;
  readonly size: number;
}

/** What decides which items there are, without how they are shown. */
export const narrowed = ({ filter, search }: Pick<ListQuery, 'filter' | 'search'>) => ({
  ...(filter && { filter }),
  ...(search && { search }),
});

export const itemsQuery = (collection: string, query: ListQuery) =>
  queryOptions({
    queryKey: ['items', collection, 'list', query],
    placeholderData: keepPreviousData,
    queryFn: () =>
      ask<Item[]>(pathOf(collection), {
        params: {
          ...narrowed(query),
          fields: query.fields,
          ...(query.sort.length > 0 && { sort: query.sort }),
          limit: query.size,
          page: query.page,
        },
      }),
  });

export const countQuery = (collection: string, query: Pick<ListQuery, 'filter' | 'search'>) =>
  queryOptions({
    queryKey: ['items', collection, 'count', narrowed(query)],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const params = { ...narrowed(query), aggregate: { count: '*' } };
      const [row] = await ask<{ count: number | string }[]>(pathOf(collection), { params });
      return Number(row?.count ?? 0);
    },
  });
