import type { Accountability } from '../access/index.ts';
import {
  CONCEALED,
  canBeStaticToken,
  holdersOfAddress,
  isEmail,
  type LoginAttempts,
  type NewPasswords,
  refuseDelegated,
  type Sessions,
  statement,
  storedForms,
} from '../auth/index.ts';
import { endEmailLogins } from '../auth/login/email-login-tickets.ts';
import { failedValidation, forbidden, invalidPayload, recordNotUnique } from '../errors/index.ts';
import type { CollectionHooks, HookContext, Key, Payload } from '../items/hooks.ts';
import { presetValue } from '../items/payload-rules.ts';
import type { Store, Transaction } from '../store/types.ts';

const USERS = 'directus_users';
const CONCEALED_FIELDS = ['password', 'token', 'tfa_secret'];
/** What somebody signs in with, and the address that a forgotten password is mailed to. */
const CREDENTIALS = ['email', 'password', 'token', 'tfa_secret', 'provider', 'external_identifier', 'auth_data'];

export interface UserHookParts {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly attempts: LoginAttempts;
  readonly newPasswords: NewPasswords;
  /** Throws UNPROCESSABLE_CONTENT when nobody who may administer would be left. */
  keepAnAdministrator(tx: Transaction, gone?: { users: readonly string[] }): Promise<void>;
}

/** What directus_users does beyond plain rows. */
export function userHooks(parts: UserHookParts): CollectionHooks {
  const { store, sessions, attempts, newPasswords, keepAnAdministrator } = parts;
  const findToken = statement(store, 'SELECT id FROM directus_users WHERE token IN (?, ?)');
  const release = releaseTexts(store);

  async function prepare(payload: Payload, action: 'create' | 'update', keys: readonly Key[], context: HookContext) {
    const prepared = withoutConcealed(payload);
    if (action === 'update' && CREDENTIALS.some((name) => prepared[name] !== undefined)) {
      refuseDelegated(context.accountability);
    }
    refuseRole(prepared, action, context);
    refuseSecondFactor(prepared, action);
    await prepareEmail(prepared, keys, context);
    await prepareToken(prepared, keys, context);
    await preparePassword(prepared, context);
    return prepared;
  }

  async function prepareEmail(payload: Payload, keys: readonly Key[], { tx }: HookContext): Promise<void> {
    const { email } = payload;
    if (email === undefined || email === null) return;
    if (typeof email !== 'string' || !isEmail(email)) throw failedValidation('email', 'email');
    const taken = hasOthers(await holdersOfAddress(store, tx, email), keys);
    if (taken || keys.length > 1) throw recordNotUnique(USERS, 'email', email);
  }

  async function prepareToken(payload: Payload, keys: readonly Key[], { tx }: HookContext): Promise<void> {
    const { token } = payload;
    if (token === undefined || token === null) return;
    if (typeof token !== 'string') throw invalidPayload('"token" has to be a text.');
    if (!canBeStaticToken(token)) throw failedValidation('token', 'nempty');
    // Without the value: it is a credential, of somebody else at that.
    const [hashed = '', other = hashed] = storedForms(token);
    const holders = await tx.all<{ id: string }>(findToken, [hashed, other]);
    const ids = holders.map(({ id }) => id);
    if (keys.length > 1 || hasOthers(ids, keys)) throw recordNotUnique(USERS, 'token');
    payload.token = hashed;
  }

  async function preparePassword(payload: Payload, { tx, hash }: HookContext): Promise<void> {
    const { password } = payload;
    if (password === undefined || password === null) return;
    if (typeof password !== 'string') throw invalidPayload('"password" has to be a text.');
    if (password === '') throw failedValidation('password', 'nempty');
    await newPasswords.check(tx, password);
    payload.password = await hash(password);
  }

  async function updated(keys: readonly Key[], payload: Payload, { tx, accountability }: HookContext): Promise<void> {
    const asking = 'session' in accountability ? accountability.session : null;
    for (const user of keys.map(String)) {
      if (payload.status === 'active') await attempts.reset(tx, user);
      else if (payload.status !== undefined) await sessions.endAllOf(tx, user);
      if (payload.password !== undefined) await sessions.endAllOf(tx, user, asking, sparedSecond(user, accountability));
      if ([payload.email, payload.password, payload.status].some((one) => one !== undefined)) {
        await endEmailLogins(tx, store, user);
      }
      tx.announce('users', user);
    }
    if (payload.role !== undefined || payload.status !== undefined) await keepAnAdministrator(tx);
  }

  async function deleting(keys: readonly Key[], { tx }: HookContext): Promise<void> {
    const users = keys.map(String);
    await keepAnAdministrator(tx, { users });
    for (const user of users) {
      await sessions.endAllOf(tx, user);
      for (const text of release) await tx.run(text, [user]);
      tx.announce('users', user);
    }
  }

  /** An id that was somebody's before: what was made for them must not open the new account. */
  async function created(keys: readonly Key[], payload: Payload, { tx }: HookContext): Promise<void> {
    if (payload.id !== undefined) for (const key of keys) await sessions.endAllOf(tx, String(key));
  }

  return { prepare, created, updated, deleting };
}

/** The access token that asks goes on counting for its time, as every session does that changes its own password. */
const sparedSecond = (user: string, accountability: Accountability): number | undefined =>
  accountability.kind === 'user' && accountability.user === user ? accountability.issued : undefined;

/** A form that was read with stars in it is written back with them: they change nothing. */
function withoutConcealed(payload: Payload): Payload {
  const kept = { ...payload };
  for (const field of CONCEALED_FIELDS) if (kept[field] === CONCEALED) delete kept[field];
  return kept;
}

/**
 * A token that leaves its user less than everything gives nobody a role but the one that a permission presets: whoever
 * makes an account with a role and a password has all that the role may do.
 */
function refuseRole({ role }: Payload, action: 'create' | 'update', { accountability, access }: HookContext): void {
  if (role === undefined || role === null) return;
  if (accountability.kind !== 'user' || accountability.scope === undefined || access.profile.admin) return;
  const preset = access.profile.require(USERS, action).presets.role;
  if (preset === undefined || role !== presetValue(preset, access.scope)) throw forbidden();
}

/** A second factor is only set and removed by proving it. */
function refuseSecondFactor(payload: Payload, action: 'create' | 'update'): void {
  if (payload.tfa_secret === undefined) return;
  if (action === 'update' || payload.tfa_secret !== null) {
    throw invalidPayload('"tfa_secret" can\'t be written; the second factor has routes of its own.');
  }
}

/** Whether an id is not among the keys that are being written. */
function hasOthers(ids: readonly string[], keys: readonly Key[]): boolean {
  const own = keys.map((key) => String(key).toLowerCase());
  return ids.some((id) => !own.includes(id.toLowerCase()));
}

/** What names a user without following when the user goes; it stays, and names nobody. */
function releaseTexts(store: Store): string[] {
  const columns = [
    ['directus_files', 'uploaded_by'],
    ['directus_files', 'modified_by'],
    ['directus_comments', 'user_updated'],
    ['directus_versions', 'user_updated'],
    ['directus_notifications', 'sender'],
  ];
  return columns.map(([table, column]) => statement(store, `UPDATE ${table} SET ${column} = NULL WHERE ${column} = ?`));
}
