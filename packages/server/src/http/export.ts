import type { ExportFormat, Item } from '../query/index.ts';
import type { Json } from '../wire/index.ts';

/** Items in the format asked for. */
export async function exportItems(data: unknown, format: ExportFormat): Promise<{ text: string; type: string }> {
  switch (format) {
    case 'json':
      return { text: JSON.stringify(data), type: 'application/json; charset=utf-8' };
    case 'csv':
      return { text: toCsv(Array.isArray(data) ? (data as Item[]) : [data as Item]), type: 'text/csv; charset=utf-8' };
    case 'xml':
      return { text: toXml(data as Json), type: 'text/xml; charset=utf-8' };
    case 'yaml': {
      const { stringify } = await import('yaml'); // large, and seldom asked for
      return { text: stringify(data), type: 'text/yaml; charset=utf-8' };
    }
  }
}

/** `posts 20240229-123456.csv` */
export function exportName(collection: string, format: ExportFormat, now: number): string {
  const digits = new Date(now).toISOString().replace(/[-:]/g, '');
  return `${collection.replace(/[^\w.-]/g, '_')} ${digits.slice(0, 8)}-${digits.slice(9, 15)}.${format}`;
}

/** Many-to-ones become columns `a.b`, lists and objects JSON in one column. */
function toCsv(items: readonly Item[]): string {
  const rows = items.map((item) => flatten(item, ''));
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  if (columns.length === 0) return '';
  const lines = rows.map((row) => columns.map((column) => csvValue(row.get(column) ?? null)).join(','));
  return [columns.map(csvValue).join(','), ...lines].join('\n');
}

/** Plain columns first, then those of related items. */
function flatten(item: Item, prefix: string): Map<string, Json> {
  const flat = new Map<string, Json>();
  const entries = Object.entries(item);
  for (const [key, value] of [
    ...entries.filter(([, one]) => !isItem(one)),
    ...entries.filter(([, one]) => isItem(one)),
  ]) {
    if (isItem(value)) {
      for (const [inner, part] of flatten(value, `${prefix}${key}.`)) flat.set(inner, part);
    } else flat.set(`${prefix}${key}`, value);
  }
  return flat;
}

const isItem = (value: Json): value is Item => value !== null && typeof value === 'object' && !Array.isArray(value);

function csvValue(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${text.replaceAll('"', '""')}"`;
}

function toXml(data: Json): string {
  const items = Array.isArray(data) ? data : [data];
  return `<?xml version='1.0'?>\n<data>\n${items.map((item) => `  <data>\n${xmlChildren(item, '    ')}  </data>\n`).join('')}</data>\n`;
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
