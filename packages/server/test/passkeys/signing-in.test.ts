import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, failure } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { Authenticator, type Flaws } from './authenticator.ts';
import { answerFor, makePerson, ORIGIN, type Person, passkeyLogin, register, SETTINGS } from './people.ts';

const REFUSED = { status: 401, codes: ['INVALID_CREDENTIALS'] };

describe.each(DATABASES)('signing in with a passkey on %s', (database) => {
  let server: StartedServer;
  let anonymous: Client;
  beforeAll(async () => {
    server = await startProject(database, SETTINGS);
    anonymous = new Client(server, null);
  });
  afterAll(() => discard(server));

  async function withPasskey(): Promise<{ person: Person; authenticator: Authenticator }> {
    const person = await makePerson(server);
    const authenticator = new Authenticator(ORIGIN);
    expect((await register(person, authenticator)).status).toBe(200);
    return { person, authenticator };
  }

  it('opens a session in every mode, and is recorded', async () => {
    const { person, authenticator } = await withPasskey();
    const json = await passkeyLogin(server, authenticator);
    expect(json.body).toEqual({
      data: { expires: 900_000, refresh_token: expect.any(String), access_token: expect.any(String) },
    });
    const me = await new Client(server, json.body.data.access_token).get('/users/me?fields=id,last_access');
    expect(me.body.data).toEqual({ id: person.id, last_access: expect.any(String) });
    const session = await anonymous.post('/auth/passkey/login', {
      credential: await answerFor(server, authenticator),
      mode: 'session',
    });
    expect(session.body).toEqual({ data: { expires: 86_400_000 } });
    expect(session.headers.get('set-cookie')).toMatch(/^directus_session_token=.+HttpOnly/);
    const events = await new Client(server).get(
      `/activity?filter[user][_eq]=${person.id}&filter[action][_eq]=login&aggregate[count]=*`,
    );
    expect(Number(events.body.data[0].count)).toBe(3);
    const [passkey] = (await person.client.get('/users/me/passkeys')).body.data;
    expect(passkey.last_used).not.toBeNull();
  });

  const FLAWS: readonly [string, Flaws][] = [
    ['from a page elsewhere', { origin: 'https://app.example.com.evil.test' }],
    ['from another port', { origin: `${ORIGIN}:8443` }],
    ['from a page without encryption', { origin: 'http://app.example.com' }],
    ['from a frame in a page elsewhere', { crossOrigin: true }],
    ['for another domain', { rpId: 'evil.test' }],
    ['of another kind', { type: 'webauthn.create' }],
    ['to a challenge that nobody gave out', { challenge: Buffer.alloc(38).toString('base64url') }],
    ['without a person verified', { userVerified: false }],
    ['without a person there', { userPresent: false }],
    ['without a user', { userHandle: null }],
    ['for another user', { userHandle: Buffer.from('somebody').toString('base64url') }],
    ['with a signature of something else', { badSignature: true }],
    ['with a counter that stands still', { counter: 1 }],
    ['with a counter that went back to nothing', { counter: 0 }],
  ];

  it('refuses every answer but the one to its own challenge, and all alike', async () => {
    const { authenticator } = await withPasskey();
    expect((await passkeyLogin(server, authenticator)).status).toBe(200);
    for (const [what, flaws] of FLAWS) {
      expect({ what, ...failure(await passkeyLogin(server, authenticator, flaws)) }).toEqual({ what, ...REFUSED });
    }
    expect((await passkeyLogin(server, authenticator)).status).toBe(200);
    expect(failure(await passkeyLogin(server, new Authenticator(ORIGIN)))).toEqual(REFUSED);
  });

  it.each([
    ['nothing', {}],
    ['a text', { credential: 'x' }],
    ['a list', { credential: [] }],
    ['an unknown mode', { credential: {}, mode: 'pigeon' }],
  ])('takes no %s for an answer', async (_, body) => {
    expect(failure(await anonymous.post('/auth/passkey/login', body))).toEqual({
      status: 400,
      codes: ['INVALID_PAYLOAD'],
    });
  });

  it.each([
    {},
    { id: 5 },
    { id: 'a', response: 5 },
    { id: 'a', response: { clientDataJSON: '{}' } },
    { id: 'a', response: { clientDataJSON: 5 } },
    { id: 'a', response: { clientDataJSON: Buffer.from('null').toString('base64url') } },
  ])('is not upset by %j', async (credential) => {
    expect(failure(await anonymous.post('/auth/passkey/login', { credential }))).toEqual(REFUSED);
  });

  it.each([null, 5, '', 'a\0b', 'x'.repeat(100_000)])('knows no passkey with the id %j', async (id) => {
    const { authenticator } = await withPasskey();
    const credential = { ...(await answerFor(server, authenticator)), id, rawId: id };
    expect(failure(await anonymous.post('/auth/passkey/login', { credential }))).toEqual(REFUSED);
  });

  it('takes an answer once, also when it comes many times at once', async () => {
    const { authenticator } = await withPasskey();
    const credential = await answerFor(server, authenticator);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => anonymous.post('/auth/passkey/login', { credential })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(7);
    expect(failure(await anonymous.post('/auth/passkey/login', { credential }))).toEqual(REFUSED);
  });

  it('takes an answer once from passkeys that do not count', async () => {
    const person = await makePerson(server);
    const authenticator = new Authenticator(ORIGIN, { counts: false });
    await register(person, authenticator);
    const credential = await answerFor(server, authenticator);
    const send = () => anonymous.post('/auth/passkey/login', { credential });
    const answers = await Promise.all(Array.from({ length: 8 }, send));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(failure(await send())).toEqual(REFUSED);
    expect((await passkeyLogin(server, authenticator)).status).toBe(200);
  });

  it('takes no answer that was given for something else', async () => {
    const { person, authenticator } = await withPasskey();
    const second = await answerFor(server, authenticator, 'second-factor');
    expect(failure(await anonymous.post('/auth/passkey/login', { credential: second }))).toEqual(REFUSED);
    const stepUp = await person.client.post('/users/me/passkeys/options', { purpose: 'step-up' });
    const proof = authenticator.get(stepUp.body.data);
    expect(failure(await anonymous.post('/auth/passkey/login', { credential: proof }))).toEqual(REFUSED);
  });

  it.each(['suspended', 'invited', 'archived'])('refuses who is %s', async (status) => {
    const { person, authenticator } = await withPasskey();
    await new Client(server).patch(`/users/${person.id}`, { status });
    expect(failure(await passkeyLogin(server, authenticator))).toEqual(REFUSED);
    await new Client(server).patch(`/users/${person.id}`, { status: 'active' });
    expect((await passkeyLogin(server, authenticator)).status).toBe(200);
  });

  it('refuses who belongs to another provider by now', async () => {
    const { person, authenticator } = await withPasskey();
    await new Client(server).patch(`/users/${person.id}`, { provider: 'club', external_identifier: person.id });
    expect(failure(await passkeyLogin(server, authenticator))).toEqual(REFUSED);
    expect(failure(await register(person, new Authenticator(ORIGIN)))).toEqual({ status: 403, codes: ['FORBIDDEN'] });
  });

  it('does not let a right passkey forget wrong passwords', async () => {
    const { person, authenticator } = await withPasskey();
    await new Client(server).patch('/settings', { auth_login_attempts: 2 });
    const guess = () => anonymous.post('/auth/login', { email: person.email, password: 'wrong' });
    await guess();
    await guess();
    await passkeyLogin(server, authenticator);
    await guess();
    const { body } = await new Client(server).get(`/users/${person.id}?fields=status`);
    expect(body.data.status).toBe('suspended');
    await new Client(server).patch('/settings', { auth_login_attempts: 25 });
  });

  it('asks for no passkey in particular, so that nobody learns who has one', async () => {
    const options = await anonymous.post('/auth/passkey/options', { email: 'somebody@example.com' });
    expect(options.body.data).toEqual({
      rpId: 'example.com',
      challenge: expect.stringMatching(/^[\w-]{51}$/),
      allowCredentials: [],
      timeout: 300_000,
      userVerification: 'required',
    });
    expect(options.headers.get('cache-control')).toBe('no-store');
    const unknown = await anonymous.post('/auth/passkey/options', { purpose: 'step-up' });
    expect(failure(unknown)).toEqual({ status: 400, codes: ['INVALID_PAYLOAD'] });
  });
});

describe('where nobody signs in with a password', () => {
  it('there is no login with a passkey either', async () => {
    const server = await startProject('sqlite', { ...SETTINGS, AUTH_DISABLE_DEFAULT: 'true' });
    const anonymous = new Client(server, null);
    for (const path of ['/auth/passkey/options', '/auth/passkey/login']) {
      expect(failure(await anonymous.post(path, {}))).toEqual({ status: 404, codes: ['ROUTE_NOT_FOUND'] });
    }
    await discard(server);
  });
});
