import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { Filter } from '../filter/tree.ts';

export const SIZES = [25, 50, 100, 250, 500] as const;
const DEFAULT_SIZE = 25;

/** What a list shows: everything that its address can say, and a saved view keeps. */
export interface ListState {
  readonly fields: readonly string[];
  /** `-date`: downwards. */
  readonly sort: readonly string[];
  readonly filter: Filter | null;
  readonly search: string;
  readonly page: number;
  readonly size: number;
  /** The key of the saved view that this began with. */
  readonly view: string | null;
}

export type ListBase = Partial<Pick<ListState, 'fields' | 'sort' | 'filter' | 'search' | 'size'>>;

interface Address {
  readonly fields?: string;
  readonly sort?: string;
  readonly filter?: string;
  readonly search?: string;
  readonly page?: string;
  readonly size?: string;
  readonly view?: string;
}

/** The state of a list: what its address says goes before what the view says, and that before the defaults. */
export function useListState(base: ListBase, defaults: Pick<ListState, 'fields' | 'sort'>) {
  const address: Address = useSearch({ strict: false });
  const navigate = useNavigate();
  const state = useMemo<ListState>(() => {
    const listed = (text: string | undefined): readonly string[] | undefined =>
      text === undefined ? undefined : text.split(',').filter(Boolean);
    return {
      fields: listed(address.fields) ?? base.fields ?? defaults.fields,
      sort: listed(address.sort) ?? base.sort ?? defaults.sort,
      filter: address.filter === undefined ? (base.filter ?? null) : parseFilter(address.filter),
      search: address.search ?? base.search ?? '',
      page: Math.max(1, Math.trunc(Number(address.page)) || 1),
      size: SIZES.find((one) => String(one) === address.size) ?? base.size ?? DEFAULT_SIZE,
      view: address.view ?? null,
    };
  }, [address, base, defaults]);

  /** Changes what is given and keeps the rest; anything but another page begins on the first one. */
  const change = useCallback(
    (next: Partial<ListState>) => {
      const { fields, sort, filter, search, size, page = 1 } = next;
      const said: Record<string, string | undefined> = {
        ...(fields && { fields: fields.join(',') }),
        ...(sort && { sort: sort.join(',') }),
        ...(filter !== undefined && { filter: filter === null ? '' : JSON.stringify(filter) }),
        ...(search !== undefined && { search }),
        ...(size !== undefined && { size: String(size) }),
        page: page > 1 ? String(page) : undefined,
      };
      void navigate({
        to: '.',
        search: (before: Address) => ({ ...before, ...said }),
        replace: 'search' in next,
      } as never);
    },
    [navigate],
  );

  /** Opens a view as it was saved; null for the ordinary list. */
  const open = useCallback(
    (view: string | null) => void navigate({ to: '.', search: view === null ? {} : { view } } as never),
    [navigate],
  );
  return { state, change, open, touched: Object.keys(address).some((key) => key !== 'view' && key !== 'page') };
}

function parseFilter(text: string): Filter | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Filter) : null;
  } catch {
    return null;
  }
}
