import type { Origin } from '../access/index.ts';
import type { Store, Transaction } from '../store/types.ts';
import { bindMoment, statement } from './statements.ts';

/** Something that happened to an account. */
export interface AccountEvent {
  readonly action: 'login' | 'login-failed' | 'lock-out' | 'token-reuse' | 'identity-linked' | 'create' | 'update';
  /** Who did it, by id; null where nobody has proved who they are. */
  readonly actor: string | null;
  /** Whose account it is, by id. */
  readonly user: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly origin: Origin;
}

const COLUMN_LENGTH = 255;

/** Writes it into directus_activity, in the transaction of the change. */
export async function recordEvent(
  tx: Transaction,
  store: Pick<Store, 'dialect' | 'placeholder'>,
  { action, actor, user, at, origin }: AccountEvent,
): Promise<void> {
  const text = statement(
    store,
    `INSERT INTO directus_activity (action, "user", timestamp, ip, user_agent, collection, item, origin)
     VALUES (?, ?, ?, ?, ?, 'directus_users', ?, ?)`,
  );
  const from = origin.origin?.slice(0, COLUMN_LENGTH) ?? null;
  await tx.run(text, [action, actor, bindMoment(store.dialect, at), origin.ip, origin.userAgent, user, from]);
}
