import type { KeyObject } from 'node:crypto';
import { attributeText } from './canonical.ts';
import { NAMESPACE } from './elements.ts';
import type { IdentityProvider, ServiceProvider } from './metadata.ts';
import { redirectAddress } from './redirect-binding.ts';

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
  return redirectAddress(provider.signOnUrl, { kind: 'SAMLRequest', xml, relayState, key });
}
