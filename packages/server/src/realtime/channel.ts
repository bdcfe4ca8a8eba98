import { type Change, type Key, sameKey } from '../items/index.ts';
import type { Group } from './group.ts';
import type { Position } from './position.ts';
import type { Wish } from './wish.ts';

/** A change, and how far who was told all that comes before it has come; null where it is not kept. */
export interface Told {
  readonly change: Change;
  readonly before: Position | null;
}

/** Changes of one collection that may wait. */
const MAX_WAITING = 2000;

/** What follows one collection, and the changes that are on their way there, one after the other. */
export class Channel {
  readonly collection: string;
  /** Subscriptions, those that are refused at the moment among them. */
  followers = 0;
  /** Those among them that want to know what leaves their view. */
  leaving = 0;
  readonly groups = new Map<string, Group>();
  readonly #byId = new Map<number, Group>();
  readonly #whole = new Set<Group>();
  readonly #byItem = new Map<string, Set<Group>>();
  readonly #deliver: (channel: Channel, told: Told) => Promise<void>;
  readonly #queue: Told[] = [];
  #running = false;

  constructor(collection: string, deliver: (channel: Channel, told: Told) => Promise<void>) {
    this.collection = collection;
    this.#deliver = deliver;
  }

  add(group: Group): void {
    this.groups.set(group.key, group);
    this.#byId.set(group.id, group);
    if (group.wish.item === null) this.#whole.add(group);
    else {
      const item = String(group.wish.item);
      const known = this.#byItem.get(item);
      if (known) known.add(group);
      else this.#byItem.set(item, new Set([group]));
    }
  }

  remove(group: Group): void {
    this.groups.delete(group.key);
    this.#byId.delete(group.id);
    this.#whole.delete(group);
    if (group.wish.item === null) return;
    const item = String(group.wish.item);
    const known = this.#byItem.get(item);
    known?.delete(group);
    if (known?.size === 0) this.#byItem.delete(item);
  }

  group(id: number): Group | undefined {
    return this.#byId.get(id);
  }

  /** The groups that want to know of a change, each with the keys that it is about for them. */
  *concerned(action: Change['action'], keys: readonly Key[]): Generator<[Group, readonly Key[]]> {
    for (const group of this.#whole) if (wants(group.wish, action)) yield [group, keys];
    if (this.#byItem.size === 0) return;
    for (const key of keys) {
      for (const group of this.#byItem.get(String(key)) ?? []) {
        if (wants(group.wish, action) && sameKey(group.wish.item, key)) yield [group, [key]];
      }
    }
  }

  /** false when too many wait already. */
  enqueue(told: Told): boolean {
    if (this.#queue.length >= MAX_WAITING) return false;
    this.#queue.push(told);
    if (!this.#running) void this.#run();
    return true;
  }

  /** Whether everything was handed out. */
  get isIdle(): boolean {
    return !this.#running;
  }

  /** Forgets what waits. */
  clear(): void {
    this.#queue.length = 0;
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let told = this.#queue.shift(); told; told = this.#queue.shift()) await this.#deliver(this, told);
    this.#running = false;
  }
}

/** Whether a wish is about changes of a kind. What leaves its view does so by an update. */
export function wants({ event, leaving }: Wish, action: Change['action']): boolean {
  return event === null || event === action || (leaving && event === 'delete' && action === 'update');
}
