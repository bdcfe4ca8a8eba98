import type { Origin } from '../../access/index.ts';
import { invalidCredentials } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store } from '../../store/types.ts';
import { recordEvent } from '../events.ts';
import { type Grant, type Grants, kindOf } from '../grants.ts';
import type { Spend } from '../proof.ts';
import type { ProviderSessions, Vouched } from '../providers/provider-sessions.ts';
import { hasSecondFactor } from '../second-factor/has-second-factor.ts';
import type { Sessions } from '../sessions.ts';
import type { SessionMode } from '../settings.ts';
import { bindMoment, statement } from '../statements.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly grants: Grants;
  readonly providerSessions: ProviderSessions;
}

/** The end of every way to sign in. */
export class Arrivals {
  readonly #parts: Parts;
  readonly #arrive: string;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#arrive = statement(
      parts.store,
      `UPDATE directus_users SET last_access = ? WHERE id = ? AND status = 'active'
       RETURNING role, (${hasSecondFactor('directus_users')}) AS tfa`,
    );
  }

  /**
   * Opens a session for a user who has proven who they are: the visit, the record of it and what the proof uses up, in one
   * transaction. `follow` is what changes about the account before it is looked at, `vouched` what a provider said of the
   * session. Throws INVALID_CREDENTIALS when the user was suspended meanwhile, and what `spend` and `follow` throw.
   */
  async arrive(
    user: string,
    mode: SessionMode,
    origin: Origin,
    spend: Spend,
    follow?: Spend,
    vouched: Vouched | null = null,
  ): Promise<Grant> {
    const { store, clock, sessions, grants, providerSessions } = this.#parts;
    const now = clock.now();
    const { session, row } = await store.transaction(async (tx) => {
      await follow?.(tx);
      const row = await tx.get(this.#arrive, [bindMoment(store.dialect, now), user]);
      if (!row) throw invalidCredentials();
      await spend(tx);
      const session = await sessions.open(tx, kindOf(mode), user, origin);
      const family = sessions.familyOf(session);
      if (vouched && family) await providerSessions.remember(tx, { user, family }, vouched);
      await recordEvent(tx, store, { action: 'login', actor: user, user, at: now, origin });
      return { session, row };
    });
    const role = row.role === null ? null : String(row.role);
    return grants.make(mode, session, { user, role, hasSecondFactor: Boolean(row.tfa) }, origin);
  }
}
