import { randomBytes } from 'node:crypto';
import type { Accountability } from '../access/accountability.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/types.ts';
import { type Device, deviceOf } from './device.ts';
import type { Sessions } from './sessions.ts';
import { bindMoment, readMoment, statement } from './statements.ts';

/** A session as its owner sees it. */
export interface ListedSession {
  /** Says nothing that proves anything: neither the token nor its hash. */
  readonly id: string;
  /** `session`: a cookie that is checked on every request. `refresh`: a refresh token with its access tokens. */
  readonly type: 'session' | 'refresh';
  readonly device: Device;
  readonly user_agent: string | null;
  readonly ip: string | null;
  readonly origin: string | null;
  /** ISO 8601; null for sessions that another server opened. */
  readonly created_at: string | null;
  /** At most a minute old. */
  readonly last_seen: string | null;
  readonly expires: string;
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

/** Sessions that one list shows at most, newest first. */
const MAX_LISTED = 500;

/** The sessions of users, for people. */
export class SessionList {
  readonly #store: Store;
  readonly #sessions: Sessions;
  readonly #clock: Clock;
  readonly #list: string;
  readonly #name: string;
  readonly #issued: string;

  constructor(store: Store, sessions: Sessions, clock: Clock) {
    this.#store = store;
    this.#sessions = sessions;
    this.#clock = clock;
    this.#list = statement(
      store,
      `SELECT token, limen_family AS family, limen_kind AS kind, ip, user_agent, origin, expires,
         limen_created_at AS created, limen_seen_at AS seen, limen_issued_at AS issued
       FROM directus_sessions
       WHERE "user" = ? AND expires > ? AND next_token IS NULL AND share IS NULL
       ORDER BY limen_seen_at DESC NULLS LAST, token LIMIT ${MAX_LISTED}`,
    );
    this.#name = statement(
      store,
      'UPDATE directus_sessions SET limen_family = ? WHERE token = ? AND limen_family IS NULL',
    );
    this.#issued = statement(
      store,
      `SELECT token FROM directus_sessions WHERE "user" = ? AND limen_kind = 'refresh'
         AND limen_issued_at >= ? AND limen_issued_at < ? AND expires > ? ORDER BY limen_issued_at DESC LIMIT 1`,
    );
  }

  /** The live sessions of a user, those last seen first. `asking` is who wants to know. */
  async list(user: string, asking: Accountability): Promise<ListedSession[]> {
    const read = () => this.#store.all(this.#list, [user, this.#at(this.#clock.now())]);
    let rows = await read();
    if (rows.some(({ family }) => family === null)) {
      await this.#nameAll(rows);
      rows = await read();
    }
    const own = asking.kind === 'user' && asking.user === user ? asking : null;
    const current = own && (own.session ?? (await this.#tokenOf(user, own.issued)));
    return rows.map((row) => this.#listed(row, current));
  }

  /** Ends one of a user's sessions; false when the user has none with this id. */
  async end(user: string, id: string): Promise<boolean> {
    return SESSION_ID.test(id) && this.#sessions.endFamily(user, id);
  }

  /** Ends all sessions of a user but the one that asks. */
  async endOthers(user: string, asking: Accountability): Promise<void> {
    const own = asking.kind === 'user' && asking.user === user ? asking : null;
    const except = own && (own.session ?? (await this.#tokenOf(user, own.issued)));
    await this.#store.transaction((tx) => this.#sessions.endAllOf(tx, user, except, own?.issued));
  }

  /** The row, as stored, whose access token was made in this second. */
  async #tokenOf(user: string, issued: number | undefined): Promise<string | null> {
    if (issued === undefined) return null;
    const moments = [this.#at(issued * 1000), this.#at((issued + 1) * 1000), this.#at(this.#clock.now())];
    const row = await this.#store.get<{ token: string }>(this.#issued, [user, ...moments]);
    return row?.token ?? null;
  }

  /** Rows of another server have no family yet. */
  async #nameAll(rows: readonly Record<string, unknown>[]): Promise<void> {
    await this.#store.transaction(async (tx) => {
      for (const { token, family } of rows)
        if (family === null) await tx.run(this.#name, [randomBytes(16).toString('hex'), String(token)]);
    });
  }

  #listed(row: Record<string, unknown>, current: string | null): ListedSession {
    const moment = (raw: unknown): string | null => {
      const ms = readMoment(this.#store.dialect, raw);
      return ms === null ? null : new Date(ms).toISOString();
    };
    const userAgent = text(row.user_agent);
    return {
      id: String(row.family),
      type: row.kind === 'session' ? 'session' : 'refresh',
      device: deviceOf(userAgent),
      user_agent: userAgent,
      ip: text(row.ip),
      origin: text(row.origin),
      created_at: moment(row.created),
      last_seen: moment(row.seen),
      expires: moment(row.expires) ?? '',
      current: row.token === current,
    };
  }

  #at(ms: number) {
    return bindMoment(this.#store.dialect, ms);
  }
}

/** The family of its tokens: 16 random bytes, which prove nothing without the other 32. */
const SESSION_ID = /^[0-9a-f]{32}$/;

const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
