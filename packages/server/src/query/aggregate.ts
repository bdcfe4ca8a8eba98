import { type CollectionAccess, callExpression, callKey, columnOf, parseCall, type Sight } from '../access/index.ts';
import { forbidden, invalidQuery } from '../errors/index.ts';
import type { Collection } from '../schema/types.ts';
import { EXACT_SUM } from '../sql/exact-sum.ts';
import {
  type Decoder,
  type DialectName,
  decoderFor,
  type Expression,
  emitComparable,
  type Statement,
  StatementWriter,
} from '../sql/index.ts';
import type { FieldType, Json } from '../wire/index.ts';
import { emitBounds, emitSource } from './emit.ts';
import { boundOf, type ListContext, whereOf } from './list.ts';
import type { Item } from './shape.ts';
import type { AggregateName, Query } from './types.ts';

/** Groups of items and what is computed over them. */
export interface AggregatePlan {
  readonly kind: 'aggregate';
  readonly statement: Statement;
  readonly columns: readonly AggregateColumn[];
}

interface AggregateColumn {
  /** null for a group key. */
  readonly name: AggregateName | null;
  /** `*` where all items count. */
  readonly field: string;
  readonly decode: Decoder | null;
}

interface Source {
  readonly expression: Expression;
  readonly type: FieldType;
  readonly field: string;
}

const NUMERIC: ReadonlySet<FieldType> = new Set<FieldType>(['integer', 'bigInteger', 'float', 'decimal']);

/** Plans aggregates. Values that the caller may not see for some items count as null for these. */
export function planAggregate(
  access: CollectionAccess,
  query: Query,
  context: ListContext,
  dialect: DialectName,
): AggregatePlan {
  const { collection } = access;
  const groups = query.groupBy.map((entry) => sourceOf(collection, entry, context));
  const aggregates = query.aggregate.map(({ name, field }) => ({
    name,
    source: field === '*' ? countAll(name) : checked(name, sourceOf(collection, field, context)),
  }));
  const writer = new StatementWriter(dialect);
  // Each value is computed once per item under a name, so that grouping and ordering see the same expression.
  const sources = [...groups, ...aggregates.flatMap(({ source }) => (source ? [source] : []))];
  const inner = writer.alias();
  const values = sources.map((source, i) => `${emitComparable(writer, inner, source.expression)} as v${i}`);
  const from = emitSource(writer, collection.name, inner, [access.rows, whereOf(collection, query, context)]);
  const rows = `(select ${values.length > 0 ? values.join(', ') : '1 as v0'} from ${from}) r`;
  let next = groups.length;
  const computed = aggregates.map(({ name, source }) =>
    source ? aggregateText(name, `r.v${next++}`, source.type, dialect) : 'count(*)',
  );
  const keys = groups.map((_, i) => `r.v${i}`);
  const groupBy = keys.length > 0 ? ` group by ${keys.join(', ')}` : '';
  const order = emitGroupOrder(query, groups, aggregates, computed, dialect);
  const limit = groups.length > 0 ? emitBounds(writer, groupBounds(query, context)) : '';
  const shown = [
    ...groups.map((source, i) => exact(keys[i] as string, source.type, dialect)),
    ...aggregates.map(({ name, source }, i) => exact(computed[i] as string, resultType(name, source), dialect)),
  ];
  const text = `select ${shown.join(', ')} from ${rows}${groupBy}${order}${limit}`;
  const columns: AggregateColumn[] = [
    ...groups.map((source) => ({ name: null, field: source.field, decode: groupDecoder(source.type, dialect) })),
    ...aggregates.map(({ name, source }) => ({
      name,
      field: source?.field ?? '*',
      decode: decoderOf(name, source, dialect),
    })),
  ];
  return { kind: 'aggregate', statement: writer.finish(text), columns };
}

function groupBounds(query: Query, context: ListContext): { limit: number | null; offset: number } {
  const limit = boundOf(query.limit, context.limits);
  return { limit, offset: query.offset + (query.page && limit !== null ? (query.page - 1) * limit : 0) };
}

function countAll(name: AggregateName): null {
  if (name !== 'count' && name !== 'countAll') throw invalidQuery(`"${name}" needs a field, "*" goes with count only.`);
  return null;
}

/** Types without a least value on every database. */
const UNORDERED: ReadonlySet<FieldType> = new Set<FieldType>(['json', 'binary', 'unknown']);

function checked(name: AggregateName, source: Source): Source {
  if ((name === 'min' || name === 'max') && (UNORDERED.has(source.type) || source.type.startsWith('geometry')))
    throw invalidQuery(`"${name}" needs values with an order, and "${source.field}" has none.`);
  if (name.startsWith('sum') || name.startsWith('avg')) {
    if (!NUMERIC.has(source.type)) throw invalidQuery(`"${name}" needs a number, and "${source.field}" is none.`);
  }
  return source;
}

