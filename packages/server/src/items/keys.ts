import { ApiError, forbidden } from '../errors/index.ts';
import type { Collection } from '../schema/types.ts';
import { encode, UnfitValue } from '../sql/index.ts';
import type { Key } from './hooks.ts';

const TIMES: ReadonlySet<string> = new Set(['date', 'dateTime', 'timestamp']);

/** A key as its column has it. One of the wrong kind belongs to no item: FORBIDDEN, as for items that aren't there. */
export function readKey(collection: Collection, raw: unknown): Key {
  const field = collection.fields.get(collection.primaryKey);
  if (!field || (typeof raw !== 'string' && typeof raw !== 'number')) throw forbidden();
  if (typeof raw === 'string' && raw.length > 255) throw forbidden();
  try {
    // Points in time stay text until a statement needs them.
    const value = encode(field.type, raw, TIMES.has(field.type) ? 'postgres' : 'sqlite');
    if (typeof value === 'number' || typeof value === 'string') return value;
    if (typeof value === 'bigint') return value.toString();
  } catch (error) {
    if (!(error instanceof UnfitValue)) throw error;
  }
  throw forbidden();
}

/** As `readKey`; null where that throws. */
export function keyOrNull(collection: Collection, raw: unknown): Key | null {
  try {
    return readKey(collection, raw);
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

/** Keys without repetitions, in the order given. */
export const readKeys = (collection: Collection, raw: readonly unknown[]): Key[] => [
  ...new Set(raw.map((key) => readKey(collection, key))),
];

/** Whether two keys mean the same item, whatever kind of value they came as. */
export const sameKey = (a: unknown, b: unknown): boolean => a !== null && b !== null && String(a) === String(b);
