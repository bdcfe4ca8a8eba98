import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { TokenIssuer } from '../../config/index.ts';
import { BoundedCache } from '../../kernel/bounded-cache.ts';
import type { Store } from '../../store/types.ts';
import { holdersOfAddress } from '../addresses.ts';
import type { ActiveUser, Identities } from '../identities.ts';
import { statement } from '../statements.ts';
import type { Vouched } from './issuer-tokens.ts';

const REMEMBERED = 10_000;
/** directus_users.external_identifier is varchar(255). */
const MAX_LENGTH = 255;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Who here is meant by the claims of another issuer. */
export class IssuerUsers {
  readonly #store: Store;
  readonly #identities: Identities;
  readonly #find: string;
  readonly #create: string;
  /** With the user as they were when they were found: who is another object since may have another identifier too. */
  readonly #found = new BoundedCache<string, ActiveUser>(REMEMBERED);

  constructor(store: Store, identities: Identities) {
    this.#store = store;
    this.#identities = identities;
    this.#find = statement(
      store,
      'SELECT id, external_identifier FROM directus_users WHERE provider = ? AND external_identifier = ?',
    );
    this.#create = statement(
      store,
      `INSERT INTO directus_users (id, status, provider, external_identifier, role)
       SELECT ?, 'active', ?, ?, r.id FROM directus_roles r WHERE r.id = ?
       ON CONFLICT (external_identifier) DO NOTHING`,
    );
  }

  /** The active user, or null. A role counts only while it exists. */
  async find(issuer: TokenIssuer, claims: JWTPayload): Promise<Vouched | null> {
    const said = claims[issuer.userClaim];
    if (typeof said !== 'string' || said === '' || said.length > MAX_LENGTH || said.includes('\0')) return null;
    const role = roleIn(issuer, claims);
    const key = `${issuer.name} ${said}`;
    const known = this.#found.get(key);
    if (known && (await this.#identities.user(known.id)) === known) return { user: known, role };
    const id = (await this.#idOf(issuer, said, claims)) ?? (await this.#created(issuer, said, claims, role));
    const user = id === null ? null : await this.#identities.user(id);
    // Asked again: between the two the identifier may have become another one's.
    if (!user || (await this.#idOf(issuer, said, claims)) !== user.id) return null;
    this.#found.set(key, user);
    return { user, role };
  }

  async #idOf({ name, userField }: TokenIssuer, said: string, claims: JWTPayload): Promise<string | null> {
    if (userField === 'id') return UUID.test(said.toLowerCase()) ? said.toLowerCase() : null;
    if (userField === 'email') {
      if (claims.email_verified !== true) return null;
      const [holder, ...others] = await this.#store.transaction((tx) => holdersOfAddress(this.#store, tx, said));
      return holder !== undefined && others.length === 0 ? holder : null;
    }
    const rows = await this.#store.all<{ id: string; external_identifier: string }>(this.#find, [name, said]);
    return rows.find((row) => row.external_identifier === said)?.id ?? null;
  }

  /** A new user, or the one that a parallel request made meanwhile. */
  async #created(
    issuer: TokenIssuer,
    said: string,
    claims: JWTPayload,
    role: string | undefined,
  ): Promise<string | null> {
    if (!issuer.createUsers || role === undefined) return null;
    await this.#store.transaction((tx) => tx.run(this.#create, [randomUUID(), issuer.name, said, role]));
    return this.#idOf(issuer, said, claims);
  }
}

/** The role of the first entry of the mapping that the claim holds. */
function roleIn({ roleClaim, roleMapping }: TokenIssuer, claims: JWTPayload): string | undefined {
  const said = claims[roleClaim];
  const values = new Set(Array.isArray(said) ? said : [said]);
  return roleMapping.find(([value]) => values.has(value))?.[1];
}
