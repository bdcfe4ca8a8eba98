import { allOf, anyOf, type Predicate } from '../sql/index.ts';
import { type Arm, armsOf, without } from './merging/arm.ts';
import { withCases } from './merging/cases.ts';
import { withLists, withoutSubsumed } from './merging/lists.ts';

/**
 * The OR of several rules, as small as it gets, because a database walks a long OR arm by arm: what another rule includes
 * vanishes, equalities on a column become one list, a condition that several rules share is asked once, and rules that
 * each ask for another value of a column become one look-up of that value.
 */
export function mergeRules(rules: readonly Predicate[]): Predicate {
  return mergeArms(rules.flatMap(armsOf));
}

function mergeArms(arms: readonly Arm[]): Predicate {
  let open = withLists(withoutSubsumed(arms));
  if (open.length === 1) return allOf([...(open[0] as Arm).values()]);
  const alternatives: Predicate[] = [];
  for (const key of sharedConditions(open)) {
    const having = open.filter((arm) => arm.has(key));
    const [first] = having;
    if (!first || having.length < 2) continue;
    const rest = mergeArms(having.map((arm) => without(arm, key)));
    alternatives.push(allOf([first.get(key) as Predicate, rest]));
    open = open.filter((arm) => !arm.has(key));
  }
  return anyOf([...alternatives, ...withCases(open, mergeArms)]);
}

/** Conditions that more than one arm has, those of most arms first. */
function sharedConditions(arms: readonly Arm[]): string[] {
  const counts = new Map<string, number>();
  for (const arm of arms) for (const key of arm.keys()) counts.set(key, (counts.get(key) ?? 0) + 1);
  const shared = [...counts].filter(([, count]) => count > 1);
  return shared.sort(([, a], [, b]) => b - a).map(([key]) => key);
}
