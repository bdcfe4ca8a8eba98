/** Levels of elements, and characters of a document; elements, and namespaces that are in scope at once. */
const MAX_DEPTH = 50;
const MAX_LENGTH = 1_000_000;
const MAX_ELEMENTS = 20_000;
const MAX_NAMESPACES = 64;

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

export interface XmlAttribute {
  readonly prefix: string;
  readonly local: string;
  /** Empty where there is none. */
  readonly namespace: string;
  readonly value: string;
}

export interface XmlElement {
  readonly prefix: string;
  readonly local: string;
  /** Empty where there is none. */
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  /** Prefix to namespace, of everything in scope here; the default one under the empty text. */
  readonly scope: ReadonlyMap<string, string>;
  /** Elements and text; comments are gone, and the text around one is one text. */
  readonly children: readonly (XmlElement | string)[];
}

type Open = XmlElement & { readonly name: string; readonly children: (XmlElement | string)[] };

/** Not a document that is read here. */
export class XmlError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'XmlError';
  }
}

const NAME = '[A-Za-z_][\\w.-]*';
const QNAME = `${NAME}(?::${NAME})?`;
const DECLARATION =
  /^<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*["']1\.0["']([ \t\n]+encoding[ \t\n]*=[ \t\n]*["'][Uu][Tt][Ff]-8["'])?([ \t\n]+standalone[ \t\n]*=[ \t\n]*["'](yes|no)["'])?[ \t\n]*\?>/;
/** What XML 1.0 §2.2 leaves out. */
const FORBIDDEN = /[^\t\n\r\u0020-\ufffd]/;
const REFERENCE = /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));|&/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads a document of XML 1.0 with namespaces, as far as SAML needs it: elements, attributes, text, CDATA and comments.
 * Refused are document types, with them all entities but the five of XML itself, processing instructions, other encodings
 * than UTF-8, names that are not ASCII, and whatever is not well-formed. Throws XmlError.
 */
export function parseXml(source: string): XmlElement {
  if (source.length > MAX_LENGTH) throw new XmlError('The document is too long.');
  const text = source.replace(/\r\n?/g, '\n');
  if (FORBIDDEN.test(text) || !text.isWellFormed())
    throw new XmlError('The document has a character that is not allowed.');
  return new Parser(text).document();
}

