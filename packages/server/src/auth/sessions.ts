import type { Origin } from '../access/accountability.ts';
import { invalidCredentials } from '../errors/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Row, Store, Transaction } from '../store/types.ts';
import { recordEvent } from './events.ts';
import { type SessionTexts, sessionTexts } from './session-statements.ts';
import { hashToken, isTokenShaped, type SessionToken, type SessionTokens } from './session-tokens.ts';
import type { AuthSettings } from './settings.ts';
import { bindMoment, readMoment } from './statements.ts';
import { TokenBars } from './token-bars.ts';

/** A refresh token is spent for an access token; a session token is in the access token and looked up on every request. */
export type SessionKind = 'refresh' | 'session';

/** The user behind a session, as it is now. */
export interface SessionOwner {
  readonly user: string;
  readonly role: string | null;
  readonly hasSecondFactor: boolean;
}

export interface Rotated extends SessionOwner {
  readonly plain: string;
  /** When the access token that goes with it is made, in milliseconds: for parallel callers the same moment. */
  readonly issuedAt: number;
}

/** A spent token that comes back sooner than this after it was spent is a client in a hurry, later it is a thief. */
const HURRY_MS = 10_000;
/** How many times a token may have been rotated within its grace period and still lead to the newest one. */
const HOPS = 8;
/** Callers that follow a rotation this soon, or within a tenth of its life, share the access token made at it. */
const SHARED_MS = 10_000;
/** How long a bar stays; longer than access tokens live. */
const BARRED_MS = 7 * 86_400_000;
const PURGE_BATCH = 500;
/** directus_sessions.origin and .ip are varchar(255). */
const COLUMN_LENGTH = 255;

type TokenSettings = Pick<
  AuthSettings,
  | 'accessTokenTtlMs'
  | 'accessTokenEndsAtLogout'
  | 'refreshTokenTtlMs'
  | 'refreshTokenGracePeriodMs'
  | 'sessionCookieTtlMs'
  | 'sessionRefreshGracePeriodMs'
>;

/**
 * The rows of directus_sessions. A session is a family of tokens of which one is current; rotating it is one conditional
 * UPDATE, so of any number of parallel callers one rotates and the others find what it left behind.
 */
export class Sessions {
  readonly #store: Store;
  readonly #tokens: SessionTokens;
  readonly #clock: Clock;
  readonly #sql: SessionTexts;
  readonly #bars: TokenBars;
  readonly #accessTokenTtl: number;
  readonly #endsAtLogout: boolean;
  readonly #times: Record<SessionKind, { ttl: number; grace: number }>;

