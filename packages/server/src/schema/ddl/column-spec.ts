import { invalidPayload } from '../../errors/index.ts';
import type { DialectName } from '../../sql/index.ts';
import type { FieldType, Json } from '../../wire/index.ts';
import { meansNow } from '../default-value.ts';
import type { ColumnInput } from '../input/field.ts';
import type { Field } from '../types.ts';
import { sqlDefaultOf, sqlTypeOf } from './column-definition.ts';
import type { ColumnSpec } from './editor.ts';

const KEY_TYPES: ReadonlySet<FieldType> = new Set(['integer', 'bigInteger', 'string', 'uuid']);
/** Types that PostgreSQL has no order for. */
const UNORDERED = /^(json|geometry)/;
const NOW = 'CURRENT_TIMESTAMP';

/** The column of a new field. Throws INVALID_PAYLOAD where the payload contradicts itself. */
export function newColumn(name: string, type: FieldType, input: ColumnInput, dialect: DialectName): ColumnSpec {
  const primaryKey = input.primaryKey ?? false;
  const autoIncrement = input.autoIncrement ?? false;
  const now = meansNow(type, input.defaultValue ?? null);
  return checked(
    {
      name,
      type,
      declared: null,
      maxLength: input.maxLength ?? null,
      precision: input.precision ?? null,
      scale: input.scale ?? null,
      nullable: !primaryKey && (input.nullable ?? true),
      unique: !primaryKey && (input.unique ?? false),
      indexed: input.indexed ?? false,
      primaryKey,
      autoIncrement,
      defaultValue: autoIncrement ? null : now ? NOW : (input.defaultValue ?? null),
      defaultIsExpression: now,
    },
    dialect,
  );
}

/** The column of a field as it is. */
export function columnOfField(field: Field): ColumnSpec {
  const { column } = field;
  if (!column) throw new Error(`Field "${field.name}" has no column.`);
  return {
    name: field.name,
    type: field.type,
    declared: column.dataType,
    maxLength: column.maxLength,
    precision: column.precision,
    scale: column.scale,
    nullable: column.nullable,
    unique: column.unique,
    indexed: column.indexed,
    primaryKey: column.primaryKey,
    autoIncrement: column.autoIncrement,
    defaultValue: column.defaultValue,
    defaultIsExpression: column.defaultIsExpression,
  };
}

/** The column after a change: what the payload doesn't mention stays. */
export function changedColumn(
  before: ColumnSpec,
  type: FieldType,
  input: ColumnInput,
  dialect: DialectName,
): ColumnSpec {
  if (input.primaryKey !== undefined && input.primaryKey !== before.primaryKey) {
    throw invalidPayload(`"schema.is_primary_key" of field "${before.name}" can't be changed.`);
  }
  if (input.autoIncrement !== undefined && input.autoIncrement !== before.autoIncrement) {
    throw invalidPayload(`"schema.has_auto_increment" of field "${before.name}" can't be changed.`);
  }
  if (before.primaryKey && type !== before.type) throw invalidPayload("The type of a primary key can't be changed.");
  const retyped = type !== before.type;
  return checked(
    {
      ...before,
      type,
      maxLength: input.maxLength ?? (retyped ? null : before.maxLength),
      precision: input.precision ?? (retyped ? null : before.precision),
      scale: input.scale ?? (retyped ? null : before.scale),
      nullable: before.primaryKey ? false : (input.nullable ?? before.nullable),
      unique: before.primaryKey ? before.unique : (input.unique ?? before.unique),
      indexed: input.indexed ?? before.indexed,
      ...changedDefault(before, type, input.defaultValue),
    },
    dialect,
  );
}

type Default = Pick<ColumnSpec, 'defaultValue' | 'defaultIsExpression'>;

/** A default that comes back as it was answered stays what it is, expression or not. */
function changedDefault(before: ColumnSpec, type: FieldType, sent: Json | undefined): Default {
  const kept = sent === undefined || before.autoIncrement || same(sent, before.defaultValue);
  const value = kept ? before.defaultValue : sent;
  if (kept && before.defaultIsExpression && type === before.type) {
    return { defaultValue: value, defaultIsExpression: true };
  }
  if (meansNow(type, value)) return { defaultValue: NOW, defaultIsExpression: true };
  const lost = kept && before.defaultIsExpression;
  return { defaultValue: lost ? null : value, defaultIsExpression: false };
}

const same = (a: Json, b: Json): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

function checked(column: ColumnSpec, dialect: DialectName): ColumnSpec {
  const { name, type, precision, scale } = column;
  if (column.primaryKey && !KEY_TYPES.has(type)) {
    throw invalidPayload(`Field "${name}" of type "${type}" can't be a primary key.`);
  }
  if (column.autoIncrement && !(column.primaryKey && (type === 'integer' || type === 'bigInteger'))) {
    throw invalidPayload(`Only a whole number that is the primary key can count up; field "${name}" is not.`);
  }
  if (dialect === 'postgres' && UNORDERED.test(type) && (column.unique || column.indexed)) {
    throw invalidPayload(`Field "${name}" of type "${type}" can't be unique or indexed on this database.`);
  }
  if (type === 'decimal' && (scale ?? 0) > (precision ?? 10)) {
    throw invalidPayload(`"schema.numeric_scale" of field "${name}" can't be above "schema.numeric_precision".`);
  }
  sqlTypeOf(column, dialect);
  sqlDefaultOf(column, dialect);
  return column;
}
