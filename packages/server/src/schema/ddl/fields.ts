import { containsNullValues, forbidden, invalidPayload, valueTooLong } from '../../errors/index.ts';
import { quote } from '../../sql/index.ts';
import type { FieldType, Json } from '../../wire/index.ts';
import { specialsAfterChange, withCast } from '../column-types.ts';
import { meansNow } from '../default-value.ts';
import type { ColumnInput, FieldInput } from '../input/field.ts';
import { isAliasSpecial } from '../load-fields.ts';
import { FIELD_META, initialMeta } from '../meta.ts';
import { isSystemField } from '../system.ts';
import type { Collection, Field } from '../types.ts';
import { assertNoView, type ModelChange, onColumn, tableOf } from './change.ts';
import { sqlDefaultOf, sqlTypeOf } from './column-definition.ts';
import { changedColumn, columnOfField, newColumn } from './column-spec.ts';
import { conversionOf } from './conversion.ts';
import type { ColumnSpec } from './editor.ts';
import { insertRow, saveRow } from './meta-rows.ts';
import { validName } from './names.ts';
import { assertJoinable } from './relation-rules.ts';

/** Whether SQLite has to make the table again to add the field. */
export function rebuildsToAdd({ type, column }: FieldInput): boolean {
  const byDefault = column?.defaultValue ?? null;
  return (column?.nullable === false && byDefault === null) || (type !== null && meansNow(type, byDefault));
}

/** Adds a field to a collection that is there; gives its name. */
export async function createField(change: ModelChange, collection: string, input: FieldInput): Promise<string> {
  const { snapshot, facts } = await change.model();
  if (!snapshot.collections.has(collection)) throw forbidden();
  const table = tableOf(snapshot, collection);
  if (!table) throw invalidPayload(`Collection "${collection}" is a folder, which has no fields.`);
  const name = validName(input.field, 'field');
  const taken = [...table.fields.keys(), ...facts.columns.filter((c) => c.table === collection).map((c) => c.name)];
  if (taken.some((other) => other.toLowerCase() === name.toLowerCase())) {
    throw invalidPayload(`Field "${name}" already exists in "${collection}".`);
  }
  const type = requiredType(input, name);
  if (type !== 'alias') {
    assertNoView(table);
    const column = newColumn(name, type, input.column ?? {}, change.dialect);
    if (column.primaryKey) throw invalidPayload(`Collection "${collection}" has a primary key already.`);
    await addColumn(change, collection, column);
  }
  await insertFieldRow(change, collection, name, type, input, nextSort(table));
  change.touched();
  return name;
}

export function requiredType(input: FieldInput, name: string): FieldType {
  if (!input.type) throw invalidPayload(`"type" of field "${name}" is required.`);
  return input.type;
}

async function addColumn(change: ModelChange, collection: string, column: ColumnSpec): Promise<void> {
  if (!column.nullable && column.defaultValue === null && (await hasRows(change, collection))) {
    throw containsNullValues(collection, column.name);
  }
  await onColumn(collection, column.name, () => change.tables.addColumn(collection, column));
}

const hasRows = (change: ModelChange, table: string): Promise<boolean> =>
  change.exists(`SELECT 1 FROM ${quote(table)} LIMIT 1`);

function nextSort(collection: Collection): number {
  const used = [...collection.fields.values()].map(({ meta }) => (typeof meta?.sort === 'number' ? meta.sort : 0));
  return Math.max(0, ...used) + 1;
}

/** The row about a new field. Without `meta` none is stored, unless its type could not be told from its column alone. */
export async function insertFieldRow(
  change: ModelChange,
  collection: string,
  field: string,
  type: FieldType,
  input: FieldInput,
  sort: number,
): Promise<void> {
  // A row may be left of a column that another program dropped.
  await change.run('DELETE FROM "directus_fields" WHERE "collection" = ? AND "field" = ?', [collection, field]);
  const sent = (input.meta?.special ?? []) as string[];
  const special = type === 'alias' ? aliasSpecial(sent) : withCast(type, sent, change.dialect);
  if (input.metaIsNull && special.length === 0) return;
  const meta = { ...initialMeta(FIELD_META), sort, ...definedSort(input.meta), special: orNull(special) };
  await insertRow(change, 'directus_fields', { collection, field }, meta);
}

/** A sort of null in a payload leaves the choice to us. */
function definedSort(meta: FieldInput['meta']): Record<string, Json> {
  const { sort, ...rest } = meta ?? {};
  return sort === null || sort === undefined ? rest : { ...rest, sort };
}

export const aliasSpecial = (special: readonly string[]): string[] =>
  isAliasSpecial(special) ? [...special] : ['alias', 'no-data', ...special];

const orNull = (list: readonly string[]): string[] | null => (list.length > 0 ? [...list] : null);

