import type { AccessProfile } from '../access/index.ts';
import type { Collection, Field } from '../schema/types.ts';
import type { FieldType, Json } from '../wire/index.ts';

export type Schema = { [key: string]: Json };

const TYPES: Partial<Record<FieldType, Schema>> = {
  integer: { type: 'integer' },
  bigInteger: { oneOf: [{ type: 'integer', format: 'int64' }, { type: 'string' }] },
  float: { type: 'number' },
  decimal: { oneOf: [{ type: 'number' }, { type: 'string' }] },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  dateTime: { type: 'string', description: 'Date and time without a zone.' },
  timestamp: { type: 'string', format: 'date-time' },
  time: { type: 'string', description: 'Time of day.' },
  uuid: { type: 'string', format: 'uuid' },
  csv: { type: 'array', items: { type: 'string' } },
  binary: { type: 'string', format: 'byte' },
  string: { type: 'string' },
  text: { type: 'string' },
  hash: { type: 'string' },
};

/** Names of the schemas of collections; only of those that the caller may read. */
export type SchemaNames = ReadonlyMap<string, string>;

/** `blog_posts` is `ItemsBlogPosts`, `directus_users` is `Users`; of several that would be one, the later get a number. */
export function schemaNames(collections: readonly Collection[]): SchemaNames {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { name, system } of collections) {
    const words = (system ? name.replace(/^directus_/, '') : `items_${name}`).split(/[^A-Za-z0-9]+/);
    const base = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
    let free = base;
    for (let n = 2; taken.has(free); n++) free = `${base}${n}`;
    taken.add(free);
    names.set(name, free);
  }
  return names;
}

export const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An item with the fields that are named. */
export function itemSchema(
  profile: AccessProfile,
  collection: Collection,
  fields: Iterable<string>,
  names: SchemaNames,
): Schema {
  const properties: Record<string, Schema> = {};
  for (const name of fields) {
    const field = collection.fields.get(name);
    if (field) properties[name] = fieldSchema(profile, field, names);
  }
  return { type: 'object', properties };
}

function fieldSchema(profile: AccessProfile, field: Field, names: SchemaNames): Schema {
  const { relation, column } = field;
  const plain = field.concealed
    ? { type: 'string', description: 'Its value is never shown.' }
    : valueSchema(field.type);
  const details: Schema = {
    ...(column?.nullable ? { nullable: true } : {}),
    ...(column?.generated || column?.autoIncrement ? { readOnly: true } : {}),
    ...(field.type === 'string' && column?.maxLength ? { maxLength: column.maxLength } : {}),
  };
  if (relation?.kind === 'm2o') return { oneOf: [plain, ...related([relation.collection], names)], ...details };
  if (relation?.kind === 'm2a') return { oneOf: [plain, ...related(relation.allowed, names)], ...details };
  if (relation?.kind !== 'o2m') return { ...plain, ...details };
  return {
    type: 'array',
    items: { oneOf: [keySchema(profile, relation.collection), ...related([relation.collection], names)] },
  };
}

const related = (collections: readonly string[], names: SchemaNames): Schema[] =>
  collections.flatMap((collection) => {
    const name = names.get(collection);
    return name === undefined ? [] : [reference(name)];
  });

/** Any value where nothing is known of it. */
const valueSchema = (type: FieldType): Schema => TYPES[type] ?? {};

/** The key of a collection's items. */
export function keySchema({ snapshot }: AccessProfile, name: string): Schema {
  const collection = snapshot.collections.get(name);
  return valueSchema(collection?.fields.get(collection.primaryKey)?.type ?? 'string');
}
