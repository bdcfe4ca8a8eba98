import { fieldOf, type Json, type RawQuery, type Row } from '../model.ts';
import { order } from './compare.ts';
import { type Expected, Ordered } from './expected.ts';
import { called, type Refusal, seen } from './filter.ts';
import { eyesOf, grouped, listRefusals, matching, readable } from './rows.ts';
import type { Viewer } from './viewer.ts';

const CALL = /^(\w+)\((\w+)\)$/;

const takenBy = (limit: number): number => (limit === -1 ? Number.POSITIVE_INFINITY : limit);

const outputName = (entry: string): string => entry.replace(CALL, '$2_$1');

function valueAt(viewer: Viewer, collection: string, row: Row, entry: string): Json {
  const eyes = eyesOf(viewer);
  return CALL.test(entry) ? called(eyes, collection, row, entry) : seen(eyes, collection, row, entry);
}

function entryRefusals(viewer: Viewer, collection: string, entry: string): Refusal[] {
  if (entry === '*') return [];
  const name = CALL.exec(entry)?.[2] ?? entry;
  if (!viewer.mayName(collection, name)) return ['FORBIDDEN'];
  const field = fieldOf(collection, name);
  if (field?.kind === 'secret') return ['FORBIDDEN'];
  return field?.kind === 'list' && !viewer.mayRead(field.from) ? ['FORBIDDEN'] : [];
}

export function aggregateRefusals(viewer: Viewer, collection: string, query: RawQuery): Refusal[] {
  const entries = [...(query.groupBy ?? []), ...Object.values(query.aggregate ?? {}).flat()];
  return [
    ...entries.flatMap((entry) => entryRefusals(viewer, collection, entry)),
    ...listRefusals(viewer, collection, query.filter ? { filter: query.filter } : {}),
  ];
}

/** What an aggregate is answered with: a list of groups, or of one where nothing groups. */
export function aggregated(viewer: Viewer, collection: string, query: RawQuery): Expected {
  const rows = matching(viewer, collection, readable(viewer, collection), query);
  const groupBy = query.groupBy ?? [];
  const value = (row: Row, entry: string): Json => valueAt(viewer, collection, row, entry);
  const groups =
    groupBy.length === 0
      ? [rows]
      : [...Map.groupBy(rows, (row) => JSON.stringify(groupBy.map((entry) => value(row, entry)))).values()];
  const items = groups.map((members) => {
    const item: { [key: string]: Json } = {};
    for (const entry of groupBy) item[outputName(entry)] = value(members[0] as Row, entry);
    for (const [name, entries] of Object.entries(query.aggregate ?? {})) {
      item[name] = entries.includes('*')
        ? members.length
        : Object.fromEntries(
            entries.map((entry) => [
              outputName(entry),
              computed(
                name,
                members.map((row) => value(row, entry)),
              ),
            ]),
          );
    }
    return item;
  });
  if (groupBy.length === 0) return items;
  const compare = comparison(query.sort ?? groupBy.map(outputName));
  return new Ordered(grouped([...items].sort(compare), compare), query.offset ?? 0, takenBy(query.limit ?? 100));
}

function comparison(sort: readonly string[]): (a: { [key: string]: Json }, b: { [key: string]: Json }) => number {
  const at = (item: { [key: string]: Json }, path: string): Json =>
    path.split('.').reduce<Json>((value, key) => (value as { [key: string]: Json })[key] ?? null, item);
  return (a, b) => {
    for (const entry of sort) {
      const path = outputName(entry.replace(/^-/, ''));
      const difference = order(at(a, path), at(b, path));
      if (difference !== 0) return entry.startsWith('-') ? -difference : difference;
    }
    return 0;
  };
}

function computed(name: string, all: readonly Json[]): Json {
  const values = all.filter((value) => value !== null);
  const distinct = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  const sum = (list: readonly Json[]): number => list.reduce<number>((total, value) => total + Number(value), 0);
  switch (name) {
    case 'count':
      return values.length;
    case 'countDistinct':
      return distinct.length;
    case 'sum':
      return values.length === 0 ? null : sum(values);
    case 'sumDistinct':
      return values.length === 0 ? null : sum(distinct);
    case 'avg':
      return values.length === 0 ? null : sum(values) / values.length;
    case 'min':
      return [...values].sort(order)[0] ?? null;
    case 'max':
      return [...values].sort(order).at(-1) ?? null;
    default:
      throw new Error(`the oracle knows no ${name}`);
  }
}
