import type { Collection, Snapshot } from '../../schema/types.ts';
import type { FilterInput, Json } from '../../wire/index.ts';

/**
 * A filter of GraphQL as one of the API: `x_func: {year: …}` is `year(x)`, `item__texts` is `item:texts`. The schema has
 * seen to it that every name is one.
 */
export function filterFrom(given: unknown, collection: Collection, snapshot: Snapshot): FilterInput {
  const filter: FilterInput = {};
  for (const [key, value] of Object.entries(given as Record<string, unknown>)) {
    if (value === undefined) continue;
    const field = collection.fields.get(key);
    if (key === '_and' || key === '_or') {
      filter[key] = (value as unknown[] | null)?.map((part) => filterFrom(part ?? {}, collection, snapshot)) ?? [];
    } else if (field?.relation && field.relation.kind !== 'm2a') {
      filter[key] = related(value, collectionNamed(snapshot, field.relation.collection), snapshot);
    } else if (field) filter[key] = value as Json;
    else addDerived(filter, key, value, collection, snapshot);
  }
  return filter;
}

/** Operators on the key, quantifiers, and conditions on what the relation leads to. */
function related(value: unknown, collection: Collection, snapshot: Snapshot): Json {
  if (value === null || typeof value !== 'object') return value as Json;
  const condition: FilterInput = {};
  const conditions: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const isQuantifier = key === '_some' || key === '_none';
    if (isQuantifier) condition[key] = filterFrom(inner ?? {}, collection, snapshot);
    else if (key.startsWith('_') && key !== '_and' && key !== '_or') condition[key] = inner as Json;
    else conditions[key] = inner;
  }
  return { ...condition, ...filterFrom(conditions, collection, snapshot) };
}

function addDerived(
  filter: FilterInput,
  key: string,
  value: unknown,
  collection: Collection,
  snapshot: Snapshot,
): void {
  const name = key.endsWith('_func') ? key.slice(0, -'_func'.length) : '';
  if (collection.fields.has(name)) {
    for (const [call, operators] of Object.entries((value ?? {}) as Record<string, Json>)) {
      filter[`${call}(${name})`] = operators;
    }
    return;
  }
  for (let at = key.indexOf('__'); at > 0; at = key.indexOf('__', at + 1)) {
    const [field, to] = [collection.fields.get(key.slice(0, at)), snapshot.collections.get(key.slice(at + 2))];
    if (field?.relation?.kind !== 'm2a' || !to) continue;
    filter[`${field.name}:${to.name}`] = related(value ?? {}, to, snapshot);
    return;
  }
}

export function collectionNamed(snapshot: Snapshot, name: string): Collection {
  const collection = snapshot.collections.get(name);
  if (!collection) throw new Error(`there is no collection ${name}`);
  return collection;
}
