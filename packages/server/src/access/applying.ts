import type { Snapshot } from '../schema/types.ts';
import { APP_PERMISSIONS } from './app-access.ts';
import { AccessProfile } from './effective.ts';
import type { AccessModel, Policy } from './model.ts';

/** A role and its ancestors, nearest first. A loop that another program left in the table ends it. */
export function chainOf(model: AccessModel, role: string | null): string[] {
  const chain: string[] = [];
  for (let at = role; at !== null && !chain.includes(at); at = model.roles.get(at)?.parent ?? null) {
    if (!model.roles.has(at)) break;
    chain.push(at);
  }
  return chain;
}

/**
 * The policies that are attached: `own` to the user, those of the roles, or the public ones for whoever has no role; each
 * once, whatever address it is bound to.
 */
export function attachedPolicies(model: AccessModel, own: readonly string[], roles: readonly string[]): Policy[] {
  const ids = new Set<string>(own);
  for (const role of roles) for (const id of model.policiesOfRole.get(role) ?? []) ids.add(id);
  if (roles.length === 0) for (const id of model.publicPolicies) ids.add(id);
  return [...ids].flatMap((id) => model.policies.get(id) ?? []);
}

/** Those of the policies that apply to requests from an address; null is an unknown one. */
export const policiesFrom = (policies: readonly Policy[], ip: string | null): Policy[] =>
  policies.filter(({ addresses }) => addresses === null || addresses.includes(ip));

/** What a set of policies allows. */
export function profileOf(policies: readonly Policy[], snapshot: Snapshot, maxDepth: number): AccessProfile {
  const app = policies.some((policy) => policy.appAccess);
  // In the order in which they were made: of two presets for a field the later one counts.
  const permissions = policies.flatMap((policy) => policy.permissions).sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  return new AccessProfile({
    admin: policies.some((policy) => policy.adminAccess),
    app,
    enforceTfa: policies.some((policy) => policy.enforceTfa),
    policies: policies.map(({ id }) => id),
    permissions: app ? [...permissions, ...APP_PERMISSIONS] : permissions,
    snapshot,
    maxDepth,
  });
}
