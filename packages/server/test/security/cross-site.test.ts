import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, type PlainAnswer, PlainClient } from '../plain-request.ts';
import { ADMIN, discard, type StartedServer, startProject } from '../started-server.ts';
import { asAdmin, field, makeCollection } from './people.ts';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example';

/** The origin of an answer that would let this one, or any, read it. */
function matching({ headers }: PlainAnswer, origin: string): string | undefined {
  const allowed = headers['access-control-allow-origin'];
  return allowed === origin || allowed === '*' ? allowed : undefined;
}

/** What a page of another site can make the browser of a signed-in person send. */
describe('requests from other sites with the session cookie', () => {
  let server: StartedServer;
  let client: PlainClient;
  let cookie: string;

  beforeAll(async () => {
    server = await startProject('sqlite', { CORS_ENABLED: 'true', CORS_ORIGIN: APP });
    client = new PlainClient(server.port);
    await makeCollection(asAdmin(client), 'notes', [field('title')]);
    const { email, password } = ADMIN;
    const login = await client.json('POST', '/auth/login', '', { email, password, mode: 'session' });
    cookie = String(login.headers['set-cookie']).split(';')[0] ?? '';
  });

  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  const post = (headers: Record<string, string>, path = '/items/notes') =>
    client.send({ method: 'POST', path, headers: { cookie, ...headers }, body: '{"title":"x"}' });

  const SIMPLE_TYPES: Record<string, string>[] = [
    { 'content-type': 'text/plain' },
    { 'content-type': 'text/plain; application/json' },
    { 'content-type': 'multipart/form-data; boundary=application/json' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    {},
  ];
  const FOREIGN: Record<string, string>[] = [
    { origin: EVIL, 'sec-fetch-site': 'cross-site' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://other.example.com', 'sec-fetch-site': 'same-site' },
    { origin: EVIL },
    { origin: `${APP}.evil.example` },
    { 'sec-fetch-site': 'cross-site' },
  ];

  it.each(SIMPLE_TYPES)('of type %j change nothing', async (type) => {
    for (const from of FOREIGN) {
      for (const path of [
        '/items/notes',
        '/users',
        '/roles',
        '/files',
        '/schema/apply',
        '/utils/import/notes',
        '/utils/hash/generate',
      ]) {
        const answer = await post({ ...type, ...from }, path);
        expect([from, path, answer.status, codeOf(answer)]).toEqual([from, path, 403, 'FORBIDDEN']);
      }
    }
    expect(await asAdmin(client)('GET', '/items/notes')).toEqual([]);
  });

  it('neither end a session of the refresh cookie nor spend its token', async () => {
    const { email, password } = ADMIN;
    const login = await client.json('POST', '/auth/login', '', { email, password, mode: 'cookie' });
    const refreshCookie = String(login.headers['set-cookie']).split(';')[0] ?? '';
    const send = (path: string, headers: Record<string, string>) =>
      client.send({ method: 'POST', path, headers: { cookie: refreshCookie, ...headers }, body: '' });
    for (const path of ['/auth/logout', '/auth/refresh']) {
      for (const type of SIMPLE_TYPES) {
        for (const from of FOREIGN) {
          const answer = await send(path, { ...type, ...from });
          expect([path, from, answer.status, answer.headers['set-cookie']]).toEqual([path, from, 403, undefined]);
        }
      }
    }
    const fromAllowed = await send('/auth/refresh', { origin: APP, 'sec-fetch-site': 'cross-site' });
    expect(fromAllowed.status).toBe(200);
  });

  it.each([
    ['JSON, which a browser asks about first', { 'content-type': 'application/json; charset=utf-8', origin: EVIL }],
    ['a page of this origin', { 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin' }],
    ['a page of an allowed origin', { 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site', origin: APP }],
    ['no browser', { 'content-type': 'text/plain' }],
  ])('go through for %s', async (_, headers) => {
    const answer = await post(headers as Record<string, string>);
    expect(answer.status).toBe(200);
    const { id } = JSON.parse(answer.text).data;
    await asAdmin(client)('DELETE', `/items/notes/${id}`);
  });

  it('go through from the origin of the server itself', async () => {
    const own = await post({ 'content-type': 'text/plain', origin: server.url });
    expect(own.status).toBe(200);
    await asAdmin(client)('DELETE', `/items/notes/${JSON.parse(own.text).data.id}`);
  });

  it.each([
    [APP, APP, 'true'],
    [EVIL, undefined, undefined],
    ['null', undefined, undefined],
    [`${APP}.evil.example`, undefined, undefined],
    ['http://app.example.com', undefined, undefined],
  ])('of %s may read answers only if it is allowed', async (origin, allowed, credentials) => {
    for (const method of ['OPTIONS', 'GET']) {
      const headers = { origin, cookie, 'access-control-request-method': 'PATCH' };
      const answer = await client.send({ method, path: '/users/me', headers });
      const seen = origin === APP ? answer.headers['access-control-allow-origin'] : matching(answer, origin);
      expect([method, seen]).toEqual([method, allowed]);
      if (allowed) expect(answer.headers['access-control-allow-credentials']).toBe(credentials);
    }
  });

  it('need no such care with a token, which no page of another site has', async () => {
    const headers = { authorization: `Bearer ${ADMIN.token}`, 'content-type': 'text/plain', origin: EVIL };
    const answer = await client.send({ method: 'POST', path: '/items/notes', headers, body: '{}' });
    expect(answer.status).toBe(200);
  });
});
