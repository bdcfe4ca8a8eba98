import type { Store } from '../store/types.ts';
import type { Access } from './engine.ts';
import type { ExplainedPolicy } from './explain-types.ts';
import { type AccessModel, loadPoliciesOfUser } from './model.ts';

/**
 * Every policy attached to the caller, with what it is attached to. Which of them apply is not decided here again: they
 * are those of the access profile, and an attached one that is missing there was left out by its address list.
 */
export async function explainPolicies(store: Store, model: AccessModel, access: Access): Promise<ExplainedPolicy[]> {
  const through = await attachments(store, model, access);
  const applying = new Set(access.profile.policies);
  const leftOut = [...through.keys()].filter((id) => !applying.has(id));
  const lists = leftOut.length > 0 ? await addressLists(store) : new Map<string, string>();
  return [...through].flatMap(([id, names]) => {
    const policy = model.policies.get(id);
    if (!policy) return [];
    const { name, adminAccess, appAccess } = policy;
    const applies = applying.has(id);
    const onlyFrom = applies ? null : (lists.get(id) ?? '');
    return [{ id, name, through: names, applies, onlyFrom, adminAccess, appAccess }];
  });
}

/** `user`, `public` or the names of roles, by policy; in the order in which the engine takes them. */
async function attachments(
  store: Store,
  model: AccessModel,
  { accountability, scope }: Access,
): Promise<Map<string, string[]>> {
  const { user, roles } = scope.caller;
  const through = new Map<string, string[]>();
  const add = (ids: readonly string[], name: string): void => {
    for (const id of ids) through.set(id, [...(through.get(id) ?? []), name]);
  };
  if (user !== null) add(await loadPoliciesOfUser(store, user), 'user');
  for (const role of roles) add(model.policiesOfRole.get(role) ?? [], `role ${model.roles.get(role)?.name ?? role}`);
  // A share without a role has no policy at all.
  if (roles.length === 0 && accountability.kind !== 'share') add(model.publicPolicies, 'public');
  return through;
}

async function addressLists(store: Store): Promise<Map<string, string>> {
  const rows = await store.all('select id, ip_access from directus_policies where ip_access is not null');
  return new Map(rows.map((row) => [String(row.id), String(row.ip_access)]));
}
