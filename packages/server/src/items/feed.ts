import type { Reader, Transaction } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import type { Key } from './hooks.ts';

/** What a committed write did to items of one collection. */
export interface Change {
  readonly collection: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly keys: readonly Key[];
  /** Of deleted items: what the follower needs to tell who could see them. */
  readonly gone?: Json;
  /** The rows as they were before, as JSON text, where somebody may have to know who could see them. */
  readonly was?: string;
}

/** Who wants to hear of changes. */
export interface ChangeFollower {
  /** Whether anybody, on any node, follows the collection. Asked on every write. */
  follows(collection: string): boolean;
  /** Whether any of them wants to know which items an update takes out of its view. */
  followsLeaving(collection: string): boolean;
  /** Asked within the transaction, before the rows go. */
  witness(reader: Reader, collection: string, keys: readonly Key[]): Promise<Json>;
}

/** Keeps changes for those who come back, whether anybody follows or not. */
export interface ChangeKeeper {
  /** Rows as they are now, as JSON text. */
  rowsOf(reader: Reader, collection: string, keys: readonly Key[]): Promise<string>;
  readonly keeps: boolean;
}

/** Where writes are heard of. Costs a look at a field while nobody follows and nothing is kept. */
export class ChangeFeed {
  readonly keeper: ChangeKeeper | null;
  #follower: ChangeFollower | null = null;

  constructor(keeper: ChangeKeeper | null = null) {
    this.keeper = keeper;
  }

  /** There is one at a time. */
  attach(follower: ChangeFollower | null): void {
    this.#follower = follower;
  }

  /** Who follows the collection, if anybody does. */
  of(collection: string): ChangeFollower | null {
    return this.#follower?.follows(collection) ? this.#follower : null;
  }

  get keeps(): boolean {
    return this.keeper?.keeps ?? false;
  }

  tells(collection: string): boolean {
    return this.keeps || this.of(collection) !== null;
  }

  /** Whether rows are wanted as they were before an update. */
  wantsRows(collection: string): boolean {
    return this.keeps || (this.#follower?.followsLeaving(collection) ?? false);
  }
}

/** Changes of one transaction, in their order. */
export class ChangeList {
  readonly #feed: ChangeFeed;
  readonly #reader: Reader;
  readonly #changes: Change[] = [];

  constructor(feed: ChangeFeed, reader: Reader) {
    this.#feed = feed;
    this.#reader = reader;
  }

  created(collection: string, keys: readonly Key[]): void {
    if (this.#feed.tells(collection)) this.#changes.push({ collection, action: 'create', keys });
  }

  /** To be called before the rows change; the function it gives, after that. */
  async updating(collection: string, keys: readonly Key[]): Promise<() => void> {
    if (!this.#feed.tells(collection)) return NOTHING;
    const was = this.#feed.wantsRows(collection) ? await this.#rows(collection, keys) : undefined;
    return () => this.#changes.push({ collection, action: 'update', keys, ...(was === undefined ? {} : { was }) });
  }

  /** To be called before the rows go; the function it gives, after that. */
  async deleting(collection: string, keys: readonly Key[]): Promise<() => void> {
    if (!this.#feed.tells(collection)) return NOTHING;
    const gone = await this.#feed.of(collection)?.witness(this.#reader, collection, keys);
    const was = this.#feed.keeps && typeof gone !== 'string' ? await this.#rows(collection, keys) : undefined;
    const change: Change = { collection, action: 'delete', keys, ...(was === undefined ? {} : { was }) };
    return () => this.#changes.push(gone === undefined ? change : { ...change, gone });
  }

  /** Tells of them, as the last work of the transaction. */
  async publish(tx: Transaction): Promise<void> {
    if (this.#changes.length === 0) return;
    const names = [...new Set(this.#changes.map(({ collection }) => collection))];
    await tx.publish(JSON.stringify(this.#changes), this.#feed.keeps ? names : undefined);
  }

  async #rows(collection: string, keys: readonly Key[]): Promise<string | undefined> {
    return this.#feed.keeper?.rowsOf(this.#reader, collection, keys);
  }
}

const NOTHING = (): void => {};
