import type { Access, AccessEngine, Accountability } from '../access/index.ts';
import { ApiError } from '../errors/index.ts';
import type { ChangeFollower, Key } from '../items/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { QueryRunner } from '../query/index.ts';
import { lastKept } from '../store/kept.ts';
import type { AnnouncementListener, Place, Reader, Store } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import { readChanges } from './change-text.ts';
import { Channel, type Told } from './channel.ts';
import { Deliveries } from './deliveries.ts';
import { type Following, LEAVING } from './following.ts';
import { Group, groupKey } from './group.ts';
import { after, type Cursors, isAfter, type Position } from './position.ts';
import { Replays } from './replay.ts';
import { Viewer, viewerKey } from './viewer.ts';
import type { Subscription, Wish } from './wish.ts';

export interface HubParts {
  readonly store: Store;
  readonly engine: AccessEngine;
  readonly runner: QueryRunner;
  readonly clock: Clock;
  /** Who tells the other nodes what is followed here; null where there is one node. */
  readonly following: Following | null;
  /** null where no changes are kept. */
  readonly cursors: Cursors | null;
  readonly onFault: (error: unknown) => void;
}

/**
 * Who follows what, with which rights at this moment, in groups that get the same messages. A change is answered once per
 * group. Rights are never older than the last announcement that could have changed them.
 */
export class Hub implements ChangeFollower {
  /** Resolves when every socket is who it seems to be; asked before anything is handed out. */
  settled: () => Promise<void> | null = () => null;
  /** Tells what was missed; null where no changes are kept. */
  readonly replays: Replays | null;
  readonly #parts: HubParts;
  readonly #deliveries: Deliveries;
  readonly #viewers = new Map<string, Viewer>();
  readonly #viewerOf = new Map<Subscription, Viewer>();
  readonly #channels = new Map<string, Channel>();
  /** Viewers whose rights may have changed. */
  readonly #doubted = new Set<Viewer>();
  #refreshing: Promise<void> | null = null;
  #groups = 0;
  /** What was published last, where it is kept. */
  #last: Place | null = null;
  #stops: (() => void)[] = [];

