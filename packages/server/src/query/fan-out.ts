import type { Snapshot } from '../schema/types.ts';
import type { Expression, Predicate, RelatedRows } from '../sql/index.ts';
import type { OrderTerm } from './list.ts';
import type { SelectedOutput, Selection } from './selection.ts';

/*
 * An author has as many books as there are. The books' authors are as many again, but the books of those are the square,
 * and the next turn gives the next power: a list behind a many-to-one multiplies. The rows of such lists are counted while
 * a statement runs, and a statement that may have very many of them runs where it keeps nobody waiting.
 */

/** More rows than this behind turns make a statement wide. */
const WIDE = 1_000_000;
/** So many turns in a filter do, where every row may take that power of comparisons. */
const WIDE_TURNS = 2;
/** Rows that a list without a bound is taken for. */
const UNBOUNDED = 100_000;

/** Marks the rows of lists behind a many-to-one as counted; `turned` where there was one on the way here. */
export function markPredicate(predicate: Predicate, snapshot: Snapshot, turned = false): Predicate {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return { ...predicate, parts: predicate.parts.map((part) => markPredicate(part, snapshot, turned)) };
    case 'compare':
      return { ...predicate, left: markExpression(predicate.left, turned) };
    case 'exists': {
      const one = leadsToOne(predicate.rows, snapshot);
      const rows = one ? predicate.rows : countedIf(turned, predicate.rows);
      return { ...predicate, rows, where: markPredicate(predicate.where, snapshot, turned || one) };
    }
    case 'cases': {
      const mark = (where: Predicate): Predicate => markPredicate(where, snapshot, turned);
      return { ...predicate, branches: predicate.branches.map(({ value, where }) => ({ value, where: mark(where) })) };
    }
    default:
      return predicate;
  }
}

/** As `markPredicate`, for an order. */
export const markOrder = (order: readonly OrderTerm[]): OrderTerm[] =>
  order.map((term) => ({ ...term, expression: markExpression(term.expression, false) }));

function markExpression(expression: Expression, turned: boolean): Expression {
  if (expression.kind === 'count') return { ...expression, rows: countedIf(turned, expression.rows) };
  if (expression.kind === 'related') return { ...expression, of: markExpression(expression.of, true) };
  return expression;
}

const countedIf = (turned: boolean, rows: RelatedRows): RelatedRows => (turned ? { ...rows, counted: true } : rows);

const leadsToOne = (rows: RelatedRows, snapshot: Snapshot): boolean =>
  snapshot.collections.get(rows.table)?.primaryKey === rows.column;

/** Whether a marked filter turns so often that every row may take very many comparisons. */
export const isWideFilter = (where: Predicate | null): boolean => where !== null && turnsOf(where) >= WIDE_TURNS;

function turnsOf(predicate: Predicate): number {
  if (predicate.kind === 'and' || predicate.kind === 'or') return Math.max(0, ...predicate.parts.map(turnsOf));
  if (predicate.kind === 'cases') return Math.max(0, ...predicate.branches.map(({ where }) => turnsOf(where)));
  if (predicate.kind !== 'exists') return 0;
  return turnsOf(predicate.where) + (predicate.rows.counted ? 1 : 0);
}

/** As `markPredicate`, for what an answer of up to `limit` items holds; and whether it makes the statement wide. */
export function markSelection(
  selection: Selection,
  limit: number | null,
  snapshot: Snapshot,
): { selection: Selection; wide: boolean } {
  const marker = new Marker(snapshot);
  const { value, behind } = marker.level(selection, limit ?? UNBOUNDED, false);
  return { selection: value, wide: behind > WIDE || marker.hasWideFilter };
}

/** `behind` is how many rows there may be behind turns, at their most numerous level. */
type Marked<T> = { readonly value: T; readonly behind: number };

class Marker {
  hasWideFilter = false;
  readonly #snapshot: Snapshot;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  level(selection: Selection, rows: number, turned: boolean): Marked<Selection> {
    const marked = selection.outputs.map((output) => this.#output(output, rows, turned));
    return {
      value: { ...selection, outputs: marked.map(({ value }) => value) },
      behind: Math.max(0, ...marked.map(({ behind }) => behind)),
    };
  }

  #output(output: SelectedOutput, rows: number, turned: boolean): Marked<SelectedOutput> {
    switch (output.kind) {
      case 'value':
        return { value: { ...output, expression: markExpression(output.expression, turned) }, behind: 0 };
      case 'one': {
        const { value, behind } = this.level(output.selection, rows, true);
        return { value: { ...output, selection: value, where: this.#where(output.where, true) }, behind };
      }
      case 'many':
        return this.#many(output, rows * (output.list.limit ?? UNBOUNDED), turned);
      case 'any': {
        const branches = output.branches.map((branch) => ({ branch, ...this.level(branch.selection, rows, true) }));
        return {
          value: { ...output, branches: branches.map(({ branch, value }) => ({ ...branch, selection: value })) },
          behind: Math.max(0, ...branches.map(({ behind }) => behind)),
        };
      }
    }
  }

  #many(output: SelectedOutput & { kind: 'many' }, rows: number, turned: boolean): Marked<SelectedOutput> {
    const { value, behind } = this.level(output.selection, rows, turned);
    const list = { ...output.list, where: this.#where(output.list.where, turned) };
    return {
      value: { ...output, rows: countedIf(turned, output.rows), selection: value, list },
      behind: turned ? Math.max(behind, rows) : behind,
    };
  }

  #where(where: Predicate | null, turned: boolean): Predicate | null {
    const marked = where && markPredicate(where, this.#snapshot, turned);
    this.hasWideFilter ||= isWideFilter(marked);
    return marked;
  }
}
