import type { Store, Transaction } from '../store/types.ts';
import { foldEmail, foldedColumn } from './email.ts';
import { statement } from './statements.ts';

/**
 * The ids of the accounts that have this address, in any case; the spelling as given first. Nobody else can give an account
 * the same address until the transaction ends: the unique index knows exact spellings only, so on PostgreSQL two
 * transactions with a different one each would both find nothing. SQLite has one writer anyway.
 */
export async function holdersOfAddress(
  store: Pick<Store, 'dialect' | 'placeholder'>,
  tx: Transaction,
  email: string,
): Promise<string[]> {
  const form = foldEmail(email);
  if (store.dialect === 'postgres') {
    await tx.get('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`directus_users.email ${form}`]);
  }
  const find = statement(
    store,
    `SELECT id FROM directus_users WHERE ${foldedColumn(store.dialect, 'email')} = ?
     ORDER BY CASE WHEN email = ? THEN 0 ELSE 1 END, id LIMIT 10`,
  );
  return (await tx.all<{ id: string }>(find, [form, email])).map(({ id }) => id);
}
