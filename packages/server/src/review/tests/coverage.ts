import { compileFilter } from '../../access/index.ts';
import type { Permission, Policy } from '../../access/model.ts';
import { ApiError } from '../../errors/index.ts';
import type { Collection, Snapshot } from '../../schema/types.ts';
import type { Predicate } from '../../sql/index.ts';
import { policiesOf } from './in-play.ts';
import { type Judgement, judge } from './judge.ts';
import type { TestParts } from './prepare.ts';
import { partsOfRule, type RuleLeaf } from './rule-parts.ts';
import type { Prepared } from './types.ts';

/** A part of the rules that no test decides. */
export interface Undecided {
  readonly policyName: string;
  /** null for a whole policy. */
  readonly permission: number | null;
  readonly collection: string;
  readonly action: string;
  readonly part: string;
  readonly why: string;
}

export interface CoverageReport {
  readonly parts: number;
  readonly decided: number;
  readonly undecided: readonly Undecided[];
}

/** A part of a permission and what has to be known of it. */
interface Part {
  readonly part: string;
  readonly why: string | null;
}

/**
 * Which parts of the rules the tests decide. A condition is decided when it held for an item of some test and failed for
 * one of another or the same; a field when a test names it; a preset when a test expects its value. That a test would
 * fail with the part changed is more than that: it is what mutation finds out.
 */
export async function coverage(parts: TestParts, tests: readonly Prepared[]): Promise<CoverageReport> {
  const model = await parts.engine.model();
  const snapshot = parts.snapshot();
  const asking = await testsByPolicy(parts, tests);
  const undecided: Undecided[] = [];
  let all = 0;
  for (const policy of model.policies.values()) {
    for (const permission of policy.adminAccess ? [] : policy.permissions) {
      const collection = snapshot.collections.get(permission.collection);
      if (!collection) continue;
      const found = await partsOfPermission(parts, snapshot, collection, permission, asking.get(policy.id) ?? []);
      all += found.length;
      undecided.push(
        ...found.flatMap(({ part, why }) => (why === null ? [] : [missing(policy, permission, part, why)])),
      );
    }
  }
  return { parts: all, decided: all - undecided.length, undecided };
}

const missing = (policy: Policy, { id, collection, action }: Permission, part: string, why: string): Undecided => ({
  policyName: policy.name,
  permission: id,
  collection,
  action,
  part,
  why,
});

async function testsByPolicy({ engine }: TestParts, tests: readonly Prepared[]): Promise<Map<string, Prepared[]>> {
  const asking = new Map<string, Prepared[]>();
  for (const prepared of tests) {
    for (const id of await policiesOf(engine, prepared.person)) asking.set(id, [...(asking.get(id) ?? []), prepared]);
  }
  return asking;
}

async function partsOfPermission(
  parts: TestParts,
  snapshot: Snapshot,
  collection: Collection,
  permission: Permission,
  asking: readonly Prepared[],
): Promise<Part[]> {
  const tests = asking.filter(({ test }) => test.collection === collection.name && test.action === permission.action);
  if (tests.length === 0) return [{ part: 'permission', why: 'no test asks for it' }];
  const rule = partsOfRule(permission.rule).leaves;
  const validation = partsOfRule(permission.validation).leaves;
  const compiled = [...rule, ...validation].map((leaf) => compiledLeaf(leaf, collection, snapshot));
  const seen = await judge(parts, collection, permission, tests, compiled);
  return [
    { part: 'permission', why: null },
    ...rule.map((leaf, i) => leafPart('rule', leaf, seen[i])),
    ...validation.map((leaf, i) => leafPart('validation', leaf, seen[rule.length + i])),
    ...fieldParts(permission, tests),
    ...presetParts(permission, tests),
  ];
}

/** null for one that has no meaning in SQL, such as a pattern. */
function compiledLeaf({ alone }: RuleLeaf, collection: Collection, snapshot: Snapshot): Predicate | null {
  try {
    return compileFilter(alone, collection, { snapshot, guard: null, maxDepth: Number.POSITIVE_INFINITY });
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

function leafPart(what: string, { text }: RuleLeaf, seen: Judgement | undefined): Part {
  const why = !seen?.held
    ? seen?.failed
      ? 'no test has an item for which it holds'
      : 'no test has an item to judge'
    : seen.failed
      ? null
      : 'no test has an item for which it fails';
  return { part: `${what}: ${text}`, why };
}

function fieldParts({ fields, action }: Permission, tests: readonly Prepared[]): Part[] {
  if (action === 'delete' || action === 'share') return [];
  const named = new Set(tests.flatMap(namedFields));
  return fields.map((field) => {
    const isNamed = field === '*' ? named.size > 0 : named.has(field);
    return { part: `fields: ${field}`, why: isNamed ? null : 'no test names it' };
  });
}

function namedFields({ test: { fields, payload, expected } }: Prepared): string[] {
  const lists = [fields, expected.fields, expected.nulls].flatMap((names) => names ?? []);
  const values = [payload, expected.values].flatMap((object) => Object.keys(object ?? {}));
  return [...lists, ...values].map((name) => name.split('.', 1)[0] ?? '');
}

function presetParts({ presets }: Permission, tests: readonly Prepared[]): Part[] {
  return Object.keys(presets ?? {}).map((field) => {
    const isExpected = tests.some(
      ({ test: { payload, expected } }) =>
        !Object.hasOwn(payload ?? {}, field) && Object.hasOwn(expected.values ?? {}, field),
    );
    return { part: `presets: ${field}`, why: isExpected ? null : 'no test expects its value' };
  });
}
