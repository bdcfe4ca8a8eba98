import type { Auth } from '../auth/index.ts';
import { forbidden, invalidPayload } from '../errors/index.ts';
import { type CollectionHooks, type HookContext, type Key, type Payload, readKey, sameKey } from '../items/index.ts';
import { selectByKeys } from '../items/rows.ts';
import { CONCEALED } from '../query/index.ts';
import type { Store, Transaction } from '../store/types.ts';

export interface ShareHookParts {
  readonly store: Store;
  readonly sessions: Pick<Auth['shareSessions'], 'endAllOf'>;
}

/** A stored share, as far as writing it depends on it. */
interface StoredShare extends Record<string, unknown> {
  readonly collection: string;
  readonly item: string;
  readonly role: string | null;
  readonly user_created: string | null;
  readonly times_used: number | null;
}

/** What makes a share another share. */
const SUBJECT = ['collection', 'item', 'role'] as const;
/** Known to the server alone. */
const COUNTED = ['user_created', 'times_used'] as const;

/**
 * Sharing takes the permission to share the item, when the share is made and when it is changed, for the item that it is
 * about afterwards. A share acts with its author's rights: only the author, or an administrator, makes it another share.
 */
export function shareHooks({ store, sessions }: ShareHookParts): CollectionHooks {
  const stored = `select collection, item, role, user_created, times_used from directus_shares
    where id = ${store.placeholder(1)}`;
  return {
    accept(payload, action) {
      const { collection, item, role } = payload;
      const absent = action === 'update' ? undefined : null;
      if (typeof collection !== 'string' && collection !== absent)
        throw invalidPayload('"collection" has to be a name.');
      if (typeof item !== 'string' && typeof item !== 'number' && item !== absent)
        throw invalidPayload('"item" has to be a key.');
      if (action === 'create' && (collection === null || item === null || collection === '' || item === ''))
        throw invalidPayload('"collection" and "item" are required.');
      if (role !== undefined && role !== null && typeof role !== 'string')
        throw invalidPayload('"role" has to be the id of a role.');
    },

    async prepare(payload, action, keys, context) {
      await refuseNarrowToken(store, context);
      if (action === 'create') {
        const { collection, item } = payload;
        return { ...payload, item: await requireShareable(store, context, collection, item), times_used: 0 };
      }
      return prepareUpdate(store, payload, await storedShares(context.tx, keys, stored), context);
    },

    async updated(keys, payload, { tx }) {
      const { password } = payload;
      if (password === undefined || password === CONCEALED) return;
      // Whoever came in with another password, or none, has to come again.
      for (const key of keys) await sessions.endAllOf(tx, String(key));
    },
  };
}

async function prepareUpdate(
  store: Store,
  payload: Payload,
  shares: readonly StoredShare[],
  context: HookContext,
): Promise<Payload> {
  const { accountability, access } = context;
  const caller = accountability.kind === 'user' ? accountability.user : null;
  const isNew = (before: StoredShare) => (name: keyof StoredShare) =>
    payload[name] !== undefined && String(payload[name]) !== String(before[name]);
  let item: string | null = null;
  for (const before of shares) {
    if (COUNTED.some(isNew(before))) throw forbidden();
    const changes = SUBJECT.some(isNew(before));
    if (changes && !access.profile.admin && !sameKey(before.user_created, caller)) throw forbidden();
    if (!changes && access.profile.admin) continue;
    const after = { ...before, ...payload };
    item = await requireShareable(store, context, after.collection, after.item);
  }
  const { user_created: _author, times_used: _uses, ...kept } = payload;
  return kept.item !== undefined && item !== null ? { ...kept, item } : kept;
}

/** The key of the item as text. Throws FORBIDDEN unless there is such an item and the caller may share it. */
async function requireShareable(
  store: Store,
  { tx, access }: HookContext,
  collection: unknown,
  item: unknown,
): Promise<string> {
  const allowed = access.profile.require(String(collection), 'share');
  const key = readKey(allowed.collection, item);
  const rows = await selectByKeys(tx, store.dialect, allowed.collection, [key], access.scope, {
    columns: () => ['1'],
    where: allowed.rows,
  });
  if (rows.length === 0) throw forbidden();
  return String(key);
}

/**
 * A token that leaves its user less than everything, or has another role for them, would hand out what it does not have:
 * a share acts with all rights of its author.
 */
async function refuseNarrowToken(store: Store, { accountability, tx }: HookContext): Promise<void> {
  if (accountability.kind !== 'user') return;
  if (accountability.scope !== undefined) throw forbidden();
  if (accountability.proof !== 'issuer') return;
  const text = `select role from directus_users where id = ${store.placeholder(1)}`;
  const stored = await tx.get<{ role: string | null }>(text, [accountability.user]);
  if (!stored || stored.role !== accountability.role) throw forbidden();
}

async function storedShares(tx: Transaction, keys: readonly Key[], text: string): Promise<StoredShare[]> {
  const rows: StoredShare[] = [];
  for (const key of keys) rows.push(...(await tx.all<StoredShare>(text, [key])));
  return rows;
}
