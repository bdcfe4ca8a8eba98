import { hash } from 'node:crypto';
import { invalidCredentials } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { derivedKey } from '../../kernel/derived-key.ts';
import { SealedTickets } from '../../kernel/sealed-tickets.ts';
import type { Store, Transaction } from '../../store/types.ts';
import { bindMoment, statement } from '../statements.ts';

/**
 * What an authenticator's answer is for: to sign in with it alone, beside a password, to prove oneself while signed in, to
 * be registered. An answer to one of them is no answer to another.
 */
export type Purpose = 'login' | 'second-factor' | 'step-up' | 'register';

export interface Challenge {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export const CHALLENGE_TTL_MS = 300_000;
const PURGE_BATCH = 500;

/**
 * Challenges (WebAuthn Level 3 §13.4.3): random, sealed for one purpose, one account (none where nobody is signed in) and
 * five minutes. Asking for one writes nothing, so strangers can't fill the database; an answered one is written down for
 * as long as it would count, so that it counts once.
 */
export class Challenges {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #tickets: SealedTickets;
  readonly #spend: string;
  readonly #purge: string;

  constructor(store: Store, secret: string, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#tickets = new SealedTickets(derivedKey(secret, 'limen passkey challenges'), CHALLENGE_TTL_MS, clock);
    this.#spend = statement(store, 'INSERT INTO limen_challenges (id, expires) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#purge = statement(
      store,
      'DELETE FROM limen_challenges WHERE id IN (SELECT id FROM limen_challenges WHERE expires <= ? LIMIT ?)',
    );
  }

  issue(purpose: Purpose, user: string | null): Buffer {
    return this.#tickets.issue(scopeOf(purpose, user));
  }

  /** A challenge in base64url, or null when it is not ours, for something or somebody else, or too old. */
  read(text: string, purpose: Purpose, user: string | null): Challenge | null {
    const ticket = this.#tickets.read(Buffer.from(text, 'base64url'), scopeOf(purpose, user));
    return ticket && { id: hash('sha256', ticket.body, 'hex'), expires: ticket.expires };
  }

  /** Throws INVALID_CREDENTIALS when it was answered before. */
  async spend(tx: Transaction, { id, expires }: Challenge): Promise<void> {
    if ((await tx.run(this.#spend, [id, bindMoment(this.#store.dialect, expires)])) === 0) throw invalidCredentials();
  }

  /** Forgets some that would not count any more; the number of rows. */
  purge(): Promise<number> {
    const now = bindMoment(this.#store.dialect, this.#clock.now());
    return this.#store.transaction((tx) => tx.run(this.#purge, [now, PURGE_BATCH]));
  }
}

const scopeOf = (purpose: Purpose, user: string | null): string => JSON.stringify([purpose, user]);
