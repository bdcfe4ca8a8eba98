import { forbidden, invalidPayload, unprocessable } from '../errors/index.ts';
import type { CollectionHooks, HookContext, Key, Payload } from '../items/index.ts';
import { readKey } from '../items/index.ts';
import { readStored } from '../items/rows.ts';
import type { Collection } from '../schema/types.ts';
import type { Store } from '../store/types.ts';
import { isReadable } from './comments.ts';
import type { Digest } from './versions-digest.ts';

/** Any number that no other lock of the server has. */
const LOCK = 4_217_302;
/** Names the item itself where a version could be named. */
export const MAIN = 'main';

/** Throws UNPROCESSABLE_CONTENT where items have no versions. */
export function requireVersioning(collection: Collection): void {
  if (collection.meta?.versioning !== true || collection.system)
    throw unprocessable(`Versions are not enabled for "${collection.name}".`);
}

/**
 * A version is one of an item that its author may read, has a key of its own there, and stays with that item. What it
 * changes is written by saving it, where the rights for that are checked.
 */
export function versionHooks(store: Store, digest: Digest): CollectionHooks {
  const twins = `select b.id from directus_versions a join directus_versions b
    on a.collection = b.collection and a.item = b.item and a.key = b.key and a.id <> b.id
    where a.id = ${store.placeholder(1)} limit 1`;
  const refuseTwins = async (keys: readonly Key[], _payload: Payload, { tx }: HookContext): Promise<void> => {
    for (const key of keys) {
      if ((await tx.rows(twins, [key])).length > 0)
        throw unprocessable('The item has a version with this "key" already.');
    }
  };
  return {
    accept,
    async prepare(payload, action, _keys, context) {
      // Two writers at once would not see each other's row.
      if (store.dialect === 'postgres') await context.tx.rows(`select pg_advisory_xact_lock(${LOCK})`);
      return action === 'create' ? prepareNew(store, digest, payload, context) : payload;
    },
    created: refuseTwins,
    updated: refuseTwins,
  };
}

function accept(payload: Payload, action: 'create' | 'update'): void {
  const { key } = payload;
  if (payload.delta !== undefined || payload.hash !== undefined)
    throw invalidPayload('"delta" and "hash" are written by saving the version.');
  if (action === 'update' && (payload.collection !== undefined || payload.item !== undefined))
    throw invalidPayload('A version stays with its item: "collection" and "item" can\'t be changed.');
  if (action === 'update' && key === undefined) return;
  if (typeof key !== 'string' || key.trim() === '') throw invalidPayload('"key" is required.');
  if (key === MAIN) throw invalidPayload(`"${MAIN}" names the item itself and can't be the key of a version.`);
  if (action === 'update') return;
  if (typeof payload.collection !== 'string') throw invalidPayload('"collection" is required.');
  if (typeof payload.item !== 'string' && typeof payload.item !== 'number') throw invalidPayload('"item" is required.');
}

async function prepareNew(store: Store, digest: Digest, payload: Payload, context: HookContext): Promise<Payload> {
  const { tx, access } = context;
  const { collection } = access.profile.require(String(payload.collection), 'read');
  requireVersioning(collection);
  if (!(await isReadable(tx, store.dialect, access, collection.name, payload.item))) throw forbidden();
  const key = readKey(collection, payload.item);
  const item = await readStored(tx, store.dialect, collection, key, access.scope);
  if (!item) throw forbidden();
  return { ...payload, item: String(key), hash: digest(item), delta: null };
}
