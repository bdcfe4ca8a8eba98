import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Explanation, RuleNode } from '../../src/access/explain-types.ts';
import { DATABASES } from '../started-server.ts';
import { ANN, type Blog, BOB, openBlog, PUBLIC } from './blog.ts';

describe.each(DATABASES)('explaining, %s', (database) => {
  const yes = database === 'sqlite' ? 1 : 'true';
  let blog: Blog;
  beforeAll(async () => {
    blog = await openBlog(database);
  });
  afterAll(() => blog?.remove());
  beforeEach(() => blog.revokeAll());

  const ruleOf = (explanation: Explanation): RuleNode => explanation.permissions[0]?.rule as RuleNode;
  const verdict = ({ verdict: is, reason }: Explanation) => `${is}: ${reason}`;

  it('each part of a rule, with the value of the variable and what the item has', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', {
      _or: [
        { author: { _eq: '$CURRENT_USER' } },
        { _and: [{ status: { _eq: 'published' } }, { views: { _lt: 100 } }] },
      ],
    });
    const explanation = await blog.explain(blog.as(ANN), { item: '3' });
    expect(verdict(explanation)).toBe('denied: no-rule-admits');
    expect(explanation.permissions[0]).toMatchObject({ admits: false, policy: { id: policy, name: 'Members' } });
    const comparison = (facts: object) => ({ kind: 'comparison', operator: '_eq', ...facts });
    expect(ruleOf(explanation)).toEqual({
      kind: 'any',
      holds: false,
      parts: [
        comparison({ field: 'author', written: '$CURRENT_USER', value: ANN, stored: BOB, holds: false }),
        {
          kind: 'all',
          holds: false,
          parts: [
            comparison({ field: 'status', written: 'published', value: 'published', stored: 'published', holds: true }),
            comparison({ field: 'views', operator: '_lt', written: 100, value: 100, stored: 300, holds: false }),
          ],
        },
      ],
    });
    expect(verdict(await blog.explain(blog.as(ANN), { item: '2' }))).toBe('allowed: permission');
    expect(verdict(await blog.explain(blog.as(ANN), {}))).toBe('depends: rule');
    expect(ruleOf(await blog.explain(blog.as(ANN), {}))).toMatchObject({ holds: null, parts: [{ holds: null }, {}] });
  });

  it('relations: what is related, what of it meets the condition, and where nothing is', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', {
      _and: [
        { category: { name: { _eq: 'News' } } },
        { comments: { _some: { _and: [{ body: { _eq: 'good' } }, { stars: { _gt: 4 } }] } } },
        { author: { role: { name: { _null: true } } } },
      ],
    });
    const parts = (rule: RuleNode) => (rule.kind === 'all' ? rule.parts : []);
    const [category, comments, author] = parts(ruleOf(await blog.explain(blog.as(ANN), { item: '1' })));
    expect(category).toEqual({
      kind: 'relation',
      field: 'category',
      collection: 'categories',
      quantifier: 'some',
      holds: true,
      related: 1,
      matching: 1,
      where: {
        kind: 'comparison',
        field: 'name',
        operator: '_eq',
        written: 'News',
        value: 'News',
        stored: 'News',
        holds: true,
      },
    });
    expect(comments).toMatchObject({ field: 'comments', holds: true, related: 2, matching: 1 });
    expect(comments?.kind === 'relation' && comments.where).toMatchObject({ kind: 'all', holds: true, rows: 1 });
    expect(author).toMatchObject({ collection: 'directus_users', related: 1, matching: 1 });
    expect(author?.kind === 'relation' && author.where).toMatchObject({
      collection: 'directus_roles',
      holds: true,
      related: 0,
      where: { field: 'name', stored: null, holds: true },
    });
    const [none, few] = parts(ruleOf(await blog.explain(blog.as(ANN), { item: '6' })));
    expect(none).toMatchObject({ holds: false, related: 0, matching: 0, where: { stored: null, holds: false } });
    expect(few).toMatchObject({ holds: false, related: 0, matching: 0 });
  });

  it('secrets are stars, large numbers are exact, functions and $FOLLOW have their names', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', {
      _and: [
        { secret: { _nnull: true } },
        { big: { _gt: 1 } },
        { published: { _null: true } },
        { 'year(published)': { _gt: 2000 } },
        { 'count(comments)': { _gte: 2 } },
        { views: { _in: [1, 2] } },
        { published: { _lt: '$NOW(-1 day)' } },
      ],
    });
    const explanation = await blog.explain(blog.as(ANN), { item: '1' });
    expect(JSON.stringify(explanation)).not.toContain('hush');
    const rule = ruleOf(explanation);
    const facts = rule.kind === 'all' ? rule.parts : [];
    expect(facts).toMatchObject([
      { field: 'secret', operator: '_nnull', written: true, stored: '**********', holds: true },
      { field: 'big', stored: '9007199254740993', holds: true },
      { field: 'published', operator: '_null', stored: null, holds: true },
      { field: 'year(published)', stored: null, holds: false },
      { field: 'count(comments)', stored: 2, holds: true },
      { field: 'views', operator: '_in', written: [1, 2], stored: 1, holds: true },
      { field: 'published', written: '$NOW(-1 days)', value: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), holds: false },
    ]);
    await blog.revokeAll();
    const other = await blog.policy('Categories', { user: ANN });
    const follow = { '$FOLLOW(posts,category)': { status: { _eq: 'draft' } } };
    await blog.permission(other, 'read', follow, '*', { collection: 'categories' });
    const followed = await blog.explain(blog.as(ANN), { collection: 'categories', item: '1' });
    // The alias that the data model has for the same way.
    expect(ruleOf(followed)).toMatchObject({ field: 'posts', related: 2, matching: 1, holds: true });
  });

  it('policies: what they are attached to, and the address that leaves one out', async () => {
    const staff = await blog.role('Staff');
    const editors = await blog.role('Editors', staff);
    const office = await blog.policy('Office', { role: staff }, { ip_access: '10.0.0.0/8' });
    await blog.policy('Editing', { role: editors });
    await blog.policy('Personal', { user: ANN });
    await blog.policy('Everybody', {});
    await blog.permission(office, 'read', {});
    const away = await blog.explain(blog.as(ANN, editors, '192.0.2.7'), { item: '1' });
    expect(away.caller).toMatchObject({ user: ANN, roles: [{ name: 'Editors' }, { name: 'Staff' }], ip: '192.0.2.7' });
    expect(away.policies).toMatchObject([
      { name: 'Personal', through: ['user'], applies: true, onlyFrom: null },
      { name: 'Editing', through: ['role Editors'], applies: true },
      { name: 'Office', through: ['role Staff'], applies: false, onlyFrom: '10.0.0.0/8' },
    ]);
    expect(verdict(away)).toBe('denied: no-permission');
    expect(verdict(await blog.explain(blog.as(ANN, editors, '10.1.2.3'), { item: '1' }))).toBe('allowed: permission');
    const nobody = await blog.explain(PUBLIC, { item: '1' });
    expect(nobody.policies).toMatchObject([{ name: 'Everybody', through: ['public'], applies: true }]);
    expect(nobody.caller).toMatchObject({ user: null, roles: [] });
  });

  it('fields: those of the permissions that admit this item', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', {}, 'id,title');
    await blog.permission(policy, 'read', { author: { _eq: '$CURRENT_USER' } }, 'status');
    const allowed = async (item: string | null) => {
      const { fields } = await blog.explain(blog.as(ANN), { item });
      return Object.fromEntries(fields.map((field) => [field.name, field.allowed]));
    };
    expect(await allowed('1')).toMatchObject({ id: true, title: true, status: true, views: false });
    expect(await allowed('3')).toMatchObject({ id: true, title: true, status: false, views: false });
    expect(await allowed(null)).toMatchObject({ id: true, title: true, status: null, views: false });
    const ask = async (field: string, item: string | null) =>
      verdict(await blog.explain(blog.as(ANN), { field, item }));
    expect(await ask('status', '3')).toBe('denied: field-out-of-reach');
    expect(await ask('status', '1')).toBe('allowed: permission');
    expect(await ask('status', null)).toBe('depends: rule');
    expect(await ask('views', '1')).toBe('denied: field-not-listed');
    expect(await ask('nothing', '1')).toBe('denied: no-such-field');
    expect(await ask('divider', '1')).toBe('denied: no-such-field');
    const one = await blog.explain(blog.as(ANN), { field: 'status', item: '1' });
    expect(one.fields).toEqual([{ name: 'status', allowed: true, listedBy: [one.permissions[1]?.id] }]);
  });

  it('keys: an item whose key is not listed is not found by it, and no key ever changes', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', {}, 'title');
    expect(verdict(await blog.explain(blog.as(ANN), { item: '1' }))).toBe('denied: key-not-listed');
    expect(verdict(await blog.explain(blog.as(ANN), {}))).toBe('allowed: permission');
    await blog.permission(policy, 'read', { author: { _eq: '$CURRENT_USER' } }, 'id');
    expect(verdict(await blog.explain(blog.as(ANN), { item: '3' }))).toBe('denied: key-out-of-reach');
    await blog.permission(policy, 'update', {}, 'id');
    expect(verdict(await blog.explain(blog.as(ANN), { action: 'update', item: '1' }))).toBe('denied: no-field');
    const key = { action: 'update', item: '1', field: 'id' } as const;
    expect(verdict(await blog.explain(blog.as(ANN), key))).toBe('denied: key-never-changes');
  });

  it('creating: fields, presets with their values, validations, and rules for the item as it will be', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'create', { status: { _eq: 'draft' } }, 'title', {
      presets: { author: '$CURRENT_USER', status: 'draft' },
      validation: { title: { _nempty: true } },
    });
    const explanation = await blog.explain(blog.as(ANN), { action: 'create' });
    expect(verdict(explanation)).toBe('depends: rule');
    expect(explanation.permissions[0]).toMatchObject({
      admits: null,
      rule: { kind: 'comparison', field: 'status', value: 'draft', holds: null },
      presets: { author: ANN, status: 'draft' },
      validation: { title: { _nempty: true } },
    });
    const listed = explanation.fields.filter((field) => field.allowed !== false).map(({ name }) => name);
    expect(listed).toEqual(['title']);
    expect(explanation.notes[0]).toMatch(/as it will be/);
    await blog.revokeAll();
    await blog.permission(await blog.policy('Members', { user: ANN }), 'create', {}, 'title');
    expect(verdict(await blog.explain(blog.as(ANN), { action: 'create' }))).toBe('allowed: permission');
  });

  it('a rule that is not understood any more admits nothing, and says why', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', { gone: { _eq: 1 } });
    await blog.permission(policy, 'read', { status: { _like: 'x' } });
    const explanation = await blog.explain(blog.as(ANN), { item: '1' });
    expect(verdict(explanation)).toBe('denied: no-rule-admits');
    expect(explanation.permissions.map(({ rule }) => rule)).toMatchObject([
      { kind: 'nothing', holds: false, why: 'the rule names a field or a collection that does not exist.' },
      { kind: 'nothing', holds: false, why: expect.stringContaining('"_like" is not an operator') },
    ]);
    await blog.permission(policy, 'read', {});
    const open = await blog.explain(blog.as(ANN), { item: '1' });
    expect(verdict(open)).toBe('allowed: permission');
    expect(open.permissions.map(({ admits }) => admits)).toEqual([false, false, true]);
    expect(open.permissions[2]?.rule).toEqual({ kind: 'everything', holds: true });
  });

  it('admin access asks no rule; app access brings permissions of its own', async () => {
    await blog.policy('Root', { user: ANN }, { admin_access: yes });
    const admin = await blog.explain(blog.as(ANN), { action: 'delete', item: '1' });
    expect(admin).toMatchObject({
      verdict: 'allowed',
      reason: 'admin-access',
      caller: { admin: true },
      permissions: [],
    });
    expect(verdict(await blog.explain(blog.as(ANN), { item: '77' }))).toBe('denied: no-such-item');
    await blog.policy('Studio', { user: BOB }, { app_access: yes });
    const own = await blog.explain(blog.as(BOB), { collection: 'directus_users', item: BOB });
    expect(own).toMatchObject({ verdict: 'allowed', caller: { app: true } });
    expect(own.permissions).toMatchObject([{ id: null, policy: null, admits: true }]);
    const email = await blog.explain(blog.as(BOB), { collection: 'directus_users', item: ANN, field: 'email' });
    expect(verdict(email)).toBe('denied: no-rule-admits');
  });

  it('what does not exist, what is no table, and who is not active', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', {});
    expect(verdict(await blog.explain(blog.as(ANN), { item: '77' }))).toBe('denied: no-such-item');
    expect(verdict(await blog.explain(blog.as(ANN), { item: 'no number' }))).toBe('denied: no-such-item');
    expect(verdict(await blog.explain(blog.as(ANN), { collection: 'folder' }))).toBe('denied: folder');
    const unknown = await blog.explain(blog.as(ANN), { collection: 'users' });
    expect(verdict(unknown)).toBe('denied: no-such-collection');
    expect(unknown.notes).toEqual(['The system collection is called directus_users.']);
    const deleting = await blog.explain(blog.as(ANN), { action: 'delete', item: '1' });
    expect(verdict(deleting)).toBe('denied: no-permission');
    expect(deleting.notes).toEqual(['Other actions are permitted on it: read.']);
    const suspended = await blog.explain(blog.as(ANN), { item: '1' }, false);
    expect(verdict(suspended)).toBe('denied: inactive-user');
    expect(suspended.permissions[0]?.admits).toBe(true);
  });

  it('a singleton is asked for without a key', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    const more = { collection: 'homepage' };
    await blog.permission(policy, 'read', { headline: { _eq: 'Hello' } }, 'headline', more);
    expect(verdict(await blog.explain(blog.as(ANN), more))).toBe('depends: rule');
    await blog.insert('homepage', { headline: 'Hello' });
    const there = await blog.explain(blog.as(ANN), more);
    expect(there).toMatchObject({ verdict: 'allowed', item: '1' });
    await blog.sql(`update homepage set headline = 'Bye'`);
    const hidden = await blog.explain(blog.as(ANN), more);
    expect(verdict(hidden)).toBe('denied: no-rule-admits');
    expect(hidden.notes[0]).toMatch(/defaults/);
    await blog.sql('delete from homepage');
  });

  it('rules with more parts than a statement has columns', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    const parts = Array.from({ length: 700 }, (_, i) => ({ views: { _eq: i } }));
    await blog.permission(policy, 'read', { _or: parts });
    const explanation = await blog.explain(blog.as(ANN), { item: '3' });
    const rule = ruleOf(explanation);
    const holding = rule.kind === 'any' ? rule.parts.filter(({ holds }) => holds) : [];
    expect(holding).toMatchObject([{ field: 'views', value: 300, stored: 300 }]);
    expect(explanation.verdict).toBe('allowed');
  });
});
