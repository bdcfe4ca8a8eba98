import { type ApiError, failedValidation, invalidPayload, throwAll, valueTooLong } from '../errors/index.ts';
import type { Field } from '../schema/types.ts';
import { type DialectName, encode, type SqlValue, UnfitValue } from '../sql/index.ts';
import type { Json } from '../wire/index.ts';

const TIMES: ReadonlySet<string> = new Set(['date', 'dateTime', 'timestamp', 'time']);

/**
 * Values as their columns store them. Throws FAILED_VALIDATION (or INVALID_PAYLOAD for points in time, as the API has
 * it) for every value that doesn't fit, and VALUE_TOO_LONG.
 */
export function encodeValues(values: readonly [Field, unknown][], dialect: DialectName, path: string[]): SqlValue[] {
  const errors: ApiError[] = [];
  const encoded = values.map(([field, value]) => {
    try {
      return encodeValue(field, value as Json, dialect);
    } catch (error) {
      if (!(error instanceof UnfitValue)) throw error;
      errors.push(unfit(field, error, path));
      return null;
    }
  });
  throwAll(errors);
  return encoded;
}

function encodeValue(field: Field, value: Json, dialect: DialectName): SqlValue {
  const encoded = encode(field.type, value, dialect);
  const max = field.column?.maxLength ?? null;
  if (
    max !== null &&
    field.type === 'string' &&
    typeof encoded === 'string' &&
    encoded.length > max &&
    [...encoded].length > max
  ) {
    throw valueTooLong(field.collection, field.name);
  }
  return encoded;
}

function unfit(field: Field, error: UnfitValue, path: string[]): ApiError {
  if (TIMES.has(field.type)) return invalidPayload(`"${field.name}" has to be ${error.reason}.`);
  return failedValidation(field.name, field.type, { path });
}
