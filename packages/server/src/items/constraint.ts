import {
  type ApiError,
  failedValidation,
  invalidForeignKey,
  invalidPayload,
  recordNotUnique,
  valueOutOfRange,
  valueTooLong,
} from '../errors/index.ts';
import { ConstraintError } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import type { Payload } from './hooks.ts';

/** A constraint that the database found broken, as the documented error about the payload's own field. */
export function constraintError(
  error: ConstraintError,
  collection: string,
  payload: Payload,
  path: string[],
): ApiError {
  const field = error.columns[0] ?? null;
  const value = field !== null && (error.table ?? collection) === collection ? plainValue(payload[field]) : null;
  switch (error.kind) {
    case 'unique':
      return recordNotUnique(collection, field, value);
    case 'foreign-key':
      return invalidForeignKey(field === null ? null : collection, field, value);
    case 'not-null':
      return failedValidation(field ?? '', 'nnull', { path });
    case 'too-long':
      return valueTooLong(collection, field);
    case 'out-of-range':
      return valueOutOfRange(collection, field);
    case 'check':
    case 'invalid-value':
      return invalidPayload(
        field === null ? 'A value does not fit its column.' : `The value of "${field}" does not fit its column.`,
      );
  }
}

const plainValue = (value: unknown): Json =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

/** Runs a statement for a collection and translates what the database refuses. */
export async function translating<T>(
  collection: string,
  payload: Payload,
  path: string[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConstraintError) throw constraintError(error, collection, payload, path);
    throw error;
  }
}
