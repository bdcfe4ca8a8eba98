import { randomUUID } from 'node:crypto';
import { type Access, type AccessEngine, SYSTEM } from '../../access/index.ts';
import { ApiError, ApiErrors } from '../../errors/index.ts';
import type { ItemService, Payload } from '../../items/index.ts';
import { EMPTY_QUERY } from '../../query/index.ts';
import type { Collection, Snapshot } from '../../schema/types.ts';
import type { PolicyFixture } from './types.ts';
import { type Fixtures, TestsError } from './types.ts';

export interface FixtureParts {
  readonly engine: AccessEngine;
  readonly items: ItemService;
  readonly snapshot: () => Snapshot;
}

type Make = (collection: string, place: string, payload: Payload) => Promise<void>;

/** Makes the rows of the fixtures in an empty project. Throws TestsError for what the server refuses, naming the place. */
export async function makeFixtures(parts: FixtureParts, fixtures: Fixtures): Promise<void> {
  const system = await parts.engine.access(SYSTEM);
  const make = making(parts.items, system);
  const roles = new Map(fixtures.roles.map(({ name }) => [name, randomUUID() as string]));
  const policies = new Map(fixtures.policies.map(({ name }) => [name, randomUUID() as string]));
  const users = new Map(fixtures.users.map(({ email, more }) => [email, String(more.id ?? randomUUID())]));
  await makeRoles(make, fixtures, roles);
  for (const policy of fixtures.policies) await makePolicy(make, policy, policies.get(policy.name) ?? '');
  for (const [i, { email, role, more }] of fixtures.users.entries()) {
    await make('directus_users', `fixtures.users[${i + 1}]`, {
      status: 'active',
      ...more,
      id: users.get(email),
      email,
      role: role === null ? null : roles.get(role),
    });
  }
  await attach(make, fixtures, { roles, policies, users });
  await makeItems(make, parts.snapshot(), fixtures, users);
}

function making(items: ItemService, system: Access): Make {
  return async (collection, place, payload) => {
    try {
      await items.create(system, collection, payload, { ...EMPTY_QUERY, kept: null });
    } catch (error) {
      const [first] = error instanceof ApiErrors ? error.errors : error instanceof ApiError ? [error] : [];
      if (!first) throw error;
      throw new TestsError(`${place}: ${first.message} (${first.code})`);
    }
  };
}

/** Parents first: a role can't be under one that is not there. */
async function makeRoles(make: Make, { roles }: Fixtures, ids: ReadonlyMap<string, string>): Promise<void> {
  const made = new Set<string>();
  while (made.size < roles.length) {
    const ready = roles.filter(({ name, parent }) => !made.has(name) && (parent === null || made.has(parent)));
    if (ready.length === 0)
      throw new TestsError('fixtures.roles: each role is above itself, or a name is there twice.');
    for (const { name, parent, more } of ready) {
      const role = { ...more, id: ids.get(name), name, parent: parent === null ? null : ids.get(parent) };
      await make('directus_roles', `The role ${name}`, role);
      made.add(name);
    }
  }
}

async function makePolicy(make: Make, { name, permissions, more }: PolicyFixture, id: string): Promise<void> {
  await make('directus_policies', `The policy ${name}`, { ...more, id, name });
  for (const [i, permission] of permissions.entries()) {
    const place = `The policy ${name}: permissions[${i + 1}]`;
    await make('directus_permissions', place, { fields: ['*'], permissions: {}, ...permission, policy: id });
  }
}

type Ids = Readonly<Record<'roles' | 'policies' | 'users', ReadonlyMap<string, string>>>;

async function attach(make: Make, fixtures: Fixtures, { roles, policies, users }: Ids): Promise<void> {
  let sort = 0;
  const one = async (policy: string, role: string | null, user: string | null): Promise<void> => {
    sort += 1;
    await make('directus_access', `The policy ${policy}`, { policy: policies.get(policy), role, user, sort });
  };
  for (const { name, policies: names } of fixtures.roles) {
    for (const policy of names) await one(policy, roles.get(name) ?? null, null);
  }
  for (const { email, policies: names } of fixtures.users) {
    for (const policy of names) await one(policy, null, users.get(email) ?? null);
  }
  for (const policy of fixtures.policies) if (policy.public) await one(policy.name, null, null);
}

async function makeItems(
  make: Make,
  snapshot: Snapshot,
  { items }: Fixtures,
  users: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [name, rows] of Object.entries(items)) {
    const collection = snapshot.collections.get(name);
    if (!collection || collection.folder) throw new TestsError(`fixtures.items: there is no collection ${name}.`);
    for (const [i, row] of rows.entries()) {
      await make(name, `fixtures.items.${name}[${i + 1}]`, withUsers(collection, row, users));
    }
  }
}

/** Where a field leads to users, the address of one stands for its id. */
function withUsers(collection: Collection, row: Payload, users: ReadonlyMap<string, string>): Payload {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const relation = collection.fields.get(name)?.relation;
      const leadsToUser = relation?.kind === 'm2o' && relation.collection === 'directus_users';
      return [name, leadsToUser && typeof value === 'string' ? (users.get(value) ?? value) : value];
    }),
  );
}
