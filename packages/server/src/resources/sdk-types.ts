import type { Collection, Field, Snapshot } from '../schema/types.ts';
import type { FieldType } from '../wire/index.ts';

/** What values are in TypeScript; `'datetime'` and its like are marks of the SDK for what its functions work on. */
const TYPES: Partial<Record<FieldType, string>> = {
  integer: 'number',
  bigInteger: 'number | string',
  float: 'number',
  decimal: 'number | string',
  boolean: 'boolean',
  date: "'date'",
  time: "'time'",
  dateTime: "'datetime'",
  timestamp: "'datetime'",
  json: "'json'",
  csv: "'csv'",
  string: 'string',
  text: 'string',
  hash: 'string',
  uuid: 'string',
  binary: 'string',
};

/** The SDK's own types of system collections. */
const SYSTEM_TYPES: Readonly<Record<string, string>> = {
  directus_access: 'DirectusAccess',
  directus_activity: 'DirectusActivity',
  directus_collections: 'DirectusCollection',
  directus_comments: 'DirectusComment',
  directus_dashboards: 'DirectusDashboard',
  directus_extensions: 'DirectusExtension',
  directus_fields: 'DirectusField',
  directus_files: 'DirectusFile',
  directus_flows: 'DirectusFlow',
  directus_folders: 'DirectusFolder',
  directus_notifications: 'DirectusNotification',
  directus_operations: 'DirectusOperation',
  directus_panels: 'DirectusPanel',
  directus_permissions: 'DirectusPermission',
  directus_policies: 'DirectusPolicy',
  directus_presets: 'DirectusPreset',
  directus_relations: 'DirectusRelation',
  directus_revisions: 'DirectusRevision',
  directus_roles: 'DirectusRole',
  directus_settings: 'DirectusSettings',
  directus_shares: 'DirectusShare',
  directus_translations: 'DirectusTranslation',
  directus_users: 'DirectusUser',
  directus_versions: 'DirectusVersion',
};

/** Names that mean something else in the file. */
const TAKEN = ['Schema', ...Object.values(SYSTEM_TYPES)];

interface Writing {
  readonly snapshot: Snapshot;
  /** Types of the project's collections, and those of system collections that have fields of the project. */
  readonly names: ReadonlyMap<string, string>;
  /** Types of the SDK that are mentioned. */
  readonly imported: Set<string>;
}

/**
 * The data model as TypeScript for the SDK: a type per collection, and `Schema` for its `createDirectus<Schema>()`. In the
 * order of names, so that equal models give equal files. Names are the project's own: what is no identifier is quoted, and
 * nothing in them can end a string or a comment.
 */
export function sdkTypes(snapshot: Snapshot): string {
  const collections = [...snapshot.collections.values()]
    .filter((collection) => !collection.folder && fieldsOf(collection).length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const writing: Writing = { snapshot, names: typeNames(collections), imported: new Set() };
  const types = collections.map((collection) => itemType(writing, collection));
  const root = collections.map(({ name, singleton, system }) => {
    const type = writing.names.get(name);
    return `  ${key(name)}: ${type}${singleton || system ? '' : '[]'};`;
  });
  const imports = [...writing.imported].sort().map((name) => `  ${name},`);
  return [
    '// Written by `limen types`; changes are lost when it is written again.',
    ...(imports.length > 0 ? [`import type {\n${imports.join('\n')}\n} from '@directus/sdk';`] : []),
    ...types,
    `export interface Schema {\n${root.join('\n')}\n}\n`,
  ].join('\n\n');
}

/** Of system collections only what the project added: the SDK knows the rest. */
function fieldsOf({ system, fields }: Collection): readonly Field[] {
  return [...fields.values()].filter(
    (field) => (field.type !== 'alias' || field.relation !== null) && !(system && field.meta?.system === true),
  );
}

/** `blog_posts` is `BlogPosts`, the additions to `directus_users` are `DirectusUsers`; of several of one name the later get a number. */
function typeNames(collections: readonly Collection[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(TAKEN);
  for (const { name } of collections) {
    const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    const joined = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
    const base = /^[A-Z]/.test(joined) ? joined : `Collection${joined}`;
    let free = base;
    for (let n = 2; taken.has(free); n++) free = `${base}${n}`;
    taken.add(free);
    names.set(name, free);
  }
  return names;
}

function itemType(writing: Writing, collection: Collection): string {
  const fields = fieldsOf(collection).map((field) => `  ${key(field.name)}: ${fieldType(writing, field)};`);
  return `export interface ${writing.names.get(collection.name)} {\n${fields.join('\n')}\n}`;
}

function fieldType(writing: Writing, field: Field): string {
  const { relation, column } = field;
  const orNull = column?.nullable && !column.primaryKey ? ' | null' : '';
  const plain = field.concealed ? 'string' : (TYPES[field.type] ?? 'unknown');
  if (relation?.kind === 'o2m') {
    const items = related(writing, relation.collection);
    const keys = keyType(writing.snapshot, relation.collection);
    return keys === items ? list(keys) : `${list(keys)} | ${list(items)}`;
  }
  if (relation?.kind === 'm2o') return `${plain} | ${related(writing, relation.collection)}${orNull}`;
  if (relation?.kind === 'm2a') {
    return [plain, ...relation.allowed.map((name) => related(writing, name))].join(' | ') + orNull;
  }
  return `${plain}${orNull}`;
}

const list = (type: string): string => (type.includes('|') ? `(${type})[]` : `${type}[]`);

function keyType({ collections }: Snapshot, name: string): string {
  const collection = collections.get(name);
  return TYPES[collection?.fields.get(collection.primaryKey)?.type ?? 'unknown'] ?? 'unknown';
}

function related({ snapshot, names, imported }: Writing, name: string): string {
  const type = SYSTEM_TYPES[name];
  if (type !== undefined) {
    imported.add(type);
    return `${type}<Schema>`;
  }
  const { system } = snapshot.collections.get(name) ?? {};
  return (system ? undefined : names.get(name)) ?? 'unknown';
}

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));

/** JSON leaves U+2028 and U+2029 as they are, which is fine in strings since ES2019. */
const quoted = (name: string): string => JSON.stringify(name);
