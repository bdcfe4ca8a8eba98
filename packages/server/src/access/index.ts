export type { Accountability, Origin } from './accountability.ts';
export { SYSTEM } from './accountability.ts';
export { badEntry, plainAddress } from './address-list.ts';
export { AccessProfile, type CollectionAccess, type Grant } from './effective.ts';
export { type Access, AccessEngine } from './engine.ts';
export {
  callExpression,
  columnOf,
  compileFilter,
  type FilterContext,
  type Guard,
  relatedRows,
} from './filter/compile.ts';
export { callKey, type FunctionCall, parseCall } from './function-call.ts';
export { collectionOf, type Sight, UNGUARDED } from './related.ts';
export { type Caller, RequestScope } from './scope.ts';
export { modelViewer } from './viewer.ts';
