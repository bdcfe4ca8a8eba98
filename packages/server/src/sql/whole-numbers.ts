import type { Json } from '../wire/index.ts';
import { NUMBER } from './encode.ts';
import type { CompareOperator, Operand, Predicate } from './predicate.ts';

type Comparison = Predicate & { kind: 'compare' };

/** What compares in the same way, or what it comes to: no row at all, or every row that has a value. */
export type WholeComparison = Comparison | 'nothing' | 'values';

const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;
const DIGITS = /^\s*[+-]?\d{1,1000}\s*$/;

/** The whole numbers of 64 bits around a number; null where there is none on that side. */
interface Around {
  readonly below: bigint | null;
  readonly above: bigint | null;
}

/**
 * A comparison with whole numbers as one with whole numbers: a column of these can be less than 2.5 or than 10^30, though
 * it can't hold them.
 */
export function wholeComparison(comparison: Comparison): WholeComparison {
  const { type, operator, right } = comparison;
  if (type !== 'integer' && type !== 'bigInteger') return comparison;
  if (operator === 'in' || operator === 'nin') return inList(comparison);
  if (right.kind === 'literal') return single(comparison, around(right.value));
  if (right.kind === 'list' && (operator === 'between' || operator === 'nbetween')) return between(comparison, right);
  return comparison;
}

function around(value: Json): Around | null {
  if (typeof value === 'string' && DIGITS.test(value)) {
    const whole = BigInt(value.trim().replace(/^\+/, ''));
    return bounded(whole, whole);
  }
  const number = typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return null;
  if (!Number.isFinite(number)) return number < 0 ? { below: null, above: LEAST } : { below: MOST, above: null };
  return bounded(BigInt(Math.floor(number)), BigInt(Math.ceil(number)));
}

const bounded = (below: bigint, above: bigint): Around => ({
  below: below < LEAST ? null : below > MOST ? MOST : below,
  above: above > MOST ? null : above < LEAST ? LEAST : above,
});

function single(comparison: Comparison, number: Around | null): WholeComparison {
  if (number === null) return comparison;
  const { below, above } = number;
  const against = (operator: CompareOperator, whole: bigint): Comparison => ({
    ...comparison,
    type: 'bigInteger',
    operator,
    right: literal(whole),
  });
  switch (comparison.operator) {
    case 'eq':
      return below !== null && below === above ? against('eq', below) : 'nothing';
    case 'neq':
      return below !== null && below === above ? against('neq', below) : 'values';
    case 'lt':
      return above === null ? 'values' : against('lt', above);
    case 'lte':
      return below === null ? 'nothing' : against('lte', below);
    case 'gt':
      return below === null ? 'values' : against('gt', below);
    case 'gte':
      return above === null ? 'nothing' : against('gte', above);
    default:
      return comparison;
  }
}

function between(comparison: Comparison, { elements }: Operand & { kind: 'list' }): WholeComparison {
  const [low, high] = elements.map((element) => (element.kind === 'literal' ? around(element.value) : null));
  if (!low || !high) return comparison;
  if (low.above === null || high.below === null) return comparison.operator === 'between' ? 'nothing' : 'values';
  const right: Operand = { kind: 'list', elements: [literal(low.above), literal(high.below)] };
  return { ...comparison, type: 'bigInteger', right };
}

/** What is no whole number is in no column of these, and so adds nothing to a list that has numbers. */
function inList(comparison: Comparison): WholeComparison {
  const { right, operator } = comparison;
  const values = right.kind === 'literal' && Array.isArray(right.value) ? right.value : [];
  const numbers = values.map(around);
  if (numbers.every((number) => number === null)) return comparison;
  const left = values.filter((value, i) => {
    const number = numbers[i] ?? null;
    return value === null || (number !== null && number.below !== null && number.below === number.above);
  });
  if (left.length === 0) return operator === 'in' ? 'nothing' : 'values';
  const exact = left.map((value) => (typeof value === 'number' ? String(BigInt(value)) : value));
  return { ...comparison, type: 'bigInteger', right: { kind: 'literal', value: exact } };
}

const literal = (whole: bigint): Operand => ({ kind: 'literal', value: String(whole) });
