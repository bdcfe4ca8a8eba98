import { type AccessProfile, type CollectionAccess, collectionOf } from '../access/index.ts';
import { forbidden } from '../errors/index.ts';
import type { Collection } from '../schema/types.ts';
import { allOf, type DialectName, type Predicate, type Statement, StatementWriter } from '../sql/index.ts';
import { type AggregatePlan, planAggregate } from './aggregate.ts';
import { emitBounds, emitOrder, emitSelection, emitSource } from './emit.ts';
import { type ListContext, type ListPlan, planRows } from './list.ts';
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
  readonly body: RowsPlan | AggregatePlan;
  readonly counts: CountPlan | null;
}

/** Which items beside those the query asks for: one, or several by their keys (`inputs[0]`). */
export type Keys = 'one' | 'several' | null;

export interface PlanRequest {
  readonly profile: AccessProfile;
  readonly collection: string;
  readonly query: Query;
  readonly keys: Keys;
  readonly limits: QueryLimits;
  readonly dialect: DialectName;
}

/** Plans a read. Pure: nothing is asked of the database. Throws FORBIDDEN and INVALID_QUERY. */
export function planRead(request: PlanRequest): ReadPlan {
  const access = request.profile.require(request.collection, 'read');
  const { collection } = access;
  if (request.keys === 'one' && !access.fields.has(collection.primaryKey)) throw forbidden();
  const context = contextOf(request);
  if (request.query.aggregate.length > 0 || request.query.groupBy.length > 0) {
    return { body: planAggregate(access, request.query, context, request.dialect), counts: null };
  }
  const selection = selectionOf(collection, request, context);
  const rows = planRows(collection, request.query, collection.sortField, context);
  return {
    body: emitRows(access, selection, withKeys(rows, collection, request.keys, request.query.limit), request.dialect),
    counts: planCounts(access, request.query, rows, request.dialect),
  };
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
  if (selection.outputs.length === 0 && request.query.fields === null) throw forbidden();
  return selection;
}

function withKeys(rows: ListPlan, collection: Collection, keys: Keys, limit: number | null): ListPlan {
  if (keys === null) return rows;
  const byKey = keyPredicate(collection, keys);
  const where = rows.where ? allOf([byKey, rows.where]) : byKey;
  if (keys === 'one') return { where, order: [], limit: 1, offset: 0 };
  // Who names the items wants all of them, unless a limit is named too.
  return { ...rows, where, limit: limit === null ? null : rows.limit };
}

/** The item, or the items, whose keys are given when the plan runs. */
export function keyPredicate(collection: Collection, keys: 'one' | 'several'): Predicate {
  const field = collection.fields.get(collection.primaryKey);
  if (!field) throw new Error(`${collection.name} has no key`);
  return {
    kind: 'compare',
    left: { kind: 'column', column: field.name, type: field.type, visible: null, timeAsText: false },
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
