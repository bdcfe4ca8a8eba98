import { quote } from '../../sql/identifier.ts';
import { introspectWith } from '../introspect.ts';
import { createIndex } from '../system-ddl.ts';
import { SYSTEM_TABLES } from '../system-tables.ts';
import type { Migration } from './migration.ts';

/** Lookups that are no foreign keys, by the name of their index. */
const LOOKUPS: readonly [name: string, table: string, ...columns: string[]][] = [
  ['limen_activity_item', 'directus_activity', 'collection', 'item'],
  ['limen_activity_timestamp', 'directus_activity', 'timestamp'],
  ['limen_activity_user', 'directus_activity', 'user'],
  ['limen_revisions_item', 'directus_revisions', 'collection', 'item'],
  ['limen_comments_item', 'directus_comments', 'collection', 'item'],
  ['limen_versions_item', 'directus_versions', 'collection', 'item'],
  ['limen_fields_collection', 'directus_fields', 'collection', 'field'],
  ['limen_permissions_collection', 'directus_permissions', 'collection'],
  ['limen_sessions_expires', 'directus_sessions', 'expires'],
  ['limen_sessions_family', 'directus_sessions', 'limen_family'],
];

/**
 * Indexes on foreign keys, without which a delete reads whole tables, and on what every request looks up. None is unique:
 * an adopted database may hold two addresses that differ only in case.
 */
export const indexes: Migration = {
  name: '0003-indexes',
  async apply(tx, dialect) {
    const { columns } = await introspectWith(tx, dialect, { views: [] });
    const indexed = new Set(columns.filter((column) => column.indexed).map(({ table, name }) => `${table}.${name}`));
    for (const { name: table, columns: own } of SYSTEM_TABLES) {
      for (const { name, references } of own) {
        if (!references || indexed.has(`${table}.${name}`)) continue;
        await tx.exec(createIndex(`limen_${table.replace('directus_', '')}_${name}`, table, [quote(name)]));
      }
    }
    for (const [name, table, ...lookup] of LOOKUPS) await tx.exec(createIndex(name, table, lookup.map(quote)));
    // Addresses are compared with A to Z folded and nothing else, on both dialects alike.
    const email = dialect === 'postgres' ? '"email" COLLATE "C"' : '"email"';
    await tx.exec(createIndex('limen_users_lower_email', 'directus_users', [`lower(${email})`]));
  },
};
