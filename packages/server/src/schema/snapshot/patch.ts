import { invalidPayload } from '../../errors/index.ts';
import type { Json } from '../../wire/index.ts';
import type { Difference } from './types.ts';

/** The body of a change: only what it mentions is changed. */
export interface Patch {
  type?: Json;
  meta?: Json;
  schema?: Json;
}

/** The changes of one part as one body; null when it is made, goes, or stays as it is. */
export function patchOf(diff: readonly Difference[]): Patch | null {
  const patch: Patch = {};
  const parts: { meta: Record<string, Json>; schema: Record<string, Json> } = { meta: {}, schema: {} };
  for (const difference of diff) {
    if (difference.kind !== 'E') return null;
    const [key, inner, ...deeper] = difference.path;
    if ((key === 'meta' || key === 'schema') && inner !== undefined && deeper.length === 0) {
      parts[key][inner] = difference.rhs;
    } else if ((key === 'type' || key === 'meta' || key === 'schema') && inner === undefined) {
      patch[key] = difference.rhs;
    } else {
      throw invalidPayload(`A difference at "${difference.path.join('.')}" can't be applied.`);
    }
  }
  for (const key of ['meta', 'schema'] as const) {
    if (Object.keys(parts[key]).length > 0) patch[key] = parts[key];
  }
  return Object.keys(patch).length > 0 ? patch : null;
}
