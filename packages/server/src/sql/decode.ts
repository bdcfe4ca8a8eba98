import type { FieldType, Json } from '../wire/index.ts';
import type { DialectName } from './types.ts';

/** Turns what a database gave for a column into what goes over the wire. Never called with null. */
export type Decoder = (raw: unknown) => Json;

/** How a column's values are decoded, or null where the raw value is already the one for the wire. */
export function decoderFor(type: FieldType, dialect: DialectName): Decoder | null {
  switch (type) {
    case 'boolean':
      return dialect === 'sqlite' ? decodeBoolean : null;
    case 'json':
      return dialect === 'sqlite' ? decodeJson : null; // PostgreSQL's driver has parsed it
    case 'csv':
      return decodeCsv;
    case 'bigInteger':
    case 'decimal':
      return decodeExactNumber;
    case 'integer':
    case 'float':
      return dialect === 'sqlite' ? null : decodeNumber;
    case 'timestamp':
      return dialect === 'sqlite' ? sqliteTimestamp : postgresTimestamp;
    case 'dateTime':
      return dialect === 'sqlite' ? sqliteDateTime : postgresDateTime;
    case 'date':
      return dialect === 'sqlite' ? sqliteDate : null;
    case 'time':
      return decodeTime;
    case 'string':
    case 'text':
    case 'hash':
    case 'uuid':
      return dialect === 'sqlite' ? decodeText : null;
    case 'binary':
      return decodeBinary;
    case 'unknown':
      return dialect === 'sqlite' ? decodeAnything : null; // PostgreSQL is asked for JSON
    default:
      return null;
  }
}

const decodeBoolean = (raw: unknown): Json => raw === 1 || raw === true || raw === '1' || raw === 'true';

function decodeJson(raw: unknown): Json {
  if (typeof raw !== 'string') return raw as Json;
  try {
    return JSON.parse(raw) as Json;
  } catch {
    return raw; // a text that another program left in a json column
  }
}

const decodeCsv = (raw: unknown): Json => (raw === '' ? [] : String(raw).split(','));

/** Numbers in a text column of SQLite come back as the text they stand for. */
const decodeText = (raw: unknown): Json => (typeof raw === 'string' ? raw : String(raw));

const decodeNumber = (raw: unknown): Json => (typeof raw === 'string' ? Number(raw) : (raw as number));

/** A JSON number where that loses nothing, otherwise the digits as text. */
function decodeExactNumber(raw: unknown): Json {
  if (typeof raw !== 'string') return raw as number;
  const number = Number(raw);
  // Beyond 2^53 neighbours share a number, even where its digits happen to come back.
  const exact = Number.isInteger(number) ? Number.isSafeInteger(number) : true;
  return exact && plainDigits(raw) === String(number) ? number : raw;
}

function plainDigits(text: string): string {
  const digits = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return digits === '-0' ? '0' : digits;
}

/** `TIME` as HH:MM:SS. */
const decodeTime = (raw: unknown): Json => {
  const text = String(raw);
  return /^\d\d:\d\d$/.test(text) ? `${text}:00` : text.replace(/\.0+$/, '');
};

const decodeAnything = (raw: unknown): Json => (raw instanceof Uint8Array ? decodeBinary(raw) : (raw as Json));

const decodeBinary = (raw: unknown): Json =>
  raw instanceof Uint8Array ? Buffer.from(raw).toString('base64') : String(raw);

/** SQLite columns may hold milliseconds or, from a column default, a text in UTC. */
function sqliteInstant(raw: unknown): Date {
  if (typeof raw === 'number') return new Date(raw);
  const text = String(raw);
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/.test(text)) return new Date(`${text.replace(' ', 'T')}Z`);
  return new Date(text);
}

const iso = (date: Date, raw: unknown): Json => (Number.isNaN(date.getTime()) ? String(raw) : date.toISOString());

const sqliteTimestamp = (raw: unknown): Json => iso(sqliteInstant(raw), raw);

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));
const year = (n: number): string => String(n).padStart(4, '0');

export const localDate = (date: Date): string =>
  `${year(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

export const localDateTime = (date: Date): string =>
  `${localDate(date)}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

function sqliteDateTime(raw: unknown): Json {
  if (typeof raw === 'string' && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(raw)) return raw.replace(' ', 'T').slice(0, 19);
  const date = sqliteInstant(raw);
  return Number.isNaN(date.getTime()) ? String(raw) : localDateTime(date);
}

function sqliteDate(raw: unknown): Json {
  if (typeof raw === 'string') return raw.slice(0, 10);
  const date = new Date(raw as number);
  return Number.isNaN(date.getTime()) ? String(raw) : localDate(date);
}

/**
 * `2024-02-29 12:34:56.789+00` as PostgreSQL prints it, or with a `T` and `+00:00` inside JSON. Connections speak UTC, so
 * cutting is enough but for what lies outside of four-digit years.
 */
function postgresTimestamp(raw: unknown): Json {
  const text = String(raw);
  const zone = text.indexOf('+', 19);
  if (zone < 0 || !(text.endsWith('+00') || text.endsWith('+00:00')) || text.charCodeAt(4) !== DASH) return text;
  const fraction = zone > 20 ? text.slice(20, Math.min(zone, 23)).padEnd(3, '0') : '000';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

const DASH = 45;

const postgresDateTime = (raw: unknown): Json => String(raw).replace(' ', 'T').slice(0, 19);
