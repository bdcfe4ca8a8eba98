import { createVerify, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { hostileDestinations } from '../sso/hostile-destinations.ts';
import { ADMIN, DATABASES, makeProject, type Project } from '../started-server.ts';
import { IdentityProvider, type Message, posted, requestIn, type Says } from './identity-provider.ts';

const NOW = Date.UTC(2030, 0, 15, 12);
const BASE = 'https://api.example.com/base';
const LOGIN = 'https://client.example/login';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const idpOf = (name: string) =>
  new IdentityProvider(
    name,
    { audience: `${BASE}/auth/login/${name}/metadata`, consumerUrl: `${BASE}/auth/login/${name}/acs` },
    () => NOW,
  );

const metadataOf = ({ audience, consumerUrl }: IdentityProvider) =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${audience}"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService isDefault="true" index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${consumerUrl}"/></md:SPSSODescriptor></md:EntityDescriptor>`;

const settingsOf = (name: string, idp: IdentityProvider, more: Record<string, string> = {}) => {
  const prefix = `AUTH_${name.toUpperCase()}_`;
  const settings: Record<string, string> = {
    DRIVER: 'saml',
    IDP_metadata: idp.metadata(name === 'signed'),
    SP_metadata: metadataOf(idp),
    IDENTIFIER_KEY: 'uid',
    EMAIL_KEY: 'mail',
    GIVEN_NAME_KEY: 'first',
    FAMILY_NAME_KEY: 'last',
    ALLOW_PUBLIC_REGISTRATION: 'true',
    REDIRECT_ALLOW_LIST: `${LOGIN},https://app.example:8443/welcome/back,club://home/in`,
    ...more,
  };
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [prefix + key, value]));
};

