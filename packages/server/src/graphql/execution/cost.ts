import { refusedDocument } from './mistakes.ts';

/** Rows that a list without any bound is taken for. */
const UNBOUNDED = 1_000;
/** Rows that a list behind another one is taken for when the document does not say: most are short. */
const USUAL = 3;

export interface CostLimits {
  /** GRAPHQL_COST_LIMIT; Infinity for none. */
  readonly most: number;
  /** QUERY_LIMIT_DEFAULT; -1 for all. */
  readonly defaultRows: number;
  /** MAX_RELATIONAL_DEPTH. */
  readonly maxDepth: number;
}

/**
 * What an operation may cost: for every field that it asks for, the values that it may come to. A list multiplies what is
 * below it by its limit. Aliases add up, so that asking for the same a hundred times costs a hundred times as much.
 */
export class Cost {
  readonly #limits: CostLimits;
  #sum = 0;

  constructor(limits: CostLimits) {
    this.#limits = limits;
  }

  /** How many relations deep an operation may go. */
  get maxDepth(): number {
    return this.#limits.maxDepth;
  }

  /** Rows of a list at the root. */
  list(limit: number | null): number {
    return rowsOf(limit ?? this.#limits.defaultRows);
  }

  /** Rows of a list of each of so many `rows`. */
  nested(rows: number, limit: number | null): number {
    return rows * (limit === null ? USUAL : rowsOf(limit));
  }

  /** Throws GRAPHQL_VALIDATION when it is too much. */
  charge(rows: number, fields: number): void {
    this.#sum += rows * fields;
    const { most } = this.#limits;
    if (this.#sum > most)
      throw refusedDocument(
        `The operation may come to more than ${most} values (GRAPHQL_COST_LIMIT). Ask with smaller limits.`,
      );
  }
}

const rowsOf = (limit: number): number => (limit === -1 ? UNBOUNDED : limit);
