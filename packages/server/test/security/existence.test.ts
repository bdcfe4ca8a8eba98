import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainClient } from '../plain-request.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { asAdmin, field, makeCollection, makePerson } from './people.ts';

const BODIES = [undefined, {}, [], [{}], [{ id: 1 }], { keys: [1], data: {} }, { query: {}, data: {} }, { name: 'x' }];
const METHODS = ['GET', 'SEARCH', 'POST', 'PATCH', 'DELETE'];
const QUERIES = ['', '?fields=id', '?filter[id][_eq]=1', '?aggregate[count]=*', '?export=csv', '?limit=nonsense'];

/** Nobody learns from an answer whether a collection that is closed to them is there. */
describe.each(DATABASES)('closed collections on %s', (database) => {
  let server: StartedServer;
  let client: PlainClient;
  let token: string;

  beforeAll(async () => {
    server = await startProject(database);
    client = new PlainClient(server.port, 20_000);
    const admin = asAdmin(client);
    await makeCollection(admin, 'closed_list', [field('name')]);
    await makeCollection(admin, 'closed_page', [field('name')], { singleton: true });
    await admin('POST', '/collections', { collection: 'closed_tree', schema: null, meta: {} });
    await admin('POST', '/items/closed_list', { name: 'x' });
    ({ token } = await makePerson(admin, 'nosy', [{ collection: 'elsewhere', action: 'read' }], { app_access: true }));
  });

  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  it.each(METHODS)('answer %s as one that is not there', async (method) => {
    for (const who of ['', token]) {
      for (const path of ['', '/1', '/x', '/00000000-0000-4000-8000-000000000000']) {
        for (const query of method === 'GET' ? QUERIES : ['']) {
          for (const body of method === 'GET' ? [undefined] : BODIES) {
            const ask = async (name: string) => {
              const answer = await client.json(method, `/items/${name}${path}${query}`, who, body);
              return [answer.status, answer.text.replaceAll(name, '…')];
            };
            const missing = await ask('missing_one');
            for (const name of ['closed_list', 'closed_page', 'closed_tree']) {
              expect([name, path, body, ...(await ask(name))]).toEqual([name, path, body, ...missing]);
            }
          }
        }
      }
    }
  });

  it.each([
    ['GET', '/collections/'],
    ['GET', '/fields/'],
    ['GET', '/relations/'],
    ['GET', '/permissions/me/'],
    ['PATCH', '/collections/'],
    ['DELETE', '/collections/'],
    ['POST', '/fields/'],
  ])('%s %s does not tell either', async (method, path) => {
    for (const who of ['', token]) {
      const ask = async (name: string) => {
        const answer = await client.json(method, `${path}${name}`, who, method === 'GET' ? undefined : {});
        return [answer.status, answer.text.replaceAll(name, '…')];
      };
      const missing = await ask('missing_one');
      for (const name of ['closed_list', 'closed_page', 'closed_tree']) expect(await ask(name)).toEqual(missing);
    }
  });
});
