import type { Audience } from './audiences.ts';
import type { AccessFacts, Comparison, Named, Who } from './types.ts';

/** How an audience is told from others. */
export function whoOf({ kind, before, after }: Audience, comparison: Comparison): Who {
  const was = { role: roleName(comparison.before, before.role), policies: policyNames(comparison.before, before.own) };
  const is = { role: roleName(comparison.after, after.role), policies: policyNames(comparison.after, after.own) };
  const isNewRole = was.role === null && before.role !== null;
  const stays = before.role === after.role && before.own.join() === after.own.join();
  const becomes = isNewRole || (stays && after.active) ? null : { ...is, active: after.active };
  return { kind, ...(isNewRole ? is : was), becomes };
}

const roleName = ({ model }: AccessFacts, role: string | null): Named | null => {
  const known = role === null ? undefined : model.roles.get(role);
  return known ? { id: known.id, name: known.name } : null;
};

const policyNames = ({ model }: AccessFacts, ids: readonly string[]): Named[] =>
  ids.flatMap((id) => {
    const policy = model.policies.get(id);
    return policy ? [{ id, name: policy.name }] : [];
  });
