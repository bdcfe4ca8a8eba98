import { decoderFor } from '../sql/index.ts';
import type { DialectName, SqlValue, Store } from '../store/types.ts';

/** Writes the `?` of a statement as the dialect has them. For fixed texts without a question mark in a literal. */
export function statement(store: Pick<Store, 'placeholder'>, text: string): string {
  let n = 0;
  return text.replace(/\?/g, () => store.placeholder(++n));
}

/** A moment (milliseconds since 1970) as it is bound to a timestamp column. */
export const bindMoment = (dialect: DialectName, ms: number): SqlValue =>
  dialect === 'sqlite' ? Math.floor(ms) : new Date(ms).toISOString();

/** A moment as a timestamp column gave it, in milliseconds since 1970; null for null. */
export function readMoment(dialect: DialectName, raw: unknown): number | null {
  if (raw === null || raw === undefined) return null;
  if (typeof raw === 'number') return raw;
  if (raw instanceof Date) return raw.getTime();
  return Date.parse(String(decoderFor('timestamp', dialect)?.(raw) ?? raw));
}
