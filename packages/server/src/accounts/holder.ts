import { foldEmail, foldedColumn } from '../auth/email.ts';
import { statement } from '../auth/index.ts';
import type { Store } from '../store/types.ts';

/** An account that may sign in here. */
export interface Holder {
  readonly id: string;
  /** As it is stored. */
  readonly email: string;
  readonly password: string | null;
}

/** Of accounts elsewhere, the provider knows the password and whose mail it is. */
const DEFAULT_PROVIDER = 'default';

/** The account that signs in with this address (in any case; the exact spelling first), if it is active and of no provider. */
export async function holderOf(store: Store, email: string): Promise<Holder | null> {
  const text = `SELECT id, email, password, status, provider FROM directus_users
    WHERE ${foldedColumn(store.dialect, 'email')} = ? ORDER BY CASE WHEN email = ? THEN 0 ELSE 1 END, id LIMIT 1`;
  return activeOnly(await store.get(statement(store, text), [foldEmail(email), email]));
}

/** As `holderOf`, with exactly the address that a token of ours names. */
export async function exactHolderOf(store: Store, email: string): Promise<Holder | null> {
  const text = 'SELECT id, email, password, status, provider FROM directus_users WHERE email = ?';
  return activeOnly(await store.get(statement(store, text), [email]));
}

function activeOnly(row: Readonly<Record<string, unknown>> | undefined): Holder | null {
  if (row?.status !== 'active' || row.provider !== DEFAULT_PROVIDER) return null;
  return {
    id: String(row.id),
    email: String(row.email),
    password: typeof row.password === 'string' ? row.password : null,
  };
}
