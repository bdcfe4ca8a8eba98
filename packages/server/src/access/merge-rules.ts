import { anyOf, type Operand, type Predicate } from '../sql/index.ts';

type Equality = Predicate & { kind: 'compare' };

/**
 * The OR of several rules, smaller where rules repeat: the same rule counts once, and `status = a or status = b` becomes
 * one list, because a database walks a long OR arm by arm.
 */
export function mergeRules(rules: readonly Predicate[]): Predicate {
  const distinct = new Map<string, Predicate>();
  for (const rule of rules) distinct.set(JSON.stringify(rule), rule);
  return anyOf(mergeEqualities([...distinct.values()]));
}

function mergeEqualities(rules: readonly Predicate[]): Predicate[] {
  const groups = new Map<string, Equality[]>();
  const merged: Predicate[] = [];
  for (const rule of rules) {
    if (!isEquality(rule)) {
      merged.push(rule);
      continue;
    }
    const key = JSON.stringify([rule.left, rule.type]);
    const group = groups.get(key);
    if (group) group.push(rule);
    else groups.set(key, [rule]);
  }
  for (const group of groups.values()) merged.push(group.length === 1 ? (group[0] as Equality) : oneList(group));
  return merged;
}

function isEquality(rule: Predicate): rule is Equality {
  if (rule.kind !== 'compare' || rule.left.kind !== 'column') return false;
  // A variable may turn out to be a list, which `_eq` does not look into and `_in` does.
  return rule.operator === 'in' || (rule.operator === 'eq' && rule.right.kind === 'literal');
}

function oneList(group: readonly Equality[]): Predicate {
  const elements: Operand[] = group.flatMap((rule) =>
    rule.right.kind === 'list' ? rule.right.elements : [rule.right],
  );
  return { ...(group[0] as Equality), operator: 'in', right: { kind: 'list', elements } };
}
