import type { Permission, Policy } from '../../access/model.ts';
import type { Action } from '../../wire/index.ts';
import { type Audience, findAudiences } from './audiences.ts';
import { situationsOf } from './situations.ts';
import type { ChangedAudience, ChangedCollection, Comparison, Flag, Review } from './types.ts';
import { warningsOf } from './warnings.ts';
import { whoOf } from './who.ts';

/**
 * Who gains and loses what, as far as it is written in the permissions: without a data model nobody knows which fields `*`
 * stands for, and without items nothing can be counted.
 */
export async function reviewWritten(comparison: Comparison): Promise<Review> {
  const { list } = await findAudiences(comparison, null);
  const audiences = list.flatMap((audience) => changedOf(audience, comparison));
  return {
    changed: audiences.length > 0,
    warnings: warningsOf(audiences),
    audiences,
    totals: { audiences: audiences.length, users: null },
    truncated: false,
  };
}

function changedOf(audience: Audience, comparison: Comparison): ChangedAudience[] {
  const seen = new Set<string>();
  return situationsOf(audience, comparison).list.flatMap(({ from, before, after }) => {
    const flags = {
      admin: flagOf(before, after, ({ adminAccess }) => adminAccess),
      app: flagOf(before, after, ({ appAccess }) => appAccess),
      tfa: flagOf(before, after, ({ enforceTfa }) => enforceTfa),
    };
    const changes = changesOf(before, after);
    const key = JSON.stringify([flags, changes]);
    const differs = changes.length > 0 || Object.values(flags).some((flag) => flag.before !== flag.after);
    if (!differs || seen.has(key)) return [];
    seen.add(key);
    const who = whoOf(audience, comparison);
    return [{ who, users: null, samples: [], from, ...flags, changes, total: changes.length, withheld: false }];
  });
}

const flagOf = (before: readonly Policy[], after: readonly Policy[], has: (policy: Policy) => boolean): Flag => ({
  before: before.some(has),
  after: after.some(has),
});

/** Permissions for the same collection and action count together. */
function changesOf(before: readonly Policy[], after: readonly Policy[]): ChangedCollection[] {
  const [was, is] = [before, after].map((policies) =>
    Map.groupBy(
      policies.flatMap((policy) => policy.permissions),
      ({ collection, action }) => JSON.stringify([collection, action]),
    ),
  ) as [Map<string, Permission[]>, Map<string, Permission[]>];
  const keys = [...new Set([...was.keys(), ...is.keys()])].sort();
  return keys.flatMap((key) => {
    const [collection, action] = JSON.parse(key) as [string, Action];
    return changeOf(collection, action, was.get(key) ?? [], is.get(key) ?? []) ?? [];
  });
}

function changeOf(
  collection: string,
  action: Action,
  was: readonly Permission[],
  is: readonly Permission[],
): ChangedCollection | null {
  const same = (part: (permission: Permission) => unknown): boolean => texts(was, part) === texts(is, part);
  const validation = !same((one) => one.validation);
  const presets = !same((one) => one.presets);
  if (!validation && !presets && same(({ rule, fields }) => [rule, [...fields].sort()])) return null;
  const fields = { gained: onlyOf(is, was), lost: onlyOf(was, is) };
  const access = was.length === 0 ? 'gained' : is.length === 0 ? 'lost' : 'changed';
  const uncounted = action === 'create' ? null : 'no-project';
  const none = { items: null, samples: null, each: null, values: [] };
  return { collection, action, access, fields, ...none, validation, presets, uncounted };
}

const texts = (permissions: readonly Permission[], part: (permission: Permission) => unknown): string =>
  [...new Set(permissions.map((permission) => JSON.stringify(part(permission) ?? null)))].sort().join();

function onlyOf(some: readonly Permission[], others: readonly Permission[]): string[] {
  const known = new Set(others.flatMap(({ fields }) => fields));
  if (known.has('*')) return [];
  return [...new Set(some.flatMap(({ fields }) => fields))].filter((field) => !known.has(field));
}
