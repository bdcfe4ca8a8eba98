import type { AccessEngine, Accountability } from '../../access/index.ts';
import type { Policy } from '../../access/model.ts';
import { NOBODY, type Person } from '../person.ts';
import type { TestParts } from './prepare.ts';
import type { Prepared } from './types.ts';

/** The policies that apply to somebody a test is about. */
export async function policiesInPlay({ engine }: TestParts, tests: readonly Prepared[]): Promise<Policy[]> {
  const model = await engine.model();
  const ids = new Set<string>();
  for (const { person } of tests) for (const id of await policiesOf(engine, person)) ids.add(id);
  return [...ids].flatMap((id) => model.policies.get(id) ?? []);
}

/** The policies that decide for somebody. */
export async function policiesOf(engine: AccessEngine, person: Person): Promise<ReadonlySet<string>> {
  const accesses = await Promise.all(decidersOf(person).map((each) => engine.access(each)));
  return new Set(accesses.flatMap(({ profile }) => profile.policies));
}

/** Whose rights decide: somebody's own, or those of a share's author and of its role together. */
export function decidersOf({ accountability }: Person): readonly Accountability[] {
  if (accountability.kind !== 'share') return [accountability];
  const { author, role, ip, userAgent, origin } = accountability;
  const from = { session: null, ip, userAgent, origin };
  const sharer: Accountability = { kind: 'user', ...author, ...from };
  return role === null ? [sharer] : [sharer, { kind: 'user', user: NOBODY, role, ...from }];
}
