import { forbidden } from '../errors/index.ts';
import { changeModel } from '../schema/ddl/change.ts';
import * as ddl from '../schema/ddl/relations.ts';
import { relationChange, relationInput } from '../schema/input/relation.ts';
import type { Relation } from '../schema/types.ts';
import { assertMayChange, assertMayRead, type ModelContext } from './model-context.ts';

/** A relation as `/relations` answers it. */
export interface WireRelation {
  collection: string;
  field: string;
  related_collection: string | null;
  schema: Relation['schema'];
  meta: Relation['meta'];
}

export const wireRelation = (relation: Relation): WireRelation => ({
  collection: relation.collection,
  field: relation.field,
  related_collection: relation.relatedCollection,
  schema: relation.schema,
  meta: relation.meta,
});

/**
 * Both ends have to be readable, and the field. Of a many-to-any only the readable collections are named, and other fields
 * only where they are readable.
 */
function visibleRelation({ viewer }: ModelContext, relation: Relation): WireRelation | null {
  if (viewer.admin) return wireRelation(relation);
  if (!viewer.mayRead(relation.collection)) return null;
  const shown = (collection: string | null, field: string | null): string | null => {
    const readable = collection === null ? null : viewer.readableFields(collection);
    return field !== null && (readable === 'all' || readable?.has(field)) ? field : null;
  };
  if (shown(relation.collection, relation.field) === null) return null;
  if (relation.relatedCollection !== null && !viewer.mayRead(relation.relatedCollection)) return null;
  const { meta } = relation;
  if (!meta) return wireRelation(relation);
  const seen = {
    ...meta,
    one_allowed_collections: meta.one_allowed_collections?.filter((name) => viewer.mayRead(name)) ?? null,
    one_field: shown(relation.relatedCollection, meta.one_field),
    one_collection_field: shown(relation.collection, meta.one_collection_field),
    junction_field: shown(relation.collection, meta.junction_field),
    sort_field: shown(relation.collection, meta.sort_field),
  };
  return wireRelation({ ...relation, meta: seen });
}

function visibleRelations(context: ModelContext): WireRelation[] {
  assertMayRead(context, 'relations');
  return context.schema.snapshot.relations.flatMap((relation) => visibleRelation(context, relation) ?? []);
}

/** GET /relations */
export const listRelations = (context: ModelContext): WireRelation[] => visibleRelations(context);

/** GET /relations/:collection; only an administrator learns that there is no such collection. */
export function listRelationsOf(context: ModelContext, collection: string): WireRelation[] {
  const relations = visibleRelations(context);
  if (context.viewer.admin && !context.schema.snapshot.collections.has(collection)) throw forbidden();
  return relations.filter((relation) => relation.collection === collection);
}

/** GET /relations/:collection/:field */
export function readRelation(context: ModelContext, collection: string, field: string): WireRelation {
  const found = visibleRelations(context).find((one) => one.collection === collection && one.field === field);
  if (!found) throw forbidden();
  return found;
}

/** POST /relations */
export async function createRelation(context: ModelContext, body: unknown): Promise<WireRelation> {
  assertMayChange(context);
  const input = relationInput(body);
  await changeModel(context.schema, { rebuildsTables: input.related !== null && input.rules !== null }, (change) =>
    ddl.createRelation(change, input),
  );
  return readRelation(context, input.collection, input.field);
}

/** PATCH /relations/:collection/:field */
export async function updateRelation(
  context: ModelContext,
  collection: string,
  field: string,
  body: unknown,
): Promise<WireRelation> {
  assertMayChange(context);
  const input = relationChange(body);
  await changeModel(context.schema, { rebuildsTables: input.rules !== undefined }, (change) =>
    ddl.updateRelation(change, collection, field, input),
  );
  return readRelation(context, collection, field);
}

/** DELETE /relations/:collection/:field */
export async function deleteRelation(context: ModelContext, collection: string, field: string): Promise<void> {
  assertMayChange(context);
  await changeModel(context.schema, { rebuildsTables: true }, (change) =>
    ddl.deleteRelation(change, collection, field),
  );
}
