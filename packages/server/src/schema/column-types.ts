import type { DialectName } from '../sql/index.ts';
import type { FieldType } from '../wire/index.ts';

/** What of a column decides its field's type. */
export interface TypedColumn {
  /** Declared type in lower case, as introspection gives it. */
  readonly type: string;
  readonly maxLength: number | null;
}

const POSTGRES: Readonly<Record<string, FieldType>> = {
  varchar: 'string',
  'character varying': 'string',
  char: 'string',
  character: 'string',
  bpchar: 'string',
  name: 'string',
  text: 'text',
  citext: 'text',
  smallint: 'integer',
  int2: 'integer',
  integer: 'integer',
  int4: 'integer',
  bigint: 'bigInteger',
  int8: 'bigInteger',
  real: 'float',
  float4: 'float',
  'double precision': 'float',
  float8: 'float',
  numeric: 'decimal',
  decimal: 'decimal',
  money: 'decimal',
  boolean: 'boolean',
  bool: 'boolean',
  date: 'date',
  time: 'time',
  timetz: 'time',
  'time without time zone': 'time',
  'time with time zone': 'time',
  timestamp: 'dateTime',
  'timestamp without time zone': 'dateTime',
  timestamptz: 'timestamp',
  'timestamp with time zone': 'timestamp',
  json: 'json',
  jsonb: 'json',
  uuid: 'uuid',
  bytea: 'binary',
  geometry: 'geometry',
};

const SQLITE: Readonly<Record<string, FieldType>> = {
  varchar: 'string',
  nvarchar: 'string',
  char: 'string',
  character: 'string',
  nchar: 'string',
  'varying character': 'string',
  text: 'text',
  clob: 'text',
  int: 'integer',
  integer: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  tinyint: 'integer',
  bigint: 'bigInteger',
  'unsigned big int': 'bigInteger',
  float: 'float',
  double: 'float',
  'double precision': 'float',
  real: 'float',
  decimal: 'decimal',
  numeric: 'decimal',
  boolean: 'boolean',
  bool: 'boolean',
  date: 'date',
  time: 'time',
  datetime: 'dateTime',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  json: 'json',
  jsonb: 'json',
  uuid: 'uuid',
  blob: 'binary',
  binary: 'binary',
  varbinary: 'binary',
};

const SPECIAL_TYPES: Readonly<Record<string, FieldType>> = {
  'cast-json': 'json',
  json: 'json',
  'cast-csv': 'csv',
  csv: 'csv',
  'cast-boolean': 'boolean',
  boolean: 'boolean',
  'cast-timestamp': 'timestamp',
  'cast-datetime': 'dateTime',
  hash: 'hash',
  uuid: 'uuid',
  geometry: 'geometry',
};

/** The type of the field over a column: from the column, corrected by what `directus_fields.special` says. */
export function fieldTypeOf(column: TypedColumn, special: readonly string[], dialect: DialectName): FieldType {
  const base = baseType(column, dialect);
  for (const name of special) {
    const type = name.startsWith('geometry.') ? (name as FieldType) : SPECIAL_TYPES[name];
    if (type && fits(type, base, dialect)) return type;
  }
  return base;
}

