import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Permission } from '../../src/access/model.ts';
import { coverage, mutate, readTests, runTests } from '../../src/review/tests/index.ts';
import { type Mutant, mutantsOf } from '../../src/review/tests/mutants.ts';
import type { Json } from '../../src/wire/index.ts';
import { ANN, type Blog, openBlog } from '../explain/blog.ts';
import { DATABASES } from '../started-server.ts';
import { contentsOf, testParts } from './reviewed-blog.ts';

const BY_ANN = { user: 'ann@example.com', collection: 'posts' };
const SHARE = '00000000-0000-4000-8000-00000000005a';
const OWN = { author: { _eq: '$CURRENT_USER' } };

const TESTS = [
  { ...BY_ANN, action: 'read', expect: { items: [1, 2, 3], fields: ['id', 'title', 'status', 'comments', 'views'] } },
  {
    ...BY_ANN,
    action: 'read',
    item: 1,
    fields: ['comments.stars'],
    expect: { values: { comments: [{ stars: 5 }, { stars: 1 }] } },
  },
  { ...BY_ANN, action: 'read', item: 3, expect: { nulls: ['views'] } },
  { ...BY_ANN, action: 'read', item: 1, expect: { values: { views: 1 } } },
  { ...BY_ANN, action: 'update', filter: { id: { _lte: 6 } }, fields: ['title'], expect: { items: [1, 2] } },
  { ...BY_ANN, action: 'update', item: 1, payload: { title: '' }, expect: { invalid: ['title'] } },
  { ...BY_ANN, action: 'create', payload: { title: 'New', status: 'draft' }, expect: { values: { author: ANN } } },
  { ...BY_ANN, collection: 'comments', action: 'read', expect: { items: [1, 2] } },
  { share: SHARE, action: 'read', collection: 'posts', item: 2, expect: { fields: ['id', 'title', 'status'] } },
  { share: SHARE, action: 'read', collection: 'posts', item: 3, expect: 'denied' },
];