function sourceOf(collection: Collection, entry: string, context: ListContext): Source {
  const call = parseCall(entry);
  const field = collection.fields.get(call?.field ?? entry);
  if (!field || field.concealed || field.hashed) throw forbidden();
  const visible = context.guard.field(collection, field.name);
  if (call?.name === 'json') throw invalidQuery('json() can stand in "fields" only.');
  if (call) {
    const sight = (related: Collection): Sight => ({ guard: context.guard.rows(related), visible: null });
    return {
      expression: callExpression(call, field, visible, sight, context.snapshot),
      type: 'integer',
      field: callKey(call),
    };
  }
  if (!field.column) throw invalidQuery(`"${field.name}" is a list and can't be aggregated.`);
  return { expression: columnOf(field, visible), type: field.type, field: field.name };
}

const isExactSum = (name: AggregateName, type: FieldType | undefined, dialect: DialectName): boolean =>
  dialect === 'sqlite' && type === 'bigInteger' && name.startsWith('sum');

function aggregateText(name: AggregateName, value: string, type: FieldType, dialect: DialectName): string {
  // PostgreSQL's own average of such numbers sums their squares too, which are out of range long before their sum is.
  if (dialect === 'postgres' && type === 'float' && name === 'avg') return `(sum(${value}::float8) / count(${value}))`;
  if (dialect === 'postgres' && type === 'float' && name === 'avgDistinct')
    return `(sum(distinct ${value}::float8) / count(distinct ${value}))`;
  if (isExactSum(name, type, dialect)) return `${EXACT_SUM}(${name === 'sumDistinct' ? 'distinct ' : ''}${value})`;
  switch (name) {
    case 'count':
    case 'countAll':
      return `count(${value})`;
    case 'countDistinct':
      return `count(distinct ${value})`;
    case 'sumDistinct':
      return `sum(distinct ${value})`;
    case 'avgDistinct':
      return `avg(distinct ${value})`;
    case 'min':
    case 'max':
      return dialect === 'postgres' ? postgresExtreme(name, value, type) : `${name}(${value})`;
    default:
      return `${name}(${value})`;
  }
}

/** PostgreSQL orders booleans and UUIDs, and yet has no min and max for them. */
function postgresExtreme(name: 'min' | 'max', value: string, type: FieldType): string {
  if (type === 'boolean') return `${name === 'min' ? 'bool_and' : 'bool_or'}(${value})`;
  return `${name}(${value}${type === 'uuid' ? '::text' : ''})`;
}

/** Groups of json are grouped by their text. */
const groupDecoder = (type: FieldType, dialect: DialectName): Decoder | null =>
  decoderFor(type, type === 'json' ? 'sqlite' : dialect);

/** The type of what an aggregate computes, as far as whole numbers of 64 bits go. */
function resultType(name: AggregateName, source: Source | null): FieldType {
  if (source === null || name.startsWith('count')) return 'integer';
  if (name.startsWith('sum')) return source.type === 'integer' ? 'bigInteger' : source.type;
  return name === 'min' || name === 'max' ? source.type : 'float';
}

/** SQLite's driver gives whole numbers as doubles, so those that one can't hold travel as text. */
const exact = (text: string, type: FieldType, dialect: DialectName): string =>
  dialect === 'sqlite' && type === 'bigInteger' ? `cast(${text} as text)` : text;

function decoderOf(name: AggregateName, source: Source | null, dialect: DialectName): Decoder | null {
  if (source === null || name.startsWith('count')) return Number;
  if (name === 'min' || name === 'max') return decoderFor(source.type, dialect);
  return name.startsWith('avg') ? Number : decoderFor('decimal', dialect);
}

/** By `sort`, where each entry names a group key or `count.id`; then by the groups, so that pages are stable. */
function emitGroupOrder(
  query: Query,
  groups: readonly Source[],
  aggregates: readonly { name: AggregateName; source: Source | null }[],
  computed: readonly string[],
  dialect: DialectName,
): string {
  const entries = groups.length > 0 ? [...query.sort, ...groups.map((group) => group.field)] : query.sort;
  const terms = entries.map((entry) => {
    const descending = entry.startsWith('-');
    const name = descending ? entry.slice(1) : entry;
    const call = parseCall(name);
    const group = groups.findIndex((source) => source.field === (call ? callKey(call) : name));
    const aggregate = aggregates.findIndex(
      (one) => `${one.name}.${one.source?.field ?? '*'}` === name || (one.source === null && one.name === name),
    );
    const one = aggregates[aggregate];
    const digits = group < 0 && one !== undefined && isExactSum(one.name, one.source?.type, dialect);
    const text = group >= 0 ? `r.v${group}` : digits ? `cast(${computed[aggregate]} as real)` : computed[aggregate];
    if (text === undefined) throw forbidden();
    const nulls = dialect === 'postgres' ? ` nulls ${descending ? 'last' : 'first'}` : '';
    return `${text}${descending ? ' desc' : ''}${nulls}`;
  });
  return terms.length > 0 ? ` order by ${terms.join(', ')}` : '';
}

/** `{status: 'shown', count: {id: 3}}`, and `{count: 5}` for `*`. */
export function shapeGroup(plan: AggregatePlan, values: readonly unknown[]): Item {
  const item: Item = {};
  plan.columns.forEach((column, i) => {
    const raw = values[i];
    const value: Json = raw === null || raw === undefined ? null : column.decode ? column.decode(raw) : (raw as Json);
    if (column.name === null) item[column.field] = value;
    else if (column.field === '*') item[column.name] = value;
    else item[column.name] = { ...(item[column.name] as Item | undefined), [column.field]: value };
  });
  return item;
}
