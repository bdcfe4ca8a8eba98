import type { Store, Transaction } from '../store/types.ts';
import { bindMoment, readMoment, statement } from './statements.ts';

/**
 * Ends access tokens that name no session before they expire. They say when they were made (`iat`) and nothing else that
 * tells one from another, so what is kept is: of this user, none counts that was made up to then, but for those of sessions
 * that go on, whose rows know when their newest one was made.
 */
export class TokenBars {
  readonly #store: Store;
  readonly #raise: string;
  readonly #sparedSeconds: string;
  readonly #lower: string;

  constructor(store: Store) {
    this.#store = store;
    this.#raise = statement(
      store,
      `INSERT INTO limen_token_bars ("user", not_before, spared) VALUES (?, ?, ?)
       ON CONFLICT ("user") DO UPDATE SET spared = excluded.spared,
         not_before = CASE WHEN excluded.not_before > limen_token_bars.not_before THEN excluded.not_before
           ELSE limen_token_bars.not_before END`,
    );
    this.#sparedSeconds = statement(
      store,
      `SELECT limen_issued_at AS issued FROM directus_sessions
       WHERE "user" = ? AND limen_kind = 'refresh' AND expires > ? AND limen_issued_at IS NOT NULL
       ORDER BY limen_issued_at DESC LIMIT ${MAX_SPARED}`,
    );
    this.#lower = statement(store, 'DELETE FROM limen_token_bars WHERE not_before < ?');
  }

  /**
   * Ends what was made for the user until now, or until `latest` where that is later (the clock of another node). `spared`
   * is the second of one access token that goes on counting although its session ended.
   */
  async raise(tx: Transaction, user: string, now: number, latest: number, spared: number | null = null): Promise<void> {
    const { dialect } = this.#store;
    const kept = spared === null ? null : bindMoment(dialect, spared * 1000);
    await tx.run(this.#raise, [user, bindMoment(dialect, Math.max(now, latest)), kept]);
    tx.announce('users', user);
  }

  /** The bar of a user, from the two columns of its row; null where there is none. */
  async of(user: string, row: { not_before: unknown; spared: unknown }, now: number): Promise<TokenBar | null> {
    const { dialect } = this.#store;
    const notBefore = readMoment(dialect, row.not_before);
    if (notBefore === null) return null;
    const live = await this.#store.all(this.#sparedSeconds, [user, bindMoment(dialect, now)]);
    const moments = [row.spared, ...live.map(({ issued }) => issued)].map((raw) => readMoment(dialect, raw));
    return {
      notBefore: secondOf(notBefore),
      spared: new Set(moments.flatMap((at) => (at === null ? [] : secondOf(at)))),
    };
  }

  /** Forgets bars that no token is old enough for any more. */
  async lower(tx: Transaction, before: number): Promise<void> {
    await tx.run(this.#lower, [bindMoment(this.#store.dialect, before)]);
  }
}

/** In whole seconds since 1970, as tokens tell the time (RFC 7519 §2, NumericDate). */
export interface TokenBar {
  readonly notBefore: number;
  readonly spared: ReadonlySet<number>;
}

const MAX_SPARED = 1000;

export const secondOf = (ms: number): number => Math.floor(ms / 1000);

/** Whether an access token made in this second was ended early. */
export const isBarred = (bar: TokenBar | null, issued: number): boolean =>
  bar !== null && issued <= bar.notBefore && !bar.spared.has(issued);
