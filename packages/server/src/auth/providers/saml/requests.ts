import type { Clock } from '../../../kernel/clock.ts';
import { derivedKey } from '../../../kernel/derived-key.ts';
import { SealedTickets } from '../../../kernel/sealed-tickets.ts';

/** How long somebody may take at the provider. */
const REQUEST_TTL_MS = 3_600_000;

/**
 * IDs of requests to identity providers, sealed for one provider and an hour: asking writes nothing, any node knows them
 * again, and strangers can't fill the database.
 */
export class SamlRequests {
  readonly #tickets: SealedTickets;

  constructor(secret: string, clock: Clock) {
    this.#tickets = new SealedTickets(derivedKey(secret, 'limen saml requests'), REQUEST_TTL_MS, clock);
  }

  /** An xs:ID (an NCName). */
  issue(provider: string): string {
    return `_${this.#tickets.issue(provider).toString('base64url')}`;
  }

  /** When a request of ours to this provider stops counting, in milliseconds since 1970; null where it does not count. */
  expiryOf(id: string, provider: string): number | null {
    const bytes = Buffer.from(id.slice(1), 'base64url');
    if (id !== `_${bytes.toString('base64url')}`) return null;
    return this.#tickets.read(bytes, provider)?.expires ?? null;
  }
}