describe.each(DATABASES)('changing rules, %s', (database) => {
  let blog: Blog;
  beforeAll(async () => {
    blog = await openBlog(database);
  });
  afterAll(() => blog?.remove());
  beforeEach(async () => {
    await blog.revokeAll();
    await blog.sql('delete from directus_shares');
    const role = await blog.role('Guests');
    await blog.insert('directus_shares', { id: SHARE, collection: 'posts', item: '2', role, user_created: ANN });
    await blog.permission(await blog.policy('Guests', { role }), 'read', {}, 'id,title,status,big');
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', { _or: [OWN, { status: { _eq: 'published' } }] }, 'id,title,status,comments');
    await blog.permission(policy, 'read', OWN, 'views');
    await blog.permission(policy, 'update', OWN, 'title,status', { validation: { title: { _nempty: true } } });
    await blog.permission(policy, 'create', { status: { _in: ['draft', 'published'] } }, 'title,status', {
      presets: { author: '$CURRENT_USER', views: 0 },
    });
    await blog.permission(
      policy,
      'read',
      { _and: [{ stars: { _null: false } }, { post: { status: { _eq: 'draft' } } }] },
      '*',
      {
        collection: 'comments',
      },
    );
  });

  const preparedTests = async () => {
    const ran = await runTests(testParts(blog), readTests({ tests: TESTS }).tests);
    expect(ran.flatMap(({ result }) => result.reasons)).toEqual([]);
    return ran.flatMap(({ prepared }) => prepared ?? []);
  };

  /** The changed permissions, stored as anybody would store them. */
  async function store(policy: string, permissions: readonly Permission[]): Promise<void> {
    await blog.sql('delete from directus_permissions where policy = ?', [policy]);
    for (const { id, collection, action, rule, fields, validation, presets } of permissions) {
      const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
      await blog.insert('directus_permissions', {
        ...(permissions.filter((other) => other.id === id).length > 1 ? {} : { id }),
        policy,
        collection,
        action,
        permissions: json(rule),
        fields: fields.join(','),
        validation: json(validation),
        presets: json(presets),
      });
    }
  }

  const nameOf = ({
    policyName,
    permission,
    collection,
    action,
    part,
    change,
  }: Omit<Mutant, 'policy' | 'permissions'>) => [policyName, permission, collection, action, part, change].join(' | ');

  it('what is said to be noticed is what fails once it is stored, and nothing else', async () => {
    const prepared = await preparedTests();
    const before = await contentsOf(blog);
    const report = await mutate(testParts(blog), prepared, { most: 10_000, onProgress: () => undefined });
    expect(await contentsOf(blog)).toEqual(before);
    const model = await blog.project.engine.model();
    const policies = [...model.policies.values()];
    const survivors = report.survivors.map(nameOf);
    const noticed: string[] = [];
    const unnoticed: string[] = [];
    for (const mutant of mutantsOf(policies, blog.project.schema.snapshot)) {
      await store(mutant.policy, mutant.permissions);
      const ran = await runTests(testParts(blog), readTests({ tests: TESTS }).tests);
      const fails = ran.some(({ result }) => result.status !== 'passed');
      (fails ? noticed : unnoticed).push(nameOf(mutant));
      await store(mutant.policy, model.policies.get(mutant.policy)?.permissions ?? []);
    }
    expect(report.noticed).toBe(noticed.length);
    expect(unnoticed).toEqual(expect.arrayContaining(survivors));
    expect(noticed.length).toBeGreaterThan(30);
    expect(survivors.length).toBeGreaterThan(5);
    expect(report.tried).toBe(report.noticed + survivors.length);
    // Left out of the count: permission 1 lists the title already.
    const madeUpFor = unnoticed.filter((name) => !survivors.includes(name));
    expect(madeUpFor.some((name) => name.includes('fields: title | added'))).toBe(true);
  }, 240_000);

  it('tries each place of a permission, and the actions that there are none for', async () => {
    await blog.revokeAll();
    const policy = await blog.policy('Small', { user: ANN });
    const rule: Json = { _and: [{ name: { _null: true } }, { posts: { _some: { views: { _lt: 3 } } } }] };
    await blog.permission(policy, 'read', rule, 'id', { collection: 'categories' });
    await blog.permission(policy, 'update', {}, 'name', { collection: 'categories', presets: { name: 'x' } });
    await blog.permission(policy, 'delete', {}, '*', { collection: 'categories' });
    const { policies } = await blog.project.engine.model();
    const mutants = [...mutantsOf([...policies.values()], blog.project.schema.snapshot)];
    expect(mutants.map(({ action, part, change }) => `${action}, ${part}: ${change}`)).toEqual([
      'read, permission: removed',
      'read, rule: dropped',
      'read, rule: name _null true: turned round',
      'read, rule: name _null true: removed',
      'read, rule: posts.views _lt 3: turned round',
      'read, rule: posts.views _lt 3: removed',
      'read, rule: posts _some: made _none',
      'read, rule: _and of 2: made _or',
      'read, fields: id: removed',
      'read, fields: name: added',
      'read, fields: posts: added',
      'update, permission: removed',
      'update, presets: name: removed',
      'update, fields: name: removed',
      'update, fields: posts: added',
      'delete, permission: removed',
      'create, permission: added, like the one to read',
    ]);
  });

  it('names what no test decides, until one does', async () => {
    const report = await coverage(testParts(blog), await preparedTests());
    const undecided = report.undecided.map(
      ({ action, collection, part, why }) => `${action} ${collection}, ${part}: ${why}`,
    );
    expect(undecided.sort()).toEqual([
      'create posts, presets: views: no test expects its value',
      'create posts, rule: status _in ["draft","published"]: no test has an item for which it fails',
      'read comments, fields: *: no test names it',
      'read posts, fields: big: no test names it',
      'update posts, fields: status: no test names it',
    ]);
    expect(report.decided).toBe(report.parts - undecided.length);
  });

  it('a policy that nobody asks about is undecided as a whole', async () => {
    const policy = await blog.policy('Others', { role: await blog.role(`Others ${database}`) });
    await blog.permission(policy, 'delete', OWN);
    const { undecided } = await coverage(testParts(blog), await preparedTests());
    expect(undecided).toContainEqual(
      expect.objectContaining({ policyName: 'Others', part: 'permission', why: 'no test asks for it' }),
    );
  });

  it('bounds the changes it tries and says how many it left out', async () => {
    const seen: number[] = [];
    const onProgress = (done: number) => seen.push(done);
    const report = await mutate(testParts(blog), await preparedTests(), { most: 7, onProgress });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(report.tried).toBeLessThanOrEqual(7);
    expect(report.leftOut).toBeGreaterThan(20);
  });
});
