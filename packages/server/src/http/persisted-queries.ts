import { createHash } from 'node:crypto';
import { ApiError, invalidPayload } from '../errors/index.ts';
import { BoundedCache } from '../kernel/bounded-cache.ts';

const MAX_KEPT = 500;
/** Characters of a document that is kept. */
const MAX_LENGTH = 20_000;

/** A document, and the SHA-256 that it was sent with, in lower-case hexadecimal digits; null where it came without. */
export interface SentDocument {
  readonly query: unknown;
  readonly hash: string | null;
}

/**
 * Documents that clients sent with their SHA-256, so that the next time the SHA-256 is enough: Automatic Persisted Queries,
 * as clients know them (`extensions: {persistedQuery: {version: 1, sha256Hash}}`). In the memory of this process: a client
 * that is told PERSISTED_QUERY_NOT_FOUND sends both. What a document may do is decided anew each time.
 */
export class PersistedQueries {
  readonly #kept = new BoundedCache<string, string>(MAX_KEPT);

  /** Throws PERSISTED_QUERY_NOT_FOUND, and INVALID_PAYLOAD for a SHA-256 that is none or of something else. */
  find(query: unknown, extensions: unknown): SentDocument {
    const sent = persistedQueryOf(extensions);
    if (!sent) return { query, hash: null };
    const hash = readHash(sent);
    if (typeof query !== 'string' || query === '') {
      const kept = this.#kept.get(hash);
      if (kept === undefined) throw new ApiError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
      return { query: kept, hash: null };
    }
    if (createHash('sha256').update(query).digest('hex') !== hash)
      throw invalidPayload('"sha256Hash" is not that of "query".');
    return { query, hash };
  }

  /** Keeps one that has turned out to mean something. */
  keep({ query, hash }: SentDocument): void {
    if (hash !== null && typeof query === 'string' && query.length <= MAX_LENGTH) this.#kept.set(hash, query);
  }
}

function persistedQueryOf(extensions: unknown): Record<string, unknown> | null {
  if (extensions === null || typeof extensions !== 'object') return null;
  const { persistedQuery } = extensions as Record<string, unknown>;
  return persistedQuery !== null && typeof persistedQuery === 'object'
    ? (persistedQuery as Record<string, unknown>)
    : null;
}

function readHash({ version, sha256Hash }: Record<string, unknown>): string {
  if (version !== 1) throw invalidPayload('"persistedQuery" has to be of version 1.');
  if (typeof sha256Hash !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256Hash))
    throw invalidPayload('"sha256Hash" has to be 64 hexadecimal digits.');
  return sha256Hash.toLowerCase();
}
