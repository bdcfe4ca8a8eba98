import { ApiError } from '../errors/index.ts';
import type { Collection } from '../schema/types.ts';
import { parseVariable } from '../sql/index.ts';
import type { Action, Json } from '../wire/index.ts';
import type { AccessProfile, Grant } from './effective.ts';
import type { Access } from './engine.ts';
import { explainRule, type RuleContext } from './explain-rule.ts';
import type { ExplainedPermission } from './explain-types.ts';
import { compileFilter } from './filter/compile.ts';
import type { AccessModel, Permission } from './model.ts';

interface Facts {
  readonly model: AccessModel;
  readonly access: Access;
}

/** A compiled permission with its rule. Call what it returns once the probes have run. */
export function explainGrant(
  { model, access }: Facts,
  collection: Collection,
  context: RuleContext,
  { permission, rule }: Grant,
): () => ExplainedPermission {
  const facts = permissionFacts(model, access, permission);
  if (rule.kind === 'never') {
    const why = whyClosed(permission, collection, access.profile);
    return () => ({ ...facts, admits: false, rule: { kind: 'nothing', why, holds: false } });
  }
  const admits = context.probes.holds(rule);
  const tree = explainRule(context, collection, rule);
  return () => ({ ...facts, admits: admits() ?? null, rule: tree() });
}

/** The permissions of a profile that gives no access although it has some: each of their rules admits nothing. */
export function closedPermissions(
  model: AccessModel,
  access: Access,
  collection: Collection,
  action: Action,
): ExplainedPermission[] {
  const { permissions } = access.profile;
  return permissions
    .filter((permission) => permission.collection === collection.name && permission.action === action)
    .map((permission) => {
      const why = whyClosed(permission, collection, access.profile);
      const rule = { kind: 'nothing', why, holds: false } as const;
      return { ...permissionFacts(model, access, permission), admits: false, rule };
    });
}

function permissionFacts(
  model: AccessModel,
  access: Access,
  { id, policy, fields, presets, validation }: Permission,
): Omit<ExplainedPermission, 'admits' | 'rule'> {
  const known = policy === null ? undefined : model.policies.get(policy);
  return {
    id,
    policy: known ? { id: known.id, name: known.name } : null,
    fields,
    presets: resolved(presets ?? {}, access),
    validation,
  };
}

/** Why a rule admits nothing although it was written to: it can't be understood any more. */
function whyClosed({ rule }: Permission, collection: Collection, { snapshot }: AccessProfile): string {
  try {
    compileFilter(rule, collection, { snapshot, guard: null, maxDepth: Number.POSITIVE_INFINITY });
    return 'the rule goes over too many relations.';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'FORBIDDEN') return 'the rule names a field or a collection that does not exist.';
    return `the rule can't be understood. ${String(error.extensions.reason ?? '')}`.trim();
  }
}

/** Presets with the values that variables have for this caller. */
function resolved(presets: { readonly [field: string]: Json }, { scope }: Access): { [field: string]: Json } {
  return Object.fromEntries(
    Object.entries(presets).map(([field, value]) => {
      const variable = typeof value === 'string' ? parseVariable(value) : null;
      return [field, variable ? scope.variable(variable) : value];
    }),
  );
}
