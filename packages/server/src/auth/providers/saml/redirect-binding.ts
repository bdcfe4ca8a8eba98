import { constants, type KeyObject, sign, verify } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { bytesOf, SamlError } from './elements.ts';
import { parseXml, type XmlElement } from './xml.ts';

const SIGNATURE_ALGORITHM = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const DEFLATE = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE';
/** Bytes of a message that came in an address. */
const MAX_BYTES = 100_000;

export type MessageKind = 'SAMLRequest' | 'SAMLResponse';

export interface Outgoing {
  readonly kind: MessageKind;
  readonly xml: string;
  readonly relayState: string | null;
  /** Signs the message, if given. */
  readonly key: KeyObject | null;
}

/** A message whose signature holds. */
export interface Incoming {
  readonly kind: MessageKind;
  readonly message: XmlElement;
  readonly relayState: string | undefined;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The address that carries a message by redirect (SAML bindings §3.4). */
export function redirectAddress(url: string, { kind, xml, relayState, key }: Outgoing): string {
  let query = `${kind}=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}`;
  if (relayState !== null) query += `&RelayState=${encodeURIComponent(relayState)}`;
  if (key !== null) {
    query += `&SigAlg=${encodeURIComponent(SIGNATURE_ALGORITHM)}`;
    query += `&Signature=${encodeURIComponent(sign('sha256', Buffer.from(query), key).toString('base64'))}`;
  }
  const [address, fragment] = url.split('#', 2);
  return `${address}${address?.includes('?') ? '&' : '?'}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}

/**
 * Reads a message that came by redirect. It has to be signed by one of the keys, RSA with SHA-256, over the very text of the
 * query (SAML bindings §3.4.4.1). Throws SamlError, XmlError, and other errors for what is malformed.
 */
export function readRedirect(query: string, keys: readonly KeyObject[]): Incoming {
  const given = parametersIn(query);
  const kind: MessageKind = given.has('SAMLResponse') ? 'SAMLResponse' : 'SAMLRequest';
  if (given.has('SAMLRequest') === given.has('SAMLResponse')) throw new SamlError('There has to be one message.');
  if (decoded(given, 'SigAlg') !== SIGNATURE_ALGORITHM) throw new SamlError('The signature has another algorithm.');
  if ((decoded(given, 'SAMLEncoding') ?? DEFLATE) !== DEFLATE) throw new SamlError('The encoding is not understood.');
  const signed = [kind, 'RelayState', 'SigAlg'].filter((name) => given.has(name));
  const text = Buffer.from(signed.map((name) => `${name}=${given.get(name)}`).join('&'));
  const signature = bytesOf(decoded(given, 'Signature') ?? '');
  const padding = constants.RSA_PKCS1_PADDING;
  if (!keys.some((key) => verify('sha256', text, { key, padding }, signature))) {
    throw new SamlError('The signature is not of the provider.');
  }
  const xml = inflateRawSync(bytesOf(decoded(given, kind) ?? ''), { maxOutputLength: MAX_BYTES });
  return { kind, message: parseXml(decoder.decode(xml)), relayState: decoded(given, 'RelayState') };
}

/** As they are written, each once. */
function parametersIn(query: string): Map<string, string> {
  const given = new Map<string, string>();
  for (const pair of query.split('&')) {
    const [name = '', value = ''] = pair.split(/=(.*)/s, 2);
    if (given.has(name)) throw new SamlError('A parameter is given twice.');
    given.set(name, value);
  }
  return given;
}

function decoded(given: ReadonlyMap<string, string>, name: string): string | undefined {
  const value = given.get(name);
  return value === undefined ? undefined : decodeURIComponent(value);
}
