import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainClient } from '../plain-request.ts';
import { Client, FORBIDDEN, failure } from '../resources/project.ts';
import { type Asking, asAdmin, field, makeCollection, makePerson, type Person } from '../security/people.ts';
import { DATABASES, discard, makeProject, type StartedServer, startServer } from '../started-server.ts';

const ISSUER = 'https://id.example.com/';
const AUDIENCE = 'https://api.example.com';
const UNAUTHORIZED = { status: 401, codes: ['INVALID_CREDENTIALS'] };
const INVALID = { status: 403, codes: ['INVALID_TOKEN'] };
const EXPIRED = { status: 401, codes: ['TOKEN_EXPIRED'] };

interface IssuerKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Another issuer: its list of keys over HTTP. */
class Issuer {
  readonly asked: string[] = [];
  keys: JWK[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, answer) => {
      this.asked.push(request.url ?? '');
      answer.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: this.keys }));
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/jwks.json`;
  }

  /** Without `alg`, as many issuers do. */
  async publish(...keys: readonly IssuerKey[]): Promise<void> {
    this.keys = await Promise.all(
      keys.map(async ({ publicKey, kid }) => ({ ...(await exportJWK(publicKey)), kid, use: 'sig' })),
    );
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

const rsaKey = (): IssuerKey => ({
  kid: randomUUID(),
  alg: 'RS256',
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }),
});

describe.each(DATABASES)('tokens of other issuers on %s', (database) => {
  const issuer = new Issuer();
  const key = rsaKey();
  let server: StartedServer;
  let root: Client;
  let admin: Asking;
  let anna: Person;
  let readers: Person;

  beforeAll(async () => {
    await issuer.publish(key);
    const project = await makeProject(database, { IMPORT_IP_ALLOW_LIST: '127.0.0.1' });
    // Its roles have to be there before the settings can name them.
    const first = await startServer(project);
    admin = asAdmin(new PlainClient(first.port));
    anna = await makePerson(admin, 'anna', [{ collection: 'directus_users', action: 'read' }]);
    readers = await makePerson(admin, 'readers', [{ collection: 'directus_roles', action: 'read' }]);
    await admin('PATCH', `/users/${anna.id}`, { provider: 'club', external_identifier: 'anna-at-the-club' });
    await first.stop();
    const address = await issuer.start();
    server = await startServer(project, {
      TOKEN_ISSUERS: 'club,mail',
      TOKEN_ISSUER_CLUB_ISSUER: ISSUER,
      TOKEN_ISSUER_CLUB_JWKS_URL: address,
      TOKEN_ISSUER_CLUB_AUDIENCE: AUDIENCE,
      TOKEN_ISSUER_CLUB_ALGORITHMS: 'RS256,EdDSA',
      TOKEN_ISSUER_CLUB_CREATE_USERS: 'true',
      TOKEN_ISSUER_CLUB_ROLE_MAPPING: JSON.stringify({ readers: readers.role, gone: randomUUID() }),
      TOKEN_ISSUER_MAIL_ISSUER: 'https://mail.example.com/',
      TOKEN_ISSUER_MAIL_JWKS_URL: address,
      TOKEN_ISSUER_MAIL_AUDIENCE: AUDIENCE,
      TOKEN_ISSUER_MAIL_USER_CLAIM: 'email',
      TOKEN_ISSUER_MAIL_USER_FIELD: 'email',
    });
    root = new Client(server);
    admin = asAdmin(new PlainClient(server.port));
  });
  afterAll(async () => {
    issuer.stop();
    await discard(server);
  });

  const claims = (more: JWTPayload = {}): JWTPayload => ({
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'anna-at-the-club',
    exp: Math.floor(Date.now() / 1000) + 300,
    ...more,
  });
  const signed = (payload: JWTPayload, by: IssuerKey = key, header: object = {}) =>
    new SignJWT(payload).setProtectedHeader({ alg: by.alg, kid: by.kid, ...header }).sign(by.privateKey);
  const me = (token: string) => new Client(server, token).get('/users/me');

  it('act as the user of that provider with that identifier', async () => {
    const token = await signed(claims());
    expect((await me(token)).body.data.id).toBe(anna.id);
    expect((await me(await signed(claims({ aud: ['somebody', AUDIENCE] })))).body.data.id).toBe(anna.id);
    expect(issuer.asked).toHaveLength(1);
  });

  it('share nothing where they stand for another role: a share would act with the own one', async () => {
    await makeCollection(admin, 'notes', [field('title')]);
    const note = await admin('POST', '/items/notes', { title: 'shared' });
    for (const { policy } of [anna, readers]) {
      const allow = (collection: string, action: string) =>
        admin('POST', '/permissions', { policy, collection, action, fields: ['*'] });
      await allow('notes', 'share');
      await allow('directus_shares', 'create');
    }
    const share = { collection: 'notes', item: note.id, role: anna.role };
    const by = async (more?: JWTPayload) => new Client(server, await signed(claims(more))).post('/shares', share);
    expect(failure(await by({ groups: 'readers' }))).toEqual(FORBIDDEN);
    expect((await by()).status).toBeLessThan(300);
  });

  it('are refused when anything about them is wrong', async () => {
    const now = Math.floor(Date.now() / 1000);
    const other = rsaKey();
    const pem = String(key.publicKey.export({ format: 'pem', type: 'spki' }));
    const hmac = (secret: string | Buffer) => {
      const input = [{ alg: 'HS256', kid: key.kid }, claims()].map((part) =>
        Buffer.from(JSON.stringify(part)).toString('base64url'),
      );
      return `${input.join('.')}.${createHmac('sha256', secret).update(input.join('.')).digest('base64url')}`;
    };
    const byHand = (header: object) => {
      const input = [header, claims()].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      return `${input}.${sign('sha256', Buffer.from(input), key.privateKey).toString('base64url')}`;
    };
    const good = await signed(claims());
    expect((await me(byHand({ alg: 'RS256', kid: key.kid }))).status).toBe(200);
    const [head, body, signature] = good.split('.');
    const corpus: [string, string | Promise<string>, object][] = [
      ['another audience', signed(claims({ aud: 'https://other.example.com' })), INVALID],
      ['no audience', signed(claims({ aud: undefined })), INVALID],
      ['no end', signed(claims({ exp: undefined })), INVALID],
      ['over', signed(claims({ exp: now - 60 })), EXPIRED],
      ['not yet', signed(claims({ nbf: now + 60 })), INVALID],
      ['another issuer', signed(claims({ iss: 'https://evil.example.com/' })), UNAUTHORIZED],
      ['an issuer that looks like it', signed(claims({ iss: ISSUER.slice(0, -1) })), UNAUTHORIZED],
      ['ours', signed(claims({ iss: 'directus', id: anna.id })), INVALID],
      ['another key of that name', signed(claims(), { ...other, kid: key.kid }), INVALID],
      ['a key in the header', signed(claims(), other, { jwk: { kty: 'RSA' } }), INVALID],
      ['a key from elsewhere', signed(claims(), other, { jku: 'http://127.0.0.1:1/jwks' }), INVALID],
      ['an unknown extension', byHand({ alg: 'RS256', kid: key.kid, crit: ['x-new'], 'x-new': 1 }), INVALID],
      ['the public key as a secret', hmac(pem), INVALID],
      ['the modulus as a secret', hmac(String(issuer.keys[0]?.n)), INVALID],
      ['no algorithm', new UnsecuredJWT(claims()).encode(), INVALID],
      [
        'an algorithm that is not allowed',
        new SignJWT(claims()).setProtectedHeader({ alg: 'RS512', kid: key.kid }).sign(key.privateKey),
        INVALID,
      ],
      ['no signature', `${head}.${body}.`, INVALID],
      [
        'another body',
        `${head}.${Buffer.from(JSON.stringify(claims({ sub: 'root' }))).toString('base64url')}.${signature}`,
        INVALID,
      ],
      ['an unknown person', signed(claims({ sub: 'somebody' })), UNAUTHORIZED],
      ['an identifier in other case', signed(claims({ sub: 'Anna-At-The-Club' })), UNAUTHORIZED],
      ['no person', signed(claims({ sub: undefined })), UNAUTHORIZED],
      [
        'a person that is no text',
        signed({ ...claims(), sub: ['anna-at-the-club'] as unknown as string }),
        UNAUTHORIZED,
      ],
    ];
    for (const [name, token, expected] of corpus)
      expect([name, failure(await me(await token))]).toEqual([name, expected]);
    expect((await me(good)).status).toBe(200);
  });

  it('take the role of the mapping, for those who come for the first time too', async () => {
    const token = await signed(claims({ sub: 'newcomer', groups: ['others', 'readers'] }));
    const roles = await new Client(server, token).get('/roles');
    expect(roles.status).toBe(200);
    const [made, ...more] = (await root.get('/users?filter[external_identifier][_eq]=newcomer')).body.data;
    expect(more).toEqual([]);
    expect(made).toMatchObject({ provider: 'club', role: readers.role, status: 'active', email: null });
    const asAnna = await signed(claims({ groups: 'readers' }));
    expect((await new Client(server, asAnna).get('/roles')).status).toBe(200);
    expect((await new Client(server, await signed(claims())).get('/roles')).status).toBe(403);
    expect(failure(await me(await signed(claims({ sub: 'stranger', groups: ['others'] }))))).toEqual(UNAUTHORIZED);
    expect(failure(await me(await signed(claims({ sub: 'stranger', groups: ['gone'] }))))).toEqual(UNAUTHORIZED);
  });

  it('of one who comes for the first time many times at once make one user', async () => {
    const token = await signed(claims({ sub: 'crowd', groups: ['readers'] }));
    const answers = await Promise.all(Array.from({ length: 20 }, () => me(token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await root.get('/users?filter[external_identifier][_eq]=crowd')).body.data).toHaveLength(1);
  });

  it('end with their user, and with the identifier', async () => {
    const token = await signed(claims());
    await root.patch(`/users/${anna.id}`, { status: 'suspended' });
    expect(failure(await me(token))).toEqual(UNAUTHORIZED);
    await root.patch(`/users/${anna.id}`, { status: 'active', external_identifier: 'somebody-else' });
    expect(failure(await me(token))).toEqual(UNAUTHORIZED);
    await root.patch(`/users/${anna.id}`, { external_identifier: 'anna-at-the-club', provider: 'default' });
    expect(failure(await me(token))).toEqual(UNAUTHORIZED);
    await root.patch(`/users/${anna.id}`, { provider: 'club' });
    expect((await me(token)).status).toBe(200);
  });

  it('find people by their address only where the issuer has verified it', async () => {
    const mail = (more: JWTPayload) => signed(claims({ iss: 'https://mail.example.com/', sub: 'x', ...more }));
    expect((await me(await mail({ email: 'ANNA@example.com', email_verified: true }))).body.data.id).toBe(anna.id);
    for (const email_verified of [false, undefined, 'true', 1]) {
      expect(failure(await me(await mail({ email: 'anna@example.com', email_verified })))).toEqual(UNAUTHORIZED);
    }
  });

  it('change no credentials', async () => {
    const holder = new Client(server, await signed(claims({ groups: ['readers'] })));
    expect(failure(await holder.post('/users/me/tokens', { name: 'x' }))).toEqual(FORBIDDEN);
    expect(failure(await holder.patch('/users/me', { password: 'another-password' }))).toEqual(FORBIDDEN);
  });

  it('do not make the server ask for keys more often than now and then', async () => {
    const before = issuer.asked.length;
    const stranger = generateKeyPairSync('ed25519');
    const invented = () => signed(claims(), { kid: randomUUID(), alg: 'EdDSA', ...stranger });
    const tokens = await Promise.all(Array.from({ length: 30 }, invented));
    const answers = await Promise.all(tokens.map(me));
    for (const answer of answers) expect(failure(answer)).toEqual(INVALID);
    expect(issuer.asked.length - before).toBeLessThanOrEqual(1);
  });
});
