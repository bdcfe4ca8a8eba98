import type { Field } from '../schema/types.ts';
import type { FieldType } from '../wire/index.ts';

const SCALARS: Partial<Record<FieldType, string>> = {
  integer: 'Int',
  bigInteger: 'GraphQLBigInt',
  decimal: 'Float',
  float: 'Float',
  boolean: 'Boolean',
  date: 'Date',
  dateTime: 'Date',
  timestamp: 'Date',
  csv: '[String]',
  json: 'JSON',
  hash: 'Hash',
};

/** The type of a value; what has no type of its own is text, and shapes are JSON. */
export const valueType = ({ type }: Field): string =>
  SCALARS[type] ?? (type.startsWith('geometry') ? 'JSON' : 'String');

const NUMBERS: ReadonlySet<FieldType> = new Set(['integer', 'bigInteger', 'decimal', 'float']);

export const isNumber = ({ type }: Field): boolean => NUMBERS.has(type);

/** The operators that a value can be filtered with. */
export function operatorsOf(field: Field): string {
  if (field.concealed || field.hashed || field.type === 'hash') return 'hash_filter_operators';
  if (isNumber(field)) return 'number_filter_operators';
  switch (field.type) {
    case 'date':
    case 'dateTime':
    case 'timestamp':
    case 'time':
      return 'date_filter_operators';
    case 'boolean':
      return 'boolean_filter_operators';
    default:
      return 'string_filter_operators';
  }
}

/** `date`, `datetime` or `count`: the functions of a field; null for those without any. */
export function functionsOf(field: Field): 'date' | 'datetime' | 'count' | null {
  if (field.relation?.kind === 'o2m') return 'count';
  switch (field.type) {
    case 'date':
      return 'date';
    case 'dateTime':
    case 'timestamp':
      return 'datetime';
    case 'json':
      return 'count';
    default:
      return null;
  }
}
