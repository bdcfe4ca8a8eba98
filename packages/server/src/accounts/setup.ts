import { createHmac, type KeyObject } from 'node:crypto';
import type { Origin } from '../access/index.ts';
import { isEmail } from '../auth/email.ts';
import { recordEvent } from '../auth/events.ts';
import { bodyOf, statement } from '../auth/index.ts';
import { sameText } from '../auth/purpose-tokens.ts';
import { forbidden, invalidPayload } from '../errors/index.ts';
import { derivedKey } from '../kernel/derived-key.ts';
import { nameOrNull, requiredText } from './input.ts';
import type { AccountParts } from './parts.ts';

/** The account that a new project was given, before anybody has used it. */
interface Unclaimed {
  readonly id: string;
  readonly password: string;
}

/**
 * The first minutes of a project: whoever reads what the server printed gives its administrator an address and a password
 * of their own. A code that only that output holds stands for the right to do so; it is made from the password that was
 * printed with it, so it counts until that one is changed or used.
 */
export class Setup {
  readonly #parts: AccountParts;
  readonly #key: KeyObject;
  readonly #offered: boolean;
  readonly #people: string;
  readonly #claim: string;

  /** `offered` is false where the settings name the administrator: then there is nothing to be chosen. */
  constructor(parts: AccountParts, secret: string, offered: boolean) {
    this.#parts = parts;
    this.#key = derivedKey(secret, 'limen project setup');
    this.#offered = offered;
    this.#people = statement(parts.store, 'SELECT id, password, last_access FROM directus_users LIMIT 2');
    // The password that the code was made for: of any number of uses one finds it.
    this.#claim = statement(
      parts.store,
      `UPDATE directus_users SET email = ?, password = ?, first_name = ?, last_name = ?
       WHERE id = ? AND password = ? AND last_access IS NULL`,
    );
  }

  /** Whether the project waits for its administrator. */
  async isOpen(): Promise<boolean> {
    return (await this.#unclaimed()) !== null;
  }

  /** What the server prints; null where nothing waits. */
  async code(): Promise<string | null> {
    const account = await this.#unclaimed();
    return account && this.#codeOf(account);
  }

  /**
   * `{code, email, password, first_name?, last_name?}`. Throws INVALID_PAYLOAD, FAILED_VALIDATION, and FORBIDDEN for a wrong
   * code and where nothing waits.
   */
  async finish(given: unknown, origin: Origin): Promise<void> {
    const { store, auth, clock } = this.#parts;
    const body = bodyOf(given);
    const [code, email, password] = [
      requiredText(body, 'code'),
      requiredText(body, 'email'),
      requiredText(body, 'password'),
    ];
    const names = [nameOrNull(body, 'first_name'), nameOrNull(body, 'last_name')];
    const account = await this.#unclaimed();
    if (account === null || !sameText(code.trim(), this.#codeOf(account))) throw forbidden();
    if (!isEmail(email)) throw invalidPayload('"email" has to be an e-mail address.');
    await auth.newPasswords.check(store, password);
    const hash = await auth.passwords.hash(password);
    await store.transaction(async (tx) => {
      const claimed = await tx.run(this.#claim, [email, hash, ...names, account.id, account.password]);
      if (claimed === 0) throw forbidden();
      await recordEvent(tx, store, { action: 'update', actor: account.id, user: account.id, at: clock.now(), origin });
      tx.announce('users', account.id);
    });
  }

  async #unclaimed(): Promise<Unclaimed | null> {
    if (!this.#offered) return null;
    const [first, ...others] = await this.#parts.store.all(this.#people, []);
    if (!first || others.length > 0 || first.last_access !== null || typeof first.password !== 'string') return null;
    return { id: String(first.id), password: first.password };
  }

  #codeOf({ id, password }: Unclaimed): string {
    return createHmac('sha256', this.#key).update(`${id}:${password}`).digest('base64url').slice(0, 24);
  }
}
