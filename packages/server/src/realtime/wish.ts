import type { AccessProfile } from '../access/index.ts';
import type { ApiError } from '../errors/index.ts';
import type { Key } from '../items/index.ts';
import type { Item, Query } from '../query/index.ts';

export type ChangeAction = 'create' | 'update' | 'delete';

/** What somebody wants to follow, whoever that is. */
export interface Wish {
  readonly collection: string;
  /** null: every kind of change. */
  readonly event: ChangeAction | null;
  /** Only this item; null: all. */
  readonly item: Key | null;
  /** Wishes with the same key get the same messages, given the same rights. */
  readonly key: string;
  /** What it means to the holders of a profile. Throws an ApiError for what they may not ask. */
  compile(profile: AccessProfile): Reading;
}

/** How a change is answered. */
export interface Reading {
  /** What is read of changed items; its plan is worth keeping. */
  readonly query: Query;
  /**
   * Messages about items that were created or changed, as JSON texts without the brace that closes them; none when there
   * is nothing to say.
   */
  changed(action: 'create' | 'update', items: readonly Item[]): string[];
  /** The same for items that are gone. */
  deleted(keys: readonly Key[]): string[];
}

/** One socket, as far as following goes. */
export interface Follower {
  /** Whether it gets anything at this moment (its token counts, its queue has room). */
  readonly isOpen: boolean;
  /** Sends a message that is encoded already. */
  deliver(message: Buffer): void;
  /** A subscription that was refused, or is from now on, until the rights are back. */
  refuse(subscription: Subscription, error: ApiError): void;
  /** Changes were missed; what it knows is not what is stored. */
  lose(): void;
}

/** One thing that one socket follows. */
export class Subscription {
  readonly follower: Follower;
  /** What follows the messages of the wish: the end of an object, with whose answer it is. */
  readonly tail: string;
  wish: Wish;
  /** Whether its refusal was told. */
  isRefused = false;
  /** Messages that wait for the first answer; null when that is out. */
  held: Buffer[] | null = [];

  constructor(follower: Follower, wish: Wish, tail: string) {
    this.follower = follower;
    this.wish = wish;
    this.tail = tail;
  }

  take(message: Buffer): void {
    if (!this.follower.isOpen) return;
    if (this.held === null) this.follower.deliver(message);
    else if (this.held.length < MAX_HELD) this.held.push(message);
    else this.follower.lose();
  }

  /** The first answer is out: what waited for it follows. */
  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const message of held) if (this.follower.isOpen) this.follower.deliver(message);
  }
}

/** Messages that wait for a first answer. */
const MAX_HELD = 1000;
