import {
  callExpression,
  collectionOf,
  columnOf,
  compileFilter,
  type Guard,
  parseCall,
  relatedRows,
  type Sight,
} from '../access/index.ts';
import { forbidden, invalidQuery } from '../errors/index.ts';
import type { Collection, Field, Snapshot } from '../schema/types.ts';
import { allOf, type Expression, type Predicate } from '../sql/index.ts';
import { markOrder, markPredicate } from './fan-out.ts';
import { searchPredicate } from './search.ts';
import type { Query, QueryLimits } from './types.ts';

/** Which rows of a collection, in which order. */
export interface ListPlan {
  /** What the caller asked for, not what they may see; null when everything. */
  readonly where: Predicate | null;
  readonly order: readonly OrderTerm[];
  /** null for no bound. */
  readonly limit: number | null;
  readonly offset: number;
}

export interface OrderTerm {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullable: boolean;
}

export interface ListContext {
  readonly snapshot: Snapshot;
  readonly guard: Guard;
  readonly limits: QueryLimits;
}

type ListQuery = Partial<Pick<Query, 'filter' | 'sort' | 'limit' | 'offset' | 'page' | 'search'>>;

/** Resolves filter, search, order and bounds. Throws FORBIDDEN and INVALID_QUERY. */
export function planRows(
  collection: Collection,
  query: ListQuery,
  sortField: string | null,
  context: ListContext,
): ListPlan {
  const limit = boundOf(query.limit ?? null, context.limits);
  return {
    where: whereOf(collection, query, context),
    order: markOrder(orderOf(collection, query.sort ?? [], sortField, context)),
    limit,
    offset: (query.offset ?? 0) + (query.page && limit !== null ? (query.page - 1) * limit : 0),
  };
}

export function whereOf(collection: Collection, query: ListQuery, context: ListContext): Predicate | null {
  const parts: Predicate[] = [];
  const { snapshot, guard, limits } = context;
  if (query.filter) parts.push(compileFilter(query.filter, collection, { snapshot, guard, maxDepth: limits.maxDepth }));
  if (query.search) parts.push(searchPredicate(collection, query.search, guard));
  const where = allOf(parts);
  return where.kind === 'always' ? null : markPredicate(where, snapshot);
}

export function boundOf(limit: number | null, limits: QueryLimits): number | null {
  const asked = limit ?? limits.defaultRows;
  if (asked === -1) return limits.maxRows;
  return limits.maxRows === null ? asked : Math.min(asked, limits.maxRows);
}

/** The order asked for, else the relation's own, else by key; always decided to the last row, so that pages are stable. */
function orderOf(
  collection: Collection,
  sort: readonly string[],
  sortField: string | null,
  context: ListContext,
): OrderTerm[] {
  const terms = sort.map((entry) => orderTerm(collection, entry, context));
  if (terms.length === 0 && sortField && collection.fields.get(sortField)?.column) {
    terms.push({
      expression: columnOf(collection.fields.get(sortField) as Field, null),
      descending: false,
      nullable: true,
    });
  }
  const keyGiven = sort.some((entry) => entry.replace(/^-/, '') === collection.primaryKey);
  if (!keyGiven) terms.push(tieBreaker(collection, context.guard));
  return terms;
}

/** The key, or where it may not be seen another field, so that the order tells nothing that is hidden. */
function tieBreaker(collection: Collection, guard: Guard): OrderTerm {
  const key = collection.fields.get(collection.primaryKey) as Field;
  const field = guard.readable(collection, key.name) ? key : firstOrdered(collection, guard);
  const visible = field ? guard.field(collection, field.name) : null;
  const expression = columnOf(field ?? key, visible);
  return { expression, descending: false, nullable: visible !== null || (field?.column?.nullable ?? false) };
}

function firstOrdered(collection: Collection, guard: Guard): Field | undefined {
  return [...collection.fields.values()].find(
    (field) =>
      field.column &&
      !field.concealed &&
      !field.hashed &&
      field.type !== 'json' &&
      guard.readable(collection, field.name),
  );
}

export function orderTerm(collection: Collection, entry: string, context: ListContext): OrderTerm {
  const descending = entry.startsWith('-');
  const path = descending ? entry.slice(1) : entry;
  const hops = path.replace(/\(.*/, '').split('.').length - 1;
  if (hops > context.limits.maxDepth)
    throw invalidQuery(`"sort" goes over more than ${context.limits.maxDepth} relations.`);
  const { expression, nullable } = sortExpression(collection, path, context);
  return { expression, descending, nullable };
}

function sortExpression(
  collection: Collection,
  path: string,
  context: ListContext,
): { expression: Expression; nullable: boolean } {
  const open = path.indexOf('(');
  const dot = path.indexOf('.');
  if (dot >= 0 && (open < 0 || dot < open))
    return sortThrough(collection, path.slice(0, dot), path.slice(dot + 1), context);
  const call = parseCall(path);
  const field = collection.fields.get(call?.field ?? path);
  if (!field) throw forbidden();
  const visible = context.guard.field(collection, field.name);
  if (call?.name === 'json') throw forbidden();
  if (call) {
    const sight = (related: Collection): Sight => ({ guard: context.guard.rows(related), visible: null });
    return { expression: callExpression(call, field, visible, sight, context.snapshot), nullable: true };
  }
  // The order of hidden values tells them apart.
  if (field.concealed || field.hashed) throw forbidden();
  if (!field.column) throw invalidQuery(`"sort" can't use "${field.name}", a list.`);
  return { expression: columnOf(field, visible), nullable: visible !== null || field.column.nullable };
}

function sortThrough(
  collection: Collection,
  name: string,
  rest: string,
  context: ListContext,
): { expression: Expression; nullable: boolean } {
  const field = collection.fields.get(name);
  if (!field?.relation) throw forbidden();
  const visible = context.guard.field(collection, name);
  if (field.relation.kind !== 'm2o') throw invalidQuery(`"sort" can't go over "${name}": it leads to several items.`);
  const related = collectionOf(context.snapshot, field.relation.collection);
  const rows = relatedRows(context.snapshot, field, related, { guard: context.guard.rows(related), visible });
  const inner = sortExpression(related, rest, context);
  return { expression: { kind: 'related', rows, of: inner.expression }, nullable: true };
}
