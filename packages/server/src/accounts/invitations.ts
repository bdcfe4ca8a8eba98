import type { Access, Origin } from '../access/index.ts';
import { foldEmail, foldedColumn } from '../auth/email.ts';
import { recordEvent } from '../auth/events.ts';
import { bodyOf, isEmail, recordVerifiedAddress, statement } from '../auth/index.ts';
import { ApiError, forbidden, invalidPayload } from '../errors/index.ts';
import { allowedFields, checkPayload, withFound, withPresets } from '../items/payload-rules.ts';
import { withParameter } from '../kernel/allowed-address.ts';
import { EMPTY_QUERY } from '../query/index.ts';
import { pageOf, requiredText } from './input.ts';
import { type AccountParts, USERS } from './parts.ts';

/** Addresses that one request can invite. */
const MAX_ADDRESSES = 500;
const INVITED = { status: 'invited' };

interface InvitationInput {
  readonly emails: readonly string[];
  /** Id of the role to give. */
  readonly role: string;
  readonly page: URL;
}

interface Invited {
  readonly id: string;
  readonly email: string;
}

/** People who are asked to join. */
export class Invitations {
  readonly #parts: AccountParts;
  readonly #find: string;
  readonly #accept: string;

  constructor(parts: AccountParts) {
    const { store } = parts;
    this.#parts = parts;
    const folded = foldedColumn(store.dialect, 'email');
    this.#find = statement(
      store,
      `SELECT id, email, status FROM directus_users WHERE ${folded} = ? ORDER BY id LIMIT 2`,
    );
    this.#accept = statement(
      store,
      `UPDATE directus_users SET status = 'active', password = ? WHERE email = ? AND status = 'invited' RETURNING id`,
    );
  }

  /**
   * Makes accounts that wait for their people and mails them a link, `{email: address or list, role, invite_url?}`; those
   * that wait already get another mail, other accounts none. The caller needs the permission to create such users. Throws
   * INVALID_PAYLOAD or FORBIDDEN, and then nobody is invited.
   */
  async invite(given: unknown, access: Access): Promise<void> {
    requirePerson(access);
    const { emails, role, page } = this.#read(given);
    for (const email of emails) requirePermission(access, { email, role });
    const known = await Promise.all(emails.map((email) => this.#known(email)));
    const newcomers = emails.filter((_, i) => known[i] === null);
    const { items } = this.#parts;
    if (newcomers.length > 0) {
      const accounts = newcomers.map((email) => ({ email, role }));
      const found = newcomers.map(() => INVITED);
      await items.createMany(access, USERS, accounts, { ...EMPTY_QUERY, fields: ['id'], kept: null }, found);
    }
    for (const email of emails) await this.#send(email, page);
  }

  /**
   * Accepts an invitation, `{token, password}`. Throws INVALID_PAYLOAD, INVALID_TOKEN, TOKEN_EXPIRED, FORBIDDEN (a token for
   * something else), INVALID_INVITE (spent or withdrawn), FAILED_VALIDATION.
   */
  async accept(given: unknown, origin: Origin): Promise<void> {
    const { store, auth, clock, tokens } = this.#parts;
    const body = bodyOf(given);
    const [token, password] = [requiredText(body, 'token'), requiredText(body, 'password')];
    const { email } = tokens.verify('invite', token);
    const waiting = await this.#known(email);
    if (waiting?.status !== 'invited') throw invalidInvite();
    await auth.newPasswords.check(store, password);
    const hash = await auth.passwords.hash(password);
    await store.transaction(async (tx) => {
      const row = await tx.get(this.#accept, [hash, email]);
      if (!row) throw invalidInvite();
      const id = String(row.id);
      await auth.attempts.reset(tx, id);
      await recordVerifiedAddress(tx, store, id, clock.now());
      await recordEvent(tx, store, { action: 'update', actor: id, user: id, at: clock.now(), origin });
      tx.announce('users', id);
    });
  }

  #read(given: unknown): InvitationInput {
    const { settings } = this.#parts;
    const body = bodyOf(given);
    const role = requiredText(body, 'role');
    const own = `${settings.publicUrl}/admin/accept-invite`;
    const page = pageOf(body, 'invite_url', settings.userInviteUrlAllowList, own);
    const emails = Array.isArray(body.email) ? body.email : [body.email];
    if (emails.length === 0 || emails.length > MAX_ADDRESSES || !emails.every(isAddress)) {
      throw invalidPayload(`"email" has to be an e-mail address, or a list of at most ${MAX_ADDRESSES}.`);
    }
    return { emails: [...new Map(emails.map((email) => [foldEmail(email), email])).values()], role, page };
  }

  /** The account with this address, in any case. */
  async #known(email: string): Promise<(Invited & { status: string }) | null> {
    const rows = await this.#parts.store.all(this.#find, [foldEmail(email)]);
    const row = rows.find((one) => one.email === email) ?? rows[0];
    return row ? { id: String(row.id), email: String(row.email), status: String(row.status) } : null;
  }

  async #send(email: string, page: URL): Promise<void> {
    const { tokens, settings, outbox } = this.#parts;
    const account = await this.#known(email);
    if (account?.status !== 'invited') return;
    const token = tokens.sign('invite', { email: account.email }, settings.userInviteTokenTtlMs);
    outbox.post({ kind: 'user-invitation', user: account.id, link: withParameter(page, 'token', token) });
  }
}

const isAddress = (value: unknown): value is string => typeof value === 'string' && isEmail(value);

const invalidInvite = (): ApiError =>
  new ApiError('INVALID_INVITE', 'This invitation was used or withdrawn; ask for another one.');

/** The public may be allowed to create users; what is there already must not show in whether it may invite them. */
function requirePerson({ accountability }: Access): void {
  if (accountability.kind !== 'user') throw forbidden();
}

/** As if each account were new, so that the answer is the same for those that are there. */
function requirePermission(access: Access, account: { email: string; role: string }): void {
  const create = access.profile.require(USERS, 'create');
  const allowed = withPresets(create, allowedFields(create, account, access.profile.admin), access.scope);
  checkPayload(create, withFound(allowed, INVITED), 'create', access, []);
}
