import type { SelectionSetNode } from 'graphql';
import type { Json } from '../../wire/index.ts';
import type { Collector } from './collect.ts';

export type Pick = (value: Json) => Json;

/** Takes of plain answers what a document asks for. The document is read once, however many answers there are. */
export function picker(type: string, sets: readonly SelectionSetNode[], collector: Collector): Pick {
  if (sets.length === 0) return (value) => value;
  const parts = collector
    .collect(sets, () => true)
    .map(({ key, name, below }) => ({ key, name, pick: picker(name, below, collector) }));
  const pick: Pick = (value) => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(pick);
    const picked: { [key: string]: Json } = {};
    for (const part of parts)
      picked[part.key] = part.name === '__typename' ? type : part.pick(value[part.name] ?? null);
    return picked;
  };
  return pick;
}
