import { invalidPayload } from '../errors/index.ts';
import type { CollectionHooks, HookContext, Key } from '../items/index.ts';
import type { Store } from '../store/types.ts';

/** Any number that no other lock of the server has. */
const LOCK = 4_217_301;

/** A language has each key once. The table of existing projects has no constraint for it. */
export function translationHooks(store: Store): CollectionHooks {
  const text = `select b.id from directus_translations a join directus_translations b
    on a.language = b.language and a.key = b.key and a.id <> b.id where a.id = ${store.placeholder(1)} limit 1`;
  const refuseTwins = async (keys: readonly Key[], _payload: unknown, { tx }: HookContext): Promise<void> => {
    for (const key of keys) {
      if ((await tx.rows(text, [key])).length > 0)
        throw invalidPayload('There is a translation with this "language" and "key" already.');
    }
  };
  return {
    async prepare(payload, _action, _keys, { tx }) {
      // Two writers at once would not see each other's row.
      if (store.dialect === 'postgres') await tx.rows(`select pg_advisory_xact_lock(${LOCK})`);
      return payload;
    },
    created: refuseTwins,
    updated: refuseTwins,
  };
}
