import type { XmlAttribute, XmlElement } from './xml.ts';

export interface CanonicalOptions {
  /** An element that is left out (the enveloped signature). */
  readonly without?: XmlElement | null;
  /** InclusiveNamespaces PrefixList; `#default` for the default namespace. */
  readonly prefixes?: readonly string[];
}

/** Exclusive XML Canonicalization 1.0 without comments, of an element and everything in it. */
export function canonical(element: XmlElement, { without = null, prefixes = [] }: CanonicalOptions = {}): string {
  const inclusive = prefixes.map((prefix) => (prefix === '#default' ? '' : prefix));
  return render(element, new Map(), inclusive, without);
}

function render(
  element: XmlElement,
  outer: ReadonlyMap<string, string>,
  inclusive: readonly string[],
  without: XmlElement | null,
): string {
  const rendered = new Map(outer);
  const declared = usedPrefixes(element, inclusive)
    .filter((prefix) => (outer.get(prefix) ?? '') !== (element.scope.get(prefix) ?? ''))
    .map((prefix) => {
      const namespace = element.scope.get(prefix) ?? '';
      rendered.set(prefix, namespace);
      return ` xmlns${prefix === '' ? '' : `:${prefix}`}="${attributeText(namespace)}"`;
    });
  const attributes = [...element.attributes]
    .sort(byNamespaceAndName)
    .map(({ prefix, local, value }) => ` ${qualified(prefix, local)}="${attributeText(value)}"`);
  const content = element.children
    .filter((child) => child !== without)
    .map((child) => (typeof child === 'string' ? plainText(child) : render(child, rendered, inclusive, without)));
  const name = qualified(element.prefix, element.local);
  return `<${name}${declared.join('')}${attributes.join('')}>${content.join('')}</${name}>`;
}

/** Prefixes that the element or its attributes have, and those that are asked for and in scope; sorted. */
function usedPrefixes(element: XmlElement, inclusive: readonly string[]): string[] {
  const ofAttributes = element.attributes.map(({ prefix }) => prefix).filter((prefix) => prefix !== '');
  const asked = inclusive.filter((prefix) => prefix === '' || element.scope.has(prefix));
  return [...new Set([element.prefix, ...ofAttributes, ...asked])].filter((prefix) => prefix !== 'xml').sort();
}

function byNamespaceAndName(a: XmlAttribute, b: XmlAttribute): number {
  return compare(a.namespace, b.namespace) || compare(a.local, b.local);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const qualified = (prefix: string, local: string): string => (prefix === '' ? local : `${prefix}:${local}`);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** Text as it stands between tags. */
export const plainText = (text: string): string => text.replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '');

/** Text as it stands between double quotes. */
export const attributeText = (text: string): string =>
  text.replace(/[&<"\t\n\r]/g, (character) => ESCAPES[character] ?? '');
