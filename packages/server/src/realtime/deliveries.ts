import { ApiError } from '../errors/index.ts';
import type { Change, Key } from '../items/index.ts';
import { selectByKeys } from '../items/rows.ts';
import type { Clock } from '../kernel/clock.ts';
import { EMPTY_QUERY, type Query, type QueryRunner } from '../query/index.ts';
import { quote } from '../sql/index.ts';
import type { Reader, Store } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import type { Channel } from './channel.ts';
import { comparedColumns, excludes } from './fits.ts';
import type { Group } from './group.ts';
import { SharedAnswers } from './shared.ts';
import { accessAt } from './viewer.ts';

interface DeliveryParts {
  readonly store: Store;
  readonly runner: QueryRunner;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

type Concerned = readonly [group: Group, keys: readonly Key[]];

/** Groups that are answered at once: on PostgreSQL each takes a way to the database and back. */
const AT_ONCE = { sqlite: 1, postgres: 4 };
/** From so many groups on it pays to look at the row before all of them ask. */
const WORTH_LOOKING = 4;
/** Of queries for keys; those of wishes have numbers of their own. */
const KEYS_ONLY = 0.25;

/** Answers one change to every group that it concerns. */
export class Deliveries {
  readonly #parts: DeliveryParts;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  async deliver(channel: Channel, change: Change): Promise<void> {
    if (change.action === 'delete') return this.#delete(channel, change);
    const action = change.action;
    const { store } = this.#parts;
    const concerned = await this.#candidates(store, [...channel.concerned(action, change.keys)], change.keys);
    const answers = change.keys.length === 1 && concerned.length > 1 ? new SharedAnswers() : null;
    await this.#inTurn(concerned, (group, keys) => this.#changed(group, action, keys, answers));
  }

  /** `[[group, keys], …]`: who can see rows that are about to go, where all who follow are on this node. */
  async witness(channel: Channel, reader: Reader, keys: readonly Key[]): Promise<Json> {
    const seen: Json[] = [];
    const concerned = await this.#candidates(reader, [...channel.concerned('delete', keys)], keys);
    for (const [group, some] of concerned) {
      const visible = await this.#guarded(() => this.#visible(reader, group, some));
      if (visible && visible.length > 0) seen.push([group.id, visible]);
    }
    return seen;
  }

  async #changed(
    group: Group,
    action: 'create' | 'update',
    keys: readonly Key[],
    answers: SharedAnswers | null,
  ): Promise<void> {
    const { store, runner, clock } = this.#parts;
    const { wish, reading } = group;
    const access = accessAt(group.access, clock.now());
    const shared = answers ? group.shared : null;
    if (!answers || !shared) {
      const { items } = await runner.readWritten(store, access, wish.collection, reading.query, keys);
      if (items.length > 0) group.send(reading.changed(action, items));
      return;
    }
    const known = answers.of(shared, access);
    if (known) return group.send(known);
    const { items } = await runner.readWritten(store, access, wish.collection, shared.query, keys);
    if (!items[0]) return;
    const { item, row } = shared.split(items[0]);
    const messages = reading.changed(action, [item]);
    answers.keep(shared, row, messages);
    group.send(messages);
  }

  async #delete(channel: Channel, { keys, gone }: Change): Promise<void> {
    if (Array.isArray(gone)) {
      for (const entry of gone) {
        const [id, visible] = entry as [number, Key[]];
        const group = channel.group(id);
        group?.send(group.reading.deleted(visible));
      }
      return;
    }
    if (typeof gone !== 'string') return;
    await this.#inTurn([...channel.concerned('delete', keys)], async (group, some) => {
      const { store, runner, clock } = this.#parts;
      const access = accessAt(group.access, clock.now());
      const seen = await runner.goneInSight(store, access, group.wish.collection, gone);
      const visible = seen === null ? some : some.filter((key) => seen.has(String(key)));
      if (visible.length > 0) group.send(group.reading.deleted(visible));
    });
  }

  async #inTurn(
    concerned: readonly Concerned[],
    work: (group: Group, keys: readonly Key[]) => Promise<void>,
  ): Promise<void> {
    const count = AT_ONCE[this.#parts.store.dialect];
    for (let at = 0; at < concerned.length; at += count) {
      const some = concerned.slice(at, at + count);
      await Promise.all(some.map(([group, keys]) => this.#guarded(() => work(group, keys))));
    }
  }

  async #visible(reader: Reader, group: Group, keys: readonly Key[]): Promise<Key[]> {
    const { runner, clock } = this.#parts;
    const access = accessAt(group.access, clock.now());
    const { collection } = access.profile.entry(group.wish.collection);
    const query: Query = { ...EMPTY_QUERY, fields: [collection.primaryKey], kept: KEYS_ONLY };
    const { items } = await runner.readWritten(reader, access, collection.name, query, keys);
    const seen = new Set(items.map((item) => String(item[collection.primaryKey])));
    return keys.filter((key) => seen.has(String(key)));
  }

  /** Without those groups whose rules certainly don't admit any of the rows. */
  async #candidates(reader: Reader, concerned: Concerned[], keys: readonly Key[]): Promise<readonly Concerned[]> {
    if (concerned.length < WORTH_LOOKING) return concerned;
    const first = concerned[0]?.[0].access.profile.entry(concerned[0][0].wish.collection).collection;
    if (!first) return concerned;
    const columns = new Set<string>([first.primaryKey]);
    for (const [group] of concerned) {
      const { rows } = group.access.profile.entry(group.wish.collection);
      if (rows) comparedColumns(rows, columns);
    }
    if (columns.size === 1) return concerned;
    const names = [...columns].filter((name) => first.fields.get(name)?.column);
    const found = await selectByKeys(
      reader,
      this.#parts.store.dialect,
      first,
      keys,
      accessAt((concerned[0] as Concerned)[0].access, 0).scope,
      {
        columns: (_, alias) => names.map((name) => `${alias}.${quote(name)}`),
        where: null,
      },
    );
    const rows = found.map((values) => new Map(names.map((name, i) => [name, values[i]])));
    return concerned.filter(([{ access, wish }]) => {
      const { rows: rule } = access.profile.entry(wish.collection);
      return rule === null || !rows.every((row) => excludes(rule, row, access.scope));
    });
  }

  /** One group's trouble is not that of the next. */
  async #guarded<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      // Refused meanwhile: the next look at its rights says so.
      if (!(error instanceof ApiError && error.status < 500)) this.#parts.onFault(error);
      return undefined;
    }
  }
}
