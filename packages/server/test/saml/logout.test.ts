import { createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { hostileDestinations } from '../sso/hostile-destinations.ts';
import { DATABASES, makeProject, type Project } from '../started-server.ts';
import { escaped, IdentityProvider, newId, posted, requestIn } from './identity-provider.ts';

const NOW = Date.UTC(2030, 0, 15, 12);
const MINUTE = 60_000;
const BASE = 'https://api.example.com/base';
const LOGIN = 'https://client.example/login';
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const LOGOUT = (name: string) => `${BASE}/auth/login/${name}/logout`;

const idpOf = (name: string) =>
  new IdentityProvider(
    name,
    { audience: `${BASE}/auth/login/${name}/metadata`, consumerUrl: `${BASE}/auth/login/${name}/acs` },
    () => NOW,
  );

const serviceOf = (idp: IdentityProvider, logout: string) =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${idp.audience}"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${logout}<md:AssertionConsumerService isDefault="true" index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${idp.consumerUrl}"/></md:SPSSODescriptor></md:EntityDescriptor>`;

const endpoint = (location: string, more = '') =>
  `<md:SingleLogoutService Binding="${REDIRECT}" Location="${location}"${more}/>`;

const settingsOf = (name: string, idp: IdentityProvider, logout: { idp: string; sp?: string }, more = {}) => {
  const settings: Record<string, string> = {
    DRIVER: 'saml',
    IDP_metadata: idp.metadata(false, logout.idp),
    SP_metadata: serviceOf(idp, logout.sp ?? ''),
    IDENTIFIER_KEY: 'uid',
    EMAIL_KEY: 'mail',
    ALLOW_PUBLIC_REGISTRATION: 'true',
    REDIRECT_ALLOW_LIST: LOGIN,
    ...more,
  };
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`AUTH_${name.toUpperCase()}_${key}`, value]),
  );
};

interface Visitor {
  readonly cookie: string;
  readonly uid: string;
}

describe.each(DATABASES)('single logout with SAML on %s', (database) => {
  const club = idpOf('club');
  const annex = idpOf('annex');
  const mute = idpOf('mute');
  let place: Project;
  let node: Inside;
  let people = 0;

  beforeAll(async () => {
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const answers = ` ResponseLocation="${club.logoutUrl}/done"`;
    place = await makeProject(database, {
      PUBLIC_URL: BASE,
      AUTH_PROVIDERS: 'club,annex,mute',
      ...settingsOf(
        'club',
        club,
        { idp: endpoint(club.logoutUrl, answers), sp: endpoint(LOGOUT('club')) },
        { SP_PRIVATE_KEY: key },
      ),
      ...settingsOf('annex', annex, { idp: endpoint(`${annex.logoutUrl}?a=1`) }, { MODE: 'cookie' }),
      ...settingsOf('mute', mute, { idp: '' }),
    });
    node = await Inside.open(place);
  }, 60_000);

  afterAll(async () => {
    await node?.close();
    await place?.remove();
  });

  it('begun here: the provider is told whose session it was, signed, and its answer leads back to the page', async () => {
    const ada = await visitor(club, 'club', { index: 'i<1>&', qualifiers: ' Format="urn:x" SPNameQualifier="here"' });
    const url = await begin('club', ada, LOGIN);
    expect(await status(ada)).toBe(401);
    expect(url.startsWith(`${club.logoutUrl}?SAMLRequest=`)).toBe(true);
    const [said, signature = ''] = new URL(url).search.slice(1).split('&Signature=');
    const verifier = createVerify('sha256').update(said ?? '');
    expect(verifier.verify(publicKey, decodeURIComponent(signature), 'base64')).toBe(true);
    const { id, xml, relayState } = requestIn(url);
    expect(relayState).toBe(LOGIN);
    expect(xml).toContain(`<saml:NameID Format="urn:x" SPNameQualifier="here">name of ${ada.uid}</saml:NameID>`);
    expect(xml).toContain('<samlp:SessionIndex>i&lt;1&gt;&amp;</samlp:SessionIndex>');
    expect(xml).toContain(`Destination="${club.logoutUrl}"`);
    expect(await come('club', club.redirectQuery('SAMLResponse', response(id), LOGIN))).toBe(LOGIN);
    const failed = response(id, { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' });
    expect(await come('club', club.redirectQuery('SAMLResponse', failed, LOGIN))).toBe(
      `${LOGIN}?reason=SERVICE_UNAVAILABLE`,
    );
    const form = { SAMLResponse: posted(club.sign(response(id), 'LogoutResponse')), RelayState: LOGIN };
    expect((await post('club', form)).headers.location).toBe(LOGIN);
  });

  it('begun here without a place or a key, and where the provider knows no single logout', async () => {
    const url = await begin('annex', await visitor(annex, 'annex'), undefined);
    expect(url.startsWith(`${annex.logoutUrl}?a=1&SAMLRequest=`)).toBe(true);
    expect([requestIn(url).relayState, requestIn(url).query.has('Signature')]).toEqual([null, false]);
    const eve = await visitor(mute, 'mute');
    expect(await begin('mute', eve, LOGIN)).toBe(LOGIN);
    expect(await status(eve)).toBe(401);
    const bob = await visitor(club, 'club');
    expect(await begin('annex', bob, LOGIN)).toBe(LOGIN);
    expect(await status(bob)).toBe(401);
  });

  it('an answer that is not the provider’s, or to nothing of ours, is told as a failure', async () => {
    const { id } = requestIn(await begin('club', await visitor(club, 'club'), LOGIN));
    const other = requestIn(await begin('annex', await visitor(annex, 'annex'), LOGIN)).id;
    const signIn = requestIn(String((await node.app.inject(`/auth/login/club?redirect=${LOGIN}`)).headers.location)).id;
    const bad = [
      club.redirectQuery('SAMLResponse', response(id), LOGIN, stranger),
      club.redirectQuery('SAMLResponse', response(id), LOGIN).replace(/&Signature=.*/, ''),
      club.redirectQuery('SAMLResponse', response(newId()), LOGIN),
      club.redirectQuery('SAMLResponse', response(other), LOGIN),
      club.redirectQuery('SAMLResponse', response(signIn), LOGIN),
      club.redirectQuery('SAMLResponse', response(id, { issuer: annex.entityId }), LOGIN),
      club.redirectQuery('SAMLResponse', response(id, { destination: 'https://evil.example/' }), LOGIN),
    ];
    for (const query of bad) expect(await come('club', query)).toBe(`${LOGIN}?reason=INVALID_CREDENTIALS`);
    for (const place of hostileDestinations().slice(0, 60)) {
      const answer = await node.app.inject(
        `/auth/login/club/logout?${club.redirectQuery('SAMLResponse', response(id), place)}`,
      );
      expect([answer.statusCode, answer.headers.location], place).toEqual([400, undefined]);
    }
  });

  it.each(['redirect', 'post'])(
    'begun at the provider, by %s: that person’s sessions end, and it is told so',
    async (binding) => {
      const [ada, again] = [await visitor(club, 'club', { index: 'one' }), null];
      const other = await visitor(club, 'club', { index: 'one' });
      expect(again).toBeNull();
      const xml = request(ada);
      const answer =
        binding === 'redirect'
          ? await node.app.inject(
              `/auth/login/club/logout?${club.redirectQuery('SAMLRequest', xml, 'state of the club')}`,
            )
          : await post('club', {
              SAMLRequest: posted(club.sign(xml, 'LogoutRequest')),
              RelayState: 'state of the club',
            });
      const location = String(answer.headers.location);
      expect(location.startsWith(`${club.logoutUrl}/done?SAMLResponse=`), location).toBe(true);
      const said = requestIn(location, 'SAMLResponse');
      expect([said.relayState, said.xml.includes(SUCCESS)]).toEqual(['state of the club', true]);
      expect(said.xml).toContain(`InResponseTo="${/ ID="([^"]+)"/.exec(xml)?.[1]}"`);
      const [signed, signature = ''] = new URL(location).search.slice(1).split('&Signature=');
      const verifier = createVerify('sha256').update(signed ?? '');
      expect(verifier.verify(publicKey, decodeURIComponent(signature), 'base64')).toBe(true);
      expect([await status(ada), await status(other)]).toEqual([401, 200]);
    },
  );

  it('ends the sessions that it names, or all of the person, and none of another provider', async () => {
    const uid = `several${++people}`;
    const [one, two, three] = [
      await visitor(club, 'club', { uid, index: 'one' }),
      await visitor(club, 'club', { uid, index: 'two' }),
      await visitor(club, 'club', { uid, index: 'three' }),
    ];
    const elsewhere = await visitor(annex, 'annex', { uid: `annexed ${uid}`, name: `name of ${uid}` });
    expect(await obeyed('club', request(one, { indexes: ['two', 'unknown'] }))).toBe(302);
    expect([await status(one), await status(two), await status(three)]).toEqual([200, 401, 200]);
    expect(await obeyed('club', request(one))).toBe(302);
    expect([await status(one), await status(three), await refreshed(elsewhere)]).toEqual([401, 401, 200]);
  });

  it('ends sessions also after they were refreshed', async () => {
    const ada = await visitor(annex, 'annex');
    const answer = await node.app.inject({ method: 'POST', url: '/auth/refresh', headers: { cookie: ada.cookie } });
    const next = { ...ada, cookie: cookieOf(answer) };
    expect(await obeyed('annex', request(ada, { idp: annex, to: 'annex' }), annex)).toBe(302);
    expect(await refreshed(next)).toBe(401);
  });

  it('counts once', async () => {
    const ada = await visitor(club, 'club');
    const query = club.redirectQuery('SAMLRequest', request(ada));
    expect(await answered('club', query)).toBe(302);
    const again = await visitor(club, 'club', { uid: ada.uid });
    expect(await answered('club', query)).toBe(400);
    expect(await status(again)).toBe(200);
  });

  describe('is not believed', () => {
    const cases: Readonly<Record<string, (ada: Visitor) => string>> = {
      'without a signature': (ada) => signedAs(request(ada)).replace(/&SigAlg=.*/, ''),
      'with a signature of somebody else': (ada) => signedAs(request(ada), stranger),
      'with a signature of another message': (ada) =>
        signedAs(request(ada)).replace(/SAMLRequest=[^&]+/, `SAMLRequest=${packed(request(ada))}`),
      'with a relay state that was not signed': (ada) => `${signedAs(request(ada))}&RelayState=x`,
      'with two messages': (ada) => `SAMLRequest=${packed(request(ada))}&${signedAs(request(ada))}`,
      'with SHA-1': (ada) => signedAs(request(ada)).replace('rsa-sha256', 'rsa-sha1'),
      'of another issuer': (ada) => signedAs(request(ada, { issuer: annex.entityId })),
      'sent elsewhere': (ada) => signedAs(request(ada, { head: { Destination: LOGOUT('annex') } })),
      'sent nowhere': (ada) => signedAs(request(ada, { head: { Destination: null } })),
      'too old': (ada) => signedAs(request(ada, { head: { IssueInstant: at(-7 * MINUTE) } })),
      'of the future': (ada) => signedAs(request(ada, { head: { IssueInstant: at(2 * MINUTE) } })),
      expired: (ada) => signedAs(request(ada, { head: { NotOnOrAfter: at(-2 * MINUTE) } })),
      'of another version': (ada) => signedAs(request(ada, { head: { Version: '1.1' } })),
      'without a name': () => signedAs(club.logoutMessage('LogoutRequest', '', { Destination: LOGOUT('club') })),
      'with a document type': (ada) => signedAs(`<!DOCTYPE x>${request(ada)}`),
      'as another message': (ada) => signedAs(request(ada).replaceAll('LogoutRequest', 'AuthnRequest')),
      'with too much in it': () => signedAs(`<a>${' '.repeat(2_000_000)}</a>`),
      nothing: () => '',
      'something else': () => 'SAMLRequest=x&SigAlg=%E0%A4%A&Signature=y',
    };

    it.each(Object.entries(cases))('%s', async (_, query) => {
      const ada = await visitor(club, 'club');
      expect(await answered('club', query(ada))).toBe(400);
      expect(await status(ada)).toBe(200);
    });

    it('wrapped, by POST: what was signed stands beside what somebody else wrote', async () => {
      const [ada, mallory] = [await visitor(club, 'club'), await visitor(club, 'club')];
      const signed = club.sign(request(mallory), 'LogoutRequest');
      const signature = /<ds:Signature.*<\/ds:Signature>/s.exec(signed)?.[0] ?? '';
      const forged = request(ada);
      const inside = (content: string) => forged.replace('</saml:Issuer>', `</saml:Issuer>${content}`);
      const messages = [
        inside(signature),
        inside(signature.replace('</ds:Signature>', `<ds:Object>${request(mallory)}</ds:Object></ds:Signature>`)),
        inside(`<samlp:Extensions>${signed}</samlp:Extensions>`),
        inside(`${signature}<samlp:Extensions>${signed.replace(signature, '')}</samlp:Extensions>`),
        forged,
        club.sign(forged, 'LogoutRequest', { key: stranger }),
        `<!DOCTYPE x>${club.sign(forged, 'LogoutRequest')}`,
      ];
      for (const message of messages) {
        expect((await post('club', { SAMLRequest: posted(message) })).statusCode, message).toBe(400);
      }
      expect([await status(ada), await status(mallory)]).toEqual([200, 200]);
    });

    it('a comment does not cut a name short', async () => {
      const uid = `cut${++people}`;
      const [victim, longer] = [
        await visitor(club, 'club', { uid }),
        await visitor(club, 'club', { uid: `${uid}.evil` }),
      ];
      const xml = request(longer).replace(`name of ${uid}`, `name of ${uid}<!-- -->`);
      expect(await obeyed('club', xml)).toBe(302);
      expect([await status(victim), await status(longer)]).toEqual([200, 401]);
    });

    it('forms that are none', async () => {
      const both = { SAMLRequest: 'eA==', SAMLResponse: 'eA==' };
      const wrong: Record<string, string>[] = [{}, { SAMLRequest: '' }, { SAMLRequest: 'x' }, both];
      for (const fields of wrong) {
        expect((await post('club', fields)).statusCode).toBe(400);
      }
      const json = await node.app.inject({ method: 'POST', url: '/auth/login/club/logout', payload: {} });
      expect([json.statusCode, (await post('none', { SAMLRequest: 'x' })).statusCode]).toEqual([400, 404]);
    });
  });

  const at = (offset: number) => new Date(NOW + offset).toISOString();
  const packed = (xml: string) => encodeURIComponent(deflateRawSync(xml).toString('base64'));
  const signedAs = (xml: string, key?: KeyObject) => club.redirectQuery('SAMLRequest', xml, undefined, key);

  function request(
    { uid }: Pick<Visitor, 'uid'>,
    { idp = club, to = 'club', indexes = [] as string[], head = {}, issuer = '' } = {},
  ): string {
    const names = `<saml:NameID>${escaped(`name of ${uid}`)}</saml:NameID>`;
    const content = names + indexes.map((one) => `<samlp:SessionIndex>${one}</samlp:SessionIndex>`).join('');
    return idp.logoutMessage('LogoutRequest', content, { Destination: LOGOUT(to), ...head }, issuer || undefined);
  }

  function response(
    inResponseTo: string,
    { status = SUCCESS, issuer = club.entityId, destination = LOGOUT('club') } = {},
  ): string {
    const content = `<samlp:Status><samlp:StatusCode Value="${status}"/></samlp:Status>`;
    const all = { Destination: destination, InResponseTo: inResponseTo };
    return club.logoutMessage('LogoutResponse', content, all, issuer);
  }

  /** Somebody who signed in at a provider, which called them `name of` and their identifier. */
  async function visitor(
    idp: IdentityProvider,
    provider: string,
    given: { uid?: string; index?: string; qualifiers?: string; name?: string } = {},
  ): Promise<Visitor> {
    const { uid = `person${++people}`, index = 'x', qualifiers = '', name = `name of ${uid}` } = given;
    const { id } = requestIn(String((await node.app.inject(`/auth/login/${provider}`)).headers.location));
    const statement = `<saml:AuthnStatement AuthnInstant="${at(0)}" SessionIndex="${escaped(index)}"/>`;
    const nameId = `<saml:NameID${qualifiers}>${escaped(name)}</saml:NameID>`;
    const xml = idp.answer({ inResponseTo: id, statement, nameId, attributes: { uid } });
    const answer = await node.app.inject({
      method: 'POST',
      url: `/auth/login/${provider}/acs`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ SAMLResponse: posted(xml) }).toString(),
    });
    expect(answer.headers.location).toBe('/');
    return { uid, cookie: cookieOf(answer) };
  }

  const cookieOf = ({ cookies }: { cookies: { name: string; value: string }[] }) =>
    cookies.map(({ name, value }) => `${name}=${value}`).join('; ');

  const status = async ({ cookie }: Visitor) =>
    (await node.app.inject({ url: '/users/me', headers: { cookie } })).statusCode;

  const refreshed = async ({ cookie }: Visitor) =>
    (await node.app.inject({ method: 'POST', url: '/auth/refresh', headers: { cookie } })).statusCode;

  async function begin(provider: string, { cookie }: Visitor, redirect: string | undefined): Promise<string> {
    const mode = cookie.includes('session') ? 'session' : 'cookie';
    const payload = { mode, ...(redirect === undefined ? {} : { redirect }) };
    const answer = await node.app.inject({
      method: 'POST',
      url: `/auth/logout/${provider}`,
      headers: { cookie },
      payload,
    });
    expect(answer.statusCode, answer.payload).toBe(200);
    return answer.json().data.url;
  }

  const post = (provider: string, fields: Record<string, string>) =>
    node.app.inject({
      method: 'POST',
      url: `/auth/login/${provider}/logout`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });

  const answered = async (provider: string, query: string) =>
    (await node.app.inject(`/auth/login/${provider}/logout?${query}`)).statusCode;

  const obeyed = (provider: string, xml: string, idp = club) =>
    answered(provider, idp.redirectQuery('SAMLRequest', xml));

  const come = async (provider: string, query: string) =>
    (await node.app.inject(`/auth/login/${provider}/logout?${query}`)).headers.location;
});
