import { type GraphQLObjectType, Kind } from 'graphql';
import { type DeepQuery, type Item, NO_DEEP, type Query } from '../../query/index.ts';
import type { Json } from '../../wire/index.ts';
import type { Root } from '../model.ts';
import { Arguments } from './arguments.ts';
import { type Chosen, Collector } from './collect.ts';
import { Cost } from './cost.ts';
import { type Execution, operationOf } from './execute.ts';
import { collectionNamed } from './filters.ts';
import { refusedDocument } from './mistakes.ts';
import type { Reading } from './reading.ts';
import { SelectionReader } from './selecting.ts';
import { readVariables } from './variables.ts';

/** What a subscription follows, and what of it is answered. */
export interface Followed {
  readonly collection: string;
  /** null: every kind of change. */
  readonly event: 'create' | 'update' | 'delete' | null;
  /** What is read of changed items; their keys are among it. */
  readonly query: Pick<Query, 'fields' | 'alias' | 'deep'>;
  /** The key of an item that was read so, as text; null where the caller can't see it. */
  keyOf(item: Item): string | null;
  /** The `data` of an answer; `item` is null for one that is gone. */
  answer(event: 'create' | 'update' | 'delete', key: string, item: Item | null): Json;
}

/** Stands for the key beside what was asked for. */
const KEY = '#key';

/** Reads a subscription. Throws GRAPHQL_VALIDATION, GRAPHQL_EXECUTION and INVALID_QUERY. */
export function prepareFollowing(execution: Execution): Followed {
  const { schema, document, profile } = execution;
  const operation = operationOf(document, execution.operationName);
  const type = schema.getRootType('subscription');
  if (operation.operation !== 'subscription' || !type) throw refusedDocument('There is nothing to follow.');
  const variables = readVariables(schema, operation, execution.variables, execution.suggests);
  const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  const collector = new Collector(new Map(fragments.map((one) => [one.name.value, one])), variables);
  const [chosen, other] = collector.collect([operation.selectionSet], (name) => name === type.name);
  const root = chosen && execution.model.roots.get(chosen.name);
  if (!chosen || root?.kind !== 'mutated' || other) throw refusedDocument('A subscription follows one collection.');
  const args = new Arguments(variables, profile.snapshot, execution.maxRows);
  const cost = new Cost(execution.cost);
  const selections = new SelectionReader({ schema, profile, collector, arguments: args, cost });
  const { keep } = execution;
  return readFollowing({ profile, collector, selections, arguments: args, cost, keep }, type, chosen, root);
}

/** A root field that follows a collection. Throws INVALID_QUERY. */
function readFollowing(
  reading: Reading,
  type: GraphQLObjectType,
  chosen: Chosen,
  { collection: name }: Root,
): Followed {
  const collection = collectionNamed(reading.profile.snapshot, name);
  const { event = null } = reading.arguments.of(type, chosen.node);
  const asked = reading.collector.collect(chosen.below, () => true);
  const data = asked.filter((one) => one.name === 'data');
  const keys = new Set(data.map(({ key }) => key));
  if (keys.size > 1) throw refusedDocument('"data" can be asked for once.');
  const read = data[0] ? reading.selections.read(collection, data[0].below, 1) : null;
  const alias = new Map(read?.alias).set(KEY, collection.primaryKey);
  const deep: DeepQuery = read?.deep ?? NO_DEEP;
  const typeName = `${name}_mutated`;
  return {
    collection: name,
    event: event as Followed['event'],
    query: { fields: [...(read?.fields ?? []), KEY], alias, deep },
    keyOf(item) {
      const key = item[KEY];
      return key === null || key === undefined ? null : String(key);
    },
    answer(action, key, item) {
      const values = asked.map(({ key: answerKey, name: field }): [string, Json] => {
        if (field === 'key') return [answerKey, key];
        if (field === 'event') return [answerKey, action];
        if (field === '__typename') return [answerKey, typeName];
        return [answerKey, item && read ? read.project(item) : null];
      });
      return { [chosen.key]: Object.fromEntries(values) };
    },
  };
}