  constructor(parts: HubParts) {
    this.#parts = parts;
    this.#deliveries = new Deliveries(parts);
    const { store, cursors } = parts;
    const groupOf = (subscription: Subscription) => this.#groupOf(subscription);
    this.replays = cursors && new Replays({ store, cursors, deliveries: this.#deliveries, groupOf });
  }

  async open(): Promise<void> {
    const { store } = this.#parts;
    this.#stops = [store.onAnnouncement(this.#heard), await store.onMessage((text, place) => this.#take(text, place))];
    if (this.replays) this.#last ??= await lastKept(store);
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  follows(collection: string): boolean {
    return this.#channels.has(collection);
  }

  followsLeaving(collection: string): boolean {
    return (this.#channels.get(collection)?.leaving ?? 0) > 0;
  }

  /** Where there is one node: which of the groups can see the rows, while they are still there. */
  async witness(reader: Reader, collection: string, keys: readonly Key[]): Promise<Json> {
    const channel = this.#channels.get(collection);
    if (!channel) return [];
    // Not who the sockets are: finding that out may write, and wait for the very transaction that this belongs to.
    await this.#refreshed();
    return this.#deliveries.witness(channel, reader, keys);
  }

  /** Follows with the rights of an identity. Throws an ApiError, and leaves no trace, where these don't allow it. */
  async follow(subscription: Subscription, accountability: Accountability): Promise<void> {
    const { engine, clock } = this.#parts;
    const viewer = this.#viewer(accountability);
    const { wish } = subscription;
    try {
      const first = await viewer.access(engine, clock);
      if (!viewer.groups.has(wish.key)) groupKey(this.#parts.runner, first, wish, wish.compile(first.profile));
    } catch (error) {
      this.#dropViewer(viewer);
      throw error;
    }
    viewer.subscriptions.set(subscription, null);
    this.#viewers.set(viewer.key, viewer);
    this.#viewerOf.set(subscription, viewer);
    await this.#enter(wish);
    await this.#trusted();
    const now = this.#viewerOf.get(subscription);
    if (now) this.#place(now, await now.access(engine, clock), subscription);
  }

  unfollow(subscription: Subscription): void {
    const viewer = this.#viewerOf.get(subscription);
    if (!viewer) return;
    this.#viewerOf.delete(subscription);
    this.#leaveGroup(viewer, subscription);
    viewer.subscriptions.delete(subscription);
    this.#dropViewer(viewer);
    this.#leave(subscription.wish);
  }

  /** Goes on with the rights of another identity. */
  async transfer(subscriptions: Iterable<Subscription>, accountability: Accountability): Promise<void> {
    const next = this.#viewer(accountability);
    for (const subscription of subscriptions) {
      const viewer = this.#viewerOf.get(subscription);
      if (!viewer || viewer === next) continue;
      this.#leaveGroup(viewer, subscription);
      viewer.subscriptions.delete(subscription);
      next.subscriptions.set(subscription, null);
      this.#viewerOf.set(subscription, next);
      this.#doubted.add(next);
      this.#dropViewer(viewer);
    }
    this.#dropViewer(next);
    await this.#refreshed();
  }

  /** A new cursor for who was told everything so far and does not know it yet. */
  cursorOf(subscription: Subscription): string | null {
    const { cursors } = this.#parts;
    subscription.settleMissed();
    const group = this.#viewerOf.get(subscription)?.subscriptions.get(subscription);
    const isIdle = this.#channels.get(subscription.wish.collection)?.isIdle ?? false;
    if (!cursors || !this.#last || !group || !isIdle || !subscription.isLive) return null;
    const position = after(this.#last);
    if (subscription.at && !isAfter(position, subscription.at)) return null;
    subscription.at = position;
    return cursors.write(position, group.print);
  }

  /** A cursor for a position of a subscription; null while it is refused. */
  cursorAt(subscription: Subscription, position: Position): string | null {
    const group = this.#viewerOf.get(subscription)?.subscriptions.get(subscription);
    return group ? (this.#parts.cursors?.write(position, group.print) ?? null) : null;
  }

  async #groupOf(subscription: Subscription): Promise<Group | null> {
    await this.#trusted();
    return this.#viewerOf.get(subscription)?.subscriptions.get(subscription) ?? null;
  }

  async #enter({ collection, leaving }: Wish): Promise<void> {
    let channel = this.#channels.get(collection);
    if (!channel) {
      channel = new Channel(collection, (one, told) => this.#deliver(one, told));
      this.#channels.set(collection, channel);
    }
    channel.followers += 1;
    if (channel.followers === 1) await this.#parts.following?.add(collection);
    if (!leaving) return;
    channel.leaving += 1;
    if (channel.leaving === 1) await this.#parts.following?.add(LEAVING + collection);
  }

  #leave({ collection, leaving }: Wish): void {
    const channel = this.#channels.get(collection);
    if (!channel) return;
    channel.followers -= 1;
    if (leaving) channel.leaving -= 1;
    if (leaving && channel.leaving === 0) this.#parts.following?.remove(LEAVING + collection);
    if (channel.followers > 0) return;
    this.#channels.delete(collection);
    this.#parts.following?.remove(collection);
  }

  #viewer(accountability: Accountability): Viewer {
    const key = viewerKey(accountability);
    const known = this.#viewers.get(key);
    if (known) return known;
    const viewer = new Viewer(key, accountability);
    this.#viewers.set(key, viewer);
    return viewer;
  }

  #dropViewer(viewer: Viewer): void {
    if (viewer.subscriptions.size > 0) return;
    this.#viewers.delete(viewer.key);
    this.#doubted.delete(viewer);
  }

  /** Puts a subscription where the rights of its viewer want it. */
  #place(viewer: Viewer, access: Access, subscription: Subscription): void {
    if (this.#viewerOf.get(subscription) !== viewer) return; // left meanwhile
    const { wish } = subscription;
    const known = viewer.groups.get(wish.key);
    const isThere = known && this.#channels.get(wish.collection)?.group(known.id) === known;
    const group = isThere ? known : this.#group(access, subscription);
    if (viewer.subscriptions.get(subscription) !== group) this.#leaveGroup(viewer, subscription);
    viewer.subscriptions.set(subscription, group);
    if (subscription.withCursor) subscription.place(group?.print ?? null);
    if (!group) return;
    viewer.groups.set(wish.key, group);
    subscription.isRefused = false;
    subscription.wish = group.wish;
    group.subscriptions.add(subscription);
  }

  #group(access: Access, subscription: Subscription): Group | null {
    const { wish } = subscription;
    try {
      const reading = wish.compile(access.profile);
      const key = groupKey(this.#parts.runner, access, wish, reading);
      const channel = this.#channels.get(wish.collection) as Channel;
      const known = channel.groups.get(key.key);
      if (known) return known;
      this.#groups += 1;
      const group = new Group(this.#groups, key, wish, reading, access);
      channel.add(group);
      return group;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!subscription.isRefused) subscription.follower.refuse(subscription, error);
      subscription.isRefused = true;
      return null;
    }
  }

  #leaveGroup(viewer: Viewer, subscription: Subscription): void {
    const group = viewer.subscriptions.get(subscription);
    if (!group) return;
    group.subscriptions.delete(subscription);
    if (group.subscriptions.size === 0) this.#channels.get(group.wish.collection)?.remove(group);
  }

  readonly #heard: AnnouncementListener = (topic, detail) => {
    if (topic === 'access' || topic === 'schema') this.#doubt(() => true);
    else if (topic === 'users') this.#doubt((who) => detail === null || concerns(who, detail));
  };

  #doubt(concerned: (who: Accountability) => boolean): void {
    for (const viewer of this.#viewers.values()) {
      if (!concerned(viewer.accountability)) continue;
      viewer.forget();
      this.#doubted.add(viewer);
    }
    // At once, so that who is refused now learns it now, event or not.
    if (this.#doubted.size > 0) setImmediate(() => this.#trusted().catch(this.#parts.onFault));
  }

  /** Resolves when all rights are those of this moment. */
  async #trusted(): Promise<void> {
    for (let settling = this.settled(); settling; settling = this.settled()) await settling;
    await this.#refreshed();
  }

  /** Resolves when the rights of everybody, whoever that is, are those of this moment. */
  async #refreshed(): Promise<void> {
    for (const viewer of this.#viewers.values()) if (viewer.isStale(this.#parts.clock)) this.#doubted.add(viewer);
    while (this.#doubted.size > 0) {
      this.#refreshing ??= this.#refresh().finally(() => {
        this.#refreshing = null;
      });
      await this.#refreshing;
    }
    if (this.#refreshing) await this.#refreshing;
  }

