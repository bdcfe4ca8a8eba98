import { SYSTEM_TABLES } from '../store/system-tables.ts';
import type { SystemColumn, SystemTable } from '../store/system-tables.types.ts';
import type { Json } from '../wire/index.ts';
import { COLLECTION_META, FIELD_META, initialMeta } from './meta.ts';

/** The collections that every project has, by name. */
export const SYSTEM_COLLECTIONS: ReadonlyMap<string, SystemTable> = new Map(
  SYSTEM_TABLES.map((table) => [table.name, table]),
);

const SYSTEM_PREFIXES = ['directus_', 'limen_', 'sqlite_'];

/** Names that are kept for the server's own tables, in any case. */
export const isSystemName = (name: string): boolean =>
  SYSTEM_PREFIXES.some((prefix) => name.toLowerCase().startsWith(prefix));

/** System collections whose changes leave no trace in the activity log, because they are one or change all the time. */
export const UNTRACKED: ReadonlySet<string> = new Set([
  'directus_activity',
  'directus_revisions',
  'directus_sessions',
  'directus_presets',
  'directus_notifications',
]);

export const systemColumn = (table: string, column: string): SystemColumn | undefined =>
  SYSTEM_COLLECTIONS.get(table)?.columns.find((candidate) => candidate.name === column);

/** Whether the server itself needs the field: it can't be changed or deleted, only described. */
export function isSystemField(collection: string, field: string): boolean {
  const table = SYSTEM_COLLECTIONS.get(collection);
  if (!table) return false;
  return (
    table.columns.some((column) => column.name === field) || (table.aliases ?? []).some(({ name }) => name === field)
  );
}

/** What a stored row says about how a system collection looks; what it is stays ours to say. */
export function systemCollectionMeta(
  table: SystemTable,
  stored: Readonly<Record<string, Json>> | undefined,
): Record<string, Json> {
  const fixed = { singleton: table.singleton ?? false, versioning: false, archive_field: null, sort_field: null };
  return { collection: table.name, ...initialMeta(COLLECTION_META), ...stored, ...fixed, system: true };
}

export function systemFieldMeta(
  collection: string,
  field: string,
  special: readonly string[],
  stored: Readonly<Record<string, Json>> | undefined,
): Record<string, Json> {
  const fixed = { special: special.length > 0 ? [...special] : null, validation: null, system: true };
  return { id: null, collection, field, ...initialMeta(FIELD_META), ...stored, ...fixed };
}

/** Emptying such a column would make the row mean something else (an attachment without role or user is public). */
export function deselectActionOf(table: string, column: SystemColumn): 'delete' | 'nullify' {
  return !column.nullable || table === 'directus_access' ? 'delete' : 'nullify';
}
