import type { Access } from '../access/index.ts';
import { forbidden } from '../errors/index.ts';
import type { ItemService, Payload } from '../items/index.ts';
import { CONCEALED, EMPTY_QUERY } from '../query/index.ts';
import type { Collection } from '../schema/types.ts';
import { isWritable } from './writable.ts';

const REVISIONS = 'directus_revisions';

/**
 * Gives an item the values that a revision holds, as a change by the caller like any other. Throws FORBIDDEN where the
 * caller may not read the revision, or the item is gone or may not be changed in the fields that differ.
 */
export async function revert(items: ItemService, access: Access, revision: unknown): Promise<void> {
  const fields = ['collection', 'item', 'data'];
  const read = await items.readOne(access, REVISIONS, revision, { ...EMPTY_QUERY, fields, kept: null });
  const { data } = read;
  const { collection } = access.profile.require(String(read.collection), 'update');
  if (!isWritable(collection) || data === null || typeof data !== 'object' || Array.isArray(data)) throw forbidden();
  await items.together(access, async (writer) => {
    const stored = await writer.stored(collection.name, read.item);
    if (!stored) throw forbidden();
    await writer.update(collection.name, read.item, differences(collection, stored, data as Payload));
  });
}

/** What would change; fields that went meanwhile, and secrets, which revisions don't hold, are left alone. */
function differences(collection: Collection, stored: Payload, data: Payload): Payload {
  const changes: Payload = {};
  for (const [name, value] of Object.entries(data)) {
    const column = collection.fields.get(name)?.column;
    if (!column || column.generated || name === collection.primaryKey || value === CONCEALED) continue;
    if (JSON.stringify(value) !== JSON.stringify(stored[name])) changes[name] = value;
  }
  return changes;
}
