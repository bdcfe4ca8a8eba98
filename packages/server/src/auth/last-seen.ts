import { BoundedCache } from '../kernel/bounded-cache.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/types.ts';
import { bindMoment, statement } from './statements.ts';

/** How old what is written may be, in milliseconds. */
const PRECISION_MS = 60_000;
const FLUSH_MS = 30_000;
const REMEMBERED = 20_000;
/** What waits to be written at most; more is seen again within a minute. */
const MAX_WAITING = 2_000;

type Seen =
  | { readonly by: 'session'; readonly token: string }
  | { readonly by: 'access'; readonly user: string; readonly issued: number }
  | { readonly by: 'token'; readonly id: string };

/**
 * When sessions and named tokens were last used. Noted in memory and written in one transaction now and then, so that no
 * request waits for it and none writes.
 */
export class LastSeen {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #noted = new BoundedCache<string, number>(REMEMBERED);
  readonly #texts: Readonly<Record<Seen['by'], string>>;
  readonly #timer: NodeJS.Timeout;
  #waiting = new Map<string, { readonly seen: Seen; readonly at: number }>();

  constructor(store: Store, clock: Clock, onFault: (error: unknown) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#texts = {
      session: statement(store, 'UPDATE directus_sessions SET limen_seen_at = ? WHERE token = ? AND limen_seen_at < ?'),
      access: statement(
        store,
        `UPDATE directus_sessions SET limen_seen_at = ? WHERE "user" = ? AND limen_kind = 'refresh'
         AND limen_issued_at >= ? AND limen_issued_at < ? AND limen_seen_at < ?`,
      ),
      token: statement(
        store,
        'UPDATE limen_tokens SET last_used = ? WHERE id = ? AND (last_used IS NULL OR last_used < ?)',
      ),
    };
    this.#timer = setInterval(() => void this.flush().catch(onFault), FLUSH_MS).unref();
  }

  session(token: string): void {
    this.#note(token, () => ({ by: 'session', token }));
  }

  /** An access token without a session: its refresh token's row knows when it was made. */
  access(user: string, issued: number): void {
    this.#note(`${user} ${issued}`, () => ({ by: 'access', user, issued }));
  }

  token(id: string): void {
    this.#note(id, () => ({ by: 'token', id }));
  }

  /** Writes what was noted. */
  async flush(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const waiting = this.#waiting;
    this.#waiting = new Map();
    await this.#store.transaction(async (tx) => {
      for (const { seen, at } of waiting.values()) await tx.run(this.#texts[seen.by], this.#parameters(seen, at));
    });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #note(key: string, seen: () => Seen): void {
    const now = this.#clock.now();
    const before = this.#noted.get(key);
    if (before !== undefined && now - before < PRECISION_MS) return;
    if (this.#waiting.size >= MAX_WAITING) return;
    this.#noted.set(key, now);
    this.#waiting.set(key, { seen: seen(), at: now });
  }

  #parameters(seen: Seen, at: number) {
    const moment = (ms: number) => bindMoment(this.#store.dialect, ms);
    if (seen.by === 'session') return [moment(at), seen.token, moment(at)];
    if (seen.by === 'token') return [moment(at), seen.id, moment(at)];
    return [moment(at), seen.user, moment(seen.issued * 1000), moment((seen.issued + 1) * 1000), moment(at)];
  }
}
