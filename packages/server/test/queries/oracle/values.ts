import { type Json, type Kind, NOW } from '../model.ts';

/** What no column of a kind can hold. */
export const UNFIT = Symbol('unfit');

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A value of the API as something that can be ordered. */
type Comparable = number | bigint | Buffer;

function comparable(kind: Kind, value: Json): Comparable {
  switch (kind) {
    case 'float':
    case 'decimal':
    case 'boolean':
      return Number(value);
    case 'integer':
    case 'bigInteger':
      return wide(value);
    default:
      return Buffer.from(textOf(kind, value));
  }
}

/** A number times two to the tenth, so that whole ones of any size and halves can be told apart. */
function wide(value: Json): bigint {
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) return BigInt(value) * 1024n;
  return BigInt(Math.round((Number(value) % 1) * 1024)) + BigInt(Math.trunc(Number(value))) * 1024n;
}

/** Text as the database holds it: lists with commas, documents as JSON. Times sort as their ISO texts do. */
export function textOf(kind: Kind, value: Json): string {
  if (kind === 'csv') return (value as Json[]).join(',');
  return kind === 'json' ? JSON.stringify(value) : String(value);
}

/** Below zero when `a` comes first. Null comes before everything. */
export function order(kind: Kind, a: Json, b: Json): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const [left, right] = [comparable(kind, a), comparable(kind, b)];
  if (Buffer.isBuffer(left) && Buffer.isBuffer(right)) return Buffer.compare(left, right);
  return left < right ? -1 : left > right ? 1 : 0;
}

const isNumeric = (value: Json): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)));

/** The right side of a comparison as a value of the kind on its left. */
export function fitted(kind: Kind, value: Json): Json | typeof UNFIT {
  switch (kind) {
    case 'integer':
    case 'bigInteger':
      return typeof value === 'boolean' ? Number(value) : isNumeric(value) ? numberOf(value) : UNFIT;
    case 'float':
    case 'decimal':
      return isNumeric(value) ? Number(value) : UNFIT;
    case 'boolean':
      return [true, 1, '1', 'true'].includes(value as never)
        ? true
        : [false, 0, '0', 'false', ''].includes(value as never)
          ? false
          : UNFIT;
    case 'uuid':
      return typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : UNFIT;
    case 'time':
      return /^\d\d:\d\d(:\d\d)?$/.test(String(value)) ? `${value}:00`.slice(0, 8) : UNFIT;
    case 'date':
    case 'dateTime':
    case 'timestamp':
      return instant(kind, value);
    case 'json':
      return typeof value === 'string' ? (parsed(value) ?? value) : value;
    case 'csv':
      return String(value).split(',');
    default:
      return String(value).includes('\0') ? UNFIT : String(value);
  }
}

const numberOf = (value: Json): Json =>
  typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? value.trim() : Number(value);

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** A date and time of some precision; a zone counts for timestamps only, which without one are of the server's. */
function instant(kind: Kind, value: Json): string | typeof UNFIT {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/.exec(String(value));
  if (!match || Number.isNaN(Date.parse(match[1] as string))) return UNFIT;
  const [, day = '', minutes = '00:00', seconds = ':00', fraction = '', zone = ''] = match;
  if (kind === 'date') return day;
  if (kind === 'dateTime') return `${day}T${minutes}${seconds}`;
  return new Date(`${day}T${minutes}${seconds}${fraction}${zone}`).toISOString();
}

/** A whole number as the API gives it: as text where a JSON number could not hold it. */
export function exact(value: bigint): Json {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** `$NOW` and `$NOW(-1 day)`; other texts are themselves. */
export function resolved(value: Json): Json {
  if (typeof value !== 'string' || !value.startsWith('$NOW')) return value;
  const match = /^\$NOW\(([+-]\d+) (\w+?)s?\)$/.exec(value);
  const at = new Date(NOW);
  const amount = Number(match?.[1] ?? 0);
  if (match?.[2] === 'year') at.setUTCFullYear(at.getUTCFullYear() + amount);
  else if (match?.[2] === 'month') at.setUTCMonth(at.getUTCMonth() + amount);
  else if (match?.[2] === 'day') at.setUTCDate(at.getUTCDate() + amount);
  else if (match?.[2] === 'hour') at.setUTCHours(at.getUTCHours() + amount);
  return at.toISOString();
}

/** `year` … `second` of a date or time, as the API wrote it; timestamps in UTC. */
export function partOf(part: string, value: string): number {
  const at = new Date(
    /^\d\d:/.test(value) ? `1970-01-01T${value}Z` : value.replace(/Z?$/, value.length > 10 ? 'Z' : ''),
  );
  switch (part) {
    case 'year':
      return at.getUTCFullYear();
    case 'month':
      return at.getUTCMonth() + 1;
    case 'week':
      return weekOf(at);
    case 'day':
      return at.getUTCDate();
    case 'weekday':
      return at.getUTCDay();
    case 'hour':
      return at.getUTCHours();
    case 'minute':
      return at.getUTCMinutes();
    default:
      return at.getUTCSeconds();
  }
}

/** ISO 8601: the week that holds the Thursday. */
function weekOf(at: Date): number {
  const thursday = new Date(at);
  thursday.setUTCHours(0, 0, 0, 0);
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const first = new Date(thursday);
  first.setUTCMonth(0, 1);
  return 1 + Math.floor((thursday.getTime() - first.getTime()) / 604_800_000);
}
