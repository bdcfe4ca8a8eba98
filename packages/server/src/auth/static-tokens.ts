import { hash } from 'node:crypto';
import type { Store } from '../store/types.ts';
import { statement } from './statements.ts';

const PREFIX = 'sha256$';
/** What answers show in a token's place: never a token itself, even if another server once stored it as one. */
export const CONCEALED = '**********';

/** A static token as directus_users.token holds it. */
export const storedStaticToken = (plain: string): string => PREFIX + hash('sha256', plain, 'hex');

/**
 * The forms under which a token may be stored: hashed, or in plain text by another server. What looks like a stored hash
 * has no plain form, or whoever reads the database could sign in with what is in it.
 */
export function storedForms(plain: string): readonly string[] {
  const hashed = storedStaticToken(plain);
  return plain.startsWith(PREFIX) ? [hashed] : [hashed, plain];
}

/** Whether a text may be a token at all. PostgreSQL has no NUL in texts. */
export const canBeStaticToken = (plain: string): boolean =>
  plain !== '' && plain !== CONCEALED && !plain.includes('\0');

/** Static tokens: kept by a user until they are replaced, stored as SHA-256. */
export class StaticTokens {
  readonly #store: Store;
  readonly #find: string;
  readonly #upgrade: string;

  constructor(store: Store) {
    this.#store = store;
    this.#find = statement(store, 'SELECT id, token FROM directus_users WHERE token IN (?, ?)');
    this.#upgrade = statement(store, 'UPDATE directus_users SET token = ? WHERE id = ? AND token = ?');
  }

  /** The id of the user who has this token, or null. One found in plain text is hashed. */
  async ownerOf(plain: string): Promise<string | null> {
    if (!canBeStaticToken(plain)) return null;
    const [hashed = '', other = hashed] = storedForms(plain);
    // Compared again here: a column may have a collation that takes other letters for the same.
    const rows = await this.#store.all<{ id: string; token: string }>(this.#find, [hashed, other]);
    const owner = rows.find((row) => row.token === hashed) ?? rows.find((row) => row.token === other);
    if (!owner) return null;
    if (owner.token !== hashed) await this.#hash(owner.id, plain, hashed);
    return owner.id;
  }

  #hash(user: string, plain: string, hashed: string): Promise<void> {
    return this.#store.transaction(async (tx) => {
      if ((await tx.run(this.#upgrade, [hashed, user, plain])) > 0) tx.announce('users', user);
    });
  }
}
