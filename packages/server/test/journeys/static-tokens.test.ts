import { createHash } from 'node:crypto';
import { createUser, randomString, readMe, readUser, readUsers, updateUser } from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { openContents } from '../stored-contents.ts';
import {
  asAdmin,
  asPublic,
  failure,
  INVALID_CREDENTIALS,
  makeBlog,
  makeMember,
  makeMemberRole,
  withStaticToken,
} from './blog.ts';

describe.each(DATABASES)('what are static tokens (%s)', (database) => {
  let server: StartedServer;
  let bethId: string;
  const first = 'beth-first-static-token-0123456789';
  const second = 'beth-second-static-token-0123456789';

  beforeAll(async () => {
    server = await startProject(database);
    const admin = asAdmin(server.url);
    await makeBlog(admin);
    const { role } = await makeMemberRole(admin);
    bethId = (await makeMember(admin, 'Beth', role)).id;
    await admin.request(updateUser(bethId, { token: first }));
  });
  afterAll(() => discard(server));

  const byHeader = (token: string) => withStaticToken(server.url, token).request(readMe({ fields: ['id'] }));
  const byAddress = (token: string) => fetch(`${server.url}/users/me?fields=id&access_token=${token}`);

  it('is sent as a bearer header', async () => {
    expect(await byHeader(first)).toEqual({ id: bethId });
  });

  it('or as ?access_token=, but not both ways at once', async () => {
    const answer = await byAddress(first);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ data: { id: bethId } });
    const both = await fetch(`${server.url}/users/me?access_token=${first}`, {
      headers: { authorization: `Bearer ${first}` },
    });
    expect(both.status).toBe(400);
  });

  it('is never shown again, to nobody', async () => {
    const admin = asAdmin(server.url);
    expect(await admin.request(readUser(bethId, { fields: ['token'] }))).toEqual({ token: '**********' });
    const guess = admin.request(readUsers({ filter: { token: { _eq: first } } }));
    expect(await failure(guess)).toEqual({ status: 400, codes: ['INVALID_QUERY'] });
  });

  it('is stored as a hash', async () => {
    const contents = await openContents(server.project);
    const [row] = await contents.rows(`select token from directus_users where id = '${bethId}'`);
    const everything = [...(await contents.read()).values()].flat().join('\n');
    await contents.close();
    expect(row?.token).toBe(`sha256$${createHash('sha256').update(first).digest('hex')}`);
    expect(everything).not.toContain(first);
  });

  it('belongs to one user only', async () => {
    const taken = asAdmin(server.url).request(createUser({ email: 'copy@example.com', token: first }));
    expect(await failure(taken)).toEqual({ status: 400, codes: ['RECORD_NOT_UNIQUE'] });
  });

  it('is one per user: a new one ends the old one, at once', async () => {
    await asAdmin(server.url).request(updateUser(bethId, { token: second }));
    expect(await failure(byHeader(first))).toEqual(INVALID_CREDENTIALS);
    expect((await byAddress(first)).status).toBe(401);
    expect(await byHeader(second)).toEqual({ id: bethId });
  });

  it('is not changed by the stars that stand for it', async () => {
    await asAdmin(server.url).request(updateUser(bethId, { token: '**********' }));
    expect(await byHeader(second)).toEqual({ id: bethId });
    expect(await failure(byHeader('**********'))).toEqual(INVALID_CREDENTIALS);
  });

  it('is dead when taken away', async () => {
    await asAdmin(server.url).request(updateUser(bethId, { token: null }));
    expect(await failure(byHeader(second))).toEqual(INVALID_CREDENTIALS);
    expect(await asAdmin(server.url).request(readUser(bethId, { fields: ['token'] }))).toEqual({ token: null });
  });

  it('the server draws one, of letters that need no encoding', async () => {
    const drawn = await asPublic(server.url).request(randomString(32));
    expect(drawn).toMatch(/^[A-Za-z0-9_-]{32}$/);
  });
});
