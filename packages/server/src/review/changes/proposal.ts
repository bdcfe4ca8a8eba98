import type { Access } from '../../access/index.ts';
import { forbidden, invalidPayload } from '../../errors/index.ts';
import type { ItemService, ItemWriter, Payload } from '../../items/index.ts';
import type { Store } from '../../store/types.ts';
import { loadFacts, loadPersons } from './facts.ts';
import type { Comparison } from './types.ts';

/** What decides access and can be proposed to change. */
const COLLECTIONS = ['directus_roles', 'directus_policies', 'directus_permissions', 'directus_access'] as const;
const MAX_CHANGES = 100;

export type Change =
  | { readonly action: 'create'; readonly collection: string; readonly payloads: readonly Payload[] }
  | {
      readonly action: 'update';
      readonly collection: string;
      readonly keys: readonly unknown[];
      readonly payload: Payload;
    }
  | { readonly action: 'delete'; readonly collection: string; readonly keys: readonly unknown[] };

/** Reads `{changes: [{action, collection, keys, data}]}`. Throws INVALID_PAYLOAD. */
export function readChanges(body: unknown): Change[] {
  const changes = isObject(body) ? body.changes : undefined;
  if (!Array.isArray(changes) || changes.length === 0) throw invalidPayload('"changes" has to be a list of changes.');
  if (changes.length > MAX_CHANGES) throw invalidPayload(`At most ${MAX_CHANGES} changes can be looked at together.`);
  return changes.map(readChange);
}

function readChange(change: unknown): Change {
  if (!isObject(change)) throw invalidPayload('Every change has to be an object.');
  const { action, collection, data } = change;
  if (typeof collection !== 'string' || !(COLLECTIONS as readonly string[]).includes(collection))
    throw invalidPayload(`"collection" has to be one of ${COLLECTIONS.join(', ')}.`);
  switch (action) {
    case 'create': {
      const payloads = Array.isArray(data) ? data : [data];
      if (!payloads.every(isObject)) throw invalidPayload('"data" has to be an object or a list of objects.');
      return { action, collection, payloads };
    }
    case 'update':
      if (!isObject(data)) throw invalidPayload('"data" has to be an object.');
      return { action, collection, keys: keysOf(change), payload: data };
    case 'delete':
      return { action, collection, keys: keysOf(change) };
    default:
      throw invalidPayload('"action" has to be create, update or delete.');
  }
}

const isObject = (value: unknown): value is Payload =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function keysOf({ key, keys }: Payload): unknown[] {
  const list = keys ?? (key === undefined ? undefined : [key]);
  if (!Array.isArray(list) || list.length === 0) throw invalidPayload('"keys" has to be a list of keys.');
  return list;
}

/**
 * Throws FORBIDDEN unless the caller may read all of what decides access, and who has which role: what a change does
 * depends on all of it.
 */
export function requireReviewer({ profile }: Access): void {
  if (COLLECTIONS.some((collection) => !mayReadAllOf(profile, collection))) throw forbidden();
  if (profile.admin) return;
  const users = profile.access('directus_users', 'read');
  if (!users || users.rows !== null) throw forbidden();
  if (['id', 'role', 'status'].some((field) => users.fields.get(field) !== null)) throw forbidden();
}

/** Whether every value of every item of a collection may be read. */
export function mayReadAllOf(profile: Access['profile'], collection: string): boolean {
  if (profile.admin) return true;
  const access = profile.access(collection, 'read');
  if (!access || access.rows !== null) return false;
  const columns = [...access.collection.fields.values()].filter(({ column }) => column !== null);
  return columns.every(({ name }) => access.fields.get(name) === null);
}

/**
 * Makes the changes as the item service does, with the rights of the caller, and undoes them: what was and what would be.
 * Throws whatever saving them would throw. Nothing is stored, recorded or announced.
 */
export function rehearse(
  { items, store }: { items: ItemService; store: Store },
  access: Access,
  changes: readonly Change[],
): Promise<Comparison> {
  return items
    .rehearse(access, async (writer, heard) => {
      const before = await loadFacts(writer.tx);
      for (const change of changes) await make(writer, change);
      const after = await loadFacts(writer.tx);
      const users = heard.announced.flatMap(({ topic, detail }) =>
        topic === 'users' && detail !== null ? detail : [],
      );
      const ids = [...new Set(users)];
      const now = await loadPersons(writer.tx, store, ids);
      return { before, after, ids, now };
    })
    .then(async ({ before, after, ids, now }) => {
      const then = await loadPersons(store, store, ids);
      const moved = ids.map((id) => [id, { before: then.get(id) ?? null, after: now.get(id) ?? null }] as const);
      return { before, after, moved: new Map(moved) };
    });
}

async function make(writer: ItemWriter, change: Change): Promise<void> {
  const { collection } = change;
  if (change.action === 'create') for (const payload of change.payloads) await writer.create(collection, payload);
  else if (change.action === 'update') await writer.updateMany(collection, change.keys, change.payload);
  else await writer.delete(collection, change.keys);
}
