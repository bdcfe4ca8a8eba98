import { createItem, readItem, updateUser } from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  asAdmin,
  asPublic,
  type Blog,
  FORBIDDEN,
  failure,
  makeBlog,
  makeMember,
  makeMemberRole,
} from '../journeys/blog.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { limen } from './command.ts';

describe.each(DATABASES)('limen explain, beside a running server, %s', (database) => {
  let server: StartedServer;
  const ids = { ann: '', bob: '', own: 0, other: 0 };
  beforeAll(async () => {
    server = await startProject(database);
    const admin = asAdmin(server.url);
    await makeBlog(admin);
    const { role } = await makeMemberRole(admin);
    ids.ann = (await makeMember(admin, 'Ann', role)).id;
    ids.bob = (await makeMember(admin, 'Bob', role)).id;
    const post = async (title: string, author: string) =>
      (await admin.request(createItem<Blog, 'posts', object>('posts', { title, author }))).id;
    ids.own = await post('Of Ann', ids.ann);
    ids.other = await post('Of Bob', ids.bob);
  });
  afterAll(() => discard(server));

  const explain = (user: string, action: string, collection: string, ...more: readonly string[]) =>
    limen(server.project, ['explain', '--user', user, '--action', action, '--collection', collection, ...more]);

  it('prints the decision, the policies, and each part of the rule with its values', async () => {
    const { code, stdout, stderr } = await explain('ann@example.com', 'read', 'posts', '--item', String(ids.other));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const permission = /permission (\d+)/.exec(stdout)?.[1];
    expect(stdout).toBe(`DENIED: ann@example.com, read posts ${ids.other}
The rule of no permission admits it.

Caller
  ann@example.com, user ${ids.ann}
  role: Member

Policies
  ✓ Own posts (role Member)

Permissions to read posts
  ✗ permission ${permission} of Own posts
      fields: *
      ✗ author _eq $CURRENT_USER
          which is "${ids.ann}"
          the item has "${ids.bob}"

Fields
  not readable, listed by permission ${permission}:
    id, title, status, body, views, author, category
`);
  });

  it('in JSON', async () => {
    const { stdout } = await explain(
      ids.ann,
      'update',
      'posts',
      '--item',
      String(ids.own),
      '--field',
      'views',
      '--json',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'denied',
      reason: 'field-not-listed',
      action: 'update',
      collection: 'posts',
      item: String(ids.own),
      field: 'views',
      status: 'active',
      caller: { user: ids.ann, roles: [{ name: 'Member' }], ip: null, admin: false },
      permissions: [
        { admits: true, rule: { field: 'author', written: '$CURRENT_USER', value: ids.ann, stored: ids.ann } },
      ],
      fields: [{ name: 'views', allowed: false, listedBy: [] }],
    });
  });

  it('says what the server answers', async () => {
    const headline = async (...words: Parameters<typeof explain>) => (await explain(...words)).stdout.split('\n')[0];
    expect(await headline('ANN@example.com', 'delete', 'posts', '--item', String(ids.own))).toMatch(/^ALLOWED/);
    expect(await headline('public', 'read', 'posts', '--item', '1')).toBe('DENIED: the public, read posts 1');
    expect(await failure(asPublic(server.url).request(readItem('posts', 1)))).toEqual(FORBIDDEN);
    expect(await headline('ann@example.com', 'read', 'posts')).toMatch(/^DEPENDS ON THE ITEM/);
    expect(await headline('admin@example.com', 'read', 'directus_users')).toMatch(/^ALLOWED/);
    await asAdmin(server.url).request(updateUser(ids.bob, { status: 'suspended' }));
    const { stdout } = await explain('bob@example.com', 'read', 'posts', '--item', String(ids.other), '--ip', '::1');
    expect(stdout).toMatch(/^DENIED.*\nThe user is not active/);
    expect(stdout).toContain('status: suspended');
    expect(stdout).toContain('address: ::1');
  });

  it('any member of a role, who is nobody in particular', async () => {
    const words = [
      'explain',
      '--role',
      'Member',
      '--action',
      'read',
      '--collection',
      'posts',
      '--item',
      String(ids.own),
    ];
    const { code, stdout } = await limen(server.project, words);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^DENIED: a member of the role Member, read posts/);
    expect(stdout).toContain('  a member of the role, who is nobody in particular\n  role: Member\n');
    const both = await limen(server.project, [...words, '--user', 'public']);
    expect(both).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Exactly one of --user, --role and --share'),
    });
  });

  it('stays within 80 columns, but for single words that are longer', async () => {
    for (const collection of ['posts', 'directus_users', 'directus_presets']) {
      for (const action of ['create', 'read', 'update']) {
        const { stdout } = await explain('ann@example.com', action, collection);
        for (const line of stdout.split('\n')) expect(line.length <= 80 || !line.trim().includes(' '), line).toBe(true);
      }
    }
  });

  it.each([
    [['nobody@example.com', 'read', 'posts'], 'There is no user with the id or e-mail address "nobody@example.com".'],
    [['public', 'read', 'posts', '--ip', 'here'], '--ip takes an address, and "here" is none.'],
    [['public', 'create', 'posts', '--item', '1'], '--item has no meaning with create'],
    [['public', 'delete', 'posts', '--field', 'title'], '--field has no meaning with delete.'],
  ])(
    '%j: one line on standard error and exit code 1',
    async ([user = '', action = '', collection = '', ...more], text) => {
      const { code, stdout, stderr } = await explain(user, action, collection, ...more);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(text);
      expect(stderr.match(/\n/g)).toHaveLength(1);
    },
  );

  it('an action that is none is a mistake', async () => {
    expect(await explain('public', 'look', 'posts')).toMatchObject({ code: 2, stdout: '' });
  });
});
