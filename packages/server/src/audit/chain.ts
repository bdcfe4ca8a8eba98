import { createHmac, type KeyObject } from 'node:crypto';
import { derivedKey } from '../kernel/derived-key.ts';
import type { DialectName, Row } from '../store/types.ts';

/** What a seal covers: everything that an entry of the activity log says. */
export const ENTRY_COLUMNS =
  'a.id, a.action, a."user", a.timestamp, a.ip, a.user_agent, a.collection, a.item, a.origin';

/** Seals entries with a key that only the server has: whoever can write to the database only can't make the chain anew. */
export class Chain {
  readonly #key: KeyObject;

  /** `secret` is the project's SECRET (RFC 5869 makes a key of it that nothing else uses). */
  constructor(secret: string) {
    this.#key = derivedKey(secret, 'limen activity log');
  }

  /** The seal (HMAC-SHA-256, lower-case hex) of an entry that stands after the one with the seal `before`. */
  seal(before: string, position: number, entry: Row, dialect: DialectName): string {
    const said = [
      position,
      Number(entry.id),
      entry.action,
      entry.user,
      momentOf(entry.timestamp, dialect),
      entry.ip,
      entry.user_agent,
      entry.collection,
      entry.item,
      entry.origin,
    ];
    return createHmac('sha256', this.#key)
      .update(`${before}\n${JSON.stringify(said)}`)
      .digest('hex');
  }
}

/** Before the first entry. */
export const BEGINNING = '';

/** Milliseconds since 1970; what is no moment counts as it is written. */
function momentOf(raw: unknown, dialect: DialectName): unknown {
  if (raw instanceof Date) return raw.getTime();
  if (dialect === 'sqlite' || typeof raw !== 'string') return raw;
  const ms = Date.parse(raw);
  return Number.isNaN(ms) ? raw : ms;
}
