import '../queries/zone.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Probes } from '../../src/access/explain-probes.ts';
import { explainRule } from '../../src/access/explain-rule.ts';
import type { Explanation, Question } from '../../src/access/explain-types.ts';
import type { Predicate } from '../../src/sql/index.ts';
import { DATABASES } from '../started-server.ts';
import { ANN, type Blog, BOB, openBlog, PUBLIC } from './blog.ts';

/** Keys that are made anew each time, by the order in which they come. */
function settled(explanation: Explanation): Explanation {
  const ids: string[] = [ANN, BOB];
  const first = explanation.permissions.find(({ id }) => id !== null)?.id ?? 0;
  const text = JSON.stringify(explanation, (key, value) => {
    if (key === 'id' && typeof value === 'number') return value - first;
    if (key === 'listedBy') return (value as number[]).map((id) => (id === null ? null : id - first));
    return value;
  });
  const named = text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => {
    if (!ids.includes(id)) ids.push(id);
    return `id-${ids.indexOf(id)}`;
  });
  const steady = named
    .replace(/permission (\d+) of/g, (_, id) => `permission ${Number(id) - first} of`)
    .replace(/"value":"20\d\d-[^"]*Z"/g, '"value":"now"');
  return JSON.parse(steady) as Explanation;
}

