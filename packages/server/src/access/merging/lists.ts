import type { Operand } from '../../sql/index.ts';
import { type Arm, columnKey, type Equality, isEquality, keyOf, plainValues, without } from './arm.ts';

/** Rounds after which arms are left as they are; each merges arms that differ in one column. */
const MAX_ROUNDS = 4;

/** Drops every arm that another one makes superfluous, because it asks for less. */
export function withoutSubsumed(arms: readonly Arm[]): Arm[] {
  const kept: Arm[] = [];
  // By one of its conditions, so that an arm is compared with those only that can be part of it.
  const byCondition = new Map<string, Arm[]>();
  for (const arm of [...arms].sort((a, b) => a.size - b.size)) {
    if (kept[0]?.size === 0) return [kept[0]];
    const isSubsumed = [...arm.keys()].some((key) =>
      byCondition.get(key)?.some((other) => [...other.keys()].every((asked) => arm.has(asked))),
    );
    if (isSubsumed) continue;
    kept.push(arm);
    const [first] = arm.keys();
    if (first === undefined) continue;
    const others = byCondition.get(first);
    if (others) others.push(arm);
    else byCondition.set(first, [arm]);
  }
  return kept;
}

/** Arms that differ only in the values they ask of one column, as one arm with a list of these values. */
export function withLists(arms: readonly Arm[]): Arm[] {
  let merged = [...arms];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = merged.length;
    merged = oneRound(merged);
    if (merged.length === before) break;
  }
  return withoutListed(merged);
}

interface Member {
  readonly arm: Arm;
  readonly equality: Equality;
}

function oneRound(arms: readonly Arm[]): Arm[] {
  const groups = new Map<string, Member[]>();
  for (const arm of arms) {
    for (const [key, part] of arm) {
      if (!isEquality(part)) continue;
      const rest = [...without(arm, key).keys()].sort().join('\n');
      const groupKey = `${columnKey(part)}\n${rest}`;
      const group = groups.get(groupKey);
      if (group) group.push({ arm, equality: part });
      else groups.set(groupKey, [{ arm, equality: part }]);
    }
  }
  const gone = new Set<Arm>();
  const lists: Arm[] = [];
  for (const group of [...groups.values()].sort((a, b) => b.length - a.length)) {
    const open = group.filter(({ arm }) => !gone.has(arm));
    if (open.length < 2) continue;
    for (const { arm } of open) gone.add(arm);
    lists.push(oneArm(open));
  }
  return [...lists, ...arms.filter((arm) => !gone.has(arm))];
}

function oneArm(members: readonly Member[]): Arm {
  const [{ arm, equality }] = members as readonly [Member];
  const elements: Operand[] = members.flatMap((member) => {
    const { right } = member.equality;
    return right.kind === 'list' ? right.elements : [right];
  });
  const list: Equality = { ...equality, operator: 'in', right: { kind: 'list', elements } };
  return new Map(without(arm, keyOf(equality))).set(keyOf(list), list);
}

/** Drops arms that ask for more of values that an arm of equalities alone takes anyway. */
function withoutListed(arms: readonly Arm[]): Arm[] {
  const taken = new Map<string, ReadonlySet<string | number>>();
  for (const arm of arms) {
    const [part] = arm.values();
    if (arm.size !== 1 || !part || !isEquality(part)) continue;
    const values = plainValues(part);
    if (values) taken.set(columnKey(part), new Set(values));
  }
  if (taken.size === 0) return [...arms];
  return arms.filter((arm) => arm.size === 1 || ![...arm.values()].some((part) => isTaken(part, taken)));
}

function isTaken(part: Parameters<typeof isEquality>[0], taken: ReadonlyMap<string, ReadonlySet<string | number>>) {
  if (!isEquality(part)) return false;
  const listed = taken.get(columnKey(part));
  return listed !== undefined && (plainValues(part)?.every((value) => listed.has(value)) ?? false);
}
