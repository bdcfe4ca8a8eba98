import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import { certificateOf } from '../certificate.ts';

export const NS = {
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
} as const;
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';

export const newId = (): string => `_${randomBytes(16).toString('hex')}`;
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one);
const iso = (ms: number): string => new Date(ms).toISOString();
const MINUTE = 60_000;

/** What an assertion says; null leaves the attribute or element out. */
export interface Says {
  readonly id?: string;
  readonly issuer?: string;
  readonly audience?: string | null;
  readonly recipient?: string | null;
  readonly inResponseTo?: string | null;
  readonly from?: number;
  readonly until?: number | null;
  readonly confirmedUntil?: number | null;
  readonly issued?: number;
  readonly method?: string;
  readonly version?: string;
  readonly conditions?: string;
  readonly statement?: string;
  readonly nameId?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface Message {
  readonly id?: string;
  readonly destination?: string | null;
  readonly issuer?: string | null;
  readonly inResponseTo?: string | null;
  readonly status?: string;
  readonly version?: string;
}

/** How a signature is made; what is not said is as it has to be. */
export interface Signing {
  readonly key?: KeyObject;
  readonly signature?: string;
  readonly digest?: string;
  readonly canonical?: string;
  readonly transforms?: readonly string[];
  readonly prefixes?: readonly string[];
}

/** A SAML identity provider; its signatures are made by xml-crypto, not by what is tested. */
export class IdentityProvider {
  readonly entityId: string;
  readonly signOnUrl: string;
  readonly logoutUrl: string;
  readonly audience: string;
  readonly consumerUrl: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly certificate: string;
  readonly #now: () => number;

  constructor(name: string, service: { audience: string; consumerUrl: string }, now: () => number) {
    this.entityId = `https://idp.example/${name}/metadata`;
    this.signOnUrl = `https://idp.example/${name}/sso`;
    this.logoutUrl = `https://idp.example/${name}/slo`;
    this.audience = service.audience;
    this.consumerUrl = service.consumerUrl;
    this.#now = now;
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.certificate = certificateOf(privateKey, 'idp').toString('base64');
  }

  /** `logout` is what stands there of single logout. */
  metadata(wantsSignedRequests = false, logout = ''): string {
    const key = `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${NS.ds}"><ds:X509Data><ds:X509Certificate>\n${this.certificate.replace(/.{64}/g, '$&\n')}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
    const service = `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${this.signOnUrl}"/>`;
    return `<?xml version="1.0" encoding="UTF-8"?>\n<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${this.entityId}"><md:IDPSSODescriptor WantAuthnRequestsSigned="${wantsSignedRequests}" protocolSupportEnumeration="${NS.samlp}">${key}${logout}${service}</md:IDPSSODescriptor></md:EntityDescriptor>`;
  }

  /** An assertion about somebody, not signed. */
  assertion(says: Says = {}): string {
    const now = this.#now();
    const until = says.until === undefined ? now + 5 * MINUTE : says.until;
    const confirmed = says.confirmedUntil === undefined ? now + 5 * MINUTE : says.confirmedUntil;
    const data = attributes({
      InResponseTo: says.inResponseTo ?? null,
      NotOnOrAfter: confirmed === null ? null : iso(confirmed),
      Recipient: says.recipient === undefined ? this.consumerUrl : says.recipient,
    });
    const audience = says.audience === undefined ? this.audience : says.audience;
    const restriction =
      audience === null
        ? ''
        : `<saml:AudienceRestriction><saml:Audience>${escaped(audience)}</saml:Audience></saml:AudienceRestriction>`;
    const times = attributes({
      NotBefore: iso(says.from ?? now - MINUTE),
      NotOnOrAfter: until === null ? null : iso(until),
    });
    const said = Object.entries(says.attributes ?? { uid: 'ada' }).map(
      ([name, value]) =>
        `<saml:Attribute Name="${escaped(name)}"><saml:AttributeValue xsi:type="xs:string">${escaped(value)}</saml:AttributeValue></saml:Attribute>`,
    );
    return [
      `<saml:Assertion xmlns:saml="${NS.saml}" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`,
      ` ID="${says.id ?? newId()}" IssueInstant="${iso(says.issued ?? now)}" Version="${says.version ?? '2.0'}">`,
      `<saml:Issuer>${escaped(says.issuer ?? this.entityId)}</saml:Issuer>`,
      `<saml:Subject>${says.nameId ?? '<saml:NameID>somebody</saml:NameID>'}<saml:SubjectConfirmation Method="${says.method ?? BEARER}">`,
      `<saml:SubjectConfirmationData${data}/></saml:SubjectConfirmation></saml:Subject>`,
      `<saml:Conditions${times}>${restriction}${says.conditions ?? ''}</saml:Conditions>`,
      says.statement ?? `<saml:AuthnStatement AuthnInstant="${iso(now)}"/>`,
      `<saml:AttributeStatement>${said.join('')}</saml:AttributeStatement></saml:Assertion>`,
    ].join('');
  }

