import { forbidden, invalidPayload } from '../errors/index.ts';
import { changeModel } from '../schema/ddl/change.ts';
import * as deletion from '../schema/ddl/delete-field.ts';
import * as ddl from '../schema/ddl/fields.ts';
import { listOf } from '../schema/input/body.ts';
import { type FieldInput, fieldInput } from '../schema/input/field.ts';
import type { Collection, Field } from '../schema/types.ts';
import type { FieldType, Json } from '../wire/index.ts';
import { assertMayChange, assertMayRead, type ModelContext } from './model-context.ts';

/** A field as `/fields` answers it. */
export interface WireField {
  collection: string;
  field: string;
  type: FieldType;
  schema: Record<string, Json> | null;
  meta: Readonly<Record<string, Json>> | null;
}

export function wireField(field: Field): WireField {
  const { collection, name, type, meta } = field;
  return { collection, field: name, type, schema: wireColumn(field), meta };
}

function wireColumn(field: Field): Record<string, Json> | null {
  const { column } = field;
  if (!column) return null;
  const key = field.relation?.kind === 'm2o' ? field.relation.relation.schema : null;
  return {
    name: field.name,
    table: field.collection,
    data_type: column.dataType,
    default_value: column.defaultValue,
    generation_expression: null,
    max_length: column.maxLength,
    numeric_precision: column.precision,
    numeric_scale: column.scale,
    is_generated: column.generated,
    is_nullable: column.nullable,
    is_unique: column.unique,
    is_indexed: column.indexed,
    is_primary_key: column.primaryKey,
    has_auto_increment: column.autoIncrement,
    foreign_key_table: key?.foreign_key_table ?? null,
    foreign_key_column: key?.foreign_key_column ?? null,
    comment: null,
  };
}

/** Where a key leads is not told to those for whom that is closed. */
function seenField({ viewer }: ModelContext, field: Field): WireField {
  const wire = wireField(field);
  const target = wire.schema?.foreign_key_table;
  if (viewer.admin || typeof target !== 'string' || viewer.mayRead(target)) return wire;
  return { ...wire, schema: { ...wire.schema, foreign_key_table: null, foreign_key_column: null } };
}

/** Fields of a collection that the caller may read. */
function visibleFields({ viewer }: ModelContext, collection: Collection): Field[] {
  const fields = [...collection.fields.values()];
  if (viewer.admin) return fields;
  if (!viewer.mayRead(collection.name)) return [];
  const readable = viewer.readableFields(collection.name);
  return readable === 'all' ? fields : fields.filter(({ name }) => readable.has(name));
}

/** The collection, when the caller may know of it. */
function visibleCollection(context: ModelContext, name: string): Collection {
  assertMayRead(context, 'fields');
  const collection = context.schema.snapshot.collections.get(name);
  if (!collection || !(context.viewer.admin || context.viewer.mayRead(name))) throw forbidden();
  return collection;
}

/** GET /fields */
export function listFields(context: ModelContext): WireField[] {
  assertMayRead(context, 'fields');
  const collections = [...context.schema.snapshot.collections.values()];
  return collections.flatMap((collection) => listOfSeen(context, collection));
}

/** GET /fields/:collection */
export function listFieldsOf(context: ModelContext, collection: string): WireField[] {
  return listOfSeen(context, visibleCollection(context, collection));
}

const listOfSeen = (context: ModelContext, collection: Collection): WireField[] =>
  visibleFields(context, collection).map((field) => seenField(context, field));

/** GET /fields/:collection/:field */
export function readField(context: ModelContext, collection: string, name: string): WireField {
  const field = visibleFields(context, visibleCollection(context, collection)).find((one) => one.name === name);
  if (!field) throw forbidden();
  return seenField(context, field);
}

/** POST /fields/:collection */
export async function createField(context: ModelContext, collection: string, body: unknown): Promise<WireField> {
  assertMayChange(context);
  const input = fieldInput(body);
  const options = { rebuildsTables: ddl.rebuildsToAdd(input) };
  const name = await changeModel(context.schema, options, (change) => ddl.createField(change, collection, input));
  return readField(context, collection, name);
}

/** PATCH /fields/:collection/:field */
export async function updateField(
  context: ModelContext,
  collection: string,
  name: string,
  body: unknown,
): Promise<WireField> {
  assertMayChange(context);
  await applyChanges(context, collection, [{ name, input: fieldInput(body) }]);
  return readField(context, collection, name);
}

/** PATCH /fields/:collection: a list of fields, each with its name. */
export async function updateFields(context: ModelContext, collection: string, body: unknown): Promise<WireField[]> {
  assertMayChange(context);
  const changes = listOf(body, 'The body').map((element) => {
    const input = fieldInput(element);
    if (typeof input.field !== 'string') throw invalidPayload('"field" is required and has to be text.');
    return { name: input.field, input };
  });
  if (!context.schema.snapshot.collections.has(collection)) throw forbidden();
  await applyChanges(context, collection, changes);
  return changes.map(({ name }) => readField(context, collection, name));
}

async function applyChanges(
  context: ModelContext,
  collection: string,
  changes: readonly { name: string; input: FieldInput }[],
): Promise<void> {
  const rebuildsTables = changes.some(({ input }) => input.column !== null || input.type !== null);
  await changeModel(context.schema, { rebuildsTables }, async (change) => {
    for (const { name, input } of changes) await ddl.updateField(change, collection, name, input);
  });
}

/** DELETE /fields/:collection/:field */
export async function deleteField(context: ModelContext, collection: string, name: string): Promise<void> {
  assertMayChange(context);
  await changeModel(context.schema, { rebuildsTables: true }, (change) =>
    deletion.deleteField(change, collection, name),
  );
}
