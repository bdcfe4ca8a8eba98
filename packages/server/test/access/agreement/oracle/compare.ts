import type { Json, Kind } from '../model.ts';
import { resolved, type Scope } from './scope.ts';

/** Below zero when `a` comes first. Null comes before everything; documents are ordered by their text. */
export function order(a: Json, b: Json): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const asTheyAre = typeof a === typeof b && typeof a !== 'object';
  const [left, right] = asTheyAre ? [a, b] : [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A right side as the kind of its left side writes it. */
function fitted(value: Json, kind: Kind): Json {
  if (value === null) return null;
  if (kind === 'integer') return typeof value === 'string' ? Number(value) : value;
  if (kind === 'boolean') return value === true || value === 'true';
  if (kind === 'timestamp') return new Date(String(value)).toISOString();
  return value;
}

const textOf = (value: Json): string => (Array.isArray(value) ? value.join(',') : String(value));

const isEmpty = (value: Json): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

const isOff = (operand: Json): boolean => operand === false || operand === 'false';

/**
 * One operator on one value. A value that is null is met by `_null` and `_empty` only. `own` is a filter that a caller
 * wrote, where `_neq` with a variable that is nothing asks whether there is a value.
 */
export function meets(value: Json, kind: Kind, operator: string, operand: Json, scope: Scope, own: boolean): boolean {
  switch (operator) {
    case '_null':
    case '_nnull':
      return (value === null) === ((operator === '_null') !== isOff(operand));
    case '_empty':
    case '_nempty':
      return isEmpty(value) === ((operator === '_empty') !== isOff(operand));
  }
  if (operand === null && (operator === '_eq' || operator === '_neq')) return (value === null) === (operator === '_eq');
  if (value === null) return false;
  if (operator === '_in' || operator === '_nin') return isIn(value, kind, operand, scope, operator === '_nin');
  if (operator === '_between' || operator === '_nbetween') {
    const [low = null, high = null] = (operand as Json[]).map((bound) => fitted(resolved(bound, scope), kind));
    if (low === null || high === null) return false;
    return (order(low, value) <= 0 && order(value, high) <= 0) === (operator === '_between');
  }
  const right = single(resolved(operand, scope));
  if (right === null) return own && operator === '_neq';
  return comparesTo(value, kind, operator, fitted(right, kind));
}

/** A list where one value is expected is that value when it has just one, and nothing otherwise. */
const single = (value: Json): Json => (Array.isArray(value) ? (value.length === 1 ? (value[0] as Json) : null) : value);

/** A list that is empty or holds nothing at some place is met by nothing when negated, as it is in SQL. */
function isIn(value: Json, kind: Kind, operand: Json, scope: Scope, negated: boolean): boolean {
  const whole = resolved(operand, scope);
  const list = (Array.isArray(whole) ? whole : [whole]).flatMap((element) => resolved(element, scope));
  const found = list.some((element) => element !== null && order(fitted(element, kind), value) === 0);
  return negated ? list.length > 0 && !list.includes(null) && !found : found;
}

function comparesTo(value: Json, kind: Kind, operator: string, right: Json): boolean {
  switch (operator) {
    case '_eq':
      return order(value, right) === 0;
    case '_neq':
      return order(value, right) !== 0;
    case '_lt':
      return order(value, right) < 0;
    case '_lte':
      return order(value, right) <= 0;
    case '_gt':
      return order(value, right) > 0;
    case '_gte':
      return order(value, right) >= 0;
  }
  const match = /^_(n?)(i?)(contains|starts_with|ends_with)$/.exec(operator);
  if (!match) throw new Error(`the oracle knows no ${operator} on ${kind}`);
  const [, negated, folded, place] = match;
  const fold = (text: string): string => (folded ? text.toLowerCase() : text);
  const [whole, part] = [fold(textOf(value)), fold(textOf(right))];
  const found =
    place === 'contains'
      ? whole.includes(part)
      : place === 'starts_with'
        ? whole.startsWith(part)
        : whole.endsWith(part);
  return found !== (negated === 'n');
}
