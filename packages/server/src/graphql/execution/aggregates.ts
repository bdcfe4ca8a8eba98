import { callKey, parseCall } from '../../access/index.ts';
import type { AggregateName, Item, Query } from '../../query/index.ts';
import type { Json } from '../../wire/index.ts';
import type { Chosen, Collector } from './collect.ts';

/** What is asked of groups: the aggregates for it, and how a group becomes one of the answer. */
export interface AskedOfGroups {
  readonly aggregate: Query['aggregate'];
  readonly project: (group: Item) => Item;
}

type Value = (group: Item) => Json;

/** `{ group countAll sum { price } }` */
export function readAggregates(
  type: string,
  chosen: readonly Chosen[],
  groupBy: readonly string[],
  collector: Collector,
): AskedOfGroups {
  const aggregate: { name: AggregateName; field: string }[] = [];
  const values = chosen.map(({ key, name, below }): [string, Value] => {
    if (name === '__typename') return [key, () => type];
    if (name === 'group') return [key, groupOf(groupBy)];
    if (name === 'countAll') {
      aggregate.push({ name, field: '*' });
      return [key, (group) => group.countAll ?? 0];
    }
    return [
      key,
      readFunction(
        name as AggregateName,
        `${type}_${name === 'count' || name === 'countDistinct' ? 'count' : 'fields'}`,
        collector.collect(below, () => true),
        aggregate,
      ),
    ];
  });
  // Groups are there although nothing is counted in them.
  if (aggregate.length === 0 && groupBy.length === 0) aggregate.push({ name: 'countAll', field: '*' });
  return {
    aggregate: distinct(aggregate),
    project: (group) => Object.fromEntries(values.map(([key, value]) => [key, value(group)])),
  };
}

function readFunction(
  name: AggregateName,
  type: string,
  fields: readonly Chosen[],
  aggregate: { name: AggregateName; field: string }[],
): Value {
  const values = fields.map(({ key, name: field }): [string, Value] => {
    if (field === '__typename') return [key, () => type];
    aggregate.push({ name, field });
    return [key, (group) => numberOrNull((group[name] as Item | undefined)?.[field])];
  });
  return (group) => Object.fromEntries(values.map(([key, value]) => [key, value(group)]));
}

const numberOrNull = (value: Json | undefined): Json => (value === null || value === undefined ? null : Number(value));

function groupOf(groupBy: readonly string[]): Value {
  const keys = groupBy.map((entry) => {
    const call = parseCall(entry);
    return call ? callKey(call) : entry;
  });
  return (group) => (keys.length === 0 ? null : Object.fromEntries(keys.map((key) => [key, group[key] ?? null])));
}

/** The same thing under two answer keys is computed once. */
function distinct(aggregate: Query['aggregate']): Query['aggregate'] {
  const seen = new Set<string>();
  return aggregate.filter(({ name, field }) => {
    const key = `${name} ${field}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
