import { type DialectName, decoderFor, encode, type SqlValue, UnfitValue } from '../sql/index.ts';
import type { FieldType, Json } from '../wire/index.ts';

/** Defaults that are expressions, however they are spelled by databases and clients. */
const NOW = /^(current_timestamp|now|now\(\)|localtimestamp)$/i;
const NOW_TYPES: ReadonlySet<FieldType> = new Set(['date', 'time', 'dateTime', 'timestamp']);

/** Whether a default means the moment of the insert. */
export const meansNow = (type: FieldType, value: Json): boolean =>
  typeof value === 'string' && NOW_TYPES.has(type) && NOW.test(value.trim());

/** A plain default as introspection gives it, in wire form. */
export function decodeDefault(type: FieldType, raw: string | number | boolean | null, dialect: DialectName): Json {
  if (raw === null) return null;
  switch (type) {
    case 'boolean':
      return raw === true || raw === 1 || raw === '1' || raw === 'true';
    case 'integer':
    case 'float':
    case 'decimal':
    case 'bigInteger':
      return Number.isFinite(Number(raw)) && raw !== '' ? Number(raw) : raw;
    case 'json':
      return parsed(raw);
    default:
      return decoderFor(type, dialect)?.(raw) ?? raw;
  }
}

/** A default is the text of its JSON on both databases, whatever their drivers make of values. */
function parsed(raw: string | number | boolean): Json {
  try {
    return JSON.parse(String(raw)) as Json;
  } catch {
    return raw;
  }
}

/** A default as SQL text, for statements that take no parameters. Throws `UnfitValue`. */
export function defaultText(type: FieldType, value: Json, dialect: DialectName): string {
  if (meansNow(type, value)) return 'CURRENT_TIMESTAMP';
  return literal(encode(type, value, dialect));
}

function literal(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') throw new UnfitValue('a value that can be written as text');
  if (value.includes('\0')) throw new UnfitValue('text without NUL bytes');
  return `'${value.replaceAll("'", "''")}'`;
}
