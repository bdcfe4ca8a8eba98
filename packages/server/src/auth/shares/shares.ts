import { setTimeout as wait } from 'node:timers/promises';
import type { Accountability, Origin } from '../../access/accountability.ts';
import { forbidden, invalidCredentials, requestsExceeded } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { callerOf, RateWindow } from '../../kernel/rate-window.ts';
import type { Store } from '../../store/types.ts';
import type { AccessTokens, VerifiedShareToken } from '../access-token.ts';
import { type Grant, kindOf } from '../grants.ts';
import type { Passwords } from '../passwords.ts';
import type { AuthSettings, SessionMode } from '../settings.ts';
import { statement } from '../statements.ts';
import { CONCEALED } from '../static-tokens.ts';
import { isUsedUp, type LiveShare, type LiveShares } from './live-shares.ts';
import type { ShareLoginInput } from './share-input.ts';
import type { ShareSessions, Visit } from './share-sessions.ts';

/** What anybody who has the address of a share may know of it. */
export interface ShareInfo {
  readonly id: string;
  readonly collection: string;
  readonly item: string;
  /** Stars when one is needed. */
  readonly password: string | null;
  readonly max_uses: number | null;
  readonly times_used: number;
  readonly date_start: string | null;
  readonly date_end: string | null;
}

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly tokens: AccessTokens;
  readonly live: LiveShares;
  readonly sessions: ShareSessions;
  readonly settings: Pick<AuthSettings, 'accessTokenTtlMs' | 'sessionCookieTtlMs' | 'loginStallTimeMs'>;
}

/** Passwords that one caller may try on one share within a minute, right ones too. */
const TRIES = 60;
const TRIES_MS = 60_000;

/** At every hundredth use it is seen to that the visits do not become too many. */
const SWEEP_EVERY = 100;

/** Visiting a share: signing in to it, going on, and who a visitor is. */
export class Shares {
  readonly #parts: Parts;
  readonly #count: string;
  readonly #tries: RateWindow;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#tries = new RateWindow(TRIES, TRIES_MS, parts.clock);
    // One statement, so that of parallel last uses one counts; a password that was changed meanwhile was not proven.
    this.#count = statement(
      parts.store,
      `UPDATE directus_shares SET times_used = coalesce(times_used, 0) + 1
       WHERE id = ? AND (max_uses IS NULL OR coalesce(times_used, 0) < max_uses) AND coalesce(password, '') = ?
       RETURNING times_used`,
    );
  }

  /** Throws FORBIDDEN for a share that can't be visited, whatever the reason. */
  async info(id: string): Promise<ShareInfo> {
    const share = await this.#parts.live.find(id);
    if (!share || isUsedUp(share)) throw forbidden();
    const { collection, item, password, maxUses, timesUsed, begins, ends } = share;
    return {
      id: share.id,
      collection,
      item,
      password: password === null ? null : CONCEALED,
      max_uses: maxUses,
      times_used: timesUsed,
      date_start: begins === null ? null : new Date(begins).toISOString(),
      date_end: ends === null ? null : new Date(ends).toISOString(),
    };
  }

  /**
   * Throws INVALID_CREDENTIALS, the same for every reason and after the same time at least; REQUESTS_EXCEEDED for who tries
   * one password after the other.
   */
  async login(input: ShareLoginInput, origin: Origin): Promise<Grant> {
    const started = performance.now();
    try {
      return await this.#attempt(input, origin);
    } catch (error) {
      const left = this.#parts.settings.loginStallTimeMs - (performance.now() - started);
      if (left > 0) await wait(left);
      throw error;
    }
  }

  async #attempt({ share: id, password, mode }: ShareLoginInput, origin: Origin): Promise<Grant> {
    const { store, live, passwords, sessions } = this.#parts;
    const share = await live.find(id);
    if (!share || isUsedUp(share)) throw invalidCredentials();
    if (share.password !== null) {
      if (password === null) throw invalidCredentials();
      const resetMs = this.#tries.take(`${share.id} ${callerOf(origin.ip)}`);
      if (resetMs !== null) throw requestsExceeded(TRIES, new Date(resetMs));
      if (!(await passwords.verify(share.password, password))) throw invalidCredentials();
    }
    const visit = await store.transaction(async (tx) => {
      const counted = await tx.get(this.#count, [share.id, share.password ?? '']);
      if (!counted) throw invalidCredentials();
      if (Number(counted.times_used) % SWEEP_EVERY === 0) await sessions.endOldestOf(tx, share.id);
      return sessions.open(tx, kindOf(mode), share.id, origin);
    });
    return this.#grant(mode, visit, share);
  }

  /** Spends a token of a visit for the next one, while the share lasts. Throws INVALID_CREDENTIALS. */
  async refresh(mode: SessionMode, token: string): Promise<Grant> {
    const { visit, share } = await this.#parts.sessions.rotate(kindOf(mode), token);
    return this.#grant(mode, visit, share);
  }

  /** Who comes with an access token of a share. Throws INVALID_CREDENTIALS once the visit or the share is over. */
  async identify(token: VerifiedShareToken, origin: Origin): Promise<Accountability> {
    const share = await this.#parts.live.visited(token);
    if (!share) throw invalidCredentials();
    const { id, collection, item, role, author } = share;
    return { kind: 'share', share: id, collection, item, role, author, session: token.family, ...origin };
  }

  /** No token counts longer than its share. */
  #grant(mode: SessionMode, { share, family, plain }: Visit, { ends }: LiveShare): Grant {
    const { tokens, settings, clock } = this.#parts;
    const left = ends === null ? Number.POSITIVE_INFINITY : ends - clock.now();
    if (mode === 'session') {
      const expires = Math.min(settings.sessionCookieTtlMs, left);
      const accessToken = tokens.signShare({ share, session: plain }, family, expires);
      return { mode, accessToken, refreshToken: null, expires };
    }
    const expires = Math.min(settings.accessTokenTtlMs, left);
    return { mode, accessToken: tokens.signShare({ share }, family, expires), refreshToken: plain, expires };
  }
}
