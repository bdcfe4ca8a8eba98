import type { IncomingHttpHeaders } from 'node:http';

/** What a client may already hold: the tag with its quotes, and the time of the last change in milliseconds. */
export interface Validators {
  readonly etag: string;
  readonly modifiedMs: number | null;
}

/** Whether what the client holds is current, and 304 is the answer (RFC 9110 §13.2.2, for GET and HEAD). */
export function isCurrent(headers: IncomingHttpHeaders, { etag, modifiedMs }: Validators): boolean {
  const match = headers['if-none-match'];
  if (match !== undefined) {
    const tags = match.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    return tags.includes(etag) || tags.includes('*');
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && modifiedMs !== null && wholeSeconds(modifiedMs) <= since;
}

/** Whether a range may be sent: `If-Range` (RFC 9110 §13.1.5) is absent, or names exactly what is there now. */
export function allowsRange(headers: IncomingHttpHeaders, { etag, modifiedMs }: Validators): boolean {
  const condition = headers['if-range'];
  if (typeof condition !== 'string') return true;
  if (condition.includes('"')) return condition === etag;
  return modifiedMs !== null && Date.parse(condition) === wholeSeconds(modifiedMs);
}

/** HTTP dates have no milliseconds. */
const wholeSeconds = (ms: number): number => Math.floor(ms / 1_000) * 1_000;
