import type { Predicate, Scope } from '../sql/index.ts';
import type { Json } from '../wire/index.ts';

type Row = ReadonlyMap<string, unknown>;

const COMPARED: ReadonlySet<string> = new Set(['string', 'text', 'uuid', 'integer']);
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly ASCII
const ASCII = /^[\u0000-\u007f]*$/;

/**
 * Whether a rule certainly does not admit a row of these values. It only ever spares a statement that would find nothing:
 * a rule that it can't decide, and every comparison that a database might see otherwise, is left to the database.
 */
export function excludes(rule: Predicate, row: Row, scope: Scope): boolean {
  switch (rule.kind) {
    case 'never':
      return true;
    case 'and':
      return rule.parts.some((part) => excludes(part, row, scope));
    case 'or':
    case 'found':
      return rule.parts.every((part) => excludes(part, row, scope));
    case 'unindexed':
      return excludes(rule.of, row, scope);
    case 'compare':
      return differs(rule, row, scope);
    case 'cases': {
      const value = row.get(rule.left.column);
      if (rule.left.visible || !COMPARED.has(rule.type) || value === undefined) return false;
      return rule.branches.every((branch) => isOther(value, branch.value) || excludes(branch.where, row, scope));
    }
    default:
      return false;
  }
}

function differs(rule: Predicate & { kind: 'compare' }, row: Row, scope: Scope): boolean {
  const { left, operator, right, type } = rule;
  if (left.kind !== 'column' || left.visible || !COMPARED.has(type) || !COMPARED.has(left.type)) return false;
  if (operator !== 'eq' && operator !== 'in') return false;
  const value = row.get(left.column);
  if (value === undefined) return false;
  if (right.kind === 'input') return false;
  const given: Json[] =
    right.kind === 'list'
      ? right.elements.flatMap((element) => {
          if (element.kind === 'literal') return [element.value];
          return element.kind === 'variable' ? [scope.variable(element.variable)] : [UNKNOWN];
        })
      : [right.kind === 'literal' ? right.value : scope.variable(right.variable)];
  return given.flat().every((one) => isOther(value, one as Json));
}

/** What no value certainly differs from. */
const UNKNOWN: Json = {};

/** Nothing is equal to null. Case, spaces at the end and what is no ASCII may be compared in more ways than one. */
function isOther(value: unknown, given: Json): boolean {
  if (value === null || given === null) return true;
  if (typeof value === 'number' && typeof given === 'number') return value !== given;
  if (typeof value !== 'string' || typeof given !== 'string') return false;
  if (!ASCII.test(value) || !ASCII.test(given)) return false;
  return value.trim().toLowerCase() !== given.trim().toLowerCase();
}

/**
 * Whether a rule certainly admits a row of these values: by comparisons of what is the very same value, which is equal to
 * itself in every database. All else is left to the database.
 */
export function admits(rule: Predicate, row: Row, scope: Scope): boolean {
  switch (rule.kind) {
    case 'always':
      return true;
    case 'and':
      return rule.parts.every((part) => admits(part, row, scope));
    case 'or':
    case 'found':
      return rule.parts.some((part) => admits(part, row, scope));
    case 'unindexed':
      return admits(rule.of, row, scope);
    case 'compare': {
      const { left, right, operator, type } = rule;
      if (left.kind !== 'column' || left.visible || left.type !== type || !COMPARED.has(type)) return false;
      if (operator !== 'eq' || (right.kind !== 'literal' && right.kind !== 'variable')) return false;
      return isSame(row.get(left.column), right.kind === 'literal' ? right.value : scope.variable(right.variable));
    }
    case 'cases': {
      const { left, type, branches } = rule;
      if (left.visible || left.type !== type || !COMPARED.has(type)) return false;
      const value = row.get(left.column);
      return branches.some((branch) => isSame(value, branch.value) && admits(branch.where, row, scope));
    }
    default:
      return false;
  }
}

const isSame = (value: unknown, given: Json): boolean =>
  value === given && (typeof value === 'string' || typeof value === 'number');

/** The columns of its own table that a rule compares in this way. */
export function comparedColumns(rule: Predicate, found: Set<string> = new Set()): Set<string> {
  if (rule.kind === 'and' || rule.kind === 'or' || rule.kind === 'found') {
    for (const part of rule.parts) comparedColumns(part, found);
  } else if (rule.kind === 'unindexed') comparedColumns(rule.of, found);
  else if (rule.kind === 'cases') found.add(rule.left.column);
  else if (rule.kind === 'compare' && rule.left.kind === 'column' && COMPARED.has(rule.left.type))
    found.add(rule.left.column);
  return found;
}
