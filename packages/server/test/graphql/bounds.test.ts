import { buildClientSchema, buildSchema, getIntrospectionQuery, graphqlSync, printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../resources/project.ts';
import { ADMIN, discard, type StartedServer, startProject } from '../started-server.ts';

/** Distinct keys for something that is asked many times. */
const times = (count: number, text: (key: string) => string): string =>
  Array.from({ length: count }, (_, i) => text(`k${i}`)).join(' ');

describe('GraphQL operations that ask for too much', () => {
  let server: StartedServer;
  const ask = (query: string, token: string | null = ADMIN.token, path = '/graphql/system') =>
    new Client(server, token).post(path, { query });

  beforeAll(async () => {
    server = await startProject('sqlite');
  });
  afterAll(() => discard(server));

  it('are told by each document alone, not by how often it was asked', async () => {
    const documents = [
      `{users_me{${times(900, (key) => `${key}:id`)}}}`,
      '{fields{collection field}}',
      '{users_me{id policies{id}}}',
    ];
    for (const document of documents) {
      for (let round = 0; round < 14; round++) {
        const { body } = await ask(document);
        expect(body.errors, `${document.slice(0, 40)} in round ${round}`).toBeUndefined();
      }
    }
  });

  const OPTIONS = {
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    inputValueDeprecation: true,
  };

  it.each([
    ['everything', ADMIN.token],
    ['what the public may', null],
  ])('are none of those by which clients learn %s', async (_who, token) => {
    for (const path of ['/graphql', '/graphql/system']) {
      const { body } = await ask(getIntrospectionQuery(OPTIONS), token, path);
      expect(body.errors).toBeUndefined();
      const sdl = (await new Client(server, token).get(`/server/specs${path}`)).text;
      const known = buildSchema(sdl);
      expect(printSchema(buildClientSchema(body.data))).toBe(printSchema(known));
      const told = graphqlSync({ schema: known, source: getIntrospectionQuery(OPTIONS) });
      expect(body.data).toEqual(JSON.parse(JSON.stringify(told.data)));
    }
  });

  it('find what they ask of one type, under their own names', async () => {
    const query = `{ a: __type(name: "Query") { kind called: name __typename fields { ...F } }
      b: __type(name: "nothing") { name } __schema { queryType { ... on __Type { name } description @skip(if: true) } } }
      fragment F on __Field { name type { name ofType { name } } }`;
    const { body } = await ask(query, null);
    expect(body.errors).toBeUndefined();
    expect(body.data.a).toMatchObject({ kind: 'OBJECT', called: 'Query', __typename: '__Type' });
    expect(body.data.a.fields).toContainEqual({ name: 'server_ping', type: { name: 'String', ofType: null } });
    expect(body.data.b).toBeNull();
    expect(body.data.__schema).toEqual({ queryType: { name: 'Query' } });
  });

  const ALIASES = times(40, (key) => `${key}:types{...T}`);
  const MULTIPLYING = [
    `{__schema{${ALIASES}}} fragment T on __Type{${times(40, (key) => `${key}:fields{...F}`)}}
     fragment F on __Field{${times(40, (key) => `${key}:args{name}`)}}`,
    `{${times(100, (key) => `${key}:__schema{${times(10, (inner) => `${inner}:types{name fields{name args{name}}}`)}}`)}}`,
  ];

  it.each(MULTIPLYING)('are refused where aliases ask for the schema over and over', async (document) => {
    for (const token of [null, ADMIN.token]) {
      const { body, text } = await ask(document, token);
      const [error] = body.errors;
      expect(error.extensions.code).toBe('GRAPHQL_VALIDATION');
      expect(text.length).toBeLessThan(100_000);
    }
  });

  it('are refused where a name would lead to another address', async () => {
    for (const name of ['', '.', '..']) {
      for (const field of [
        `fields_by_name(collection: "${name}", field: "users")`,
        `collections_by_name(name: "${name}")`,
      ]) {
        const { body } = await ask(`{${field}{__typename}}`);
        expect([field, body.errors?.[0].extensions.code]).toEqual([field, 'FORBIDDEN']);
      }
    }
  });

  it('are refused where they want a description of the server twice', async () => {
    for (const name of ['server_specs_oas', 'server_specs_graphql']) {
      expect((await ask(`{${name}}`)).body.errors).toBeUndefined();
      const { status, body } = await ask(`{a: ${name} b: ${name}}`);
      expect([status, body.errors[0].extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION']);
    }
  });

  it('get no more lists once those they have are long', async () => {
    const folders = Array.from({ length: 9_000 }, (_, i) => ({ name: `folder ${i}` }));
    expect((await new Client(server).post('/folders?fields=id', folders)).status).toBe(200);
    const { body } = await ask(`{${times(30, (key) => `${key}:folders(limit:-1){id}`)}}`);
    expect(body.data).toBeUndefined(); // lists are never null
    expect(body.errors[0].extensions.code).toBe('INVALID_QUERY');
    expect(body.errors.length).toBeGreaterThan(15);
    const { body: single } = await ask('{folders(limit:-1){id}}');
    expect(single.data.folders).toHaveLength(9_000);
    const { body: few } = await ask(`{${times(4, (key) => `${key}:folders(limit:-1){id}`)} users{id}}`);
    expect(few.errors).toBeUndefined();
    expect(Object.keys(few.data)).toEqual(['k0', 'k1', 'k2', 'k3', 'users']);
  });

  it('are not kept: no number of them fills the memory', async () => {
    const nested = (key: string) => `${'{...'.repeat(1200)}{${key}:__typename}${'}'.repeat(1200)}`;
    const multiplied = `query($v: graphql_sdl_scope){server_specs_graphql(scope: $v)
      __schema{types{${times(40, (key) => `${key}:ofType{...T}`)}}}} fragment T on __Type{${times(60, (key) => `${key}:name`)}}`;
    const many = async (count: number) => {
      const client = new Client(server, null);
      for (let i = 0; i < count; i++) {
        expect((await ask(nested(`k${i}`), null)).status).toBe(200);
        const variables = { v: 'items', [`unused${i}`]: i };
        expect((await client.post('/graphql/system', { query: multiplied, variables })).status).toBe(200);
      }
    };
    await many(20);
    const before = server.memory();
    await many(120);
    expect(server.memory() - before).toBeLessThan(150 * 1024 * 1024);
  });
});
