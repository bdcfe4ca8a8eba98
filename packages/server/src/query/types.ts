import type { Json } from '../wire/index.ts';

/** A query in its normal form, whatever it came in: an address, a SEARCH body, later a GraphQL selection. */
export interface Query {
  /** Paths such as `author.name`; null means every field. */
  readonly fields: readonly string[] | null;
  /** null means every item. */
  readonly filter: Json;
  readonly sort: readonly string[];
  /** null means the default, -1 all. */
  readonly limit: number | null;
  readonly offset: number;
  /** Counted from 1. */
  readonly page: number | null;
  readonly search: string | null;
  readonly meta: readonly MetaName[];
  readonly aggregate: readonly { readonly name: AggregateName; readonly field: string }[];
  readonly groupBy: readonly string[];
  readonly deep: DeepQuery;
  /** Answer key → field. */
  readonly alias: ReadonlyMap<string, string>;
  readonly export: ExportFormat | null;
  /** Key of a content version. */
  readonly version: string | null;
  /** Whether wildcards expand the way back of a relation they came by. */
  readonly backlink: boolean;
  /** A number that no other query has, for queries that are asked again and whose plans are worth keeping. */
  readonly kept: number | null;
}

/** Queries of relations, by the answer key of the relation. */
export interface DeepQuery {
  readonly own: Partial<Pick<Query, 'filter' | 'sort' | 'limit' | 'offset' | 'page' | 'search' | 'alias'>>;
  readonly of: ReadonlyMap<string, DeepQuery>;
}

export type MetaName = 'total_count' | 'filter_count';

export const AGGREGATES = [
  'count',
  'countDistinct',
  'countAll',
  'sum',
  'sumDistinct',
  'avg',
  'avgDistinct',
  'min',
  'max',
] as const;
export type AggregateName = (typeof AGGREGATES)[number];

export const EXPORT_FORMATS = ['csv', 'json', 'xml', 'yaml'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const NO_DEEP: DeepQuery = { own: {}, of: new Map() };

export const EMPTY_QUERY: Query = {
  fields: null,
  filter: null,
  sort: [],
  limit: null,
  offset: 0,
  page: null,
  search: null,
  meta: [],
  aggregate: [],
  groupBy: [],
  deep: NO_DEEP,
  alias: new Map(),
  export: null,
  version: null,
  backlink: true,
  kept: 0,
};

/** Bounds that queries have to keep. */
export interface QueryLimits {
  /** Rows when a query names no limit; -1 for all. */
  readonly defaultRows: number;
  /** Most rows a query may ask for; null for no bound. */
  readonly maxRows: number | null;
  /** Longest path over relations. */
  readonly maxDepth: number;
  /** Longest path into a json field. */
  readonly maxJsonDepth: number;
}
