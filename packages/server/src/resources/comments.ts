import type { Access } from '../access/index.ts';
import { forbidden, invalidPayload } from '../errors/index.ts';
import { type CollectionHooks, type HookContext, type Key, readKey } from '../items/index.ts';
import { selectByKeys } from '../items/rows.ts';
import type { Store, Transaction } from '../store/types.ts';

interface Subject {
  readonly collection: unknown;
  readonly item: unknown;
}

/** A comment is about an item, and only about one that its author may read. */
export function commentHooks(store: Store): CollectionHooks {
  const stored = `select collection, item from directus_comments where id = ${store.placeholder(1)}`;
  return {
    accept(payload, action) {
      for (const name of ['comment', 'collection', 'item']) {
        const value = payload[name];
        if (action === 'update' && value === undefined) continue;
        if (typeof value === 'string' ? value.trim() === '' : name !== 'item' || typeof value !== 'number')
          throw invalidPayload(`"${name}" is required.`);
      }
    },

    async prepare(payload, action, keys, context) {
      if (action === 'create') await requireReadable(store, context, payload as unknown as Subject);
      else if (payload.collection !== undefined || payload.item !== undefined) {
        for (const before of await subjectsOf(context.tx, keys, stored))
          await requireReadable(store, context, { ...before, ...payload });
      }
      return payload.item === undefined ? payload : { ...payload, item: String(payload.item) };
    },
  };
}

async function subjectsOf(tx: Transaction, keys: readonly Key[], text: string): Promise<Subject[]> {
  const rows: Subject[] = [];
  for (const key of keys) rows.push(...(await tx.all<{ collection: string; item: string }>(text, [key])));
  return rows;
}

/** Throws FORBIDDEN unless there is such an item and the caller may read it. */
async function requireReadable(store: Store, { tx, access }: HookContext, subject: Subject): Promise<void> {
  if (!(await isReadable(tx, store.dialect, access, String(subject.collection), subject.item))) throw forbidden();
}

/** Whether an item is there and in the caller's reach to read. Throws FORBIDDEN for a closed or unknown collection. */
export async function isReadable(
  tx: Transaction,
  dialect: Store['dialect'],
  access: Access,
  collection: string,
  item: unknown,
): Promise<boolean> {
  const allowed = access.profile.require(collection, 'read');
  const rows = await selectByKeys(tx, dialect, allowed.collection, [readKey(allowed.collection, item)], access.scope, {
    columns: () => ['1'],
    where: allowed.rows,
  });
  return rows.length > 0;
}
