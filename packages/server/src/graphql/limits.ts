import type { Config } from '../config/index.ts';
import type { GraphqlLimits } from './execution/index.ts';

/** What the settings bound, the same for every transport. */
export const graphqlLimits = (config: Config): GraphqlLimits => ({
  maxTokens: config.graphqlQueryTokenLimit,
  introspection: config.graphqlIntrospection,
  schemas: config.graphqlSchemaCacheCapacity,
  maxRows: config.queryLimitMax,
  cost: {
    most: config.graphqlCostLimit ?? Number.POSITIVE_INFINITY,
    defaultRows: config.queryLimitDefault ?? -1,
    maxDepth: config.maxRelationalDepth,
  },
  singleUse: config.graphqlSingleUseMutations,
});
