import { invalidPayload } from '../../errors/index.ts';
import type { FieldType, Json } from '../../wire/index.ts';
import { FIELD_META } from '../meta.ts';
import { metaOf, objectOf, own } from './body.ts';

/** What a payload says about a column; what it doesn't mention is undefined. */
export interface ColumnInput {
  readonly defaultValue?: Json;
  readonly maxLength?: number | null;
  readonly precision?: number | null;
  readonly scale?: number | null;
  readonly nullable?: boolean;
  readonly unique?: boolean;
  readonly indexed?: boolean;
  readonly primaryKey?: boolean;
  readonly autoIncrement?: boolean;
}

export interface FieldInput {
  /** As it was sent; checked where the field is made. */
  readonly field: unknown;
  readonly type: FieldType | null;
  /** null where the payload says there is no column or says nothing. */
  readonly column: ColumnInput | null;
  /** The keys that were sent; null where `meta` is null or missing. */
  readonly meta: Readonly<Record<string, Json>> | null;
  readonly metaIsNull: boolean;
}

const TYPES: ReadonlySet<string> = new Set<FieldType>([
  'alias',
  'bigInteger',
  'binary',
  'boolean',
  'csv',
  'date',
  'dateTime',
  'decimal',
  'float',
  'geometry',
  'geometry.Point',
  'geometry.LineString',
  'geometry.Polygon',
  'geometry.MultiPoint',
  'geometry.MultiLineString',
  'geometry.MultiPolygon',
  'hash',
  'integer',
  'json',
  'string',
  'text',
  'time',
  'timestamp',
  'unknown', // as it is answered; none is made of it
  'uuid',
]);

/** The body of a field that is to be made or changed. Throws INVALID_PAYLOAD. */
export function fieldInput(value: unknown): FieldInput {
  const body = objectOf(value, 'A field');
  const [schema, meta] = [own(body, 'schema'), own(body, 'meta')];
  return {
    field: own(body, 'field'),
    type: typeOf(own(body, 'type')),
    column: schema === null || schema === undefined ? null : columnInput(schema),
    meta: meta === null || meta === undefined ? null : metaOf(meta, FIELD_META),
    metaIsNull: meta === null,
  };
}

function typeOf(value: unknown): FieldType | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || !TYPES.has(value)) throw invalidPayload('"type" is not a type of fields.');
  return value as FieldType;
}

function columnInput(value: unknown): ColumnInput {
  const body = objectOf(value, '"schema"');
  return {
    defaultValue: own(body, 'default_value') as Json | undefined,
    maxLength: sizeOf(body, 'max_length', 1, 10_485_760),
    precision: sizeOf(body, 'numeric_precision', 1, 1_000),
    scale: sizeOf(body, 'numeric_scale', 0, 1_000),
    nullable: flagOf(body, 'is_nullable'),
    unique: flagOf(body, 'is_unique'),
    indexed: flagOf(body, 'is_indexed'),
    primaryKey: flagOf(body, 'is_primary_key'),
    autoIncrement: flagOf(body, 'has_auto_increment'),
  };
}

function flagOf(body: Readonly<Record<string, unknown>>, key: string): boolean | undefined {
  const value = own(body, key);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw invalidPayload(`"schema.${key}" has to be true or false.`);
  return value;
}

function sizeOf(body: Readonly<Record<string, unknown>>, key: string, min: number, max: number) {
  const value = own(body, key);
  if (value === undefined || value === null) return value as null | undefined;
  if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
    throw invalidPayload(`"schema.${key}" has to be a whole number from ${min} to ${max}.`);
  }
  return value as number;
}
