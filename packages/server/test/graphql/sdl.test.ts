import {
  buildSchema,
  type GraphQLFieldMap,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
  type GraphQLUnionType,
  getNamedType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { FIELDS_OF_THE_MUSEUM, RELATIONS_OF_THE_MUSEUM } from './museum.ts';

const TOKENS = {
  guide: 'token-of-the-guide-0123456789',
  curator: 'token-of-the-curator-0123456789',
  clerk: 'token-of-the-clerk-0123456789',
  nobody: 'token-of-nobody-0123456789',
};

describe.each(DATABASES)('the GraphQL schema as text on %s', (database) => {
  let server: StartedServer;

  const ask = async (method: string, path: string, body: unknown) => {
    const answer = await fetch(server.url + path, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN.token}` },
      body: JSON.stringify(body),
    });
    expect([path, answer.status]).toEqual([path, 200]);
    return ((await answer.json()) as { data: { id: string; policies: { policy: string }[] } }).data;
  };
  const textFor = async (token: string | null, path = '/server/specs/graphql'): Promise<string> => {
    const answer = await fetch(server.url + path, { headers: token ? { authorization: `Bearer ${token}` } : {} });
    expect(answer.status).toBe(200);
    return answer.text();
  };
  const schemaFor = async (token: string | null, path?: string): Promise<GraphQLSchema> =>
    buildSchema(await textFor(token, path));

  const permit = async (name: keyof typeof TOKENS, permissions: unknown[]): Promise<string> => {
    const role = await ask('POST', '/roles?fields=id,policies.policy', {
      name,
      policies: [{ policy: { name, permissions } }],
    });
    await ask('POST', '/users', { email: `${name}@example.com`, role: role.id, token: TOKENS[name] });
    return role.policies[0]?.policy ?? '';
  };
  let policyOfNobody = '';

  beforeAll(async () => {
    server = await startProject(database);
    await ask('POST', '/collections', FIELDS_OF_THE_MUSEUM);
    for (const relation of RELATIONS_OF_THE_MUSEUM) await ask('POST', '/relations', relation);
    const read = (collection: string, fields: string[], permissions: object = {}) => ({
      collection,
      action: 'read',
      permissions,
      fields,
    });
    await permit('guide', [
      read('halls', ['code', 'name']),
      read('exhibits', ['id', 'title', 'hall', 'acquired', 'tags', 'panels', 'keeper']),
      read('exhibits_tags', ['*']),
      read('tags', ['*']),
      read('exhibits_panels', ['*']),
      read('texts', ['*']),
      { collection: 'tags', action: 'create', permissions: {}, fields: ['label'], presets: {} },
    ]);
    await permit('curator', [
      read('exhibits', ['id', 'price']),
      // A second one, so that the title counts for some rows only.
      read('exhibits', ['id', 'title'], { price: { _gt: 100 } }),
      { collection: 'exhibits', action: 'update', permissions: {}, fields: ['title', 'price', 'hall'] },
      { collection: 'opening_hours', action: 'read', permissions: {}, fields: ['*'] },
      { collection: 'opening_hours', action: 'update', permissions: {}, fields: ['note'] },
    ]);
    await permit('clerk', [
      {
        collection: 'exhibits',
        action: 'create',
        permissions: {},
        fields: ['title', 'price'],
        presets: { title: 'x' },
      },
      { collection: 'exhibits', action: 'delete', permissions: {}, fields: [] },
    ]);
    policyOfNobody = await permit('nobody', []);
  });
  afterAll(() => discard(server));

  it('is a file', async () => {
    const answer = await fetch(`${server.url}/server/specs/graphql`);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="items.graphql"');
  });

  it('is everything to an administrator', async () => {
    const schema = await schemaFor(ADMIN.token);
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(
      expect.arrayContaining(['exhibits', 'exhibits_by_id', 'exhibits_aggregated', 'exhibits_by_version', 'halls']),
    );
    expect(typesOf(objectFields(schema, 'exhibits'))).toEqual({
      id: 'ID!',
      title: 'String!',
      hall: 'halls',
      on_show: 'Boolean',
      acquired: 'Date',
      acquired_func: 'date_functions',
      price: 'Float',
      insurance_value: 'Int',
      details: 'JSON',
      details_func: 'count_functions',
      seen_at: 'Date',
      seen_at_func: 'datetime_functions',
      visitors: 'GraphQLBigInt',
      labels: '[String]',
      keeper: 'directus_users',
      tags: '[exhibits_tags]',
      tags_func: 'count_functions',
      panels: '[exhibits_panels]',
      panels_func: 'count_functions',
    });
    expect((schema.getType('exhibits_panels_item_union') as GraphQLUnionType).getTypes().map(String)).toEqual([
      'texts',
      'pictures',
    ]);
    expect(inputFields(schema, 'create_exhibits_input')).toMatchObject({
      id: 'ID',
      title: 'String!',
      hall: 'create_halls_input',
      tags: '[create_exhibits_tags_input]',
    });
    expect(inputFields(schema, 'exhibits_panels_filter')).toMatchObject({
      item__texts: 'texts_filter',
      item__pictures: 'pictures_filter',
      collection: 'string_filter_operators',
      _and: '[exhibits_panels_filter]',
    });
    expect(inputFields(schema, 'exhibits_tags_quantifier_filter')).toMatchObject({
      tags_id: 'tags_filter',
      _some: 'exhibits_tags_filter',
      _none: 'exhibits_tags_filter',
    });
    const list = ['filter', 'sort', 'limit', 'offset', 'page', 'search'];
    expect(objectFields(schema, 'halls').exhibits?.args.map(({ name }) => name)).toEqual(list);
    expect(objectFields(schema, 'halls').name?.args).toEqual([]);
  });

  it('has what a reader may read, and nothing else', async () => {
    const text = await textFor(TOKENS.guide);
    const schema = buildSchema(text);
    const readable = ['halls', 'exhibits', 'exhibits_tags', 'tags', 'exhibits_panels', 'texts'];
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {}).sort()).toEqual(
      readable.flatMap((name) => [name, `${name}_aggregated`, `${name}_by_id`, `${name}_by_version`]).sort(),
    );
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {}).sort()).toEqual([
      'create_tags_item',
      'create_tags_items',
    ]);
    expect(Object.keys(schema.getSubscriptionType()?.getFields() ?? {}).sort()).toEqual(
      readable.map((name) => `${name}_mutated`).sort(),
    );
    expect(typesOf(objectFields(schema, 'exhibits'))).toEqual({
      id: 'ID!',
      title: 'String!',
      hall: 'halls',
      acquired: 'Date',
      acquired_func: 'date_functions',
      // The users can't be read: what is left is the key.
      keeper: 'String',
      tags: '[exhibits_tags]',
      tags_func: 'count_functions',
      panels: '[exhibits_panels]',
      panels_func: 'count_functions',
    });
    expect(typesOf(objectFields(schema, 'exhibits_panels')).item).toBe('String');
    expect(typesOf(objectFields(schema, 'exhibits_aggregated_fields'))).toEqual({ id: 'Float' });
    expect(inputFields(schema, 'create_tags_input')).toEqual({ label: 'String' });
    for (const closed of ['insurance_value', 'price', 'floor', 'pictures', 'opening_hours', 'directus', 'on_show']) {
      expect([closed, text.includes(closed)]).toEqual([closed, false]);
    }
    expect(unreachable(schema)).toEqual([]);
  });

  it('has what a writer may write', async () => {
    const text = await textFor(TOKENS.curator);
    const schema = buildSchema(text);
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {}).sort()).toEqual([
      'update_exhibits_batch',
      'update_exhibits_item',
      'update_exhibits_items',
      'update_opening_hours',
    ]);
    // Halls are neither read nor written: what can be given is a key.
    expect(inputFields(schema, 'update_exhibits_input')).toEqual({ title: 'String', hall: 'ID', price: 'Float' });
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {}).filter((name) => name.startsWith('opening'))).toEqual([
      'opening_hours',
      'opening_hours_by_version',
    ]);
    // The title is withheld of some items.
    expect(typesOf(objectFields(schema, 'exhibits'))).toEqual({ id: 'ID!', title: 'String', price: 'Float' });
    expect(text).not.toContain('halls');
    expect(unreachable(schema)).toEqual([]);
  });

  it('tells who may write only that it was done', async () => {
    const text = await textFor(TOKENS.clerk);
    const schema = buildSchema(text);
    expect(typesOf(schema.getQueryType()?.getFields() ?? {})).toEqual({ _empty: 'Void' });
    expect(typesOf(schema.getMutationType()?.getFields() ?? {})).toEqual({
      create_exhibits_items: 'Boolean',
      create_exhibits_item: 'Boolean',
      delete_exhibits_item: 'delete_one',
      delete_exhibits_items: 'delete_many',
    });
    // A preset stands in for the title.
    expect(inputFields(schema, 'create_exhibits_input')).toEqual({ title: 'String', price: 'Float' });
    expect(schema.getSubscriptionType()).toBeUndefined();
    expect(unreachable(schema)).toEqual([]);
  });

  it('is the same empty schema to everybody who may do nothing', async () => {
    const text = await textFor(TOKENS.nobody);
    expect(text).toBe('schema {\n  query: Query\n}\n\ntype Query {\n  _empty: Void\n}\n\nscalar Void\n');
    expect(await textFor(null)).toBe(text);
  });

  it('has another part for the system', async () => {
    const schema = await schemaFor(ADMIN.token, '/server/specs/graphql/system');
    const queries = Object.keys(schema.getQueryType()?.getFields() ?? {});
    expect(queries).toEqual(
      expect.arrayContaining(['users', 'users_by_id', 'users_aggregated', 'users_me', 'settings']),
    );
    expect(queries.filter((name) => name.endsWith('_by_version') || name.startsWith('exhibits'))).toEqual([]);
    expect(typesOf(objectFields(schema, 'directus_users')).password).toBe('Hash');
    expect(inputFields(schema, 'directus_users_filter').password).toBe('hash_filter_operators');
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    expect(mutations).toEqual(expect.arrayContaining(['create_users_item', 'update_settings', 'auth_login']));
    for (const absent of ['create_activity_item', 'delete_revisions_item', 'create_files_item']) {
      expect(mutations).not.toContain(absent);
    }
    expect(await textFor(null, '/server/specs/graphql/system')).not.toMatch(/\b(directus_users|users|users_me)\b/);
  });

  it('leaves out what has no name in GraphQL, or one that is taken', async () => {
    const schema = await schemaFor(ADMIN.token);
    for (const gone of ['halls_filter', 'Query', 'halls_by_id']) {
      expect(schema.getQueryType()?.getFields()[`${gone}_aggregated`]).toBeUndefined();
    }
    expect(typesOf(objectFields(schema, 'halls'))).not.toHaveProperty('a-b');
    expect(inputFields(schema, 'halls_filter')).toHaveProperty('code', 'string_filter_operators');
  });

  it('follows the permissions and the model', async () => {
    expect(await textFor(TOKENS.nobody)).not.toContain('tags');
    await ask('POST', '/permissions', {
      policy: policyOfNobody,
      collection: 'tags',
      action: 'read',
      permissions: {},
      fields: ['*'],
    });
    expect(await textFor(TOKENS.nobody)).not.toContain('colour');
    await ask('POST', '/fields/tags', { field: 'colour', type: 'string', schema: {}, meta: {} });
    expect(typesOf(objectFields(await schemaFor(TOKENS.nobody), 'tags'))).toHaveProperty('colour', 'String');
  });
});

describe('without GRAPHQL_INTROSPECTION', () => {
  it('nobody gets the schema as text', async () => {
    const server = await startProject('sqlite', { GRAPHQL_INTROSPECTION: 'false' });
    for (const path of ['/server/specs/graphql', '/server/specs/graphql/system']) {
      for (const query of ['', `?access_token=${ADMIN.token}`]) {
        const answer = await fetch(server.url + path + query);
        expect(answer.status).toBe(403);
        expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
      }
    }
    await discard(server);
  });
});

type Fields = GraphQLFieldMap<unknown, unknown>;

const objectFields = (schema: GraphQLSchema, name: string): Fields =>
  (schema.getType(name) as GraphQLObjectType).getFields();

const typesOf = (fields: Fields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, String(type)]));

const inputFields = (schema: GraphQLSchema, name: string): Record<string, string> =>
  Object.fromEntries(
    Object.values((schema.getType(name) as GraphQLInputObjectType).getFields()).map((field) => [
      field.name,
      String(field.type),
    ]),
  );

/** Types that no field leads to: they would tell of something that can't be asked for. */
function unreachable(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map(String);
  const reached = new Set(roots);
  for (const name of reached) {
    const type = schema.getType(name);
    for (const one of type ? ledToBy(type) : []) reached.add(getNamedType(one).name);
  }
  return Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !reached.has(type.name))
    .map(({ name }) => name);
}

function ledToBy(type: GraphQLNamedType): GraphQLType[] {
  if (isUnionType(type)) return [...type.getTypes()];
  if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => field.type);
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => [field.type, ...field.args.map((one) => one.type)]);
}
