import {
  type CollectionModel,
  collectionOf,
  columnsOf,
  type Filter,
  isColumn,
  type Json,
  type Kind,
  type Row,
  type World,
} from '../model.ts';
import { called, holds, lower, rowAt } from './filter.ts';
import { fitted, order, UNFIT } from './values.ts';

/** Which rows are asked for and how they are ordered; at the top of a query and, with underscores, in `deep`. */
export interface ListQuery {
  readonly filter?: Filter;
  readonly sort?: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
  readonly page?: number;
  readonly search?: string;
}

const DEFAULT_LIMIT = 100;
const CALL = /^\w+\(.+\)$/;

/** Those of the rows that meet filter and search. */
export function matching(world: World, collection: CollectionModel, rows: readonly Row[], query: ListQuery): Row[] {
  return rows.filter(
    (row) =>
      (!query.filter || holds(world, collection, row, query.filter)) &&
      (!query.search ||
        columnsOf(collection).some(([name, { kind }]) => isFound(kind, row[name] ?? null, query.search as string))),
  );
}

function isFound(kind: Kind, value: Json, text: string): boolean {
  if (value === null) return false;
  switch (kind) {
    case 'string':
    case 'text':
      return lower(String(value)).includes(lower(text));
    case 'integer':
    case 'bigInteger':
    case 'float':
    case 'decimal':
    case 'uuid': {
      const fit = fitted(kind, text);
      return fit !== UNFIT && order(kind, fit, value) === 0;
    }
    default:
      return false;
  }
}

/** Filters, orders and cuts. Rows that sort alike come in the order of their keys. `sortField` orders where nothing is asked for. */
export function listing(
  world: World,
  collection: CollectionModel,
  rows: readonly Row[],
  query: ListQuery,
  sortField: string | null,
  limit = query.limit ?? DEFAULT_LIMIT,
): Row[] {
  const sort = query.sort?.length ? query.sort : sortField ? [sortField] : [];
  const compare = comparison(world, collection, [...sort, collection.key]);
  return cut(matching(world, collection, rows, query).sort(compare), query, limit);
}

export function cut<T>(list: readonly T[], query: ListQuery, limit: number): T[] {
  const skip = (query.offset ?? 0) + (limit === -1 ? 0 : (Math.max(1, query.page ?? 1) - 1) * limit);
  return list.slice(skip, limit === -1 ? undefined : skip + limit);
}

function comparison(world: World, collection: CollectionModel, sort: readonly string[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const entry of sort) {
      const path = entry.replace(/^-/, '');
      const left = at(world, collection, a, path);
      const right = at(world, collection, b, path);
      const difference = order(left.kind, left.value, right.value);
      if (difference !== 0) return entry.startsWith('-') ? -difference : difference;
    }
    return 0;
  };
}

/** What a path of a sort leads to. */
function at(world: World, collection: CollectionModel, row: Row | null, path: string): { kind: Kind; value: Json } {
  if (CALL.test(path)) return { kind: 'integer', value: called(world, collection, row, path) };
  const [name = '', ...rest] = path.split('.');
  const field = collection.fields[name];
  if (!isColumn(field)) throw new Error(`${collection.name}.${name} can't be sorted by`);
  const value = row?.[name] ?? null;
  if (rest.length === 0 || !field.to) return { kind: field.kind, value };
  return at(world, collectionOf(world, field.to), rowAt(world, field.to, value), rest.join('.'));
}
