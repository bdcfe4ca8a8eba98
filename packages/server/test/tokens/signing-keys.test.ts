import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Auth, AuthSettings, Grant } from '../../src/auth/index.ts';
import { type SigningKey, signWith } from '../../src/auth/signing/algorithms.ts';
import { type Accounts, DATABASES, ORIGIN, openAccounts } from '../auth/accounts-database.ts';
import { Client } from '../resources/project.ts';
import { ADMIN, discard, makeProject, type StartedServer, startServer } from '../started-server.ts';

const INVALID = { code: 'INVALID_TOKEN' };
const ALGORITHMS = ['EdDSA', 'ES256', 'RS256'] as const;
const DAY = 86_400_000;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString());

describe.each(DATABASES)('key pairs for access tokens on %s', (database) => {
  let accounts: Accounts;
  let user: string;
  const nodes: Auth[] = [];
  beforeAll(async () => {
    accounts = await openAccounts(database);
    user = await accounts.addUser({ email: 'anna@example.com', password: 'a-long-password' });
  });
  afterEach(async () => {
    for (const node of nodes.splice(0)) node.close();
    await accounts.sql('DELETE FROM limen_signing_keys');
  });
  afterAll(() => accounts.remove());

  async function node(settings: Partial<AuthSettings>): Promise<Auth> {
    const auth = accounts.node(settings);
    nodes.push(auth);
    await auth.signingKeys.start();
    return auth;
  }
  const signIn = (auth: Auth, mode: 'json' | 'session' = 'json'): Promise<Grant> =>
    auth.passwordLogin.login(
      'default',
      { email: 'anna@example.com', password: 'a-long-password', mode, otp: null },
      ORIGIN,
    );
  const identify = (auth: Auth, token: string) => auth.identify({ kind: 'token', token, from: 'header' }, ORIGIN);
  const check = (auth: Auth, token: string) =>
    jwtVerify(token, createLocalJWKSet(auth.signingKeys.jwks()), {
      issuer: 'directus',
      currentDate: new Date(accounts.clock.now()),
    });

  it.each(ALGORITHMS)('%s: anybody can check what the server signs, and the server takes it', async (algorithm) => {
    const auth = await node({ accessTokenAlgorithm: algorithm });
    for (const mode of ['json', 'session'] as const) {
      const { accessToken } = await signIn(auth, mode);
      const { payload, protectedHeader } = await check(auth, accessToken);
      expect(protectedHeader).toEqual({ alg: algorithm, typ: 'JWT', kid: expect.any(String) });
      expect(payload).toMatchObject({ id: user, role: null, app_access: false, admin_access: false, iss: 'directus' });
      expect(await identify(auth, accessToken)).toMatchObject({ user });
      expect(await identify(await node({ accessTokenAlgorithm: algorithm }), accessToken)).toMatchObject({ user });
    }
  });

  it.each(ALGORITHMS)('%s: forged ones are refused', async (algorithm) => {
    const auth = await node({ accessTokenAlgorithm: algorithm });
    const { accessToken } = await signIn(auth);
    const [head = '', body = '', signature = ''] = accessToken.split('.');
    const header = decode(head);
    const [jwk = {}] = auth.signingKeys.jwks().keys;
    const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
    const hmac = (key: string | Buffer, alg: string) => {
      const input = `${encode({ ...header, alg })}.${body}`;
      return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
    };
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const signed = (change: object) => {
      const input = `${encode({ ...header, ...change })}.${body}`;
      return `${input}.${sign(null, Buffer.from(input), stranger).toString('base64url')}`;
    };
    const own = auth.signingKeys.current() as SigningKey;
    const bySelf = (change: object, claims: object = decode(body)) => {
      const input = `${encode({ ...header, ...change })}.${encode(claims)}`;
      return `${input}.${signWith(own, input)}`;
    };
    expect(await identify(auth, bySelf({}))).toMatchObject({ user });
    const corpus = [
      bySelf({ crit: ['exp'] }),
      bySelf({ typ: 'at+jwt' }),
      bySelf({ alg: ALGORITHMS.find((other) => other !== algorithm) }),
      bySelf({ alg: 'ES512' }),
      bySelf({ alg: undefined }),
      bySelf({ kid: undefined }),
      bySelf({}, { ...decode(body), scope: 'invite' }),
      bySelf({}, { ...decode(body), exp: undefined }),
      hmac(pem, 'HS256'),
      hmac(pem, algorithm),
      hmac(Buffer.from(jwk.x ?? jwk.n ?? '', 'base64url'), 'HS256'),
      hmac(jwk.x ?? jwk.n ?? '', 'HS256'),
      `${encode({ ...header, alg: 'none' })}.${body}.`,
      `${encode({ ...header, alg: 'None' })}.${body}.${signature}`,
      ...ALGORITHMS.filter((other) => other !== algorithm).map(
        (alg) => `${encode({ ...header, alg })}.${body}.${signature}`,
      ),
      `${head}.${encode({ ...decode(body), admin_access: true })}.${signature}`,
      `${head}.${body}.`,
      `${head}.${body}.${signature.slice(0, -4)}`,
      `${head}.${body}.${signature}A`,
      signed({}),
      signed({ alg: 'EdDSA' }),
      signed({ alg: 'EdDSA', kid: undefined }),
      signed({ alg: 'EdDSA', kid: '../../../../dev/null' }),
      signed({ alg: 'EdDSA', jwk: createPublicKey(stranger).export({ format: 'jwk' }) }),
      signed({ alg: 'EdDSA', jku: 'https://example.com/jwks.json', x5u: 'https://example.com/cert' }),
      `${encode({ ...header, crit: ['exp'] })}.${body}.${signature}`,
      `${encode({ ...header, typ: 'at+jwt' })}.${body}.${signature}`,
    ];
    for (const forged of corpus) await expect(identify(auth, forged), forged).rejects.toMatchObject(INVALID);
    expect(await identify(auth, accessToken)).toMatchObject({ user });
  });

  it('a key is replaced in time: the next one is published before it signs, the last one verifies as long as it must', async () => {
    const rotating = { accessTokenAlgorithm: 'EdDSA', accessTokenKeyRotationMs: 30 * DAY } as const;
    const [auth, other] = [await node(rotating), await node(rotating)];
    const kidOf = async (of: Auth) => decode((await signIn(of)).accessToken.split('.')[0]).kid;
    const maintain = () => Promise.all([auth.signingKeys.maintain(), other.signingKeys.maintain()]);
    const published = () => auth.signingKeys.jwks().keys.map(({ kid }) => kid);
    const first = await kidOf(auth);
    expect(await kidOf(other)).toBe(first);
    accounts.clock.pass(30 * DAY);
    await maintain();
    expect(published()).toHaveLength(2);
    expect([await kidOf(auth), await kidOf(other)]).toEqual([first, first]);
    accounts.clock.pass(60_000);
    const last = await signIn(auth, 'session').then(() => kidOf(auth));
    expect(last).not.toBe(first);
    expect(await kidOf(other)).toBe(last);
    await maintain();
    const rows = await accounts.sql('SELECT kid, private_key, retired_at FROM limen_signing_keys ORDER BY created_at');
    expect(rows).toMatchObject([
      { kid: first, private_key: null },
      { kid: last, retired_at: null },
    ]);
    accounts.clock.pass(DAY);
    await maintain();
    expect(published()).toEqual([first, last]);
    accounts.clock.pass(120_000);
    await maintain();
    expect(published()).toEqual([last]);
  });

  it('a token outlives the replacement of its key', async () => {
    const rotating = { accessTokenAlgorithm: 'ES256', accessTokenKeyRotationMs: 30 * DAY } as const;
    const auth = await node(rotating);
    accounts.clock.pass(30 * DAY);
    const { accessToken } = await signIn(auth, 'session');
    await auth.signingKeys.maintain();
    accounts.clock.pass(60_000);
    await auth.signingKeys.maintain();
    accounts.clock.pass(DAY - 120_000);
    await auth.signingKeys.maintain();
    expect(await identify(auth, accessToken)).toMatchObject({ user });
  });

  it('several nodes that start together make one key', async () => {
    const started = await Promise.all(Array.from({ length: 5 }, () => node({ accessTokenAlgorithm: 'EdDSA' })));
    const lists = started.map((auth) => JSON.stringify(auth.signingKeys.jwks()));
    expect(new Set(lists).size).toBe(1);
    expect(started[0]?.signingKeys.jwks().keys).toHaveLength(1);
  });

  it('private keys are nowhere to be read: not in the list, and encrypted in the database', async () => {
    const auth = await node({ accessTokenAlgorithm: 'RS256' });
    for (const key of auth.signingKeys.jwks().keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    }
    const [row] = await accounts.sql('SELECT private_key FROM limen_signing_keys');
    const bytes = Buffer.from(String(row?.private_key), 'base64');
    expect(bytes.length).toBeGreaterThan(1000);
    expect(bytes.includes(Buffer.from('2a864886f70d010101', 'hex'))).toBe(false);
    const elsewhere = await node({ accessTokenAlgorithm: 'RS256', secret: 'another-secret-another-secret-1234' });
    expect(elsewhere.signingKeys.current()?.kid).not.toBe(auth.signingKeys.current()?.kid);
  });

  it('tokens of before the change to another algorithm, and back, count to their end', async () => {
    const [before, pairs] = [await node({}), await node({ accessTokenAlgorithm: 'EdDSA' })];
    const [old, signed] = [(await signIn(before)).accessToken, (await signIn(pairs)).accessToken];
    expect(await identify(pairs, old)).toMatchObject({ user });
    expect(await identify(await node({}), signed)).toMatchObject({ user });
    expect(await identify(await node({ accessTokenAlgorithm: 'ES256' }), signed)).toMatchObject({ user });
  });

  it.each(ALGORITHMS)('%s: a key of the settings signs, and as a retired one verifies', async (algorithm) => {
    const pair = (): { privateKey: KeyObject; publicKey: KeyObject } =>
      algorithm === 'RS256'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : algorithm === 'ES256'
          ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
          : generateKeyPairSync('ed25519');
    const [old, next] = [pair(), pair()].map(({ privateKey, publicKey }) => ({
      private: String(privateKey.export({ format: 'pem', type: 'pkcs8' })),
      public: String(publicKey.export({ format: 'pem', type: 'spki' })),
    }));
    const settings = { accessTokenAlgorithm: algorithm };
    const before = await node({ ...settings, accessTokenPrivateKey: old?.private.replaceAll('\n', '\\n') });
    const { accessToken } = await signIn(before);
    const after = await node({
      ...settings,
      accessTokenPrivateKey: next?.private,
      accessTokenRetiredKeys: old?.public,
    });
    expect(await identify(after, accessToken)).toMatchObject({ user });
    expect((await check(after, (await signIn(after)).accessToken)).payload.id).toBe(user);
    const without = await node({ ...settings, accessTokenPrivateKey: next?.private });
    await expect(identify(without, accessToken)).rejects.toMatchObject(INVALID);
    expect(await accounts.sql('SELECT kid FROM limen_signing_keys')).toEqual([]);
  });

  const pem = (privateKey: KeyObject): string => String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const unusable: readonly (readonly [string, (typeof ALGORITHMS)[number], string])[] = [
    ['no PEM', 'EdDSA', 'a key'],
    ['a public key', 'EdDSA', String(generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }))],
    ['a key of another algorithm', 'ES256', pem(generateKeyPairSync('ed25519').privateKey)],
    ['a weak key', 'RS256', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)],
    ['another curve', 'ES256', pem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey)],
  ];
  it.each(unusable)('%s is refused as the key of the settings', (_name, algorithm, key) => {
    const settings = { accessTokenAlgorithm: algorithm, accessTokenPrivateKey: key };
    expect(() => accounts.node(settings)).toThrow(/ACCESS_TOKEN_PRIVATE_KEY/);
  });
});

