import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../session/api.ts';
import { useMe } from '../../session/session.tsx';
import type { Filter } from '../filter/tree.ts';
import { type ListBase, type ListState, SIZES } from './list-state.ts';

/** A row of `directus_presets`: how somebody's list of a collection looks, or a view that was saved by name. */
export interface Preset {
  readonly id: number;
  /** Null: not a named view, but how the list looks without one. */
  readonly bookmark: string | null;
  readonly user: string | null;
  readonly role: string | null;
  readonly search: string | null;
  readonly filter: Filter | null;
  readonly layout_query: { readonly tabular?: { fields?: unknown; sort?: unknown; limit?: unknown } } | null;
}

const MINE_OR_SHARED = {
  _or: [
    { user: { _eq: '$CURRENT_USER' } },
    { _and: [{ user: { _null: true } }, { role: { _eq: '$CURRENT_ROLE' } }] },
    { _and: [{ user: { _null: true } }, { role: { _null: true } }] },
  ],
};

export const presetsQuery = (collection: string) =>
  queryOptions({
    queryKey: ['presets', collection],
    staleTime: 60_000,
    queryFn: () =>
      ask<Preset[]>('/presets', {
        params: {
          fields: ['id', 'bookmark', 'user', 'role', 'search', 'filter', 'layout_query'],
          filter: { _and: [{ collection: { _eq: collection } }, MINE_OR_SHARED] },
          sort: ['bookmark', 'id'],
          limit: -1,
        },
      }),
  });

const texts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;

/** What a preset says of a list; presets that other apps wrote may say less, or nonsense. */
export function baseOf(preset: Preset | undefined): ListBase {
  const { fields, sort, limit } = preset?.layout_query?.tabular ?? {};
  const columns = texts(fields);
  return {
    ...(columns && columns.length > 0 && { fields: columns }),
    ...(texts(sort) && { sort: texts(sort) }),
    ...(SIZES.some((one) => one === limit) && { size: Number(limit) }),
    ...(preset?.bookmark && { filter: preset.filter, search: preset.search ?? '' }),
  };
}

/** The person's own look of the list, else her role's, else everybody's. */
export function ordinaryPreset(presets: readonly Preset[]): Preset | undefined {
  const plain = presets.filter(({ bookmark }) => bookmark === null);
  return plain.find(({ user }) => user) ?? plain.find(({ role }) => role) ?? plain[0];
}

const bodyOf = ({ fields, sort, size, filter, search }: ListState) => ({
  layout: 'tabular',
  layout_query: { tabular: { fields, sort, limit: size } },
  filter,
  search: search || null,
});

export function useViews(collection: string, presets: readonly Preset[]) {
  const me = useMe();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['presets', collection] });

  /** Keeps columns, order and page size for the next time; what is looked for is not kept. */
  const keep = useMutation({
    mutationFn: async (state: ListState) => {
      const own = presets.find(({ bookmark, user }) => bookmark === null && user === me.id);
      const body = { ...bodyOf(state), filter: null, search: null };
      if (own) await ask(`/presets/${own.id}`, { method: 'PATCH', body });
      else await ask('/presets', { method: 'POST', body: { ...body, collection, user: me.id } });
    },
    onSuccess,
  });
  const save = useMutation({
    mutationFn: ({ name, state }: { readonly name: string; readonly state: ListState }) =>
      ask<Preset>('/presets', {
        method: 'POST',
        body: { ...bodyOf(state), collection, user: me.id, bookmark: name },
      }),
    onSuccess,
  });
  const update = useMutation({
    mutationFn: ({ id, state }: { readonly id: number; readonly state: ListState }) =>
      ask(`/presets/${id}`, { method: 'PATCH', body: bodyOf(state) }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: number) => ask(`/presets/${id}`, { method: 'DELETE' }),
    onSuccess,
  });
  return { keep, save, update, remove };
}
