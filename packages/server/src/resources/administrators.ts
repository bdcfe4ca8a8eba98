import type { Transaction } from '../store/types.ts';

/** What is about to be deleted, by id: it counts as gone already. */
export interface AboutToGo {
  readonly users?: readonly string[];
  readonly roles?: readonly string[];
  readonly policies?: readonly string[];
  /** Rows of directus_access. */
  readonly attachments?: readonly string[];
}

/** Throws UNPROCESSABLE_CONTENT when the transaction would leave nobody who may administer; `accounts/` says how. */
export type KeepAnAdministrator = (tx: Transaction, gone?: AboutToGo) => Promise<void>;
