import { type KeyObject, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { attributeText } from './canonical.ts';
import { NAMESPACE } from './elements.ts';
import type { IdentityProvider, ServiceProvider } from './metadata.ts';

const SIGNATURE_ALGORITHM = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const POST_BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

export interface RequestParts {
  readonly id: string;
  readonly provider: IdentityProvider;
  readonly service: ServiceProvider;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly relayState: string | null;
  /** Signs the request, if given. */
  readonly key: KeyObject | null;
}

/** The address that carries an AuthnRequest (SAML core §3.4.1) by redirect (SAML bindings §3.4). */
export function requestAddress({ id, provider, service, now, relayState, key }: RequestParts): string {
  const attributes = {
    ID: id,
    Version: '2.0',
    IssueInstant: new Date(now).toISOString(),
    Destination: provider.signOnUrl,
    ProtocolBinding: POST_BINDING,
    AssertionConsumerServiceURL: service.consumerUrl,
  };
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${attributeText(value)}"`);
  const issuer = `<saml:Issuer xmlns:saml="${NAMESPACE.assertion}">${attributeText(service.entityId)}</saml:Issuer>`;
  const xml = `<samlp:AuthnRequest xmlns:samlp="${NAMESPACE.protocol}"${written.join('')}>${issuer}</samlp:AuthnRequest>`;
  let query = `SAMLRequest=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}`;
  if (relayState !== null) query += `&RelayState=${encodeURIComponent(relayState)}`;
  if (key !== null) {
    query += `&SigAlg=${encodeURIComponent(SIGNATURE_ALGORITHM)}`;
    query += `&Signature=${encodeURIComponent(sign('sha256', Buffer.from(query), key).toString('base64'))}`;
  }
  const [address, fragment] = provider.signOnUrl.split('#', 2);
  return `${address}${address?.includes('?') ? '&' : '?'}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}
