import { type Filter, fieldOf, type Json, MODEL, type Row } from '../model.ts';
import { order } from './compare.ts';
import { called, type Eyes, holds, type Refusal, refusals, seen, target } from './filter.ts';
import { rowsOf } from './scope.ts';
import type { Viewer } from './viewer.ts';

/** Which rows are asked for and how they are ordered; at the top of a query and, with underscores, in `deep`. */
export interface ListQuery {
  readonly filter?: Filter;
  readonly sort?: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
  readonly page?: number;
  readonly search?: string;
}

/** Rows in groups: the order within a group is open. */
export interface Listing {
  readonly groups: readonly (readonly Row[])[];
  readonly skip: number;
  readonly take: number;
}

const DEFAULT_LIMIT = 100;
const CALL = /^(\w+)\((\w+)\)$/;

export const eyesOf = (viewer: Viewer): Eyes => ({ scope: viewer.scope, viewer });

/** Rows of a collection that a caller may read. */
export const readable = (viewer: Viewer, collection: string): Row[] =>
  rowsOf(viewer.scope.world, collection).filter((row) => viewer.mayReadRow(collection, row));

/** Those of the rows that meet filter and search. */
export function matching(viewer: Viewer, collection: string, rows: readonly Row[], query: ListQuery): Row[] {
  return rows.filter(
    (row) =>
      (!query.filter || holds(query.filter, collection, row, eyesOf(viewer))) &&
      (!query.search || isFound(viewer, collection, row, query.search)),
  );
}

function isFound(viewer: Viewer, collection: string, row: Row, text: string): boolean {
  return Object.entries(MODEL[collection] ?? {}).some(([name, field]) => {
    if (field.kind === 'list') return false;
    const value = seen(eyesOf(viewer), collection, row, name);
    if (value === null) return false;
    if (field.kind === 'string' || field.kind === 'text')
      return String(value).toLowerCase().includes(text.toLowerCase());
    if (field.kind === 'integer') return /^\d+$/.test(text) && value === Number(text);
    return field.kind === 'uuid' && value === text.toLowerCase();
  });
}

/** Filters, orders and cuts; refusals are looked for with `listRefusals`. */
export function listing(viewer: Viewer, collection: string, rows: readonly Row[], query: ListQuery): Listing {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const take = limit === -1 ? Number.POSITIVE_INFINITY : limit;
  const pages = limit === -1 ? 0 : (Math.max(1, query.page ?? 1) - 1) * limit;
  const found = matching(viewer, collection, rows, query);
  return {
    groups: inGroups(viewer, collection, found, query.sort ?? []),
    skip: (query.offset ?? 0) + pages,
    take,
  };
}

function inGroups(viewer: Viewer, collection: string, rows: readonly Row[], sort: readonly string[]): Row[][] {
  const byKey = !sort.some((entry) => entry.replace('-', '') === 'id') && viewer.mayName(collection, 'id');
  const terms = (byKey ? [...sort, 'id'] : [...sort]).map((entry) => ({
    sign: entry.startsWith('-') ? -1 : 1,
    path: entry.replace(/^-/, ''),
  }));
  const compare = (a: Row, b: Row): number => {
    for (const { sign, path } of terms) {
      const difference = order(sortValue(viewer, collection, a, path), sortValue(viewer, collection, b, path));
      if (difference !== 0) return sign * difference;
    }
    return 0;
  };
  return grouped([...rows].sort(compare), compare);
}

/** Neighbours that compare as equal, together. */
export function grouped<T>(sorted: readonly T[], compare: (a: T, b: T) => number): T[][] {
  const groups: T[][] = [];
  for (const one of sorted) {
    const last = groups.at(-1);
    if (last && compare(last[0] as T, one) === 0) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

function sortValue(viewer: Viewer, collection: string, row: Row | null, path: string): Json {
  const eyes = eyesOf(viewer);
  if (CALL.test(path)) return called(eyes, collection, row, path);
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return seen(eyes, collection, row, name);
  const to = (fieldOf(collection, name) as { to: string }).to;
  return sortValue(viewer, to, target(eyes, collection, row, name), rest.join('.'));
}

export function listRefusals(viewer: Viewer, collection: string, query: ListQuery): Refusal[] {
  return [
    ...(query.filter ? refusals(query.filter, collection, viewer) : []),
    ...(query.sort ?? []).flatMap((entry) => sortRefusals(viewer, collection, entry.replace(/^-/, ''))),
  ];
}

function sortRefusals(viewer: Viewer, collection: string, path: string): Refusal[] {
  const call = CALL.exec(path);
  const [name = '', ...rest] = call ? [call[2]] : path.split('.');
  if (!viewer.mayRead(collection) || !viewer.mayName(collection, name)) return ['FORBIDDEN'];
  const field = fieldOf(collection, name);
  if (field?.kind === 'secret') return ['FORBIDDEN'];
  if (field?.kind === 'list') return viewer.mayRead(field.from) ? [] : ['FORBIDDEN'];
  if (rest.length === 0) return [];
  return field && 'to' in field && field.to ? sortRefusals(viewer, field.to, rest.join('.')) : ['FORBIDDEN'];
}
