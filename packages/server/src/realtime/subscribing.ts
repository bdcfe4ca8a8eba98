import type { Access } from '../access/index.ts';
import { invalidPayload } from '../errors/index.ts';
import { type ItemService, type Key, readKey } from '../items/index.ts';
import type { Query, QueryReader } from '../query/index.ts';
import { itemWish, type WishNumbers } from './item-wish.ts';
import { queryOf } from './items.ts';
import { knownCollection } from './known-collection.ts';
import type { Message } from './messages.ts';
import type { ChangeAction, Wish } from './wish.ts';

export interface Asked {
  readonly wish: Wish;
  /** Text, or null where none was given. */
  readonly uid: string | null;
  readonly query: Query;
}

/** Reads a `subscribe` message. Throws what is wrong with it; what the caller may follow is not decided here. */
export function readSubscribe(queries: QueryReader, numbers: WishNumbers, access: Access, message: Message): Asked {
  const { collection, event = null, item = null } = message;
  const leaving = message.leaving === true;
  if (typeof collection !== 'string' || collection === '') throw invalidPayload('"collection" has to be a name.');
  if (event !== null && event !== 'create' && event !== 'update' && event !== 'delete')
    throw invalidPayload('"event" has to be "create", "update" or "delete".');
  const known = knownCollection(access, collection);
  access.profile.entry(collection);
  const query = queryOf(queries, message.query);
  if (query.aggregate.length > 0 || query.groupBy.length > 0 || query.version !== null || query.export !== null)
    throw invalidPayload('Groups, versions and exports can not be followed.');
  const key: Key | null = item === null ? null : readKey(known, item);
  const wish = itemWish(numbers, { collection, event: event as ChangeAction | null, item: key, query, leaving });
  return { wish, uid: uidOf(message.uid), query };
}

/** Characters of a uid: it stands in every event. */
const MAX_UID = 1000;

/** uids of subscriptions are text. Throws INVALID_PAYLOAD for one that is too long. */
export function uidOf(uid: unknown): string | null {
  if (uid === undefined || uid === null) return null;
  const text = typeof uid === 'string' ? uid : JSON.stringify(uid);
  if (text.length > MAX_UID) throw invalidPayload(`A "uid" has up to ${MAX_UID} characters.`);
  return text;
}

/** The items that are there now: what the confirmation of a subscription to every event holds. */
export async function firstAnswer(items: ItemService, access: Access, { wish, query }: Asked): Promise<unknown> {
  const { collection, item, event } = wish;
  if (item !== null) {
    const found = await items.readOne(access, collection, item, query);
    return event === null ? found : undefined;
  }
  if (event !== null) return undefined;
  if (access.profile.entry(collection).collection.singleton)
    return (await items.readSingleton(access, collection, query)).item;
  return (await items.readMany(access, collection, query)).items;
}
