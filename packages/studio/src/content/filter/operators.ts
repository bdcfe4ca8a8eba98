import { type Say, texts } from '../../language/texts.tsx';
import type { Field } from '../model.ts';

const TEXT = [
  '_icontains',
  '_contains',
  '_ncontains',
  '_istarts_with',
  '_starts_with',
  '_nstarts_with',
  '_iends_with',
  '_ends_with',
  '_nends_with',
  '_empty',
  '_nempty',
] as const;
const ORDER = ['_lt', '_lte', '_gt', '_gte', '_between', '_nbetween'] as const;
const ANY = ['_eq', '_neq', '_in', '_nin', '_null', '_nnull'] as const;

export type Operator = (typeof TEXT)[number] | (typeof ORDER)[number] | (typeof ANY)[number] | '_regex';

export const OPERATOR_TEXTS = texts(
  {
    _eq: 'is',
    _neq: 'is not',
    _in: 'is one of',
    _nin: 'is none of',
    _null: 'has no value',
    _nnull: 'has a value',
    _lt: 'is less than',
    _lte: 'is at most',
    _gt: 'is greater than',
    _gte: 'is at least',
    _between: 'is between',
    _nbetween: 'is not between',
    _contains: 'contains (exact case)',
    _icontains: 'contains',
    _ncontains: 'does not contain',
    _starts_with: 'starts with (exact case)',
    _istarts_with: 'starts with',
    _nstarts_with: 'does not start with',
    _ends_with: 'ends with (exact case)',
    _iends_with: 'ends with',
    _nends_with: 'does not end with',
    _empty: 'is empty',
    _nempty: 'is not empty',
    _regex: 'matches the pattern',
  } satisfies Record<Operator, string>,
  {
    _eq: 'ist',
    _neq: 'ist nicht',
    _in: 'ist eines von',
    _nin: 'ist keines von',
    _null: 'hat keinen Wert',
    _nnull: 'hat einen Wert',
    _lt: 'ist kleiner als',
    _lte: 'ist höchstens',
    _gt: 'ist größer als',
    _gte: 'ist mindestens',
    _between: 'liegt zwischen',
    _nbetween: 'liegt nicht zwischen',
    _contains: 'enthält (Groß/klein genau)',
    _icontains: 'enthält',
    _ncontains: 'enthält nicht',
    _starts_with: 'beginnt mit (Groß/klein genau)',
    _istarts_with: 'beginnt mit',
    _nstarts_with: 'beginnt nicht mit',
    _ends_with: 'endet mit (Groß/klein genau)',
    _iends_with: 'endet mit',
    _nends_with: 'endet nicht mit',
    _empty: 'ist leer',
    _nempty: 'ist nicht leer',
    _regex: 'entspricht dem Muster',
  },
);

export type SayOperator = Say<Operator>;

const isUnread = (field: Field): boolean =>
  field.type === 'hash' || (field.meta?.special ?? []).some((one) => one === 'conceal' || one === 'hash');

/** The operators that the API takes for a field, the likeliest first. `patterns`: in validations, which know `_regex`. */
export function operatorsFor(field: Field, type: string, patterns = false): readonly Operator[] {
  if (isUnread(field)) return ['_null', '_nnull'];
  const pattern: readonly Operator[] = patterns ? ['_regex'] : [];
  switch (type) {
    case 'string':
    case 'text':
    case 'csv':
    case 'unknown':
      return ['_eq', '_icontains', ...ANY.slice(1), ...TEXT.slice(1), ...ORDER, ...pattern];
    case 'uuid':
      return [...ANY, ...ORDER];
    case 'json':
      return ['_icontains', '_contains', '_ncontains', '_empty', '_nempty', '_null', '_nnull'];
    case 'boolean':
      return ['_eq', '_neq', '_null', '_nnull'];
    case 'binary':
    case 'geometry':
      return ['_null', '_nnull'];
    default:
      return ['_eq', '_neq', ...ORDER, ...ANY.slice(2)];
  }
}

/** How many values an operator takes. */
export type Arity = 'none' | 'one' | 'two' | 'list';

export function arityOf(operator: Operator): Arity {
  if (['_null', '_nnull', '_empty', '_nempty'].includes(operator)) return 'none';
  if (operator === '_between' || operator === '_nbetween') return 'two';
  return operator === '_in' || operator === '_nin' ? 'list' : 'one';
}

export const isOperator = (key: string): key is Operator => key in OPERATOR_TEXTS.en;
