import type { Json } from '../wire/index.ts';

/** How a key of `meta` is stored, which is also what a payload may hold under it. */
export type MetaKind = 'text' | 'requiredText' | 'boolean' | 'integer' | 'json' | 'list' | 'accountability';

export interface MetaKey {
  readonly kind: MetaKind;
  readonly initial: Json;
  /** Longest text the column takes, in characters. */
  readonly length?: number;
}

type MetaKeys = Readonly<Record<string, MetaKey>>;

const text = (length?: number): MetaKey => ({ kind: 'text', initial: null, length });
const boolean = (initial: boolean): MetaKey => ({ kind: 'boolean', initial });
const json: MetaKey = { kind: 'json', initial: null };
const list: MetaKey = { kind: 'list', initial: null };
const integer: MetaKey = { kind: 'integer', initial: null };

/** Keys of `meta` of a collection besides its name, in the order of the wire. */
export const COLLECTION_META: MetaKeys = {
  icon: text(64),
  note: text(),
  display_template: text(255),
  hidden: boolean(false),
  singleton: boolean(false),
  translations: json,
  archive_field: text(64),
  archive_app_filter: boolean(true),
  archive_value: text(255),
  unarchive_value: text(255),
  sort_field: text(64),
  accountability: { kind: 'accountability', initial: 'all' },
  color: text(255),
  item_duplication_fields: json,
  sort: integer,
  group: text(64),
  collapse: { kind: 'requiredText', initial: 'open', length: 255 },
  preview_url: text(255),
  versioning: boolean(false),
};

/** Keys of `meta` of a field besides id, collection and field, in the order of the wire. */
export const FIELD_META: MetaKeys = {
  special: { kind: 'list', initial: null, length: 64 },
  interface: text(64),
  options: json,
  display: text(64),
  display_options: json,
  readonly: boolean(false),
  hidden: boolean(false),
  sort: integer,
  width: { kind: 'text', initial: 'full', length: 30 },
  translations: json,
  note: text(),
  conditions: json,
  required: boolean(false),
  group: text(64),
  validation: json,
  validation_message: text(),
  searchable: boolean(true),
};

/** Keys of `meta` of a relation besides id and the collections and fields it joins. */
export const RELATION_META: MetaKeys = {
  one_field: text(64),
  one_collection_field: text(64),
  one_allowed_collections: list,
  junction_field: text(64),
  sort_field: text(64),
  one_deselect_action: { kind: 'requiredText', initial: 'nullify', length: 255 },
};

/** Every key with its initial value. */
export function initialMeta(keys: MetaKeys): Record<string, Json> {
  return Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, key.initial]));
}

/** The values of a stored row in wire form, every key present. */
export function decodeMeta(keys: MetaKeys, row: Readonly<Record<string, unknown>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, decodeKey(key, row[name])]));
}

function decodeKey(key: MetaKey, raw: unknown): Json {
  if (raw === undefined) return key.initial;
  if (raw === null) return key.kind === 'boolean' ? key.initial : null;
  switch (key.kind) {
    case 'boolean':
      return raw === true || raw === 1 || raw === '1' || raw === 'true';
    case 'integer':
      return Number(raw);
    case 'list':
      return decodeList(raw);
    case 'json':
      return decodeJson(raw);
    default:
      return String(raw);
  }
}

/** A comma-separated text as a list; null when nothing is in it. */
export function decodeList(raw: unknown): string[] | null {
  const parts = String(raw)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length > 0 ? parts : null;
}

function decodeJson(raw: unknown): Json {
  if (typeof raw !== 'string') return raw as Json;
  try {
    return JSON.parse(raw) as Json;
  } catch {
    return raw; // left there by another program
  }
}
