import type { Access } from '../access/index.ts';
import { forbidden } from '../errors/index.ts';
import type { Collection } from '../schema/types.ts';
import type { Action } from '../wire/index.ts';
import { invalidCollection } from './messages.ts';

const ACTIONS: readonly Action[] = ['read', 'create', 'update', 'delete'];

/**
 * A collection that a message names. What is closed to the caller is refused as what is not there, so that nobody can tell
 * them apart: with FORBIDDEN to the anonymous, with INVALID_COLLECTION to everybody else. Names of system collections are
 * no secret.
 */
export function knownCollection({ profile, accountability }: Access, name: string): Collection {
  const known = profile.snapshot.collections.get(name);
  if (known?.system) return known;
  const isOpen = known && !known.folder && ACTIONS.some((action) => profile.access(name, action) !== null);
  if (isOpen) return known;
  throw accountability.kind === 'anonymous' ? forbidden() : invalidCollection();
}
