import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../session/api.ts';
import { itemPathOf, pathOf } from '../addresses.ts';
import { type Item, nameFields } from '../display/template.ts';
import { holdsValues } from '../field-paths.ts';
import type { Field, Model } from '../model.ts';
import { type RelationEnd, relationEnd } from '../relations.ts';

/** Longer lists of related items are better worked on in their own collection. */
export const MOST_RELATED = 200;

/** What to ask of an item so that its form can be shown: its values, and names of what it is related to. */
export function formQuery(model: Model, collection: string) {
  const fields: string[] = [];
  const deep: Record<string, { _limit: number }> = {};
  for (const field of model.fields(collection)) {
    const end = relationEnd(model, collection, field.field);
    if (end && end.kind !== 'm2o') deep[field.field] = { _limit: MOST_RELATED };
    fields.push(...requested(model, field, end));
  }
  return { fields, deep };
}

function requested(model: Model, field: Field, end: RelationEnd | null): readonly string[] {
  if (!end) return holdsValues(field) ? [field.field] : [];
  const below = (names: readonly string[]): readonly string[] => names.map((name) => `${field.field}.${name}`);
  switch (end.kind) {
    case 'm2o':
      return below(nameFields(model, end.related));
    case 'o2m':
      return below(nameFields(model, end.related));
    case 'm2m':
      return below([
        ...keyOf(model, end.junction),
        ...nameFields(model, end.related).map((name) => `${end.far}.${name}`),
      ]);
    case 'm2a':
      return below([
        ...keyOf(model, end.junction),
        end.kindField,
        ...end.allowed.flatMap((one) => nameFields(model, one).map((name) => `${end.far}:${one}.${name}`)),
      ]);
  }
}

const keyOf = (model: Model, collection: string): readonly string[] => {
  const key = model.primaryKey(collection)?.field;
  return key ? [key] : [];
};

/** An item as its form needs it; a singleton where `key` is null. */
export const itemQuery = (model: Model, collection: string, key: string | null) =>
  queryOptions({
    queryKey: ['items', collection, 'item', key],
    queryFn: () =>
      ask<Item>(key === null ? pathOf(collection) : itemPathOf(collection, key), {
        params: formQuery(model, collection),
      }),
  });

interface ItemRights {
  readonly update: { readonly access: boolean };
  readonly delete: { readonly access: boolean };
}

/** What may be done to one item. */
export const itemRightsQuery = (collection: string, key: string | null) =>
  queryOptions({
    queryKey: ['items', collection, 'rights', key],
    queryFn: () =>
      ask<ItemRights>(
        `/permissions/me/${encodeURIComponent(collection)}${key === null ? '' : `/${encodeURIComponent(key)}`}`,
      ),
  });
