import { bodyOf } from '../auth/index.ts';
import { withParameter } from '../kernel/allowed-address.ts';
import { stalled } from '../kernel/stall.ts';
import { holderOf } from './holder.ts';
import { pageOf, requiredText } from './input.ts';
import type { AccountParts } from './parts.ts';

/** Mail with which people sign in. */
export class EmailLoginMail {
  readonly #parts: AccountParts;

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /**
   * Sends a link and a code to the account with this address, `{email, redirect?}`, for the browser that has this secret;
   * does the same, to see, where there is none. Throws INVALID_PAYLOAD.
   */
  async request(given: unknown, browser: string): Promise<void> {
    const { settings, unseen } = this.#parts;
    const body = bodyOf(given);
    const email = requiredText(body, 'email');
    const page = pageOf(body, 'redirect', settings.authEmailLinkUrlAllowList, `${settings.publicUrl}/admin/login`);
    await stalled(settings.loginStallTimeMs, async () => unseen.begin(() => this.#send(email, page, browser)));
  }

  async #send(email: string, page: URL, browser: string): Promise<void> {
    const { store, tickets, outbox, allowance } = this.#parts;
    const holder = await holderOf(store, email);
    if (!holder || !allowance.take(holder.id)) return;
    const { token, code } = await tickets.issue(holder.id, browser);
    outbox.post({
      kind: 'email-login',
      user: holder.id,
      link: withParameter(page, 'token', token),
      code: `${code.slice(0, 4)} ${code.slice(4)}`,
    });
  }
}
