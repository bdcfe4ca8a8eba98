import {
  type CallerChoice,
  fieldOf,
  type Json,
  type Kind,
  MODEL,
  type Payload,
  type RawQuery,
  type World,
  type WriteCase,
} from '../model.ts';
import { lists, Viewer } from '../oracle/viewer.ts';
import type { Random } from '../random.ts';
import { FilterMaker } from './filter.ts';
import { commentKey, isWide, keysOf, valueFor } from './values.ts';

type Action = 'create' | 'update' | 'delete';

/** Users are changed, and never made or deleted: that has rules of its own, and tests. */
const TARGETS = ['categories', 'posts', 'comments', 'blocks'];
const KINDS = [
  'create',
  'create many',
  'update',
  'update',
  'update',
  'update many',
  'update matching',
  'update each',
  'delete',
  'delete matching',
] as const;

/** Writes that one caller tries, mostly with fields that it may write somewhere. */
export class WriteMaker {
  readonly #random: Random;
  readonly #viewer: Viewer;
  readonly #caller: CallerChoice;
  readonly #world: World;
  #bold = false;
  #made = 0;

  constructor(random: Random, world: World, caller: CallerChoice) {
    this.#random = random;
    this.#caller = caller;
    this.#world = world;
    this.#viewer = new Viewer(world, caller);
  }

