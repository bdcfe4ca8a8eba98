import type { Access } from '../../access/index.ts';
import type { ItemService } from '../../items/index.ts';
import type { Item, Query } from '../../query/index.ts';
import type { Json } from '../../wire/index.ts';
import type { ArgumentValues } from './arguments.ts';

/** What is done for the root fields of an operation. */
export interface Doing {
  readonly access: Access;
  readonly items: ItemService;
  /** An item as a version of it would have it; the one of a singleton where no key is given. */
  readVersion(collection: string, key: string | null, query: Query): Promise<Item>;
  /** Root fields that are about no collection, by name. */
  readonly others: ReadonlyMap<string, OtherRoot>;
}

/** What a root field does that is about no collection: signing in, the server. The answer is plain. */
export type OtherRoot = (values: ArgumentValues) => Promise<Json>;
