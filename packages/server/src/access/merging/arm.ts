import type { ColumnExpression, Operand, Predicate } from '../../sql/index.ts';
import type { FieldType, Json } from '../../wire/index.ts';

/** One of several rules: the conditions that all have to hold, by what they say. */
export type Arm = ReadonlyMap<string, Predicate>;

/** A condition that names the values of a column that it takes. */
export type Equality = Predicate & { kind: 'compare'; left: ColumnExpression };

const keys = new WeakMap<Predicate, string>();

/** What a condition says, as text: two with the same key are the same. */
export function keyOf(predicate: Predicate): string {
  let key = keys.get(predicate);
  if (key === undefined) {
    key = JSON.stringify(predicate);
    keys.set(predicate, key);
  }
  return key;
}

/** The arms that a rule consists of: several where it is an OR itself, none where it never holds. */
export function armsOf(rule: Predicate): Arm[] {
  switch (rule.kind) {
    case 'never':
      return [];
    case 'always':
      return [new Map()];
    case 'or':
      return rule.parts.flatMap(armsOf);
    case 'and':
      return [new Map(rule.parts.map((part) => [keyOf(part), part]))];
    default:
      return [new Map([[keyOf(rule), rule]])];
  }
}

export const without = (arm: Arm, key: string): Arm => new Map([...arm].filter(([other]) => other !== key));

/**
 * Whether a condition is an equality whose values can stand in one list with others of the same column. A variable may
 * turn out to be a list, which `_eq` does not look into and `_in` does.
 */
export function isEquality(rule: Predicate): rule is Equality {
  if (rule.kind !== 'compare' || rule.left.kind !== 'column') return false;
  return rule.operator === 'in' || (rule.operator === 'eq' && rule.right.kind === 'literal');
}

/** The column that an equality is about. */
export const columnKey = ({ left, type }: Equality): string => JSON.stringify([left, type]);

const TEXTS: ReadonlySet<FieldType> = new Set(['string', 'text']);

/** The values of an equality where they are known and told apart by a database as JavaScript does; null otherwise. */
export function plainValues({ right, type }: Equality): readonly (string | number)[] | null {
  const values = writtenValues(right);
  if (values === null) return null;
  const plain = values.filter((value) => isPlain(value, type));
  return plain.length === values.length && plain.length > 0 ? plain : null;
}

function writtenValues(operand: Operand): readonly Json[] | null {
  if (operand.kind === 'literal') return Array.isArray(operand.value) ? operand.value : [operand.value];
  if (operand.kind !== 'list') return null;
  const values = operand.elements.map(writtenValues);
  return values.includes(null) ? null : values.flatMap((list) => list ?? []);
}

function isPlain(value: Json, type: FieldType): value is string | number {
  return type === 'integer' ? Number.isSafeInteger(value) : TEXTS.has(type) && typeof value === 'string';
}
