import { allOf, type Predicate } from '../../sql/index.ts';
import { type Arm, columnKey, type Equality, isEquality, keyOf, plainValues, without } from './arm.ts';

/** From so many arms on that ask for values of one column, looking its value up once is cheaper than asking each. */
const MIN_ARMS = 3;
const MAX_BRANCHES = 1000;

/** The arms as predicates; those that each ask for other values of one column as one that looks the value up. */
export function withCases(arms: readonly Arm[], merge: (arms: readonly Arm[]) => Predicate): Predicate[] {
  let open = [...arms];
  const predicates: Predicate[] = [];
  for (let column = commonColumn(open); column !== null; column = commonColumn(open)) {
    const members = membersOf(open, column);
    const cases = casesOf([...members.values()], merge);
    if (cases === null) break;
    predicates.push(cases);
    open = open.filter((arm) => !members.has(arm));
  }
  return [...open.map((arm) => allOf([...arm.values()])), ...predicates];
}

interface Member {
  readonly rest: Arm;
  readonly equality: Equality;
  readonly values: readonly (string | number)[];
}

function memberOf(arm: Arm, column: string): Member | null {
  for (const part of arm.values()) {
    if (!isEquality(part) || columnKey(part) !== column) continue;
    const values = plainValues(part);
    if (values) return { rest: without(arm, keyOf(part)), equality: part, values };
  }
  return null;
}

function membersOf(arms: readonly Arm[], column: string): Map<Arm, Member> {
  const members = new Map<Arm, Member>();
  for (const arm of arms) {
    const member = arm.size < 2 ? null : memberOf(arm, column);
    if (member) members.set(arm, member);
  }
  return members;
}

/** The column that most of the arms ask for written values of, when these are enough. */
function commonColumn(arms: readonly Arm[]): string | null {
  const counts = new Map<string, number>();
  for (const arm of arms) {
    if (arm.size < 2) continue;
    for (const part of arm.values()) {
      if (!isEquality(part) || plainValues(part) === null) continue;
      const column = columnKey(part);
      counts.set(column, (counts.get(column) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] >= MIN_ARMS ? most[0] : null;
}

function casesOf(members: readonly Member[], merge: (arms: readonly Arm[]) => Predicate): Predicate | null {
  const rests = new Map<string | number, Arm[]>();
  for (const { rest, values } of members) {
    for (const value of values) rests.set(value, [...(rests.get(value) ?? []), rest]);
  }
  // A column may be compared without regard to case or to spaces at the end; a value must not have two branches then.
  const spellings = new Set([...rests.keys()].map((value) => (typeof value === 'string' ? folded(value) : value)));
  if (rests.size > MAX_BRANCHES || spellings.size !== rests.size) return null;
  const { left, type } = (members[0] as Member).equality;
  const branches = [...rests].map(([value, arms]) => ({ value, where: merge(arms) }));
  return { kind: 'cases', left, type, branches };
}

const folded = (value: string): string => value.normalize('NFKC').toLowerCase().trimEnd();
