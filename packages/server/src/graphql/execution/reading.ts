import type { GraphQLObjectType } from 'graphql';
import type { AccessProfile } from '../../access/index.ts';
import type { Item, Query } from '../../query/index.ts';
import type { Collection } from '../../schema/types.ts';
import type { Json } from '../../wire/index.ts';
import type { ReadKind } from '../model.ts';
import { readAggregates } from './aggregates.ts';
import type { Arguments } from './arguments.ts';
import type { Chosen, Collector } from './collect.ts';
import type { Cost } from './cost.ts';
import { collectionNamed } from './filters.ts';
import type { Doing } from './operations.ts';
import type { SelectionReader } from './selecting.ts';

/** What reads the document. */
export interface Reading {
  readonly profile: AccessProfile;
  readonly collector: Collector;
  readonly selections: SelectionReader;
  readonly arguments: Arguments;
  readonly cost: Cost;
  /** A number for a query whose plan is worth keeping; null where the document is not. */
  readonly keep: () => number | null;
}

/** A root field, read once and run any number of times. */
export type Run = (doing: Doing) => Promise<Json>;

/** A root field that reads items, as one query. Throws INVALID_QUERY. */
export function readRoot(
  reading: Reading,
  type: GraphQLObjectType,
  chosen: Chosen,
  { kind, collection: name }: { kind: ReadKind; collection: string },
): Run {
  const collection = collectionNamed(reading.profile.snapshot, name);
  const values = reading.arguments.of(type, chosen.node);
  const given = reading.arguments.query(kind === 'list' || kind === 'aggregated' ? values : {}, collection);
  if (kind === 'aggregated') return aggregated(reading, chosen, collection, given);
  const { fields, alias, deep, project } = reading.selections.read(
    collection,
    chosen.below,
    kind === 'list' ? reading.cost.list(given.limit) : 1,
  );
  const query: Query = { ...given, fields, alias, deep, kept: reading.keep() };
  if (kind === 'list') {
    return async ({ access, items }) => (await items.readMany(access, name, query)).items.map(project);
  }
  const key = values.id === undefined || values.id === null ? null : String(values.id);
  if (typeof values.version === 'string' && values.version !== '') {
    const ofVersion = { ...query, version: values.version };
    return async (doing) => project(await doing.readVersion(name, key, ofVersion));
  }
  if (collection.singleton)
    return async ({ access, items }) => project((await items.readSingleton(access, name, query)).item);
  return async ({ access, items }) => project(await items.readOne(access, name, key, query));
}

function aggregated(reading: Reading, chosen: Chosen, collection: Collection, given: Query): Run {
  const asked = reading.collector.collect(chosen.below, () => true);
  const type = `${collection.name}_aggregated`;
  const { aggregate, project } = readAggregates(type, asked, given.groupBy, reading.collector);
  // Every row is looked at, whatever the limit is for groups.
  reading.cost.charge(reading.cost.list(-1), aggregate.length + given.groupBy.length);
  const query: Query = { ...given, aggregate, kept: reading.keep() };
  return async ({ access, items }) => {
    const groups: readonly Item[] = (await items.readMany(access, collection.name, query)).items;
    return groups.map(project);
  };
}
