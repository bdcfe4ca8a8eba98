import { foldEmail, foldedColumn } from '../auth/email.ts';
import { statement } from '../auth/index.ts';
import type { Store } from '../store/types.ts';

/** An account as far as others have to know it. */
export interface FoundAccount {
  readonly id: string;
  readonly email: string | null;
  readonly role: string | null;
  /** Only `active` ones may sign in. */
  readonly status: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The account with this id or e-mail address (in any case; the exact spelling first), or null. */
export async function findAccount(store: Store, idOrEmail: string): Promise<FoundAccount | null> {
  const byId = UUID.test(idOrEmail);
  const where = byId ? 'id = ?' : `${foldedColumn(store.dialect, 'email')} = ?`;
  const text = `SELECT id, email, role, status FROM directus_users WHERE ${where}
    ORDER BY CASE WHEN email = ? THEN 0 ELSE 1 END, id LIMIT 1`;
  const row = await store.get(statement(store, text), [
    byId ? idOrEmail.toLowerCase() : foldEmail(idOrEmail),
    idOrEmail,
  ]);
  if (!row) return null;
  return { id: String(row.id), email: textOrNull(row.email), role: textOrNull(row.role), status: String(row.status) };
}

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
