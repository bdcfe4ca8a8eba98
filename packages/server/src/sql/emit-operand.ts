import type { FieldType, Json } from '../wire/index.ts';
import { encode, UnfitValue } from './encode.ts';
import type { Operand } from './predicate.ts';
import type { Parameter } from './statement.ts';
import type { DialectName, SqlValue } from './types.ts';
import type { Scope } from './variable.ts';

/** A comparison that no value can meet, found while its operand was encoded. */
export const UNFIT = Symbol('unfit');

/** One value as a parameter, or UNFIT when the column can't hold it. */
export function scalarParameter(operand: Operand, type: FieldType, dialect: DialectName): Parameter | typeof UNFIT {
  if (operand.kind === 'literal') return encodeOr(type, operand.value, dialect, UNFIT);
  if (operand.kind === 'list') return UNFIT;
  return (scope) => encodeOr(type, single(lateValue(operand, scope)), dialect, null);
}

/** As `scalarParameter`, for what comes before or after: in a column without a type, a text of digits means the number. */
export function orderParameter(operand: Operand, type: FieldType, dialect: DialectName): Parameter | typeof UNFIT {
  const parameter = scalarParameter(operand, type, dialect);
  if (type !== 'unknown' || dialect !== 'sqlite' || parameter === UNFIT) return parameter;
  return typeof parameter === 'function' ? (scope) => numberOrText(parameter(scope)) : numberOrText(parameter);
}

const numberOrText = (value: SqlValue): SqlValue =>
  typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;

/** A list as one parameter, so that the text of the statement stays the same for every length. */
export function listParameter(operand: Operand, type: FieldType, dialect: DialectName): Parameter {
  const encodeList = dialect === 'sqlite' ? sqliteList : postgresList;
  if (isFixed(operand)) return encodeList(encodeAll(listOf(operand, null), type, dialect));
  return (scope) => encodeList(encodeAll(listOf(operand, scope), type, dialect));
}

/** The array type that a list parameter is cast to on PostgreSQL. */
export function postgresArrayType(type: FieldType): string {
  return `${POSTGRES_ELEMENT[type] ?? 'text'}[]`;
}

const POSTGRES_ELEMENT: Partial<Record<FieldType, string>> = {
  uuid: 'uuid',
  integer: 'bigint',
  bigInteger: 'bigint',
  float: 'double precision',
  decimal: 'numeric',
  boolean: 'boolean',
  date: 'date',
  dateTime: 'timestamp',
  timestamp: 'timestamptz',
  time: 'time',
};

/** The value of an operand that is known only when the statement runs. */
function lateValue(operand: Operand & { kind: 'variable' | 'input' }, scope: Scope): Json {
  return operand.kind === 'input' ? (scope.inputs[operand.index] ?? null) : scope.variable(operand.variable);
}

const isFixed = (operand: Operand): boolean =>
  operand.kind === 'literal' || (operand.kind === 'list' && operand.elements.every(isFixed));

function listOf(operand: Operand, scope: Scope | null): Json[] {
  if (operand.kind === 'list') return operand.elements.flatMap((element) => listOf(element, scope));
  const value = operand.kind === 'literal' ? operand.value : scope ? lateValue(operand, scope) : null;
  return Array.isArray(value) ? value : [value];
}

/**
 * What the column can't hold is equal to nothing, so it leaves the list. Null stays: nothing is known to be not in a
 * list that holds it, so a rule with a variable that has no value fails closed.
 */
function encodeAll(values: readonly Json[], type: FieldType, dialect: DialectName): SqlValue[] {
  return values
    .map((value) => (value === null ? null : encodeOr(type, value, dialect, UNFIT)))
    .filter((value) => value !== UNFIT);
}

/** An empty list becomes a list of null, which neither `in` nor `not in` matches. */
function sqliteList(values: readonly SqlValue[]): string {
  if (values.length === 0) return '[null]';
  return `[${values.map((value) => (typeof value === 'bigint' ? String(value) : JSON.stringify(value))).join(',')}]`;
}

function postgresList(values: readonly SqlValue[]): string {
  if (values.length === 0) return '{NULL}';
  const element = (value: SqlValue): string =>
    value === null ? 'NULL' : `"${String(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return `{${values.map(element).join(',')}}`;
}

const single = (value: Json): Json => (Array.isArray(value) ? (value.length === 1 ? (value[0] as Json) : null) : value);

function encodeOr<T>(type: FieldType, value: Json, dialect: DialectName, otherwise: T): SqlValue | T {
  try {
    return encode(type, value, dialect);
  } catch (error) {
    if (error instanceof UnfitValue) return otherwise;
    throw error;
  }
}

/** What a text operator looks for; null where nothing can hold it. No text of PostgreSQL has a NUL byte. */
function textOf(value: Json): string | null {
  if (value === null || typeof value === 'object') return null;
  const text = String(value);
  return text.includes('\0') ? null : text;
}

/** A text operand with what surrounds it in LIKE, its wildcards taken literally. */
export function likeParameter(operand: Operand, before: '' | '%', after: '' | '%'): Parameter | typeof UNFIT {
  const pattern = (value: Json): string | null => {
    const text = textOf(value);
    return text === null ? null : `${before}${text.replace(/[\\%_]/g, '\\$&')}${after}`;
  };
  if (operand.kind === 'list') return UNFIT;
  if (operand.kind === 'literal') return pattern(operand.value) ?? UNFIT;
  return (scope) => pattern(single(lateValue(operand, scope)));
}

/** A text operand as it is. */
export function textParameter(operand: Operand): Parameter | typeof UNFIT {
  if (operand.kind === 'list') return UNFIT;
  if (operand.kind === 'literal') return textOf(operand.value) ?? UNFIT;
  return (scope) => textOf(single(lateValue(operand, scope)));
}
