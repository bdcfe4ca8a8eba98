import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, FORBIDDEN, failure, INVALID_PAYLOAD, UNPROCESSABLE } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { Authenticator } from './authenticator.ts';
import {
  makePerson,
  ORIGIN,
  PASSWORD,
  type Person,
  passkeyLogin,
  register,
  SETTINGS,
  signIn,
  stepUpFor,
} from './people.ts';

const REFUSED = { status: 401, codes: ['INVALID_CREDENTIALS'] };

describe.each(DATABASES)('the passkeys of an account on %s', (database) => {
  let server: StartedServer;
  let admin: Client;
  beforeAll(async () => {
    server = await startProject(database, SETTINGS);
    admin = new Client(server);
  });
  afterAll(() => discard(server));

  async function withPasskey(): Promise<{ person: Person; authenticator: Authenticator; id: string }> {
    const person = await makePerson(server);
    const authenticator = new Authenticator(ORIGIN);
    const id = (await register(person, authenticator)).body.data.id;
    return { person, authenticator, id };
  }
  const idsOf = async ({ client }: Person): Promise<string[]> =>
    (await client.get('/users/me/passkeys')).body.data.map(({ id }: { id: string }) => id);

  it('are registered, listed, named and removed; keys are never shown', async () => {
    const { person, authenticator, id } = await withPasskey();
    const { client } = person;
    const shown = {
      id,
      name: 'My phone',
      transports: ['internal', 'hybrid'],
      backed_up: false,
      date_created: expect.stringMatching(/^\d{4}-.+Z$/),
      last_used: null,
    };
    expect((await client.get('/users/me/passkeys')).body.data).toEqual([shown]);
    expect((await client.patch(`/users/me/passkeys/${id}`, { name: ' Old phone ' })).status).toBe(204);
    expect((await client.get('/users/me/passkeys')).body.data).toEqual([{ ...shown, name: 'Old phone' }]);
    expect((await client.delete(`/users/me/passkeys/${id}`, { password: PASSWORD })).status).toBe(204);
    expect(await idsOf(person)).toEqual([]);
    expect(failure(await passkeyLogin(server, authenticator))).toEqual(REFUSED);
  });

  it('are recorded when they come and go', async () => {
    const { person, id } = await withPasskey();
    await person.client.delete(`/users/me/passkeys/${id}`, { password: PASSWORD });
    const events = await admin.get(
      `/activity?filter[user][_eq]=${person.id}&filter[action][_eq]=update&fields=collection,item`,
    );
    expect(events.body.data).toEqual(Array(2).fill({ collection: 'directus_users', item: person.id }));
  });

  const BAD_NAMES = [undefined, null, '', ' ', 5, 'a\0b', 'x'.repeat(256)];

  it('have names', async () => {
    const { person, id } = await withPasskey();
    for (const name of BAD_NAMES) {
      expect(failure(await person.client.patch(`/users/me/passkeys/${id}`, { name }))).toEqual(INVALID_PAYLOAD);
    }
  });

  it('come only with a fresh proof of who is there', async () => {
    const person = await makePerson(server);
    const authenticator = new Authenticator(ORIGIN);
    expect(failure(await register(person, authenticator, {}))).toEqual(INVALID_PAYLOAD);
    expect(failure(await register(person, authenticator, { password: 'wrong' }))).toEqual(REFUSED);
    expect(failure(await register(person, authenticator, { otp: '123456' }))).toEqual(INVALID_PAYLOAD);
    const own = new Authenticator(ORIGIN);
    expect(failure(await register(person, own, { passkey: await stepUpFor(person, own) }))).toEqual(REFUSED);
    expect(await idsOf(person)).toEqual([]);
    expect((await register(person, authenticator)).status).toBe(200);
    const proof = { passkey: await stepUpFor(person, authenticator) };
    expect((await register(person, own, proof)).status).toBe(200);
    // Neither twice.
    expect(failure(await register(person, new Authenticator(ORIGIN), proof))).toEqual(REFUSED);
    expect(await idsOf(person)).toHaveLength(2);
  });

  it('go only with a fresh proof of who is there', async () => {
    const { person, authenticator, id } = await withPasskey();
    const { person: other, authenticator: others } = await withPasskey();
    const path = `/users/me/passkeys/${id}`;
    expect(failure(await person.client.delete(path, {}))).toEqual(INVALID_PAYLOAD);
    expect(failure(await person.client.delete(path))).toEqual(INVALID_PAYLOAD);
    expect(failure(await person.client.delete(path, { password: 'wrong' }))).toEqual(REFUSED);
    const foreign = await stepUpFor(other, others);
    expect(failure(await person.client.delete(path, { passkey: foreign }))).toEqual(REFUSED);
    expect(await idsOf(person)).toEqual([id]);
    expect((await person.client.delete(path, { passkey: await stepUpFor(person, authenticator) })).status).toBe(204);
  });

  it('are out of reach of others, as if they were not there', async () => {
    const { person, id } = await withPasskey();
    const { person: other } = await withPasskey();
    const anonymous = new Client(server, null);
    for (const wrong of [id, randomUUID(), 'x', `${id}'--`]) {
      const path = `/users/me/passkeys/${wrong}`;
      expect(failure(await other.client.patch(path, { name: 'Mine' }))).toEqual(FORBIDDEN);
      expect(failure(await other.client.delete(path, { password: PASSWORD }))).toEqual(FORBIDDEN);
      expect(failure(await anonymous.patch(path, { name: 'Mine' }))).toEqual(REFUSED);
      expect(failure(await anonymous.delete(path, { password: PASSWORD }))).toEqual(REFUSED);
    }
    expect(failure(await other.client.get(`/users/${person.id}/passkeys`))).toEqual(FORBIDDEN);
    expect(failure(await other.client.delete(`/users/${person.id}/passkeys/${id}`))).toEqual(FORBIDDEN);
    expect(failure(await anonymous.get(`/users/${person.id}/passkeys`))).toEqual(REFUSED);
    expect(failure(await anonymous.get('/users/me/passkeys'))).toEqual(REFUSED);
    expect(failure(await anonymous.post('/users/me/passkeys/options', {}))).toEqual(REFUSED);
    expect(await idsOf(person)).toEqual([id]);
  });

  it('can be listed and removed by administrators', async () => {
    const { person, authenticator, id } = await withPasskey();
    const { person: other } = await withPasskey();
    expect((await admin.get(`/users/${person.id}/passkeys`)).body.data).toHaveLength(1);
    for (const wrong of [randomUUID(), 'x', '%00']) {
      expect(failure(await admin.get(`/users/${wrong}/passkeys`))).toEqual(FORBIDDEN);
      expect(failure(await admin.delete(`/users/${wrong}/passkeys/${id}`))).toEqual(FORBIDDEN);
      expect(failure(await admin.delete(`/users/${person.id}/passkeys/${wrong}`))).toEqual(FORBIDDEN);
      expect(failure(await admin.post(`/users/${wrong}/tfa/disable`, {}))).toEqual(FORBIDDEN);
    }
    expect(failure(await admin.delete(`/users/${other.id}/passkeys/${id}`))).toEqual(FORBIDDEN);
    expect(failure(await admin.delete(`/users/${person.id}/passkeys/${randomUUID()}`))).toEqual(FORBIDDEN);
    expect((await admin.delete(`/users/${person.id}/passkeys/${id}`)).status).toBe(204);
    expect(failure(await passkeyLogin(server, authenticator))).toEqual(REFUSED);
  });

  it('are bound to who asked for them, and count once', async () => {
    const [person, other] = [await makePerson(server), await makePerson(server)];
    const options = (await person.client.post('/users/me/passkeys/options', {})).body.data;
    expect(options).toMatchObject({
      rp: { id: 'example.com' },
      user: { name: person.email },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: [],
    });
    const authenticator = new Authenticator(ORIGIN);
    const body = { name: 'Stolen', credential: authenticator.create(options), password: PASSWORD };
    expect(failure(await other.client.post('/users/me/passkeys', body))).toEqual(INVALID_PAYLOAD);
    const answers = await Promise.all([1, 2, 3].map(() => person.client.post('/users/me/passkeys', body)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const second = { ...body, credential: new Authenticator(ORIGIN).create(options) };
    expect(failure(await person.client.post('/users/me/passkeys', second))).toEqual(REFUSED);
    const again = (await person.client.post('/users/me/passkeys/options', {})).body.data;
    expect(again.excludeCredentials).toEqual([
      { id: authenticator.id, type: 'public-key', transports: ['internal', 'hybrid'] },
    ]);
  });

  it.each([
    ['from a page elsewhere', { origin: 'https://evil.test' }],
    ['from a frame in a page elsewhere', { crossOrigin: true }],
    ['for another domain', { rpId: 'evil.test' }],
    ['of another kind', { type: 'webauthn.get' }],
    ['to another challenge', { challenge: Buffer.alloc(38, 7).toString('base64url') }],
    ['without a person verified', { userVerified: false }],
  ])('are not registered by an answer %s', async (_, flaws) => {
    const person = await makePerson(server);
    const answer = await register(person, new Authenticator(ORIGIN), { password: PASSWORD }, flaws);
    expect(failure(answer)).toEqual(INVALID_PAYLOAD);
    expect(await idsOf(person)).toEqual([]);
  });

  it('belong to one account', async () => {
    const { authenticator } = await withPasskey();
    const other = await makePerson(server);
    expect(failure(await register(other, authenticator))).toEqual(INVALID_PAYLOAD);
    expect(await idsOf(other)).toEqual([]);
  });

  it('are for those who may change their own second factor', async () => {
    const authenticator = new Authenticator(ORIGIN);
    const email = `bare-${server.port}@example.com`;
    await admin.post('/users', { email, password: PASSWORD });
    const person = { client: await signIn(server, email) };
    expect(failure(await register(person, authenticator))).toEqual(FORBIDDEN);
    const credential = authenticator.create({ challenge: 'x', rp: { id: 'example.com' }, user: { id: 'x' } });
    const body = { name: 'x', credential, password: PASSWORD };
    expect(failure(await person.client.post('/users/me/passkeys', body))).toEqual(FORBIDDEN);
  });

  it('are at most twenty', async () => {
    const person = await makePerson(server);
    for (let i = 0; i < 20; i++) expect((await register(person, new Authenticator(ORIGIN))).status).toBe(200);
    expect(failure(await register(person, new Authenticator(ORIGIN)))).toEqual(UNPROCESSABLE);
  });

  it('keep one where there is no other way in, also when all are removed at once', async () => {
    for (let round = 0; round < 4; round++) {
      const { person, authenticator } = await withPasskey();
      const second = new Authenticator(ORIGIN);
      await register(person, second);
      await admin.patch(`/users/${person.id}`, { password: null });
      const signedIn = await passkeyLogin(server, authenticator);
      const client = new Client(server, signedIn.body.data.access_token);
      const own = { ...person, client };
      const ids = await idsOf(own);
      const proofs = [await stepUpFor(own, authenticator), await stepUpFor(own, second)];
      const answers = await Promise.all(
        ids.map((id, i) => client.delete(`/users/me/passkeys/${id}`, { passkey: proofs[i] })),
      );
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
      const left = (await admin.get(`/users/${person.id}/passkeys`)).body.data;
      expect(left).toHaveLength(1);
      const last = await admin.delete(`/users/${person.id}/passkeys/${left[0].id}`);
      expect(failure(last)).toEqual(UNPROCESSABLE);
    }
  });

  it('end the sessions that are not the asking one when they go', async () => {
    const { person, authenticator, id } = await withPasskey();
    const stolen = (await passkeyLogin(server, authenticator)).body.data;
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const client = await signIn(server, person.email);
    expect((await client.delete(`/users/me/passkeys/${id}`, { password: PASSWORD })).status).toBe(204);
    expect((await client.get('/users/me')).status).toBe(200);
    const anonymous = new Client(server, null);
    expect(failure(await anonymous.post('/auth/refresh', { refresh_token: stolen.refresh_token }))).toEqual(REFUSED);
    expect((await new Client(server, stolen.access_token).get('/users/me')).status).toBe(401);
  });

  it('go with their account', async () => {
    const { person, authenticator } = await withPasskey();
    expect((await admin.delete(`/users/${person.id}`)).status).toBe(204);
    expect(failure(await passkeyLogin(server, authenticator))).toEqual(REFUSED);
  });
});
