import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { derivedKey } from '../../kernel/derived-key.ts';
import { SealedBox } from '../../kernel/sealed-box.ts';
import type { Row, Store, Transaction } from '../../store/types.ts';
import { bindMoment, readMoment, statement } from '../statements.ts';
import { type SigningKey, signingKey } from './algorithms.ts';

/** A key of limen_signing_keys. */
export interface StoredKey extends SigningKey {
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** When it stopped signing; null while it does. */
  readonly retiredAt: number | null;
}

const LOCK = 'limen: signing keys';

/** The rows of limen_signing_keys. Private keys are encrypted under a key that is derived from SECRET (RFC 5869). */
export class StoredKeys {
  readonly #store: Store;
  readonly #box: SealedBox;
  readonly #insert: string;
  readonly #retire: string;
  readonly #forget: string;

  constructor(store: Store, secret: string) {
    this.#store = store;
    this.#box = new SealedBox(derivedKey(secret, 'limen signing keys'));
    this.#insert = statement(
      store,
      'INSERT INTO limen_signing_keys (kid, algorithm, public_key, private_key, created_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#retire = statement(
      store,
      'UPDATE limen_signing_keys SET retired_at = ?, private_key = NULL WHERE retired_at IS NULL AND kid <> ?',
    );
    this.#forget = statement(store, 'DELETE FROM limen_signing_keys WHERE retired_at < ?');
  }

  /** Oldest first. */
  async all(from: Pick<Store, 'all'> = this.#store): Promise<StoredKey[]> {
    const rows = await from.all('SELECT * FROM limen_signing_keys ORDER BY created_at, kid');
    return rows.map((row) => this.#keyOf(row));
  }

  /** Runs work that no other node does at the same time. */
  alone<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#store.transaction(async (tx) => {
      if (this.#store.dialect === 'postgres') {
        await tx.get('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [LOCK]);
      }
      return work(tx);
    });
  }

  async add(tx: Transaction, key: SigningKey, now: number): Promise<void> {
    const pem = key.publicKey.export({ format: 'pem', type: 'spki' });
    const sealed = key.privateKey && this.#seal(key.kid, key.privateKey.export({ format: 'der', type: 'pkcs8' }));
    await tx.run(this.#insert, [key.kid, key.algorithm, String(pem), sealed, this.#at(now)]);
  }

  /** Takes the private half of every key but one; they verify until `forget`. */
  async retireOthers(tx: Transaction, kid: string, at: number): Promise<number> {
    return tx.run(this.#retire, [this.#at(at), kid]);
  }

  async forget(tx: Transaction, before: number): Promise<number> {
    return tx.run(this.#forget, [this.#at(before)]);
  }

  #keyOf(row: Row): StoredKey {
    const { dialect } = this.#store;
    const key = signingKey(createPublicKey(String(row.public_key)));
    return {
      ...key,
      privateKey: row.private_key ? this.#open(key.kid, String(row.private_key)) : null,
      createdAt: readMoment(dialect, row.created_at) ?? 0,
      retiredAt: readMoment(dialect, row.retired_at),
    };
  }

  #seal(kid: string, der: Buffer): string {
    return this.#box.close(der, kid).toString('base64');
  }

  /** null where SECRET was changed since: then the key only verifies. */
  #open(kid: string, sealed: string): KeyObject | null {
    const der = this.#box.open(Buffer.from(sealed, 'base64'), kid);
    return der && createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  }

  #at(ms: number) {
    return bindMoment(this.#store.dialect, ms);
  }
}
