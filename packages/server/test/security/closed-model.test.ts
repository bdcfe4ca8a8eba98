import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainClient } from '../plain-request.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Asking, asAdmin, field, KEY, makeCollection, makePerson, relate } from './people.ts';

const PLACES = [
  '/collections',
  '/collections/open',
  '/collections/open_things',
  '/fields',
  '/fields/open',
  '/fields/open/kept_in',
  '/fields/open_things',
  '/relations',
  '/relations/open',
  '/relations/open_things',
  '/server/specs/oas',
  '/server/specs/graphql',
  '/server/specs/graphql/system',
  '/permissions/me',
];
const INTROSPECTION = `{ __schema { types { name fields { name type { name ofType { name } } }
  inputFields { name type { name } } possibleTypes { name } enumValues { name } } } }`;

/** What points from an open collection to a closed one, and back, tells nobody what is on the other side. */
describe.each(DATABASES)('of closed collections the model shows nothing, %s', (database) => {
  let server: StartedServer;
  let client: PlainClient;
  let admin: Asking;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    server = await startProject(database);
    client = new PlainClient(server.port, 20_000);
    admin = asAdmin(client);
    await admin('POST', '/collections', { collection: 'vault_folder', schema: null, meta: {} });
    await makeCollection(admin, 'vault', [field('vault_combination'), field('owner', 'integer')]);
    await makeCollection(
      admin,
      'open',
      [field('name'), field('kept_in', 'integer'), field('vault_number', 'integer')],
      {
        group: 'vault_folder',
        sort_field: null,
      },
    );
    await relate(admin, 'open', 'kept_in', 'vault', 'vault_contents');
    await relate(admin, 'vault', 'owner', 'open', 'owned');
    await makeThings();
    const read = (collection: string, fields = ['*']) => ({ collection, action: 'read', fields });
    const open = ['id', 'name', 'kept_in', 'owned'];
    const things = ['id', 'item', 'collection', 'open'];
    for (const [name, permissions] of Object.entries({
      guest: [read('open', open), read('open_things', things)],
      writer: [
        read('open', open),
        { collection: 'vault', action: 'create', fields: ['*'] },
        read('open_things', things),
      ],
    })) {
      tokens[name] = (await makePerson(admin, name, permissions, { app_access: true })).token;
    }
  });
  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  /** A many-to-any, into the open and into the closed. */
  async function makeThings(): Promise<void> {
    const fields = [KEY, field('item'), field('collection'), field('vault_order', 'integer'), field('open', 'integer')];
    await admin('POST', '/collections', { collection: 'open_things', schema: {}, meta: {}, fields });
    await admin('POST', '/relations', {
      collection: 'open_things',
      field: 'item',
      related_collection: null,
      schema: null,
      meta: {
        one_collection_field: 'collection',
        one_allowed_collections: ['open', 'vault'],
        sort_field: 'vault_order',
      },
    });
    await admin('POST', '/fields/open', { field: 'vault_things', type: 'alias', meta: { special: ['o2m'] } });
    await admin('POST', '/relations', {
      collection: 'open_things',
      field: 'open',
      related_collection: 'open',
      schema: {},
      meta: { one_field: 'vault_things', junction_field: 'item', sort_field: 'vault_order' },
    });
  }

  /** Every name that must not be seen has this in it. */
  const closedOnes = (text: string): string[] => text.match(/[\w-]*vault[\w-]*/gi) ?? [];

  it.each(PLACES)('%s', async (path) => {
    const answer = await client.json('GET', path, tokens.guest as string);
    expect([answer.status, answer.text.length > 2]).toEqual([200, true]);
    expect(closedOnes(answer.text)).toEqual([]);
  });

  it('for the administrator it is all there', async () => {
    for (const path of [
      '/collections',
      '/fields/open',
      '/relations/open',
      '/server/specs/oas',
      '/server/specs/graphql',
    ]) {
      expect([path, (await client.json('GET', path, ADMIN.token)).text.match(/vault/) !== null]).toEqual([path, true]);
    }
  });

  it('introspection', async () => {
    for (const path of ['/graphql', '/graphql/system']) {
      const answer = await client.json('POST', path, tokens.guest as string, { query: INTROSPECTION });
      expect([path, closedOnes(answer.text)]).toEqual([path, []]);
    }
  });

  it('who may only create in it learns of what is created, and not what is read', async () => {
    for (const path of ['/collections', '/fields', '/relations']) {
      const answer = await client.json('GET', path, tokens.writer as string);
      expect([path, closedOnes(answer.text)]).toEqual([path, []]);
    }
  });

  it('asked for by name it is like what is not there', async () => {
    for (const path of ['/collections/NAME', '/fields/NAME', '/fields/NAME/id', '/relations/NAME/owner']) {
      const ask = async (name: string) => {
        const { status, text } = await client.json('GET', path.replace('NAME', name), tokens.guest as string);
        return [status, text.replaceAll(name, 'NAME')];
      };
      expect([path, ...(await ask('vault'))]).toEqual([path, ...(await ask('missing'))]);
      expect([path, ...(await ask('vault_folder'))]).toEqual([path, ...(await ask('missing'))]);
    }
  });
});

describe.each(DATABASES)("one's own roles, %s", (database) => {
  let server: StartedServer;
  let client: PlainClient;
  beforeAll(async () => {
    server = await startProject(database);
    client = new PlainClient(server.port, 20_000);
  });
  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  it.each([
    ['no permission', [], {}],
    ['a permission without the key', [{ collection: 'directus_roles', action: 'read', fields: ['name'] }], {}],
    [
      'a forbidden field',
      [{ collection: 'directus_roles', action: 'read', fields: ['id'] }],
      { query: '?fields=icon' },
    ],
  ])('with %s they are ids', async (name, permissions, { query = '' }: { query?: string }) => {
    const admin = asAdmin(client);
    const { token, role } = await makePerson(admin, name.replaceAll(' ', '-'), permissions);
    const answer = await client.json('GET', `/roles/me${query}`, token);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { data: [{ id: role }] }]);
  });

  it('with a permission they are what it allows', async () => {
    const permissions = [{ collection: 'directus_roles', action: 'read', fields: ['id', 'name'] }];
    const { token, role } = await makePerson(asAdmin(client), 'knower', permissions);
    const answer = await client.json('GET', '/roles/me', token);
    expect(JSON.parse(answer.text)).toEqual({ data: [{ id: role, name: 'knower' }] });
  });
});
