import { fromBase64Url, toBase64Url } from './base64url.ts';

/** Turns texts into ones that only their author can read and nobody can change, and back. */
export interface Sealing {
  seal(text: string): Promise<string>;
  /** The text; null when it was sealed with another secret, for another cookie, or altered. */
  open(sealed: string): Promise<string | null>;
}

const IV_BYTES = 12;
/** Sealed texts that were opened already; a session's cookie comes with every request. */
const MAX_OPENED = 500;

/**
 * AES-256-GCM (NIST SP 800-38D) with keys made by HKDF-SHA-256 (RFC 5869). The first secret seals, all of them open, so that
 * secrets can be replaced. The cookie's name is authenticated too.
 */
export function makeSealing(secrets: readonly string[], name: string): Sealing {
  const keys = Promise.all(secrets.map(makeKey));
  keys.catch(() => undefined); // told when it is used
  const additionalData = new TextEncoder().encode(name);
  const opened = new Map<string, string>();

  async function open(sealed: string): Promise<string | null> {
    const bytes = fromBase64Url(sealed);
    if (!bytes || bytes.length <= IV_BYTES) return null;
    const parameters = { name: 'AES-GCM', iv: bytes.subarray(0, IV_BYTES), additionalData };
    for (const key of await keys) {
      try {
        return new TextDecoder().decode(await crypto.subtle.decrypt(parameters, key, bytes.subarray(IV_BYTES)));
      } catch {
        // sealed with another of the secrets, or not by us
      }
    }
    return null;
  }

  return {
    async seal(text) {
      const [key] = await keys;
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const parameters = { name: 'AES-GCM', iv, additionalData };
      const bytes = await crypto.subtle.encrypt(parameters, key as CryptoKey, new TextEncoder().encode(text));
      return toBase64Url(new Uint8Array([...iv, ...new Uint8Array(bytes)]));
    },
    async open(sealed) {
      const known = opened.get(sealed);
      if (known !== undefined) return known;
      const text = await open(sealed);
      if (text === null) return null;
      if (opened.size >= MAX_OPENED) opened.delete(opened.keys().next().value as string);
      opened.set(sealed, text);
      return text;
    },
  };
}

async function makeKey(secret: string): Promise<CryptoKey> {
  const bytes = new TextEncoder();
  const material = await crypto.subtle.importKey('raw', bytes.encode(secret), 'HKDF', false, ['deriveKey']);
  const derivation = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: bytes.encode('@limen/ssr cookies'),
  };
  return crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
