import { randomUUID } from 'node:crypto';
import {
  holdersOfAddress,
  isEmail,
  type NewPasswords,
  type Passwords,
  type Sessions,
  statement,
  storedStaticToken,
} from '../auth/index.ts';
import { failedValidation, recordNotUnique, unprocessable } from '../errors/index.ts';
import type { Store } from '../store/types.ts';

export interface NewAccount {
  readonly email: string;
  readonly password: string;
  /** Id of a role, or null. */
  readonly role?: string | null;
  /** A static token, in plain text. */
  readonly token?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
}

interface Parts {
  readonly store: Store;
  readonly passwords: Passwords;
  readonly newPasswords: NewPasswords;
}

/**
 * Makes an active account; its id. Throws FAILED_VALIDATION for the address or the password, RECORD_NOT_UNIQUE where the
 * address is taken.
 */
export async function createAccount({ store, passwords, newPasswords }: Parts, account: NewAccount): Promise<string> {
  if (!isEmail(account.email)) throw failedValidation('email', 'email');
  await newPasswords.check(store, account.password);
  const password = await passwords.hash(account.password);
  const id = randomUUID();
  await store.transaction(async (tx) => {
    const holders = await holdersOfAddress(store, tx, account.email);
    if (holders.length > 0) throw recordNotUnique('directus_users', 'email', account.email);
    await tx.run(
      statement(
        store,
        `INSERT INTO directus_users (id, email, password, role, token, first_name, last_name, status, provider)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'active', 'default')`,
      ),
      [
        id,
        account.email,
        password,
        account.role ?? null,
        account.token ? storedStaticToken(account.token) : null,
        account.firstName ?? null,
        account.lastName ?? null,
      ],
    );
    tx.announce('users', id);
  });
  return id;
}

/**
 * Gives the account with this address another password, forgets its failed logins and ends all its sessions. With
 * `activate` it may sign in again, whatever its status was. Throws FAILED_VALIDATION or, for an unknown address,
 * UNPROCESSABLE_CONTENT.
 */
export async function setPassword(
  { store, passwords, newPasswords, sessions }: Parts & { sessions: Sessions },
  change: { email: string; password: string; activate?: boolean },
): Promise<void> {
  await newPasswords.check(store, change.password);
  const password = await passwords.hash(change.password);
  await store.transaction(async (tx) => {
    const [id] = await holdersOfAddress(store, tx, change.email);
    if (!id) throw unprocessable(`Nobody has the address ${change.email}.`);
    await tx.run(statement(store, 'UPDATE directus_users SET password = ? WHERE id = ?'), [password, id]);
    if (change.activate) {
      await tx.run(statement(store, `UPDATE directus_users SET status = 'active' WHERE id = ?`), [id]);
    }
    await tx.run(statement(store, 'DELETE FROM limen_login_attempts WHERE "user" = ?'), [id]);
    await sessions.endAllOf(tx, id);
    tx.announce('users', id);
  });
}
