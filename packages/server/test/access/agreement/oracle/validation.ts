import { type Filter, fieldOf, type Json, type Kind, type Payload, type Row } from '../model.ts';
import { order } from './compare.ts';
import { checkRule, type Eyes, holds } from './filter.ts';
import { resolved } from './scope.ts';

/** An item after a write, and what was written of it. */
export interface Written {
  readonly collection: string;
  readonly row: Row;
  readonly payload: Payload;
  readonly isNew: boolean;
}

const CALL = /^\w+\((\w+)\)$/;
const SCOPED = /^(\w+):(\w+)$/;

/** The parts of a validation that each have to hold. */
export const partsOf = (validation: Filter): Filter[] =>
  Object.entries(validation).flatMap(([key, value]) =>
    key === '_and' ? (value as Filter[]).flatMap(partsOf) : [{ [key]: value }],
  );

/** The columns and lists of the item itself that a rule is about. */
function subjects(rule: Filter, collection: string): string[] {
  return Object.entries(rule).flatMap(([key, value]) => {
    if (key === '_and' || key === '_or') return (value as Filter[]).flatMap((part) => subjects(part, collection));
    const scoped = SCOPED.exec(key)?.[1];
    if (scoped === undefined) return [CALL.exec(key)?.[1] ?? key];
    const field = fieldOf(collection, scoped);
    return field && 'among' in field && field.among ? [scoped, field.among.by] : [scoped];
  });
}

const isSent = (payload: Payload, name: string): boolean => payload[name] !== undefined;

/**
 * Whether an item may become what it is now. A part that is about nothing that was written is not looked at; in a new
 * item, neither is what is said of a field that was left out.
 */
export function isValid(validation: Filter, written: Written, eyes: Eyes): boolean {
  return partsOf(validation).every((part) => {
    const about = subjects(part, written.collection);
    return !about.some((name) => isSent(written.payload, name)) || suits(part, written, eyes);
  });
}

function suits(rule: Filter, written: Written, eyes: Eyes): boolean {
  const { collection, row, payload, isNew } = written;
  return Object.entries(rule).every(([key, value]) => {
    if (key === '_and') return (value as Filter[]).every((part) => suits(part, written, eyes));
    if (key === '_or') {
      const parts = value as Filter[];
      return parts.length === 0 || parts.some((part) => suits(part, written, eyes));
    }
    const about = subjects({ [key]: value }, collection);
    if (isNew && !about.some((name) => isSent(payload, name))) return true;
    const field = fieldOf(collection, key);
    const isPlain = field !== undefined && field.kind !== 'list' && !isBehind(value);
    if (!isPlain) return checkRule({ [key]: value }, collection) && holds({ [key]: value }, collection, row, eyes);
    const sent = payload[key];
    const isItem =
      sent !== null && typeof sent === 'object' && !Array.isArray(sent) && ('to' in field || 'among' in field);
    return Object.entries(value as Filter).every(([operator, operand]) =>
      isItem ? operator === '_nnull' : fits(row[key] ?? null, field.kind as Kind, operator, operand, eyes),
    );
  });
}

const isBehind = (value: Json): boolean =>
  Object.keys(value as Filter).some((key) => !key.startsWith('_') || ['_and', '_or', '_some', '_none'].includes(key));

/** One operator on one value. Null is unlike every value, and unlike in order to none. */
function fits(value: Json, kind: Kind, operator: string, operand: Json, eyes: Eyes): boolean {
  const right = resolved(operand, eyes.scope);
  const like = (a: Json): boolean => (a === null || value === null ? a === value : order(fit(a, kind), value) === 0);
  switch (operator) {
    case '_null':
      return value === null;
    case '_nnull':
      return value !== null;
    case '_eq':
      return like(right);
    case '_neq':
      return !like(right);
    case '_in':
      return listOf(right, eyes).some(like);
    case '_nin':
      return !listOf(right, eyes).some(like);
  }
  if (/^_n?(contains|starts_with)$/.test(operator)) {
    const negated = operator.startsWith('_n');
    if (value === null || right === null) return negated;
    const found = operator.endsWith('contains')
      ? String(value).includes(String(right))
      : String(value).startsWith(String(right));
    return found !== negated;
  }
  if (value === null || right === null) return false;
  const difference = order(value, fit(right, kind));
  if (operator === '_lt') return difference < 0;
  if (operator === '_lte') return difference <= 0;
  if (operator === '_gt') return difference > 0;
  if (operator === '_gte') return difference >= 0;
  throw new Error(`the oracle knows no ${operator} in a validation`);
}

const listOf = (value: Json, { scope }: Eyes): Json[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one) => resolved(one, scope));

const fit = (value: Json, kind: Kind): Json => (kind === 'timestamp' ? new Date(String(value)).toISOString() : value);
