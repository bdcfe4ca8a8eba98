import qs from 'qs';
import { invalidQuery } from '../errors/index.ts';
import { BoundedCache } from '../kernel/bounded-cache.ts';
import { parseQuery } from './parse.ts';
import { EMPTY_QUERY, type Query } from './types.ts';

const MAX_KEPT_LENGTH = 4096;
const MAX_PARAMETERS = 2000;

export interface ParameterLimits {
  readonly maxDepth: number;
  readonly arrayLimit: number;
  readonly maxRows: number | null;
}

/** The parameters of an address, nested by brackets. Throws INVALID_QUERY. */
export function parseParameters(
  text: string,
  limits: { maxDepth: number; arrayLimit: number },
): Record<string, unknown> {
  try {
    return qs.parse(text, {
      depth: limits.maxDepth,
      strictDepth: true,
      arrayLimit: limits.arrayLimit,
      parameterLimit: MAX_PARAMETERS,
      plainObjects: true,
      ignoreQueryPrefix: false,
    }) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof RangeError) throw invalidQuery(`The query is nested deeper than ${limits.maxDepth} levels.`);
    throw error;
  }
}

const MAX_KEPT = 2000;

/** Queries of addresses in their normal form, those seen lately kept. Parsing depends on the text alone. */
export class QueryReader {
  readonly #limits: ParameterLimits;
  readonly #kept: BoundedCache<string, Query>;
  #count = 0;

  /** `remember`: whether queries are kept. */
  constructor(limits: ParameterLimits, remember = true) {
    this.#kept = new BoundedCache(remember ? MAX_KEPT : 0);
    this.#limits = limits;
  }

  /** `text` is what follows the question mark; the same text gives the same object. */
  read(text: string): Query {
    if (text === '') return EMPTY_QUERY;
    const kept = this.#kept.get(text);
    if (kept) return kept;
    const query = this.normalise(parseParameters(text, this.#limits));
    if (text.length > MAX_KEPT_LENGTH || text.includes('access_token')) return query;
    this.#count += 1;
    const counted = { ...query, kept: this.#count };
    this.#kept.set(text, counted);
    return counted;
  }

  normalise(raw: Readonly<Record<string, unknown>>): Query {
    return parseQuery(raw, this.#limits.maxRows);
  }
}
