import type { Random } from '../../access/agreement/random.ts';
import {
  type CollectionModel,
  type Column,
  collectionOf,
  columnsOf,
  isColumn,
  type Json,
  type List,
  listsOf,
  type World,
} from '../model.ts';
import { isObject } from '../oracle/filter.ts';
import type { Payload } from '../oracle/write.ts';
import { type Speller, valuesOf } from './rows.ts';

export type Write =
  | { readonly kind: 'create'; readonly collection: string; readonly payloads: readonly Payload[] }
  | { readonly kind: 'update'; readonly collection: string; readonly keys: readonly Json[]; readonly payload: Payload }
  | { readonly kind: 'delete'; readonly collection: string; readonly keys: readonly Json[] };

type Draft = { [field: string]: Json };

/** Makes writes of a world; no row is written twice by one of them. */
export class WriteMaker {
  readonly #random: Random;
  readonly #world: World;
  readonly #touched = new Set<string>();

  constructor(random: Random, world: World) {
    this.#random = random;
    this.#world = world;
  }

  make(): Write {
    const random = this.#random;
    const collection = random.pick(this.#world.collections);
    const { name } = collection;
    const kind = random.below(10);
    const keys = this.#untouched(collection, kind < 8 ? random.pick([1, 1, 2]) : random.between(1, 2));
    if (kind < 4 || keys.length === 0) {
      const payloads = random.list(random.pick([1, 1, 2]), () => this.#payload(collection, 2, null));
      return { kind: 'create', collection: name, payloads };
    }
    if (kind < 9)
      return { kind: 'update', collection: name, keys, payload: this.#changes(collection, keys.length === 1 ? 2 : 0) };
    return { kind: 'delete', collection: name, keys };
  }

  /** A new item; `by` is the column that its parent fills in. */
  #payload(collection: CollectionModel, depth: number, by: string | null): Draft {
    const payload: Draft = {};
    for (const [name, column] of columnsOf(collection)) {
      if (name === by || column.any || this.#namesTarget(collection, name)) continue;
      if (name === collection.key) {
        if (!counts(column) || this.#random.chance(0.3)) payload[name] = this.#newKey(collection, column);
      } else if (!column.nullable || this.#random.chance(0.6)) payload[name] = this.#value(column, depth);
    }
    return { ...payload, ...this.#any(collection, depth), ...this.#lists(collection, depth, null) };
  }

  #changes(collection: CollectionModel, depth: number, key: Json = null): Draft {
    const payload: Draft = {};
    const columns = columnsOf(collection).filter(
      ([name, column]) => name !== collection.key && !column.any && !this.#namesTarget(collection, name),
    );
    for (const [name, column] of this.#random.sample(columns, this.#random.between(0, 3)))
      payload[name] = this.#value(column, depth);
    return {
      ...payload,
      ...(this.#random.chance(0.4) && this.#any(collection, depth)),
      ...this.#lists(collection, depth, key),
    };
  }

  #namesTarget(collection: CollectionModel, name: string): boolean {
    return columnsOf(collection).some(([, { any }]) => any?.by === name);
  }

  #value(column: Column, depth: number): Json {
    const random = this.#random;
    if (column.nullable && random.chance(0.2)) return null;
    if (!column.to) return random.pick(valuesOf(column.kind));
    const to = collectionOf(this.#world, column.to);
    if (depth > 0 && random.chance(0.5)) return this.#item(to, depth - 1);
    const rows = this.#world.rows[column.to] ?? [];
    if (rows.length > 0) return random.pick(rows)[to.key] ?? null;
    return column.nullable ? null : this.#payload(to, 0, null);
  }

  /** An item behind a relation: a new one, or one that is there with changes. */
  #item(to: CollectionModel, depth: number): Json {
    const [key] = this.#random.chance(0.5) ? this.#untouched(to, 1) : [];
    return key === undefined ? this.#payload(to, depth, null) : { [to.key]: key, ...this.#changes(to, depth, key) };
  }

  #any(collection: CollectionModel, depth: number): Draft {
    const random = this.#random;
    for (const [name, { any }] of columnsOf(collection)) {
      if (!any) continue;
      const to = collectionOf(this.#world, random.pick(any.allowed));
      const rows = this.#world.rows[to.name] ?? [];
      if (depth > 0 && random.chance(0.5)) return { [any.by]: to.name, [name]: this.#item(to, depth - 1) };
      if (rows.length > 0) return { [any.by]: to.name, [name]: random.pick(rows)[to.key] ?? null };
    }
    return {};
  }

  #lists(collection: CollectionModel, depth: number, key: Json): Draft {
    const lists: Draft = {};
    if (depth === 0) return lists;
    for (const [name, list] of listsOf(collection)) {
      if (this.#random.chance(0.35)) lists[name] = this.#list(list, depth - 1, key);
    }
    return lists;
  }

  #list({ from: name, by }: List, depth: number, parent: Json): Json {
    const random = this.#random;
    const from = collectionOf(this.#world, name);
    const created = random.list(random.between(0, 2), () => this.#payload(from, depth, by));
    const changed = this.#untouched(from, random.between(0, 2)).map((key) => ({
      [from.key]: key,
      ...without(this.#changes(from, depth, key), by),
    }));
    const linked =
      parent === null
        ? []
        : (this.#world.rows[name] ?? []).flatMap((row) => (row[by] === parent ? [row[from.key] ?? null] : []));
    const free = linked.filter((key) => !this.#touched.has(`${name} ${key}`));
    const kind = random.below(10);
    if (kind === 0) return null;
    if (kind < 6) {
      const gone = random.sample(free, 1);
      for (const key of gone) this.#touched.add(`${name} ${key}`);
      return { create: created, update: changed, delete: gone };
    }
    const kept = random.sample(free, random.between(0, free.length));
    const others = this.#untouched(from, 1);
    for (const key of kept) this.#touched.add(`${name} ${key}`);
    return [...created, ...changed, ...new Set([...kept, ...others])];
  }

  /** Keys of rows that this write has nothing to do with so far. */
  #untouched(collection: CollectionModel, count: number): Json[] {
    const keys = (this.#world.rows[collection.name] ?? []).map((row) => row[collection.key] ?? null);
    const free = keys.filter((key) => !this.#touched.has(`${collection.name} ${key}`));
    const taken = this.#random.sample(free, count);
    for (const key of taken) this.#touched.add(`${collection.name} ${key}`);
    return taken;
  }

  /** A key that no row has, and that no database comes to by counting on during this write. */
  #newKey(collection: CollectionModel, { kind }: Column): Json {
    const known = (this.#world.rows[collection.name] ?? []).map((row) => row[collection.key] ?? null);
    const most = Math.max(0, ...known.map(Number).filter(Number.isFinite));
    for (;;) {
      const n = this.#random.between(100, 800_000);
      const given = { string: `k${n}`, uuid: `0f8fad5b-d9cb-469f-a165-708672${100_000 + n}` };
      const key = kind === 'string' || kind === 'uuid' ? given[kind] : most + n;
      const name = `${collection.name} ${key}`;
      if (this.#touched.has(name) || known.includes(key)) continue;
      this.#touched.add(name);
      return key;
    }
  }
}

const counts = ({ kind }: Column): boolean => kind === 'integer' || kind === 'bigInteger';

const without = ({ ...rest }: Draft, name: string): Draft => {
  delete rest[name];
  return rest;
};

/** A payload whose values are sent in other spellings, at every level. */
export function spelledPayload(world: World, name: string, payload: Payload, spelled: Speller): Draft {
  const { fields } = collectionOf(world, name);
  const entries = Object.entries(payload).map(([field, value]): [string, Json] => {
    const model = fields[field];
    const target = isColumn(model) ? (model.any ? String(payload[model.any.by]) : model.to) : model?.from;
    const inner = (one: Json): Json => (target && isObject(one) ? spelledPayload(world, target, one, spelled) : one);
    if (model?.kind === 'list') return [field, listed(value, inner)];
    return [field, target && isObject(value) ? inner(value) : spelled(name, field, value)];
  });
  return Object.fromEntries(entries);
}

function listed(value: Json, inner: (one: Json) => Json): Json {
  if (Array.isArray(value)) return value.map(inner);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, list]) => [key, (list as Json[]).map(inner)]));
}
