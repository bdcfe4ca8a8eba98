import type { AccessModel, Permission, Policy } from '../../access/model.ts';
import type { Collection, Snapshot } from '../../schema/types.ts';
import type { Action, FilterInput } from '../../wire/index.ts';
import { oppositeOf, partsOfRule, type RulePath, withOperator, withoutPart } from './rule-parts.ts';

/** One change of the rules that a good set of tests notices. */
export interface Mutant {
  readonly policy: string;
  readonly policyName: string;
  /** null for a permission that is added. */
  readonly permission: number | null;
  readonly collection: string;
  readonly action: Action;
  /** What is changed: `rule: status _eq "published"`, `fields: notes`. */
  readonly part: string;
  /** How: `turned round`, `removed`. */
  readonly change: string;
  /** The permissions of the policy with the change. */
  readonly permissions: readonly Permission[];
}

const ACTIONS: readonly Action[] = ['create', 'read', 'update', 'delete'];

/** Every change that is made to these policies. */
export function* mutantsOf(policies: readonly Policy[], snapshot: Snapshot): Iterable<Mutant> {
  for (const policy of policies) {
    if (policy.adminAccess) continue; // its permissions decide nothing
    for (const permission of policy.permissions) {
      const collection = snapshot.collections.get(permission.collection);
      if (collection) yield* mutantsOfPermission(policy, permission, collection);
    }
    yield* widenedActions(policy, snapshot);
  }
}

/** The model with a policy as a mutant has it. */
export function withMutant(model: AccessModel, { policy, permissions }: Mutant): AccessModel {
  const known = model.policies.get(policy);
  if (!known) return model;
  return { ...model, policies: new Map(model.policies).set(policy, { ...known, permissions }) };
}

function* mutantsOfPermission(policy: Policy, permission: Permission, collection: Collection): Iterable<Mutant> {
  const mutant = (part: string, change: string, changed: Partial<Permission> | null): Mutant => ({
    policy: policy.id,
    policyName: policy.name,
    permission: permission.id,
    collection: collection.name,
    action: permission.action,
    part,
    change,
    permissions: policy.permissions.flatMap((each) => {
      if (each !== permission) return [each];
      return changed === null ? [] : [{ ...each, ...changed }];
    }),
  });
  yield mutant('permission', 'removed', null);
  for (const { part, change, filter } of changesOfFilter(permission.rule, 'rule')) {
    yield mutant(part, change, { rule: filter });
  }
  for (const { part, change, filter } of changesOfFilter(permission.validation, 'validation')) {
    yield mutant(part, change, { validation: filter });
  }
  for (const name of Object.keys(permission.presets ?? {})) {
    const { [name]: _, ...presets } = permission.presets ?? {};
    yield mutant(`presets: ${name}`, 'removed', { presets });
  }
  // Which fields are listed has no meaning when whole items go.
  if (permission.action !== 'delete' && permission.action !== 'share') {
    for (const { part, change, fields } of changesOfFields(permission, collection))
      yield mutant(part, change, { fields });
  }
}

interface FilterChange {
  readonly part: string;
  readonly change: string;
  readonly filter: FilterInput | null;
}

function* changesOfFilter(filter: FilterInput | null, what: string): Iterable<FilterChange> {
  if (filter === null) return;
  const { leaves, groups, quantifiers } = partsOfRule(filter);
  if (leaves.length === 0) return;
  yield { part: what, change: 'dropped', filter: null };
  const turned = (path: RulePath, operator: string): FilterInput | null => {
    const opposite = oppositeOf(operator);
    return opposite === null ? null : withOperator(filter, path, opposite);
  };
  for (const { path, operator, text } of leaves) {
    const other = turned(path, operator);
    if (other) yield { part: `${what}: ${text}`, change: 'turned round', filter: other };
    // Of a rule with one condition that is the rule dropped.
    if (leaves.length > 1) yield { part: `${what}: ${text}`, change: 'removed', filter: withoutPart(filter, path) };
  }
  for (const { path, operator, text } of quantifiers) {
    const change = `made ${oppositeOf(operator)}`;
    yield { part: `${what}: ${text}`, change, filter: turned(path, operator) };
  }
  for (const { path, operator, size } of groups) {
    if (size < 2) continue;
    yield {
      part: `${what}: ${operator} of ${size}`,
      change: `made ${oppositeOf(operator)}`,
      filter: turned(path, operator),
    };
  }
}

/** A list without one of its fields, and with one more. */
function* changesOfFields(
  { fields, action }: Permission,
  collection: Collection,
): Iterable<{ part: string; change: string; fields: string[] }> {
  const names = [...collection.fields.values()]
    .filter(
      ({ name, column, relation }) => (column || relation) && !(action === 'update' && name === collection.primaryKey),
    )
    .map(({ name }) => name);
  const listed = fields.includes('*') ? names : fields.filter((name) => names.includes(name));
  for (const name of names) {
    const part = `fields: ${name}`;
    if (listed.includes(name)) yield { part, change: 'removed', fields: listed.filter((other) => other !== name) };
    else yield { part, change: 'added', fields: [...listed, name] };
  }
}

/** An action more, by the rule and the fields of one that there is. */
function* widenedActions(policy: Policy, snapshot: Snapshot): Iterable<Mutant> {
  const byCollection = Map.groupBy(policy.permissions, ({ collection }) => collection);
  for (const [collection, permissions] of byCollection) {
    const [like] = permissions;
    const known = snapshot.collections.get(collection);
    if (!like || !known) continue;
    for (const action of ACTIONS) {
      if (permissions.some((permission) => permission.action === action)) continue;
      if (known.view && action !== 'read') continue;
      const added: Permission = { ...like, action, presets: null, validation: null };
      yield {
        policy: policy.id,
        policyName: policy.name,
        permission: null,
        collection,
        action,
        part: 'permission',
        change: `added, like the one to ${like.action}`,
        permissions: [...policy.permissions, added],
      };
    }
  }
}
