import type { Snapshot } from '../schema/types.ts';
import type { Action } from '../wire/index.ts';
import { AccessProfile } from './effective.ts';
import type { Permission, Policy } from './model.ts';

export const ACTIONS: readonly Action[] = ['create', 'read', 'update', 'delete', 'share'];

/**
 * What a named token leaves of the rights of its user. It only ever takes away: every rule, field list, preset and
 * validation of the user stays as it is.
 */
export interface TokenScope {
  /** Equal for equal scopes; profiles are kept under it. */
  readonly key: string;
  /** Of the policies that apply to the user, only these. null: all of them. */
  readonly policies: ReadonlySet<string> | null;
  /** Of the collections, only these (`*`: every one), with these actions. null: all of them. */
  readonly collections: ReadonlyMap<string, ReadonlySet<Action>> | null;
}

/** Of policies that apply, those that the scope leaves. */
export function policiesInScope(policies: Policy[], scope: TokenScope | undefined): Policy[] {
  const left = scope?.policies;
  return left ? policies.filter(({ id }) => left.has(id)) : policies;
}

/**
 * A profile with what the scope leaves of it. Where collections are named, nobody is an administrator any more: an
 * administrator may do more than what can be done with items.
 */
export function withinScope(profile: AccessProfile, scope: TokenScope | undefined, maxDepth: number): AccessProfile {
  const left = scope?.collections;
  if (!left) return profile;
  const { policies, enforceTfa, snapshot } = profile;
  const permissions = profile.admin ? everyPermission(snapshot) : profile.permissions;
  return new AccessProfile({
    admin: false,
    app: false,
    enforceTfa,
    policies,
    permissions: permissions.filter(
      ({ collection, action }) => left.get(collection)?.has(action) || left.get('*')?.has(action),
    ),
    snapshot,
    maxDepth,
  });
}

/** What an administrator may do with items, one by one. */
const everyPermission = (snapshot: Snapshot): Permission[] =>
  [...snapshot.collections.keys()].flatMap((collection) => ACTIONS.map((action) => everything(collection, action)));

const everything = (collection: string, action: Action): Permission => ({
  id: null,
  policy: null,
  collection,
  action,
  rule: null,
  validation: null,
  presets: null,
  fields: ['*'],
});