function baseType(column: TypedColumn, dialect: DialectName): FieldType {
  const declared = column.type.replace(/\(.*$/, '').trim();
  if (dialect === 'postgres') return POSTGRES[declared] ?? 'unknown';
  const length = column.maxLength ?? Number(/\((\d+)/.exec(column.type)?.[1] ?? Number.NaN);
  if (length === 36 && (declared === 'char' || declared === 'character')) return 'uuid';
  if (length === 1 && declared === 'tinyint') return 'boolean';
  return SQLITE[declared] ?? typeOfOddName(declared);
}

/** SQLite takes any name for a type and goes by what is in it; so do we where the meaning is plain. */
function typeOfOddName(declared: string): FieldType {
  const name = declared.replace(/ ?(un)?signed ?/, '');
  if (/^(tiny|small|medium|big)?int(eger)?\d*$/.test(name)) {
    return /big|8|64|unsigned/.test(`${name} ${declared}`) ? 'bigInteger' : 'integer';
  }
  if (/char/.test(name)) return 'string';
  if (/text$|clob$/.test(name)) return 'text';
  if (/blob$/.test(name)) return 'binary';
  if (/^(real|float|double)/.test(name)) return 'float';
  if (/^(dec|number)/.test(name)) return 'decimal';
  if (/^timestamp/.test(name)) return 'timestamp';
  return name.startsWith('datetime') ? 'dateTime' : 'unknown';
}

const TEXTUAL: ReadonlySet<FieldType> = new Set(['string', 'text', 'json', 'csv', 'uuid', 'hash', 'unknown']);
const TEMPORAL: ReadonlySet<FieldType> = new Set(['date', 'dateTime', 'timestamp', 'string', 'text']);

/** A special that the column underneath can't hold is ignored, so that a wrong row in an old database breaks no read. */
function fits(type: FieldType, base: FieldType, dialect: DialectName): boolean {
  if (type === base) return true;
  switch (type) {
    case 'json':
      return TEXTUAL.has(base);
    case 'csv':
    case 'hash':
      return base === 'string' || base === 'text';
    case 'uuid':
      return dialect === 'sqlite' && base === 'string';
    case 'boolean':
      return dialect === 'sqlite' && (base === 'integer' || base === 'unknown');
    case 'timestamp':
    case 'dateTime':
      return dialect === 'sqlite' && TEMPORAL.has(base);
    default:
      return type.startsWith('geometry') && base === 'geometry';
  }
}

/** Sizes of a column that is to be made. */
export interface ColumnSizes {
  readonly maxLength: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
}

const SQLITE_NAMES: Partial<Record<FieldType, string>> = {
  text: 'text',
  integer: 'integer',
  bigInteger: 'bigint',
  float: 'float',
  decimal: 'float',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  dateTime: 'datetime',
  timestamp: 'datetime',
  json: 'json',
  csv: 'text',
  uuid: 'char(36)',
  binary: 'blob',
};

const POSTGRES_NAMES: Partial<Record<FieldType, string>> = {
  text: 'text',
  integer: 'integer',
  bigInteger: 'bigint',
  float: 'double precision',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  dateTime: 'timestamp',
  timestamp: 'timestamptz',
  json: 'json',
  csv: 'text',
  uuid: 'uuid',
  binary: 'bytea',
};

const DEFAULT_LENGTH = 255;
const DEFAULT_PRECISION = 10;
const DEFAULT_SCALE = 5;

/** The SQL type for a field's column, or null where this database has none (alias, unknown, geometry without PostGIS). */
export function columnTypeOf(type: FieldType, sizes: ColumnSizes, dialect: DialectName): string | null {
  if (type === 'string' || type === 'hash') return `varchar(${sizes.maxLength ?? DEFAULT_LENGTH})`;
  if (type === 'decimal' && dialect === 'postgres') {
    return `numeric(${sizes.precision ?? DEFAULT_PRECISION}, ${sizes.scale ?? DEFAULT_SCALE})`;
  }
  if (dialect === 'sqlite') return SQLITE_NAMES[type] ?? null;
  if (type === 'geometry') return 'geometry';
  if (type.startsWith('geometry.')) return `geometry(${type.slice('geometry.'.length)}, 4326)`;
  return POSTGRES_NAMES[type] ?? null;
}

/** The special that a type needs to be found again after a reload, or null. */
export function castOf(type: FieldType, dialect: DialectName): string | null {
  if (type === 'json' || type === 'csv' || type === 'boolean') return `cast-${type}`;
  if (type === 'timestamp' && dialect === 'sqlite') return 'cast-timestamp';
  if (type === 'hash') return 'hash';
  return null;
}

/** `special` with the cast that `type` needs, unless it already says what its column holds. */
export function withCast(type: FieldType, special: readonly string[], dialect: DialectName): string[] {
  const cast = castOf(type, dialect);
  const decided = special.some((name) => name !== 'uuid' && SPECIAL_TYPES[name] !== undefined);
  return cast && !decided ? [...special, cast] : [...special];
}

/** The specials of a field whose type has become `type`: those that mean another type go, the one it needs comes. */
export function specialsAfterChange(type: FieldType, special: readonly string[], dialect: DialectName): string[] {
  const kept = special.filter((name) => name === 'uuid' || (SPECIAL_TYPES[name] ?? type) === type);
  return withCast(type, kept, dialect);
}
