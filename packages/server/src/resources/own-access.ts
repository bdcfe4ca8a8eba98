import type { Access, CollectionAccess } from '../access/index.ts';
import { ApiError } from '../errors/index.ts';
import { type Key, readKey } from '../items/index.ts';
import { presetValue } from '../items/payload-rules.ts';
import { selectByKeys } from '../items/rows.ts';
import { quote } from '../sql/index.ts';
import type { Store } from '../store/types.ts';
import type { Action, Json } from '../wire/index.ts';

const ACTIONS: readonly Action[] = ['create', 'read', 'update', 'delete', 'share'];

type OwnPermission =
  | { access: 'none' }
  | { access: 'partial' | 'full'; fields: string[]; presets?: Record<string, Json> };

/** Every collection with a permission, and what each action is allowed there; presets with their variables resolved. */
export function ownPermissions(access: Access): Record<string, Record<Action, OwnPermission>> {
  const { profile } = access;
  const names = profile.admin
    ? [...profile.snapshot.collections.keys()]
    : [...new Set(profile.permissions.map((permission) => permission.collection))];
  const all: Record<string, Record<Action, OwnPermission>> = {};
  for (const name of names) {
    if (!profile.snapshot.collections.has(name)) continue;
    all[name] = Object.fromEntries(
      ACTIONS.map((action) => [action, ownPermission(access, profile.access(name, action))]),
    ) as Record<Action, OwnPermission>;
  }
  return all;
}

function ownPermission(access: Access, allowed: CollectionAccess | null): OwnPermission {
  if (!allowed) return { access: 'none' };
  if (access.profile.admin) return { access: 'full', fields: ['*'] };
  const every = allowed.grants.some((grant) => grant.allFields);
  const fields = every ? ['*'] : [...new Set(allowed.grants.flatMap((grant) => [...grant.fields]))];
  const presets = Object.entries(allowed.presets).map(([field, value]) => [field, presetValue(value, access.scope)]);
  return {
    access: allowed.rows === null ? 'full' : 'partial',
    fields,
    ...(presets.length > 0 ? { presets: Object.fromEntries(presets) } : {}),
  };
}

type Reach = Record<
  'update' | 'delete' | 'share',
  { access: boolean; fields?: string[]; presets?: Record<string, Json> }
>;

/** Whether the caller may change, delete or share an item, or any item at all. Nothing there: nothing allowed. */
export async function reachOf(store: Store, access: Access, collection: string, id: string | null): Promise<Reach> {
  const known = access.profile.snapshot.collections.get(collection);
  const key = id === null || !known || known.folder ? null : keyOrNull(access, collection, id);
  const singleton = (known?.singleton && id === null) ?? false;
  const may = async (action: Action): Promise<boolean> => {
    const allowed = access.profile.access(collection, action);
    if (!allowed) return false;
    if (singleton) return singletonInReach(store, access, allowed);
    if (id === null) return true;
    return key !== null && inReach(store, access, allowed, key);
  };
  const reach: Reach = {
    update: { access: await may('update') },
    delete: { access: await may('delete') },
    share: { access: await may('share') },
  };
  if (!singleton || !reach.update.access) return reach;
  const own = ownPermission(access, access.profile.access(collection, 'update'));
  return own.access === 'none'
    ? reach
    : { ...reach, update: { access: true, fields: own.fields, presets: own.presets ?? {} } };
}

function keyOrNull(access: Access, collection: string, id: string): Key | null {
  const known = access.profile.snapshot.collections.get(collection);
  if (!known) return null;
  try {
    return readKey(known, id);
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

async function inReach(store: Store, access: Access, allowed: CollectionAccess, key: Key): Promise<boolean> {
  const rows = await selectByKeys(store, store.dialect, allowed.collection, [key], access.scope, {
    columns: () => ['1'],
    where: allowed.rows,
  });
  return rows.length > 0;
}

/** A singleton that isn't there yet is in reach of whoever may create it. */
async function singletonInReach(store: Store, access: Access, allowed: CollectionAccess): Promise<boolean> {
  const { collection } = allowed;
  const [row] = await store.rows(`select ${quote(collection.primaryKey)} from ${quote(collection.name)} limit 1`);
  if (!row) return allowed.rows === null || access.profile.access(collection.name, 'create') !== null;
  return inReach(store, access, allowed, row[0] as Key);
}
