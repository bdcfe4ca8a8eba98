import type { KeyObject } from 'node:crypto';
import { CLOCK_SKEW_MS, instant, type NameId, nameIdIn, requireIssuer } from './assertion.ts';
import { attributeText, plainText } from './canonical.ts';
import {
  attributeOf,
  bytesOf,
  childrenNamed,
  descendants,
  isNamed,
  NAMESPACE,
  requiredChild,
  SamlError,
  textOf,
} from './elements.ts';
import { requireUniqueIds, signatureOf, signedContent } from './signature.ts';
import { parseXml, type XmlElement } from './xml.ts';

/** How long a request to sign somebody out counts after it was made. */
const REQUEST_TTL_MS = 300_000;
const MAX_INDEXES = 100;
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const REQUESTER = 'urn:oasis:names:tc:SAML:2.0:status:Requester';

interface Head {
  readonly id: string;
  readonly issuer: string;
  readonly destination: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a message about a logout has to say to count here and now. */
export interface ExpectedLogout {
  readonly issuer: string;
  /** Where it has to have been sent to. */
  readonly destination: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface LogoutRequest {
  readonly id: string;
  readonly nameId: NameId;
  /** Sessions at the provider; none stands for all. */
  readonly sessionIndexes: readonly string[];
  /** When it stops counting, in milliseconds since 1970. */
  readonly expires: number;
}

export interface LogoutResponse {
  readonly inResponseTo: string;
  readonly succeeded: boolean;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A LogoutRequest (SAML core §3.7.1). */
export function writeLogoutRequest(head: Head, nameId: NameId, sessionIndex: string | null): string {
  const name = `<saml:NameID${written(nameId.qualifiers)}>${plainText(nameId.value)}</saml:NameID>`;
  const index = sessionIndex === null ? '' : `<samlp:SessionIndex>${plainText(sessionIndex)}</samlp:SessionIndex>`;
  return message('LogoutRequest', head, {}, `${name}${index}`);
}

/** A LogoutResponse (SAML core §3.7.2). */
export function writeLogoutResponse(head: Head, inResponseTo: string, succeeded: boolean): string {
  const code = succeeded ? SUCCESS : REQUESTER;
  const status = `<samlp:Status><samlp:StatusCode Value="${code}"/></samlp:Status>`;
  return message('LogoutResponse', head, { InResponseTo: inResponseTo }, status);
}

function message(local: string, { id, issuer, destination, now }: Head, more: object, content: string): string {
  const attributes = { ID: id, Version: '2.0', IssueInstant: new Date(now).toISOString(), Destination: destination };
  const own = `xmlns:samlp="${NAMESPACE.protocol}" xmlns:saml="${NAMESPACE.assertion}"`;
  const head = `<samlp:${local} ${own}${written({ ...attributes, ...more })}>`;
  return `${head}<saml:Issuer>${plainText(issuer)}</saml:Issuer>${content}</samlp:${local}>`;
}

const written = (attributes: object): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${attributeText(String(value))}"`)
    .join('');

/** A message that was posted, read from the bytes that one of the keys signed. Throws as `readResponse` does. */
export function readPosted(posted: string, keys: readonly KeyObject[]): XmlElement {
  const document = parseXml(decoder.decode(bytesOf(posted)));
  const all = [...descendants(document)];
  requireUniqueIds(all);
  const signature = signatureOf(document);
  if (!signature) throw new SamlError('The message is not signed.');
  if (all.filter((one) => isNamed(one, 'signature', 'Signature')).length > 1) {
    throw new SamlError('There is a signature out of its place.');
  }
  return signedContent(document, signature, keys);
}

/** Reads a request whose signature held. Throws SamlError where it is not for here, or not for now. */
export function readLogoutRequest(element: XmlElement, expected: ExpectedLogout): LogoutRequest {
  const { id, issued } = requireHead(element, 'LogoutRequest', expected);
  const until = instant(element, 'NotOnOrAfter');
  if (until !== null && expected.now >= until + CLOCK_SKEW_MS) throw new SamlError('The request has expired.');
  const nameId = nameIdIn(element);
  if (nameId === null) throw new SamlError('The request names nobody, or not legibly.');
  const indexes = childrenNamed(element, 'protocol', 'SessionIndex').map(textOf);
  if (indexes.length > MAX_INDEXES) throw new SamlError('The request names too many sessions.');
  return { id, nameId, sessionIndexes: indexes, expires: issued + REQUEST_TTL_MS + CLOCK_SKEW_MS };
}

/** Reads a response whose signature held. Throws SamlError where it is not for here, or not for now. */
export function readLogoutResponse(element: XmlElement, expected: ExpectedLogout): LogoutResponse {
  requireHead(element, 'LogoutResponse', expected);
  const inResponseTo = attributeOf(element, 'InResponseTo');
  if (inResponseTo === null) throw new SamlError('The response answers no request.');
  const status = requiredChild(requiredChild(element, 'protocol', 'Status'), 'protocol', 'StatusCode');
  return { inResponseTo, succeeded: attributeOf(status, 'Value') === SUCCESS };
}

function requireHead(element: XmlElement, local: string, { issuer, destination, now }: ExpectedLogout) {
  const id = attributeOf(element, 'ID');
  if (!isNamed(element, 'protocol', local)) throw new SamlError(`The message is no ${local}.`);
  if (!id || attributeOf(element, 'Version') !== '2.0') throw new SamlError('The message is not of SAML 2.0.');
  const issued = instant(element, 'IssueInstant', 'required');
  if (issued > now + CLOCK_SKEW_MS) throw new SamlError('The message is of the future.');
  if (now >= issued + REQUEST_TTL_MS + CLOCK_SKEW_MS) throw new SamlError('The message is too old.');
  // A signed message says where it goes (SAML bindings §3.4.5.2 and §3.5.5.2).
  if (attributeOf(element, 'Destination') !== destination) throw new SamlError('The message is for somebody else.');
  requireIssuer(requiredChild(element, 'assertion', 'Issuer'), issuer);
  return { id, issued };
}
