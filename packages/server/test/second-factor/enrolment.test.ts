import {
  authentication,
  createDirectus,
  disableTwoFactor,
  enableTwoFactor,
  generateTwoFactorSecret,
  rest,
} from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limen } from '../cli/command.ts';
import { Authenticator } from '../passkeys/authenticator.ts';
import {
  answerFor,
  makePerson,
  ORIGIN,
  PASSWORD,
  type Person,
  register,
  SETTINGS,
  signIn,
  stepUpFor,
} from '../passkeys/people.ts';
import { Client, FORBIDDEN, failure, INVALID_PAYLOAD } from '../resources/project.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { codeOf, untilCalm } from './codes.ts';

const INVALID_OTP = { status: 401, codes: ['INVALID_OTP'] };
const REFUSED = { status: 401, codes: ['INVALID_CREDENTIALS'] };

describe.each(DATABASES)('second factors of an account on %s', (database) => {
  let server: StartedServer;
  let admin: Client;
  let anonymous: Client;
  beforeAll(async () => {
    server = await startProject(database, SETTINGS);
    admin = new Client(server);
    anonymous = new Client(server, null);
  });
  afterAll(() => discard(server));

  const now = (secret: string, steps = 0) => codeOf(secret, Date.now(), steps);
  const generate = async ({ client }: Person): Promise<string> =>
    (await client.post('/users/me/tfa/generate', { password: PASSWORD })).body.data.secret;
  /** A user with one-time passwords on; the code of the present step was used to turn them on. */
  async function withCodes(): Promise<{ person: Person; secret: string }> {
    const person = await makePerson(server);
    const secret = await generate(person);
    await untilCalm();
    const enabled = await person.client.post('/users/me/tfa/enable', { secret, otp: now(secret, -1) });
    expect(enabled.status).toBe(204);
    return { person, secret };
  }
  const login = (person: Person, proof: object = {}) =>
    anonymous.post('/auth/login', { email: person.email, password: PASSWORD, ...proof });
  const recoveryCodes = async (person: Person, otp: string): Promise<string[]> =>
    (await person.client.post('/users/me/tfa/recovery-codes', { otp })).body.data;
  const left = async ({ client }: Person) => (await client.get('/users/me/tfa')).body.data.recovery_codes_left;

  it('are shown as on or off', async () => {
    const person = await makePerson(server);
    const off = { enabled: false, otp: false, passkey: false, recovery_codes_left: 0 };
    expect((await person.client.get('/users/me/tfa')).body.data).toEqual(off);
    const { person: other } = await withCodes();
    expect((await other.client.get('/users/me/tfa')).body.data).toEqual({ ...off, enabled: true, otp: true });
    expect(failure(await anonymous.get('/users/me/tfa'))).toEqual(REFUSED);
  });

  it('need the password to be proposed, and a proposal to be turned on', async () => {
    const [person, other] = [await makePerson(server), await makePerson(server)];
    for (const body of [{}, { password: '' }, { password: 5 }, []]) {
      expect(failure(await person.client.post('/users/me/tfa/generate', body))).toEqual(INVALID_PAYLOAD);
    }
    expect(failure(await person.client.post('/users/me/tfa/generate', { password: 'wrong' }))).toEqual(REFUSED);
    // With an open session and nothing else, nobody turns on a secret of their own.
    const enable = (secret: string) => person.client.post('/users/me/tfa/enable', { secret, otp: now(secret) });
    expect(failure(await enable('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'))).toEqual(INVALID_PAYLOAD);
    expect(failure(await enable(await generate(other)))).toEqual(INVALID_PAYLOAD);
    const early = await generate(person);
    await admin.patch(`/users/${person.id}`, { password: `${PASSWORD}-2` });
    person.client = await renewed(person, `${PASSWORD}-2`);
    expect(failure(await enable(early))).toEqual(INVALID_PAYLOAD);
    expect((await person.client.get('/users/me/tfa')).body.data.enabled).toBe(false);
  });

  async function renewed(person: Person, password: string): Promise<Client> {
    const { body } = await login(person, { password });
    return new Client(server, body.data.access_token);
  }

  it('are turned on once, also when it is asked many times at once', async () => {
    const person = await makePerson(server);
    const secret = await generate(person);
    const body = { secret, otp: now(secret) };
    const answers = await Promise.all([1, 2, 3, 4].map(() => person.client.post('/users/me/tfa/enable', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400, 400, 400]);
  });

  it('end nobody’s session when they are turned on or off', async () => {
    const { person, secret } = await withCodes();
    expect((await person.client.get('/users/me')).status).toBe(200);
    expect((await person.client.post('/users/me/tfa/disable', { otp: now(secret) })).status).toBe(204);
    expect((await person.client.get('/users/me')).status).toBe(200);
    expect((await login(person)).status).toBe(200);
  });

  it('never leave the server with their secrets', async () => {
    const { person, secret } = await withCodes();
    const codes = await recoveryCodes(person, now(secret));
    const places = [
      '/users/me?fields=*',
      '/users/me/tfa',
      `/users/${person.id}?fields=*`,
      `/users?filter[id][_eq]=${person.id}&fields=*`,
      `/activity?filter[item][_eq]=${person.id}&fields=*,revisions.*`,
      `/revisions?filter[item][_eq]=${person.id}&fields=*`,
      `/users?export=json&filter[id][_eq]=${person.id}&fields=*`,
      `/users?export=csv&filter[id][_eq]=${person.id}&fields=*`,
      '/users?aggregate[max]=tfa_secret',
      `/users?search=${secret}`,
    ];
    for (const client of [person.client, admin]) {
      for (const place of places) {
        const { text } = await client.get(place);
        expect({ place, leaks: [secret, 'limen1$', ...codes].filter((part) => text.includes(part)) }).toEqual({
          place,
          leaks: [],
        });
      }
    }
    expect((await person.client.get('/users/me?fields=tfa_secret')).body.data.tfa_secret).toBe('**********');
    expect(server.output()).not.toContain(secret);
  });

  it('are recorded as changes of the account', async () => {
    const { person, secret } = await withCodes();
    await recoveryCodes(person, now(secret));
    await person.client.post('/users/me/tfa/disable', { otp: now(secret) });
    const query = `filter[item][_eq]=${person.id}&filter[user][_eq]=${person.id}&filter[action][_eq]=update`;
    expect((await admin.get(`/activity?${query}`)).body.data).toHaveLength(3);
  });

  it('are taken away by administrators only', async () => {
    const { person, secret } = await withCodes();
    const other = await makePerson(server);
    await recoveryCodes(person, now(secret));
    const path = `/users/${person.id}/tfa/disable`;
    expect(failure(await other.client.post(path, {}))).toEqual(FORBIDDEN);
    expect(failure(await person.client.post(path, {}))).toEqual(FORBIDDEN);
    expect(failure(await anonymous.post(path, {}))).toEqual(REFUSED);
    expect(failure(await login(person))).toEqual(INVALID_OTP);
    expect(failure(await admin.post('/users/00000000-0000-4000-8000-000000000000/tfa/disable', {}))).toEqual(FORBIDDEN);
    expect((await admin.post(path, {})).status).toBe(204);
    expect((await login(person)).status).toBe(200);
    expect(await left(person)).toBe(0);
  });

  it('are taken away from the command line, for administrators who lost theirs', async () => {
    const { person } = await withCodes();
    const off = await limen(server.project, ['users', 'disable-tfa', '--email', person.email.toUpperCase()]);
    expect(off).toMatchObject({ code: 0, stderr: '' });
    expect((await login(person)).status).toBe(200);
    const nobody = await limen(server.project, ['users', 'disable-tfa', '--email', 'nobody@example.com']);
    expect(nobody.code).toBe(1);
    expect(nobody.stderr).toContain('Nobody has the address');
  });

  it('are turned on and off by the SDK', async () => {
    const person = await makePerson(server);
    const client = createDirectus(server.url).with(authentication('json')).with(rest());
    await client.login({ email: person.email, password: PASSWORD });
    const { secret, otpauth_url } = await client.request(generateTwoFactorSecret(PASSWORD));
    expect(otpauth_url).toMatch(
      new RegExp(`^otpauth://totp/[^/?]+:${encodeURIComponent(person.email)}\\?secret=${secret}&period=30&digits=6`),
    );
    await client.request(enableTwoFactor(secret, now(secret)));
    await expect(client.login({ email: person.email, password: PASSWORD })).rejects.toMatchObject({
      errors: [{ extensions: { code: 'INVALID_OTP' } }],
    });
    await client.login({ email: person.email, password: PASSWORD }, { otp: now(secret) });
    await client.request(disableTwoFactor(now(secret)));
    await client.login({ email: person.email, password: PASSWORD });
  });

  it('are not changed by a named token', async () => {
    const person = await makePerson(server);
    const token = await person.client.post('/users/me/tokens', { name: 'script' });
    expect(token.status).toBe(200);
    const script = new Client(server, token.body.data.token);
    expect((await script.get('/users/me')).status).toBe(200);
    for (const path of ['/users/me/tfa/generate', '/users/me/tfa/recovery-codes', '/users/me/passkeys/options']) {
      expect(failure(await script.post(path, { password: PASSWORD }))).toEqual(FORBIDDEN);
    }
  });

  describe('recovery codes', () => {
    it('are ten, count once each, and are counted down', async () => {
      const { person, secret } = await withCodes();
      const codes = await recoveryCodes(person, now(secret));
      expect(codes).toHaveLength(10);
      expect(new Set(codes).size).toBe(10);
      for (const code of codes) expect(code).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/);
      expect((await login(person, { otp: codes[0] })).status).toBe(200);
      expect(failure(await login(person, { otp: codes[0] }))).toEqual(INVALID_OTP);
      expect((await login(person, { otp: codes[1]?.toUpperCase().replaceAll('-', ' ') })).status).toBe(200);
      expect(await left(person)).toBe(8);
      const many = await Promise.all(Array.from({ length: 6 }, () => login(person, { otp: codes[2] })));
      expect(many.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(await left(person)).toBe(7);
    });

    it('work while guesses have stopped one-time passwords', async () => {
      const { person, secret } = await withCodes();
      const [code = ''] = await recoveryCodes(person, now(secret));
      for (let i = 0; i < 5; i++) expect(failure(await login(person, { otp: '000000' }))).toEqual(INVALID_OTP);
      expect(failure(await login(person, { otp: now(secret, 1) }))).toEqual(INVALID_OTP);
      expect((await login(person, { otp: code })).status).toBe(200);
    });

    it('are replaced by new ones, and are of nobody else', async () => {
      const { person, secret } = await withCodes();
      const { person: other } = await withCodes();
      const [first = '', second = ''] = await recoveryCodes(person, now(secret));
      expect(failure(await login(other, { otp: first }))).toEqual(INVALID_OTP);
      const next = await recoveryCodes(person, first);
      expect(next).toHaveLength(10);
      for (const old of [first, second]) expect(failure(await login(person, { otp: old }))).toEqual(INVALID_OTP);
      expect(await left(person)).toBe(10);
    });

    it('need the second factor: a password is not enough for them', async () => {
      const { person, secret } = await withCodes();
      const ask = (body: object) => person.client.post('/users/me/tfa/recovery-codes', body);
      expect(failure(await ask({ password: PASSWORD }))).toEqual(INVALID_OTP);
      expect(failure(await ask({ otp: '000000' }))).toEqual(INVALID_OTP);
      expect(failure(await ask({}))).toEqual(INVALID_PAYLOAD);
      const otp = now(secret);
      expect((await ask({ otp })).status).toBe(200);
      // The same code once for this too.
      expect(failure(await ask({ otp }))).toEqual(INVALID_OTP);
      const bare = await makePerson(server);
      expect(failure(await bare.client.post('/users/me/tfa/recovery-codes', { password: PASSWORD }))).toEqual(
        INVALID_PAYLOAD,
      );
    });

    it('turn one-time passwords off, and go with them', async () => {
      const { person, secret } = await withCodes();
      const [code = '', other = ''] = await recoveryCodes(person, now(secret));
      expect((await person.client.post('/users/me/tfa/disable', { otp: code })).status).toBe(204);
      expect(await left(person)).toBe(0);
      const again = await generate(person);
      await person.client.post('/users/me/tfa/enable', { secret: again, otp: now(again) });
      expect(failure(await login(person, { otp: other }))).toEqual(INVALID_OTP);
    });
  });

  describe('passkeys', () => {
    async function withPasskey() {
      const person = await makePerson(server);
      const authenticator = new Authenticator(ORIGIN);
      const { id } = (await register(person, authenticator)).body.data;
      return { person, authenticator, id };
    }
    async function requiringPasskey() {
      const made = await withPasskey();
      const body = { passkey_required: true, passkey: await stepUpFor(made.person, made.authenticator) };
      expect((await made.person.client.patch('/users/me/tfa', body)).status).toBe(204);
      return made;
    }

    it('are asked for beside a password only where the person said so', async () => {
      const { person, authenticator } = await withPasskey();
      expect((await login(person)).status).toBe(200);
      const change = (body: object) => person.client.patch('/users/me/tfa', body);
      expect(failure(await change({ passkey_required: true }))).toEqual(INVALID_PAYLOAD);
      expect(failure(await change({ passkey_required: 'yes', password: PASSWORD }))).toEqual(INVALID_PAYLOAD);
      expect(failure(await change({ passkey_required: true, password: 'wrong' }))).toEqual(REFUSED);
      expect((await change({ passkey_required: true, password: PASSWORD })).status).toBe(204);
      expect(failure(await login(person))).toEqual(INVALID_OTP);
      expect(failure(await login(person, { otp: '000000' }))).toEqual(INVALID_OTP);
      const passkey = await answerFor(server, authenticator, 'second-factor');
      expect((await login(person, { passkey })).status).toBe(200);
      expect(failure(await login(person, { passkey }))).toEqual(INVALID_OTP);
      // Not to be turned off by who only knows the password.
      expect(failure(await change({ passkey_required: false, password: PASSWORD }))).toEqual(INVALID_OTP);
      expect(failure(await login(person))).toEqual(INVALID_OTP);
      const proof = { passkey: await stepUpFor(person, authenticator) };
      expect((await change({ passkey_required: false, ...proof })).status).toBe(204);
      expect((await login(person)).status).toBe(200);
    });

    it('of others, or that answered something else, are no second factor', async () => {
      const { person, authenticator } = await requiringPasskey();
      const { authenticator: foreign } = await withPasskey();
      const attempts = [
        await answerFor(server, foreign, 'second-factor'),
        await answerFor(server, authenticator, 'login'),
        await stepUpFor(person, authenticator),
        await answerFor(server, authenticator, 'second-factor', { origin: 'https://evil.test' }),
        await answerFor(server, authenticator, 'second-factor', { userVerified: false }),
        {},
      ];
      for (const passkey of attempts) expect(failure(await login(person, { passkey }))).toEqual(INVALID_OTP);
      expect(failure(await login(person, { passkey: 'x' }))).toEqual(INVALID_PAYLOAD);
      // A wrong password is all that is said about a wrong password.
      const passkey = await answerFor(server, authenticator, 'second-factor');
      expect(failure(await login(person, { passkey, password: 'wrong' }))).toEqual(REFUSED);
    });

    it('answer in the place of a one-time password', async () => {
      const { person, secret } = await withCodes();
      const authenticator = new Authenticator(ORIGIN);
      expect(failure(await register(person, authenticator))).toEqual(INVALID_OTP); // with the password alone
      expect((await register(person, authenticator, { otp: now(secret) })).status).toBe(200);
      const passkey = await answerFor(server, authenticator, 'second-factor');
      expect((await login(person, { passkey })).status).toBe(200);
      const proof = { passkey: await stepUpFor(person, authenticator) };
      expect((await person.client.post('/users/me/tfa/disable', proof)).status).toBe(204);
    });

    it('are no second factor any more once the last of them is gone', async () => {
      const { person, authenticator, id } = await requiringPasskey();
      const path = `/users/me/passkeys/${id}`;
      expect(failure(await person.client.delete(path, { password: PASSWORD }))).toEqual(INVALID_OTP);
      const proof = { passkey: await stepUpFor(person, authenticator) };
      expect((await person.client.delete(path, proof)).status).toBe(204);
      expect((await login(person)).status).toBe(200);
    });

    it('can be given up for recovery codes when they are lost', async () => {
      const { person, authenticator, id } = await requiringPasskey();
      const asked = { passkey: await stepUpFor(person, authenticator) };
      const { data: codes } = (await person.client.post('/users/me/tfa/recovery-codes', asked)).body;
      const client = await signIn(server, person.email, { otp: codes[0] });
      expect((await client.delete(`/users/me/passkeys/${id}`, { otp: codes[1] })).status).toBe(204);
      expect((await login(person)).status).toBe(200);
    });
  });

  it('satisfy a policy that demands one', async () => {
    const claims = (answer: { body: { data: { access_token: string } } }) =>
      JSON.parse(Buffer.from(answer.body.data.access_token.split('.')[1] ?? '', 'base64url').toString());
    const policy = (await admin.post('/policies', { name: 'Strict', enforce_tfa: true })).body.data.id;
    const { person, authenticator } = await withDemandingPolicy(policy);
    expect(claims(await login(person))).toMatchObject({ enforce_tfa: true });
    await person.client.patch('/users/me/tfa', { passkey_required: true, password: PASSWORD });
    const signedIn = await login(person, { passkey: await answerFor(server, authenticator, 'second-factor') });
    expect(claims(signedIn).enforce_tfa).toBeUndefined();
    const { refresh_token } = signedIn.body.data;
    expect(claims(await anonymous.post('/auth/refresh', { refresh_token })).enforce_tfa).toBeUndefined();
    expect(claims(await anonymous.post('/auth/login', { email: ADMIN.email, password: ADMIN.password })).enforce_tfa)
      // of another policy
      .toBeUndefined();
  });

  async function withDemandingPolicy(policy: string) {
    const person = await makePerson(server);
    await admin.post('/access', { user: person.id, policy });
    const authenticator = new Authenticator(ORIGIN);
    await register(person, authenticator);
    return { person, authenticator };
  }
});
