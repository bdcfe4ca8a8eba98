import type { Key } from '../items/index.ts';
import { BoundedCache } from '../kernel/bounded-cache.ts';
import type { Item, Query } from '../query/index.ts';
import type { ChangeAction, Reading, Wish } from './wish.ts';

const MAX_NUMBERS = 2000;
/** Characters of a key that is worth remembering: clients write them. */
const MAX_KEY = 5000;

/**
 * Numbers for queries of wishes, under which their plans are kept: halves, since those of addresses count upwards and
 * those of GraphQL downwards in whole numbers.
 */
export class WishNumbers {
  readonly #known = new BoundedCache<string, number>(MAX_NUMBERS);
  #last = 0.5;

  /** null where the plan is not kept. */
  of(key: string): number | null {
    if (key.length > MAX_KEY) return null;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#last += 1;
    this.#known.set(key, this.#last);
    return this.#last;
  }
}

/** What is read of changed items: the query, without what would count them. */
export const queryOfChanges = (query: Query, kept: number | null): Query => ({
  ...query,
  limit: null,
  offset: 0,
  page: null,
  meta: [],
  kept,
});

/** Following items of a collection, or one of them, as messages of the socket for items. */
export function itemWish(
  numbers: WishNumbers,
  asked: { collection: string; event: ChangeAction | null; item: Key | null; query: Query; leaving: boolean },
): Wish {
  const { collection, event, item, query, leaving } = asked;
  const key = JSON.stringify(['items', collection, event, item, textOf(query), leaving]);
  const reading: Reading = {
    query: queryOfChanges(query, numbers.of(JSON.stringify([collection, textOf(query)]))),
    changed: (action, items) => [head(action, item === null ? items : (items[0] as Item))],
    deleted: (keys) => [head('delete', keys)],
  };
  return { collection, event, item, leaving, perItem: false, key, compile: () => reading };
}

const head = (event: ChangeAction, rows: unknown): string =>
  `{"type":"subscription","event":"${event}","data":${JSON.stringify(rows)}`;

/** The same for the same query. */
const textOf = (query: Query): string =>
  JSON.stringify({ ...query, kept: null }, (_, value: unknown) => (value instanceof Map ? [...value] : value));
