import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ANN, type Blog, openBlog } from '../explain/blog.ts';
import { DATABASES } from '../started-server.ts';
import { contentsOf, runOne } from './reviewed-blog.ts';

describe.each(DATABASES)('tests about access, %s', (database) => {
  let blog: Blog;
  beforeAll(async () => {
    blog = await openBlog(database);
  });
  afterAll(() => blog?.remove());
  beforeEach(async () => {
    await blog.revokeAll();
    const policy = await blog.policy('Members', { user: ANN });
    const own = { author: { _eq: '$CURRENT_USER' } };
    await blog.permission(policy, 'read', { _or: [own, { status: { _eq: 'published' } }] }, 'id,title,status');
    await blog.permission(policy, 'read', own, 'views');
    await blog.permission(policy, 'update', own, 'title,status', { validation: { title: { _nempty: true } } });
    await blog.permission(policy, 'create', { status: { _neq: 'archived' } }, 'title,status', {
      presets: { author: '$CURRENT_USER' },
      validation: { title: { _nempty: true } },
    });
    await blog.permission(policy, 'delete', { status: { _eq: 'draft' } });
  });

  const PASSING: readonly object[] = [
    { action: 'read', expect: 'allowed' },
    { action: 'read', expect: { items: [1, 2, 3], count: 3, fields: ['id', 'title', 'status', 'views'] } },
    { action: 'read', item: 1, expect: { verdict: 'allowed', values: { title: 'One', views: 1 } } },
    { action: 'read', item: 3, expect: { verdict: 'allowed', nulls: ['views'] } },
    { action: 'read', item: 4, expect: 'denied' },
    { action: 'read', item: 1, fields: ['secret'], expect: 'denied' },
    { action: 'read', item: 1, fields: ['title'], expect: { fields: ['title'] } },
    { action: 'read', filter: { id: { _gte: 3 } }, expect: { items: [3] } },
    { action: 'read', filter: { status: { _eq: 'archived' } }, expect: 'denied' },
    { public: true, action: 'read', expect: 'denied' },
    { action: 'update', item: 1, fields: ['title', 'status'], expect: 'allowed' },
    { action: 'update', item: 1, fields: ['views'], expect: 'denied' },
    { action: 'update', item: 3, payload: { title: 'Mine' }, expect: 'denied' },
    { action: 'update', item: 1, payload: { title: '' }, expect: { verdict: 'denied', invalid: ['title'] } },
    {
      action: 'update',
      item: 1,
      payload: { title: 'New' },
      expect: { values: { title: 'New', author: '$CURRENT_USER' } },
    },
    { action: 'update', filter: { id: { _lte: 6 } }, payload: { title: 'New' }, expect: { items: [1, 2] } },
    {
      action: 'create',
      payload: { title: 'New', status: 'draft' },
      expect: { values: { author: ANN, status: 'draft' } },
    },
    { action: 'create', payload: { title: 'New', status: 'archived' }, expect: 'denied' },
    { action: 'create', payload: { title: 'New', views: 1 }, expect: 'denied' },
    { action: 'create', payload: { title: '', status: 'draft' }, expect: { invalid: ['title'] } },
    { action: 'delete', filter: { id: { _lte: 4 } }, expect: { items: [1, 4] } },
    { action: 'share', item: 1, expect: 'denied' },
    { collection: 'comments', action: 'read', expect: 'denied' },
  ];

  it.each(PASSING)('passes: %j', async (test) => {
    const before = await contentsOf(blog);
    expect(await runOne(blog, test)).toBe('passed');
    expect(await contentsOf(blog)).toEqual(before);
  });

  it.each<[object, string]>([
    [{ action: 'read', item: 4, expect: 'allowed' }, 'failed: expected allowed, got denied'],
    [{ action: 'read', item: 1, expect: 'denied' }, 'failed: expected denied, got allowed'],
    [
      { action: 'read', filter: { id: { _lte: 4 } }, expect: 'denied' },
      'failed: expected denied, got allowed for 3 of 4: 1, 2, 3',
    ],
    [{ action: 'read', expect: { items: [1, 2, 4] } }, 'failed: items: 4 missing, 3 not expected'],
    [{ action: 'read', expect: { count: 4 } }, 'failed: expected 4 items, got 3'],
    [{ action: 'read', expect: { fields: ['id', 'title'] } }, 'failed: fields: status, views not expected'],
    [{ action: 'read', item: 1, expect: { nulls: ['views'] } }, 'failed: expected views to be null'],
    [{ action: 'read', item: 4, expect: { nulls: ['views'] } }, 'failed: expected views to be null, got no item'],
    [{ action: 'read', item: 4, expect: { values: { title: 'Four' } } }, 'failed: expected values, got no item'],
    [
      { action: 'read', item: 1, expect: { values: { title: 'Two' } } },
      'failed: expected title to be "Two", got "One"',
    ],
    [
      { action: 'create', payload: { title: '' }, expect: 'allowed' },
      'failed: expected allowed, got denied: title fails nempty',
    ],
    [
      { action: 'update', item: 1, payload: { title: 'x' }, expect: { invalid: ['title'] } },
      'failed: invalid fields: title missing',
    ],
  ])('fails: %j', async (test, text) => {
    expect(await runOne(blog, test)).toBe(text);
  });

  it.each<[object, string]>([
    [{ action: 'read', item: 99, expect: 'denied' }, 'posts has no such item, so nothing is tested.'],
    [
      { action: 'read', filter: { id: { _gt: 99 } }, expect: 'denied' },
      'posts has no such item, so nothing is tested.',
    ],
    [{ action: 'read', item: 1, fields: ['titel'], expect: 'denied' }, 'posts has no field titel.'],
    [{ action: 'update', item: 1, payload: { titel: 1 }, expect: 'denied' }, 'posts has no field titel.'],
    [{ action: 'read', collection: 'post', expect: 'denied' }, 'There is no collection post.'],
    [{ action: 'read', user: 'nobody@example.com', expect: 'denied' }, 'There is no user "nobody@example.com".'],
    [
      { action: 'create', user: 'root@example.com', payload: { id: 1 }, expect: 'denied' },
      'Access is not what stops it: Value for field "id" has to be unique. (RECORD_NOT_UNIQUE)',
    ],
  ])('proves nothing, and says so: %j', async (test, text) => {
    const root = '00000000-0000-4000-8000-0000000000f0';
    if (!(await blog.model.rows(`select 1 from directus_users where id = '${root}'`)).length)
      await blog.insert('directus_users', { id: root, email: 'root@example.com', status: 'active' });
    await blog.policy('Root', { user: root }, { admin_access: database === 'sqlite' ? 1 : 'true' });
    expect(await runOne(blog, test)).toBe(`broken: ${text}`);
  });

  it('whoever is not active is denied everything; a member of a role is nobody in particular', async () => {
    const role = await blog.role(`Writers ${database}`);
    const policy = await blog.policy('Writing', { role });
    await blog.permission(policy, 'create', {}, 'title', { presets: { author: '$CURRENT_USER' } });
    await blog.permission(policy, 'read', { author: { _eq: '$CURRENT_USER' } });
    const asRole = { role: `Writers ${database}` };
    const create = {
      ...asRole,
      action: 'create',
      payload: { title: 'New' },
      expect: { values: { author: '$CURRENT_USER' } },
    };
    expect(await runOne(blog, create)).toBe('passed');
    const read = { ...asRole, action: 'read', expect: { count: 0 } };
    expect(await runOne(blog, read)).toBe('passed');
    await blog.sql(`update directus_users set status = 'suspended' where id = ?`, [ANN]);
    expect(await runOne(blog, { action: 'read', item: 1, expect: 'denied' })).toBe('passed');
    await blog.sql(`update directus_users set status = 'active' where id = ?`, [ANN]);
  });
});
