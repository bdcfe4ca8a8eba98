import { createHmac } from 'node:crypto';
import type { Payload } from '../items/index.ts';

/** A short text that changes when a stored item does. */
export type Digest = (item: Payload) => string;

/** Hexadecimal digits, as many as a SHA-1 has, which other servers of this API answer. */
const LENGTH = 40;

/**
 * Digests of items, 40 hexadecimal digits. They are shown to callers who may not see every field of the item, so they are
 * keyed (HMAC, RFC 2104): nobody can find a hidden value by trying.
 */
export function itemDigest(secret: string): Digest {
  const key = createHmac('sha256', secret).update('digests of content versions').digest();
  return (item) => {
    // Without nulls, so that a field that is new and empty is no change.
    const entries = Object.entries(item).filter(([, value]) => value !== null);
    const text = JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    return createHmac('sha256', key).update(text).digest('hex').slice(0, LENGTH);
  };
}
