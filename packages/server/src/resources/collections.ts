import { forbidden, invalidPayload } from '../errors/index.ts';
import { changeModel } from '../schema/ddl/change.ts';
import * as ddl from '../schema/ddl/collections.ts';
import { listOf, objectOf, own } from '../schema/input/body.ts';
import { collectionChange, collectionInput } from '../schema/input/collection.ts';
import type { Collection } from '../schema/types.ts';
import type { Json } from '../wire/index.ts';
import { assertMayChange, assertMayRead, type ModelContext } from './model-context.ts';

/** A collection as `/collections` answers it. */
export interface WireCollection {
  collection: string;
  meta: Readonly<Record<string, Json>> | null;
  schema: { name: string; comment: string | null } | null;
}

export const wireCollection = (collection: Collection): WireCollection => ({
  collection: collection.name,
  meta: collection.meta,
  schema: collection.folder ? null : { name: collection.name, comment: null },
});

/** A group that is closed to the caller is not named. */
function seenCollection({ viewer }: ModelContext, collection: Collection): WireCollection {
  const wire = wireCollection(collection);
  const group = wire.meta?.group;
  if (viewer.admin || typeof group !== 'string' || viewer.mayRead(group)) return wire;
  return { ...wire, meta: { ...wire.meta, group: null } };
}

/** GET /collections: those whose items the caller may read. */
export function listCollections(context: ModelContext): WireCollection[] {
  assertMayRead(context, 'collections');
  const { viewer, schema } = context;
  const all = [...schema.snapshot.collections.values()];
  return all.filter(({ name }) => viewer.admin || viewer.mayRead(name)).map((one) => seenCollection(context, one));
}

/** GET /collections/:collection */
export function readCollection(context: ModelContext, name: string): WireCollection {
  assertMayRead(context, 'collections');
  const collection = context.schema.snapshot.collections.get(name);
  if (!collection || !(context.viewer.admin || context.viewer.mayRead(name))) throw forbidden();
  return seenCollection(context, collection);
}

/** POST /collections: one, or a list in whose order the answer comes. All are made or none. */
export async function createCollections(
  context: ModelContext,
  body: unknown,
): Promise<WireCollection | WireCollection[]> {
  assertMayChange(context);
  const inputs = Array.isArray(body) ? listOf(body, 'The body').map(collectionInput) : [collectionInput(body)];
  const names = await changeModel(context.schema, { rebuildsTables: false }, (change) =>
    ddl.createCollections(change, inputs),
  );
  const made = names.map((name) => readCollection(context, name));
  return Array.isArray(body) ? made : (made[0] as WireCollection);
}

/** PATCH /collections/:collection: its `meta`. */
export async function updateCollection(context: ModelContext, name: string, body: unknown): Promise<WireCollection> {
  assertMayChange(context);
  const meta = collectionChange(body);
  await changeModel(context.schema, { rebuildsTables: false }, (change) => ddl.updateCollection(change, name, meta));
  return readCollection(context, name);
}

/** PATCH /collections: a list of `{ collection, meta }`. */
export async function updateCollections(context: ModelContext, body: unknown): Promise<WireCollection[]> {
  assertMayChange(context);
  const changes = listOf(body, 'The body').map((element) => {
    const name = own(objectOf(element, 'A collection'), 'collection');
    if (typeof name !== 'string') throw invalidPayload('"collection" is required and has to be text.');
    return { name, meta: collectionChange(element) };
  });
  await changeModel(context.schema, { rebuildsTables: false }, async (change) => {
    for (const { name, meta } of changes) await ddl.updateCollection(change, name, meta);
  });
  return changes.map(({ name }) => readCollection(context, name));
}

/** DELETE /collections/:collection */
export async function deleteCollection(context: ModelContext, name: string): Promise<void> {
  assertMayChange(context);
  await changeModel(context.schema, { rebuildsTables: true }, (change) => ddl.deleteCollection(change, name));
}
