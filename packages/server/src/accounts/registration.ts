import { attachedPolicies, chainOf } from '../access/applying.ts';
import type { Accountability, Origin } from '../access/index.ts';
import { recordEvent } from '../auth/events.ts';
import { bodyOf, isEmail, recordVerifiedAddress, statement } from '../auth/index.ts';
import { ApiError, invalidPayload, invalidToken } from '../errors/index.ts';
import { withParameter } from '../kernel/allowed-address.ts';
import { stalled } from '../kernel/stall.ts';
import { EMPTY_QUERY } from '../query/index.ts';
import { nameOrNull, pageOf, requiredText } from './input.ts';
import { type AccountParts, USERS } from './parts.ts';
import { meetsFilter, type RegistrationRules, readRegistrationRules } from './registration-rules.ts';

const KEYS: ReadonlySet<string> = new Set(['email', 'password', 'first_name', 'last_name', 'verification_url']);

interface NewcomerInput {
  readonly email: string;
  readonly password: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  /** Where the link of the mail leads. */
  readonly page: URL;
}

/** People who make an account for themselves. */
export class Registration {
  readonly #parts: AccountParts;
  readonly #confirm: string;

  constructor(parts: AccountParts) {
    this.#parts = parts;
    this.#confirm = statement(
      parts.store,
      `UPDATE directus_users SET status = 'active' WHERE email = ? AND status = 'unverified' RETURNING id`,
    );
  }

  /**
   * Makes an account, `{email, password, first_name?, last_name?, verification_url?}`, if the settings of the project let
   * people do so; for an address that has one already it does the same, to see. Throws INVALID_PAYLOAD, FORBIDDEN,
   * FAILED_VALIDATION.
   */
  async register(given: unknown, accountability: Accountability): Promise<void> {
    const { registerStallTimeMs } = this.#parts.settings;
    await stalled(registerStallTimeMs, async () => {
      const rules = await readRegistrationRules(this.#parts.store);
      if (!rules.open || (await this.#administers(rules.role))) throw closed();
      const newcomer = this.#read(given);
      const system = await this.#parts.engine.access({ kind: 'system' });
      if (!meetsFilter(newcomer.email, rules.emailFilter, system)) throw closed();
      // Before it is known whether the address has an account: a refused password must not tell.
      await this.#parts.auth.newPasswords.check(this.#parts.store, newcomer.password);
      const user = await this.#create(newcomer, rules, accountability);
      if (user !== null && rules.verify) this.#sendLink(user, newcomer);
    });
  }

  /**
   * Confirms an address; the id of its account. Throws INVALID_TOKEN, TOKEN_EXPIRED, and INVALID_PAYLOAD where there is
   * nothing left to confirm.
   */
  async verify(token: unknown, origin: Origin): Promise<string> {
    const { store, tokens, clock, auth } = this.#parts;
    if (typeof token !== 'string') throw invalidToken();
    const { email } = tokens.verify('verify-email', token);
    return store.transaction(async (tx) => {
      const row = await tx.get(this.#confirm, [email]);
      if (!row) throw invalidPayload('There is nothing to confirm: it was done before.');
      const id = String(row.id);
      await auth.attempts.reset(tx, id);
      await recordVerifiedAddress(tx, store, id, clock.now());
      await recordEvent(tx, store, { action: 'update', actor: id, user: id, at: clock.now(), origin });
      tx.announce('users', id);
      return id;
    });
  }

  /** Whoever may change the settings must not become an administrator by it, nor make strangers some. */
  async #administers(role: string | null): Promise<boolean> {
    const model = await this.#parts.engine.model();
    const roles = chainOf(model, role);
    return roles.length > 0 && attachedPolicies(model, [], roles).some(({ adminAccess }) => adminAccess);
  }

  #read(given: unknown): NewcomerInput {
    const { settings } = this.#parts;
    const body = bodyOf(given);
    const other = Object.keys(body).find((key) => !KEYS.has(key));
    if (other !== undefined) throw invalidPayload(`${JSON.stringify(other.slice(0, 100))} can't be given here.`);
    const [email, password] = [requiredText(body, 'email'), requiredText(body, 'password')];
    if (!isEmail(email)) throw invalidPayload('"email" has to be an e-mail address.');
    const own = `${settings.publicUrl}/users/register/verify-email`;
    return {
      email,
      password,
      first_name: nameOrNull(body, 'first_name'),
      last_name: nameOrNull(body, 'last_name'),
      page: pageOf(body, 'verification_url', settings.userRegisterUrlAllowList, own),
    };
  }

  /** The id of the new account; null where the address has one, after the same work. */
  async #create(
    { page: _, ...newcomer }: NewcomerInput,
    rules: RegistrationRules,
    accountability: Accountability,
  ): Promise<string | null> {
    const { items, engine } = this.#parts;
    // The project's settings allow it, and it is recorded as done by whoever asked.
    const access = { ...(await engine.access({ kind: 'system' })), accountability };
    const account = { ...newcomer, role: rules.role, status: rules.verify ? 'unverified' : 'active' };
    try {
      const made = await items.create(access, USERS, account, { ...EMPTY_QUERY, fields: ['id'], kept: null });
      return String(made?.id);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'RECORD_NOT_UNIQUE') return null;
      throw error;
    }
  }

  #sendLink(user: string, { email, page }: NewcomerInput): void {
    const { tokens, settings, outbox } = this.#parts;
    const token = tokens.sign('verify-email', { email }, settings.emailVerificationTokenTtlMs);
    outbox.post({ kind: 'user-registration', user, link: withParameter(page, 'token', token) });
  }
}

const closed = (): ApiError => new ApiError('FORBIDDEN', 'Nobody can register here, or not with this address.');
