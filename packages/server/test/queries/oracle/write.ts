import { type CollectionModel, collectionOf, columnsOf, isColumn, type Json, type List, type World } from '../model.ts';
import { isObject } from './filter.ts';

export type Payload = { readonly [field: string]: Json };
export type Tables = { [collection: string]: { [field: string]: Json }[] };

/** Stands for a key that the database chooses. */
export const isChosen = (value: Json): boolean => typeof value === 'string' && /^#\d+$/.test(value);

/** A row that is to be changed went away in the same write. */
export class Gone extends Error {}

/** Writes into plain rows what the API's description says that a payload writes. */
export class NaiveWriter {
  readonly tables: Tables;
  readonly #world: World;
  #chosen = 0;

  /** Whether a row misses a value, or leads to one that went away in the same write: databases refuse that. */
  get isRefused(): boolean {
    return this.#world.collections.some((collection) =>
      columnsOf(collection).some(([field, { to, constrained, nullable }]) => {
        const values = this.#rows(collection.name).map((row) => row[field] ?? null);
        if (!nullable && values.includes(null)) return true;
        if (!to || !constrained) return false;
        const { key } = collectionOf(this.#world, to);
        const keys = new Set(this.#rows(to).map((row) => row[key]));
        return values.some((value) => value !== null && !keys.has(value));
      }),
    );
  }

  /** The rows of the world are left alone. */
  constructor(world: World) {
    this.#world = world;
    this.tables = structuredClone(world.rows) as Tables;
  }

  create(name: string, payload: Payload): Json {
    const collection = collectionOf(this.#world, name);
    this.#chosen += 1;
    const key = payload[collection.key] ?? `#${this.#chosen}`;
    const row: { [field: string]: Json } = {};
    for (const [field] of columnsOf(collection)) row[field] = null;
    Object.assign(row, this.#own(collection, payload, {}), { [collection.key]: key });
    this.#rows(name).push(row);
    this.#lists(collection, key, payload);
    return key;
  }

  update(name: string, key: Json, payload: Payload): void {
    const collection = collectionOf(this.#world, name);
    const row = this.#find(collection, key);
    if (!row) throw new Gone();
    Object.assign(row, this.#own(collection, payload, row), { [collection.key]: key });
    this.#lists(collection, key, payload);
  }

  /** What leads to the row by a constraint goes with it where it can't be without, and loses its way elsewhere. */
  delete(name: string, key: Json): void {
    const { key: keyField } = collectionOf(this.#world, name);
    this.tables[name] = this.#rows(name).filter((row) => row[keyField] !== key);
    for (const other of this.#world.collections) {
      for (const [field, { to, constrained, nullable }] of columnsOf(other)) {
        if (to !== name || !constrained) continue;
        for (const row of this.#rows(other.name).filter((one) => one[field] === key)) {
          if (nullable) row[field] = null;
          else this.delete(other.name, row[other.key] ?? null);
        }
      }
    }
  }

  #rows(name: string): { [field: string]: Json }[] {
    this.tables[name] ??= [];
    return this.tables[name];
  }

  #find(collection: CollectionModel, key: Json): { [field: string]: Json } | undefined {
    return this.#rows(collection.name).find((row) => row[collection.key] === key);
  }

  /** Values of columns; items behind them are written first. */
  #own(collection: CollectionModel, payload: Payload, stored: Payload): Payload {
    const own: { [field: string]: Json } = {};
    for (const [name, value] of Object.entries(payload)) {
      const field = collection.fields[name];
      if (!isColumn(field)) continue;
      const target = field.any ? String(payload[field.any.by] ?? stored[field.any.by]) : field.to;
      const written = target && isObject(value) ? this.#related(target, value) : value;
      own[name] = field.any && written !== null ? String(written) : written;
    }
    return own;
  }

  /** A key that is there: an update. None, or one that is not: a new item. */
  #related(name: string, payload: Payload): Json {
    const collection = collectionOf(this.#world, name);
    const key = payload[collection.key] ?? null;
    if (key === null || !this.#find(collection, key)) return this.create(name, payload);
    this.update(name, key, payload);
    return key;
  }

  #lists(collection: CollectionModel, key: Json, payload: Payload): void {
    for (const [name, value] of Object.entries(payload)) {
      const field = collection.fields[name];
      if (field?.kind === 'list') this.#list(field, key, value);
    }
  }

  #list(list: List, parent: Json, value: Json): void {
    const from = collectionOf(this.#world, list.from);
    const keyOf = (entry: Json): Json => (isObject(entry) ? (entry[from.key] ?? null) : entry);
    const linked = this.#rows(list.from).flatMap((row) => (row[list.by] === parent ? [row[from.key] ?? null] : []));
    const entries = (value ?? []) as Json[] | { create?: Json[]; update?: Json[]; delete?: Json[] };
    const whole = Array.isArray(entries);
    const written = whole ? entries : [...(entries.create ?? []), ...(entries.update ?? [])];
    const kept = written.map(keyOf);
    const gone = whole ? linked.filter((key) => !kept.includes(key)) : (entries.delete ?? []);
    for (const entry of written) {
      const key = keyOf(entry);
      const changes = { ...(isObject(entry) ? entry : {}), [list.by]: parent };
      if (key !== null && this.#find(from, key)) this.update(list.from, key, changes);
      else this.create(list.from, key === null ? changes : { ...changes, [from.key]: key });
    }
    for (const key of gone) {
      if (list.deletes) this.delete(list.from, key);
      else this.update(list.from, key, { [list.by]: null });
    }
  }
}
