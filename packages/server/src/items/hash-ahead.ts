import type { CollectionAccess } from '../access/index.ts';
import { invalidPayload } from '../errors/index.ts';
import { CONCEALED } from '../query/index.ts';
import type { Payload } from './hooks.ts';

type Hash = (text: string) => Promise<string>;

/** Secrets that one request of somebody who is no administrator may have hashed: each costs as much as a login. */
const MAX_HASHES = 50;

/** Hashes only so many times. Throws INVALID_PAYLOAD beyond that. */
export function atMost(hash: Hash): Hash {
  let left = MAX_HASHES;
  return async (text) => {
    if (left === 0) throw invalidPayload(`At most ${MAX_HASHES} secrets can be sent at once.`);
    left -= 1;
    return hash(text);
  };
}

/**
 * Hashes what payloads hold for fields that are stored as a hash, before the transaction that writes them: a hash takes
 * tens of milliseconds on purpose, and nobody else could write meanwhile. Only fields that the caller may write are worth
 * it; whatever else turns up (in nested items) is hashed when it is met.
 */
export async function hashAhead(access: CollectionAccess, payloads: readonly Payload[], hash: Hash): Promise<Hash> {
  const ready = new Map<string, string>();
  for (const field of access.collection.fields.values()) {
    if (!field.hashed || !access.fields.has(field.name)) continue;
    for (const payload of payloads) {
      const value = Object.hasOwn(payload, field.name) ? payload[field.name] : null;
      if (typeof value !== 'string' || value === '' || value === CONCEALED || ready.has(value)) continue;
      ready.set(value, await hash(value));
    }
  }
  return async (text) => ready.get(text) ?? hash(text);
}
