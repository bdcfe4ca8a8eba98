import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';

interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, object>>;
  components: Record<string, Record<string, { properties?: Record<string, object> }>>;
}

describe.each(DATABASES)('the description of the API on %s', (database) => {
  let server: StartedServer;
  const tokens = { editor: 'token-of-the-editor-0123456789', nobody: 'token-of-nobody-0123456789' };

  const ask = async (method: string, path: string, body?: unknown, token: string | null = ADMIN.token) => {
    const answer = await fetch(server.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return (await answer.json()) as { data: { id: string } };
  };
  const describeTo = async (token: string | null): Promise<OpenApi> =>
    (await ask('GET', '/server/specs/oas', undefined, token)) as unknown as OpenApi;

  beforeAll(async () => {
    server = await startProject(database);
    const key = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };
    await ask('POST', '/collections', [
      {
        collection: 'blog_posts',
        schema: {},
        meta: { note: 'internal_note' },
        fields: [
          key,
          { field: 'title', type: 'string', schema: { max_length: 80 }, meta: { note: 'internal_note' } },
          { field: 'hidden_field', type: 'text', meta: {} },
          { field: 'written_field', type: 'text', meta: {} },
          { field: 'author', type: 'integer', meta: {} },
          { field: 'price', type: 'decimal', meta: {} },
        ],
      },
      {
        collection: 'people',
        schema: {},
        meta: {},
        fields: [key, { field: 'posts', type: 'alias', meta: { special: ['o2m'] } }],
      },
      { collection: 'Vault', schema: {}, meta: { singleton: true } },
      { collection: 'group', schema: null, meta: {} },
      { collection: 'blog-posts', schema: {}, meta: {} },
    ]);
    await ask('POST', '/relations', {
      collection: 'blog_posts',
      field: 'author',
      related_collection: 'people',
      meta: { one_field: 'posts' },
    });
    const role = (name: string, permissions: unknown[]) =>
      ask('POST', '/roles', { name, policies: [{ policy: { name, permissions } }] });
    const { data: editors } = await role('Editors', [
      { collection: 'blog_posts', action: 'read', permissions: {}, fields: ['id', 'title', 'author'] },
      { collection: 'blog_posts', action: 'update', permissions: {}, fields: ['written_field'] },
      { collection: 'Vault', action: 'create', permissions: {}, fields: [] },
    ]);
    const { data: nobody } = await role('Nobody', []);
    await ask('POST', '/users', { email: 'e@example.com', role: editors.id, token: tokens.editor });
    await ask('POST', '/users', { email: 'n@example.com', role: nobody.id, token: tokens.nobody });
  });
  afterAll(() => discard(server));

  it('is everything to an administrator', async () => {
    const { openapi, paths, components } = await describeTo(ADMIN.token);
    expect(openapi).toMatch(/^3\./);
    expect(Object.keys(paths['/items/blog_posts'] ?? {})).toEqual(['get', 'post', 'patch', 'delete']);
    expect(Object.keys(paths['/items/blog_posts/{id}'] ?? {})).toEqual(['get', 'patch', 'delete']);
    expect(Object.keys(paths['/items/Vault'] ?? {})).toEqual(['get', 'patch']);
    for (const gone of ['/items/Vault/{id}', '/items/group', '/items/directus_users'])
      expect(paths[gone]).toBeUndefined();
    for (const path of ['/users', '/users/{id}', '/settings', '/schema/apply', '/server/ping']) {
      expect(paths[path]).toBeDefined();
    }
    const posts = components.schemas?.ItemsBlogPosts2 ?? {};
    expect(posts).toMatchObject({
      'x-collection': 'blog_posts',
      properties: {
        id: { type: 'integer', readOnly: true },
        title: { type: 'string', maxLength: 80, nullable: true },
        author: { oneOf: [{ type: 'integer' }, { $ref: '#/components/schemas/ItemsPeople' }] },
      },
    });
    expect(components.schemas?.ItemsPeople?.properties?.posts).toMatchObject({ type: 'array' });
  });

  it('has what single sign-on is made of, and providers for administrators only', async () => {
    const [all, open] = [await describeTo(ADMIN.token), await describeTo(null)];
    for (const way of ['callback', 'metadata', 'acs', 'logout', 'backchannel-logout']) {
      expect(Object.keys(open.paths)).toContain(`/auth/login/{provider}/${way}`);
    }
    expect(open.paths['/auth/login/{provider}/acs']?.post).toMatchObject({
      requestBody: { content: { 'application/x-www-form-urlencoded': {} } },
    });
    const providers = (document: OpenApi) =>
      Object.keys(document.paths).filter((path) => path.startsWith('/providers'));
    expect(providers(open)).toEqual([]);
    expect(providers(all)).toEqual(['/providers', '/providers/test', '/providers/{name}', '/providers/{name}/test']);
    expect(Object.keys(all.paths['/providers/{name}'] ?? {})).toEqual(['get', 'patch', 'delete']);
  });

  it('has no reference that leads nowhere, and no operation twice', async () => {
    for (const token of [ADMIN.token, tokens.editor, null]) {
      const document = await describeTo(token);
      const ids: string[] = [];
      walk(document, (key, value) => {
        if (key === 'operationId') ids.push(String(value));
        if (key !== '$ref') return;
        const [, , kind = '', name = ''] = String(value).split('/');
        expect([value, document.components[kind]?.[name] !== undefined]).toEqual([value, true]);
      });
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('tells others only of what they may do', async () => {
    const document = await describeTo(tokens.editor);
    expect(Object.keys(document.paths['/items/blog_posts'] ?? {})).toEqual(['get', 'patch']);
    expect(Object.keys(document.paths['/items/blog_posts/{id}'] ?? {})).toEqual(['get', 'patch']);
    expect(Object.keys(document.components.schemas ?? {})).toEqual(['ItemsBlogPosts']);
    expect(Object.keys(document.components.schemas?.ItemsBlogPosts?.properties ?? {})).toEqual([
      'id',
      'title',
      'author',
    ]);
    const text = JSON.stringify(document);
    expect(text).toContain('written_field');
    for (const secret of ['hidden_field', 'price', 'people', 'internal_note', 'Vault', 'blog-posts', '/schema/apply']) {
      expect([secret, text.includes(secret)]).toEqual([secret, false]);
    }
    expect(document.paths['/users']).toBeUndefined();
  });

  it('tells the public and who has no permission of what is open to all', async () => {
    const open = await describeTo(null);
    expect(Object.keys(open.paths).filter((path) => path.startsWith('/items'))).toEqual([]);
    expect(open.paths['/auth/login']).toBeDefined();
    expect(open.components.schemas).toEqual({});
    expect((await describeTo(tokens.nobody)).components.schemas).toEqual({});
  });

  it('follows the model and the permissions', async () => {
    expect((await describeTo(ADMIN.token)).paths['/items/later']).toBeUndefined();
    await ask('POST', '/collections', { collection: 'later', schema: {}, meta: {} });
    expect((await describeTo(ADMIN.token)).paths['/items/later']).toBeDefined();
    const { data } = (await ask('GET', '/policies?filter[name]=Nobody')) as unknown as { data: [{ id: string }] };
    await ask('POST', '/permissions', {
      policy: data[0].id,
      collection: 'later',
      action: 'read',
      permissions: {},
      fields: ['*'],
    });
    expect(Object.keys((await describeTo(tokens.nobody)).paths['/items/later'] ?? {})).toEqual(['get']);
  });
});

describe('without OPENAPI_ENABLED', () => {
  it('there is none', async () => {
    const server = await startProject('sqlite', { OPENAPI_ENABLED: 'false' });
    expect((await fetch(`${server.url}/server/specs/oas`)).status).toBe(404);
    await discard(server);
  });
});

function walk(value: unknown, visit: (key: string, value: unknown) => void): void {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    visit(key, inner);
    walk(inner, visit);
  }
}