  /** A message around what it holds, not signed. */
  message(content: string, message: Message = {}): string {
    const head = attributes({
      ID: message.id ?? newId(),
      Version: message.version ?? '2.0',
      IssueInstant: iso(this.#now()),
      Destination: message.destination === undefined ? this.consumerUrl : message.destination,
      InResponseTo: message.inResponseTo ?? null,
    });
    const issuer =
      message.issuer === null
        ? ''
        : `<saml:Issuer xmlns:saml="${NS.saml}">${escaped(message.issuer ?? this.entityId)}</saml:Issuer>`;
    const status = `<samlp:Status><samlp:StatusCode Value="${message.status ?? SUCCESS}"/></samlp:Status>`;
    return `<samlp:Response xmlns:samlp="${NS.samlp}"${head}>${issuer}${status}${content}</samlp:Response>`;
  }

  /** Puts a signature into the one element of this name. */
  sign(xml: string, local: string, signing: Signing = {}): string {
    const signer = new SignedXml({
      privateKey: (signing.key ?? this.privateKey).export({ type: 'pkcs8', format: 'pem' }) as string,
      signatureAlgorithm: (signing.signature ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256') as never,
      canonicalizationAlgorithm: (signing.canonical ?? EXCLUSIVE) as never,
    });
    const xpath = `//*[local-name(.)='${local}']`;
    signer.addReference({
      xpath,
      transforms: (signing.transforms ?? [`${NS.ds}enveloped-signature`, EXCLUSIVE]) as never,
      digestAlgorithm: (signing.digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256') as never,
      inclusiveNamespacesPrefixList: [...(signing.prefixes ?? [])],
    });
    signer.computeSignature(xml, {
      prefix: 'ds',
      location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' },
    });
    return signer.getSignedXml();
  }

  /** A message about a logout, not signed: a LogoutRequest or a LogoutResponse. */
  logoutMessage(local: string, content: string, head: Readonly<Record<string, string | null>>, issuer = this.entityId) {
    const own = { ID: newId(), Version: '2.0', IssueInstant: iso(this.#now()), ...head };
    const names = `xmlns:samlp="${NS.samlp}" xmlns:saml="${NS.saml}"`;
    return `<samlp:${local} ${names}${attributes(own)}><saml:Issuer>${issuer}</saml:Issuer>${content}</samlp:${local}>`;
  }

  /** The query that carries a message by redirect, signed. */
  redirectQuery(kind: 'SAMLRequest' | 'SAMLResponse', xml: string, relayState?: string, key = this.privateKey): string {
    const message = encodeURIComponent(deflateRawSync(xml).toString('base64'));
    const state = relayState === undefined ? '' : `&RelayState=${encodeURIComponent(relayState)}`;
    const algorithm = encodeURIComponent('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
    const text = `${kind}=${message}${state}&SigAlg=${algorithm}`;
    return `${text}&Signature=${encodeURIComponent(sign('sha256', Buffer.from(text), key).toString('base64'))}`;
  }

  /** What is usual: a signed assertion in a message. */
  answer(says: Says = {}, message: Message = {}, signing: Signing = {}): string {
    const inResponseTo = says.inResponseTo ?? null;
    return this.message(this.sign(this.assertion(says), 'Assertion', signing), { inResponseTo, ...message });
  }
}

function attributes(given: Readonly<Record<string, string | null>>): string {
  const there = Object.entries(given).filter(([, value]) => value !== null);
  return there.map(([name, value]) => ` ${name}="${escaped(value ?? '')}"`).join('');
}

export const posted = (xml: string): string => Buffer.from(xml).toString('base64');

/** The AuthnRequest that an address carries. */
export function requestIn(
  address: string,
  kind = 'SAMLRequest',
): {
  id: string;
  xml: string;
  relayState: string | null;
  query: URLSearchParams;
} {
  const query = new URL(address).searchParams;
  const xml = inflateRawSync(Buffer.from(query.get(kind) ?? '', 'base64')).toString();
  return { id: / ID="([^"]*)"/.exec(xml)?.[1] ?? '', xml, relayState: query.get('RelayState'), query };
}
