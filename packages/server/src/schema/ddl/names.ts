import { createHash } from 'node:crypto';
import { invalidPayload } from '../../errors/index.ts';
import { isSystemName } from '../system.ts';

/** PostgreSQL cuts longer identifiers without a word. */
const MAX_BYTES = 63;
const NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*$/u;
const OBJECT_KEYS: ReadonlySet<string> = new Set(['constructor', 'prototype']);
/** SQLite's own names for the number of a row. */
const ROW_NUMBERS: ReadonlySet<string> = new Set(['rowid', 'oid', '_rowid_']);

/** A name that a new collection or field may have. `key` is the key of the payload at fault. */
export function validName(value: unknown, key: string): string {
  if (typeof value !== 'string' || value === '') throw invalidPayload(`"${key}" is required and has to be text.`);
  if (!NAME.test(value) || value.startsWith('__') || OBJECT_KEYS.has(value)) {
    throw invalidPayload(`"${key}" may hold letters, digits, "_" and "-", and can't begin with "__" or "-".`);
  }
  if (key === 'field' && ROW_NUMBERS.has(value.toLowerCase())) {
    throw invalidPayload(`"${key}" can't be "${value}": SQLite calls the number of a row that.`);
  }
  if (Buffer.byteLength(value) > MAX_BYTES) throw invalidPayload(`"${key}" can't be longer than ${MAX_BYTES} bytes.`);
  return value;
}

export function validCollectionName(value: unknown): string {
  const name = validName(value, 'collection');
  if (isSystemName(name)) throw invalidPayload('"collection" can\'t begin with "directus_", "limen_" or "sqlite_".');
  return name;
}

/** Name of an index or a constraint on one column; stays unique when it has to be cut. */
export function objectName(table: string, column: string, kind: 'unique' | 'index' | 'foreign'): string {
  const whole = `${table}_${column}_${kind}`.toLowerCase();
  if (Buffer.byteLength(whole) <= MAX_BYTES) return whole;
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, 12);
  return `limen_${digest}_${kind}`;
}
