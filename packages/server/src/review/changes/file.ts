import { addressList } from '../../access/address-list.ts';
import type { AccessModel, Permission, Policy } from '../../access/model.ts';
import type { Action, FilterInput, Json } from '../../wire/index.ts';
import type { AccessFacts } from './types.ts';

const VERSION = 1;
const ACTIONS: readonly string[] = ['create', 'read', 'update', 'delete', 'share'];

/** Who may do what, as a document that can be kept with the code of a project. Ids of permissions are not in it. */
export interface AccessFile {
  readonly version: number;
  readonly roles: readonly { readonly id: string; readonly name: string; readonly parent: string | null }[];
  readonly policies: readonly FilePolicy[];
  /** Neither role nor user: attached to the public. */
  readonly access: readonly { readonly policy: string; readonly role?: string; readonly user?: string }[];
}

interface FilePolicy {
  readonly id: string;
  readonly name: string;
  readonly admin_access: boolean;
  readonly app_access: boolean;
  readonly enforce_tfa: boolean;
  readonly ip_access: readonly string[] | null;
  readonly permissions: readonly FilePermission[];
}

interface FilePermission {
  readonly collection: string;
  readonly action: string;
  readonly fields: readonly string[];
  readonly permissions: FilterInput | null;
  readonly validation: FilterInput | null;
  readonly presets: { readonly [field: string]: Json } | null;
}

/** Why a document is no access file. */
export class AccessFileError extends Error {}

/** The document for a state of access: equal states are equal documents, whatever order the rows are in. */
export function accessFile({ model, own }: AccessFacts): AccessFile {
  const byName = (a: { name: string; id: string }, b: { name: string; id: string }): number =>
    compare(a.name, b.name) || compare(a.id, b.id);
  const roles = [...model.roles.values()].sort(byName);
  const ofRoles = roles.flatMap(({ id }) =>
    (model.policiesOfRole.get(id) ?? []).map((policy) => ({ policy, role: id })),
  );
  const users = [...own].sort(([a], [b]) => compare(a, b));
  return {
    version: VERSION,
    roles: roles.map(({ id, name, parent }) => ({ id, name, parent })),
    policies: [...model.policies.values()].sort(byName).map(filePolicy),
    access: [
      ...model.publicPolicies.map((policy) => ({ policy })),
      ...ofRoles,
      ...users.flatMap(([user, policies]) => policies.map((policy) => ({ policy, user }))),
    ],
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function filePolicy({ id, name, adminAccess, appAccess, enforceTfa, addresses, permissions }: Policy): FilePolicy {
  return {
    id,
    name,
    admin_access: adminAccess,
    app_access: appAccess,
    enforce_tfa: enforceTfa,
    ip_access: addresses ? [...addresses.entries] : null,
    // Those about the same keep their order: of two presets for a field the later one counts.
    permissions: [...permissions]
      .sort((a, b) => compare(a.collection, b.collection) || ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action))
      .map(({ collection, action, fields, rule, validation, presets }) => ({
        collection,
        action,
        fields: [...fields].sort(compare),
        permissions: rule,
        validation,
        presets,
      })),
  };
}

/** The state of access that a document describes. Throws AccessFileError. */
export function readAccessFile(document: unknown): AccessFacts {
  const file = objectAt(document, 'The file');
  if (file.version !== VERSION) throw new AccessFileError(`"version" has to be ${VERSION}.`);
  const roles = listAt(file.roles, 'roles').map((role) => ({
    id: textAt(role.id, 'roles[].id'),
    name: textAt(role.name, 'roles[].name'),
    parent: role.parent === null || role.parent === undefined ? null : textAt(role.parent, 'roles[].parent'),
  }));
  let permissions = 0;
  const policies = listAt(file.policies, 'policies').map((policy) => readPolicy(policy, () => ++permissions));
  const model = {
    roles: new Map(roles.map((role) => [role.id, role])),
    policies: new Map(policies.map((policy) => [policy.id, policy])),
  };
  return { ...readAttachments(listAt(file.access, 'access'), model) };
}

function readAttachments(
  list: readonly Record<string, unknown>[],
  { roles, policies }: Pick<AccessModel, 'roles' | 'policies'>,
): AccessFacts {
  const policiesOfRole = new Map<string, string[]>();
  const own = new Map<string, string[]>();
  const publicPolicies: string[] = [];
  const add = (to: Map<string, string[]>, id: string, policy: string) => to.set(id, [...(to.get(id) ?? []), policy]);
  for (const one of list) {
    const policy = textAt(one.policy, 'access[].policy');
    if (!policies.has(policy)) throw new AccessFileError(`"access" names the policy ${policy}, which is not there.`);
    if (one.user !== undefined) add(own, textAt(one.user, 'access[].user'), policy);
    else if (one.role !== undefined) add(policiesOfRole, textAt(one.role, 'access[].role'), policy);
    else publicPolicies.push(policy);
  }
  return { model: { roles, policies, policiesOfRole, publicPolicies }, own };
}

function readPolicy(policy: Record<string, unknown>, nextId: () => number): Policy {
  const id = textAt(policy.id, 'policies[].id');
  const addresses = policy.ip_access ?? [];
  if (!Array.isArray(addresses)) throw new AccessFileError('"ip_access" has to be a list.');
  return {
    id,
    name: textAt(policy.name, 'policies[].name'),
    addresses: addressList(addresses.map(String)),
    adminAccess: policy.admin_access === true,
    appAccess: policy.app_access === true,
    enforceTfa: policy.enforce_tfa === true,
    permissions: listAt(policy.permissions ?? [], 'permissions').map((one) => readPermission(one, id, nextId())),
  };
}

function readPermission(one: Record<string, unknown>, policy: string, id: number): Permission {
  const action = textAt(one.action, 'permissions[].action');
  if (!ACTIONS.includes(action)) throw new AccessFileError(`${JSON.stringify(action)} is no action.`);
  const fields = one.fields ?? [];
  if (!Array.isArray(fields)) throw new AccessFileError('"fields" has to be a list.');
  const [rule, validation, presets] = (['permissions', 'validation', 'presets'] as const).map((name) =>
    one[name] === null || one[name] === undefined ? null : objectAt(one[name], `"${name}"`),
  );
  return {
    id,
    policy,
    collection: textAt(one.collection, 'permissions[].collection'),
    action: action as Action,
    rule: (rule ?? null) as FilterInput | null,
    validation: (validation ?? null) as FilterInput | null,
    presets: (presets ?? null) as { [field: string]: Json } | null,
    fields: fields.map(String),
  };
}

function objectAt(value: unknown, what: string): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new AccessFileError(`${what} has to be an object.`);
  return value as Record<string, unknown>;
}

function listAt(value: unknown, name: string): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new AccessFileError(`"${name}" has to be a list.`);
  return value.map((one) => objectAt(one, `Every element of "${name}"`));
}

function textAt(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw new AccessFileError(`"${name}" has to be text.`);
  return value;
}
