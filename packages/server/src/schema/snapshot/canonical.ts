import { createHash } from 'node:crypto';
import type { Json } from '../../wire/index.ts';
import type { SnapshotFile } from './types.ts';

/** JSON with the keys of objects in order, so that equal values have equal texts. */
export function canonicalText(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalText(inner)}`).join(',')}}`;
}

export const sameJson = (a: Json, b: Json): boolean => a === b || canonicalText(a) === canonicalText(b);

/** Tells whether the model is still the one that a difference was made for. */
export const hashOf = (file: SnapshotFile): string =>
  createHash('sha256')
    .update(canonicalText(file as unknown as Json))
    .digest('hex');
