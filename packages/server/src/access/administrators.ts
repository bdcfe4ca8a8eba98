import { unprocessable } from '../errors/index.ts';
import type { Store, Transaction } from '../store/types.ts';

/** What is about to be deleted, by id: it counts as gone already. */
export interface AboutToGo {
  readonly users?: readonly string[];
  readonly roles?: readonly string[];
  readonly policies?: readonly string[];
  /** Rows of directus_access. */
  readonly attachments?: readonly string[];
}

/** Throws UNPROCESSABLE_CONTENT when the transaction would leave nobody who may administer. */
export type KeepAnAdministrator = (tx: Transaction, gone?: AboutToGo) => Promise<void>;

const LOCK = 'limen: the last administrator';

/**
 * To be called after a change, or before a deletion, of users, roles, policies or their attachments. An administrator is
 * an active user with a policy of admin access: their own, their role's, or that of one of the role's ancestors.
 */
export function keepAnAdministrator(store: Pick<Store, 'dialect' | 'placeholder'>): KeepAnAdministrator {
  const text = administratorText(store);
  return async (tx, { users = [], roles = [], policies = [], attachments = [] } = {}) => {
    // Of two transactions that each take one of the last two, the later has to see what the earlier did. SQLite has one
    // writer anyway.
    if (store.dialect === 'postgres') await tx.get('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [LOCK]);
    const lists = [attachments, policies, roles, roles, users].map((ids) => JSON.stringify(ids));
    if ((await tx.get(text, lists)) === undefined) {
      throw unprocessable('At least one active user with admin access has to remain.');
    }
  };
}

/** Whether somebody may administer, from whatever address: by a policy of their own, their role's or one of its ancestors'. */
export async function administers(
  store: Pick<Store, 'placeholder'>,
  tx: Pick<Transaction, 'get'>,
  user: string,
): Promise<boolean> {
  const [first, second] = [store.placeholder(1), store.placeholder(2)];
  const text = `WITH RECURSIVE chain(id) AS (
      SELECT role FROM directus_users WHERE id = ${first}
      UNION
      SELECT r.parent FROM directus_roles r JOIN chain c ON r.id = c.id
    )
    SELECT 1 FROM directus_access a JOIN directus_policies p ON p.id = a.policy
    WHERE p.admin_access = TRUE AND (a."user" = ${second} OR a.role IN (SELECT id FROM chain)
      OR (a."user" IS NULL AND a.role IS NULL))
    LIMIT 1`;
  return (await tx.get(text, [user, user])) !== undefined;
}

function administratorText(store: Pick<Store, 'dialect' | 'placeholder'>): string {
  let n = 0;
  const not = (column: string): string => {
    const list = store.placeholder(++n);
    return store.dialect === 'sqlite'
      ? `${column} NOT IN (SELECT value FROM json_each(${list}))`
      : `CAST(${column} AS text) NOT IN (SELECT json_array_elements_text(CAST(${list} AS json)))`;
  };
  return `WITH RECURSIVE granted AS (
      SELECT a.role, a."user" AS holder FROM directus_access a JOIN directus_policies p ON p.id = a.policy
      WHERE p.admin_access = TRUE AND ${not('a.id')} AND ${not('p.id')}
    ),
    admin_roles(id) AS (
      SELECT r.id FROM directus_roles r JOIN granted g ON g.role = r.id WHERE ${not('r.id')}
      UNION
      SELECT r.id FROM directus_roles r JOIN admin_roles parent ON r.parent = parent.id WHERE ${not('r.id')}
    )
    SELECT 1 FROM directus_users u
    WHERE u.status = 'active' AND ${not('u.id')}
      AND (u.role IN (SELECT id FROM admin_roles) OR u.id IN (SELECT holder FROM granted WHERE holder IS NOT NULL))
    LIMIT 1`;
}
