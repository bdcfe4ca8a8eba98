import type { Reader } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import type { Key } from './hooks.ts';

/** What a committed write did to items of one collection. */
export interface Change {
  readonly collection: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly keys: readonly Key[];
  /** Of deleted items: what the follower needs to tell who could see them. */
  readonly gone?: Json;
}

/** Who wants to hear of changes. */
export interface ChangeFollower {
  /** Whether anybody, on any node, follows the collection. Asked on every write. */
  follows(collection: string): boolean;
  /** Asked within the transaction, before the rows go. */
  witness(reader: Reader, collection: string, keys: readonly Key[]): Promise<Json>;
  /** The text to publish for changes that are about to be committed. */
  write(changes: readonly Change[]): string;
}

/** Where writes are heard of. Costs a look at a field while nobody follows. */
export class ChangeFeed {
  #follower: ChangeFollower | null = null;

  /** There is one at a time. */
  attach(follower: ChangeFollower | null): void {
    this.#follower = follower;
  }

  /** Who follows the collection, if anybody does. */
  of(collection: string): ChangeFollower | null {
    return this.#follower?.follows(collection) ? this.#follower : null;
  }

  get follower(): ChangeFollower | null {
    return this.#follower;
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

  add(collection: string, action: 'create' | 'update', keys: readonly Key[]): void {
    if (this.#feed.of(collection)) this.#changes.push({ collection, action, keys });
  }

  /** To be called before the rows go; the function it gives, after that. */
  async deleting(collection: string, keys: readonly Key[]): Promise<() => void> {
    const follower = this.#feed.of(collection);
    if (!follower) return NOTHING;
    const gone = await follower.witness(this.#reader, collection, keys);
    return () => this.#changes.push({ collection, action: 'delete', keys, gone });
  }

  /** What to publish, or null. */
  text(): string | null {
    const { follower } = this.#feed;
    return follower && this.#changes.length > 0 ? follower.write(this.#changes) : null;
  }
}

const NOTHING = (): void => {};
