import {
  COLLECTIONS,
  type FieldModel,
  fieldOf,
  type Json,
  MODEL,
  type Payload,
  type PermissionRow,
  type Row,
  type World,
  type WriteCase,
} from '../model.ts';
import { type Eyes, holds } from './filter.ts';
import { listRefusals, matching, readable } from './rows.ts';
import { resolved, rowAt, rowsOf } from './scope.ts';
import { isValid } from './validation.ts';
import { isUnderstood, lists, Viewer } from './viewer.ts';

type Key = string | number;
type Rows = { [collection: string]: readonly Row[] };

/** What a write has to come to. With several reasons to refuse, any of them will do once something is nested. */
export type Outcome =
  | { readonly refused: readonly string[] }
  | {
      readonly keys: readonly Key[];
      readonly rows: Rows;
      /** The collections of items whose key the database chooses; the n-th of these is called `unknownKey(n)` here. */
      readonly unknown: readonly string[];
    };

const FIRST_UNKNOWN_KEY = 1_000_000_000;

export const unknownKey = (n: number): number => FIRST_UNKNOWN_KEY + n;

/** Does to a copy of a world what a write asks for, as far as its caller may. */
export function outcome(world: World, one: WriteCase): Outcome {
  const writer = new Writer(world, one);
  const keys = writer.run();
  return writer.refused.length > 0 ? { refused: writer.refused } : { keys, rows: writer.rows, unknown: writer.unknown };
}

class Writer {
  readonly rows: Rows;
  readonly refused: string[] = [];
  readonly unknown: string[] = [];
  readonly #one: WriteCase;
  readonly #viewer: Viewer;
  readonly #eyes: Eyes;

  constructor(world: World, one: WriteCase) {
    this.rows = { ...world.rows };
    this.#one = one;
    this.#viewer = new Viewer(world, one.caller);
    this.#eyes = { scope: { ...this.#viewer.scope, world: { ...world, rows: this.rows } }, viewer: null };
  }

