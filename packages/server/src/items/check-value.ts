import type { Access } from '../access/index.ts';
import { type ApiError, failedValidation } from '../errors/index.ts';
import { matchesInTime, parsePattern } from '../kernel/bounded-pattern.ts';
import type { Field } from '../schema/types.ts';
import { encode, parseVariable, UnfitValue } from '../sql/index.ts';
import type { Json } from '../wire/index.ts';

type Scope = Access['scope'];

/** An operand with its variables resolved. */
function resolve(operand: Json, scope: Scope): Json {
  if (Array.isArray(operand)) return operand.flatMap((part) => resolve(part, scope));
  if (typeof operand !== 'string') return operand;
  const variable = parseVariable(operand);
  return variable ? scope.variable(variable) : operand;
}

/** Whether a value meets one operator of a validation: no error, or one that says why not. */
export function checkValue(
  name: string,
  key: string,
  raw: Json,
  value: Json,
  field: Field | undefined,
  scope: Scope,
  path: string[],
): ApiError[] {
  const operand = resolve(raw, scope);
  const type = key.slice(1);
  const fail = (as: string, details: { valid?: Json; invalid?: Json; substring?: Json } = {}): ApiError[] => [
    failedValidation(name, as, { path, ...details }),
  ];
  // An object in the place of a key names an item too, in a way that no operator sees through: it meets none of them.
  const opaque = isObject(value) && Boolean(field?.relation);
  const compare = (to: Json): number => (opaque ? Number.NaN : compareValues(value, to, field));
  switch (type) {
    case 'null':
    case 'nnull': {
      const wantsNull = (type === 'null') === isOn(operand);
      return (value === null) === wantsNull ? [] : fail(wantsNull ? 'null' : 'nnull');
    }
    case 'empty':
    case 'nempty': {
      const wantsEmpty = (type === 'empty') === isOn(operand);
      return isEmpty(value) === wantsEmpty ? [] : fail(wantsEmpty ? 'empty' : 'nempty');
    }
    case 'submitted':
      return [];
    case 'regex':
      return !opaque && matches(operand, asText(value, field)) ? [] : fail('regex', { invalid: value });
    case 'eq':
      return compare(operand) === 0 ? [] : fail('eq', { valid: operand });
    case 'neq':
      return !opaque && compare(operand) !== 0 ? [] : fail('neq', { invalid: operand });
    case 'in':
    case 'nin': {
      const valid = asList(operand);
      const found = valid.some((one) => compare(one) === 0);
      return !opaque && found === (type === 'in') ? [] : fail(type, type === 'in' ? { valid } : { invalid: valid });
    }
    case 'lt':
      return compare(operand) < 0 ? [] : fail('lt', { valid: operand });
    case 'lte':
      return compare(operand) <= 0 ? [] : fail('lte', { valid: operand });
    case 'gt':
      return compare(operand) > 0 ? [] : fail('gt', { valid: operand });
    case 'gte':
      return compare(operand) >= 0 ? [] : fail('gte', { valid: operand });
    case 'between':
    case 'nbetween': {
      const [low = null, high = null] = asList(operand);
      const inside = compare(low) >= 0 && compare(high) <= 0;
      if (type === 'nbetween') return inside || opaque ? fail('nbetween', { invalid: [low, high] }) : [];
      if (!(compare(low) >= 0)) return fail('gte', { valid: low });
      return compare(high) <= 0 ? [] : fail('lte', { valid: high });
    }
    default:
      return !opaque && checkText(type, operand, asText(value, field)) ? [] : fail(type, { substring: operand });
  }
}

/** Text operators with their negations and case-insensitive forms; an unknown operator is never met. */
function checkText(type: string, operand: Json, value: Json): boolean {
  const match = /^(n)?(i)?(contains|starts_with|ends_with)$/.exec(type);
  if (!match) return false;
  const [, negated, folded, where] = match;
  if (value === null || operand === null || typeof operand === 'object') return negated !== undefined;
  const fold = (text: string): string => (folded ? text.toLowerCase() : text);
  const text = fold(typeof value === 'object' ? JSON.stringify(value) : String(value));
  const part = fold(String(operand));
  const found =
    where === 'contains' ? text.includes(part) : where === 'starts_with' ? text.startsWith(part) : text.endsWith(part);
  return found !== (negated !== undefined);
}

const isOn = (operand: Json): boolean => operand !== false && operand !== 'false';

const isEmpty = (value: Json): boolean =>
  value === null ||
  value === '' ||
  (Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value).length === 0);

const asList = (operand: Json): Json[] =>
  Array.isArray(operand) ? operand : typeof operand === 'string' ? operand.split(',') : [operand];

const MAX_PATTERN = 500;
const MAX_SUBJECT = 10_000;

/** `/pattern/flags` or a bare pattern; one that is no expression is met by nothing. */
function matches(operand: Json, value: Json): boolean {
  if (typeof operand !== 'string' || operand.length > MAX_PATTERN || value === null) return false;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (text.length > MAX_SUBJECT) return false;
  try {
    return matchesInTime(parsePattern(operand), text);
  } catch {
    return false;
  }
}

const isObject = (value: Json): boolean => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Types whose values can be written in several ways that are stored as the same. */
const NORMALISED: ReadonlySet<string> = new Set([
  'uuid',
  'integer',
  'bigInteger',
  'float',
  'decimal',
  'boolean',
  'date',
  'dateTime',
  'timestamp',
  'time',
  'csv',
  'json',
]);

/** A value as it is stored, so that no other spelling of it passes for another value; as it is where it does not fit. */
function asStored(value: Json, field: Field | undefined): Json | bigint {
  if (!field || !NORMALISED.has(field.type)) return value;
  try {
    if (field.type === 'json') return JSON.stringify(typeof value === 'string' ? JSON.parse(value) : value);
    return encode(field.type, value, 'sqlite') as number | bigint | string | null;
  } catch (error) {
    if (error instanceof UnfitValue || error instanceof SyntaxError) return value;
    throw error;
  }
}

/** UUIDs are the only ones of these that texts are looked for in. */
const asText = (value: Json, field: Field | undefined): Json =>
  field?.type === 'uuid' ? (asStored(value, field) as Json) : value;

/** Below, equal or above zero as values compare by their field's type; NaN when they don't compare at all. */
function compareValues(value: Json, operand: Json, field: Field | undefined): number {
  if (value === null || operand === null) return value === operand ? 0 : Number.NaN;
  const [a, b] = [scalar(asStored(value, field)), scalar(asStored(operand, field))];
  if (typeof a === 'bigint' && typeof b === 'bigint') return a === b ? 0 : a < b ? -1 : 1;
  if (typeof a === 'boolean' || typeof b === 'boolean') return String(a) === String(b) ? 0 : Number.NaN;
  if (typeof a !== 'string' || typeof b !== 'string') return Number(a) - Number(b);
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Lists and objects compare by their JSON. */
const scalar = (value: Json | bigint): Scalar => (typeof value === 'object' ? JSON.stringify(value) : value);

type Scalar = string | number | bigint | boolean;
