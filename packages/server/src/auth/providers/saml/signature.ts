import { constants, hash, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import { canonical } from './canonical.ts';
import {
  attributeOf,
  bytesOf,
  childNamed,
  childrenNamed,
  elementsIn,
  isNamed,
  requiredChild,
  SamlError,
  textOf,
} from './elements.ts';
import { parseXml, type XmlElement } from './xml.ts';

const ALGORITHM = {
  canonical: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
  enveloped: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
} as const;

/** Prefixes that one canonical form keeps beside those it needs. */
const MAX_PREFIXES = 32;

/** The signature that an element carries as its child, or null. Throws SamlError where there are several. */
export const signatureOf = (element: XmlElement): XmlElement | null => childNamed(element, 'signature', 'Signature');

/**
 * What an enveloped signature (XML Signature §4, in the profile of SAML core §5.4) says, read from the very bytes that were
 * signed, so that nothing else in the document counts. The signature has to be of one of the keys, RSA with SHA-256, over
 * this element and nothing else. `KeyInfo` is not looked at: who signs says so in the metadata. Throws SamlError.
 */
export function signedContent(element: XmlElement, signature: XmlElement, keys: readonly KeyObject[]): XmlElement {
  requireOnly(signature, ['SignedInfo', 'SignatureValue', 'KeyInfo']);
  const info = requiredChild(signature, 'signature', 'SignedInfo');
  requireOnly(info, ['CanonicalizationMethod', 'SignatureMethod', 'Reference']);
  const method = requireAlgorithm(requiredChild(info, 'signature', 'CanonicalizationMethod'), ALGORITHM.canonical);
  requireAlgorithm(requiredChild(info, 'signature', 'SignatureMethod'), ALGORITHM.signature);
  const content = referred(requiredChild(info, 'signature', 'Reference'), element, signature);
  const value = bytesOf(textOf(requiredChild(signature, 'signature', 'SignatureValue')));
  const signed = Buffer.from(canonical(info, { prefixes: prefixesOf(method) }));
  const padding = constants.RSA_PKCS1_PADDING;
  if (!keys.some((key) => verify('sha256', signed, { key, padding }, value))) {
    throw new SamlError('The signature is not of the provider.');
  }
  return parseXml(content);
}

/** The canonical text of the element, if that is what the reference stands for and has the digest of. */
function referred(reference: XmlElement, element: XmlElement, signature: XmlElement): string {
  requireOnly(reference, ['Transforms', 'DigestMethod', 'DigestValue']);
  const id = attributeOf(element, 'ID');
  if (!id || attributeOf(reference, 'URI') !== `#${id}`) throw new SamlError('The signature is of something else.');
  const transforms = requiredChild(reference, 'signature', 'Transforms');
  requireOnly(transforms, ['Transform']);
  const [enveloped, exclusive, ...more] = childrenNamed(transforms, 'signature', 'Transform');
  if (!enveloped || !exclusive || more.length > 0) throw new SamlError('Other transforms are not allowed.');
  requireAlgorithm(enveloped, ALGORITHM.enveloped);
  requireAlgorithm(exclusive, ALGORITHM.canonical);
  requireAlgorithm(requiredChild(reference, 'signature', 'DigestMethod'), ALGORITHM.digest);
  const text = canonical(element, { without: signature, prefixes: prefixesOf(exclusive) });
  const digest = bytesOf(textOf(requiredChild(reference, 'signature', 'DigestValue')));
  const own = hash('sha256', text, 'buffer');
  if (digest.length !== own.length || !timingSafeEqual(digest, own))
    throw new SamlError('What was signed was changed.');
  return text;
}

function requireAlgorithm(element: XmlElement, algorithm: string): XmlElement {
  if (attributeOf(element, 'Algorithm') !== algorithm) throw new SamlError('The signature has another algorithm.');
  return element;
}

/** Throws SamlError where there is anything in it but these elements of XML Signature. */
function requireOnly(element: XmlElement, locals: readonly string[]): void {
  const known = elementsIn(element).every((child) => locals.some((local) => isNamed(child, 'signature', local)));
  if (!known) throw new SamlError(`${element.local} holds something else.`);
}

function prefixesOf(method: XmlElement): string[] {
  const list = childrenNamed(method, 'exclusive', 'InclusiveNamespaces');
  if (list.length !== elementsIn(method).length || list.length > 1) {
    throw new SamlError('A transform holds something else.');
  }
  const prefixes = (list[0] && attributeOf(list[0], 'PrefixList'))?.split(/[ \t\n]+/).filter(Boolean) ?? [];
  if (prefixes.length > MAX_PREFIXES) throw new SamlError('A transform names too many prefixes.');
  return prefixes;
}

/** Throws SamlError where two elements have the same identifier, under whatever name. */
export function requireUniqueIds(elements: Iterable<XmlElement>): void {
  const seen = new Set<string>();
  for (const { attributes } of elements) {
    for (const { local, value } of attributes) {
      if (local.toLowerCase() !== 'id') continue;
      if (seen.has(value)) throw new SamlError('Two elements have the same ID.');
      seen.add(value);
    }
  }
}
