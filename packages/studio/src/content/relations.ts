import type { Model } from './model.ts';

/** A field's end of a relation, as forms and paths need to know it. */
export type RelationEnd =
  | { readonly kind: 'm2o'; readonly related: string }
  | { readonly kind: 'o2m'; readonly related: string; readonly foreign: string; readonly sortField: string | null }
  | {
      readonly kind: 'm2m';
      readonly junction: string;
      /** The junction's field that points here, and the one that points there. */
      readonly near: string;
      readonly far: string;
      readonly related: string;
      readonly sortField: string | null;
    }
  | {
      readonly kind: 'm2a';
      readonly junction: string;
      readonly near: string;
      readonly far: string;
      /** The junction's field with the name of the collection. */
      readonly kindField: string;
      readonly allowed: readonly string[];
      readonly sortField: string | null;
    };

/** Null for plain fields, and for relations of which the person may not see the other side. */
export function relationEnd(model: Model, collection: string, field: string): RelationEnd | null {
  const relation = model.relation(collection, field);
  if (!relation) return null;
  if (relation.collection === collection && relation.field === field)
    return relation.related_collection ? { kind: 'm2o', related: relation.related_collection } : null;
  const sortField = relation.meta?.sort_field ?? null;
  const { junction_field: far } = relation.meta ?? {};
  if (!far) return { kind: 'o2m', related: relation.collection, foreign: relation.field, sortField };
  const junction = { junction: relation.collection, near: relation.field, far, sortField };
  const other = model.relation(relation.collection, far);
  if (other?.related_collection) return { kind: 'm2m', ...junction, related: other.related_collection };
  const { one_collection_field: kindField, one_allowed_collections: allowed } = other?.meta ?? {};
  return kindField ? { kind: 'm2a', ...junction, kindField, allowed: allowed ?? [] } : null;
}
