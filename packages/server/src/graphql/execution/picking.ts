import type { SelectionSetNode } from 'graphql';
import type { Json } from '../../wire/index.ts';
import type { Collector } from './collect.ts';

/** Of a plain answer, what a document asks for. */
export function pick(value: Json, type: string, sets: readonly SelectionSetNode[], collector: Collector): Json {
  if (sets.length === 0 || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one) => pick(one, type, sets, collector));
  const picked: { [key: string]: Json } = {};
  for (const { key, name, below } of collector.collect(sets, () => true)) {
    picked[key] = name === '__typename' ? type : pick(value[name] ?? null, name, below, collector);
  }
  return picked;
}
