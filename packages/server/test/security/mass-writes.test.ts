import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, PlainClient } from '../plain-request.ts';
import { ADMIN, discard, type StartedServer, startProject } from '../started-server.ts';
import { allowPublic, asAdmin, field, makeCollection } from './people.ts';

/** One request of a stranger, where a form of a site is open to everybody. */
describe('writes of strangers', () => {
  let server: StartedServer;
  let client: PlainClient;

  beforeAll(async () => {
    server = await startProject('sqlite');
    client = new PlainClient(server.port, 30_000);
    const admin = asAdmin(client);
    await makeCollection(admin, 'notes', [field('title'), field('pin', 'hash', { special: ['hash'] })]);
    await makeCollection(admin, 'letters', [field('note', 'integer', { special: ['m2o'] })]);
    await admin('POST', '/relations', {
      collection: 'letters',
      field: 'note',
      related_collection: 'notes',
      schema: {},
    });
    await allowPublic(admin, [
      { collection: 'directus_users', action: 'create', fields: ['email', 'password'] },
      { collection: 'notes', action: 'create' },
      { collection: 'letters', action: 'create' },
    ]);
  });

  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  const people = (count: number, from = 0) =>
    Array.from({ length: count }, (_, i) => ({ email: `p${from + i}@example.com`, password: `password ${i}` }));

  it.each([
    ['/users', people(1_000)],
    ['/items/notes', people(1_000).map(({ password }) => ({ pin: password }))],
    ['/items/letters', people(1_000).map(({ password }) => ({ note: { pin: password } }))],
  ])('%s do not keep the processors busy with thousands of hashes', async (path, list) => {
    const answer = await client.json('POST', path, '', list);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'INVALID_PAYLOAD']);
  });

  it('may be several, and as many as they like for administrators', async () => {
    expect((await client.json('POST', '/users', '', people(20))).status).toBe(204);
    expect((await client.json('POST', '/users', ADMIN.token, people(60, 100))).status).toBe(200);
  });

  it('are no imports of files', async () => {
    const boundary = 'x';
    const body = `--x\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\nContent-Type: application/json\r\n\r\n[{"title":"x"}]\r\n--x--\r\n`;
    const send = (headers: Record<string, string>) =>
      client.send({
        method: 'POST',
        path: '/utils/import/notes',
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
        body,
      });
    const stranger = await send({});
    expect([stranger.status, codeOf(stranger)]).toEqual([403, 'FORBIDDEN']);
    expect((await send({ authorization: `Bearer ${ADMIN.token}` })).status).toBe(200);
  });
});
