import type { Access } from '../access/index.ts';
import { forbidden, invalidPayload, unprocessable } from '../errors/index.ts';
import { type ItemService, type ItemWriter, type Key, type Payload, readKey } from '../items/index.ts';
import { readStored } from '../items/rows.ts';
import { EMPTY_QUERY, type Item } from '../query/index.ts';
import type { Collection } from '../schema/types.ts';
import type { Store } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import { checkDelta } from './versions-delta.ts';
import type { Digest } from './versions-digest.ts';
import { requireVersioning } from './versions-hooks.ts';

const VERSIONS = 'directus_versions';

export interface VersionParts {
  readonly store: Store;
  readonly items: ItemService;
  readonly digest: Digest;
}

interface Version {
  readonly id: string;
  readonly collection: Collection;
  readonly item: Key;
  readonly hash: Json;
  readonly delta: Payload;
}

/** A version that the caller may read, of an item in a collection that has versions. */
async function versionInReach({ items }: VersionParts, access: Access, id: unknown): Promise<Version> {
  const fields = ['id', 'collection', 'item', 'hash', 'delta'];
  const row = await items.readOne(access, VERSIONS, id, { ...EMPTY_QUERY, fields, kept: null });
  const { collection } = access.profile.require(String(row.collection), 'read');
  requireVersioning(collection);
  return {
    id: String(row.id),
    collection,
    item: readKey(collection, row.item),
    hash: row.hash as Json,
    delta: objectOf(row.delta),
  };
}

const objectOf = (value: unknown): Payload =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Payload) : {};

/**
 * Keeps changes in a version, over those it has; the merged delta. It takes the right to write the version and the same
 * right that the change of the item itself would take. Values are checked only when the version is promoted.
 */
export async function saveVersion(
  parts: VersionParts,
  access: Access,
  id: unknown,
  payload: Payload,
): Promise<Payload> {
  const version = await versionInReach(parts, access, id);
  const { name } = version.collection;
  return parts.items.together(access, async (writer) => {
    await writer.permitted(VERSIONS, version.id, { delta: null });
    const allowed = await writer.permitted(name, version.item, payload);
    checkDelta(access.profile, version.collection, allowed);
    const stored = await writer.stored(VERSIONS, version.id);
    if (!stored) throw forbidden();
    const delta = { ...objectOf(stored.delta), ...allowed };
    await storeDelta(parts.store, writer, version.id, delta);
    await writer.note(VERSIONS, version.id, { data: { ...stored, delta }, delta: { delta: allowed } });
    return delta;
  });
}

/** By hand, as the item service lets nobody write the delta. */
async function storeDelta(
  { dialect, placeholder }: Store,
  writer: ItemWriter,
  id: string,
  delta: Payload,
): Promise<void> {
  const { accountability } = writer.access;
  const user = accountability.kind === 'user' ? accountability.user : null;
  const now = dialect === 'sqlite' ? writer.now : new Date(writer.now).toISOString();
  const [a, b, c, d] = [1, 2, 3, 4].map(placeholder);
  const text = `update directus_versions set delta = ${a}, date_updated = ${b}, user_updated = ${c} where id = ${d}`;
  await writer.tx.run(text, [JSON.stringify(delta), now, user, id]);
}

/** What a version would change, beside the item as the caller may read it. */
export async function compareVersion(parts: VersionParts, access: Access, id: unknown): Promise<Item> {
  const version = await versionInReach(parts, access, id);
  const { collection, item } = version;
  const main = await parts.items.readOne(access, collection.name, item, { ...EMPTY_QUERY, kept: null });
  const stored = await readStored(parts.store, parts.store.dialect, collection, item, access.scope);
  if (!stored) throw forbidden();
  const mainHash = parts.digest(stored);
  const readable = access.profile.require(collection.name, 'read').fields;
  const delta = Object.entries(version.delta).filter(([name]) => readable.has(name));
  const current = { [collection.primaryKey]: String(item), ...(Object.fromEntries(delta) as Item) };
  return { outdated: mainHash !== version.hash, mainHash, current, main };
}

/**
 * Writes what a version holds to its item, with the rights of the caller as for any change; the item's key. Throws
 * UNPROCESSABLE_CONTENT when the item is not the one that the caller compared with.
 */
export async function promoteVersion(parts: VersionParts, access: Access, id: unknown, body: Payload): Promise<Key> {
  const version = await versionInReach(parts, access, id);
  const { mainHash, fields } = body;
  if (typeof mainHash !== 'string') throw invalidPayload('"mainHash" is required: it tells what was compared with.');
  if (fields !== undefined && !(Array.isArray(fields) && fields.every((field) => typeof field === 'string')))
    throw invalidPayload('"fields" has to be a list of names.');
  const { name } = version.collection;
  await parts.items.together(access, async (writer) => {
    const stored = await writer.stored(VERSIONS, version.id);
    const main = await writer.stored(name, version.item);
    if (!stored || !main) throw forbidden();
    if (parts.digest(main) !== mainHash)
      throw unprocessable('The item has changed since "mainHash" was given; compare again.');
    // Fields that went meanwhile are no longer anybody's to write.
    const entries = Object.entries(objectOf(stored.delta)).filter(([field]) => version.collection.fields.has(field));
    const chosen = fields === undefined ? entries : entries.filter(([field]) => (fields as string[]).includes(field));
    await writer.update(name, version.item, Object.fromEntries(chosen));
  });
  return version.item;
}
