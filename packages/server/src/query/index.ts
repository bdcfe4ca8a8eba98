export { parseParameters, QueryReader } from './parameters.ts';
export { parseQuery } from './parse.ts';
export { keyPredicate } from './plan.ts';
export { RowPaths } from './row-paths.ts';
export { QueryRunner, type ReadResult } from './run.ts';
export { CONCEALED, type Item } from './shape.ts';
export type { ItemStream } from './stream.ts';
export {
  type AggregateName,
  type DeepQuery,
  EMPTY_QUERY,
  EXPORT_FORMATS,
  type ExportFormat,
  NO_DEEP,
  type Query,
  type QueryLimits,
} from './types.ts';
