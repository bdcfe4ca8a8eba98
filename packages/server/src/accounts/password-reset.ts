import type { Origin } from '../access/index.ts';
import { recordEvent } from '../auth/events.ts';
import { bodyOf, recordVerifiedAddress, statement } from '../auth/index.ts';
import { endEmailLogins } from '../auth/login/email-login-tickets.ts';
import { sameText, spentToken } from '../auth/purpose-tokens.ts';
import { withParameter } from '../kernel/allowed-address.ts';
import { stalled } from '../kernel/stall.ts';
import { exactHolderOf, type Holder, holderOf } from './holder.ts';
import { pageOf, requiredText } from './input.ts';
import type { AccountParts } from './parts.ts';

/** How long the link counts. */
const TTL_MS = 3_600_000;

/** A new password for those who forgot theirs. */
export class PasswordReset {
  readonly #parts: AccountParts;
  readonly #set: string;

  constructor(parts: AccountParts) {
    this.#parts = parts;
    // The password that the token was made for: of any number of uses one finds it.
    this.#set = statement(
      parts.store,
      `UPDATE directus_users SET password = ? WHERE id = ? AND email = ? AND status = 'active'
       AND COALESCE(password, '') = ?`,
    );
  }

  /**
   * Sends a link to the account with this address, `{email, reset_url?}`; does the same, to see, where there is none.
   * Throws INVALID_PAYLOAD.
   */
  async request(given: unknown): Promise<void> {
    const { settings, unseen } = this.#parts;
    const body = bodyOf(given);
    const email = requiredText(body, 'email');
    const own = `${settings.publicUrl}/admin/reset-password`;
    const page = pageOf(body, 'reset_url', settings.passwordResetUrlAllowList, own);
    await stalled(settings.loginStallTimeMs, async () => unseen.begin(() => this.#send(email, page)));
  }

  /**
   * Sets the password that a link is for, `{token, password}`, and ends all sessions. Throws INVALID_PAYLOAD, INVALID_TOKEN,
   * TOKEN_EXPIRED, FAILED_VALIDATION, and FORBIDDEN where the token was spent.
   */
  async reset(given: unknown, origin: Origin): Promise<void> {
    const { store, auth, clock, tokens } = this.#parts;
    const body = bodyOf(given);
    const [token, password] = [requiredText(body, 'token'), requiredText(body, 'password')];
    const holder = await this.#holderOf(tokens.verify('password-reset', token));
    await auth.newPasswords.check(store, password);
    const hash = await auth.passwords.hash(password);
    await store.transaction(async (tx) => {
      if ((await tx.run(this.#set, [hash, holder.id, holder.email, holder.password ?? ''])) === 0) throw spentToken();
      await auth.attempts.reset(tx, holder.id);
      await recordVerifiedAddress(tx, store, holder.id, clock.now());
      await auth.sessions.endAllOf(tx, holder.id);
      await endEmailLogins(tx, store, holder.id);
      const event = { action: 'update', actor: holder.id, user: holder.id, at: clock.now(), origin } as const;
      await recordEvent(tx, store, event);
      tx.announce('users', holder.id);
    });
  }

  async #send(email: string, page: URL): Promise<void> {
    const { store, tokens, outbox, allowance } = this.#parts;
    const holder = await holderOf(store, email);
    if (!holder || !allowance.take(holder.id)) return;
    const token = tokens.sign('password-reset', { email: holder.email, hash: this.#digestOf(holder) }, TTL_MS);
    outbox.post({ kind: 'password-reset', user: holder.id, link: withParameter(page, 'token', token) });
  }

  /** Whose token it is; throws FORBIDDEN where it was made for another password than the current one. */
  async #holderOf({ email, hash }: { email: string; hash?: string }): Promise<Holder> {
    const holder = await exactHolderOf(this.#parts.store, email);
    if (!holder || hash === undefined || !sameText(hash, this.#digestOf(holder))) throw spentToken();
    return holder;
  }

  #digestOf({ id, password }: Holder): string {
    return this.#parts.tokens.digestOf('password-reset', `${id}:${password ?? ''}`);
  }
}
