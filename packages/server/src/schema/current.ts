import type { Store, Transaction, TransactionOptions } from '../store/types.ts';
import { type LoadOptions, loadSnapshot } from './load.ts';
import type { Snapshot } from './types.ts';

export interface CurrentSchemaOptions extends Omit<LoadOptions, 'version'> {
  /** Told of a reload that failed; it is tried again. Default: a process warning. */
  readonly onFault?: (error: unknown) => void;
}

const RETRY_MS = 1_000;

/**
 * The data model as it is now. `snapshot` is replaced as a whole after every change of the model by any node; whoever
 * holds one keeps a consistent picture. Make one with `openSchema`.
 */
export class CurrentSchema {
  readonly store: Store;
  readonly #options: CurrentSchemaOptions;
  readonly #stopListening: () => void;
  readonly #warned = new Set<string>();
  #snapshot: Snapshot = { version: 0, collections: new Map(), relations: [] };
  #running: Promise<void> | null = null;
  /** A load that starts when the running one is over, for changes that it may have missed. */
  #next: Promise<void> | null = null;
  /** The load that the last announcement asked for. */
  #announced: Promise<void> = Promise.resolve();
  #retry: NodeJS.Timeout | null = null;

  constructor(store: Store, options: CurrentSchemaOptions) {
    this.store = store;
    this.#options = options;
    this.#stopListening = store.onAnnouncement((topic) => {
      if (topic === 'schema') this.#reloadInBackground();
    });
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get excludeTables(): readonly string[] {
    return this.#options.excludeTables;
  }

  /** Resolves when the snapshot shows everything that was committed before the call. */
  reload(): Promise<void> {
    if (!this.#running) return this.#start();
    this.#next ??= this.#running.then(
      () => this.#start(),
      () => this.#start(),
    );
    return this.#next;
  }

  /** Runs a change of the model; resolves when it is committed and the snapshot shows it. */
  async change<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
    const result = await this.store.transaction(async (tx) => {
      const done = await work(tx);
      tx.announce('schema');
      return done;
    }, options);
    // The announcement was heard after the commit and before this.
    await this.#announced;
    return result;
  }

  close(): void {
    this.#stopListening();
    if (this.#retry) clearTimeout(this.#retry);
  }

  #start(): Promise<void> {
    this.#next = null;
    const running = this.#load().finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }

  async #load(): Promise<void> {
    const version = this.#snapshot.version + 1;
    this.#snapshot = await loadSnapshot(this.store, {
      ...this.#options,
      version,
      onWarning: (message) => this.#warnOnce(message),
    });
  }

  /** The model is read again after every change; what was said is not said again. */
  #warnOnce(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    this.#options.onWarning?.(message);
  }

  #reloadInBackground(): void {
    this.#announced = this.reload();
    this.#announced.catch((error: unknown) => {
      (this.#options.onFault ?? warn)(error);
      if (this.#retry) clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#reloadInBackground(), RETRY_MS).unref();
    });
  }
}

const warn = (error: unknown): void => {
  process.emitWarning(`The data model could not be read again: ${error instanceof Error ? error.message : error}`);
};

/** Reads the model for the first time and keeps it current from then on. */
export async function openSchema(store: Store, options: CurrentSchemaOptions): Promise<CurrentSchema> {
  const schema = new CurrentSchema(store, options);
  await schema.reload();
  return schema;
}