/** Changes a field: its column as far as the payload says so, and the row about it. */
export async function updateField(
  change: ModelChange,
  collection: string,
  name: string,
  input: FieldInput,
): Promise<void> {
  const field = (await change.snapshot()).collections.get(collection)?.fields.get(name);
  if (!field) throw forbidden();
  if (isSystemField(collection, name)) return updateSystemField(change, field, input);
  const type = input.type ?? field.type;
  if ((type === 'alias') !== (field.type === 'alias')) {
    throw invalidPayload(`Field "${name}" can't change between "alias" and a type with a column.`);
  }
  if (field.column && (input.column || type !== field.type)) {
    await alterColumn(change, field, type, input.column ?? {});
  }
  const special = changedSpecial(change, field, type, input);
  const specialChanged = JSON.stringify(special) !== JSON.stringify(field.special);
  if (!input.meta && !specialChanged) return;
  const place = { collection, field: name };
  await saveRow(change, 'directus_fields', place, {
    ...input.meta,
    ...(specialChanged ? { special: orNull(special) } : {}),
  });
  change.touched();
}

/** How a system field looks may be changed; what it is may not. */
async function updateSystemField(change: ModelChange, field: Field, input: FieldInput): Promise<void> {
  if (input.type && input.type !== field.type) throw invalidPayload(`The type of "${field.name}" can't be changed.`);
  if (!input.meta) return;
  const { special: _special, validation: _validation, ...meta } = input.meta;
  await saveRow(change, 'directus_fields', { collection: field.collection, field: field.name }, meta);
}

function changedSpecial(change: ModelChange, field: Field, type: FieldType, input: FieldInput): string[] {
  const sent = input.meta?.special;
  const base = sent === undefined ? field.special : ((sent ?? []) as string[]);
  if (type === 'alias') return aliasSpecial(base);
  if (type !== field.type) return specialsAfterChange(type, base, change.dialect);
  return sent === undefined ? [...base] : withCast(type, base, change.dialect);
}

async function alterColumn(change: ModelChange, field: Field, type: FieldType, input: ColumnInput): Promise<void> {
  const { collection, name } = field;
  const before = columnOfField(field);
  const after = changedColumn(before, type, input, change.dialect);
  const retyped = sqlTypeOf(before, change.dialect) !== sqlTypeOf(after, change.dialect) || before.type !== after.type;
  const conversion = retyped ? await checkedConversion(change, collection, before, after) : null;
  if (sameColumn(change, before, after) && conversion === null) return;
  assertNoView((await change.snapshot()).collections.get(collection));
  if (field.column?.generated) throw invalidPayload(`Field "${name}" is computed by the database.`);
  if (before.unique && !after.unique) await assertNotReferenced(change, collection, name);
  if (retyped && field.relation?.kind === 'm2o' && field.relation.relation.schema) {
    assertJoinable(after, (await change.snapshot()).collections.get(field.relation.collection), change.dialect);
  }
  if (before.nullable && !after.nullable && (await hasNulls(change, collection, name))) {
    throw containsNullValues(collection, name);
  }
  await onColumn(collection, name, () => change.tables.alterColumn(collection, before, after, conversion));
  change.touched();
}

function sameColumn(change: ModelChange, before: ColumnSpec, after: ColumnSpec): boolean {
  const { dialect } = change;
  return (
    sqlTypeOf(before, dialect) === sqlTypeOf(after, dialect) &&
    before.nullable === after.nullable &&
    before.unique === after.unique &&
    before.indexed === after.indexed &&
    sqlDefaultOf(before, dialect) === sqlDefaultOf(after, dialect)
  );
}

const hasNulls = (change: ModelChange, table: string, column: string): Promise<boolean> =>
  change.exists(`SELECT 1 FROM ${quote(table)} WHERE ${quote(column)} IS NULL LIMIT 1`);

/** SQL for the new values; a change that would lose or alter any is refused. */
async function checkedConversion(
  change: ModelChange,
  table: string,
  before: ColumnSpec,
  after: ColumnSpec,
): Promise<string | null> {
  const conversion = conversionOf(before, after, change.dialect);
  const held = `SELECT 1 FROM ${quote(table)} WHERE ${quote(before.name)} IS NOT NULL`;
  if (!conversion) {
    if (await change.exists(`${held} LIMIT 1`)) {
      throw invalidPayload(
        `Values of type "${before.type}" can't become "${after.type}"; empty "${before.name}" first.`,
      );
    }
    // There is nothing to convert, but PostgreSQL asks how.
    return change.dialect === 'postgres' ? `NULL::${sqlTypeOf(after, 'postgres')}` : null;
  }
  if (conversion.refused && (await change.exists(`${held} AND (${conversion.refused}) LIMIT 1`))) {
    if (before.type === after.type || (after.type === 'string' && before.type === 'text')) {
      throw valueTooLong(table, before.name);
    }
    throw invalidPayload(`"${before.name}" holds values that are no "${after.type}".`);
  }
  return conversion.expression;
}

async function assertNotReferenced(change: ModelChange, table: string, column: string): Promise<void> {
  const { facts } = await change.model();
  const key = facts.foreignKeys.find((other) => other.foreignTable === table && other.foreignColumn === column);
  if (key) throw invalidPayload(`"${column}" is referred to by "${key.column}" of "${key.table}".`);
}
