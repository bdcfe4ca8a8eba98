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

/** Something that happened to anything. */
export interface RecordedEvent extends Omit<AccountEvent, 'action' | 'user'> {
  readonly action: string;
  readonly collection: string;
  readonly item: string;
}

/** Writes it into directus_activity, in the transaction of the change. */
export const recordEvent = (
  tx: Transaction,
  store: Pick<Store, 'dialect' | 'placeholder'>,
  { user, ...event }: AccountEvent,
): Promise<void> => recordActivity(tx, store, { ...event, collection: 'directus_users', item: user });

/** The same for what is no account. */
export async function recordActivity(
  tx: Transaction,
  store: Pick<Store, 'dialect' | 'placeholder'>,
  { action, actor, collection, item, at, origin }: RecordedEvent,
): Promise<void> {
  const text = statement(
    store,
    `INSERT INTO directus_activity (action, "user", timestamp, ip, user_agent, collection, item, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const from = origin.origin?.slice(0, COLUMN_LENGTH) ?? null;
  await tx.run(text, [
    action,
    actor,
    bindMoment(store.dialect, at),
    origin.ip,
    origin.userAgent,
    collection,
    item,
    from,
  ]);
}
