import { type AccessProfile, type CollectionAccess, collectionOf, columnOf } from '../access/index.ts';
import { forbidden } from '../errors/index.ts';
import type { Collection } from '../schema/types.ts';
import { allOf, type DialectName, type Predicate, type Statement, StatementWriter } from '../sql/index.ts';
import { type AggregatePlan, planAggregate } from './aggregate.ts';
import { emitBounds, emitOrder, emitSelection, emitSource } from './emit.ts';
import { isWideFilter, markSelection } from './fan-out.ts';
import { type ListContext, type ListPlan, planRows, whereOf } from './list.ts';
import type { RowPath } from './row-paths.ts';
import { type Selection, type SelectionContext, select } from './selection.ts';
import type { Shape } from './shape.ts';
import type { MetaName, Query, QueryLimits } from './types.ts';

/** A read, ready to run any number of times with other variables and keys. */
export interface RowsPlan {
  readonly kind: 'rows';
  readonly statement: Statement;
  readonly shape: Shape;
}

/** Counts that were asked for beside the rows; one column each, in order. */
export interface CountPlan {
  readonly statement: Statement;
  readonly names: readonly MetaName[];
}

export interface ReadPlan {
  /** Whether it may look at very many rows, so that it should keep nobody waiting. */
  readonly wide: boolean;
  readonly body: RowsPlan | AggregatePlan;
  readonly counts: CountPlan | null;
}

/**
 * Which items beside those the query asks for, by their keys (`inputs[0]`): one or several that the caller names, or those
 * that it has just written.
 */
export type Keys = 'one' | 'several' | 'written' | null;

export interface PlanRequest {
  readonly profile: AccessProfile;
  readonly collection: string;
  readonly query: Query;
  readonly keys: Keys;
  readonly limits: QueryLimits;
  readonly dialect: DialectName;
  /** How the rows of an OR of rules are found. */
  readonly path: RowPath;
}

/** Plans a read. Pure: nothing is asked of the database. Throws FORBIDDEN and INVALID_QUERY. */
export function planRead(request: PlanRequest): ReadPlan {
  const access = onPath(request.profile.entry(request.collection), request);
  const { collection } = access;
  const context = contextOf(request);
  const byKey = request.keys && byKeys(collection, request.keys, context);
  if (request.query.aggregate.length > 0 || request.query.groupBy.length > 0) {
    const wide = isWideFilter(whereOf(collection, request.query, context));
    return { wide, body: planAggregate(access, request.query, context, request.dialect), counts: null };
  }
  const selected = selectionOf(collection, request, context);
  const rows = planRows(collection, request.query, null, context);
  const { selection, wide } = markSelection(selected, request.keys === 'one' ? 1 : rows.limit, context.snapshot);
  return {
    wide: wide || isWideFilter(rows.where),
    body: emitRows(access, selection, withKeys(rows, byKey, request), request.dialect),
    counts: planCounts(access, request.query, rows, request.dialect),
  };
}

/** Who names items has them found by their keys, whatever the rules say. */
function onPath(access: CollectionAccess, { path, keys }: PlanRequest): CollectionAccess {
  const { rows, collection } = access;
  if (keys !== null || path === 'any' || rows?.kind !== 'or') return access;
  if (path === 'unindexed') return { ...access, rows: { kind: 'unindexed', of: rows } };
  return { ...access, rows: { kind: 'found', table: collection.name, key: collection.primaryKey, parts: rows.parts } };
}

function contextOf(request: PlanRequest): ListContext {
  return { snapshot: request.profile.snapshot, guard: request.profile.guard, limits: request.limits };
}

function selectionOf(collection: Collection, request: PlanRequest, context: ListContext): Selection {
  const selectionContext: SelectionContext = {
    snapshot: context.snapshot,
    guard: context.guard,
    mayRead: (name) => request.profile.access(name, 'read') !== null,
    backlink: request.query.backlink,
    maxDepth: request.limits.maxDepth,
    maxJsonDepth: context.limits.maxJsonDepth,
    listOf: (related, query, sortField) =>
      planRows(collectionOf(context.snapshot, related.name), query, sortField, context),
  };
  const selection = select(collection, request.query.fields, request.query.deep, request.query.alias, selectionContext);
  // No field at all may be seen: as if there were no permission.
  const all = request.query.fields?.every((path) => path === '*') ?? true;
  if (selection.outputs.length === 0 && all) throw forbidden();
  return selection;
}

function withKeys(rows: ListPlan, byKey: Predicate | null, { keys, query }: PlanRequest): ListPlan {
  if (byKey === null) return rows;
  const where = rows.where ? allOf([byKey, rows.where]) : byKey;
  if (keys === 'one') return { where, order: [], limit: 1, offset: 0 };
  // Who names the items wants all of them, unless a limit is named too.
  return query.limit === null ? { ...rows, where, limit: null, offset: query.offset } : { ...rows, where };
}

/** Who names an item by its key learns which one has it, so an item whose key the caller may not see is not found. */
function byKeys(collection: Collection, keys: NonNullable<Keys>, { guard }: ListContext): Predicate {
  if (keys === 'written') return keyPredicate(collection, 'several');
  return keyPredicate(collection, keys, guard.field(collection, collection.primaryKey));
}

/** The item, or the items, whose keys are given when the plan runs; `visible` says where the key itself counts. */
export function keyPredicate(
  collection: Collection,
  keys: 'one' | 'several',
  visible: Predicate | null = null,
): Predicate {
  const field = collection.fields.get(collection.primaryKey);
  if (!field) throw new Error(`${collection.name} has no key`);
  return {
    kind: 'compare',
    left: columnOf(field, visible),
    type: field.type,
    operator: keys === 'one' ? 'eq' : 'in',
    right: { kind: 'input', index: 0 },
    closed: true,
  };
}

/** Relations are looked up for the rows of the page only, so the page is cut before they are. */
function emitRows(access: CollectionAccess, selection: Selection, list: ListPlan, dialect: DialectName): RowsPlan {
  const writer = new StatementWriter(dialect);
  const outer = writer.alias();
  const { columns, shape } = emitSelection(writer, outer, selection, 'row');
  const table = access.collection.name;
  const head = `select ${columns.length > 0 ? columns.join(', ') : '1'} from `;
  const nested = selection.outputs.some((output) => output.kind !== 'value' || output.expression.kind === 'count');
  if (!nested || list.order.length === 0) {
    const source = emitSource(writer, table, outer, [access.rows, list.where]);
    const text = `${head}${source}${emitOrder(writer, outer, list.order)}${emitBounds(writer, list)}`;
    return { kind: 'rows', statement: writer.finish(text), shape };
  }
  const inner = writer.alias();
  const source = emitSource(writer, table, inner, [access.rows, list.where]);
  const page = `select ${inner}.* from ${source}${emitOrder(writer, inner, list.order)}${emitBounds(writer, list)}`;
  return { kind: 'rows', statement: writer.finish(`${head}(${page}) ${outer}`), shape };
}

function planCounts(access: CollectionAccess, query: Query, rows: ListPlan, dialect: DialectName): CountPlan | null {
  if (query.meta.length === 0) return null;
  const writer = new StatementWriter(dialect);
  const columns = query.meta.map((name) => {
    const alias = writer.alias();
    const conditions = name === 'total_count' ? [access.rows] : [access.rows, rows.where];
    return `(select count(*) from ${emitSource(writer, access.collection.name, alias, conditions)})`;
  });
  return { statement: writer.finish(`select ${columns.join(', ')}`), names: query.meta };
}
