import type { CollectionAccess } from '../../access/index.ts';

/**
 * Whether two decisions are one and the same, as when another permission gives what was taken from this one. True means
 * that no test could tell them apart; false that one might.
 */
export function comesToTheSame(a: CollectionAccess | null, b: CollectionAccess | null): boolean {
  if (a === null || b === null) return a === b;
  return essence(a) === essence(b);
}

/** A condition on a field that holds for every item in reach is none. */
function essence({ rows, fields, validations, presets }: CollectionAccess): string {
  const reach = JSON.stringify(rows);
  const conditions = [...fields].map(([name, condition]) => {
    const text = JSON.stringify(condition);
    return [name, text === reach ? 'null' : text];
  });
  return JSON.stringify([reach, conditions, validations, presets]);
}
