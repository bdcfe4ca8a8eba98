import type { Origin } from '../access/accountability.ts';
import type { Store, Transaction } from '../store/types.ts';
import { bindMoment, statement } from './statements.ts';

/** The entry of directus_activity about a spent token that came back: two parties had it, and one of them stole it. */
export async function recordReuse(
  tx: Transaction,
  store: Pick<Store, 'dialect' | 'placeholder'>,
  user: string,
  now: number,
  { ip, userAgent, origin }: Origin,
): Promise<void> {
  const text = statement(
    store,
    `INSERT INTO directus_activity (action, "user", timestamp, ip, user_agent, collection, item, origin)
     VALUES ('token-reuse', ?, ?, ?, ?, 'directus_users', ?, ?)`,
  );
  await tx.run(text, [user, bindMoment(store.dialect, now), ip, userAgent, user, origin?.slice(0, 255) ?? null]);
}