  constructor(store: Store, tokens: SessionTokens, settings: TokenSettings, clock: Clock) {
    this.#store = store;
    this.#tokens = tokens;
    this.#clock = clock;
    this.#sql = sessionTexts(store);
    this.#bars = new TokenBars(store);
    this.#accessTokenTtl = settings.accessTokenTtlMs;
    this.#endsAtLogout = settings.accessTokenEndsAtLogout ?? false;
    this.#times = {
      refresh: { ttl: settings.refreshTokenTtlMs, grace: settings.refreshTokenGracePeriodMs },
      session: { ttl: settings.sessionCookieTtlMs, grace: settings.sessionRefreshGracePeriodMs },
    };
  }

  /** Starts a session; the token to give to the client. */
  async open(tx: Transaction, kind: SessionKind, user: string, origin: Origin): Promise<string> {
    const { plain, hash, family } = this.#tokens.issue();
    const [expires, now] = [this.#moment(this.#times[kind].ttl), this.#moment()];
    const from = [origin.ip, origin.userAgent, origin.origin?.slice(0, COLUMN_LENGTH) ?? null];
    await tx.run(this.#sql.insert, [hash, user, expires, ...from, family, kind, now, now, now]);
    return plain;
  }

  /**
   * Spends a token for its successor. Within the grace period of its kind a spent token leads to the same successor;
   * without one, a spent token that comes back late ends its whole family, which is recorded. Throws INVALID_CREDENTIALS.
   */
  async rotate(kind: SessionKind, plain: string, origin: Origin = NOWHERE): Promise<Rotated> {
    const rotated = await this.#store.transaction(async (tx) => {
      const first = await this.#rotateCurrent(tx, kind, plain);
      if (first) return first;
      const newest = await this.#followSpent(tx, kind, plain);
      if (newest) return newest;
      if (await this.#adopt(tx, kind, plain)) return this.#rotateCurrent(tx, kind, plain);
      await this.#punishReuse(tx, kind, plain, origin);
      return undefined; // not thrown in here: what was ended has to stay ended
    });
    if (!rotated) throw invalidCredentials();
    return rotated;
  }

  /**
   * Signs out: ends the family of the token, whichever of its tokens this is. Unknown ones are nobody's. On the wire an
   * access token without a session outlives that, unless the settings say otherwise.
   */
  async end(kind: SessionKind, plain: string): Promise<void> {
    await this.#store.transaction(async (tx) => {
      await this.#adopt(tx, kind, plain);
      const family = this.#tokens.familyOf(plain) ?? '';
      const ended = await tx.all(this.#sql.end, [kind, hashToken(plain), family]);
      await this.#ended(tx, this.#endsAtLogout ? ended : ended.filter((row) => row.kind === 'session'));
    });
  }

  /** Ends one session of a user, by its family; whether there was one. */
  endFamily(user: string, family: string): Promise<boolean> {
    return this.#store.transaction((tx) => this.endFamilyIn(tx, user, family));
  }

  /** The same, within a transaction. */
  async endFamilyIn(tx: Transaction, user: string, family: string): Promise<boolean> {
    const rows = await tx.all(this.#sql.endFamily, [user, family]);
    await this.#ended(tx, rows);
    return rows.length > 0;
  }

  /** What all tokens of a login share; null for a token that this server did not make. */
  familyOf(plain: string): string | null {
    return this.#tokens.familyOf(plain);
  }

  /**
   * Ends every session of a user, every access token that came with one, and every code that would open one, but for the
   * session (as stored) that asks for it, or the access token made in the second `spared`.
   */
  async endAllOf(tx: Transaction, user: string, except: string | null = null, spared?: number): Promise<void> {
    const rows =
      except === null
        ? await tx.all(this.#sql.endAll, [user])
        : await tx.all(this.#sql.endOthers, [user, except, except]);
    await tx.run(this.#sql.endCodes, [user]);
    await this.#bars.raise(tx, user, this.#clock.now(), this.#latest(rows), spared);
    tx.announce('sessions', userSessions(user));
  }

  /** When the access token that goes with a refresh token was made, in milliseconds; null for one that is gone. */
  async issuedAt(plain: string): Promise<number | null> {
    const row = await this.#store.get(this.#sql.issued, [hashToken(plain)]);
    return row ? readMoment(this.#store.dialect, row.issued) : null;
  }

  /** The live session under a session token, for checking requests. */
  async find(token: { plain: string; hash: string }): Promise<{ user: string; expires: number } | null> {
    const read = () => this.#store.get(this.#sql.find, [token.hash, this.#moment()]);
    let row = await read();
    if (!row && (await this.#adoptBySelf(token.plain))) row = await read();
    return row ? { user: String(row.user), expires: readMoment(this.#store.dialect, row.expires) ?? 0 } : null;
  }

  /** Deletes some of what has expired; the number of rows. To be called now and then until it gives 0. */
  purge(): Promise<number> {
    return this.#store.transaction(async (tx) => {
      await this.#bars.lower(tx, this.#clock.now() - Math.max(BARRED_MS, 2 * this.#accessTokenTtl));
      return tx.run(this.#sql.purge, [this.#moment(), PURGE_BATCH]);
    });
  }

  async #rotateCurrent(tx: Transaction, kind: SessionKind, plain: string): Promise<Rotated | undefined> {
    const { ttl, grace } = this.#times[kind];
    const next = this.#tokens.successorOf(plain);
    const issuedAt = this.#clock.now();
    const owner = await (grace > 0
      ? this.#rotateWithGrace(tx, kind, hashToken(plain), next, { issuedAt, ttl, grace })
      : this.#rotateAtOnce(tx, kind, hashToken(plain), next, { issuedAt, ttl }));
    return owner && { ...owner, plain: next.plain, issuedAt };
  }

  /** The row itself passes to the successor: nothing of the old token is left. */
  async #rotateAtOnce(
    tx: Transaction,
    kind: SessionKind,
    spent: string,
    next: SessionToken,
    { issuedAt, ttl }: { issuedAt: number; ttl: number },
  ) {
    const [now, end] = [this.#at(issuedAt), this.#at(issuedAt + ttl)];
    const row = await tx.get(this.#sql.replace, [next.hash, end, next.family, now, now, now, spent, kind, now]);
    if (row && kind === 'session') tx.announce('sessions', spent);
    return row && ownerOf(row);
  }

  /** The old row stays for the grace period and names its successor, which gets a row of its own. */
  async #rotateWithGrace(
    tx: Transaction,
    kind: SessionKind,
    spent: string,
    next: SessionToken,
    { issuedAt, ttl, grace }: { issuedAt: number; ttl: number; grace: number },
  ) {
    const [now, end] = [this.#at(issuedAt), this.#at(issuedAt + grace)];
    const row = await tx.get(this.#sql.spend, [next.hash, next.family, end, end, spent, kind, now]);
    if (!row) return undefined;
    await tx.run(this.#sql.succeed, [next.hash, this.#at(issuedAt + ttl), now, now, now, spent]);
    if (kind === 'session') tx.announce('sessions', spent);
    return ownerOf(row);
  }

  /** From a spent token that is still in its grace period to the current one of its family. */
  async #followSpent(tx: Transaction, kind: SessionKind, plain: string): Promise<Rotated | undefined> {
    let token = plain;
    for (let hop = 0; hop <= HOPS; hop++) {
      const row = await tx.get(this.#sql.follow, [hashToken(token), kind, this.#moment()]);
      if (!row) return undefined;
      if (row.next_token === null) {
        return { ...ownerOf(row), plain: token, issuedAt: await this.#issue(tx, token, row.issued) };
      }
      const next = this.#tokens.successorOf(token);
      if (next.hash !== row.next_token) return undefined; // SECRET was changed meanwhile
      token = next.plain;
    }
    return undefined;
  }

  /** The moment of the access token for a caller that comes after a rotation. */
  async #issue(tx: Transaction, plain: string, raw: unknown): Promise<number> {
    const last = readMoment(this.#store.dialect, raw);
    const now = this.#clock.now();
    if (last !== null && now - last < Math.min(SHARED_MS, this.#accessTokenTtl / 10)) return last;
    await tx.run(this.#sql.issue, [this.#at(now), hashToken(plain)]);
    return now;
  }

  /**
   * A token that is no row's any more but has our seal was spent. In a family that goes on, somebody else has the newer
   * token; who of the two is the thief can't be told, so neither keeps it (RFC 9700 §4.14.2).
   */
  async #punishReuse(tx: Transaction, kind: SessionKind, plain: string, origin: Origin): Promise<void> {
    const family = this.#tokens.familyOf(plain);
    if (family === null) return;
    const patience = Math.max(HURRY_MS, this.#times[kind].grace);
    const ended = await tx.all(this.#sql.endReused, [family, kind, family, kind, this.#moment(-patience)]);
    if (ended.length === 0) return;
    await this.#ended(tx, ended);
    const event = { actor: null, user: String(ended[0]?.user), at: this.#clock.now(), origin };
    await recordEvent(tx, this.#store, { action: 'token-reuse', ...event });
  }

  /** What follows from rows that were deleted: their access tokens end, and every node hears of it. */
  async #ended(tx: Transaction, rows: readonly Row[]): Promise<void> {
    for (const row of rows) if (row.kind === 'session') tx.announce('sessions', String(row.token));
    const refreshing = rows.filter((row) => row.kind !== 'session' && row.user !== null);
    const [first] = refreshing;
    if (first) await this.#bars.raise(tx, String(first.user), this.#clock.now(), this.#latest(refreshing));
  }

  #latest(rows: readonly Row[]): number {
    return rows.reduce((latest, { issued }) => Math.max(latest, readMoment(this.#store.dialect, issued) ?? 0), 0);
  }

  /** A row that another server wrote holds the plain token and no kind: it gets both on first use. */
  async #adopt(tx: Transaction, kind: SessionKind, plain: string): Promise<boolean> {
    if (!this.#mayBeAnothers(plain)) return false;
    return (await tx.run(this.#sql.adopt, [hashToken(plain), kind, plain, this.#moment()])) > 0;
  }

  async #adoptBySelf(plain: string): Promise<boolean> {
    if (!this.#mayBeAnothers(plain) || !(await this.#store.get(this.#sql.adoptable, [plain]))) return false;
    return this.#store.transaction((tx) => this.#adopt(tx, 'session', plain));
  }

  #mayBeAnothers(plain: string): boolean {
    return isTokenShaped(plain) && this.#tokens.familyOf(plain) === null;
  }

  #moment(offset = 0) {
    return this.#at(this.#clock.now() + offset);
  }

  #at(ms: number) {
    return bindMoment(this.#store.dialect, ms);
  }
}

const NOWHERE: Origin = { ip: null, userAgent: null, origin: null };

const USER_PREFIX = 'user:';

/** What is announced when all sessions of a user may have ended; a single one is announced by its hash. */
const userSessions = (user: string): string => `${USER_PREFIX}${user}`;

/** The user of such an announcement, or null when it is about a single session. */
export const announcedUser = (detail: string): string | null =>
  detail.startsWith(USER_PREFIX) ? detail.slice(USER_PREFIX.length) : null;

const ownerOf = (row: Record<string, unknown>): SessionOwner => ({
  user: String(row.user),
  role: row.role === null ? null : String(row.role),
  hasSecondFactor: Boolean(row.tfa),
});
