import {
  type Action,
  type Attachment,
  COLLECTIONS,
  type Filter,
  MODEL,
  type PermissionRow,
  type PolicyRow,
  REQUIRED,
  type Row,
  type World,
} from '../model.ts';
import type { Random } from '../random.ts';
import { FilterMaker } from './filter.ts';
import { makePresets, ValidationMaker } from './validation.ts';
import { keyOf, keysOf, policyKey, roleKey, SIZES, userKey, valueFor } from './values.ts';

const NETWORKS = ['10.0.0.0/8', '192.168.1.7', '10.0.0.1-10.0.0.9', '2001:db8::/32', '2001:db8::5-2001:db8::f'];

/** Where callers come from; null is not known. */
export const ADDRESSES = ['10.0.0.5', '10.9.9.9', '192.168.1.7', '192.168.1.8', '2001:db8::7', '2001:db9::1', null];

const NULLS = 0.3;

/** Rows with many nulls and equal values, and policies over them. */
export function makeWorld(random: Random): World {
  const rows = Object.fromEntries(COLLECTIONS.map((collection) => [collection, makeRows(random, collection)]));
  const policies = random.list(random.between(2, 6), (i) => makePolicy(random, i + 1));
  return { rows, policies, attachments: policies.flatMap((policy) => attach(random, policy.id)) };
}

function makeRows(random: Random, collection: string): Row[] {
  return random.list(SIZES[collection as keyof typeof SIZES], (i) => {
    const row: Record<string, Row[string]> = {};
    for (const [name, field] of Object.entries(MODEL[collection] ?? {})) {
      if (field.kind === 'list') continue;
      if (name === 'id') row.id = keyOf(collection, i + 1);
      else if (name === 'parent')
        row.parent = i === 0 || random.chance(NULLS) ? null : keyOf(collection, random.between(1, i));
      else if (name === 'name' && collection === 'directus_roles') row.name = random.pick(['a', 'b', 'ab']);
      else if (random.chance(NULLS) && !REQUIRED.has(`${collection}.${name}`)) row[name] = null;
      else row[name] = field.to ? random.pick(keysOf(field.to)) : valueFor(random, field.kind, name);
    }
    return row;
  });
}

function makePolicy(random: Random, n: number): PolicyRow {
  const permissions = COLLECTIONS.flatMap((collection) => {
    const system = collection.startsWith('directus_');
    if (random.chance(system ? 0.6 : 0.35)) return [];
    return random.list(random.chance(0.3) ? 2 : 1, () => makePermission(random, collection, 'read', system));
  });
  const toWrite = COLLECTIONS.flatMap((collection) => (random.chance(0.4) ? makeWriting(random, collection) : []));
  return {
    id: policyKey(n),
    addresses: random.chance(0.75) ? random.pick([null, null, []]) : random.sample(NETWORKS, random.between(1, 2)),
    admin: random.chance(0.02),
    app: random.chance(0.08),
    permissions: [...permissions, ...toWrite],
  };
}

/** Roles are not written, and users only changed: that has rules of its own. */
function makeWriting(random: Random, collection: string): PermissionRow[] {
  if (collection.startsWith('directus_') && collection !== 'directus_users') return [];
  const actions = collection === 'directus_users' ? (['update'] as const) : (['create', 'update', 'delete'] as const);
  return actions.flatMap((action) =>
    random.chance(0.3)
      ? []
      : random.list(random.chance(0.2) ? 2 : 1, () => ({
          ...makePermission(random, collection, action, collection === 'directus_users'),
          ...(action === 'create' && random.chance(0.75) && { rule: null }),
          ...(action !== 'delete' && {
            validation: random.chance(0.4) ? new ValidationMaker(random).make(collection) : null,
            presets: random.chance(0.2) ? makePresets(random, collection) : null,
          }),
        })),
  );
}

function makePermission(random: Random, collection: string, action: Action, system: boolean): PermissionRow {
  const rules = new FilterMaker(random, null, true);
  const rule = random.chance(0.25)
    ? random.pick<Filter | null>([null, {}, { _and: [] }])
    : random.chance(0.3)
      ? rules.equality(collection)
      : rules.make(collection, random.between(0, 3));
  const fields = makeFields(random, collection, system);
  return { collection, action, rule, fields, validation: null, presets: null };
}

function makeFields(random: Random, collection: string, system: boolean): string[] | null {
  const all = Object.keys(MODEL[collection] ?? {});
  if (random.chance(0.04)) return random.pick([null, []]);
  // Everything of a system table is more than the model knows of.
  if (random.chance(0.25)) return system ? all : ['*'];
  const fields = random.sample(all, random.between(1, all.length));
  if (random.chance(0.7) && !fields.includes('id')) fields.push('id');
  if (random.chance(0.05)) fields.push('nope');
  return fields;
}

function attach(random: Random, policy: string): Attachment[] {
  return random.list(random.between(1, 3), () => {
    const kind = random.below(10);
    const role = kind < 5 ? roleKey(random.between(1, SIZES.directus_roles)) : null;
    const user = kind >= 5 && kind < 8 ? userKey(random.between(1, SIZES.directus_users)) : null;
    return { policy, role, user };
  });
}
