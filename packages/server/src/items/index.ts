export type { HooksByCollection } from './context.ts';
export { type Change, ChangeFeed, type ChangeFollower, type ChangeKeeper } from './feed.ts';
export type { CollectionHooks, HookContext, Key, Payload } from './hooks.ts';
export { readKey, sameKey } from './keys.ts';
export { ItemService, type Selected } from './service.ts';
export type { ItemWriter } from './writer.ts';
