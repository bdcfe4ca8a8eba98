import { ApiError } from '../errors/index.ts';
import type { Change, Key } from '../items/index.ts';
import { selectByKeys } from '../items/rows.ts';
import type { Clock } from '../kernel/clock.ts';
import { EMPTY_QUERY, type Query, type QueryRunner } from '../query/index.ts';
import { quote } from '../sql/index.ts';
import type { Reader, Store } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import { type Channel, type Told, wants } from './channel.ts';
import { comparedColumns, excludes } from './fits.ts';
import type { Group } from './group.ts';
import type { Cursors, Position } from './position.ts';
import { SharedAnswers } from './shared.ts';
import { accessAt } from './viewer.ts';

interface DeliveryParts {
  readonly store: Store;
  readonly runner: QueryRunner;
  readonly clock: Clock;
  /** null where nothing is kept. */
  readonly cursors: Cursors | null;
  readonly onFault: (error: unknown) => void;
}

type Concerned = readonly [group: Group, keys: readonly Key[]];

/** Groups that are answered at once: on PostgreSQL each takes a way to the database and back. */
const AT_ONCE = { sqlite: 1, postgres: 4 };
/** From so many groups on it pays to look at the row before all of them ask. */
const WORTH_LOOKING = 4;
/** Of queries for keys; those of wishes have numbers of their own. */
const KEYS_ONLY = 0.25;
/** Keys that are remembered while somebody is told what it missed. */
const MAX_GONE = 10_000;
/** Between the numbers of wishes, too. */
const KEYS_IN_VIEW = 0.375;

/** So many characters at most a socket is handed without a pause; well below what may wait for a slow reader. */
const BREATH = 200_000;
/** Long enough for somebody who reads to do so. */
const BREATH_MS = 4;

