import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { ADMIN, DATABASES, makeProject, type Project } from '../started-server.ts';
import { IdentityProvider, posted, requestIn } from './identity-provider.ts';

const NOW = Date.UTC(2030, 0, 15, 12);
const BASE = 'https://api.example.com';
const LOGIN = 'https://client.example/login';

const idpOf = (name: string) =>
  new IdentityProvider(
    name,
    { audience: `${BASE}/auth/login/${name}/metadata`, consumerUrl: `${BASE}/auth/login/${name}/acs` },
    () => NOW,
  );

const metadataOf = ({ audience, consumerUrl }: IdentityProvider) =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${audience}"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService isDefault="true" index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${consumerUrl}"/></md:SPSSODescriptor></md:EntityDescriptor>`;

describe.each(DATABASES)('SAML providers that are set up at run time, on %s', (database) => {
  const club = idpOf('club');
  let place: Project;
  let node: Inside;

  const bodyOf = (idp: IdentityProvider, more: Record<string, unknown> = {}) => ({
    name: 'club',
    driver: 'saml',
    settings: {
      idp_metadata: idp.metadata(false),
      sp_metadata: metadataOf(idp),
      identifier_key: 'uid',
      email_key: 'mail',
      allow_public_registration: true,
      redirect_allow_list: LOGIN,
      ...more,
    },
  });

  beforeAll(async () => {
    place = await makeProject(database, { PUBLIC_URL: BASE });
    node = await Inside.open(place);
  }, 60_000);

  afterAll(async () => {
    await node?.close();
    await place?.remove();
  });

  const leave = async () =>
    String((await node.app.inject(`/auth/login/club?redirect=${encodeURIComponent(LOGIN)}`)).headers.location);

  const post = (payload: Record<string, string>) =>
    node.app.inject({
      method: 'POST',
      url: '/auth/login/club/acs',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(payload).toString(),
    });

  /** What comes back with somebody who left for the provider. */
  const answerTo = (address: string, uid: string, idp = club) => {
    const { id } = requestIn(address);
    const attributes = { uid, mail: `${uid}@club.example.com` };
    return { SAMLResponse: posted(idp.answer({ inResponseTo: id, attributes }, {})), RelayState: LOGIN };
  };

  it('describe themselves, send people away and let them in, until they are disabled', async () => {
    expect((await node.app.inject('/auth/login/club/metadata')).statusCode).toBe(404);
    await node.must('POST', '/providers', bodyOf(club));
    expect((await node.app.inject('/auth/login/club/metadata')).payload).toBe(metadataOf(club));
    const arrived = await post(answerTo(await leave(), 'ada'));
    expect([arrived.statusCode, arrived.headers.location]).toEqual([302, LOGIN]);
    expect(arrived.cookies.map(({ name }) => name)).toEqual(['directus_session_token']);
    const late = answerTo(await leave(), 'bea');
    await node.must('PATCH', '/providers/club', { enabled: false });
    expect((await post(late)).statusCode).toBe(404);
    expect((await node.app.inject('/auth/login/club/metadata')).statusCode).toBe(404);
    await node.must('PATCH', '/providers/club', { enabled: true });
    const outside = await post(late);
    expect(outside.headers.location).toBe(`${LOGIN}?reason=INVALID_CREDENTIALS`);
    expect(outside.cookies).toEqual([]);
  });

  it('believe another key once they are told of it, and the old one no more', async () => {
    const renewed = idpOf('club');
    await node.must('PATCH', '/providers/club', { settings: { idp_metadata: renewed.metadata(false) } });
    expect((await post(answerTo(await leave(), 'eve', club))).headers.location).toContain('reason=INVALID_CREDENTIALS');
    expect((await post(answerTo(await leave(), 'cid', renewed))).headers.location).toBe(LOGIN);
  });

  it.each([
    ['idp_metadata', { idp_metadata: '<!DOCTYPE r><r/>' }, 'document type'],
    [
      'sp_metadata',
      { sp_metadata: metadataOf(idpOf('annex')) },
      `this server takes them at ${BASE}/auth/login/club/acs`,
    ],
    ['sp_private_key', { sp_private_key: 'no key' }, 'no private key in PEM'],
    ['sp_private_key', { idp_metadata: club.metadata(true) }, 'wants signed requests'],
  ])('are tested, and the wrong setting is named: %s', async (setting, settings, words) => {
    const tested = await node.must<{ ok: boolean; steps: object[] }>('POST', '/providers/club/test', { settings });
    expect(tested.ok).toBe(false);
    expect(tested.steps).toContainEqual(
      expect.objectContaining({ ok: false, setting, detail: expect.stringContaining(words) }),
    );
    expect(await node.must<{ ok: boolean }>('POST', '/providers/club/test')).toMatchObject({ ok: true });
  });

  it('conceal their private key', async () => {
    const { app } = node;
    const headers = { authorization: `Bearer ${ADMIN.token}` };
    await node.must('PATCH', '/providers/club', { settings: { sp_private_key: 'a key in PEM' } });
    const shown = await app.inject({ method: 'GET', url: '/providers/club', headers });
    expect(shown.payload).not.toContain('a key in PEM');
    expect(shown.json().data.settings).toMatchObject({ sp_private_key: '**********', email_key: 'mail' });
  });
});
