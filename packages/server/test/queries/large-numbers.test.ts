import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, PlainClient } from '../plain-request.ts';
import { Client, makeCollection } from '../resources/project.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';

/** Numbers whose squares, or whose sum, no double can hold. */
describe.each(DATABASES)('very large numbers (%s)', (database) => {
  let server: StartedServer;
  let client: PlainClient;
  const aggregate = (what: string) =>
    client.send({ method: 'GET', path: `/items/readings?${what}&access_token=${ADMIN.token}` });

  beforeAll(async () => {
    server = await startProject(database);
    client = new PlainClient(server.port);
    await makeCollection(server, 'readings', [
      { field: 'score', type: 'float' },
      { field: 'kind', type: 'string' },
    ]);
    const rows = [1e200, 3e200].map((score) => ({ score, kind: 'large' }));
    const made = await new Client(server).post('/items/readings', [...rows, { score: 2, kind: 'small' }]);
    expect(made.status).toBe(200);
  });
  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  it('have an average, and a distinct one', async () => {
    for (const name of ['avg', 'avgDistinct']) {
      const { status, text } = await aggregate(`aggregate[${name}]=score&groupBy[]=kind&sort=kind`);
      expect(status).toBe(200);
      const [large, small] = (JSON.parse(text) as { data: { [key: string]: { score: number } }[] }).data;
      expect((large?.[name]?.score ?? 0) / 2e200).toBeCloseTo(1);
      expect(small?.[name]?.score).toBe(2);
    }
  });

  it('that are too large together are refused in words, or have no sum', async () => {
    const rows = Array.from({ length: 4 }, () => ({ score: 1.5e308, kind: 'huge' }));
    await new Client(server).post('/items/readings', rows);
    for (const name of ['sum', 'avg', 'avgDistinct', 'max']) {
      const answer = await aggregate(`aggregate[${name}]=score`);
      expect(answer.status === 200 || codeOf(answer) === 'INVALID_QUERY').toBe(true);
    }
  });
});
