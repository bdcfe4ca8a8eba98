import { type CipherGCMTypes, constants, createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto';
import { attributeOf, bytesOf, childNamed, NAMESPACE, requiredChild, SamlError, textOf } from './elements.ts';
import type { XmlElement } from './xml.ts';

interface BlockCipher {
  readonly name: string;
  readonly keyBytes: number;
  /** Whether a changed text is noticed by the cipher itself. */
  readonly authenticated: boolean;
}

const CIPHERS: Readonly<Record<string, BlockCipher>> = {
  'http://www.w3.org/2009/xmlenc11#aes128-gcm': { name: 'aes-128-gcm', keyBytes: 16, authenticated: true },
  'http://www.w3.org/2009/xmlenc11#aes256-gcm': { name: 'aes-256-gcm', keyBytes: 32, authenticated: true },
  'http://www.w3.org/2001/04/xmlenc#aes128-cbc': { name: 'aes-128-cbc', keyBytes: 16, authenticated: false },
  'http://www.w3.org/2001/04/xmlenc#aes256-cbc': { name: 'aes-256-cbc', keyBytes: 32, authenticated: false },
};
const OAEP_SHA1 = `${NAMESPACE.encryption}rsa-oaep-mgf1p`;
const OAEP = 'http://www.w3.org/2009/xmlenc11#rsa-oaep';
const SHA1 = 'http://www.w3.org/2000/09/xmldsig#sha1';
const SHA256 = `${NAMESPACE.encryption}sha256`;
const MGF1_SHA256 = 'http://www.w3.org/2009/xmlenc11#mgf1sha256';
const GCM_IV = 12;
const GCM_TAG = 16;
const CBC_IV = 16;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of an encrypted assertion (XML Encryption 1.1; SAML core §2.3.4): AES in GCM under RSA-OAEP. CBC only where the
 * message around it was signed: whoever may change the bytes of CBC finds out what they hold. RSA with PKCS #1 v1.5 never.
 * Throws SamlError, the same for every way to fail.
 */
export function decryptedAssertion(encrypted: XmlElement, key: KeyObject | null, messageSigned: boolean): string {
  if (key === null) throw new SamlError('The assertion is encrypted, and there is no key for it.');
  const body = requiredChild(encrypted, 'encryption', 'EncryptedData');
  const cipher = CIPHERS[algorithmOf(body)];
  if (!cipher || (!cipher.authenticated && !messageSigned)) throw new SamlError('The cipher is not allowed.');
  try {
    const contentKey = unwrapped(wrappedKey(encrypted, body), key);
    if (contentKey.length !== cipher.keyBytes) throw new SamlError('The key has another length.');
    const bytes = cipherValue(body);
    return decoder.decode(
      cipher.authenticated ? openGcm(cipher, contentKey, bytes) : openCbc(cipher, contentKey, bytes),
    );
  } catch {
    throw new SamlError('The assertion could not be decrypted.');
  }
}

/** Inside of the encrypted data, or beside it. */
function wrappedKey(encrypted: XmlElement, body: XmlElement): XmlElement {
  const info = childNamed(body, 'signature', 'KeyInfo');
  return (
    (info && childNamed(info, 'encryption', 'EncryptedKey')) ?? requiredChild(encrypted, 'encryption', 'EncryptedKey')
  );
}

function unwrapped(wrapped: XmlElement, key: KeyObject): Buffer {
  const oaepHash = oaepHashOf(wrapped);
  return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, cipherValue(wrapped));
}

/** OpenSSL takes the same hash for the digest and for the mask. */
function oaepHashOf(wrapped: XmlElement): string {
  const method = requiredChild(wrapped, 'encryption', 'EncryptionMethod');
  const digestMethod = childNamed(method, 'signature', 'DigestMethod');
  const digest = (digestMethod && attributeOf(digestMethod, 'Algorithm')) ?? SHA1;
  const algorithm = attributeOf(method, 'Algorithm');
  if (algorithm === OAEP_SHA1 && digest === SHA1) return 'sha1';
  const mask = method.children.find((child) => typeof child !== 'string' && child.local === 'MGF');
  const isSha256 = typeof mask === 'object' && attributeOf(mask, 'Algorithm') === MGF1_SHA256;
  if (algorithm === OAEP && digest === SHA256 && isSha256) return 'sha256';
  throw new SamlError('The key is not encrypted as it may be.');
}

function openGcm({ name }: BlockCipher, key: Buffer, bytes: Buffer): Buffer {
  const decipher = createDecipheriv(name as CipherGCMTypes, key, bytes.subarray(0, GCM_IV), { authTagLength: GCM_TAG });
  decipher.setAuthTag(bytes.subarray(-GCM_TAG));
  return Buffer.concat([decipher.update(bytes.subarray(GCM_IV, -GCM_TAG)), decipher.final()]);
}

/** XML Encryption's own padding: the last byte counts, whatever the others are. */
function openCbc({ name }: BlockCipher, key: Buffer, bytes: Buffer): Buffer {
  const decipher = createDecipheriv(name, key, bytes.subarray(0, CBC_IV)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes.subarray(CBC_IV)), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > CBC_IV) throw new SamlError('The padding is wrong.');
  return padded.subarray(0, -padding);
}

const algorithmOf = (element: XmlElement): string =>
  attributeOf(requiredChild(element, 'encryption', 'EncryptionMethod'), 'Algorithm') ?? '';

const cipherValue = (element: XmlElement): Buffer =>
  bytesOf(textOf(requiredChild(requiredChild(element, 'encryption', 'CipherData'), 'encryption', 'CipherValue')));