describe('a server with key pairs', () => {
  let server: StartedServer;
  beforeAll(async () => {
    const project = await makeProject('sqlite', {
      ACCESS_TOKEN_ALGORITHM: 'EdDSA',
      ACCESS_TOKEN_CLAIMS: 'email,title,tfa_note',
    });
    server = await startServer(project);
  });
  afterAll(() => discard(server));

  it('publishes its keys, and tells of fields that are not concealed', async () => {
    const admin = new Client(server);
    const concealed = { field: 'tfa_note', type: 'string', schema: {}, meta: { special: ['conceal'] } };
    expect((await admin.post('/fields/directus_users', concealed)).status).toBe(200);
    await admin.patch('/users/me', { title: 'Dr', tfa_note: 'a-hidden-value' });
    const login = { email: ADMIN.email, password: ADMIN.password };
    const answer = await new Client(server, null).post('/auth/login', login);
    const token = answer.body.data.access_token;
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`)));
    expect(payload).toMatchObject({ email: ADMIN.email, title: 'Dr', admin_access: true });
    expect(Object.keys(payload)).not.toContain('tfa_note');
    expect(JSON.stringify(payload)).not.toContain('a-hidden-value');
    expect((await new Client(server, token).get('/users/me')).status).toBe(200);
    const list = await new Client(server, null).get('/.well-known/jwks.json');
    expect(list.headers.get('content-type')).toContain('application/jwk-set+json');
    expect(Object.keys(list.body.keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });

  it.each(['password', 'token', 'tfa_secret', 'auth_data', 'exp', 'role', 'session'])(
    'does not start with the claim %s',
    async (name) => {
      const project = await makeProject('sqlite', { ACCESS_TOKEN_CLAIMS: name });
      await expect(startServer(project)).rejects.toThrow(/ACCESS_TOKEN_CLAIMS/);
      await project.remove();
    },
  );
});
