import type { AccessProfile, CollectionAccess, RequestScope } from '../../access/index.ts';
import { ALWAYS, NEVER, type Predicate, type Variable } from '../../sql/index.ts';
import type { Action } from '../../wire/index.ts';

const ACTIONS: readonly Action[] = ['create', 'read', 'update', 'delete', 'share'];

/** A profile with what its rules are about. */
export interface Side {
  readonly profile: AccessProfile;
  readonly scope: RequestScope;
}

/** A condition before and after. */
export interface Pair {
  readonly before: Predicate;
  readonly after: Predicate;
}

/** What changes for a collection and an action. */
export interface Shift {
  readonly collection: string;
  readonly action: Action;
  readonly access: 'gained' | 'lost' | 'changed';
  readonly fieldsGained: readonly string[];
  readonly fieldsLost: readonly string[];
  /** Which items; null for create, where there are none yet. */
  readonly items: Pair | null;
  /** Which items, for fields that have other ones than `items`. */
  readonly values: readonly (Pair & { readonly fields: readonly string[] })[];
  readonly validation: boolean;
  readonly presets: boolean;
}

/** Every difference between two profiles, the project's own collections first. */
export function compareProfiles(before: Side, after: Side): Shift[] {
  const names = [...before.profile.snapshot.collections.keys()].sort(
    (a, b) => Number(isSystem(a)) - Number(isSystem(b)) || (a < b ? -1 : 1),
  );
  return names.flatMap((name) => ACTIONS.flatMap((action) => compareAccess(name, action, before, after) ?? []));
}

const isSystem = (name: string): boolean => name.startsWith('directus_');

function compareAccess(name: string, action: Action, before: Side, after: Side): Shift | null {
  const was = before.profile.access(name, action);
  const is = after.profile.access(name, action);
  if (!was && !is) return null;
  const same = (a: Predicate, b: Predicate): boolean => meaning(a, before.scope) === meaning(b, after.scope);
  const shift: Shift = {
    collection: name,
    action,
    access: !was ? 'gained' : !is ? 'lost' : 'changed',
    fieldsGained: action === 'delete' ? [] : fieldsOnlyOf(is, was),
    fieldsLost: action === 'delete' ? [] : fieldsOnlyOf(was, is),
    items: action === 'create' ? null : { before: rowsOf(was), after: rowsOf(is) },
    values: action === 'create' || action === 'delete' ? [] : valuesOf(was, is, same),
    validation: conditionsOf(was, action) !== conditionsOf(is, action),
    presets: sorted(was?.presets ?? {}) !== sorted(is?.presets ?? {}),
  };
  return isNothing(shift, same) ? null : shift;
}

function isNothing(shift: Shift, same: (a: Predicate, b: Predicate) => boolean): boolean {
  const { access, items, fieldsGained, fieldsLost, values, validation, presets } = shift;
  if (access !== 'changed' || validation || presets) return false;
  if (fieldsGained.length + fieldsLost.length + values.length > 0) return false;
  return items === null || same(items.before, items.after);
}

const sorted = (presets: object): string =>
  JSON.stringify(Object.entries(presets).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What written values have to meet; of what is created that is the rule, too. */
function conditionsOf(access: CollectionAccess | null, action: Action): string {
  const texts = (access?.validations ?? []).map((validation) => JSON.stringify(validation)).sort();
  return JSON.stringify(action === 'create' ? [...texts, rowsOf(access)] : texts);
}

const rowsOf = (access: CollectionAccess | null): Predicate => (access ? (access.rows ?? ALWAYS) : NEVER);

const fieldsOnlyOf = (access: CollectionAccess | null, other: CollectionAccess | null): string[] =>
  [...(access?.fields.keys() ?? [])].filter((name) => !other?.fields.has(name));

/** Where the value of a field is in reach. */
function reachOf(access: CollectionAccess | null, field: string): Predicate {
  const condition = access?.fields.get(field);
  return condition === undefined ? NEVER : (condition ?? rowsOf(access));
}

/** Fields that come and go for other items than those that come and go, by what they do. */
function valuesOf(
  was: CollectionAccess | null,
  is: CollectionAccess | null,
  same: (a: Predicate, b: Predicate) => boolean,
): Shift['values'] {
  const groups = new Map<string, Pair & { fields: string[] }>();
  const names = new Set([...(was?.fields.keys() ?? []), ...(is?.fields.keys() ?? [])]);
  const whole = JSON.stringify([rowsOf(was), rowsOf(is)]);
  const itemsStay = same(rowsOf(was), rowsOf(is));
  for (const name of names) {
    const pair = { before: reachOf(was, name), after: reachOf(is, name) };
    const key = JSON.stringify([pair.before, pair.after]);
    if (key === whole || (itemsStay && same(pair.before, pair.after))) continue;
    const group = groups.get(key);
    if (group) group.fields.push(name);
    else groups.set(key, { ...pair, fields: [name] });
  }
  return [...groups.values()];
}

/** A condition as text, with the variables that are the same for everybody of a standing in it. */
function meaning(predicate: Predicate, scope: RequestScope): string {
  return JSON.stringify(predicate, (_key, value: unknown) => {
    if (value === null || typeof value !== 'object' || !('variable' in value)) return value;
    const variable = value.variable as Variable;
    if (variable.kind === 'now' || variable.kind === 'user') return value;
    return { ...value, is: scope.variable(variable) };
  });
}
