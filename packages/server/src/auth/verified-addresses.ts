import type { Store, Transaction } from '../store/types.ts';
import { bindMoment, statement } from './statements.ts';

/**
 * Notes that somebody who reads the mail of the account used what was sent there: a link or a code. It holds for the
 * address that the account has at that moment, and for no other that it gets later.
 */
export async function recordVerifiedAddress(
  tx: Transaction,
  store: Pick<Store, 'dialect' | 'placeholder'>,
  user: string,
  at: number,
): Promise<void> {
  const text = statement(
    store,
    `INSERT INTO limen_verified_addresses ("user", email, verified_at)
     SELECT u.id, u.email, ? FROM directus_users u WHERE u.id = ? AND u.email IS NOT NULL
     ON CONFLICT ("user") DO UPDATE SET email = excluded.email, verified_at = excluded.verified_at`,
  );
  await tx.run(text, [bindMoment(store.dialect, at), user]);
}

/** SQL: whether the address of the row of directus_users under `alias` was proven to be its owner's. */
export const isAddressVerified = (alias: string): string =>
  `EXISTS (SELECT 1 FROM limen_verified_addresses v WHERE v."user" = ${alias}.id AND v.email = ${alias}.email)`;

/** For who took an identity away: the address must not bring it back by itself. */
export async function forgetVerifiedAddress(
  tx: Transaction,
  store: Pick<Store, 'placeholder'>,
  user: string,
): Promise<void> {
  await tx.run(statement(store, 'DELETE FROM limen_verified_addresses WHERE "user" = ?'), [user]);
}
