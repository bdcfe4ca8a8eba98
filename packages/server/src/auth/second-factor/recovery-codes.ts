import { hash, randomBytes } from 'node:crypto';
import { invalidOtp } from '../../errors/index.ts';
import type { Store, Transaction } from '../../store/types.ts';
import { statement } from '../statements.ts';
import { encodeBase32 } from './base32.ts';

const CODES = 10;
/** 80 bits, in 16 letters. */
const BYTES = 10;

/** Codes for the day when the phone is gone: each counts once, and nothing but its SHA-256 is stored. */
export class RecoveryCodes {
  readonly #store: Store;
  readonly #add: string;
  readonly #find: string;
  readonly #redeem: string;
  readonly #forget: string;
  readonly #left: string;

  constructor(store: Store) {
    this.#store = store;
    this.#add = statement(store, 'INSERT INTO limen_recovery_codes (code, "user") VALUES (?, ?)');
    this.#find = statement(store, 'SELECT 1 FROM limen_recovery_codes WHERE code = ? AND "user" = ?');
    this.#redeem = statement(store, 'DELETE FROM limen_recovery_codes WHERE code = ? AND "user" = ?');
    this.#forget = statement(store, 'DELETE FROM limen_recovery_codes WHERE "user" = ?');
    this.#left = statement(store, 'SELECT count(*) AS n FROM limen_recovery_codes WHERE "user" = ?');
  }

  /** New ones in place of all there were, such as `abcd-efgh-ijkl-mnop`. */
  async replace(tx: Transaction, user: string): Promise<readonly string[]> {
    await this.forget(tx, user);
    const codes = Array.from({ length: CODES }, () => encodeBase32(randomBytes(BYTES)));
    for (const code of codes) await tx.run(this.#add, [stored(user, code), user]);
    return codes.map((code) => (code.toLowerCase().match(/.{4}/g) ?? []).join('-'));
  }

  /** Whether it is an unused one of this account. */
  async has(user: string, code: string): Promise<boolean> {
    return (await this.#store.get(this.#find, [stored(user, code), user])) !== undefined;
  }

  /** Throws INVALID_OTP when it was used meanwhile. */
  async redeem(tx: Transaction, user: string, code: string): Promise<void> {
    if ((await tx.run(this.#redeem, [stored(user, code), user])) === 0) throw invalidOtp();
  }

  async forget(tx: Transaction, user: string): Promise<void> {
    await tx.run(this.#forget, [user]);
  }

  async left(user: string): Promise<number> {
    const row = await this.#store.get<{ n: number }>(this.#left, [user]);
    return Number(row?.n ?? 0);
  }
}

/** A recovery code as people write it, in the one form that is stored; null for what can't be one. */
export function readRecoveryCode(text: string): string | null {
  const letters = text.replace(/[\s-]/g, '').toUpperCase();
  return /^[A-Z2-7]{16}$/.test(letters) ? letters : null;
}

const stored = (user: string, code: string): string => hash('sha256', `${user}:${code}`, 'hex');
