import type { Clock } from '../../kernel/clock.ts';
import type { Reader, Row, Store } from '../../store/types.ts';
import type { VerifiedShareToken } from '../access-token.ts';
import { bindMoment, readMoment, statement } from '../statements.ts';

/** A share that has begun, is not over, and whose author may still act. */
export interface LiveShare {
  readonly id: string;
  readonly collection: string;
  readonly item: string;
  readonly role: string | null;
  readonly author: { readonly user: string; readonly role: string | null };
  /** Argon2 hash; null when it takes no password. */
  readonly password: string | null;
  readonly timesUsed: number;
  readonly maxUses: number | null;
  /** Milliseconds since 1970, or null. */
  readonly begins: number | null;
  readonly ends: number | null;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const SHARE = `SELECT sh.id, sh.collection, sh.item, sh.role, sh.password, sh.times_used, sh.max_uses, sh.date_start,
    sh.date_end, u.id AS author, u.role AS author_role
  FROM directus_shares sh JOIN directus_users u ON u.id = sh.user_created AND u.status = 'active'
  WHERE sh.id = ?`;

/**
 * Shares as they are at this moment: read whenever somebody comes with one, so that nothing has to be told when a share is
 * changed, ends or goes, or when its author is suspended.
 */
export class LiveShares {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #find: string;
  readonly #visited: string;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#find = statement(store, SHARE);
    this.#visited = statement(
      store,
      `${SHARE} AND EXISTS (
        SELECT 1 FROM directus_sessions s WHERE s.share = sh.id AND s.limen_family = ? AND s.expires > ?)`,
    );
  }

  /** The share with this id, or null; for what is no id, too. */
  async find(id: string, reader: Reader = this.#store): Promise<LiveShare | null> {
    if (!UUID.test(id)) return null;
    return this.#live(await reader.get(this.#find, [id.toLowerCase()]));
  }

  /** The share of a token whose visit was not signed out, or null. */
  async visited({ share, family }: VerifiedShareToken): Promise<LiveShare | null> {
    const now = bindMoment(this.#store.dialect, this.#clock.now());
    return this.#live(await this.#store.get(this.#visited, [share, family, now]));
  }

  #live(row: Row | undefined): LiveShare | null {
    if (!row) return null;
    const begins = readMoment(this.#store.dialect, row.date_start);
    const ends = readMoment(this.#store.dialect, row.date_end);
    const now = this.#clock.now();
    // Written so that a date that can't be read lets nobody in.
    if ((begins !== null && !(begins <= now)) || (ends !== null && !(now < ends))) return null;
    return {
      id: String(row.id),
      collection: String(row.collection),
      item: String(row.item),
      role: textOrNull(row.role),
      author: { user: String(row.author), role: textOrNull(row.author_role) },
      password: textOrNull(row.password),
      timesUsed: Number(row.times_used ?? 0),
      maxUses: row.max_uses === null ? null : Number(row.max_uses),
      begins,
      ends,
    };
  }
}

/** Whether it may not be signed in to any more. */
export const isUsedUp = ({ timesUsed, maxUses }: LiveShare): boolean => maxUses !== null && timesUsed >= maxUses;

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
