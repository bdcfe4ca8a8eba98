import type { FieldType, Json } from '../wire/index.ts';
import type { DialectName, SqlValue } from './types.ts';

/** A value that its column cannot hold. `reason` completes "… has to be". */
export class UnfitValue extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`the value has to be ${reason}`);
    this.name = 'UnfitValue';
    this.reason = reason;
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const INTEGER = /^\s*[+-]?\d{1,19}\s*$/;
/** A written number; read in linear time, since callers write it. */
export const NUMBER = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?\s*$/i;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DATE_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,6})?)?$/;

/**
 * A JSON value as the dialect stores it in a column of this type. Throws `UnfitValue`. On SQLite points in time are
 * integers: milliseconds since 1970, of the wall time in the server's zone for `dateTime` and `date`.
 */
export function encode(type: FieldType, value: Json, dialect: DialectName): SqlValue {
  if (value === null) return null;
  switch (type) {
    case 'integer':
      return encodeInteger(value, 2_147_483_647);
    case 'bigInteger':
      return encodeBigInteger(value);
    case 'float':
      return encodeNumber(value);
    case 'decimal':
      return encodeDecimal(value, dialect);
    case 'boolean':
      return encodeBoolean(value, dialect);
    case 'date':
      return encodeDate(value, dialect);
    case 'dateTime':
      return encodeDateTime(value, dialect);
    case 'timestamp':
      return encodeTimestamp(value, dialect);
    case 'time':
      return encodeTime(value);
    case 'uuid':
      if (typeof value === 'string' && UUID.test(value)) return value.toLowerCase();
      throw new UnfitValue('a UUID');
    case 'json':
      return encodeJson(value);
    case 'csv':
      return encodeCsv(value);
    case 'binary':
      if (typeof value === 'string') return Buffer.from(value, 'base64');
      throw new UnfitValue('binary content as base64');
    case 'unknown':
      return encodeAnything(value, dialect);
    default:
      return encodeText(value);
  }
}

/** A list is an array on PostgreSQL, which reads everything else from its text; SQLite keeps numbers as they come. */
function encodeAnything(value: Json, dialect: DialectName): SqlValue {
  if (dialect === 'sqlite') return typeof value === 'number' ? value : encodeText(value);
  return Array.isArray(value) ? arrayText(value) : encodeText(value);
}

/** An array as PostgreSQL writes it, and compares it as text: quotes only where they are needed. */
function arrayText(list: readonly Json[]): string {
  return `{${list.map((part) => (Array.isArray(part) ? arrayText(part) : elementText(part))).join(',')}}`;
}

function elementText(value: Json): string {
  if (value === null) return 'NULL';
  const text = encodeText(value);
  if (text !== '' && !/[{},"\\\s]/.test(text) && text.toUpperCase() !== 'NULL') return text;
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function encodeInteger(value: Json, limit: number): number {
  const number = typeof value === 'boolean' ? Number(value) : wholeNumber(value);
  if (!Number.isInteger(number)) throw new UnfitValue('a whole number');
  if (Math.abs(number) > limit + 1 || number > limit)
    throw new UnfitValue(`a whole number between -${limit} and ${limit}`);
  return number;
}

function wholeNumber(value: Json): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && NUMBER.test(value) ? Number(value) : Number.NaN;
}

function encodeBigInteger(value: Json): number | bigint {
  if (typeof value === 'string' && INTEGER.test(value)) {
    const exact = BigInt(value.trim().replace(/^\+/, ''));
    if (BigInt.asIntN(64, exact) !== exact) throw new UnfitValue('a whole number of at most 64 bits');
    return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
  }
  const number = wholeNumber(value);
  if (!Number.isSafeInteger(number)) throw new UnfitValue('a whole number (as text when a JSON number cannot hold it)');
  return number;
}

function encodeNumber(value: Json): number {
  const number = typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new UnfitValue('a number');
  return number;
}

/** PostgreSQL takes the digits as they are written; SQLite has no exact decimals. */
function encodeDecimal(value: Json, dialect: DialectName): SqlValue {
  const number = encodeNumber(value);
  return dialect === 'postgres' && typeof value === 'string' ? value.trim() : number;
}

function encodeBoolean(value: Json, dialect: DialectName): SqlValue {
  const on = value === true || value === 1 || value === '1' || value === 'true';
  if (!on && value !== false && value !== 0 && value !== '0' && value !== 'false' && value !== '') {
    throw new UnfitValue('true or false');
  }
  if (dialect === 'sqlite') return on ? 1 : 0;
  return on ? 'true' : 'false';
}

/** Parts of a written point in time, checked against the calendar. */
function partsOf(value: Json): { day: string; time: string; zone: string | null } {
  const text = typeof value === 'number' && Number.isFinite(value) ? instantText(value) : value;
  const match = typeof text === 'string' ? DATE_TIME.exec(text.trim()) : null;
  const day = match?.[1];
  if (!match || !day || !isCalendarDay(day)) throw new UnfitValue('a date');
  const time = match[2] ?? '00:00:00';
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  if (hours > 23 || minutes > 59 || seconds >= 60) throw new UnfitValue('a date with a time of day');
  return { day, time: time.length === 5 ? `${time}:00` : time, zone: match[3]?.toUpperCase() ?? null };
}

function instantText(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 0)
    throw new UnfitValue('a date');
  return date.toISOString();
}

function isCalendarDay(day: string): boolean {
  const match = DATE.exec(day);
  if (!match) return false;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const at = new Date(Date.UTC(2000, month - 1, date));
  at.setUTCFullYear(year, month - 1, date);
  return month >= 1 && month <= 12 && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
}

function encodeDate(value: Json, dialect: DialectName): SqlValue {
  const { day } = partsOf(value);
  return dialect === 'sqlite' ? localTime(day, '00:00:00') : day;
}

function encodeDateTime(value: Json, dialect: DialectName): SqlValue {
  const { day, time } = partsOf(value);
  const whole = time.slice(0, 8);
  return dialect === 'sqlite' ? localTime(day, whole) : `${day} ${whole}`;
}

const localTime = (day: string, time: string): number => new Date(`${day}T${time}`).getTime();

function encodeTimestamp(value: Json, dialect: DialectName): SqlValue {
  const { day, time, zone } = partsOf(value);
  const [clock = '', fraction = ''] = time.split('.');
  const ms = new Date(
    `${day}T${clock}.${fraction.slice(0, 3).padEnd(3, '0')}${zone === null ? '' : normalZone(zone)}`,
  ).getTime();
  if (Number.isNaN(ms)) throw new UnfitValue('a date with a time of day');
  return dialect === 'sqlite' ? ms : new Date(ms).toISOString();
}

function normalZone(zone: string): string {
  if (zone === 'Z') return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

function encodeTime(value: Json): string {
  const match = typeof value === 'string' ? TIME.exec(value.trim()) : null;
  if (!match) throw new UnfitValue('a time of day such as 23:45:01');
  return `${match[1]}:${match[2]}:${match[3] ?? '00'}`;
}

/** Text that already is JSON is stored as it is; every other value as its JSON. */
function encodeJson(value: Json): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    JSON.parse(value);
    return value;
  } catch {
    return JSON.stringify(value);
  }
}

/** An empty place stays empty, instead of becoming the word for it. */
function encodeCsv(value: Json): string {
  if (Array.isArray(value)) return value.map((part) => (part === null ? '' : encodeText(part))).join(',');
  return encodeText(value);
}

function encodeText(value: Json): string {
  const text = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (text.includes('\0')) throw new UnfitValue('text without NUL bytes');
  return text;
}
