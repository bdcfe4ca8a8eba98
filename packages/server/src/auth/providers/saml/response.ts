import type { KeyObject } from 'node:crypto';
import { type Assertion, type Expected, readAssertion, requireIssuer } from './assertion.ts';
import { decryptedAssertion } from './decryption.ts';
import {
  attributeOf,
  bytesOf,
  childNamed,
  childrenNamed,
  descendants,
  isNamed,
  requiredChild,
  SamlError,
} from './elements.ts';
import { requireUniqueIds, signatureOf, signedContent } from './signature.ts';
import { parseXml, type XmlElement } from './xml.ts';

const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';

export interface Trust {
  /** Keys that the provider signs with. */
  readonly keys: readonly KeyObject[];
  /** The key that the provider encrypts for, if any. */
  readonly decryptionKey: KeyObject | null;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads what was posted (`SAMLResponse`, SAML bindings §3.5). Everything that is taken from it stands in what the provider
 * signed: the assertion, or the message around it. Throws SamlError, XmlError, and TypeError for what is no UTF-8.
 */
export function readResponse(posted: string, trust: Trust, expected: Expected): Assertion {
  const document = parseXml(decoder.decode(bytesOf(posted)));
  if (!isNamed(document, 'protocol', 'Response')) throw new SamlError('The message is no Response.');
  requireUniqueIds(descendants(document));
  const messageSignature = signatureOf(document);
  const message = messageSignature ? signedContent(document, messageSignature, trust.keys) : document;
  requireMessage(message, expected, messageSignature !== null);
  const assertion = signedAssertion(document, messageSignature !== null, message, trust);
  const read = readAssertion(assertion, expected);
  const answered = attributeOf(message, 'InResponseTo');
  if (answered !== null && answered !== read.inResponseTo)
    throw new SamlError('Message and assertion answer different requests.');
  return read;
}

/** What a message says of itself (SAML core §3.2.2); a signed one says where it goes (SAML bindings §3.5.5.2). */
function requireMessage(message: XmlElement, expected: Expected, signed: boolean): void {
  if (attributeOf(message, 'Version') !== '2.0') throw new SamlError('The message is not of SAML 2.0.');
  const destination = attributeOf(message, 'Destination');
  if (destination === null ? signed : destination !== expected.consumerUrl)
    throw new SamlError('The message is for somebody else.');
  const issuer = childNamed(message, 'assertion', 'Issuer');
  if (issuer) requireIssuer(issuer, expected.issuer);
  const status = requiredChild(requiredChild(message, 'protocol', 'Status'), 'protocol', 'StatusCode');
  if (attributeOf(status, 'Value') !== SUCCESS) throw new SamlError('The provider refused.');
}

/**
 * The one assertion of the message. A second one, wherever it hides, and a signature anywhere but on the message and on its
 * assertion refuse the message: there is no honest use for either.
 */
function signedAssertion(
  document: XmlElement,
  messageSigned: boolean,
  message: XmlElement,
  { keys, decryptionKey }: Trust,
): XmlElement {
  const encrypted = childNamed(document, 'assertion', 'EncryptedAssertion');
  const plain = childNamed(document, 'assertion', 'Assertion');
  requireOne(document, Number(messageSigned));
  if (encrypted) {
    const decrypted = parseXml(decryptedAssertion(encrypted, decryptionKey, messageSigned));
    requireOne(decrypted, 0);
    const signature = signatureOf(decrypted);
    if (signature) return signedContent(decrypted, signature, keys);
    if (messageSigned) return decrypted;
  } else if (plain) {
    const signature = signatureOf(plain);
    if (signature) return signedContent(plain, signature, keys);
    if (messageSigned) return requiredChild(message, 'assertion', 'Assertion');
  }
  throw new SamlError('No assertion is signed.');
}

function requireOne(root: XmlElement, signatures: number): void {
  const all = [...descendants(root)];
  const assertions = all.filter(
    (one) => isNamed(one, 'assertion', 'Assertion') || isNamed(one, 'assertion', 'EncryptedAssertion'),
  );
  const [assertion, other] = assertions;
  if (!assertion || other) throw new SamlError('The message has to have one assertion.');
  const found = all.filter((one) => isNamed(one, 'signature', 'Signature')).length;
  if (found !== signatures + childrenNamed(assertion, 'signature', 'Signature').length) {
    throw new SamlError('There is a signature out of its place.');
  }
}
