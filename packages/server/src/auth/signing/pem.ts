import { createPrivateKey, createPublicKey } from 'node:crypto';
import { type Algorithm, type SigningKey, signingKey } from './algorithms.ts';

const BLOCK = /-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----/g;

/** The key of ACCESS_TOKEN_PRIVATE_KEY. Throws where it is none, or one of another algorithm. */
export function privateKeyOf(pem: string, algorithm: Algorithm): SigningKey {
  const key = readKeys('ACCESS_TOKEN_PRIVATE_KEY', pem)[0];
  if (key?.privateKey && key.algorithm === algorithm) return key;
  throw new Error(`ACCESS_TOKEN_PRIVATE_KEY holds no private key for ${algorithm}.`);
}

/** The keys of ACCESS_TOKEN_RETIRED_KEYS, which verify only. Throws where one can't be read. */
export const retiredKeysOf = (pem: string): SigningKey[] =>
  readKeys('ACCESS_TOKEN_RETIRED_KEYS', pem).map((key) => ({ ...key, privateKey: null }));

/** PEM blocks (RFC 7468). Environment variables often hold them with `\n` for line breaks. */
function readKeys(setting: string, text: string): SigningKey[] {
  const blocks = [...text.replaceAll('\\n', '\n').matchAll(BLOCK)];
  if (blocks.length === 0) throw new Error(`${setting} holds no key in PEM form.`);
  return blocks.map(([block, label = '']) => {
    try {
      return signingKey(label.includes('PRIVATE') ? createPrivateKey(block) : createPublicKey(block));
    } catch (error) {
      throw new Error(`${setting} holds a key that can't be used: ${(error as Error).message}`);
    }
  });
}