/** A change of what is explained shows in a file. `npx vitest run … --update` writes it anew. */
describe.each(DATABASES)('what is explained, %s', (database) => {
  const yes = database === 'sqlite' ? 1 : 'true';
  let blog: Blog;
  beforeAll(async () => {
    blog = await openBlog(database);
    const published = Date.UTC(2029, 5, 1, 10, 30);
    const stored = database === 'sqlite' ? published : new Date(published).toISOString();
    await blog.sql('update posts set published = ? where id = 1', [stored]);
  });
  afterAll(() => blog?.remove());
  beforeEach(() => blog.revokeAll());

  async function tell(
    name: string,
    questions: readonly Partial<Question>[],
    role: string | null = null,
    active = true,
  ) {
    let told = '';
    let before = '';
    for (const question of questions) {
      const caller = name.startsWith('everybody') ? PUBLIC : blog.as(ANN, role, '192.0.2.7');
      const { caller: who, policies, fields, ...rest } = settled(await blog.explain(caller, question, active));
      const same = JSON.stringify([who, policies]);
      if (same !== before) told += `${JSON.stringify({ who, policies }, null, 1)}\n`;
      before = same;
      const shown = fields.map((field) => `${field.name} ${field.allowed} ${field.listedBy}`);
      told += `\n${JSON.stringify({ asked: question, ...rest, fields: shown }, null, 1)}\n`;
    }
    await expect(told).toMatchFileSnapshot(`expected/${name}.txt`);
  }

  const ON_POSTS: readonly Partial<Question>[] = [
    {},
    { item: '1' },
    { item: '3' },
    { item: '5' },
    { item: '99' },
    { item: 'x' },
    { field: 'title' },
    { field: 'views', item: '2' },
    { field: 'views', item: '3' },
    { field: 'divider' },
    { field: 'nothing' },
    { field: 'author' },
    { field: 'category', item: '1' },
    { action: 'update' },
    { action: 'update', item: '1' },
    { action: 'update', field: 'id', item: '1' },
    { action: 'create' },
    { action: 'create', field: 'title' },
    { action: 'delete', item: '1' },
    { action: 'share' as never, item: '1' },
    { collection: 'comments' },
    { collection: 'nothing' },
    { collection: 'users' },
    { collection: 'folder' },
    { collection: 'homepage' },
    { collection: 'homepage', action: 'update' },
  ];

  it('to nobody in particular', () => tell('nobody', ON_POSTS));

  it('to an administrator', async () => {
    await blog.policy('Administration', { user: ANN }, { admin_access: yes });
    await blog.policy('Members', { user: ANN });
    await blog.policy('Elsewhere', { user: ANN }, { admin_access: yes, ip_access: '10.0.0.0/8' });
    await tell('administrator', ON_POSTS);
    await tell('inactive', [{ item: '1' }], null, false);
  });

  it('to a member with two policies', async () => {
    const staff = await blog.role('Staff');
    const members = await blog.policy('Members', { role: staff });
    const own = await blog.policy('Own', { user: ANN });
    await blog.permission(members, 'read', { status: { _eq: 'published' } }, 'id,title,category');
    await blog.permission(own, 'read', { author: { _eq: '$CURRENT_USER' } }, 'title,views,author');
    await blog.permission(own, 'update', { author: { _eq: '$CURRENT_USER' } }, 'id,title');
    await blog.permission(own, 'delete', { nothing: { _eq: 1 } });
    await blog.permission(members, 'create', null, 'title', {
      presets: { title: 'x', author: '$CURRENT_USER', views: 3 },
      validation: { title: { _nnull: true } },
    });
    await blog.permission(members, 'read', null, '*', { collection: 'homepage' });
    await tell('member', ON_POSTS, staff);
  });

  it('to a member who may name no key, or only the key', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', null, 'title');
    await blog.permission(policy, 'update', null, 'id');
    await blog.permission(policy, 'read', null, '', { collection: 'comments' });
    await blog.permission(policy, 'read', { id: { _eq: 2 } }, 'id');
    await tell('keyless', [
      {},
      { item: '1' },
      { item: '2' },
      { action: 'update', item: '1' },
      { collection: 'comments' },
    ]);
  });

  it('to everybody', async () => {
    const policy = await blog.policy('Public', {});
    await blog.permission(policy, 'read', { status: { _eq: 'published' } });
    await tell('everybody', [{}, { item: '1' }, { item: '2' }, { collection: 'comments' }]);
  });

  it('of app access', async () => {
    await blog.policy('Staff', { user: ANN }, { app_access: yes });
    const about = ['directus_users', 'directus_presets', 'directus_collections'];
    await tell(
      'app',
      about.flatMap((collection) => [{ collection }, { collection, action: 'update' as const }]),
    );
  });

  it.each<[name: string, rule: object]>([
    [
      'values',
      { _and: [{ views: { _in: [1, 20] } }, { title: { _nin: ['a', '$CURRENT_USER'] } }, { status: { _null: true } }] },
    ],
    [
      'alternatives',
      { _or: [{ status: { _empty: true } }, { status: { _nempty: true } }, { views: { _between: [1, 2] } }] },
    ],
    [
      'variables',
      {
        _and: [
          { status: { _in: '$CURRENT_ROLES' } },
          { status: { _in: '$CURRENT_POLICIES' } },
          { title: '$CURRENT_ROLE' },
          { title: '$CURRENT_USER.email' },
        ],
      },
    ],
    [
      'times',
      { _and: [{ published: { _lt: '$NOW' } }, { published: { _lt: '$NOW(+1 day)' } }, { 'year(published)': 2030 }] },
    ],
    ['secrets', { _or: [{ secret: { _null: true } }, { author: { password: { _nnull: true } } }] }],
    ['to-one', { author: { email: { _eq: 'ann@example.com' }, role: { name: { _null: true } } } }],
    ['to-many', { comments: { _some: { stars: { _gt: 4 } }, _none: { body: { _eq: 'bad' } } } }],
    ['far', { category: { posts: { comments: { post: { title: { _eq: 'One' } } } } } }],
    ['followed', { '$FOLLOW(comments,post)': { stars: { _gt: 1 } } }],
    ['counts', { _and: [{ 'count(comments)': { _gt: 1 } }, { author: { 'year(last_access)': { _null: true } } }] }],
    ['numbers', { _and: [{ big: { _gt: '9007199254740992' } }, { views: { _gte: 1 } }] }],
    ['cases', { _or: [1, 2, 3].map((n) => ({ _and: [{ views: n }, { title: { _gt: `T${n}` } }] })) }],
    ['nothing', { status: { _like: 'x' } }],
    ['everything', {}],
  ])('of a rule about %s', async (name, rule) => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', rule as never);
    await tell(`rule-${name}`, [{ item: '1' }, { item: '5' }, {}]);
  });

  it('and long values are shortened', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    const rule = { description: { _nnull: true } };
    await blog.permission(policy, 'read', rule, '*', { collection: 'directus_users' });
    for (const length of [500, 501]) {
      await blog.sql('update directus_users set description = ? where id = ?', ['x'.repeat(length), ANN]);
      const explanation = await blog.explain(blog.as(ANN), { collection: 'directus_users', item: ANN });
      const [permission] = explanation.permissions;
      const stored = permission?.rule.kind === 'comparison' ? String(permission.rule.stored) : '';
      expect([stored.length, stored.endsWith('…')]).toEqual([length === 500 ? 500 : 501, length > 500]);
    }
  });

  it('of a rule in the forms that plans give it', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', { _or: [{ views: { _gt: 1 } }, { title: { _nnull: true } }] });
    const { profile, scope } = await blog.access(blog.as(ANN));
    const { rows, collection } = profile.access('posts', 'read') ?? {};
    if (rows?.kind !== 'or' || !collection) throw new Error('that is no OR');
    const { snapshot } = profile;
    const read = (rule: Predicate) =>
      explainRule({ snapshot, scope, dialect: database, probes: new Probes() }, collection, rule)();
    expect(read(rows)).toMatchObject({ kind: 'any', parts: [{ field: 'views' }, { field: 'title' }] });
    expect(read({ kind: 'found', table: 'posts', key: 'id', parts: rows.parts })).toEqual(read(rows));
    expect(read({ kind: 'unindexed', of: rows })).toEqual(read(rows));
    expect(read({ kind: 'always' })).toEqual({ kind: 'everything', holds: null });
    expect(read({ kind: 'never' })).toEqual({ kind: 'nothing', why: 'it holds for no item.', holds: null });
  });

  it('of a singleton with an item, which is meant by everything but a creation', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    for (const action of ['create', 'read', 'update'])
      await blog.permission(policy, action, null, '*', { collection: 'homepage' });
    await blog.insert('homepage', { headline: 'News' });
    const item = async (action: Question['action']) =>
      (await blog.explain(blog.as(ANN), { collection: 'homepage', action })).item;
    expect([await item('create'), await item('read'), await item('update')]).toEqual([null, '1', '1']);
    await blog.sql('delete from homepage');
  });
});
