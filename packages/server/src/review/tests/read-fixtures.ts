import type { Payload } from '../../items/index.ts';
import { asList, asNames, asObject, asText, known, type Raw } from './reading.ts';
import { type Fixtures, type PolicyFixture, type RoleFixture, TestsError, type UserFixture } from './types.ts';

/** What is there when the tests run. Throws TestsError naming the place at fault. */
export function readFixtures(raw: unknown): Fixtures {
  const fixtures = asObject(raw, '"fixtures"');
  known(fixtures, ['roles', 'policies', 'users', 'items'], '"fixtures"');
  const each = <T>(name: string, read: (entry: Raw, place: string) => T): T[] =>
    asList(fixtures[name] ?? [], `fixtures.${name}`).map((entry, i) => {
      const place = `fixtures.${name}[${i + 1}]`;
      return read(asObject(entry, place), place);
    });
  const read = { roles: each('roles', role), policies: each('policies', policy), users: each('users', user) };
  checkNames(read);
  const items = Object.entries(asObject(fixtures.items ?? {}, 'fixtures.items')).map(
    ([collection, rows]) =>
      [
        collection,
        asList(rows, `fixtures.items.${collection}`).map(
          (row, i) => asObject(row, `fixtures.items.${collection}[${i + 1}]`) as Payload,
        ),
      ] as const,
  );
  return { ...read, items: Object.fromEntries(items) };
}

const namesOf = (value: unknown, place: string): readonly string[] =>
  value === undefined ? [] : asNames(value, place);

function role(raw: Raw, place: string): RoleFixture {
  const { name, parent, policies, ...more } = raw;
  return {
    name: asText(name, `${place}: "name"`),
    parent: parent === undefined ? null : asText(parent, `${place}: "parent"`),
    policies: namesOf(policies, `${place}: "policies"`),
    more,
  };
}

function policy(raw: Raw, place: string): PolicyFixture {
  const { name, public: isPublic = false, permissions = [], ...more } = raw;
  if (typeof isPublic !== 'boolean') throw new TestsError(`${place}: "public" has to be true or false.`);
  return {
    name: asText(name, `${place}: "name"`),
    public: isPublic,
    permissions: asList(permissions, `${place}: "permissions"`).map(
      (entry, i) => asObject(entry, `${place}: permissions[${i + 1}]`) as Payload,
    ),
    more,
  };
}

function user(raw: Raw, place: string): UserFixture {
  const { email, role: of, policies, ...more } = raw;
  return {
    email: asText(email, `${place}: "email"`),
    role: of === undefined ? null : asText(of, `${place}: "role"`),
    policies: namesOf(policies, `${place}: "policies"`),
    more,
  };
}

function checkNames({ roles, policies, users }: Pick<Fixtures, 'roles' | 'policies' | 'users'>): void {
  const need = (names: readonly { name: string }[], name: string | null, what: string): void => {
    if (name !== null && !names.some((entry) => entry.name === name)) {
      throw new TestsError(`"fixtures": there is no ${what} called ${JSON.stringify(name)}.`);
    }
  };
  for (const { parent } of roles) need(roles, parent, 'role');
  for (const { role: of } of users) need(roles, of, 'role');
  for (const name of [...roles, ...users].flatMap((entry) => entry.policies)) need(policies, name, 'policy');
}
