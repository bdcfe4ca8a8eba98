import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { DATABASES, makeProject } from '../started-server.ts';
import { field, KEY } from './people.ts';

const TOKEN = 'nobody-static-token-0123456789';

/** Of somebody without a role, a policy of a role, a name, a place or anything written: null, empty, or not there at all. */
const NULLS = [
  '$CURRENT_USER.first_name',
  '$CURRENT_USER.location',
  '$CURRENT_ROLE',
  '$CURRENT_USER.role',
  '$CURRENT_USER.avatar',
];
const MISSING = [
  '$CURRENT_ROLE.name',
  '$CURRENT_USER.role.name',
  '$CURRENT_USER.nothing',
  '$CURRENT_USER.role.nothing.more',
];
const EMPTY = ['$CURRENT_ROLES', '$CURRENT_USER.written', '$CURRENT_USER.written.name'];
const SECRETS = ['$CURRENT_USER.password', '$CURRENT_USER.token', '$CURRENT_USER.tfa_secret'];

const ONE = [
  '_eq',
  '_neq',
  '_lt',
  '_lte',
  '_gt',
  '_gte',
  '_contains',
  '_ncontains',
  '_icontains',
  '_nicontains',
].concat([
  '_starts_with',
  '_nstarts_with',
  '_istarts_with',
  '_nistarts_with',
  '_ends_with',
  '_nends_with',
  '_iends_with',
  '_niends_with',
]);
const LISTS = ['_in', '_nin'];
const PAIRS = ['_between', '_nbetween'];
/** What looks like a variable and is none. */
const UNKNOWN = ['$CURRENT_ROLES.name', '$CURRENT_USERS', '$CURRENT_POLICIES.id', '$NOW(yesterday)'];

/** A rule that asks for something of the caller that the caller has not lets nobody in. */
describe.each(DATABASES)('variables without a value on %s', (database) => {
  let project: Inside;
  let permission: string;

  beforeAll(async () => {
    project = await Inside.open(await makeProject(database));
    const fields = [KEY, field('name'), field('owner', 'uuid', { special: ['m2o'] }), field('number', 'integer')];
    await project.must('POST', '/collections', { collection: 'things', schema: {}, meta: {}, fields });
    await project.must('POST', '/fields/directus_users', {
      field: 'written',
      type: 'alias',
      meta: { special: ['o2m'] },
    });
    const relation = { collection: 'things', field: 'owner', related_collection: 'directus_users', schema: {} };
    await project.must('POST', '/relations', { ...relation, meta: { one_field: 'written' } });
    const rows = [
      { name: 'a', number: 1 },
      { name: '' },
      { name: null },
      { name: '**********' },
      { name: '$CURRENT_USER' },
    ];
    await project.must('POST', '/items/things', rows);
    const policy = await project.must('POST', '/policies', { name: 'nobody' });
    const made = { policy: policy.id, collection: 'things', action: 'read', fields: ['id'] };
    permission = String((await project.must('POST', '/permissions', made)).id);
    await project.must('POST', '/users', { email: 'n@example.com', token: TOKEN, policies: [{ policy: policy.id }] });
  });
  afterAll(async () => {
    await project?.close();
    await project?.place.remove();
  });

  /** How many items a rule lets through; refused rules let none. */
  async function reached(rule: object): Promise<number> {
    const patch = { method: 'PATCH', url: `/permissions/${permission}`, token: 'admin-static-token-0123456789' };
    const { status } = await project.json({ ...patch, body: { permissions: rule } });
    if (status !== 200) return 0;
    const answer = await project.json({ method: 'GET', url: '/items/things', token: TOKEN });
    return answer.status === 200 ? answer.body.data.length : 0;
  }

  it('are none, so that the others prove something', async () => {
    expect(await reached({})).toBe(5);
    expect(await reached({ name: { _neq: 'x' } })).toBe(4);
    expect(await reached({ owner: { _null: true } })).toBe(5);
  });

  it.each([...ONE, ...LISTS, ...PAIRS])('%s lets nobody in', async (operator) => {
    for (const variable of [...NULLS, ...MISSING, ...EMPTY, ...SECRETS, ...UNKNOWN]) {
      const operands: unknown[] = PAIRS.includes(operator)
        ? [
            [variable, variable],
            ['', variable],
          ]
        : [variable];
      if (LISTS.includes(operator)) operands.push([variable]);
      for (const operand of operands) {
        for (const name of ['name', 'owner']) {
          expect([name, operand, await reached({ [name]: { [operator]: operand } })]).toEqual([name, operand, 0]);
        }
      }
    }
  });

  it('let nobody in on the way either', async () => {
    for (const variable of [...NULLS, ...MISSING, ...SECRETS, ...UNKNOWN]) {
      for (const rule of [
        { _and: [{ name: { _eq: variable } }] },
        { _or: [{ name: { _eq: variable } }, { number: { _gt: variable } }] },
        { owner: { first_name: { _eq: variable } } },
        { owner: { _some: { id: { _eq: variable } } } },
      ]) {
        expect([rule, await reached(rule)]).toEqual([rule, 0]);
      }
    }
  });
});
