import type { Policy } from '../../access/model.ts';
import type { TestParts } from './prepare.ts';
import type { Prepared } from './types.ts';

/** The policies that apply to somebody a test is about. */
export async function policiesInPlay({ engine }: TestParts, tests: readonly Prepared[]): Promise<Policy[]> {
  const model = await engine.model();
  const ids = new Set<string>();
  for (const { person } of tests) {
    for (const id of (await engine.access(person.accountability)).profile.policies) ids.add(id);
  }
  return [...ids].flatMap((id) => model.policies.get(id) ?? []);
}
