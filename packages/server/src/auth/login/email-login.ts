import type { Origin } from '../../access/index.ts';
import { ApiError, invalidCredentials } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { Stall } from '../../kernel/stall.ts';
import type { Store } from '../../store/types.ts';
import { foldEmail, foldedColumn } from '../email.ts';
import type { Grant } from '../grants.ts';
import type { Spend } from '../proof.ts';
import type { SecondFactors } from '../second-factor/second-factors.ts';
import { statement } from '../statements.ts';
import { recordVerifiedAddress } from '../verified-addresses.ts';
import type { Arrivals } from './arrivals.ts';
import type { LoginAttempts } from './attempts.ts';
import type { EmailLoginInput, EmailProof } from './email-login-input.ts';
import type { EmailLoginTickets, ProvenTicket } from './email-login-tickets.ts';

interface Parts {
  readonly store: Store;
  readonly tickets: EmailLoginTickets;
  readonly attempts: LoginAttempts;
  readonly secondFactors: SecondFactors;
  readonly arrivals: Arrivals;
  readonly clock: Clock;
  /** Milliseconds that a refused login takes at least. */
  readonly stallTimeMs: number;
  /** AUTH_EMAIL_LINK_ANY_BROWSER: the link counts in other browsers than the one that asked for it. */
  readonly anyBrowser: boolean;
}

/** Signing in with a link or a code that came by e-mail, in the place of the password. */
export class EmailLogin {
  readonly #parts: Parts;
  readonly #find: string;
  readonly #check: string;

  constructor(parts: Parts) {
    const { store } = parts;
    this.#parts = parts;
    this.#find = statement(
      store,
      `SELECT id FROM directus_users WHERE ${foldedColumn(store.dialect, 'email')} = ?
       ORDER BY CASE WHEN email = ? THEN 0 ELSE 1 END, id LIMIT 1`,
    );
    this.#check = statement(
      store,
      `SELECT id FROM directus_users WHERE id = ? AND status = 'active' AND provider = 'default'`,
    );
  }

  /**
   * `browser` is the secret that the browser got when it asked, or null. Throws INVALID_CREDENTIALS, the same for every
   * reason and after the same time at least, and INVALID_OTP once the mail was proven.
   */
  async login(input: EmailLoginInput, browser: string | null, origin: Origin): Promise<Grant> {
    const { store, clock, arrivals, attempts, tickets, stallTimeMs } = this.#parts;
    const stall = new Stall(stallTimeMs);
    try {
      const ticket = await this.#prove(input.proof, browser, origin);
      const spend = await this.#secondFactor(ticket.user, input, origin);
      const grant = await arrivals.arrive(ticket.user, input.mode, origin, async (tx) => {
        if (!(await tickets.redeem(tx, ticket))) throw invalidCredentials();
        await spend(tx);
        await attempts.reset(tx, ticket.user);
        await recordVerifiedAddress(tx, store, ticket.user, clock.now());
      });
      stall.cancel();
      return grant;
    } catch (error) {
      await stall.over();
      throw error;
    }
  }

  /** The login that was asked for, of a user who may sign in here. */
  async #prove(proof: EmailProof, browser: string | null, origin: Origin): Promise<ProvenTicket> {
    const { store, tickets, anyBrowser } = this.#parts;
    if (browser === null && !anyBrowser) throw invalidCredentials();
    const asked = anyBrowser ? null : browser;
    const ticket =
      'token' in proof
        ? await tickets.byToken(proof.token, asked)
        : await this.#byCode(proof.email, proof.code, asked, origin);
    if (ticket === null || !(await store.get(this.#check, [ticket.user]))) throw invalidCredentials();
    return ticket;
  }

  /** A wrong code counts as a wrong password does. */
  async #byCode(email: string, code: string, browser: string | null, origin: Origin): Promise<ProvenTicket | null> {
    const { store, tickets, attempts } = this.#parts;
    const row = await store.get<{ id: string }>(this.#find, [foldEmail(email), email]);
    const found = row ? await tickets.byCode(row.id, code, browser) : null;
    if (row && found === 'wrong') await attempts.failed(row.id, origin);
    return found === 'wrong' ? null : found;
  }

  async #secondFactor(user: string, { second, mode }: EmailLoginInput, origin: Origin): Promise<Spend> {
    const { secondFactors, attempts } = this.#parts;
    try {
      return await secondFactors.prove(user, second, mode, origin);
    } catch (error) {
      // A client may ask without a code to learn that one is needed; a wrong code is a guess.
      const guessed = second.otp !== null && error instanceof ApiError && error.code === 'INVALID_OTP';
      if (guessed) await attempts.failed(user, origin);
      throw error;
    }
  }
}
