import type { ChangeKeeper, Key } from '../items/index.ts';
import type { QueryRunner } from '../query/index.ts';
import type { Snapshot } from '../schema/types.ts';
import { beginKeeping, forgetKept, lastKept } from '../store/kept.ts';
import type { Reader, Store } from '../store/types.ts';

/** Clients learn how far they have come so many times in WEBSOCKETS_RESUME_TTL, whether anything happens or not. */
export const TOLD_IN_TTL = 4;
/** Bytes of changes that are kept at most. */
const MAX_BYTES = 1_073_741_824;
const LEAST_MS = 1_000;
const MOST_MS = 30_000;

/** Has changes kept for those who come back within `ttlMs`; 0: none are, and what was kept is forgotten. */
export class Keeper implements ChangeKeeper {
  readonly keeps: boolean;
  readonly #store: Store;
  readonly #runner: QueryRunner;
  readonly #snapshot: () => Snapshot;
  readonly #ttlMs: number;
  readonly #onFault: (error: unknown) => void;
  #timer: NodeJS.Timeout | null = null;
  #forgetting: Promise<void> | null = null;

  constructor(parts: {
    store: Store;
    runner: QueryRunner;
    snapshot: () => Snapshot;
    ttlMs: number;
    onFault: (error: unknown) => void;
  }) {
    this.#store = parts.store;
    this.#runner = parts.runner;
    this.#snapshot = parts.snapshot;
    this.#ttlMs = parts.ttlMs;
    this.#onFault = parts.onFault;
    this.keeps = parts.ttlMs > 0;
  }

  async start(): Promise<void> {
    if (!this.keeps) return (await lastKept(this.#store)) ? forgetKept(this.#store, 0, 0) : undefined;
    await beginKeeping(this.#store);
    const every = Math.min(Math.max(this.#ttlMs / TOLD_IN_TTL, LEAST_MS), MOST_MS);
    this.#timer = setInterval(() => this.#forget(), every).unref();
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#forgetting;
  }

  async rowsOf(reader: Reader, name: string, keys: readonly Key[]): Promise<string> {
    const collection = this.#snapshot().collections.get(name);
    return collection ? this.#runner.rowsAsJson(reader, collection, keys) : '[]';
  }

  /** Later than clients were told by as much as it takes until they are told again. */
  #forget(): void {
    const keepMs = Math.ceil(this.#ttlMs * (1 + 1 / TOLD_IN_TTL));
    this.#forgetting ??= forgetKept(this.#store, keepMs, MAX_BYTES)
      .catch(this.#onFault)
      .finally(() => {
        this.#forgetting = null;
      });
  }
}
