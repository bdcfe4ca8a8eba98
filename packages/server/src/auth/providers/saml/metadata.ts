import { type KeyObject, X509Certificate } from 'node:crypto';
import { attributeOf, bytesOf, childrenNamed, descendants, isNamed, SamlError, textOf } from './elements.ts';
import { parseXml, type XmlElement } from './xml.ts';

const BINDING = {
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
} as const;

/** Bits that the key of a signature has at least. */
const MIN_BITS = 2048;
const MAX_KEYS = 8;

export interface IdentityProvider {
  readonly entityId: string;
  /** Where people are sent with a request. */
  readonly signOnUrl: string;
  readonly keys: readonly KeyObject[];
  readonly wantsSignedRequests: boolean;
  /** Where logouts are told of by redirect, and answered; null where that can't be. */
  readonly logout: { readonly requestUrl: string; readonly responseUrl: string } | null;
}

export interface ServiceProvider {
  readonly entityId: string;
  /** Where answers are posted to. */
  readonly consumerUrl: string;
  /** Where logouts are told of, where the metadata say so. */
  readonly logoutUrl: string | null;
}

/** Who the identity provider is, by its metadata (SAML metadata §2.4.3). Throws SamlError or XmlError. */
export function readIdentityProvider(xml: string): IdentityProvider {
  const [entity, role] = roleIn(parseXml(xml), 'IDPSSODescriptor');
  const services = childrenNamed(role, 'metadata', 'SingleSignOnService');
  const service = services.find((one) => attributeOf(one, 'Binding') === BINDING.redirect);
  return {
    entityId: entity,
    signOnUrl: webAddress(service, 'SingleSignOnService with the binding HTTP-Redirect'),
    keys: signingKeys(role),
    wantsSignedRequests: attributeOf(role, 'WantAuthnRequestsSigned') === 'true',
    logout: logoutIn(role),
  };
}

/** Who this server is to the provider, by its own metadata (SAML metadata §2.4.4). Throws SamlError or XmlError. */
export function readServiceProvider(xml: string): ServiceProvider {
  const [entity, role] = roleIn(parseXml(xml), 'SPSSODescriptor');
  const services = childrenNamed(role, 'metadata', 'AssertionConsumerService').filter(
    (one) => attributeOf(one, 'Binding') === BINDING.post,
  );
  const chosen = services.find((one) => attributeOf(one, 'isDefault') === 'true') ?? services[0];
  const [logout] = childrenNamed(role, 'metadata', 'SingleLogoutService');
  return {
    entityId: entity,
    consumerUrl: webAddress(chosen, 'AssertionConsumerService with the binding HTTP-POST'),
    logoutUrl: logout ? webAddress(logout, 'SingleLogoutService') : null,
  };
}

function roleIn(root: XmlElement, role: string): [entityId: string, role: XmlElement] {
  for (const element of descendants(root)) {
    if (!isNamed(element, 'metadata', 'EntityDescriptor')) continue;
    const [found] = childrenNamed(element, 'metadata', role);
    const entityId = attributeOf(element, 'entityID');
    if (found && entityId) return [entityId, found];
  }
  throw new SamlError(`The metadata have no EntityDescriptor with an entityID and an ${role}.`);
}

function logoutIn(role: XmlElement): IdentityProvider['logout'] {
  const services = childrenNamed(role, 'metadata', 'SingleLogoutService');
  const service = services.find((one) => attributeOf(one, 'Binding') === BINDING.redirect);
  if (!service) return null;
  const requestUrl = webAddress(service, 'SingleLogoutService');
  const response = attributeOf(service, 'ResponseLocation');
  return { requestUrl, responseUrl: response === null ? requestUrl : webAddressOf(response, 'ResponseLocation') };
}

function webAddress(service: XmlElement | undefined, what: string): string {
  return webAddressOf(service && attributeOf(service, 'Location'), what);
}

function webAddressOf(location: string | null | undefined, what: string): string {
  if (!location || !/^https?:\/\//i.test(location) || URL.parse(location) === null) {
    throw new SamlError(`The metadata have no ${what}.`);
  }
  return location;
}

function signingKeys(role: XmlElement): KeyObject[] {
  const keys = childrenNamed(role, 'metadata', 'KeyDescriptor')
    .filter((one) => (attributeOf(one, 'use') ?? 'signing') === 'signing')
    .flatMap((one) => [...descendants(one)].filter((each) => isNamed(each, 'signature', 'X509Certificate')))
    .slice(0, MAX_KEYS)
    .map((certificate) => new X509Certificate(bytesOf(textOf(certificate))).publicKey);
  const usable = keys.filter(
    (key) => key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_BITS,
  );
  if (usable.length === 0) throw new SamlError(`The metadata have no certificate with an RSA key of ${MIN_BITS} bits.`);
  return usable;
}
