import { createDirectus, graphql, rest, staticToken } from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../resources/project.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';

const BETH = 'beth-static-token-0123456789';

describe.each(DATABASES)('GraphQL on %s', (database) => {
  let server: StartedServer;
  let admin: Client;
  let beth: string;
  const ask = async (query: string, token: string | null = ADMIN.token, variables: object = {}, path = '/graphql') =>
    new Client(server, token).post(path, { query, variables });
  const data = async (query: string, token?: string, variables?: object) => {
    const answer = await ask(query, token, variables);
    expect(answer.body.errors).toBeUndefined();
    return answer.body.data;
  };
  const codes = (answer: { body: { errors: { extensions: { code: string } }[] } }) =>
    answer.body.errors.map(({ extensions }) => extensions.code);

  beforeAll(async () => {
    server = await startProject(database);
    admin = new Client(server);
    const key = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } };
    await admin.post('/collections', {
      collection: 'posts',
      schema: {},
      meta: {},
      fields: [
        key,
        { field: 'title', type: 'string' },
        { field: 'secret', type: 'string' },
        { field: 'price', type: 'decimal' },
        { field: 'views', type: 'bigInteger' },
        { field: 'opened', type: 'timestamp' },
        { field: 'author', type: 'uuid', meta: { special: ['m2o'] } },
      ],
    });
    await admin.post('/collections', {
      collection: 'comments',
      schema: {},
      meta: {},
      fields: [key, { field: 'text', type: 'string' }, { field: 'post', type: 'integer' }],
    });
    await admin.post('/relations', { collection: 'posts', field: 'author', related_collection: 'directus_users' });
    await admin.post('/fields/posts', { field: 'comments', type: 'alias', meta: { special: ['o2m'] } });
    await admin.post('/relations', {
      collection: 'comments',
      field: 'post',
      related_collection: 'posts',
      meta: { one_field: 'comments' },
    });
    const read = (collection: string, permissions: object, fields: string[]) => ({
      ...{ collection, action: 'read', permissions, fields },
    });
    const policy = await admin.post('/policies', {
      name: 'Own posts',
      permissions: [
        read('posts', { author: { _eq: '$CURRENT_USER' } }, ['id', 'title', 'comments', 'author', 'views']),
        read('comments', {}, ['id', 'text', 'post']),
        read('directus_users', { id: { _eq: '$CURRENT_USER' } }, ['id', 'email']),
      ],
    });
    const user = await admin.post('/users', {
      email: 'beth@example.com',
      token: BETH,
      policies: { create: [{ policy: policy.body.data.id }], update: [], delete: [] },
    });
    beth = user.body.data.id;
    await admin.post('/items/posts', [
      {
        ...{ title: 'One', secret: 'canary', price: '12.50', views: '5000000000', author: beth },
        opened: '2024-05-06T07:08:09.000Z',
        comments: [{ text: 'first' }, { text: 'second' }],
      },
      { title: 'Two', secret: 'hidden', author: null },
    ]);
  });
  afterAll(() => discard(server));

  it('gives keys and long numbers as text, decimals as numbers, functions as objects', async () => {
    const answer = await data(
      '{ posts(sort: ["id"], limit: 1) { id price views opened opened_func { year y: month } comments_func { count } } }',
    );
    expect(answer.posts).toEqual([
      {
        ...{ id: '1', price: 12.5, views: '5000000000', opened: '2024-05-06T07:08:09.000Z' },
        ...{ opened_func: { year: 2024, y: 5 }, comments_func: { count: 2 } },
      },
    ]);
  });

  it('knows aliases on every level, one relation several times, fragments and directives', async () => {
    const answer = await data(
      `query ($more: Boolean!) {
        a: posts(sort: ["id"]) { name: title title: id first: comments(limit: 1, sort: ["id"]) { text }
          last: comments(limit: 1, sort: ["-id"]) { ...words __typename } views @include(if: $more) }
      }
      fragment words on comments { t: text }`,
      ADMIN.token,
      { more: false },
    );
    expect(answer.a).toEqual([
      { name: 'One', title: '1', first: [{ text: 'first' }], last: [{ t: 'second', __typename: 'comments' }] },
      { name: 'Two', title: '2', first: [], last: [] },
    ]);
    expect(await data('{ posts { author { __typename } } }', BETH)).toEqual({
      posts: [{ author: { __typename: 'directus_users' } }],
    });
  });

  it('shows and counts what REST shows and counts, and knows nothing else', async () => {
    expect(await data('{ posts { id title author { email } } posts_aggregated { countAll } }', BETH)).toEqual({
      posts: [{ id: '1', title: 'One', author: { email: 'beth@example.com' } }],
      posts_aggregated: [{ countAll: 1 }],
    });
    for (const query of [
      '{ posts { secret } }',
      '{ posts(filter: { secret: { _eq: "x" } }) { id } }',
      '{ posts_aggregated { count { secret } } }',
      'mutation { update_posts_item(id: 1, data: { title: "x" }) { id } }',
      '{ __type(name: "create_posts_input") { name } posts { secret } }',
    ]) {
      const answer = await ask(query, BETH);
      expect({ query, status: answer.status, codes: codes(answer) }).toEqual({
        ...{ query, status: 400, codes: ['GRAPHQL_VALIDATION'] },
      });
      expect(answer.text).not.toContain('canary');
    }
    const hidden = await data('{ __type(name: "posts") { fields { name } } }', BETH);
    expect(hidden.__type.fields.map(({ name }: { name: string }) => name)).not.toContain('secret');
    for (const query of ['{ posts(sort: ["secret"]) { id } }', '{ posts_aggregated(groupBy: ["secret"]) { group } }'])
      expect(codes(await ask(query, BETH))).toEqual(['FORBIDDEN']);
  });

  it('follows a change of rights with the next request', async () => {
    const { body } = await admin.get('/permissions?filter[collection][_eq]=posts');
    const [{ id, fields }] = body.data.filter((one: { id?: number }) => one.id !== undefined);
    await admin.patch(`/permissions/${id}`, { fields: [...fields, 'secret'] });
    expect(await data('{ posts { secret } }', BETH)).toEqual({ posts: [{ secret: 'canary' }] });
    await admin.patch(`/permissions/${id}`, { fields });
    expect(codes(await ask('{ posts { secret } }', BETH))).toEqual(['GRAPHQL_VALIDATION']);
  });

  it('has bounds: tokens, fields, roots, attempts', async () => {
    const logins = Array.from(
      { length: 3 },
      (_, i) => `a${i}: auth_login(email: "a@example.com", password: "x") { expires }`,
    );
    const fields = Array.from({ length: 40 }, (_, i) => `f${i}: title`).join(' ');
    const spread = (n: number, inner: string) => `fragment s${n} on posts { ${inner} }`;
    const bomb = `{ ${Array.from({ length: 100 }, (_, i) => `p${i}: posts { ...s1 }`).join(' ')} } ${spread(1, `author { id } comments { a: post { ...s2 } b: post { ...s2 } }`)} ${spread(2, fields)}`;
    for (const [query, path] of [
      [`mutation { ${logins.join(' ')} }`, '/graphql/system'],
      [`{ ${Array.from({ length: 101 }, (_, i) => `p${i}: posts { id }`).join(' ')} }`, '/graphql'],
      [`{ posts { ${'id '.repeat(6000)} } }`, '/graphql'],
      [bomb, '/graphql'],
    ] as const) {
      const answer = await ask(query, ADMIN.token, {}, path);
      expect({ start: query.slice(0, 40), status: answer.status, codes: codes(answer) }).toEqual({
        ...{ start: query.slice(0, 40), status: 400, codes: ['GRAPHQL_VALIDATION'] },
      });
    }
    const deep = `{ posts { ${'comments { post { '.repeat(8)} id ${'} } '.repeat(8)} } }`;
    expect(codes(await ask(deep))).toEqual(['INVALID_QUERY']);
  });

  it('shows the data model to who may read it', async () => {
    const { body } = await ask(
      '{ collections_by_name(name: "posts") { collection meta { hidden } schema { name } } fields_in_collection(collection: "comments") { field type meta { special } schema { is_primary_key } } relations { collection field meta { one_field } } }',
      ADMIN.token,
      {},
      '/graphql/system',
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.collections_by_name).toEqual({
      collection: 'posts',
      meta: { hidden: false },
      schema: { name: 'posts' },
    });
    expect(body.data.fields_in_collection).toContainEqual({
      ...{ field: 'id', type: 'integer', meta: { special: null }, schema: { is_primary_key: true } },
    });
    expect(body.data.relations).toContainEqual({
      collection: 'comments',
      field: 'post',
      meta: { one_field: 'comments' },
    });
  });

  it('serves the SDK', async () => {
    const client = createDirectus(server.url).with(staticToken(BETH)).with(graphql()).with(rest());
    expect(await client.query('query ($n: Int) { posts(limit: $n) { title } }', { n: 1 })).toEqual({
      posts: [{ title: 'One' }],
    });
    expect(await client.query('{ users_me { email } }', {}, 'system')).toEqual({
      users_me: { email: 'beth@example.com' },
    });
  });
});