  make(): WriteCase {
    const random = this.#random;
    this.#bold = random.chance(0.08);
    const kind = random.pick(KINDS);
    const action = (kind.split(' ') as [Action])[0];
    const all = action === 'update' ? [...TARGETS, 'directus_users'] : TARGETS;
    const open = all.filter((name) => this.#may(name, action));
    const collection = random.pick(open.length === 0 || random.chance(0.03) ? all : open);
    const keys = this.#keys(collection, action);
    return {
      caller: this.#caller,
      collection,
      kind,
      keys:
        kind.endsWith('matching') || kind === 'update each' || action === 'create'
          ? []
          : keys.slice(0, kind === 'update' ? 1 : 3),
      filter: new FilterMaker(random, this.#viewer, false).make(collection, 1),
      payloads: this.#payloads(kind, collection, keys),
      query: this.#query(collection),
    };
  }

  #payloads(kind: WriteCase['kind'], collection: string, keys: readonly (string | number)[]): Payload[] {
    if (kind.startsWith('delete')) return [];
    const action = kind.startsWith('create') ? 'create' : 'update';
    if (kind === 'update each')
      return keys.slice(0, 2).map((id) => ({ ...this.#payload(collection, 'update', 1), id }));
    return this.#random.list(kind === 'create many' ? 2 : 1, () => this.#payload(collection, action, 2));
  }

  /** Of items that are there, and mostly of those that may be changed. */
  #keys(collection: string, action: Action): (string | number)[] {
    const random = this.#random;
    const keys = (this.#world.rows[collection] ?? []).map((row) => row.id as string | number);
    return random.sample(
      [...keys, ...(keys.length === 0 || random.chance(0.1) ? keysOf(collection) : [])],
      action === 'create' ? 0 : 3,
    );
  }

  #may(collection: string, action: Action): boolean {
    return this.#viewer.admin || this.#viewer.granted(collection, action) !== null;
  }

  #names(collection: string, action: Action): string[] {
    const all = Object.keys(MODEL[collection] ?? {}).filter((name) => name !== 'id' && name !== 'role');
    if (this.#bold || this.#viewer.admin) return all;
    const granted = this.#viewer.granted(collection, action) ?? [];
    return all.filter((name) => granted.some((permission) => lists(permission, name)));
  }

  #payload(collection: string, action: 'create' | 'update', depth: number): Payload {
    const random = this.#random;
    const payload: Payload = {};
    if (action === 'create' && random.chance(collection === 'comments' ? 0.97 : 0.5))
      payload.id = this.#newKey(collection);
    const names = this.#names(collection, action);
    for (const name of random.sample(names, random.between(action === 'create' ? 1 : 0, 3))) {
      const value = this.#value(collection, name, depth, payload);
      if (value !== undefined) payload[name] = value;
    }
    if (this.#bold && random.chance(0.1)) payload.nope = 1;
    return payload;
  }

  #newKey(collection: string): string | number {
    const random = this.#random;
    if (random.chance(0.05)) return random.pick(keysOf(collection));
    this.#made += 1;
    const n = 100 + this.#made + random.below(800);
    return collection === 'comments' ? commentKey(n) : n;
  }

  #value(collection: string, name: string, depth: number, payload: Payload): Json | undefined {
    const random = this.#random;
    const field = fieldOf(collection, name);
    if (!field) return 1;
    if (field.kind === 'list') return depth > 0 ? this.#list(collection, field.from, depth - 1) : undefined;
    if (random.chance(0.12)) return null;
    if (field.to) return this.#reference(field.to, depth);
    if (field.among) {
      const to = random.pick(field.among.allowed);
      if (random.chance(0.7)) payload[field.among.by] = to;
      if (depth > 0 && random.chance(0.35)) return this.#item(to, depth - 1);
      return String(random.between(1, 9));
    }
    if (field.kind === 'json') return random.pick<Json>([[], [1, 2], ['a'], {}, { a: 1 }]);
    const value = valueFor(random, field.kind as Kind, name);
    return field.kind === 'integer' && random.chance(0.1) ? String(value) : value;
  }

  #reference(to: string, depth: number): Json {
    const random = this.#random;
    if (depth > 0 && to !== 'directus_roles' && random.chance(0.35)) return this.#item(to, depth - 1);
    if (to === 'directus_users' && this.#caller.user !== null && random.chance(0.4)) return this.#caller.user;
    const key = random.chance(0.03)
      ? to === 'categories' || to === 'posts'
        ? 999_999
        : commentKey(999)
      : this.#keyOf(to);
    return random.chance(0.1) ? (typeof key === 'number' ? String(key) : key.toUpperCase()) : key;
  }

  /** An item that comes along: one that is there, or a new one. */
  #item(to: string, depth: number): Json {
    const random = this.#random;
    if (to === 'directus_users' || random.chance(0.6)) {
      return { ...(random.chance(0.8) && this.#payload(to, 'update', depth)), id: this.#keyOf(to) };
    }
    return this.#payload(to, 'create', depth);
  }

  #keyOf(collection: string): string | number {
    const rows = this.#world.rows[collection] ?? [];
    return rows.length === 0 ? (keysOf(collection)[0] as number) : (this.#random.pick(rows).id as string | number);
  }

  #list(collection: string, from: string, depth: number): Json {
    const random = this.#random;
    const isNew = (): Payload => this.#payload(from, 'create', depth);
    const changed = (): Payload => ({ ...this.#payload(from, 'update', depth), id: this.#keyOf(from) });
    if (random.chance(0.05)) return null;
    if (random.chance(0.5)) {
      return {
        ...(random.chance(0.5) && { create: random.list(1, isNew) }),
        ...(random.chance(0.5) && { update: random.list(1, changed) }),
        ...(random.chance(0.5) && { delete: random.list(random.between(1, 2), () => this.#keyOf(from)) }),
      };
    }
    const size = random.between(0, collection === from ? 1 : 3);
    return random.list(size, () => random.pick([() => this.#keyOf(from), () => this.#keyOf(from), changed, isNew])());
  }

  #query(collection: string): RawQuery {
    const random = this.#random;
    if (random.chance(0.2) && !isWide(this.#viewer, collection)) return {};
    const names = this.#viewer.named(collection);
    const fields = random.sample(names, random.between(1, 4));
    if (random.chance(0.03)) fields.push(random.pick(Object.keys(MODEL[collection] ?? {})));
    return { fields: fields.length === 0 ? ['id'] : [...new Set(fields)] };
  }
}
