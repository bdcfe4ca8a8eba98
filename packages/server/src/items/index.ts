export type { HooksByCollection } from './context.ts';
export type { CollectionHooks, HookContext, Key, Payload } from './hooks.ts';
export { readKey } from './keys.ts';
export { ItemService, type Selected } from './service.ts';
