import type { AccessFile } from './file.ts';

interface Identified {
  readonly id: string;
  readonly name: string;
}

/**
 * The second document with the ids of the first, where a role or a policy is there under another id and the same name:
 * projects that were set up apart have ids of their own.
 */
export function aligned(first: AccessFile, second: AccessFile): AccessFile {
  const roles = renames(first.roles, second.roles);
  const policies = renames(first.policies, second.policies);
  const roleOf = (id: string): string => roles.get(id) ?? id;
  const policyOf = (id: string): string => policies.get(id) ?? id;
  return {
    version: second.version,
    roles: second.roles.map((role) => ({
      ...role,
      id: roleOf(role.id),
      parent: role.parent === null ? null : roleOf(role.parent),
    })),
    policies: second.policies.map((policy) => ({ ...policy, id: policyOf(policy.id) })),
    access: second.access.map((one) => ({
      ...one,
      policy: policyOf(one.policy),
      ...(one.role === undefined ? {} : { role: roleOf(one.role) }),
    })),
  };
}

/** Names that several have tell nothing. */
function renames(first: readonly Identified[], second: readonly Identified[]): Map<string, string> {
  const known = new Set(first.map(({ id }) => id));
  const there = new Set(second.map(({ id }) => id));
  const single = (list: readonly Identified[], name: string): Identified | null => {
    const named = list.filter((one) => one.name === name);
    return named.length === 1 ? (named[0] ?? null) : null;
  };
  const found = new Map<string, string>();
  for (const { id, name } of second) {
    const other = known.has(id) ? null : single(first, name);
    if (other && !there.has(other.id) && single(second, name)) found.set(id, other.id);
  }
  return found;
}
