import { hash } from 'node:crypto';
import { invalidCredentials } from '../../../errors/index.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Store, Transaction } from '../../../store/types.ts';
import { bindMoment, statement } from '../../statements.ts';

/** Something that counts once. */
export interface Use {
  readonly kind: 'assertion' | 'request' | 'logout';
  /** Who made it: one party's identifiers say nothing about another's. */
  readonly issuer: string;
  readonly id: string;
  /** When it would not count any more anyway, in milliseconds since 1970. */
  readonly expires: number;
}

const PURGE_BATCH = 500;

/** Which assertions were taken and which requests were answered, for all nodes. */
export class SamlUses {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #spend: string;
  readonly #purge: string;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#spend = statement(store, 'INSERT INTO limen_saml_uses (id, expires) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#purge = statement(
      store,
      'DELETE FROM limen_saml_uses WHERE id IN (SELECT id FROM limen_saml_uses WHERE expires <= ? LIMIT ?)',
    );
  }

  /** Throws INVALID_CREDENTIALS when it was used before. */
  async spend(tx: Transaction, { kind, issuer, id, expires }: Use): Promise<void> {
    const key = hash('sha256', JSON.stringify([kind, issuer, id]), 'hex');
    if ((await tx.run(this.#spend, [key, bindMoment(this.#store.dialect, expires)])) === 0) throw invalidCredentials();
  }

  /** Forgets some that would not count any more; the number of rows. */
  purge(): Promise<number> {
    const now = bindMoment(this.#store.dialect, this.#clock.now());
    return this.#store.transaction((tx) => tx.run(this.#purge, [now, PURGE_BATCH]));
  }
}
