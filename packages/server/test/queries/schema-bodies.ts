import { type CollectionModel, columnsOf, type FieldModel, isColumn, type Json, listsOf } from './model.ts';

type Body = { [key: string]: Json };

/** What makes a collection, as `POST /collections` takes it; its relations come later. */
export function collectionBody({ name, key, sortField, fields }: CollectionModel): Body {
  return {
    collection: name,
    schema: {},
    meta: { sort_field: sortField, accountability: null },
    fields: Object.entries(fields).map(([field, model]) => fieldBody(field, model, field === key)),
  };
}

function fieldBody(field: string, model: FieldModel, isKey: boolean): Body {
  if (!isColumn(model)) return { field, type: 'alias', meta: { special: [model.special] } };
  const { kind, nullable, indexed } = model;
  if (!isKey) return { field, type: kind, schema: { is_nullable: nullable, is_indexed: indexed }, meta: {} };
  const counts = kind === 'integer' || kind === 'bigInteger';
  return { field, type: kind, schema: { is_primary_key: true, ...(counts && { has_auto_increment: true }) }, meta: {} };
}

/** What makes the relations, as `POST /relations` takes them. */
export function relationBodies(collections: readonly CollectionModel[]): Body[] {
  const lists = collections.flatMap((collection) =>
    listsOf(collection).map(([name, list]) => ({ name, list, to: collection.name })),
  );
  return collections.flatMap((collection) =>
    columnsOf(collection).flatMap(([field, { to, any, constrained, nullable }]): Body[] => {
      if (!to && !any) return [];
      const reverse = lists.find(
        ({ list, to: one }) => list.from === collection.name && list.by === field && one === to,
      );
      return [
        {
          collection: collection.name,
          field,
          related_collection: to ?? null,
          schema: constrained ? { on_delete: nullable ? 'SET NULL' : 'CASCADE' } : null,
          meta: {
            one_field: reverse?.name ?? null,
            sort_field: reverse?.list.sort ?? null,
            junction_field: reverse?.list.on ?? null,
            one_deselect_action: reverse?.list.deletes ? 'delete' : 'nullify',
            one_collection_field: any?.by ?? null,
            one_allowed_collections: any ? [...any.allowed] : null,
          },
        },
      ];
    }),
  );
}
