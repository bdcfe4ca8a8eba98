import { type DialectName, quote } from '../../sql/index.ts';
import type { FieldType } from '../../wire/index.ts';
import type { ColumnSpec } from './editor.ts';

/** How the values of a column become values of another type. */
export interface Conversion {
  /** SQL for the new value, or null where the database does it by itself and refuses what doesn't fit. */
  readonly expression: string | null;
  /** SQL that is true for values which would be changed or lost, or null. */
  readonly refused: string | null;
}

type Kind = 'text' | 'whole' | 'number' | 'boolean' | 'point' | 'time' | 'json' | 'uuid';

const KINDS: Partial<Record<FieldType, Kind>> = {
  string: 'text',
  text: 'text',
  csv: 'text',
  integer: 'whole',
  bigInteger: 'whole',
  float: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'point',
  dateTime: 'point',
  timestamp: 'point',
  time: 'time',
  json: 'json',
  uuid: 'uuid',
};

/** null when values can't be kept: then only a column without any may change its type. */
export function conversionOf(before: ColumnSpec, after: ColumnSpec, dialect: DialectName): Conversion | null {
  const [from, to] = [KINDS[before.type], KINDS[after.type]];
  if (!from || !to) return before.type === after.type ? { expression: null, refused: null } : null;
  const column = quote(before.name);
  const found = dialect === 'sqlite' ? onSqlite(from, to, before, column) : onPostgres(from, to, before, after, column);
  if (!found || dialect === 'postgres') return found;
  return { ...found, refused: either(found.refused, sizeOnSqlite(after, column)) };
}

const either = (a: string | null, b: string | null): string | null => (a && b ? `(${a}) OR (${b})` : (a ?? b));

const AS_IT_IS: Conversion = { expression: null, refused: null };

/** SQLite keeps whatever it is given, so what the type promises is checked here. */
function sizeOnSqlite(after: ColumnSpec, column: string): string | null {
  if (after.type === 'string') return `length(${column}) > ${after.maxLength ?? 255}`;
  if (after.type === 'integer') return `CAST(${column} AS INTEGER) NOT BETWEEN -2147483648 AND 2147483647`;
  return null;
}

const NOT_WHOLE = (c: string): string => `${c} GLOB '*[^0-9-]*' OR ${c} GLOB '?*-*' OR ${c} IN ('', '-')`;
const NOT_NUMBER = (c: string): string =>
  `${c} GLOB '*[^0-9.-]*' OR ${c} GLOB '?*-*' OR ${c} GLOB '*.*.*' OR ${c} IN ('', '-', '.', '-.')`;
const UUID_SHAPE = (c: string): string => `length(${c}) <> 36 OR replace(${c}, '-', '') GLOB '*[^0-9a-fA-F]*'`;

function onSqlite(from: Kind, to: Kind, before: ColumnSpec, c: string): Conversion | null {
  if (from === to) return AS_IT_IS;
  switch (`${from}>${to}`) {
    case 'whole>number':
    case 'uuid>text':
    case 'json>text':
    case 'time>text':
    case 'boolean>whole':
    case 'boolean>number':
      return AS_IT_IS;
    case 'whole>text':
    case 'number>text':
      return { expression: `CAST(${c} AS TEXT)`, refused: null };
    case 'number>whole':
      return { expression: `CAST(${c} AS INTEGER)`, refused: `${c} <> CAST(${c} AS INTEGER)` };
    case 'boolean>text':
      return { expression: `CASE ${c} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE ${c} END`, refused: null };
    case 'whole>boolean':
      return { expression: null, refused: `${c} NOT IN (0, 1)` };
    case 'point>text':
      return { expression: pointText(before.type, c), refused: null };
    case 'text>whole':
      return { expression: `CAST(${c} AS INTEGER)`, refused: NOT_WHOLE(c) };
    case 'text>number':
      return { expression: `CAST(${c} AS REAL)`, refused: NOT_NUMBER(c) };
    case 'text>json':
      return { expression: null, refused: `NOT json_valid(${c})` };
    case 'text>uuid':
      return { expression: `lower(${c})`, refused: UUID_SHAPE(c) };
    default:
      return null;
  }
}

/** Points in time are milliseconds; the ones without a zone are wall time of the server. */
function pointText(type: FieldType, c: string): string {
  const text =
    type === 'timestamp'
      ? `strftime('%Y-%m-%dT%H:%M:%fZ', ${c} / 1000.0, 'unixepoch')`
      : `strftime('${type === 'date' ? '%Y-%m-%d' : '%Y-%m-%dT%H:%M:%S'}', ${c} / 1000, 'unixepoch', 'localtime')`;
  return `CASE WHEN typeof(${c}) = 'integer' THEN ${text} ELSE ${c} END`;
}

/** PostgreSQL refuses by itself what doesn't fit; only what it would round or widen is refused here. */
function onPostgres(from: Kind, to: Kind, before: ColumnSpec, after: ColumnSpec, c: string): Conversion | null {
  const cast = (type: string): Conversion => ({ expression: `${c}::${type}`, refused: null });
  switch (`${from}>${to}`) {
    case 'whole>boolean':
      return { expression: `${c}::integer::boolean`, refused: `${c} NOT IN (0, 1)` };
    case 'number>whole':
      return { expression: null, refused: `${c} <> trunc(${c}::numeric)` };
    case 'boolean>whole':
      return cast('integer');
    case 'boolean>number':
      return cast('integer');
    case 'point>point':
      return { expression: pointToPoint(before.type, after.type, c), refused: null };
    case 'point>text':
      return { expression: postgresPointText(before.type, c), refused: null };
    case 'text>whole':
      return { ...cast('bigint'), refused: `${c} !~ '^-?[0-9]+$'` };
    case 'text>number':
      return { ...cast('numeric'), refused: `${c} !~ '^-?([0-9]+\\.?[0-9]*|\\.[0-9]+)$'` };
    case 'text>json':
      return cast('json');
    case 'text>uuid':
      return { ...cast('uuid'), refused: `${c} !~* '^[0-9a-f-]{36}$'` };
    case 'json>text':
    case 'uuid>text':
    case 'time>text':
    case 'boolean>text':
    case 'whole>text':
    case 'number>text':
      return cast('text');
    default:
      return from === to || `${from}>${to}` === 'whole>number' ? AS_IT_IS : null;
  }
}

function pointToPoint(from: FieldType, to: FieldType, c: string): string | null {
  if (from === 'timestamp' && to !== 'timestamp')
    return `(${c} AT TIME ZONE 'UTC')::${to === 'date' ? 'date' : 'timestamp'}`;
  if (to === 'timestamp' && from !== 'timestamp') return `${c}::timestamp AT TIME ZONE 'UTC'`;
  return null;
}

function postgresPointText(type: FieldType, c: string): string {
  if (type === 'date') return `${c}::text`;
  if (type === 'dateTime') return `to_char(${c}, 'YYYY-MM-DD"T"HH24:MI:SS')`;
  return `to_char(${c} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
