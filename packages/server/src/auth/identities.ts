import { BoundedCache } from '../kernel/bounded-cache.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import type { Store } from '../store/types.ts';
import { announcedUser, type Sessions } from './sessions.ts';
import { statement } from './statements.ts';
import { type StaticTokens, storedStaticToken } from './static-tokens.ts';
import { isBarred, type TokenBar, TokenBars } from './token-bars.ts';

/** A user who may act. */
export interface ActiveUser {
  readonly id: string;
  readonly role: string | null;
  /** The static token as stored. */
  readonly token: string | null;
  /** Which access tokens without a session ended before their time. */
  readonly bar: TokenBar | null;
}

interface LiveSession {
  readonly hash: string;
  readonly user: string;
  readonly expires: number;
}

const USERS = 20_000;
const SESSIONS = 20_000;
const STATIC_TOKENS = 5_000;

/**
 * Who is behind an id, a session or a static token, as it is now. Answers are remembered until a write that could change
 * them is announced, so a request needs no query when nothing changed. Only what exists is remembered: asking for what
 * does not can't push anything out.
 */
export class Identities {
  readonly #store: Store;
  readonly #sessionRows: Sessions;
  readonly #tokenRows: StaticTokens;
  readonly #findUser: string;
  readonly #bars: TokenBars;
  readonly #clock: Clock;
  readonly #users: BoundedCache<string, ActiveUser>;
  readonly #sessions: BoundedCache<string, LiveSession>;
  readonly #owners: BoundedCache<string, string>;
  /** Grows with every announcement, so that a row read before one is not remembered after it. */
  #age = 0;
  readonly #stopListening: () => void;

  /** `remember`: whether answers are kept. */
  constructor(
    store: Store,
    sessions: Sessions,
    staticTokens: StaticTokens,
    clock: Clock = systemClock,
    remember = true,
  ) {
    this.#users = new BoundedCache(remember ? USERS : 0);
    this.#sessions = new BoundedCache(remember ? SESSIONS : 0);
    this.#owners = new BoundedCache(remember ? STATIC_TOKENS : 0);
    this.#store = store;
    this.#sessionRows = sessions;
    this.#tokenRows = staticTokens;
    this.#bars = new TokenBars(store);
    this.#clock = clock;
    this.#findUser = statement(
      store,
      `SELECT u.id, u.status, u.role, u.token, b.not_before, b.spared
       FROM directus_users u LEFT JOIN limen_token_bars b ON b."user" = u.id WHERE u.id = ?`,
    );
    this.#stopListening = store.onAnnouncement((topic, detail) => {
      if (topic === 'users') this.#forgetUser(detail);
      else if (topic === 'sessions') this.#forgetSessions(detail);
      else if (topic === 'access') this.#forgetUser(null); // a deleted role suspends its users
    });
  }

  /** The user if there is such a one and the status is `active`, else null. */
  user(id: string): ActiveUser | null | Promise<ActiveUser | null> {
    return this.#users.get(id) ?? this.#readUser(id);
  }

  /**
   * The user behind an access token that names no session and was made in the second `issued`, else null. What was
   * remembered may be older than a session that was opened since, so a no is asked for anew.
   */
  async stateless(id: string, issued: number): Promise<ActiveUser | null> {
    const known = await this.user(id);
    if (known === null || !isBarred(known.bar, issued)) return known;
    const now = await this.#readUser(id);
    return now === null || isBarred(now.bar, issued) ? null : now;
  }

  /** The session under a session token while it lasts, else null. `now` in milliseconds since 1970. */
  session(token: { plain: string; hash: string }, now: number): LiveSession | null | Promise<LiveSession | null> {
    const known = this.#sessions.get(token.hash);
    if (known && known.expires > now) return known;
    return this.#readSession(token);
  }

  /** The active user who has this static token, else null. */
  async holder(plain: string): Promise<ActiveUser | null> {
    const stored = storedStaticToken(plain);
    const id = this.#owners.get(stored);
    const user = id === undefined ? null : await this.user(id);
    // The user as it is now says whether the token is still the one.
    if (user?.token === stored) return user;
    this.#owners.delete(stored);
    return this.#readHolder(plain, stored);
  }

  close(): void {
    this.#stopListening();
  }

  async #readUser(id: string): Promise<ActiveUser | null> {
    const age = this.#age;
    const row = await this.#store.get(this.#findUser, [id]);
    if (row?.status !== 'active') return null;
    const bar = await this.#bars.of(id, { not_before: row.not_before, spared: row.spared }, this.#clock.now());
    const user: ActiveUser = { id, role: text(row.role), token: text(row.token), bar };
    if (age === this.#age) this.#users.set(id, user);
    return user;
  }

  async #readSession(token: { plain: string; hash: string }): Promise<LiveSession | null> {
    const age = this.#age;
    const found = await this.#sessionRows.find(token);
    const session = found && { hash: token.hash, ...found };
    if (session && age === this.#age) this.#sessions.set(token.hash, session);
    return session;
  }

  async #readHolder(plain: string, stored: string): Promise<ActiveUser | null> {
    const id = await this.#tokenRows.ownerOf(plain);
    if (id === null) return null;
    this.#owners.set(stored, id);
    return this.user(id);
  }

  #forgetUser(id: string | null): void {
    this.#age += 1;
    if (id === null) this.#users.clear();
    else this.#users.delete(id);
  }

  #forgetSessions(detail: string | null): void {
    this.#age += 1;
    const user = detail === null ? null : announcedUser(detail);
    if (detail === null) this.#sessions.clear();
    else if (user === null) this.#sessions.delete(detail);
    else for (const session of this.#sessions.values()) if (session.user === user) this.#sessions.delete(session.hash);
  }
}

const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
