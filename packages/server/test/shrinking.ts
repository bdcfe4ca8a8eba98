import type { Json } from '../src/wire/index.ts';

/** The list without each of its elements in turn. */
export const without = <T>(list: readonly T[]): T[][] => list.map((_, i) => list.toSpliced(i, 1));

/** A value with one part of it gone, at any depth; a group of conditions also as one of them. */
export function* simpler(value: Json): Generator<Json> {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    yield* without(value);
    for (const [i, inner] of value.entries()) for (const less of simpler(inner)) yield value.with(i, less);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const { [key]: _, ...rest } = value;
    yield rest;
    if ((key === '_and' || key === '_or') && Array.isArray(inner)) yield* inner;
    for (const less of simpler(inner)) yield { ...rest, [key]: less };
  }
}
