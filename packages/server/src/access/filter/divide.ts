import type { FilterInput, Json } from '../../wire/index.ts';

/** What filters say of a relation: of its key, of its rows by quantifier, and of its rows otherwise. */
export interface Divided {
  readonly operators: readonly [string, Json][];
  readonly some: readonly Json[];
  readonly none: readonly Json[];
  readonly path: readonly Json[];
}

export function divide(values: readonly Json[]): Divided {
  const operators: [string, Json][] = [];
  const some: Json[] = [];
  const none: Json[] = [];
  const path: Json[] = [];
  for (const value of values) {
    const rest: [string, Json][] = [];
    for (const [key, inner] of isObject(value) ? Object.entries(value) : [['_eq', value] as [string, Json]]) {
      if (key === '_some') some.push(inner);
      else if (key === '_none') none.push(inner);
      else if (key.startsWith('_') && key !== '_and' && key !== '_or') operators.push([key, inner]);
      else rest.push([key, inner]);
    }
    if (rest.length > 0) path.push(Object.fromEntries(rest));
  }
  return { operators, some, none, path };
}

export const isObject = (value: Json): value is FilterInput =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