describe.each(DATABASES)('signing on with SAML on %s', (database) => {
  const club = idpOf('club');
  const annex = idpOf('annex');
  const signed = idpOf('signed');
  let place: Project;
  let node: Inside;
  let other: Inside;

  beforeAll(async () => {
    place = await makeProject(database, {
      PUBLIC_URL: BASE,
      AUTH_PROVIDERS: 'club,annex,signed,broken',
      AUTH_ALLOWED_PUBLIC_URLS: 'https://second.example.com',
      ...settingsOf('club', club),
      ...settingsOf('annex', annex, {
        ALLOW_PUBLIC_REGISTRATION: 'false',
        MODE: 'cookie',
        ALLOW_IDP_INITIATED: 'true',
      }),
      ...settingsOf('signed', signed, {
        SP_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      }),
      ...settingsOf('broken', idpOf('broken'), { IDP_metadata: '<!DOCTYPE r><r/>' }),
    });
    node = await Inside.open(place);
    other = await Inside.open(place);
  }, 60_000);

  afterAll(async () => {
    await other?.close();
    await node?.close();
    await place?.remove();
  });

  async function leave(name = 'club', redirect?: string) {
    const url = `/auth/login/${name}${redirect === undefined ? '' : `?redirect=${encodeURIComponent(redirect)}`}`;
    return node.app.inject({ method: 'GET', url });
  }

  const post = (fields: Record<string, string> | [string, string][], name = 'club', at = node, headers = {}) =>
    at.app.inject({
      method: 'POST',
      url: `/auth/login/${name}/acs`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(fields).toString(),
    });

  /** Leaves, and comes back with what the provider says of somebody. */
  async function visit(
    idp: IdentityProvider,
    says: Says,
    { name = 'club', redirect = LOGIN, message = {} as Message } = {},
  ) {
    const { id } = requestIn(String((await leave(name, redirect)).headers.location));
    return { SAMLResponse: posted(idp.answer({ inResponseTo: id, ...says }, message)), RelayState: redirect };
  }

  const somebody = (uid: string) => ({
    attributes: { uid, mail: `${uid}@club.example.com`, first: 'Ada', last: 'Ash' },
  });
  const users = (provider: string) =>
    node.must<Record<string, string>[]>(
      'GET',
      `/users?filter[provider][_eq]=${provider}&fields=*&sort=external_identifier`,
    );
  const cookiesOf = ({ cookies }: { cookies: { name: string; value: string }[] }) => cookies.map(({ name }) => name);

  it('describes itself, and sends people away with a request', async () => {
    const metadata = await node.app.inject('/auth/login/club/metadata');
    expect(metadata.headers['content-type']).toContain('xml');
    expect(metadata.payload).toBe(metadataOf(club));
    const { statusCode, headers } = await leave('club', `${LOGIN}?a=1`);
    expect(statusCode).toBe(302);
    const location = String(headers.location);
    expect(location.startsWith(`${club.signOnUrl}?SAMLRequest=`)).toBe(true);
    const { xml, relayState } = requestIn(location);
    expect(relayState).toBe(`${LOGIN}?a=1`);
    expect(xml).toContain(`AssertionConsumerServiceURL="${club.consumerUrl}"`);
    expect(xml).toContain(`Destination="${club.signOnUrl}"`);
    expect(xml).toMatch(new RegExp(`>${club.audience}</saml:Issuer>`));
    expect(requestIn(String((await leave()).headers.location)).relayState).toBeNull();
  });

  it('signs requests where the provider wants that', async () => {
    const location = String((await leave('signed', '/x')).headers.location);
    const query = location.slice(location.indexOf('?') + 1);
    const [said, signature] = query.split('&Signature=');
    const value = Buffer.from(decodeURIComponent(signature ?? ''), 'base64');
    expect(
      createVerify('sha256')
        .update(said ?? '')
        .verify(publicKey, value),
    ).toBe(true);
    expect(requestIn(String((await leave()).headers.location)).query.has('Signature')).toBe(false);
  });

  it('lets somebody in, makes their account once, and takes nothing over later', async () => {
    const first = await post(await visit(club, somebody('ada')));
    expect([first.statusCode, first.headers.location, cookiesOf(first)]).toEqual([
      302,
      LOGIN,
      ['directus_session_token'],
    ]);
    const again = { attributes: { uid: 'ada', mail: 'new@club.example.com', first: 'Other' } };
    expect((await post(await visit(club, again))).headers.location).toBe(LOGIN);
    expect((await users('club')).filter(({ external_identifier }) => external_identifier === 'ada')).toMatchObject([
      { email: 'ada@club.example.com', first_name: 'Ada', last_name: 'Ash', status: 'active', role: null },
    ]);
  });

  it('lets each assertion in once, also when it comes to two nodes at once', async () => {
    const form = await visit(club, somebody('bob'));
    const answers = await Promise.all([node, other, node, other].map((at) => post(form, 'club', at)));
    expect(answers.filter((answer) => cookiesOf(answer).length > 0)).toHaveLength(1);
    const late = await post(form, 'club', other);
    expect(late.headers.location).toBe(`${LOGIN}?reason=INVALID_CREDENTIALS`);
    expect((await users('club')).filter(({ external_identifier }) => external_identifier === 'bob')).toHaveLength(1);
  });

  it('lets one answer to each request in', async () => {
    const { id } = requestIn(String((await leave()).headers.location));
    const answer = () => ({
      SAMLResponse: posted(club.answer({ inResponseTo: id, ...somebody('ada') })),
      RelayState: LOGIN,
    });
    expect((await post(answer())).headers.location).toBe(LOGIN);
    expect((await post(answer())).headers.location).toContain('reason=INVALID_CREDENTIALS');
  });

  it('knows requests of other nodes, but not those to other providers', async () => {
    const form = await visit(club, somebody('ada'));
    expect((await post(form, 'club', other)).headers.location).toBe(LOGIN);
    const { id } = requestIn(String((await leave('annex')).headers.location));
    const mixed = { SAMLResponse: posted(club.answer({ inResponseTo: id, ...somebody('ada') })), RelayState: LOGIN };
    expect((await post(mixed)).headers.location).toContain('reason=INVALID_CREDENTIALS');
    const forAnnex = await visit(club, somebody('ada'));
    expect((await post(forAnnex, 'annex')).headers.location).toContain('reason=');
  });

  it('refuses unasked answers unless they are allowed', async () => {
    const says = { inResponseTo: null, ...somebody('x-ada') };
    const unasked = { SAMLResponse: posted(club.answer(says)), RelayState: LOGIN };
    expect((await post(unasked)).headers.location).toContain('reason=INVALID_CREDENTIALS');
    await node.must('POST', '/users', { provider: 'annex', external_identifier: 'x-ada', first_name: 'Ahead' });
    const allowed = { SAMLResponse: posted(annex.answer(says)), RelayState: LOGIN };
    const answer = await post(allowed, 'annex');
    expect([answer.headers.location, cookiesOf(answer)]).toEqual([LOGIN, ['directus_refresh_token']]);
    expect((await post(allowed, 'annex')).headers.location).toContain('reason=INVALID_CREDENTIALS');
    expect(await users('annex')).toMatchObject([{ first_name: 'Ahead', email: null }]);
  });

  it('refuses strangers, the inactive, the nameless, and addresses of others', async () => {
    const unknown = await post(await visit(annex, somebody('y'), { name: 'annex' }), 'annex');
    expect(unknown.headers.location).toBe(`${LOGIN}?reason=INVALID_CREDENTIALS`);
    const nameless = await post(await visit(club, { attributes: { mail: 'z@club.example.com' } }));
    expect(nameless.headers.location).toBe(`${LOGIN}?reason=INVALID_CREDENTIALS`);
    const taken = await post(await visit(club, { attributes: { uid: 'z', mail: ADMIN.email.toUpperCase() } }));
    expect(taken.headers.location).toBe(`${LOGIN}?reason=INVALID_PROVIDER`);
    await post(await visit(club, somebody('carl')));
    const carl = (await users('club')).find(({ external_identifier }) => external_identifier === 'carl');
    await node.must('PATCH', `/users/${carl?.id}`, { status: 'suspended' });
    const inactive = await post(await visit(club, somebody('carl')));
    expect([inactive.headers.location, cookiesOf(inactive)]).toEqual([`${LOGIN}?reason=INVALID_CREDENTIALS`, []]);
  });

  it('sends nobody anywhere that may not be named, leaving or coming back', async () => {
    const good = await visit(club, somebody('ada'));
    for (const hostile of hostileDestinations()) {
      const left = await leave('club', hostile);
      expect([left.statusCode, left.headers.location], hostile).toEqual([400, undefined]);
      const failed = await post({ SAMLResponse: 'bm8=', RelayState: hostile });
      expect([failed.statusCode, failed.headers.location, cookiesOf(failed)], hostile).toEqual([400, undefined, []]);
    }
    for (const hostile of hostileDestinations().slice(0, 40)) {
      const answer = await post({ ...good, RelayState: hostile });
      expect([answer.statusCode, answer.headers.location, cookiesOf(answer)], hostile).toEqual([400, undefined, []]);
    }
    expect((await post(good)).headers.location).toBe(LOGIN);
  }, 120_000);

  it('leads to / without a place, and keeps the parameters of one', async () => {
    const nowhere = await visit(club, somebody('ada'), { redirect: '' });
    expect((await post(nowhere)).headers.location).toBe('/');
    expect((await post({ SAMLResponse: 'bm8=' })).headers.location).toBe('/?reason=INVALID_CREDENTIALS');
    const kept = await post(await visit(club, somebody('ada'), { redirect: '/admin/content?x=1' }));
    expect(kept.headers.location).toBe('/admin/content?x=1');
  });

  it('wants each field once, and a form', async () => {
    const { SAMLResponse, RelayState } = await visit(club, somebody('ada'));
    const twice: [string, string][] = [
      ['SAMLResponse', SAMLResponse],
      ['SAMLResponse', SAMLResponse],
    ];
    const states: [string, string][] = [
      ['SAMLResponse', SAMLResponse],
      ['RelayState', RelayState],
      ['RelayState', 'https://evil.example'],
    ];
    const incomplete: [string, string][] = [['RelayState', RelayState]];
    for (const form of [[], incomplete, twice, states]) expect((await post(form)).statusCode).toBe(400);
    const json = { method: 'POST', url: '/auth/login/club/acs', payload: { SAMLResponse, RelayState } } as const;
    expect((await node.app.inject(json)).statusCode).toBe(400);
    expect((await node.app.inject({ method: 'GET', url: '/auth/login/club/acs' })).statusCode).toBe(404);
  });

  it('answers are for one browser and one window', async () => {
    const answers = [
      await leave(),
      await node.app.inject('/auth/login/club/metadata'),
      await post(await visit(club, somebody('ada'))),
      await post({ SAMLResponse: 'x' }),
      await node.app.inject('/auth/login/club/logout?SAMLRequest=x'),
    ];
    for (const { headers, statusCode } of answers) {
      expect([statusCode, headers['cache-control']]).toEqual([statusCode, 'no-store']);
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
  });

  it('looks at no credential of the browser', async () => {
    const form = await visit(club, somebody('ada'));
    const headers = {
      cookie: 'directus_session_token=broken',
      origin: 'https://idp.example',
      'sec-fetch-site': 'cross-site',
    };
    expect((await post(form, 'club', node, headers)).headers.location).toBe(LOGIN);
  });

  it('says that a provider is set up wrongly, and nothing of how', async () => {
    const answer = await leave('broken');
    expect(answer.statusCode).toBe(503);
    expect(answer.json().errors[0].extensions).toEqual({ code: 'INVALID_PROVIDER_CONFIG', provider: 'broken' });
  });

  it('leaves people to their provider: no password of this server counts', async () => {
    await post(await visit(club, somebody('dora')));
    const dora = (await users('club')).find(({ external_identifier }) => external_identifier === 'dora');
    await node.must('PATCH', `/users/${dora?.id}`, { password: 'dora-pass-1' });
    const login = { email: 'dora@club.example.com', password: 'dora-pass-1' };
    expect((await node.json({ method: 'POST', url: '/auth/login', token: '', body: login })).status).toBe(401);
    expect((await node.json({ method: 'POST', url: '/auth/login/club', token: '', body: login })).status).toBe(404);
  });
});
