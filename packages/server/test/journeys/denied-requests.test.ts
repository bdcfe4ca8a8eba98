import { createItems, updateUser } from '@directus/sdk';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, PlainClient } from '../plain-request.ts';
import { ADMIN, DATABASES, discard, SECRET, type StartedServer, startProject } from '../started-server.ts';
import { type Contents, type ContentsReader, differences, hashOf, openContents } from '../stored-contents.ts';
import { asAdmin, type Blog, makeBlog, makeMember, makeMemberRole } from './blog.ts';

type Who = 'public' | 'member' | 'outsider' | 'admin' | 'suspended' | 'wrong' | 'expired' | 'forged';
type Denied = readonly [who: Who, method: string, path: string, body: unknown, status: number, code: string];

const MEMBER_TOKEN = 'beth-static-token-0123456789';
const OUTSIDER_TOKEN = 'oscar-static-token-0123456789';
const SUSPENDED_TOKEN = 'sam-static-token-0123456789';

/** What nobody of these may do. `{beth}`, `{carmen}`, `{role}`, `{policy}`, `{post}` (Beth's) and `{other}` (Carmen's) are filled in. */
const DENIED: readonly Denied[] = [
  ['public', 'GET', '/items/posts', null, 403, 'FORBIDDEN'],
  ['public', 'POST', '/items/posts', { title: 'x' }, 403, 'FORBIDDEN'],
  ['public', 'PATCH', '/items/posts/{post}', { title: 'x' }, 403, 'FORBIDDEN'],
  ['public', 'PATCH', '/items/posts', { query: {}, data: { title: 'x' } }, 403, 'FORBIDDEN'],
  ['public', 'DELETE', '/items/posts/{post}', null, 403, 'FORBIDDEN'],
  ['public', 'DELETE', '/items/posts', { query: {} }, 403, 'FORBIDDEN'],
  ['public', 'POST', '/users', { email: 'x@example.com', password: 'long-enough' }, 403, 'FORBIDDEN'],
  ['public', 'PATCH', '/users/{beth}', { status: 'suspended' }, 403, 'FORBIDDEN'],
  ['public', 'DELETE', '/users/{beth}', null, 403, 'FORBIDDEN'],
  ['public', 'GET', '/users/me', null, 401, 'INVALID_CREDENTIALS'],
  ['public', 'PATCH', '/users/me', { first_name: 'x' }, 401, 'INVALID_CREDENTIALS'],
  ['public', 'PATCH', '/users/me/track/page', { last_page: '/x' }, 401, 'INVALID_CREDENTIALS'],
  ['public', 'POST', '/roles', { name: 'x' }, 403, 'FORBIDDEN'],
  ['public', 'POST', '/policies', { name: 'x', admin_access: true }, 403, 'FORBIDDEN'],
  [
    'public',
    'POST',
    '/permissions',
    { policy: '{policy}', collection: 'posts', action: 'read', fields: ['*'] },
    403,
    'FORBIDDEN',
  ],
  ['public', 'POST', '/access', { policy: '{policy}' }, 403, 'FORBIDDEN'],
  ['public', 'PATCH', '/settings', { project_name: 'x' }, 403, 'FORBIDDEN'],
  ['public', 'POST', '/collections', { collection: 'x', schema: {} }, 403, 'FORBIDDEN'],
  ['member', 'GET', '/items/posts/{other}', null, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/items/posts/{other}', { title: 'x' }, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/items/posts/{post}', { views: 1_000 }, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/items/posts/{post}', { title: 'x', author: '{carmen}' }, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/items/posts', { keys: ['{post}', '{other}'], data: { title: 'x' } }, 403, 'FORBIDDEN'],
  [
    'member',
    'PATCH',
    '/items/posts',
    [
      { id: '{post}', title: 'x' },
      { id: '{other}', title: 'y' },
    ],
    403,
    'FORBIDDEN',
  ],
  ['member', 'PATCH', '/items/posts', [{ id: '{post}', title: 'x' }, { title: 'y' }], 400, 'INVALID_PAYLOAD'],
  ['member', 'DELETE', '/items/posts/{other}', null, 403, 'FORBIDDEN'],
  ['member', 'DELETE', '/items/posts', ['{post}', '{other}'], 403, 'FORBIDDEN'],
  ['member', 'DELETE', '/items/posts', {}, 400, 'INVALID_PAYLOAD'],
  ['member', 'POST', '/items/posts', { title: 'x', author: '{carmen}' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/items/posts', [{ title: 'good' }, { title: '' }], 400, 'FAILED_VALIDATION'],
  ['member', 'POST', '/items/posts', [{ title: 'good' }, { title: 'y', views: 3 }], 403, 'FORBIDDEN'],
  ['member', 'POST', '/items/posts', { title: 'x', category: 987_654 }, 400, 'INVALID_FOREIGN_KEY'],
  ['member', 'POST', '/items/posts', { title: 'x', category: { name: 'made on the way' } }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/items/categories', { name: 'x' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/items/no_such', { name: 'x' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/items/directus_users', { email: 'x@example.com' }, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/users/me', { role: null }, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/users/me', { first_name: 'x', status: 'active' }, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/users/me', { token: 'mine' }, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/users/me', { email: 'no address' }, 400, 'FAILED_VALIDATION'],
  ['member', 'PATCH', '/users/me', { email: 'carmen@example.com' }, 400, 'RECORD_NOT_UNIQUE'],
  ['member', 'PATCH', '/users/{carmen}', { first_name: 'x' }, 403, 'FORBIDDEN'],
  ['member', 'DELETE', '/users/{beth}', null, 403, 'FORBIDDEN'],
  ['member', 'DELETE', '/users/{carmen}', null, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/roles/{role}', { name: 'Owners' }, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/policies/{policy}', { admin_access: true }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/access', { policy: '{policy}', user: '{beth}' }, 403, 'FORBIDDEN'],
  [
    'member',
    'POST',
    '/permissions',
    { policy: '{policy}', collection: 'posts', action: 'read', fields: ['*'] },
    403,
    'FORBIDDEN',
  ],
  ['member', 'DELETE', '/collections/posts', null, 403, 'FORBIDDEN'],
  ['member', 'POST', '/fields/posts', { field: 'x', type: 'string' }, 403, 'FORBIDDEN'],
  ['member', 'DELETE', '/fields/posts/title', null, 403, 'FORBIDDEN'],
  ['member', 'DELETE', '/relations/posts/author', null, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/settings', { public_registration: true }, 403, 'FORBIDDEN'],
  ['member', 'GET', '/activity', null, 403, 'FORBIDDEN'],
  ['outsider', 'GET', '/items/posts', null, 403, 'FORBIDDEN'],
  ['outsider', 'POST', '/items/posts', { title: 'x' }, 403, 'FORBIDDEN'],
  ['outsider', 'PATCH', '/users/me', { first_name: 'x' }, 403, 'FORBIDDEN'],
  ['suspended', 'POST', '/items/posts', { title: 'x' }, 401, 'INVALID_CREDENTIALS'],
  ['wrong', 'POST', '/items/posts', { title: 'x' }, 401, 'INVALID_CREDENTIALS'],
  ['expired', 'POST', '/items/posts', { title: 'x' }, 401, 'TOKEN_EXPIRED'],
  ['forged', 'POST', '/items/posts', { title: 'x' }, 403, 'INVALID_TOKEN'],
  ['forged', 'DELETE', '/users/{carmen}', null, 403, 'INVALID_TOKEN'],
  ['public', 'POST', '/shares', { collection: 'posts', item: '{post}' }, 403, 'FORBIDDEN'],
  ['public', 'POST', '/users/invite', { email: 'x@example.com', role: '{role}' }, 403, 'FORBIDDEN'],
  ['public', 'POST', '/files/import', { url: 'http://127.0.0.1:9/x' }, 403, 'FORBIDDEN'],
  ['public', 'POST', '/utils/sort/posts', { item: 1, to: 2 }, 403, 'FORBIDDEN'],
  ['public', 'POST', '/utils/cache/clear', {}, 403, 'FORBIDDEN'],
  ['public', 'POST', '/schema/apply', { hash: 'x', diff: {} }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/shares', { collection: 'posts', item: '{post}' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/users/invite', { email: 'x@example.com', role: '{role}' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/files/import', { url: 'http://127.0.0.1:9/x' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/utils/export/posts', { format: 'csv', query: {}, file: {} }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/utils/sort/posts', { item: 1, to: 2 }, 400, 'INVALID_PAYLOAD'],
  ['member', 'POST', '/utils/revert/1', {}, 403, 'FORBIDDEN'],
  ['member', 'POST', '/utils/cache/clear', {}, 403, 'FORBIDDEN'],
  ['member', 'POST', '/versions', { collection: 'posts', item: '{post}', key: 'k', name: 'x' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/comments', { collection: 'posts', item: '{post}', comment: 'x' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/notifications', { recipient: '{carmen}', subject: 'x' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/presets', { user: '{carmen}', collection: 'posts' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/folders', { name: 'x' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/flows', { name: 'x' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/translations', { language: 'en-US', key: 'k', value: 'x' }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/relations', { collection: 'posts', field: 'x' }, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/fields/posts/title', { meta: { note: 'x' } }, 403, 'FORBIDDEN'],
  ['member', 'PATCH', '/collections/posts', { meta: { note: 'x' } }, 403, 'FORBIDDEN'],
  ['member', 'POST', '/schema/apply', { hash: 'x', diff: {} }, 403, 'FORBIDDEN'],
  ['admin', 'POST', '/schema/apply', { hash: 'x', diff: {} }, 400, 'INVALID_PAYLOAD'],
  ['admin', 'POST', '/utils/revert/987654', {}, 403, 'FORBIDDEN'],
  ['admin', 'POST', '/files/import', { url: 'no address' }, 400, 'INVALID_PAYLOAD'],
  ['admin', 'DELETE', '/collections/directus_users', null, 403, 'FORBIDDEN'],
  ['admin', 'POST', '/collections', { collection: 'posts', schema: {} }, 400, 'INVALID_PAYLOAD'],
  ['admin', 'POST', '/collections', { collection: 'directus_mine', schema: {} }, 400, 'INVALID_PAYLOAD'],
  [
    'admin',
    'POST',
    '/collections',
    { collection: 'half', schema: {}, fields: [{ field: 'a', type: 'no such type' }] },
    400,
    'INVALID_PAYLOAD',
  ],
  ['admin', 'POST', '/fields/posts', { field: 'title', type: 'string' }, 400, 'INVALID_PAYLOAD'],
  ['admin', 'POST', '/users', { email: 'admin@example.com' }, 400, 'RECORD_NOT_UNIQUE'],
  ['admin', 'POST', '/users', [{ email: 'new@example.com' }, { email: 'beth@example.com' }], 400, 'RECORD_NOT_UNIQUE'],
  ['admin', 'PATCH', '/users/me', { status: 'suspended' }, 422, 'UNPROCESSABLE_CONTENT'],
  ['admin', 'PATCH', '/users/me', { role: null }, 422, 'UNPROCESSABLE_CONTENT'],
  ['admin', 'DELETE', '/users/me', null, 422, 'UNPROCESSABLE_CONTENT'],
  ['admin', 'PATCH', '/roles/{role}', { parent: '{role}' }, 400, 'INVALID_PAYLOAD'],
  [
    'admin',
    'POST',
    '/policies',
    { name: 'x', permissions: [{ collection: 'posts', action: 'read' }, { action: 'read' }] },
    400,
    'FAILED_VALIDATION',
  ],
  ['public', 'POST', '/auth/login', { email: 'beth@example.com', password: 'wrong' }, 401, 'INVALID_CREDENTIALS'],
  ['public', 'POST', '/auth/login', { email: 'nobody@example.com', password: 'wrong' }, 401, 'INVALID_CREDENTIALS'],
  [
    'public',
    'POST',
    '/auth/login',
    { email: 'sam@example.com', password: 'sam-has-a-password' },
    401,
    'INVALID_CREDENTIALS',
  ],
  ['public', 'POST', '/auth/login', { email: 'beth@example.com' }, 400, 'INVALID_PAYLOAD'],
  ['public', 'POST', '/auth/refresh', { refresh_token: 'x'.repeat(64), mode: 'json' }, 401, 'INVALID_CREDENTIALS'],
  ['public', 'POST', '/auth/refresh', {}, 400, 'INVALID_PAYLOAD'],
  ['public', 'POST', '/auth/logout', {}, 400, 'INVALID_PAYLOAD'],
];

/** A wrong password is counted and told in the log, and that is all that it does. Calls and mails: `denied-witness.ts`. */
const ATTEMPTS = /^[+-]limen_login_attempts |^\+directus_activity \[[^\]]*"login-failed"/;

describe.each(DATABASES)('a denied request did nothing (%s)', (database) => {
  let server: StartedServer;
  let client: PlainClient;
  let reader: ContentsReader;
  let before: Contents;
  let tokens: Record<Who, string>;
  const known: Record<string, string | number> = {};

  beforeAll(async () => {
    server = await startProject(database);
    client = new PlainClient(server.port);
    await makeAccounts();
    reader = await openContents(server.project);
    for (const token of [ADMIN.token, MEMBER_TOKEN, OUTSIDER_TOKEN]) await client.json('GET', '/users/me', token);
    before = await reader.read();
  });
  afterAll(async () => {
    await reader?.close();
    client?.close();
    await discard(server);
  });

  async function makeAccounts(): Promise<void> {
    const admin = asAdmin(server.url);
    await makeBlog(admin);
    const { role, policy } = await makeMemberRole(admin);
    const beth = await makeMember(admin, 'Beth', role);
    const carmen = await makeMember(admin, 'Carmen', role);
    const oscar = await makeMember(admin, 'Oscar', null);
    const sam = await makeMember(admin, 'Sam', role);
    await admin.request(updateUser<Blog, object>(beth.id, { token: MEMBER_TOKEN }));
    await admin.request(updateUser<Blog, object>(oscar.id, { token: OUTSIDER_TOKEN }));
    await admin.request(updateUser<Blog, object>(sam.id, { token: SUSPENDED_TOKEN, status: 'suspended' }));
    const posts = await admin.request(
      createItems('posts', [
        { title: 'Hers', author: beth.id },
        { title: 'Not hers', author: carmen.id },
      ]),
    );
    const [post, other] = posts.map((row) => row.id);
    Object.assign(known, { role, policy, beth: beth.id, carmen: carmen.id, post, other });
    tokens = {
      public: '',
      member: MEMBER_TOKEN,
      outsider: OUTSIDER_TOKEN,
      admin: ADMIN.token,
      suspended: SUSPENDED_TOKEN,
      wrong: 'no-such-token',
      expired: await accessToken(beth.id, SECRET, '-1m'),
      forged: await accessToken(beth.id, 'another-secret-of-somebody-else-entirely', '5m'),
    };
  }

  const title = ([who, method, path, body, status]: Denied) =>
    `${who} ${method} ${path} ${JSON.stringify(body)?.slice(0, 60)} → ${status}`;

  it.each(DENIED.map((denied) => [title(denied), denied] as const))(
    '%s',
    async (_, [who, method, path, body, status, code]) => {
      const answer = await client.json(
        method,
        filled(path),
        tokens[who],
        body === null ? undefined : JSON.parse(filled(JSON.stringify(body))),
      );
      expect({ status: answer.status, code: codeOf(answer) }, answer.text).toEqual({ status, code });
      const [old, now] = [before, await reader.read()];
      before = now;
      const changed = differences(old, now);
      if (path === '/auth/login') expect(changed.filter((row) => !ATTEMPTS.test(row))).toEqual([]);
      else expect({ changed, same: hashOf(now) === hashOf(old) }).toEqual({ changed: [], same: true });
    },
  );

  /** `"{post}"` as a whole becomes a number. */
  function filled(text: string): string {
    return text
      .replaceAll(/"\{(post|other)\}"/g, (_, name: string) => String(known[name]))
      .replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(known[name] ?? whole));
  }
});

function accessToken(user: string, secret: string, expires: string): Promise<string> {
  return new SignJWT({ id: user, role: null, app_access: false, admin_access: true })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('directus')
    .setIssuedAt(new Date(Date.now() - 120_000))
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));
}
