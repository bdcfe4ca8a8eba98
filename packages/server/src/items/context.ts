import type { Access } from '../access/index.ts';
import { invalidPayload } from '../errors/index.ts';
import type { Snapshot } from '../schema/types.ts';
import type { DialectName, Transaction } from '../store/types.ts';
import { ChangeFeed, ChangeList } from './feed.ts';
import type { CollectionHooks, HookContext, Payload } from './hooks.ts';
import type { Recorder } from './record.ts';

export type HooksByCollection = ReadonlyMap<string, CollectionHooks>;

/** One write and everything nested in it: one transaction, one caller, one count of changed items. */
export class WriteContext {
  readonly tx: Transaction;
  readonly access: Access;
  readonly snapshot: Snapshot;
  readonly hooks: HooksByCollection;
  readonly dialect: DialectName;
  readonly now: number;
  readonly recorder: Recorder;
  /** Hashes a value for a field that is stored as a hash (Argon2). */
  readonly hash: (text: string) => Promise<string>;
  /** Nothing of it will stay, so nothing is recorded, and no sequence is moved that a rollback leaves where it is. */
  readonly rehearsal: boolean;
  /** What is told to those who follow. */
  readonly changes: ChangeList;
  readonly #maxItems: number;
  #items = 0;
  #depth = 0;
  #rehearsedKeys = 0;

  constructor(facts: {
    tx: Transaction;
    dialect: DialectName;
    access: Access;
    hooks: HooksByCollection;
    now: number;
    maxItems: number;
    hash: (text: string) => Promise<string>;
    rehearsal?: boolean;
    feed?: ChangeFeed;
  }) {
    this.tx = facts.tx;
    this.dialect = facts.dialect;
    this.access = facts.access;
    this.snapshot = facts.access.profile.snapshot;
    this.hooks = facts.hooks;
    this.now = facts.now;
    this.hash = facts.hash;
    this.rehearsal = facts.rehearsal ?? false;
    this.changes = new ChangeList(facts.feed ?? NO_FEED, facts.tx);
    this.#maxItems = facts.maxItems;
    this.recorder = {
      tx: facts.tx,
      dialect: facts.dialect,
      accountability: facts.access.accountability,
      now: facts.now,
      silent: this.rehearsal,
    };
  }

  /** Counts items that are about to change. Throws INVALID_PAYLOAD beyond MAX_BATCH_MUTATION. */
  count(items: number): void {
    this.#items += items;
    if (this.#items > this.#maxItems) throw invalidPayload(`At most ${this.#maxItems} items can be changed at once.`);
  }

  /** A key far above those that were counted so far, and above the last one given. */
  rehearsedKey(): number {
    this.#rehearsedKeys += 1;
    return REHEARSED_KEYS + this.#rehearsedKeys;
  }

  /** Goes one relation deeper. Throws INVALID_PAYLOAD when that is deeper than any honest payload. */
  async nested<T>(work: () => Promise<T>): Promise<T> {
    this.#depth += 1;
    if (this.#depth > MAX_NESTING) throw invalidPayload('The payload is nested too deeply.');
    try {
      return await work();
    } finally {
      this.#depth -= 1;
    }
  }

  hookContext(found?: Payload): HookContext {
    const { tx, snapshot, access, hash } = this;
    return { tx, snapshot, accountability: access.accountability, access, hash, ...(found ? { found } : {}) };
  }
}

const MAX_NESTING = 20;
const NO_FEED = new ChangeFeed();
/** The last million of 32 bits. */
const REHEARSED_KEYS = 2_146_483_647;
