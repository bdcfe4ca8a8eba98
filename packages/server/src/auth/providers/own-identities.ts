import type { Access } from '../../access/index.ts';
import { forbidden, invalidCredentials, unprocessable } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store, Transaction } from '../../store/types.ts';
import { actorOf, originOf, ownId, readId } from '../asking.ts';
import { recordEvent } from '../events.ts';
import { readProof, type Spend } from '../proof.ts';
import type { SecondFactors } from '../second-factor/second-factors.ts';
import type { Sessions } from '../sessions.ts';
import { readMoment, statement } from '../statements.ts';
import type { StepUp } from '../step-up.ts';
import { forgetVerifiedAddress } from '../verified-addresses.ts';
import type { Holder, Identity, LinkedIdentities } from './linked-identities.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly rows: LinkedIdentities;
  readonly stepUp: StepUp;
  readonly secondFactors: SecondFactors;
  readonly sessions: Sessions;
  /** The providers whose passwords are kept here. */
  readonly local: ReadonlySet<string>;
}

/** An identity as its owner sees it. */
export interface ShownIdentity {
  /** `own` for the one that the account was made with. */
  readonly id: string;
  readonly provider: string;
  readonly identifier: string;
  /** ISO 8601; null for the one that the account was made with. */
  readonly date_created: string | null;
}

/** What the account's own identity is called in addresses. */
const OWN = 'own';
/** How long ago somebody may have signed in who has nothing else to prove themselves with. */
const RECENT_MS = 600_000;

/** The identities of the account of who asks: which ones there are, another one, one less. */
export class OwnIdentities {
  readonly #parts: Parts;
  readonly #signedIn: string;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#signedIn = statement(
      parts.store,
      'SELECT limen_created_at AS at FROM directus_sessions WHERE token = ? AND "user" = ?',
    );
  }

  async list(access: Access): Promise<readonly ShownIdentity[]> {
    const { store, rows, local } = this.#parts;
    const user = ownId(access);
    const holder = await rows.holder(store, user);
    const own = holder && ownIdentity(holder, local);
    const linked = (await rows.of(store, user)).map(({ id, provider, identifier, createdAt }) => ({
      id,
      provider,
      identifier,
      date_created: new Date(createdAt).toISOString(),
    }));
    return own ? [{ id: OWN, ...own, date_created: null }, ...linked] : linked;
  }

  /** Throws INVALID_CREDENTIALS or FORBIDDEN for who has no account to change. */
  ownerOf(access: Access): string {
    return ownId(access);
  }

  /** Throws what `StepUp.prove` throws. What was proven is used up. */
  async proveOwner(access: Access, body: Readonly<Record<string, unknown>>): Promise<void> {
    const spend = await this.#prove(access, ownId(access), body);
    await this.#parts.store.transaction(spend);
  }

  /** Gives the account the identity that came back. Throws INVALID_PROVIDER, UNPROCESSABLE_CONTENT, what `check` throws. */
  async link(user: string, identity: Identity, origin: ReturnType<typeof originOf>, check: Spend): Promise<void> {
    const { store, rows, clock } = this.#parts;
    await store.transaction(async (tx) => {
      await check(tx);
      if (!(await rows.add(tx, user, identity))) return;
      await recordEvent(tx, store, { action: 'update', actor: user, user, at: clock.now(), origin });
      tx.announce('users', user);
    });
  }

  /**
   * Takes an identity away and ends the other sessions of the account. Throws FORBIDDEN where there is no such one,
   * UNPROCESSABLE_CONTENT for the last way to sign in, and what `StepUp.prove` throws.
   */
  async unlink(access: Access, id: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    const { store, sessions, clock } = this.#parts;
    const user = ownId(access);
    const spend = await this.#prove(access, user, body);
    await store.transaction(async (tx) => {
      await spend(tx);
      await this.#remove(tx, user, id);
      await forgetVerifiedAddress(tx, store, user);
      const { accountability: asking } = access;
      if (asking.kind === 'user') await sessions.endAllOf(tx, user, asking.session, asking.issued);
      const event = { actor: actorOf(access), user, at: clock.now(), origin: originOf(access) };
      await recordEvent(tx, store, { action: 'update', ...event });
      tx.announce('users', user);
    });
  }

  async #remove(tx: Transaction, user: string, id: string): Promise<void> {
    const { rows, local } = this.#parts;
    const holder = await rows.lockedHolder(tx, user);
    if (!holder) throw invalidCredentials();
    const own = ownIdentity(holder, local);
    const linked = await rows.of(tx, user);
    const known = id === OWN ? own !== null : linked.some((one) => one.id === readId(id));
    if (!known) throw forbidden();
    const others = linked.length + (own ? 1 : 0) - 1;
    if (others === 0 && !this.#hasPassword(holder, id === OWN)) {
      throw unprocessable('This is the only way to sign in to this account; give it another one first.');
    }
    if (id === OWN) await rows.removeOwn(tx, user);
    else if (!(await rows.remove(tx, user, readId(id)))) throw forbidden();
  }

  /** Whether the account could be used without any provider: an account of one becomes a plain one. */
  #hasPassword({ provider, hasPassword, passkeys }: Holder, becomesPlain: boolean): boolean {
    const { local } = this.#parts;
    return local.has(becomesPlain ? 'default' : provider) && (hasPassword || passkeys > 0);
  }

  /** People whom only providers know have nothing here to prove themselves with but having just signed in. */
  async #prove(access: Access, user: string, body: Readonly<Record<string, unknown>>): Promise<Spend> {
    const { store, rows, stepUp, secondFactors, clock } = this.#parts;
    const { accountability: asking } = access;
    const holder = await rows.holder(store, user);
    const factors = await secondFactors.of(user);
    const bare = holder && !holder.hasPassword && holder.passkeys === 0 && factors.seed === null;
    if (!bare || asking.kind !== 'user') return stepUp.prove(user, readProof({ ...body }), originOf(access));
    const row = await store.get(this.#signedIn, [asking.session ?? '', user]);
    const at = readMoment(store.dialect, row?.at);
    if (at === null || clock.now() - at > RECENT_MS) throw invalidCredentials(new Error('Signed in too long ago'));
    return async () => {};
  }
}

function ownIdentity({ provider, identifier }: Holder, local: ReadonlySet<string>): Identity | null {
  return identifier === null || provider === 'default' || local.has(provider) ? null : { provider, identifier };
}
