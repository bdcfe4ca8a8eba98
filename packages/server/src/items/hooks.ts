import type { Access, Accountability } from '../access/index.ts';
import type { Snapshot } from '../schema/types.ts';
import type { Transaction } from '../store/types.ts';

export type Key = string | number;
export type Payload = Record<string, unknown>;

/** What a hook of a collection may use. Everything it does belongs to the transaction of the write. */
export interface HookContext {
  readonly tx: Transaction;
  readonly snapshot: Snapshot;
  readonly accountability: Accountability;
  /** What the caller may do. */
  readonly access: Access;
  /** Values of this write that the server found out itself, if it did; they win over the payload. */
  readonly found?: Payload;
  /** Hashes a secret (Argon2); quickly where that was done before the transaction. */
  hash(text: string): Promise<string>;
}

/**
 * What a collection does beyond plain rows. Hooks run after permissions were decided on the payload as it was sent, so a
 * hook may add what the caller could not.
 */
export interface CollectionHooks {
  /** Refuses a payload before its values are checked, where the API has a code of its own for what is missing. */
  accept?(payload: Payload, action: 'create' | 'update'): void;
  /** Checks a payload and gives the one to store. `keys` are the items to change; none on create. */
  prepare?(payload: Payload, action: 'create' | 'update', keys: readonly Key[], context: HookContext): Promise<Payload>;
  created?(keys: readonly Key[], payload: Payload, context: HookContext): Promise<void>;
  updated?(keys: readonly Key[], payload: Payload, context: HookContext): Promise<void>;
  /** Before the rows go. */
  deleting?(keys: readonly Key[], context: HookContext): Promise<void>;
  /** After the rows went. */
  deleted?(keys: readonly Key[], context: HookContext): Promise<void>;
}
