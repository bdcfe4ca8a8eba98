import type { Rights } from '../session/permissions.ts';
import type { Collection, Model } from './model.ts';

/** The project's own collections that somebody can look into, in the order that was chosen for them. */
export function shownCollections(model: Model, rights: Rights): readonly Collection[] {
  return model.collections
    .filter(({ collection, meta, schema }) => schema !== null && !collection.startsWith('directus_') && !meta?.hidden)
    .filter(({ collection }) => rights.can('read', collection))
    .sort((a, b) => (a.meta?.sort ?? 999) - (b.meta?.sort ?? 999) || a.collection.localeCompare(b.collection));
}
