import { SYSTEM_COLLECTIONS } from '../system.ts';
import type { SnapshotFile } from './types.ts';

/**
 * The part of the model that a project manages: collections with `meta`, their fields and relations, and fields of its own
 * in system collections. Other tables belong to other programs. What has no `meta` is never dropped because a snapshot
 * lacks it.
 */
export function trackedPart(file: SnapshotFile): SnapshotFile {
  const names = new Set(file.collections.filter(({ meta }) => meta !== null).map(({ collection }) => collection));
  const isThere = (name: string): boolean => names.has(name) || SYSTEM_COLLECTIONS.has(name);
  return {
    ...file,
    collections: file.collections.filter(({ collection }) => names.has(collection)),
    fields: file.fields.filter(
      ({ collection, meta }) => names.has(collection) || (meta !== null && isThere(collection)),
    ),
    relations: file.relations.filter(
      ({ collection, related_collection: related, meta }) =>
        (names.has(collection) || (meta !== null && isThere(collection))) && (related === null || isThere(related)),
    ),
  };
}

/** Some collections of the model, with their fields and relations. */
export function partOfFile(file: SnapshotFile, wanted: (collection: string) => boolean): SnapshotFile {
  const isWanted = ({ collection }: { readonly collection: string }): boolean => wanted(collection);
  return {
    ...file,
    version: 2,
    collections: file.collections.filter(isWanted),
    fields: file.fields.filter(isWanted),
    relations: file.relations.filter(isWanted),
  };
}
