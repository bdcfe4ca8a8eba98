import type { Predicate } from '../sql/index.ts';

/** The columns by which an index could find what a rule admits: those that it asks to have certain values. */
export function anchorsOf(rule: Predicate): readonly string[] {
  switch (rule.kind) {
    case 'and':
      return rule.parts.flatMap(anchorsOf);
    case 'cases':
      return [rule.left.column];
    case 'compare':
      return rule.left.kind === 'column' && isPlain(rule) && !rule.left.visible ? [rule.left.column] : [];
    default:
      return [];
  }
}

/** Columns of other types are not compared as they are. */
const isPlain = ({ operator, type }: Predicate & { kind: 'compare' }): boolean =>
  (operator === 'eq' || operator === 'in') && type !== 'unknown' && type !== 'json';
