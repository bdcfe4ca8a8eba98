import { setTimeout as wait } from 'node:timers/promises';
import { type Change, type Key, sameKey } from '../items/index.ts';
import { Semaphore } from '../kernel/semaphore.ts';
import { type Kept, keptAfter, lastKept } from '../store/kept.ts';
import type { Store } from '../store/types.ts';
import { readChanges } from './change-text.ts';
import { wants } from './channel.ts';
import type { Deliveries } from './deliveries.ts';
import { Group } from './group.ts';
import { after, type Cursors, isAfter, type Position } from './position.ts';
import { type Follower, Subscription } from './wish.ts';

/** Kept texts that are read at once: the rights are looked at again before each lot. */
const AT_ONCE = 50;
/** Clients that are told at the same time what they missed, so that those who miss nothing are not kept waiting. */
const READERS = 3;
const MAX_READERS_WAITING = 100_000;
const DRAIN_LOOK_MS = 10;
/** How long a client may take to read what it asked for, in milliseconds, before it is let go. */
const DRAIN_MS = 10_000;

interface ReplayParts {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly deliveries: Deliveries;
  /** The group that a subscription is in by the rights of this moment; null when it is refused. */
  groupOf(subscription: Subscription): Promise<Group | null>;
}

/** A follower that has room for what it is told, or will have. */
export interface ReadingFollower extends Follower {
  readonly hasRoom: boolean;
}

/** Tells subscriptions what they missed, by what is kept, as they would have been told of it at this moment. */
export class Replays {
  readonly #parts: ReplayParts;
  readonly #turns = new Semaphore(READERS, MAX_READERS_WAITING);

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  /** Where everything that is stored now was told of; null when nothing is kept. */
  async present(): Promise<Position | null> {
    const place = await lastKept(this.#parts.store);
    return place && after(place);
  }

  /** Where a cursor leads under present rights; null when nobody can say what was missed since. */
  async start(subscription: Subscription, cursor: string): Promise<Position | null> {
    const { store, cursors } = this.#parts;
    const group = await this.#parts.groupOf(subscription);
    const position = group && cursors.read(cursor, group.print);
    if (!position) return null;
    return (await keptAfter(store, position, subscription.wish.collection, 1)) ? position : null;
  }

  /**
   * Tells everything since a position, in order, and goes over to what happens from now on. Resolves with false, on the
   * way, when the rest can't be told: it was forgotten meanwhile, or the rights are others.
   */
  async replay(subscription: Subscription, from: Position, follower: ReadingFollower): Promise<boolean> {
    const { withCursor, tail } = subscription;
    const one = new Subscription(follower, subscription.wish, tail, withCursor);
    one.release();
    one.at = from;
    subscription.replay();
    const print = subscription.print;
    const gone = new Set<string>();
    for (let position = from, holds = false; ; ) {
      const step = await this.#turns.run(() => this.#step(subscription, one, position, print, gone));
      if (step === null) return false;
      position = step.position;
      await drained(follower);
      if (!follower.isOpen) break;
      if (!step.isEnd) continue;
      if (holds) break;
      // The end is read once more while what happens waits, so that nothing falls between the two.
      holds = true;
      subscription.hold();
    }
    subscription.at = one.at;
    return true;
  }

  /** As much as is read at once, and as the follower has room for. */
  async #step(subscription: Subscription, one: Subscription, from: Position, print: string | null, gone: Set<string>) {
    const { store } = this.#parts;
    const group = await this.#parts.groupOf(subscription);
    if (!group || group.print !== print) return null;
    const kept = await keptAfter(store, from, subscription.wish.collection, AT_ONCE);
    if (kept === null) return null;
    const alone = new Group(0, group, group.wish, group.reading, group.access, gone);
    alone.subscriptions.add(one);
    let position = from;
    for (const text of kept) {
      const whole = after(text);
      if (!isAfter(whole, position)) continue;
      if (text.body === null) return null;
      for (const told of changesIn(text, text.body, position)) {
        const keys = keysFor(group, told.change);
        if (keys.length > 0) await this.#parts.deliveries.tell(alone, keys, told);
        position = { ...told.before, index: told.before.index + 1, done: 0 };
        if (!follows(one)) return { position, isEnd: false };
      }
      position = whole;
    }
    return { position, isEnd: kept.length <= AT_ONCE };
  }
}

const follows = ({ follower }: Subscription): boolean => follower.isOpen && (follower as ReadingFollower).hasRoom;

/** The changes of a kept text that come after a position. What was witnessed for others then is nothing to go by. */
function* changesIn({ number, mark }: Kept, body: string, position: Position) {
  for (const [index, { gone, ...rest }] of readChanges(body).entries()) {
    const start = { number, mark, index, done: 0 };
    const isHalf = position.number === number && position.index === index;
    const before = isHalf ? position : start;
    if (isAfter(position, before)) continue;
    const change: Change = typeof gone === 'string' ? { ...rest, gone } : rest;
    yield { change, before };
  }
}

function keysFor({ wish }: Group, { collection, action, keys }: Change): readonly Key[] {
  if (collection !== wish.collection || !wants(wish, action)) return [];
  return wish.item === null ? keys : keys.filter((key) => sameKey(wish.item, key));
}

/** Waits for a follower to read; one that doesn't is let go. */
async function drained(follower: ReadingFollower): Promise<void> {
  const until = performance.now() + DRAIN_MS;
  while (follower.isOpen && !follower.hasRoom) {
    if (performance.now() > until) return follower.lose();
    await wait(DRAIN_LOOK_MS);
  }
}
