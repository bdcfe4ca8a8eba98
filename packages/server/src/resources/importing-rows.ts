import { invalidPayload } from '../errors/index.ts';
import type { Payload } from '../items/index.ts';
import type { Collection, Field, Snapshot } from '../schema/types.ts';
import { type CsvValue, csvRecords } from './importing-csv.ts';
import { jsonElements } from './importing-json.ts';

/** The kinds of files that are taken, by their media types; spreadsheets send CSV under the last name. */
const READERS: Readonly<Record<string, 'csv' | 'json'>> = {
  'text/csv': 'csv',
  'application/csv': 'csv',
  'application/json': 'json',
  'application/vnd.ms-excel': 'csv',
};

/** How a file is read, or null for one that is not taken. */
export const readerFor = (mediaType: string): 'csv' | 'json' | null =>
  Object.hasOwn(READERS, mediaType) ? (READERS[mediaType] as 'csv' | 'json') : null;

/** The items of a file as payloads. Throws INVALID_PAYLOAD for what can't be read. */
export async function* payloadsIn(
  text: AsyncIterable<string>,
  kind: 'csv' | 'json',
  collection: Collection,
  snapshot: Snapshot,
): AsyncGenerator<Payload> {
  if (kind === 'csv') yield* fromRecords(csvRecords(text), collection, snapshot);
  else
    for await (const element of jsonElements(text)) {
      if (element === null || typeof element !== 'object' || Array.isArray(element))
        throw invalidPayload('Each element of the list has to be an object.');
      yield element as Payload;
    }
}

interface Column {
  /** Names on the way: the field, or a many-to-one and a field behind it. */
  readonly way: readonly string[];
  readonly field: Field | undefined;
}

async function* fromRecords(
  records: AsyncIterable<CsvValue[]>,
  collection: Collection,
  snapshot: Snapshot,
): AsyncGenerator<Payload> {
  let columns: Column[] | null = null;
  let row = 0;
  for await (const record of records) {
    if (columns === null) {
      columns = columnsOf(record, collection, snapshot);
      continue;
    }
    row += 1;
    if (record.length > columns.length) throw invalidPayload(`Row ${row} has more values than there are columns.`);
    yield payloadOf(record, columns);
  }
}

function columnsOf(names: readonly CsvValue[], collection: Collection, snapshot: Snapshot): Column[] {
  const seen = new Set<string>();
  return names.map((name) => {
    const text = name?.trim() ?? '';
    if (text === '' || seen.has(text)) throw invalidPayload('Each column of the file needs a name of its own.');
    seen.add(text);
    const way = text.split('.');
    if (way.some((step) => step === '' || step === '__proto__'))
      throw invalidPayload(`"${text.slice(0, 60)}" can't be the name of a column.`);
    return { way, field: fieldAt(way, collection, snapshot) };
  });
}

function fieldAt(way: readonly string[], collection: Collection, snapshot: Snapshot): Field | undefined {
  let at: Collection | undefined = collection;
  let field: Field | undefined;
  for (const step of way) {
    field = at?.fields.get(step);
    at = field?.relation?.kind === 'm2o' ? snapshot.collections.get(field.relation.collection) : undefined;
  }
  return field;
}

function payloadOf(record: readonly CsvValue[], columns: readonly Column[]): Payload {
  const payload: Payload = {};
  for (const [i, { way, field }] of columns.entries()) {
    const value = cellValue(record[i] ?? null, field);
    if (value !== undefined) put(payload, way, value);
  }
  return payload;
}

/** A related item with no value at all is none. */
function put(payload: Payload, way: readonly string[], value: unknown): void {
  const [name = '', ...rest] = way;
  if (rest.length === 0) {
    payload[name] = value;
    return;
  }
  const inner = payload[name];
  if (inner !== null && typeof inner === 'object') put(inner as Payload, rest, value);
  else if (value === null) payload[name] ??= null;
  else {
    payload[name] = {};
    put(payload[name] as Payload, rest, value);
  }
}

const DECIMAL = /^\s*[-+]?[\d.]+(e[-+]?\d+)?\s*$/i;
const TEXTS: ReadonlySet<string> = new Set(['string', 'text', 'hash', 'unknown']);

/** A value as a JSON payload would have it; undefined where the file says nothing about a field that can't be empty. */
function cellValue(text: CsvValue, field: Field | undefined): unknown {
  if (!field) return text;
  if (text === null || (text === '' && !TEXTS.has(field.type)))
    return field.column && (!field.column.nullable || field.column.primaryKey) ? undefined : null;
  if (field.relation && /^[[{]/.test(text)) return parsed(text);
  switch (field.type) {
    case 'integer':
    case 'float': {
      const number = DECIMAL.test(text) ? Number(text) : Number.NaN;
      return Number.isFinite(number) ? number : text;
    }
    case 'boolean':
      return text.toLowerCase();
    case 'json':
    case 'alias':
      return parsed(text);
    case 'csv':
      return text.startsWith('[') ? parsed(text) : text;
    default:
      return text;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value));
  } catch {
    return text;
  }
}
