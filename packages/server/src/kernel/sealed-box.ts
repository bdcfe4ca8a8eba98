import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/**
 * Encrypts what is stored or handed out (AES-256-GCM, NIST SP 800-38D). What was closed for one scope, such as an account
 * or a provider, opens for no other.
 */
export class SealedBox {
  readonly #key: KeyObject;

  constructor(key: KeyObject) {
    this.#key = key;
  }

  /** Nonce, encrypted content and tag. */
  close(content: string | Buffer, scope: string): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(CIPHER, this.#key, nonce).setAAD(Buffer.from(scope));
    const plain = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** null for what was not closed with this key for this scope. */
  open(sealed: Buffer, scope: string): Buffer | null {
    if (sealed.length <= NONCE + TAG) return null;
    const cipher = createDecipheriv(CIPHER, this.#key, sealed.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(Buffer.from(scope))
      .setAuthTag(sealed.subarray(-TAG));
    try {
      return Buffer.concat([cipher.update(sealed.subarray(NONCE, -TAG)), cipher.final()]);
    } catch {
      return null;
    }
  }
}
