import type { ExportFormat, Item } from '../query/index.ts';
import type { Json } from '../wire/index.ts';

type Columns = readonly (readonly string[])[];

/** How a list of items is written, piece by piece. */
export interface Format {
  readonly type: string;
  /** Before the first item; not written by all formats when there is none. */
  begin(columns: Columns): string;
  item(item: Item, columns: Columns, isFirst: boolean): string;
  end(isEmpty: boolean): string;
  /** One item that is no list. */
  single(item: Item): string;
}

const json: Format = {
  type: 'application/json; charset=utf-8',
  begin: () => '[',
  item: (item, _columns, isFirst) => `${isFirst ? '' : ','}${JSON.stringify(item)}`,
  end: (isEmpty) => (isEmpty ? '[]' : ']'),
  single: (item) => JSON.stringify(item),
};

/** RFC 4180 with line feeds. Lists and objects are JSON in one column; nothing at all is written where there is no item. */
const csv: Format = {
  type: 'text/csv; charset=utf-8',
  begin: (columns) => columns.map((way) => csvValue(way.join('.'))).join(','),
  item: (item, columns) => `\n${columns.map((way) => csvValue(valueAt(item, way))).join(',')}`,
  end: () => '',
  single(item) {
    const columns = flatColumns([item]);
    return columns.length === 0 ? '' : csv.begin(columns) + csv.item(item, columns, true);
  },
};

const xml: Format = {
  type: 'text/xml; charset=utf-8',
  begin: () => XML_HEAD,
  item: (item) => `  <data>\n${xmlChildren(item, '    ')}  </data>\n`,
  end: (isEmpty) => `${isEmpty ? XML_HEAD : ''}</data>\n`,
  single: (item) => `${XML_HEAD}  <data>\n${xmlChildren(item, '    ')}  </data>\n</data>\n`,
};

const XML_HEAD = "<?xml version='1.0'?>\n<data>\n";

/** The format; YAML's writer is large and seldom asked for. */
export async function formatFor(name: ExportFormat): Promise<Format> {
  if (name !== 'yaml') return { json, csv, xml }[name];
  const { stringify } = await import('yaml');
  return {
    type: 'text/yaml; charset=utf-8',
    begin: () => '',
    item: (item) => stringify([item]),
    end: (isEmpty) => (isEmpty ? '[]\n' : ''),
    single: (item) => stringify(item),
  };
}

/** The columns of groups, which have no plan of them: plain ones first, then those of objects. */
export function flatColumns(items: readonly Item[]): string[][] {
  const columns = new Map<string, string[]>();
  for (const item of items) for (const way of waysOf(item)) columns.set(way.join('.'), way);
  return [...columns.values()];
}

const isItem = (value: Json | undefined): value is Item =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function waysOf(item: Item): string[][] {
  const entries = Object.entries(item);
  const plain = entries.filter(([, value]) => !isItem(value)).map(([key]) => [key]);
  const nested = entries.flatMap(([key, value]) => (isItem(value) ? waysOf(value).map((way) => [key, ...way]) : []));
  return [...plain, ...nested];
}

function valueAt(item: Item, way: readonly string[]): Json {
  let value: Json | undefined = item;
  for (const key of way) value = isItem(value) ? value[key] : undefined;
  return value ?? null;
}

function csvValue(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${text.replaceAll('"', '""')}"`;
}

function xmlChildren(value: Json, indent: string): string {
  if (value === null || typeof value !== 'object') return `${indent}${xmlText(value)}\n`;
  return Object.entries(value)
    .map(([key, inner]) => xmlElement(Array.isArray(value) ? 'item' : key, inner, indent))
    .join('');
}

function xmlElement(key: string, value: Json, indent: string): string {
  const name = /^[A-Za-z_][\w.-]*$/.test(key) ? key : '_';
  if (Array.isArray(value))
    return value.map((part) => xmlElement(key, part, indent)).join('') || `${indent}<${name}/>\n`;
  if (value === null || typeof value !== 'object') return `${indent}<${name}>${xmlText(value)}</${name}>\n`;
  return `${indent}<${name}>\n${xmlChildren(value, `${indent}  `)}${indent}</${name}>\n`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these characters.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

const xmlText = (value: Json): string =>
  String(value).replace(NOT_XML, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
