import type { Snapshot } from '../../schema/types.ts';
import { quote } from '../../sql/identifier.ts';
import type { Store } from '../../store/types.ts';

/** Names that say something already (RFC 7519 §4.1, and the API), or that must never leave. */
const TAKEN = new Set([
  'id',
  'role',
  'app_access',
  'admin_access',
  'enforce_tfa',
  'session',
  'share',
  'scope',
  'visit',
]);
const REGISTERED = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'kid']);
const SECRET = new Set(['password', 'token', 'tfa_secret', 'auth_data']);
/** Characters that a text may have; tokens travel in every request. */
const MAX_LENGTH = 255;

export type Claims = Readonly<Record<string, string | number | boolean>>;

/** Fields of users that access tokens tell of besides what they always do (ACCESS_TOKEN_CLAIMS). */
export class ExtraClaims {
  readonly #store: Store;
  readonly #names: readonly string[];

  /** Throws for a name that no claim may have. */
  constructor(store: Store, names: readonly string[]) {
    const refused = names.find((name) => TAKEN.has(name) || REGISTERED.has(name) || SECRET.has(name));
    if (refused !== undefined)
      throw new Error(`ACCESS_TOKEN_CLAIMS names "${refused}", which can't be a claim of its own.`);
    this.#store = store;
    this.#names = names;
  }

  /** Of a user, as they are now: texts, numbers and truth values that are not concealed. */
  async of(user: string, snapshot: Snapshot): Promise<Claims> {
    if (this.#names.length === 0) return NONE;
    const fields = snapshot.collections.get('directus_users')?.fields;
    const open = this.#names.filter((name) => {
      const field = fields?.get(name);
      return field?.column && !field.concealed && !field.hashed;
    });
    if (open.length === 0) return NONE;
    const text = `SELECT ${open.map(quote).join(', ')} FROM directus_users WHERE id = ${this.#store.placeholder(1)}`;
    const row = (await this.#store.get(text, [user])) ?? {};
    return Object.fromEntries(Object.entries(row).filter(([, value]) => isPlain(value))) as Claims;
  }
}

const NONE: Claims = {};

const isPlain = (value: unknown): boolean =>
  (typeof value === 'string' && value.length <= MAX_LENGTH) || typeof value === 'number' || typeof value === 'boolean';