/** Answers one change to every group that it concerns. */
export class Deliveries {
  readonly #parts: DeliveryParts;
  /** Whether some sockets were handed as much as they may be without a pause. */
  #due = false;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  async deliver(channel: Channel, { change, before }: Told): Promise<void> {
    if (change.action === 'delete' && Array.isArray(change.gone))
      return this.#witnessed(channel, change, change.gone, before);
    const { store } = this.#parts;
    const all = [...channel.concerned(change.action, change.keys)];
    const isDelete = change.action === 'delete';
    const concerned = isDelete ? all : await this.#candidates(store, all, change.keys);
    if (change.was !== undefined && !isDelete) this.#addLeaving(concerned, all);
    const answers = !isDelete && change.keys.length === 1 && concerned.length > 1 ? new SharedAnswers() : null;
    const told = { change, before };
    await this.#inTurn(
      concerned,
      (group, keys) => this.tell(group, keys, told, answers),
      (group) => answers !== null && this.#tellKnown(group, told, answers),
    );
    await this.#breathe();
  }

  /** Hands out an answer that another group got, where it certainly is that of this group too: at once, without a promise. */
  #tellKnown(group: Group, { change, before }: Told, answers: SharedAnswers): boolean {
    const { shared, wish } = group;
    if (!shared || wish.leaving || change.keys.length !== 1) return false;
    const messages = answers.of(shared, accessAt(group.access, this.#parts.clock.now()));
    if (messages === null || !wants(wish, change.action)) return false;
    group.gone?.delete(String(change.keys[0]));
    this.#send(group, messages, before && { ...before, index: before.index + 1, done: 0 });
    return true;
  }

  /** Tells one group of a change, from where it is told to have come. */
  async tell(group: Group, keys: readonly Key[], { change, before }: Told, answers: SharedAnswers | null = null) {
    if (!group.wish.perItem || keys.length === 1 || !before || !group.canResume)
      return this.#tell(group, keys, change, before, answers);
    // A message for each, and a position after each.
    for (let n = before.done; n < keys.length; n++) {
      const isLast = n === keys.length - 1;
      await this.#tell(group, [keys[n] as Key], change, { ...before, done: n }, null, isLast ? 0 : n + 1);
    }
  }

  /** `done`: parts of the change that are told after this; 0 when that was all of it. */
  async #tell(
    group: Group,
    keys: readonly Key[],
    change: Change,
    before: Position | null,
    answers: SharedAnswers | null,
    done = 0,
  ): Promise<void> {
    const end = before && (done > 0 ? { ...before, done } : { ...before, index: before.index + 1, done: 0 });
    if (change.action === 'delete') return this.#send(group, await this.#deleted(group, keys, change), end);
    const left = await this.#left(group, keys, change);
    const isHalf = left.length > 0 && !group.wish.perItem;
    const isFirstDone = isHalf && before !== null && before.done > 0;
    if (!isFirstDone && wants({ ...group.wish, leaving: false }, change.action)) {
      const first = isHalf && before ? { ...before, done: 1 } : end;
      const messages = await this.#changed(group, change.action, keys, answers);
      if (messages.length > 0) for (const key of keys) group.gone?.delete(String(key));
      this.#send(group, messages, first);
    }
    this.#send(group, left, end);
    await this.#breathe();
  }

  #send(group: Group, messages: readonly string[], position: Position | null): void {
    if (messages.length === 0) return;
    group.send(messages, position, this.#parts.cursors);
    for (const { length } of messages) group.handed += length;
    if (group.handed < BREATH) return;
    group.handed = 0;
    this.#due = true;
  }

  /** Lets sockets write before they are handed more: otherwise whoever reads at once would seem not to read. */
  async #breathe(): Promise<void> {
    if (!this.#due) return;
    this.#due = false;
    await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
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
  ): Promise<readonly string[]> {
    const { store, runner, clock } = this.#parts;
    const { wish, reading } = group;
    const access = accessAt(group.access, clock.now());
    const shared = answers ? group.shared : null;
    if (!answers || !shared) {
      const { items } = await runner.readWritten(store, access, wish.collection, reading.query, keys);
      return items.length > 0 ? reading.changed(action, items) : [];
    }
    const known = answers.of(shared, access);
    if (known) return known;
    const { items } = await runner.readWritten(store, access, wish.collection, shared.query, keys);
    if (!items[0]) return [];
    const { item, row } = shared.split(items[0]);
    const messages = reading.changed(action, [item]);
    answers.keep(shared, row, messages);
    return messages;
  }

  /** Who follows here was asked while the rows were there. */
  #witnessed(channel: Channel, { keys }: Change, gone: readonly Json[], before: Position | null): void {
    const end = before && { ...before, index: before.index + 1 };
    for (const entry of gone) {
      const [id, visible] = entry as [number, Key[]];
      const group = channel.group(id);
      if (!group) continue;
      if (!group.wish.perItem || !before) {
        this.#send(group, group.reading.deleted(visible), end);
        continue;
      }
      for (const key of visible) {
        const done = keys.indexOf(key) + 1;
        this.#send(group, group.reading.deleted([key]), done < keys.length ? { ...before, done } : end);
      }
    }
  }

  async #deleted(group: Group, keys: readonly Key[], { gone, was }: Change): Promise<readonly string[]> {
    const rows = typeof gone === 'string' ? gone : was;
    if (rows === undefined) return [];
    return goneMessages(group, await this.#sawThen(group, keys, rows, false));
  }

  /** What was in view before an update, and is not any more: told like what is gone, so that nobody can tell them apart. */
  async #left(group: Group, keys: readonly Key[], { action, was }: Change): Promise<readonly string[]> {
    if (action !== 'update' || was === undefined || !group.wish.leaving || group.wish.event === 'update') return [];
    const before = await this.#sawThen(group, keys, was, true);
    if (before.length === 0) return [];
    const now = new Set((await this.#guarded(() => this.#inView(group, before))) ?? before.map(String));
    return goneMessages(
      group,
      before.filter((key) => !now.has(String(key))),
    );
  }

  /** Those of the keys whose rows, as they were, the group could see; and, where that counts, its filter admitted. */
  async #sawThen(group: Group, keys: readonly Key[], rows: string, filtered: boolean): Promise<readonly Key[]> {
    const { store, runner, clock } = this.#parts;
    const access = accessAt(group.access, clock.now());
    const query = filtered ? group.reading.query : null;
    const seen = await runner.goneInSight(store, access, group.wish.collection, rows, query);
    return seen === null ? keys : keys.filter((key) => seen.has(String(key)));
  }

  async #inView(group: Group, keys: readonly Key[]): Promise<string[]> {
    const { store, runner, clock } = this.#parts;
    const access = accessAt(group.access, clock.now());
    const { collection } = access.profile.entry(group.wish.collection);
    const { filter, search, kept } = group.reading.query;
    const number = kept === null ? null : kept + KEYS_IN_VIEW;
    const query: Query = { ...EMPTY_QUERY, filter, search, fields: [collection.primaryKey], kept: number };
    const { items } = await runner.readWritten(store, access, collection.name, query, keys);
    return items.map((item) => String(item[collection.primaryKey]));
  }

  /** Those that see an item no more have to be asked about it all the same. */
  #addLeaving(concerned: Concerned[], all: readonly Concerned[]): void {
    const known = new Set(concerned.map(([group]) => group));
    for (const one of all) if (one[0].wish.leaving && !known.has(one[0])) concerned.push(one);
  }

  /** `known`: whether a group was served without work. The first is waited for, since its answer may serve the others. */
  async #inTurn(
    concerned: readonly Concerned[],
    work: (group: Group, keys: readonly Key[]) => Promise<void>,
    known: (group: Group) => boolean,
  ): Promise<void> {
    let count = 1;
    let working: Promise<void>[] = [];
    for (const [group, keys] of concerned) {
      if (known(group)) continue;
      working.push(this.#guarded(() => work(group, keys)).then(() => undefined));
      if (working.length < count) continue;
      await Promise.all(working);
      working = [];
      count = AT_ONCE[this.#parts.store.dialect];
    }
    await Promise.all(working);
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
  async #candidates(reader: Reader, concerned: Concerned[], keys: readonly Key[]): Promise<Concerned[]> {
    if (concerned.length < WORTH_LOOKING) return concerned;
    const first = concerned[0]?.[0].access.profile.entry(concerned[0][0].wish.collection).collection;
    if (!first) return concerned;
    const columns = new Set<string>([first.primaryKey]);
    const rules = new Set(concerned.map(([{ access, wish }]) => access.profile.entry(wish.collection).rows));
    for (const rule of rules) if (rule) comparedColumns(rule, columns);
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

/** What is gone now left at its last change, but that is known from the first one on: it is told once. */
function goneMessages({ gone, reading }: Group, keys: readonly Key[]): readonly string[] {
  const news = gone ? keys.filter((key) => !gone.has(String(key))) : keys;
  if (gone && gone.size > MAX_GONE) gone.clear();
  for (const key of news) gone?.add(String(key));
  return news.length > 0 ? reading.deleted(news) : [];
}
