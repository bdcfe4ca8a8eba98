import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** A key of 32 bytes that comes from the project's SECRET and serves one purpose only (HKDF with SHA-256, RFC 5869). */
export const derivedKey = (secret: string, purpose: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)));
