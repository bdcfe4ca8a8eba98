import { invalidPayload } from '../../errors/index.ts';
import type { DialectName } from '../../sql/index.ts';
import type { FieldType, Json } from '../../wire/index.ts';
import { objectOf, own } from '../input/body.ts';
import { collectionInput } from '../input/collection.ts';
import { fieldInput } from '../input/field.ts';
import { relationInput } from '../input/relation.ts';
import { isSystemField, isSystemName, SYSTEM_COLLECTIONS } from '../system.ts';
import { named } from './named.ts';
import {
  API_VERSION,
  type SnapshotCollection,
  type SnapshotField,
  type SnapshotFile,
  type SnapshotRelation,
} from './types.ts';

/** More than any model has; what is sent is bounded by the size of the body as well. */
const MAX_ENTRIES = 50_000;

export function entriesOf(body: Readonly<Record<string, unknown>>, key: string): readonly unknown[] {
  const value = own(body, key);
  if (!Array.isArray(value)) throw invalidPayload(`"${key}" has to be a list.`);
  if (value.length > MAX_ENTRIES) throw invalidPayload(`"${key}" can't hold more than ${MAX_ENTRIES} elements.`);
  return value;
}

/**
 * A snapshot as somebody sent it, every part checked as if it were to be made. `force` takes one of another version or
 * database. Throws INVALID_PAYLOAD.
 */
export function readSnapshotFile(value: unknown, dialect: DialectName, force: boolean): SnapshotFile {
  const body = objectOf(value, 'A snapshot');
  const [version, directus, vendor] = [own(body, 'version'), own(body, 'directus'), own(body, 'vendor')];
  if (version !== 1 && version !== 2) throw invalidPayload('"version" of a snapshot has to be 1 or 2.');
  if (typeof directus !== 'string') throw invalidPayload('"directus" of a snapshot has to be text.');
  if (typeof vendor !== 'string') throw invalidPayload('"vendor" of a snapshot has to be text.');
  if (!force) checkOrigin(directus, vendor, dialect);
  const file: SnapshotFile = {
    version,
    directus,
    vendor,
    collections: entriesOf(body, 'collections').map(readCollection),
    fields: entriesOf(body, 'fields').map((field) => readField(field, vendor)),
    systemFields: [],
    relations: entriesOf(body, 'relations').map(readRelation),
  };
  checkWhole(file);
  return file;
}

const majorOf = (version: string): string => version.split('.', 1)[0] ?? '';

function checkOrigin(directus: string, vendor: string, dialect: DialectName): void {
  if (majorOf(directus) !== majorOf(API_VERSION)) {
    throw invalidPayload(`The snapshot is of version "${directus}", not ${API_VERSION}; "force" compares them anyway.`);
  }
  if (vendorName(vendor) !== dialect) {
    throw invalidPayload(`The snapshot is of "${vendor}", not ${dialect}; "force" compares them anyway.`);
  }
}

const VENDORS: Readonly<Record<string, DialectName>> = { sqlite3: 'sqlite', postgresql: 'postgres', pg: 'postgres' };

const vendorName = (vendor: string): string => VENDORS[vendor] ?? vendor;

type Part = Readonly<Record<string, Json>> | null;

/** `schema` or `meta`, whose values the inputs check. */
const partOf = (body: Readonly<Record<string, unknown>>, key: 'schema' | 'meta'): Part =>
  (own(body, key) ?? null) as Part;

function nameOf(body: Readonly<Record<string, unknown>>, key: string, what: string): string {
  const name = own(body, key);
  if (typeof name !== 'string' || name === '') throw invalidPayload(`"${key}" of ${what} has to be text.`);
  return name;
}

function readCollection(value: unknown): SnapshotCollection {
  const body = objectOf(value, 'A collection of a snapshot');
  const collection = nameOf(body, 'collection', 'a collection');
  return named(collection, () => {
    if (isSystemName(collection)) throw invalidPayload('It belongs to the system.');
    const [schema, meta] = [partOf(body, 'schema'), partOf(body, 'meta')];
    const input = collectionInput({ collection, schema, meta: meta ?? {} });
    return { collection, schema, meta: meta && input.meta };
  });
}

function readField(value: unknown, vendor: string): SnapshotField {
  const body = objectOf(value, 'A field of a snapshot');
  const collection = nameOf(body, 'collection', 'a field');
  const field = nameOf(body, 'field', 'a field');
  return named(`${collection}.${field}`, () => {
    if (isSystemField(collection, field)) throw invalidPayload('It belongs to the system.');
    const [schema, meta] = [partOf(body, 'schema'), partOf(body, 'meta')];
    const type = isUuid(vendor, schema) ? 'uuid' : own(body, 'type');
    const input = fieldInput({ field, type, schema, meta });
    if (!input.type) throw invalidPayload('"type" is required.');
    return { collection, field, type: input.type, schema: withoutComputedKey(input.type, schema), meta: input.meta };
  });
}

/** Snapshots of SQLite have UUIDs as text of 36 characters. */
const isUuid = (vendor: string, schema: Part): boolean =>
  vendorName(vendor) === 'sqlite' && schema?.data_type === 'char' && schema.max_length === 36;

/** A UUID that the database makes, as other servers write it, is nothing that could be made here. */
function withoutComputedKey(type: FieldType, schema: Part): Part {
  if (type !== 'uuid' || typeof schema?.default_value !== 'string' || !schema.default_value.includes('('))
    return schema;
  const { default_value: _default, ...rest } = schema;
  return rest;
}

function readRelation(value: unknown): SnapshotRelation {
  const body = objectOf(value, 'A relation of a snapshot');
  const collection = nameOf(body, 'collection', 'a relation');
  const field = nameOf(body, 'field', 'a relation');
  return named(`${collection}.${field}`, () => {
    const [schema, meta] = [partOf(body, 'schema'), partOf(body, 'meta')];
    const related = own(body, 'related_collection') ?? null;
    const input = relationInput({ collection, field, related_collection: related, schema, meta });
    return { collection, field, related_collection: input.related, schema, meta: input.meta };
  });
}

/** Nothing is there twice, and every field and relation is of a collection of the snapshot or of the system. */
function checkWhole(file: SnapshotFile): void {
  const names = new Set<string>();
  for (const { collection } of file.collections) addOnce(names, collection, 'collection');
  const places = new Set<string>();
  for (const { collection, field } of file.fields) {
    addOnce(places, `${collection}.${field}`, 'field');
    requireCollection(names, collection, `Field "${field}"`);
  }
  const relations = new Set<string>();
  for (const { collection, field, related_collection } of file.relations) {
    addOnce(relations, `${collection}.${field}`, 'relation');
    requireCollection(names, collection, `The relation of "${field}"`);
    // Of a part of the model, the other end may be in the rest.
    if (related_collection !== null && file.version === 1) {
      requireCollection(names, related_collection, `The relation of "${collection}.${field}"`);
    }
  }
}

function addOnce(seen: Set<string>, name: string, what: string): void {
  if (seen.has(name)) throw invalidPayload(`The ${what} "${name}" is there twice.`);
  seen.add(name);
}

function requireCollection(names: ReadonlySet<string>, collection: string, what: string): void {
  if (names.has(collection) || SYSTEM_COLLECTIONS.has(collection)) return;
  throw invalidPayload(`${what} names "${collection}", which is not in the snapshot.`);
}
