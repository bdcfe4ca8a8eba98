import type { Collection } from '../schema/types.ts';

/** System collections whose items may be written like those of a project; others change by ways of their own. */
const WRITABLE: ReadonlySet<string> = new Set([
  'directus_access',
  'directus_comments',
  'directus_dashboards',
  'directus_flows',
  'directus_folders',
  'directus_notifications',
  'directus_operations',
  'directus_panels',
  'directus_permissions',
  'directus_policies',
  'directus_presets',
  'directus_roles',
  'directus_settings',
  'directus_translations',
  'directus_users',
]);

/** Whether items of the collection may be reverted and imported. */
export const isWritable = (collection: Collection): boolean => !collection.system || WRITABLE.has(collection.name);
