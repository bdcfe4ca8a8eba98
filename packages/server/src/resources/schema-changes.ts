import { invalidPayload, invalidQuery } from '../errors/index.ts';
import { changeModel } from '../schema/ddl/change.ts';
import { meansNow } from '../schema/default-value.ts';
import { applyDiff } from '../schema/snapshot/apply.ts';
import { hashOf } from '../schema/snapshot/canonical.ts';
import { diffFiles } from '../schema/snapshot/diff.ts';
import { readDiff } from '../schema/snapshot/read-diff.ts';
import { readSnapshotFile } from '../schema/snapshot/read-file.ts';
import { partOfFile, trackedPart } from '../schema/snapshot/tracked.ts';
import { API_VERSION, type SnapshotDiff, type SnapshotFile } from '../schema/snapshot/types.ts';
import { isSystemField } from '../schema/system.ts';
import type { Field, Snapshot } from '../schema/types.ts';
import type { DialectName } from '../sql/index.ts';
import type { Json } from '../wire/index.ts';
import { wireCollection } from './collections.ts';
import { wireField } from './fields.ts';
import { assertMayChange, type ModelContext } from './model-context.ts';
import { wireRelation } from './relations.ts';

/** The whole model, tables that nobody manages among it, as a snapshot has it. */
function describe(snapshot: Snapshot, dialect: DialectName): SnapshotFile {
  const own = [...snapshot.collections.values()].filter(({ view }) => !view);
  const tables = own.filter(({ folder }) => !folder);
  const fields = tables.flatMap((collection) => [...collection.fields.values()]);
  return {
    version: 1,
    directus: API_VERSION,
    vendor: dialect,
    collections: own.filter(({ system }) => !system).map((collection) => wireCollection(collection)),
    fields: fields
      .filter(({ collection, name }) => !isSystemField(collection, name))
      .map((field) => {
        const { schema, ...rest } = wireField(field);
        return {
          ...rest,
          meta: withoutId(rest.meta),
          schema: schema && { ...schema, default_value: defaultOf(field) },
        };
      }),
    systemFields: [],
    relations: snapshot.relations
      .filter(({ meta }) => !meta?.system)
      .map((relation) => ({ ...wireRelation(relation), meta: withoutId(relation.meta) })),
  };
}

/** A default can be made again where it is a value or the moment of the insert; other expressions stay where they are. */
function defaultOf({ type, column }: Field): Json {
  if (!column?.defaultIsExpression) return column?.defaultValue ?? null;
  return meansNow(type, column.defaultValue) ? 'CURRENT_TIMESTAMP' : null;
}

/** Ids of rows are others in every database. */
function withoutId<T extends Readonly<Record<string, unknown>>>(meta: T | null): Record<string, Json> | null {
  if (meta === null) return null;
  const { id: _id, ...rest } = meta;
  return rest as Record<string, Json>;
}

/** What a snapshot shall hold: everything, some collections, or all but some. */
export interface SnapshotScope {
  readonly include: readonly string[] | null;
  readonly exclude: readonly string[] | null;
}

export const WHOLE: SnapshotScope = { include: null, exclude: null };

/** GET /schema/snapshot: the part of the model that the project manages. */
export function readSnapshot(context: ModelContext, { include, exclude }: SnapshotScope): SnapshotFile {
  assertMayChange(context);
  const { schema } = context;
  const file = trackedPart(describe(schema.snapshot, schema.store.dialect));
  if (include && exclude) throw invalidQuery('"includeCollections" and "excludeCollections" exclude each other.');
  if (!include && !exclude) return file;
  const known = new Set(file.collections.map(({ collection }) => collection));
  const unknown = [...(include ?? []), ...(exclude ?? [])].find((name) => !known.has(name));
  if (unknown !== undefined) throw invalidQuery(`There is no collection "${unknown}" in the snapshot.`);
  return partOfFile(file, (name) => known.has(name) && (include?.includes(name) ?? !exclude?.includes(name)));
}

export interface DiffRequest {
  /** Compares also with a snapshot of another version or database. */
  readonly force: boolean;
  /** Leaves alone what the snapshot lacks. */
  readonly merge: boolean;
}

/** POST /schema/diff: what has to change for the model to become that of the snapshot; null when nothing has to. */
export function diffSchema(
  context: ModelContext,
  body: unknown,
  { force, merge }: DiffRequest,
): { hash: string; diff: SnapshotDiff } | null {
  assertMayChange(context);
  const { snapshot, store } = context.schema;
  const target = readSnapshotFile(body, store.dialect, force);
  const current = describe(snapshot, store.dialect);
  const diff = diffFiles(current, target, { dialect: store.dialect, deletes: !merge });
  return diff && { hash: hashOf(current), diff };
}

/** POST /schema/apply: makes the changes of a difference, all or none, if the model is still the one it was made for. */
export async function applySchema(context: ModelContext, body: unknown): Promise<void> {
  assertMayChange(context);
  const { hash, diff } = readDiff(body);
  const { dialect } = context.schema.store;
  await changeModel(context.schema, { rebuildsTables: true }, async (change) => {
    if (hashOf(describe(await change.snapshot(), dialect)) !== hash) {
      throw invalidPayload('The model has changed since the difference was made; compare again.');
    }
    await applyDiff(change, diff);
  });
}
