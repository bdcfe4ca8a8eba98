import type { AccessProfile } from '../access/index.ts';
import type { ApiError } from '../errors/index.ts';
import type { Key } from '../items/index.ts';
import type { Item, Query } from '../query/index.ts';
import { isAfter, type Position } from './position.ts';

export type ChangeAction = 'create' | 'update' | 'delete';

/** What somebody wants to follow, whoever that is. */
export interface Wish {
  readonly collection: string;
  /** null: every kind of change. */
  readonly event: ChangeAction | null;
  /** Only this item; null: all. */
  readonly item: Key | null;
  /** Whether an item that leaves what is seen is told like one that is gone. */
  readonly leaving: boolean;
  /** Whether each item of a change is a message of its own. */
  readonly perItem: boolean;
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
  /** Of a subscription that can be resumed, something was missed, or is seen with other rights: it has to read again. */
  resync(subscription: Subscription): void;
  /** Changes were missed; what it knows is not what is stored. */
  lose(): void;
}

/** What is there to be told, and how far who was told that has come; null where that is not known. */
interface Waiting {
  readonly message: Buffer;
  readonly position: Position | null;
}

/** One thing that one socket follows. */
export class Subscription {
  readonly follower: Follower;
  /** What follows the messages of the wish: the end of an object, with whose answer it is. */
  readonly tail: string;
  /** How a cursor is told, between a message and its tail; null for one that is not resumed. */
  readonly withCursor: ((cursor: string) => string) | null;
  wish: Wish;
  /** Whether its refusal was told. */
  isRefused = false;
  /** What it follows with which rights; null when that is not known yet, or nothing at the moment. */
  print: string | null = null;
  /** How far it has come. */
  at: Position | null = null;
  #held: Waiting[] | null = [];
  #replays = false;
  /** Something happened while its follower took nothing. */
  #missed = false;

  constructor(follower: Follower, wish: Wish, tail: string, withCursor: Subscription['withCursor'] = null) {
    this.follower = follower;
    this.wish = wish;
    this.tail = tail;
    this.withCursor = withCursor;
  }

  get isLive(): boolean {
    return this.#held === null && !this.#missed;
  }

  take(message: Buffer, position: Position | null): void {
    if (this.#replays) return; // it will be found among what is kept
    if (!this.follower.isOpen) this.#missed = true;
    else if (this.#held === null) this.#deliver(message, position);
    else if (this.#held.length < MAX_HELD) this.#held.push({ message, position });
    else this.follower.lose();
  }

  /** From now on what happens is found among what is kept, until `hold`. */
  replay(): void {
    this.#held = [];
    this.#replays = true;
  }

  /** What happens from now on waits for `release`. */
  hold(): void {
    this.#replays = false;
  }

  /** The first answer is out: what waited for it follows. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    this.#replays = false;
    this.settleMissed();
    for (const { message, position } of held) if (this.follower.isOpen) this.#deliver(message, position);
  }

  /** What it follows, with which rights, from now on; null where it is refused. */
  place(print: string | null): void {
    if (!this.withCursor || this.print === print) return;
    if (this.print !== null) this.#missed = true;
    this.print = print ?? NOTHING;
    if (print !== null) this.settleMissed();
  }

  /** Says, once, that something was missed, where it was. */
  settleMissed(): void {
    if (!this.#missed || this.#held !== null || !this.follower.isOpen) return;
    this.#missed = false;
    if (this.withCursor) this.follower.resync(this);
  }

  #deliver(message: Buffer, position: Position | null): void {
    if (this.withCursor) {
      this.settleMissed();
      if (position && this.at && !isAfter(position, this.at)) return;
      if (position) this.at = position;
    }
    this.follower.deliver(message);
  }
}

/** The print of what is refused. */
const NOTHING = '';
/** Messages that wait for a first answer. */
const MAX_HELD = 1000;
