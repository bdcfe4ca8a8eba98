import { randomBytes } from 'node:crypto';
import type { DialectName, Place, Reader, Store, Transaction } from './types.ts';

/** Texts that are longer are told, but not kept: who missed them has to read again. */
export const KEPT_BYTES = 16_777_216;
const FORGET_AT_ONCE = 1_000;

/** A text that was kept; `body` is null for one that was too long. */
export interface Kept extends Place {
  readonly body: string | null;
}

export const newMark = (): string => randomBytes(9).toString('base64url');

/** The time of the database, in milliseconds since 1970: nodes need not agree on theirs. */
export const stampOf = (dialect: DialectName): string =>
  dialect === 'sqlite'
    ? `cast(unixepoch('subsec') * 1000 as integer)`
    : '(extract(epoch from clock_timestamp()) * 1000)::bigint';

/** No name of a collection holds a line break. */
export const tagOf = (collections: readonly string[]): string => `\n${collections.join('\n')}\n`;

/** Keeps a text, in SQLite's one writing transaction. */
export async function keep(tx: Transaction, text: string, collections: readonly string[]) {
  const bytes = Buffer.byteLength(text);
  const body = bytes > KEPT_BYTES ? null : text;
  const mark = newMark();
  const [ended] = await tx.rows(
    'update limen_changes_end set last = last + 1, total = total + ? where id = 1 returning last, total',
    [bytes],
  );
  const [number, total] = (ended ?? []).map(Number) as [number, number];
  await tx.run(
    `insert into limen_changes (number, mark, collections, body, created, total)
     values (?, ?, ?, ?, ${stampOf('sqlite')}, ?)`,
    [number, mark, tagOf(collections), body, total],
  );
  return { text: body, place: { number, mark } };
}

/** The last that was kept; null when there is none. */
export async function lastKept(reader: Reader): Promise<Place | null> {
  const [row] = await reader.rows('select number, mark from limen_changes order by number desc limit 1');
  return row ? { number: Number(row[0]), mark: String(row[1]) } : null;
}

/**
 * What was kept at a place, and after it about a collection, in order, at most `limit` of these; null when the place is not
 * there any more, or of another history, so that nobody knows what followed. Of one state of the database.
 */
export async function keptAfter(store: Store, place: Place, collection: string, limit: number): Promise<Kept[] | null> {
  const mark = (n: number): string => store.placeholder(n);
  const found = store.dialect === 'sqlite' ? `instr(collections, ${mark(3)})` : `position(${mark(3)} in collections)`;
  const rows = await store.rows(
    `select number, mark, body from limen_changes
     where number = ${mark(1)} or (number > ${mark(2)} and ${found} > 0) order by number limit ${limit + 1}`,
    [place.number, place.number, tagOf([collection])],
  );
  const [start] = rows;
  if (!start || Number(start[0]) !== place.number || start[1] !== place.mark) return null;
  return rows.map(([number, own, body]) => ({
    number: Number(number),
    mark: String(own),
    body: body === null ? null : String(body),
  }));
}

/** Sees to it that there is a last one, to which everybody can refer who comes before the first change. */
export async function beginKeeping(store: Store): Promise<void> {
  if (await lastKept(store)) return;
  await store.transaction((tx) => tx.publish('[]', []));
}

/**
 * Forgets what was kept for longer than `keepMs` since the next one came, and what is more than `maxBytes` all together;
 * the last one stays. Everything with 0: what comes back then finds another history. In batches, so that nobody waits.
 */
export async function forgetKept(store: Store, keepMs: number, maxBytes: number): Promise<void> {
  const end = keepMs === 0 ? Number.MAX_SAFE_INTEGER : await firstToStay(store, keepMs, maxBytes);
  if (end === null) return;
  const text = `delete from limen_changes where number in (select number from limen_changes
    where number < ${store.placeholder(1)} order by number limit ${FORGET_AT_ONCE})`;
  while ((await store.transaction((tx) => tx.run(text, [end]))) === FORGET_AT_ONCE);
}

async function firstToStay(store: Store, keepMs: number, maxBytes: number): Promise<number | null> {
  const [one, other] = [store.placeholder(1), store.placeholder(2)];
  const [row] = await store.rows(
    `select max(number) from limen_changes where
      number <= coalesce((select number from limen_changes where created < ${stampOf(store.dialect)} - ${one}
        order by created desc, number desc limit 1), -1)
      or total < (select total from limen_changes_end) - ${other}`,
    [keepMs, maxBytes],
  );
  return row?.[0] === null || row?.[0] === undefined ? null : Number(row[0]);
}
