import { queryOptions, useSuspenseQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ask } from '../session/api.ts';

export interface Collection {
  readonly collection: string;
  readonly meta: {
    readonly icon?: string | null;
    readonly note?: string | null;
    readonly hidden?: boolean;
    readonly singleton?: boolean;
    readonly sort?: number | null;
    readonly group?: string | null;
    readonly color?: string | null;
    readonly display_template?: string | null;
    readonly archive_field?: string | null;
    readonly archive_value?: string | null;
    readonly unarchive_value?: string | null;
    readonly sort_field?: string | null;
    readonly accountability?: 'all' | 'activity' | null;
    readonly versioning?: boolean;
    readonly translations?: readonly { readonly language: string; readonly translation: string }[] | null;
  } | null;
  /** Null for a folder that holds no items. */
  readonly schema: { readonly name: string } | null;
}

export interface Field {
  readonly collection: string;
  readonly field: string;
  readonly type: string;
  readonly schema: {
    readonly data_type?: string;
    readonly default_value?: unknown;
    readonly is_nullable?: boolean;
    readonly is_unique?: boolean;
    readonly is_primary_key?: boolean;
    readonly has_auto_increment?: boolean;
    readonly max_length?: number | null;
    readonly foreign_key_table?: string | null;
  } | null;
  readonly meta: {
    readonly interface?: string | null;
    readonly options?: Readonly<Record<string, unknown>> | null;
    readonly display?: string | null;
    readonly display_options?: Readonly<Record<string, unknown>> | null;
    readonly special?: readonly string[] | null;
    readonly readonly?: boolean;
    readonly hidden?: boolean;
    readonly required?: boolean;
    readonly sort?: number | null;
    readonly width?: string | null;
    readonly group?: string | null;
    readonly note?: string | null;
    readonly conditions?: readonly unknown[] | null;
    readonly validation?: Readonly<Record<string, unknown>> | null;
    readonly validation_message?: string | null;
    readonly translations?: readonly { readonly language: string; readonly translation: string }[] | null;
  } | null;
}

export interface Relation {
  /** The many side. */
  readonly collection: string;
  readonly field: string;
  /** The one side; null for many-to-any. */
  readonly related_collection: string | null;
  readonly schema: { readonly on_delete?: string | null } | null;
  readonly meta: {
    readonly one_field?: string | null;
    readonly junction_field?: string | null;
    readonly one_collection_field?: string | null;
    readonly one_allowed_collections?: readonly string[] | null;
    readonly sort_field?: string | null;
    readonly one_deselect_action?: 'nullify' | 'delete' | null;
  } | null;
}

const STALE_MS = 60_000;

export const collectionsQuery = queryOptions({
  queryKey: ['model', 'collections'],
  staleTime: STALE_MS,
  queryFn: () => ask<Collection[]>('/collections'),
});
export const fieldsQuery = queryOptions({
  queryKey: ['model', 'fields'],
  staleTime: STALE_MS,
  queryFn: () => ask<Field[]>('/fields'),
});
export const relationsQuery = queryOptions({
  queryKey: ['model', 'relations'],
  staleTime: STALE_MS,
  queryFn: () => ask<Relation[]>('/relations'),
});

/** The data model, as far as the signed-in person may see it. After a change: invalidate the key `['model']`. */
export interface Model {
  readonly collections: readonly Collection[];
  collection(name: string): Collection | undefined;
  /** In the order in which forms show them. */
  fields(collection: string): readonly Field[];
  field(collection: string, name: string): Field | undefined;
  primaryKey(collection: string): Field | undefined;
  /** The relation of which a field is an end, on either side. */
  relation(collection: string, field: string): Relation | undefined;
  readonly relations: readonly Relation[];
}

export function useModel(): Model {
  const [{ data: collections }, { data: fields }, { data: relations }] = useSuspenseQueries({
    queries: [collectionsQuery, fieldsQuery, relationsQuery],
  });
  return useMemo(() => modelOf(collections, fields, relations), [collections, fields, relations]);
}

export function modelOf(
  collections: readonly Collection[],
  fields: readonly Field[],
  relations: readonly Relation[],
): Model {
  const byName = new Map(collections.map((one) => [one.collection, one]));
  const sorted = [...fields].sort((a, b) => (a.meta?.sort ?? 999) - (b.meta?.sort ?? 999));
  const of = Map.groupBy(sorted, ({ collection }) => collection);
  const ofCollection = (name: string): readonly Field[] => of.get(name) ?? [];
  return {
    collections,
    relations,
    collection: (name) => byName.get(name),
    fields: ofCollection,
    field: (collection, name) => ofCollection(collection).find(({ field }) => field === name),
    primaryKey: (collection) => ofCollection(collection).find(({ schema }) => schema?.is_primary_key),
    relation: (collection, field) =>
      relations.find(
        (one) =>
          (one.collection === collection && one.field === field) ||
          (one.related_collection === collection && one.meta?.one_field === field),
      ),
  };
}

/** `blog_posts` as people read it: `Blog Posts`; a translation of the Studio's language goes first. */
export function titleOf(
  name: string,
  language: string,
  translations?: readonly { readonly language: string; readonly translation: string }[] | null,
): string {
  const own = translations?.find((one) => one.language?.split('-')[0] === language)?.translation;
  if (own) return own;
  const words = name.replace(/^directus_/, '').split(/[_\s-]+/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
