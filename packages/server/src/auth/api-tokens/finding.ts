import { type AddressList, addressList, type TokenScope } from '../../access/index.ts';
import { BoundedCache } from '../../kernel/bounded-cache.ts';
import type { Store } from '../../store/types.ts';
import type { ActiveUser, Identities } from '../identities.ts';
import { readMoment, statement } from '../statements.ts';
import { scopeOf } from './scope-input.ts';
import { hashApiToken } from './token-text.ts';

/** A named token that counts, and whose it is. */
export interface FoundToken {
  readonly id: string;
  readonly user: ActiveUser;
  readonly scope: TokenScope | null;
}

interface Kept {
  readonly id: string;
  readonly user: ActiveUser;
  /** Milliseconds since 1970; null: it has no end. */
  readonly expires: number | null;
  readonly addresses: AddressList | null;
  readonly scope: TokenScope | null;
}

const REMEMBERED = 5_000;

/**
 * Named tokens by what their holders send. What was found is remembered together with the user as it was then: any change
 * of the user or of one of their tokens is announced as one of the user, who is then another object.
 */
export class ApiTokenFinder {
  readonly #store: Store;
  readonly #identities: Identities;
  readonly #find: string;
  readonly #kept = new BoundedCache<string, Kept>(REMEMBERED);

  constructor(store: Store, identities: Identities) {
    this.#store = store;
    this.#identities = identities;
    this.#find = statement(store, 'SELECT id, "user", scope, ip_access, expires FROM limen_tokens WHERE token = ?');
  }

  /** null for one that is unknown, over, of nobody active, or not meant for this address. */
  async find(plain: string, ip: string | null, now: number): Promise<FoundToken | null> {
    const stored = hashApiToken(plain);
    const token = (await this.#remembered(stored)) ?? (await this.#read(stored));
    if (!token || (token.expires !== null && token.expires <= now)) return null;
    if (token.addresses && !token.addresses.includes(ip)) return null;
    return token;
  }

  async #remembered(stored: string): Promise<Kept | null> {
    const kept = this.#kept.get(stored);
    if (!kept) return null;
    if ((await this.#identities.user(kept.user.id)) === kept.user) return kept;
    this.#kept.delete(stored);
    return null;
  }

  async #read(stored: string): Promise<Kept | null> {
    const owner = await this.#store.get<{ user: string }>(this.#find, [stored]);
    // The user first: whatever is announced between the two makes another object of it, and what is kept void.
    const user = owner ? await this.#identities.user(String(owner.user)) : null;
    const row = user && (await this.#store.get(this.#find, [stored]));
    if (!user || !row || String(row.user) !== user.id) return null;
    const token: Kept = {
      id: String(row.id),
      user,
      expires: readMoment(this.#store.dialect, row.expires),
      addresses: addressList(row.ip_access ? String(row.ip_access).split(',') : []),
      scope: scopeOf(row.scope === null || row.scope === undefined ? null : String(row.scope)),
    };
    this.#kept.set(stored, token);
    return token;
  }
}
