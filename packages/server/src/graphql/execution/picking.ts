import { type GraphQLOutputType, getNamedType, isObjectType, type SelectionSetNode } from 'graphql';
import type { Json } from '../../wire/index.ts';
import type { Collector } from './collect.ts';

export type Pick = (value: Json) => Json;

/** Takes of plain answers what a document asks for. The document is read once, however many answers there are. */
export function picker(
  type: GraphQLOutputType | undefined,
  sets: readonly SelectionSetNode[],
  collector: Collector,
): Pick {
  const named = getNamedType(type);
  if (sets.length === 0 || !isObjectType(named)) return (value) => value;
  const fields = named.getFields();
  const parts = collector
    .collect(sets, () => true)
    .map(({ key, name, below }) => ({ key, name, pick: picker(fields[name]?.type, below, collector) }));
  const pick: Pick = (value) => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(pick);
    const picked: { [key: string]: Json } = {};
    for (const part of parts)
      picked[part.key] = part.name === '__typename' ? named.name : part.pick(value[part.name] ?? null);
    return picked;
  };
  return pick;
}
