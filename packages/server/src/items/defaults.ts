import type { Field } from '../schema/types.ts';
import { decoderFor } from '../sql/index.ts';
import type { Json } from '../wire/index.ts';

/** A column's default in wire form. */
export function shapeDefault(field: Field): Json {
  const value = field.column?.defaultValue ?? null;
  if (value === null || field.concealed) return null;
  const decode =
    field.type === 'boolean' || field.type === 'json' || field.type === 'csv' ? decoderFor(field.type, 'sqlite') : null;
  return decode ? decode(value) : value;
}
