import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, PlainClient } from '../plain-request.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Asking, asAdmin, field, makeCollection, makePerson, type Person } from './people.ts';

/** A row of a many-to-any names the collection it leads to, and whoever writes the row chooses the name. */
describe.each(DATABASES)('many-to-any on %s', (database) => {
  let server: StartedServer;
  let client: PlainClient;
  let admin: Asking;
  let person: Person;

  beforeAll(async () => {
    server = await startProject(database);
    client = new PlainClient(server.port, 20_000);
    admin = asAdmin(client);
    await makeCollection(admin, 'texts', [field('body')]);
    await makeCollection(admin, 'images', [field('url')]);
    await makeCollection(admin, 'vault', [field('secret')]);
    await makeCollection(admin, 'pages', [field('name')]);
    const page = field('page', 'integer', { special: ['m2o'] });
    await makeCollection(admin, 'blocks', [field('item'), field('collection'), page]);
    await admin('POST', '/fields/pages', { field: 'blocks', type: 'alias', meta: { special: ['m2a'] } });
    const pages = { collection: 'blocks', field: 'page', related_collection: 'pages', schema: {} };
    await admin('POST', '/relations', { ...pages, meta: { one_field: 'blocks', junction_field: 'item' } });
    const meta = {
      one_collection_field: 'collection',
      one_allowed_collections: ['texts', 'images'],
      junction_field: 'page',
    };
    await admin('POST', '/relations', {
      collection: 'blocks',
      field: 'item',
      related_collection: null,
      schema: null,
      meta,
    });
    await admin('POST', '/items/images', { url: 'x' });
    await admin('POST', '/items/vault', { secret: 'x' });
    const open = (collection: string) => ['create', 'read', 'update'].map((action) => ({ collection, action }));
    person = await makePerson(admin, 'mia', [...open('pages'), ...open('blocks'), ...open('texts')]);
  });

  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  it.each(['vault', 'directus_users', 'directus_settings', 'missing', '__proto__', 'constructor', ''])(
    'does not lead to %j, which its relation does not allow',
    async (target) => {
      for (const token of [person.token, ADMIN.token]) {
        for (const item of ['1', { id: 1 }, null]) {
          const made = await client.json('POST', '/items/blocks', token, { collection: target, item });
          expect([item, made.status, codeOf(made)]).toEqual([item, 400, 'INVALID_PAYLOAD']);
        }
        const nested = { name: 'x', blocks: [{ collection: target, item: '1' }] };
        expect(codeOf(await client.json('POST', '/items/pages', token, nested))).toBe('INVALID_PAYLOAD');
      }
    },
  );

  it('is not led elsewhere later', async () => {
    const { id } = await admin('POST', '/items/blocks', { collection: 'texts', item: { body: 'x' } });
    for (const body of [{ collection: 'vault' }, { collection: 'directus_users', item: person.id }]) {
      const answer = await client.json('PATCH', `/items/blocks/${id}`, person.token, body);
      expect([answer.status, codeOf(answer)]).toEqual([400, 'INVALID_PAYLOAD']);
    }
    const batch = await client.json('PATCH', '/items/blocks', person.token, {
      keys: [id],
      data: { collection: 'vault' },
    });
    expect(codeOf(batch)).toBe('INVALID_PAYLOAD');
  });

  it('does not tell which items of a closed collection there are', async () => {
    const link = async (id: number) => {
      const answer = await client.json('POST', '/items/blocks?fields=collection', person.token, {
        collection: 'images',
        item: { id },
      });
      return [answer.status, answer.text];
    };
    expect(await link(1)).toEqual(await link(4711));
  });
});
