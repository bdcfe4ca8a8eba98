import { invalidQuery } from '../../errors/index.ts';
import type { Field } from '../../schema/types.ts';
import { type CompareOperator, type Operand, parseVariable, type Variable } from '../../sql/index.ts';
import type { FieldType, Json } from '../../wire/index.ts';
import { shorten } from '../function-call.ts';

const OPERATORS: ReadonlySet<string> = new Set<CompareOperator>([
  'eq',
  'neq',
  'lt',
  'lte',
  'gt',
  'gte',
  'in',
  'nin',
  'between',
  'nbetween',
  'null',
  'nnull',
  'empty',
  'nempty',
  'contains',
  'ncontains',
  'icontains',
  'nicontains',
  'starts_with',
  'nstarts_with',
  'istarts_with',
  'nistarts_with',
  'ends_with',
  'nends_with',
  'iends_with',
  'niends_with',
]);
const ANY_TYPE: ReadonlySet<string> = new Set(['eq', 'neq', 'in', 'nin', 'null', 'nnull']);
const ORDERED: ReadonlySet<string> = new Set(['lt', 'lte', 'gt', 'gte', 'between', 'nbetween']);
const TEXTUAL: ReadonlySet<FieldType> = new Set<FieldType>([
  'string',
  'text',
  'uuid',
  'csv',
  'json',
  'hash',
  'unknown',
]);
const UNORDERED: ReadonlySet<FieldType> = new Set<FieldType>(['json', 'boolean', 'binary']);

/** The operator that a key such as `_eq` names. Unknown ones: INVALID_QUERY. */
export function parseOperator(key: string): CompareOperator {
  const name = key.slice(1);
  if (!OPERATORS.has(name)) throw invalidQuery(`"${shorten(key)}" is not an operator.`);
  return name as CompareOperator;
}

/** Refuses an operator that means nothing for the type. A concealed value can only be asked whether it is there. */
export function checkOperator(operator: CompareOperator, type: FieldType, field: Field | null): void {
  if (field && (field.concealed || field.hashed)) {
    if (operator === 'null' || operator === 'nnull') return;
    throw invalidQuery(`"_${operator}" can't be used with "${field.name}", only "_null" and "_nnull".`);
  }
  if (ANY_TYPE.has(operator)) return;
  const fits = ORDERED.has(operator) ? !UNORDERED.has(type) : TEXTUAL.has(type);
  if (!fits)
    throw invalidQuery(`"_${operator}" does not fit the type of ${field ? `"${field.name}"` : 'its left side'}.`);
}

/** An operator with its right side, as a filter means them together. */
export interface Comparison {
  readonly operator: CompareOperator;
  readonly right: Operand;
}

/** How values of a filter are read: rules know every variable, callers only those that tell them nothing new. */
export type VariableReader = (text: string) => Variable | null;

/**
 * A text that begins as a variable and is none, such as `$CURRENT_ROLES.name`, is a mistake: taken as a text, `_neq` with it
 * would let everybody in. Throws INVALID_QUERY, so that a rule with it opens nothing.
 */
export const everyVariable: VariableReader = (text) => {
  const variable = parseVariable(text);
  if (variable === null && /^\$(CURRENT_|NOW\b)/.test(text))
    throw invalidQuery(`"${shorten(text)}" is not a variable that is known.`);
  return variable;
};

/** A path such as `$CURRENT_USER.tfa_secret` in a caller's own filter would tell what they may not read. */
export const harmlessVariable: VariableReader = (text) => {
  const variable = parseVariable(text);
  return variable && (variable.kind === 'user' || variable.kind === 'role') && variable.path.length > 0
    ? null
    : variable;
};

export function parseComparison(operator: CompareOperator, value: Json, variables: VariableReader): Comparison {
  switch (operator) {
    case 'null':
    case 'nnull':
    case 'empty':
    case 'nempty':
      return { operator: isOff(value) ? OPPOSITE[operator] : operator, right: { kind: 'literal', value: null } };
    case 'eq':
      if (value === null) return { operator: 'null', right: { kind: 'literal', value } };
      break;
    case 'neq':
      if (value === null) return { operator: 'nnull', right: { kind: 'literal', value } };
      break;
    case 'in':
    case 'nin':
      return { operator, right: listOperand(operator, value, variables) };
    case 'between':
    case 'nbetween':
      return { operator, right: rangeOperand(operator, value, variables) };
  }
  return { operator, right: scalarOperand(operator, value, variables) };
}

const OPPOSITE = { null: 'nnull', nnull: 'null', empty: 'nempty', nempty: 'empty' } as const;

const isOff = (value: Json): boolean => value === false || value === 'false' || value === 0 || value === '0';

function scalarOperand(operator: CompareOperator, value: Json, variables: VariableReader): Operand {
  if (Array.isArray(value)) {
    const [only] = value;
    if (value.length === 1 && !Array.isArray(only)) return scalarOperand(operator, only as Json, variables);
    throw invalidQuery(`"_${operator}" takes one value, not a list.`);
  }
  if (typeof value === 'object' && value !== null) throw invalidQuery(`"_${operator}" takes a value, not an object.`);
  if (typeof value === 'string') {
    if (value.length > MAX_TEXT) throw invalidQuery(`"_${operator}" takes ${MAX_TEXT} characters at most.`);
    const variable = variables(value);
    if (variable) return { kind: 'variable', variable };
  }
  return { kind: 'literal', value };
}

/** Longest text a comparison may hold, in characters: databases match patterns in no linear time. */
const MAX_TEXT = 5000;

/** Longest list a filter may hold. */
const MAX_LIST = 10_000;

function listOperand(operator: CompareOperator, value: Json, variables: VariableReader): Operand {
  if (typeof value === 'string') {
    const variable = variables(value);
    if (variable) return { kind: 'variable', variable };
  }
  const elements = asList(value);
  if (elements.length === 0) throw invalidQuery(`"_${operator}" can't be an empty list.`);
  if (elements.length > MAX_LIST) throw invalidQuery(`"_${operator}" takes at most ${MAX_LIST} values.`);
  if (elements.every((element) => typeof element !== 'string' || !element.startsWith('$'))) {
    return { kind: 'literal', value: elements.map(plain) };
  }
  return { kind: 'list', elements: elements.map((element) => scalarOperand(operator, plain(element), variables)) };
}

function plain(value: Json): Json {
  if (typeof value === 'object' && value !== null) throw invalidQuery('A list in a filter takes plain values only.');
  return value;
}

function rangeOperand(operator: CompareOperator, value: Json, variables: VariableReader): Operand {
  const elements = asList(value);
  if (elements.length !== 2 || elements.some((element) => element === null)) {
    throw invalidQuery(`"_${operator}" takes two values.`);
  }
  return { kind: 'list', elements: elements.map((element) => scalarOperand(operator, element, variables)) };
}

function asList(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return value === '' ? [] : value.split(',');
  if (typeof value === 'object' && value !== null) return Object.values(value); // `[]=` beyond the array limit
  return value === null ? [] : [value];
}