class Parser {
  readonly #text: string;
  readonly #open: Open[] = [];
  #at = 0;
  #elements = 0;
  #root: XmlElement | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  document(): XmlElement {
    this.#at = DECLARATION.exec(this.#text)?.[0].length ?? 0;
    while (this.#at < this.#text.length) this.#next();
    if (this.#root === null || this.#open.length > 0) throw new XmlError('The document ends too soon.');
    return this.#root;
  }

  #next(): void {
    const text = this.#text;
    if (text[this.#at] !== '<') this.#characters();
    else if (text.startsWith('<!--', this.#at)) this.#comment();
    else if (text.startsWith('<![CDATA[', this.#at)) this.#cdata();
    else if (text.startsWith('</', this.#at)) this.#endTag();
    else if (text.startsWith('<!', this.#at)) throw new XmlError('A document type is not allowed.');
    else if (text.startsWith('<?', this.#at)) throw new XmlError('A processing instruction is not allowed.');
    else this.#startTag();
  }

  #characters(): void {
    const end = this.#indexOf('<', this.#text.length);
    const raw = this.#text.slice(this.#at, end);
    if (raw.includes(']]>')) throw new XmlError('The end of a CDATA section stands alone.');
    this.#at = end;
    if (this.#open.length > 0) this.#addText(resolved(raw));
    else if (/[^ \t\n]/.test(raw)) throw new XmlError('There is text outside of the root.');
  }

  #comment(): void {
    const end = this.#indexOf('-->', -1, 4);
    const content = this.#text.slice(this.#at + 4, end);
    if (end < 0 || content.includes('--') || content.endsWith('-')) throw new XmlError('A comment is malformed.');
    this.#at = end + 3;
  }

  #cdata(): void {
    const end = this.#indexOf(']]>', -1);
    if (end < 0 || this.#open.length === 0) throw new XmlError('A CDATA section is malformed.');
    this.#addText(this.#text.slice(this.#at + 9, end));
    this.#at = end + 3;
  }

  #endTag(): void {
    const name = this.#match(new RegExp(`</(${QNAME})[ \\t\\n]*>`, 'y'))[1];
    if (this.#open.pop()?.name !== name) throw new XmlError('Tags do not match.');
  }

  #startTag(): void {
    const name = this.#match(new RegExp(`<(${QNAME})`, 'y'))[1] ?? '';
    const parent = this.#open.at(-1);
    if (!parent && this.#root) throw new XmlError('There are two roots.');
    if (this.#open.length >= MAX_DEPTH) throw new XmlError('Elements are nested too deep.');
    if (++this.#elements > MAX_ELEMENTS) throw new XmlError('There are too many elements.');
    const given = this.#attributes();
    const closed = this.#match(/[ \t\n]*(\/?)>/y)[1] === '/';
    const element = elementOf(name, given, parent?.scope ?? new Map());
    if (parent) parent.children.push(element);
    else this.#root = element;
    if (!closed) this.#open.push(element);
  }

  #attributes(): Map<string, string> {
    const given = new Map<string, string>();
    const pattern = new RegExp(`[ \\t\\n]+(${QNAME})[ \\t\\n]*=[ \\t\\n]*(?:"([^"<]*)"|'([^'<]*)')`, 'y');
    for (;;) {
      pattern.lastIndex = this.#at;
      const found = pattern.exec(this.#text);
      if (!found) return given;
      this.#at = pattern.lastIndex;
      const [, name = '', double, single = ''] = found;
      if (given.has(name)) throw new XmlError('An attribute is given twice.');
      given.set(name, resolved((double ?? single).replace(/[\t\n]/g, ' ')));
    }
  }

  #addText(text: string): void {
    const { children } = this.#open.at(-1) as Open;
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + text;
    else if (text !== '') children.push(text);
  }

  #match(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) throw new XmlError('A tag is malformed.');
    this.#at = pattern.lastIndex;
    return found;
  }

  #indexOf(what: string, otherwise: number, skip = 0): number {
    const index = this.#text.indexOf(what, this.#at + skip);
    return index < 0 ? otherwise : index;
  }
}

function elementOf(name: string, given: ReadonlyMap<string, string>, outer: ReadonlyMap<string, string>): Open {
  const scope = new Map(outer);
  const own: [name: string, value: string][] = [];
  for (const [attribute, value] of given) {
    if (attribute === 'xmlns') declare(scope, '', value);
    else if (attribute.startsWith('xmlns:')) declare(scope, attribute.slice(6), value);
    else own.push([attribute, value]);
  }
  const attributes = own.map(([attribute, value]) => {
    const [prefix, local] = split(attribute);
    return { prefix, local, namespace: prefix === '' ? '' : namespaceOf(scope, prefix), value };
  });
  const names = new Set(attributes.map(({ namespace, local }) => `${namespace} ${local}`));
  if (names.size < attributes.length) throw new XmlError('An attribute is given twice.');
  const [prefix, local] = split(name);
  const namespace = prefix === '' ? (scope.get('') ?? '') : namespaceOf(scope, prefix);
  return { name, prefix, local, namespace, attributes, scope, children: [] };
}

/** Namespaces in XML 1.0 §3: what is reserved can't be declared, and a prefix can't be taken away. */
function declare(scope: Map<string, string>, prefix: string, namespace: string): void {
  const reserved =
    prefix === 'xml' || prefix === 'xmlns' || namespace === XML_NAMESPACE || namespace === XMLNS_NAMESPACE;
  if (reserved || (prefix !== '' && namespace === '')) throw new XmlError('A namespace is not declared as it may be.');
  scope.set(prefix, namespace);
  if (scope.size > MAX_NAMESPACES) throw new XmlError('There are too many namespaces.');
}

function namespaceOf(scope: ReadonlyMap<string, string>, prefix: string): string {
  const namespace = prefix === 'xml' ? XML_NAMESPACE : scope.get(prefix);
  if (namespace === undefined) throw new XmlError('A prefix is not declared.');
  return namespace;
}

function split(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

/** Text with its references replaced by what they stand for. */
function resolved(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(REFERENCE, (_, hex?: string, decimal?: string, named?: string) => {
    if (named !== undefined) return NAMED[named] ?? '';
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN);
    const inRange = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    const character = inRange ? String.fromCodePoint(code) : '\0';
    if (FORBIDDEN.test(character)) throw new XmlError('A reference is not allowed.');
    return character;
  });
}
