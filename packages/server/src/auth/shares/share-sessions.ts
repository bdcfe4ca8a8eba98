import type { Origin } from '../../access/accountability.ts';
import { invalidCredentials } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store, Transaction } from '../../store/types.ts';
import { hashToken, type SessionTokens } from '../session-tokens.ts';
import type { SessionKind } from '../sessions.ts';
import type { AuthSettings } from '../settings.ts';
import { bindMoment, readMoment, statement } from '../statements.ts';
import type { LiveShare, LiveShares } from './live-shares.ts';

/** A visit to a share: what its refresh or session tokens have in common. */
export interface Visit {
  readonly share: string;
  readonly family: string;
  readonly plain: string;
}

/** A spent token that comes back sooner than this is a client in a hurry, later it is a thief. */
const HURRY_MS = 10_000;
/** Visits that one share keeps: who has its address could make any number. The oldest end. */
const MAX_VISITS = 10_000;
/** Of directus_sessions.origin and .ip. */
const COLUMN_LENGTH = 255;

const TEXTS = {
  insert: `INSERT INTO directus_sessions (token, share, expires, ip, user_agent, origin, limen_family, limen_kind)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  replace: `UPDATE directus_sessions SET token = ?, expires = ?, limen_rotated_at = ?
    WHERE token = ? AND limen_kind = ? AND expires > ? AND share IS NOT NULL RETURNING share`,
  current: `SELECT token, share, limen_rotated_at AS rotated FROM directus_sessions
    WHERE limen_family = ? AND limen_kind = ? AND share IS NOT NULL`,
  end: 'DELETE FROM directus_sessions WHERE limen_family = ? AND limen_kind = ? AND share IS NOT NULL',
  endAllOf: 'DELETE FROM directus_sessions WHERE share = ?',
  endOldest: `DELETE FROM directus_sessions WHERE token IN (
    SELECT token FROM directus_sessions WHERE share = ? ORDER BY expires DESC LIMIT 1000000 OFFSET ${MAX_VISITS})`,
};

/**
 * The rows of directus_sessions that belong to shares. A visit has one row, which passes from token to token; its tokens
 * have a seal of their own, so that they are nothing to the sessions of users and the other way round.
 */
export class ShareSessions {
  readonly #store: Store;
  readonly #tokens: SessionTokens;
  readonly #live: LiveShares;
  readonly #clock: Clock;
  readonly #sql: Readonly<Record<keyof typeof TEXTS, string>>;
  readonly #times: Record<SessionKind, { ttl: number; grace: number }>;

  constructor(store: Store, tokens: SessionTokens, live: LiveShares, settings: AuthSettings, clock: Clock) {
    this.#store = store;
    this.#tokens = tokens;
    this.#live = live;
    this.#clock = clock;
    const texts = Object.entries(TEXTS).map(([name, text]) => [name, statement(store, text)]);
    this.#sql = Object.fromEntries(texts) as Record<keyof typeof TEXTS, string>;
    this.#times = {
      refresh: { ttl: settings.refreshTokenTtlMs, grace: settings.refreshTokenGracePeriodMs },
      session: { ttl: settings.sessionCookieTtlMs, grace: settings.sessionRefreshGracePeriodMs },
    };
  }

  /** Whether this server made the token for a share. Asks nothing of the database. */
  isOurs(plain: string): boolean {
    return this.#tokens.familyOf(plain) !== null;
  }

  async open(tx: Transaction, kind: SessionKind, share: string, origin: Origin): Promise<Visit> {
    const { plain, hash, family } = this.#tokens.issue();
    const from = [origin.ip, origin.userAgent, origin.origin?.slice(0, COLUMN_LENGTH) ?? null];
    await tx.run(this.#sql.insert, [hash, share, this.#moment(this.#times[kind].ttl), ...from, family, kind]);
    return { share, family, plain };
  }

  /**
   * Spends a token for its successor. Within the grace period of its kind a spent token leads to the same one; one that
   * comes back later ends the visit (RFC 9700 §4.14.2). Nothing is spent on a share that is over. Throws
   * INVALID_CREDENTIALS.
   */
  async rotate(kind: SessionKind, plain: string): Promise<{ visit: Visit; share: LiveShare }> {
    const family = this.#tokens.familyOf(plain);
    if (family === null) throw invalidCredentials();
    const next = this.#tokens.successorOf(plain);
    const share = await this.#store.transaction(async (tx) => {
      const now = this.#moment();
      const expires = this.#moment(this.#times[kind].ttl);
      const moved = await tx.get(this.#sql.replace, [next.hash, expires, now, hashToken(plain), kind, now]);
      const id = moved ? String(moved.share) : await this.#ofSpent(tx, kind, family, next.hash);
      if (id === null) return null; // not thrown in here: what was ended has to stay ended
      const live = await this.#live.find(id, tx);
      if (live === null) throw invalidCredentials();
      return live;
    });
    if (share === null) throw invalidCredentials();
    return { visit: { share: share.id, family, plain: next.plain }, share };
  }

  /** The share of a token that was spent a moment ago for the current one; of others the visit ends. */
  async #ofSpent(tx: Transaction, kind: SessionKind, family: string, next: string): Promise<string | null> {
    const row = await tx.get(this.#sql.current, [family, kind]);
    const rotated = row ? readMoment(this.#store.dialect, row.rotated) : null;
    if (!row || rotated === null) return null;
    const age = this.#clock.now() - rotated;
    const { grace } = this.#times[kind];
    if (row.token === next && age < grace) return String(row.share);
    if (age >= Math.max(HURRY_MS, grace)) await tx.run(this.#sql.end, [family, kind]);
    return null;
  }

  /** Signs out: the visit of the token ends, whichever of its tokens this is. */
  async end(kind: SessionKind, plain: string): Promise<void> {
    const family = this.#tokens.familyOf(plain);
    if (family !== null) await this.#store.transaction((tx) => tx.run(this.#sql.end, [family, kind]));
  }

  /** Ends the oldest visits of a share that has too many. To be called now and then. */
  async endOldestOf(tx: Transaction, share: string): Promise<void> {
    await tx.run(this.#sql.endOldest, [share]);
  }

  /** Ends every visit of a share. */
  async endAllOf(tx: Transaction, share: string): Promise<void> {
    await tx.run(this.#sql.endAllOf, [share]);
  }

  #moment(offset = 0) {
    return bindMoment(this.#store.dialect, this.#clock.now() + offset);
  }
}
