import { hash, randomBytes } from 'node:crypto';
import type { Origin } from '../../access/index.ts';
import { invalidCredentials, invalidPayload } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store, Transaction } from '../../store/types.ts';
import type { Grant } from '../grants.ts';
import { bodyOf, modeOf } from '../input.ts';
import type { Spend } from '../proof.ts';
import { challengeOf } from '../providers/attempts.ts';
import type { ProviderSessions, Vouched } from '../providers/provider-sessions.ts';
import type { SessionMode } from '../settings.ts';
import { bindMoment, statement } from '../statements.ts';
import type { Arrivals } from './arrivals.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly arrivals: Arrivals;
  readonly providerSessions: ProviderSessions;
}

export interface HandOffInput {
  readonly code: string;
  readonly verifier: string;
  readonly mode: SessionMode;
}

const TTL_MS = 60_000;
/** RFC 7636 §4.1, §4.2. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
const CODE = /^[A-Za-z0-9_-]{43}$/;
const ORIGIN_LENGTH = 255;

/**
 * The end of a login at a provider for pages of another site, to which browsers give no cookies of ours: the browser goes
 * back to the page with a code, and the page redeems it with the verifier whose challenge it began with (RFC 7636).
 */
export class HandOffs {
  readonly #parts: Parts;
  readonly #sql: ReturnType<typeof texts>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#sql = texts(parts.store);
  }

  /**
   * A code for this user, for a minute. `follow` is what else changes with the login, `vouched` what the provider said of
   * the session.
   */
  async give(
    user: string,
    challenge: string,
    destination: string,
    follow: Spend,
    vouched: Vouched | null = null,
  ): Promise<string> {
    const code = randomBytes(32).toString('base64url');
    await this.#parts.store.transaction(async (tx) => {
      await follow(tx);
      await tx.run(this.#sql.purge, [this.#moment()]);
      const sealed = vouched && this.#parts.providerSessions.seal(vouched, code);
      const row = [hash('sha256', code, 'hex'), user, challenge, originOf(destination), sealed, this.#moment(TTL_MS)];
      await tx.run(this.#sql.insert, row);
    });
    return code;
  }

  /**
   * Redeems a code, once, for the tokens of the mode. Throws INVALID_CREDENTIALS for a code that is unknown, spent, too
   * old, of another client or of another page than the one that it was sent to.
   */
  async redeem({ code, verifier, mode }: HandOffInput, origin: Origin): Promise<Grant> {
    const key = [hash('sha256', code, 'hex'), challengeOf(verifier), this.#moment()];
    const { store, arrivals, providerSessions } = this.#parts;
    const row = await store.get<{ user: string; origin: string; vouched: string | null }>(this.#sql.find, key);
    if (!row || (origin.origin !== null && origin.origin !== row.origin && row.origin.startsWith('http'))) {
      throw invalidCredentials();
    }
    const redeem = async (tx: Transaction) => {
      if ((await tx.run(this.#sql.redeem, key)) === 0) throw invalidCredentials();
    };
    return arrivals.arrive(row.user, mode, origin, redeem, undefined, providerSessions.open(row.vouched, code));
  }

  #moment(offset = 0) {
    return bindMoment(this.#parts.store.dialect, this.#parts.clock.now() + offset);
  }
}

const texts = (store: Store) => ({
  purge: statement(store, 'DELETE FROM limen_hand_offs WHERE expires <= ?'),
  insert: statement(
    store,
    'INSERT INTO limen_hand_offs (code, "user", challenge, origin, vouched, expires) VALUES (?, ?, ?, ?, ?, ?)',
  ),
  find: statement(
    store,
    'SELECT "user", origin, vouched FROM limen_hand_offs WHERE code = ? AND challenge = ? AND expires > ?',
  ),
  redeem: statement(store, 'DELETE FROM limen_hand_offs WHERE code = ? AND challenge = ? AND expires > ?'),
});

/** The origin of a page; of an app's own address its scheme. */
function originOf(destination: string): string {
  const { origin, protocol } = new URL(destination);
  return (origin === 'null' ? protocol : origin).slice(0, ORIGIN_LENGTH);
}

/**
 * The challenge of `response=code` with `code_challenge` in the address of a login, null where neither is given. Throws
 * INVALID_PAYLOAD, also for any other method than S256.
 */
export function readChallenge(parameters: Readonly<Record<string, unknown>>): string | null {
  const { response, code_challenge: challenge, code_challenge_method: method } = parameters;
  if (response === undefined) return null;
  if (response !== 'code') throw invalidPayload('"response" has to be "code".');
  if (typeof challenge !== 'string' || !CHALLENGE.test(challenge)) {
    throw invalidPayload('"code_challenge" has to be the SHA-256 of the verifier, in base64url.');
  }
  if (method !== undefined && method !== 'S256') throw invalidPayload('"code_challenge_method" has to be "S256".');
  return challenge;
}

/** `{code, code_verifier, mode?}`. Throws INVALID_PAYLOAD. */
export function readHandOff(body: unknown): HandOffInput {
  const { code, code_verifier: verifier, mode } = bodyOf(body);
  if (typeof code !== 'string' || !CODE.test(code)) throw invalidPayload('"code" has to be the code of a login.');
  if (typeof verifier !== 'string' || !VERIFIER.test(verifier)) {
    throw invalidPayload('"code_verifier" has to be a text of 43 to 128 characters (RFC 7636).');
  }
  return { code, verifier, mode: modeOf(mode) ?? 'json' };
}