  async #refresh(): Promise<void> {
    const { engine, clock } = this.#parts;
    for (const viewer of [...this.#doubted]) {
      this.#doubted.delete(viewer);
      try {
        const access = await viewer.access(engine, clock);
        viewer.groups.clear();
        for (const subscription of [...viewer.subscriptions.keys()]) this.#place(viewer, access, subscription);
      } catch (error) {
        // Whose rights can't be told has none.
        for (const subscription of viewer.subscriptions.keys()) {
          this.#leaveGroup(viewer, subscription);
          viewer.subscriptions.set(subscription, null);
        }
        viewer.forget();
        this.#parts.onFault(error);
      }
    }
  }

  #take(text: string | null, place: Place | null): void {
    if (text === null) {
      this.#last = place;
      this.#lose(() => true);
      return;
    }
    if (place) this.#reach(place);
    for (const [index, change] of readChanges(text).entries()) {
      const channel = this.#channels.get(change.collection);
      const before = place && { ...place, index, done: 0 };
      if (channel && !channel.enqueue({ change, before })) this.#loseChannel(channel);
    }
  }

  /** Who may come back later has to do so now, when another program has written what was not told here. */
  #reach(place: Place): void {
    const isNext = this.#last === null || place.number === this.#last.number + 1;
    this.#last = place;
    if (!isNext) this.#lose(({ withCursor }) => withCursor !== null);
  }

  #lose(concerned: (subscription: Subscription) => boolean): void {
    for (const subscription of [...this.#viewerOf.keys()]) if (concerned(subscription)) subscription.follower.lose();
  }

  /** Changes come faster than they can be answered: better no picture than a wrong one. */
  #loseChannel(channel: Channel): void {
    channel.clear();
    this.#lose(({ wish }) => wish.collection === channel.collection);
  }

  async #deliver(channel: Channel, told: Told): Promise<void> {
    try {
      await this.#trusted();
      await this.#deliveries.deliver(channel, told);
    } catch (error) {
      this.#parts.onFault(error);
    }
  }
}

/** Whether somebody's rights hang on an account. */
function concerns(who: Accountability, user: string): boolean {
  if (who.kind === 'user') return who.user === user;
  return who.kind === 'share' && who.author.user === user;
}
