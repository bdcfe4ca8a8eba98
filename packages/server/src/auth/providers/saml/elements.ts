import type { XmlElement } from './xml.ts';

export const NAMESPACE = {
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  encryption: 'http://www.w3.org/2001/04/xmlenc#',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
} as const;

export type Vocabulary = keyof typeof NAMESPACE;

/** Why a message is refused; for the log, never for whoever sent it. */
export class SamlError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'SamlError';
  }
}

export const isNamed = (element: XmlElement, vocabulary: Vocabulary, local: string): boolean =>
  element.local === local && element.namespace === NAMESPACE[vocabulary];

export const elementsIn = (element: XmlElement): XmlElement[] =>
  element.children.filter((child): child is XmlElement => typeof child !== 'string');

export const childrenNamed = (element: XmlElement, vocabulary: Vocabulary, local: string): XmlElement[] =>
  elementsIn(element).filter((child) => isNamed(child, vocabulary, local));

/** The one child of this name, or null. Throws SamlError where there are more. */
export function childNamed(element: XmlElement, vocabulary: Vocabulary, local: string): XmlElement | null {
  const [found, other] = childrenNamed(element, vocabulary, local);
  if (other) throw new SamlError(`There is more than one ${local}.`);
  return found ?? null;
}

/** The one child of this name. Throws SamlError. */
export function requiredChild(element: XmlElement, vocabulary: Vocabulary, local: string): XmlElement {
  const child = childNamed(element, vocabulary, local);
  if (child === null) throw new SamlError(`There is no ${local}.`);
  return child;
}

/** An attribute without a namespace, or null. */
export const attributeOf = (element: XmlElement, name: string): string | null =>
  element.attributes.find(({ local, namespace }) => local === name && namespace === '')?.value ?? null;

/** The whole text of an element that holds nothing else. Throws SamlError. */
export function textOf(element: XmlElement): string {
  if (elementsIn(element).length > 0) throw new SamlError(`${element.local} holds elements.`);
  return element.children.join('');
}

/** The element and everything below it. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of elementsIn(element)) yield* descendants(child);
}

/** Bytes in base64, with white space between. Throws SamlError for anything else. */
export function bytesOf(text: string): Buffer {
  const compact = text.replace(/[ \t\r\n]+/g, '');
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(compact) && compact.length % 4 === 0;
  if (!isBase64) throw new SamlError('What has to be base64 is not.');
  return Buffer.from(compact, 'base64');
}
