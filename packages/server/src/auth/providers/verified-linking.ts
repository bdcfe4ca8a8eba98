import { administers } from '../../access/administrators.ts';
import type { Origin } from '../../access/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store, Transaction } from '../../store/types.ts';
import { recordEvent } from '../events.ts';
import { hasSecondFactor } from '../second-factor/has-second-factor.ts';
import { statement } from '../statements.ts';
import { isAddressVerified } from '../verified-addresses.ts';
import { type Identity, LinkedIdentities } from './linked-identities.ts';

/**
 * Gives an account that exists the identity of somebody who comes with its address. Both sides have to have verified the
 * address, or whoever made an account with somebody else's address, here or there, would share it with them. Accounts that
 * more than a mailbox protects (a second factor, or that administer) are never opened so: their people link them themselves.
 */
export class VerifiedLinking {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #rows: LinkedIdentities;
  readonly #find: string;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#rows = new LinkedIdentities(store, clock);
    this.#find = statement(
      store,
      `SELECT u.status = 'active' AND u.provider = 'default' AS ours, (${isAddressVerified('u')}) AS verified,
         (${hasSecondFactor('u')}) AS tfa
       FROM directus_users u WHERE u.id = ?`,
    );
  }

  /**
   * Links the one holder of an address that the provider has verified; why not, where that may not be (for the log), or null
   * where it was done. Recorded in the activity as `identity-linked`.
   */
  async link(tx: Transaction, holders: readonly string[], identity: Identity, origin: Origin): Promise<string | null> {
    const [user, ...others] = holders;
    if (user === undefined || others.length > 0) return 'several accounts have the address';
    const refusal = await this.#refusal(tx, user);
    if (refusal !== null) return refusal;
    await this.#rows.add(tx, user, identity);
    const event = { actor: user, user, at: this.#clock.now(), origin };
    await recordEvent(tx, this.#store, { action: 'identity-linked', ...event });
    tx.announce('users', user);
    return null;
  }

  async #refusal(tx: Transaction, user: string): Promise<string | null> {
    const row = await tx.get(this.#find, [user]);
    if (!row?.ours) return 'the account of the address is not active, or of another provider';
    if (!row.verified) return 'the address of the account was not verified here';
    if (row.tfa) return 'the account of the address has a second factor';
    return (await administers(this.#store, tx, user)) ? 'the account of the address administers' : null;
  }
}