  run(): Key[] {
    const { kind, collection, payloads } = this.#one;
    const keys = [...new Set(this.#one.keys)];
    const [payload = {}] = payloads;
    switch (kind) {
      case 'create':
      case 'create many':
        return payloads.map((one) => this.#create(collection, one));
      case 'update':
      case 'update many':
        return this.#update(collection, keys, payload);
      case 'update matching':
        return this.#update(collection, this.#matches('update'), payload);
      case 'update each':
        for (const { id, ...changes } of payloads) this.#update(collection, [id as Key], changes);
        return [...new Set(payloads.map(({ id }) => id as Key))];
      case 'delete':
        return this.#delete(collection, keys);
      case 'delete matching':
        return this.#delete(collection, this.#matches('delete'));
    }
  }

  #refuse(code: string): void {
    this.refused.push(code);
  }

  /** The items that a caller's own filter finds; one whose key it may not see fails all. */
  #matches(action: 'update' | 'delete'): Key[] {
    const { collection, filter } = this.#one;
    const viewer = this.#viewer;
    if (!this.#granted(collection, action)) return [];
    if (!viewer.mayRead(collection) || !viewer.mayName(collection, 'id')) {
      this.#refuse('FORBIDDEN');
      return [];
    }
    const refusals = listRefusals(viewer, collection, { filter });
    for (const refusal of refusals) this.#refuse(refusal);
    if (refusals.length > 0) return [];
    const found = matching(viewer, collection, readable(viewer, collection), { filter });
    if (found.some((row) => !viewer.maySee(collection, row, 'id'))) this.#refuse('FORBIDDEN');
    return found.map((row) => row.id as Key).sort((a, b) => (a < b ? -1 : 1));
  }

  /** Permissions for the action; `[]` for an administrator, null (and refused) for who has none. */
  #granted(collection: string, action: 'create' | 'update' | 'delete'): readonly PermissionRow[] | null {
    if (this.#viewer.admin) return [];
    const granted = this.#viewer.granted(collection, action);
    if (!granted) this.#refuse('FORBIDDEN');
    return granted;
  }

  #admits(permission: PermissionRow, row: Row): boolean {
    if (permission.rule === null) return true;
    return isUnderstood(permission) && holds(permission.rule, permission.collection, row, this.#eyes);
  }

  /** Whether these fields may be written on this row, each by a permission that is about the row. */
  #mayWrite(granted: readonly PermissionRow[], row: Row, fields: readonly string[]): boolean {
    if (this.#viewer.admin) return true;
    const about = granted.filter((permission) => this.#admits(permission, row));
    return about.length > 0 && fields.every((field) => about.some((permission) => lists(permission, field)));
  }

  /** What may be written at all, and with the presets. */
  #accepted(collection: string, granted: readonly PermissionRow[], payload: Payload): { asked: Payload; all: Payload } {
    const asked: Payload = {};
    for (const [name, value] of Object.entries(payload)) {
      const isOpen = this.#viewer.admin || granted.some((permission) => lists(permission, name));
      if (fieldOf(collection, name) && isOpen) asked[name] = value;
      else if (!this.#viewer.admin) this.#refuse('FORBIDDEN');
    }
    const presets: Payload = Object.assign({}, ...granted.map((permission) => permission.presets ?? {}));
    const values = Object.entries(presets).map(([name, value]) => [name, resolved(value, this.#eyes.scope)]);
    return { asked, all: { ...Object.fromEntries(values), ...asked } };
  }

  #checkValues(
    collection: string,
    granted: readonly PermissionRow[],
    row: Row,
    payload: Payload,
    isNew: boolean,
  ): void {
    const written = { collection, row, payload, isNew };
    for (const { validation } of granted) {
      if (validation && !isValid(validation, written, this.#eyes)) this.#refuse('FAILED_VALIDATION');
    }
  }

  #create(collection: string, payload: Payload): Key {
    const granted = this.#granted(collection, 'create');
    if (!granted) return -1;
    const { asked, all } = this.#accepted(collection, granted, payload);
    const counts = fieldOf(collection, 'id')?.kind === 'integer';
    if (all.id === null ? !counts : all.id === undefined && !counts) this.#refuse('FAILED_VALIDATION');
    const values = this.#values(collection, all);
    const id = (values.id ?? this.#unknownKey(collection)) as Key;
    if (rowAt(this.#eyes.scope.world, collection, id)) this.#refuse('RECORD_NOT_UNIQUE');
    const columns = Object.entries(MODEL[collection] ?? {}).filter(([, field]) => field.kind !== 'list');
    const empty = Object.fromEntries(columns.map(([name]) => [name, null]));
    this.#put(collection, { ...empty, ...values, id });
    this.#writeLists(collection, [id], all);
    const row = this.#at(collection, id);
    if (!row) return id;
    this.#checkValues(collection, granted, row, all, true);
    if (!this.#mayWrite(granted, row, Object.keys(asked))) this.#refuse('FORBIDDEN');
    return id;
  }

  #unknownKey(collection: string): number {
    return unknownKey(this.unknown.push(collection) - 1);
  }

  #update(collection: string, keys: readonly Key[], payload: Payload): Key[] {
    const granted = this.#granted(collection, 'update');
    if (!granted || keys.length === 0) return [];
    const { asked, all } = this.#accepted(collection, granted, payload);
    const fields = Object.keys(asked).filter((name) => name !== 'id');
    for (const key of keys) {
      const row = this.#at(collection, key);
      if (!row || !this.#mayWrite(granted, row, fields)) this.#refuse('FORBIDDEN');
    }
    if (fields.length === 0) return [...keys];
    const { id: _, ...written } = all;
    const values = this.#values(collection, this.#withTarget(collection, keys, written));
    for (const key of keys) {
      const row = this.#at(collection, key);
      if (row) this.#put(collection, { ...row, ...values });
    }
    this.#writeLists(collection, keys, written);
    for (const key of keys) {
      const row = this.#at(collection, key);
      // What it was given counts, though something nested in it may have changed it again.
      if (row) this.#checkValues(collection, granted, { ...row, ...values }, written, false);
    }
    return [...keys];
  }

  /** An item that comes along is where the stored ones lead, unless the payload says where. */
  #withTarget(collection: string, keys: readonly Key[], payload: Payload): Payload {
    const { item, kind } = payload;
    if (collection !== 'blocks' || kind !== undefined || item === null || typeof item !== 'object') return payload;
    const kinds = new Set(keys.map((key) => this.#at(collection, key)?.kind));
    return kinds.size === 1 ? { ...payload, kind: [...kinds][0] ?? null } : payload;
  }

  #delete(collection: string, keys: readonly Key[]): Key[] {
    const granted = this.#granted(collection, 'delete');
    if (!granted) return [];
    for (const key of keys) {
      const row = this.#at(collection, key);
      if (!row || !this.#mayWrite(granted, row, [])) this.#refuse('FORBIDDEN');
    }
    for (const key of keys) {
      if (this.#isPointedAt(collection, key)) this.#refuse('INVALID_FOREIGN_KEY');
      this.rows[collection] = rowsOf(this.#eyes.scope.world, collection).filter((row) => row.id !== key);
    }
    return [];
  }

  #isPointedAt(collection: string, key: Key): boolean {
    return COLLECTIONS.some((other) =>
      Object.entries(MODEL[other] ?? {}).some(
        ([name, field]) =>
          'to' in field &&
          field.to === collection &&
          rowsOf(this.#eyes.scope.world, other).some(
            (row) => row[name] === key && !(other === collection && row.id === key),
          ),
      ),
    );
  }

  #at = (collection: string, key: Json): Row | null => rowAt(this.#eyes.scope.world, collection, key);

  #put(collection: string, row: Row): void {
    this.rows[collection] = [...rowsOf(this.#eyes.scope.world, collection).filter((other) => other.id !== row.id), row];
  }

  /** The columns that a payload sets; items that come along are written first. */
  #values(collection: string, payload: Payload): Payload {
    const values: Payload = {};
    for (const [name, value] of Object.entries(payload)) {
      const field = fieldOf(collection, name);
      if (!field || field.kind === 'list') continue;
      values[name] = this.#value(field, value, payload);
      this.#checkTarget(field, values[name]);
    }
    const { item } = MODEL[collection] ?? {};
    const among = item && 'among' in item ? item.among : undefined;
    const target = among ? payload[among.by] : undefined;
    if (among && target != null && !among.allowed.includes(String(target))) this.#refuse('INVALID_PAYLOAD');
    return values;
  }

  #value(field: FieldModel & { kind: string }, value: Json, payload: Payload): Json {
    if (value === null) return null;
    const isItem = typeof value === 'object' && !Array.isArray(value);
    if ('among' in field && field.among) {
      const to = payload[field.among.by];
      if (!isItem) return String(value);
      if (typeof to === 'string' && field.among.allowed.includes(to))
        return String(this.#related(to, value as Payload));
      this.#refuse('INVALID_PAYLOAD');
      return null;
    }
    if ('to' in field && field.to && isItem) return this.#related(field.to, value as Payload);
    if (field.kind === 'integer') return Number(value);
    if (field.kind === 'uuid') return String(value).toLowerCase();
    return field.kind === 'timestamp' ? new Date(String(value)).toISOString() : value;
  }

  #checkTarget(field: FieldModel, key: Json | undefined): void {
    if (!('to' in field) || !field.to || key == null) return;
    if (!this.#at(field.to, key)) this.#refuse('INVALID_FOREIGN_KEY');
  }

  /** An item written along: a bare key links, a key with more changes what is there, everything else is new. */
  #related(collection: string, value: Payload): Key {
    const { id, ...changes } = value;
    if (id === undefined || id === null) return this.#create(collection, value);
    const key = keyOf(collection, id);
    const mayCreate = this.#viewer.admin || this.#viewer.granted(collection, 'create') !== null;
    const isBare = Object.keys(changes).length === 0;
    if (isBare && !mayCreate) return key;
    if (!this.#at(collection, key)) return this.#create(collection, value);
    if (!isBare) this.#update(collection, [key], changes);
    return key;
  }

  /** List by list, as the keys that the database counts up show. */
  #writeLists(collection: string, parents: readonly Key[], payload: Payload): void {
    for (const [name, value] of Object.entries(payload)) {
      const field = fieldOf(collection, name);
      if (field?.kind !== 'list') continue;
      for (const parent of parents) this.#writeList(field.from, field.by, parent, value);
    }
  }

  #writeList(from: string, by: string, parent: Key, value: Json): void {
    const linked = rowsOf(this.#eyes.scope.world, from).filter((row) => row[by] === parent);
    const isLinked = (key: Json): boolean => linked.some((row) => row.id === key);
    const { create, update, gone } = wishes(from, value, linked);
    for (const one of create) this.#create(from, { ...one, [by]: parent });
    for (const { id, ...wanted } of update) {
      if (id == null) {
        this.#refuse('INVALID_PAYLOAD');
        continue;
      }
      const key = keyOf(from, id);
      const changes: Payload = isLinked(key) ? wanted : { ...wanted, [by]: parent };
      if (Object.keys(changes).length === 0) continue;
      if (this.#at(from, key)) this.#update(from, [key], changes);
      else this.#create(from, { ...changes, id: key });
    }
    const detached = [...new Set(gone)].filter(isLinked);
    if (detached.length > 0) this.#update(from, detached, { [by]: null });
  }
}

const keyOf = (collection: string, id: Json): Key =>
  fieldOf(collection, 'id')?.kind === 'integer' ? Number(id) : String(id).toLowerCase();

/** What a list asks for: whole, or as what is to be created, updated and let go. */
function wishes(
  from: string,
  value: Json,
  linked: readonly Row[],
): { create: Payload[]; update: Payload[]; gone: Key[] } {
  if (value === null) return { create: [], update: [], gone: linked.map((row) => row.id as Key) };
  if (!Array.isArray(value)) {
    const { create = [], update = [], delete: gone = [] } = value as { [key: string]: Json[] };
    return { create: create as Payload[], update: update as Payload[], gone: gone.map((key) => keyOf(from, key)) };
  }
  const entries = value.map((one) => (one !== null && typeof one === 'object' ? (one as Payload) : { id: one }));
  const update = entries.filter(({ id }) => id !== undefined && id !== null);
  const kept = update.map(({ id }) => keyOf(from, id as Json));
  return {
    create: entries.filter(({ id }) => id === undefined || id === null),
    update,
    gone: linked.map((row) => row.id as Key).filter((key) => !kept.includes(key)),
  };
}
