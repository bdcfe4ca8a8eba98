import type { Collection, FieldRelation, Relation, Snapshot } from '../schema/types.ts';
import type { Predicate, RelatedRows } from '../sql/index.ts';

/** Which rows may be seen, and where the foreign key itself may be. */
export interface Sight {
  readonly guard: Predicate | null;
  readonly visible: Predicate | null;
}

export const UNGUARDED: Sight = { guard: null, visible: null };

export function collectionOf(snapshot: Snapshot, name: string): Collection {
  const collection = snapshot.collections.get(name);
  if (!collection) throw new Error(`the snapshot has no collection ${name}`);
  return collection;
}

/** The one row that a many-to-one leads to. */
export function rowsOfManyToOne(snapshot: Snapshot, relation: Relation, related: string, sight: Sight): RelatedRows {
  return {
    table: related,
    column: collectionOf(snapshot, related).primaryKey,
    outerColumn: relation.field,
    keyAsText: false,
    discriminator: null,
    ...sight,
  };
}

/** The rows whose foreign key leads to the outer row. */
export function rowsOfOneToMany(snapshot: Snapshot, collection: string, relation: Relation, sight: Sight): RelatedRows {
  return {
    table: relation.collection,
    column: relation.field,
    outerColumn: collectionOf(snapshot, collection).primaryKey,
    keyAsText: false,
    discriminator: null,
    ...sight,
  };
}

/** The row of one collection that a many-to-any leads to. */
export function rowsOfManyToAny(
  snapshot: Snapshot,
  relation: FieldRelation & { kind: 'm2a' },
  scope: string,
  sight: Sight,
): RelatedRows {
  return {
    table: scope,
    column: collectionOf(snapshot, scope).primaryKey,
    outerColumn: relation.relation.field,
    keyAsText: true,
    discriminator: { outerColumn: relation.collectionField, value: scope },
    ...sight,
  };
}
