import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainClient } from '../plain-request.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { asAdmin, field, makeCollection } from './people.ts';

/** SQLite takes a thousand levels of an expression: a list of more conditions than that was an error of the server. */
describe.each(DATABASES)('filters of thousands of conditions on %s', (database) => {
  let server: StartedServer;
  let client: PlainClient;

  beforeAll(async () => {
    server = await startProject(database);
    client = new PlainClient(server.port, 30_000);
    await makeCollection(asAdmin(client), 'notes', [field('title'), field('rank', 'integer')]);
    const notes = Array.from({ length: 50 }, (_, i) => ({ title: `Note ${i}`, rank: i }));
    await asAdmin(client)('POST', '/items/notes', notes);
  });

  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  const ranks = async (filter: unknown): Promise<number[]> => {
    const query = { fields: ['rank'], sort: ['rank'], filter };
    const found = await client.must<{ rank: number }[]>('SEARCH', '/items/notes', ADMIN.token, { query });
    return found.map(({ rank }) => rank);
  };
  const conditions = (operator: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({ title: { [operator]: `Note ${i * 7}` } }));
  const sevenths = Array.from({ length: 8 }, (_, i) => i * 7);

  it.each([99, 100, 101, 250, 1_100, 2_400])('find the same as ever with %i', async (count) => {
    expect(await ranks({ _or: conditions('_eq', count) })).toEqual(sevenths);
    const others = Array.from({ length: 50 }, (_, i) => i).filter((rank) => rank % 7 !== 0);
    expect(await ranks({ _and: conditions('_neq', count) })).toEqual(others);
  });
});
