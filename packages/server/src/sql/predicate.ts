import type { FieldType, Json } from '../wire/index.ts';
import type { Variable } from './variable.ts';

/** Comparison operators as filters name them, without the underscore. */
export type CompareOperator =
  | 'eq'
  | 'neq'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'in'
  | 'nin'
  | 'between'
  | 'nbetween'
  | 'null'
  | 'nnull'
  | 'empty'
  | 'nempty'
  | TextOperator;

export type TextOperator =
  | 'contains'
  | 'ncontains'
  | 'icontains'
  | 'nicontains'
  | 'starts_with'
  | 'nstarts_with'
  | 'istarts_with'
  | 'nistarts_with'
  | 'ends_with'
  | 'nends_with'
  | 'iends_with'
  | 'niends_with';

/** The right side of a comparison. Elements of a list may be variables too. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'variable'; readonly variable: Variable }
  /** One of the values given when the statement runs, such as a key. */
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'list'; readonly elements: readonly Operand[] };

export type DatePart = 'year' | 'month' | 'week' | 'day' | 'weekday' | 'hour' | 'minute' | 'second';

/** A key of an object, or a position in a list. */
export type JsonStep = string | number;

export interface ColumnExpression {
  readonly kind: 'column';
  readonly column: string;
  readonly type: FieldType;
  /** Where this does not hold for a row, its value counts as null. */
  readonly visible: Predicate | null;
  /** A point in time that SQLite may hold as text, left by a column default. */
  readonly timeAsText: boolean;
}

/** The left side of a comparison, or what a sort or a group looks at. */
export type Expression =
  | ColumnExpression
  | { readonly kind: 'part'; readonly part: DatePart; readonly of: ColumnExpression }
  | { readonly kind: 'count'; readonly rows: RelatedRows; readonly visible: Predicate | null }
  | { readonly kind: 'elements'; readonly of: ColumnExpression }
  | { readonly kind: 'json'; readonly of: ColumnExpression; readonly path: readonly JsonStep[] }
  | { readonly kind: 'related'; readonly rows: RelatedRows; readonly of: Expression };

/** Rows of another table that belong to a row of the outer one. */
export interface RelatedRows {
  readonly table: string;
  /** `related.column = outer.outerColumn`; `keyAsText` where the outer one holds keys of several types as text. */
  readonly column: string;
  readonly outerColumn: string;
  readonly keyAsText: boolean;
  /** The other way round: `column` holds keys of several types as text. */
  readonly outerAsText?: boolean;
  /** A many-to-any: only outer rows whose column names this collection. */
  readonly discriminator: { readonly outerColumn: string; readonly value: string } | null;
  /** The foreign key counts only where this holds for the outer row. */
  readonly visible: Predicate | null;
  /** Rows that may be seen; null when all may. */
  readonly guard: Predicate | null;
  /** Reached in a way that can multiply them, so that looking at one counts against what a statement may look at. */
  readonly counted?: boolean;
}

export type Predicate =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Predicate[] }
  | {
      readonly kind: 'compare';
      readonly left: Expression;
      readonly type: FieldType;
      readonly operator: CompareOperator;
      readonly right: Operand;
      /** In rules a variable without a value matches nothing; in a caller's own filter `_neq` null means "has a value". */
      readonly closed: boolean;
    }
  | {
      readonly kind: 'exists';
      readonly negated: boolean;
      /** A many-to-one that leads nowhere counts as a row of nulls, and the condition holds for such a row. */
      readonly orMissing: boolean;
      readonly rows: RelatedRows;
      readonly where: Predicate;
    }
  /** The column has one of these values, and what belongs to that value holds. No value stands twice. */
  | {
      readonly kind: 'cases';
      readonly left: ColumnExpression;
      readonly type: FieldType;
      readonly branches: readonly { readonly value: string | number; readonly where: Predicate }[];
    }
  /** Any of them, each looked for on its own: the row's key is among the keys of what they find. */
  | { readonly kind: 'found'; readonly table: string; readonly key: string; readonly parts: readonly Predicate[] }
  /** The same as `of`, which no index is to be used for. */
  | { readonly kind: 'unindexed'; readonly of: Predicate };

export const ALWAYS: Predicate = { kind: 'always' };
export const NEVER: Predicate = { kind: 'never' };

/** All of them; folds what is decided already. */
export function allOf(parts: readonly Predicate[]): Predicate {
  const open: Predicate[] = [];
  for (const part of parts) {
    if (part.kind === 'never') return NEVER;
    if (part.kind === 'and') open.push(...part.parts);
    else if (part.kind !== 'always') open.push(part);
  }
  return open.length === 0 ? ALWAYS : open.length === 1 ? (open[0] as Predicate) : { kind: 'and', parts: open };
}

/** Any of them; folds what is decided already. */
export function anyOf(parts: readonly Predicate[]): Predicate {
  const open: Predicate[] = [];
  for (const part of parts) {
    if (part.kind === 'always') return ALWAYS;
    if (part.kind === 'or') open.push(...part.parts);
    else if (part.kind !== 'never') open.push(part);
  }
  return open.length === 0 ? NEVER : open.length === 1 ? (open[0] as Predicate) : { kind: 'or', parts: open };
}

/** Whether a predicate holds for a row in which every value is null. */
export function holdsForNulls(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'and':
      return predicate.parts.every(holdsForNulls);
    case 'or':
      return predicate.parts.some(holdsForNulls);
    case 'exists':
      return predicate.negated || (predicate.orMissing && holdsForNulls(predicate.where));
    case 'compare':
      return predicate.operator === 'null' || predicate.operator === 'empty';
    case 'cases':
    case 'found':
      return false;
    case 'unindexed':
      return holdsForNulls(predicate.of);
  }
}

/** Visits every comparison, through relations too. */
export function eachComparison(
  predicate: Predicate,
  visit: (comparison: Predicate & { kind: 'compare' }) => void,
): void {
  if (predicate.kind === 'compare') visit(predicate);
  else if (predicate.kind === 'unindexed') eachComparison(predicate.of, visit);
  else if (predicate.kind === 'and' || predicate.kind === 'or' || predicate.kind === 'found')
    for (const part of predicate.parts) eachComparison(part, visit);
  else if (predicate.kind === 'exists') {
    eachComparison(predicate.where, visit);
    if (predicate.rows.guard) eachComparison(predicate.rows.guard, visit);
  } else if (predicate.kind === 'cases') eachComparison(spelledOut(predicate), visit);
}

/** The same as alternatives, each with its comparison. */
export function spelledOut({ left, type, branches }: Predicate & { kind: 'cases' }): Predicate {
  const alternatives = branches.map(({ value, where }) => {
    const right = { kind: 'literal', value } as const;
    return allOf([{ kind: 'compare', left, type, operator: 'eq', right, closed: true }, where]);
  });
  return anyOf(alternatives);
}
