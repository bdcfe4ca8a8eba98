import { ACCESS_TABLES } from './system-tables/access.ts';
import { AUTOMATION_TABLES } from './system-tables/automation.ts';
import { CONTENT_TABLES } from './system-tables/content.ts';
import { MODEL_TABLES } from './system-tables/model.ts';
import { SETTINGS_TABLE } from './system-tables/settings.ts';
import type { SystemTable } from './system-tables.types.ts';

/**
 * The tables that every project has, with the names and columns of the API's version 11.17, in an order in which each can
 * be created: what a foreign key leads to comes before it (or is the table itself).
 */
export const SYSTEM_TABLES: readonly SystemTable[] = sortByReference([
  ...MODEL_TABLES,
  ...ACCESS_TABLES,
  ...CONTENT_TABLES,
  SETTINGS_TABLE,
  ...AUTOMATION_TABLES,
]);

function sortByReference(tables: readonly SystemTable[]): SystemTable[] {
  const sorted = new Set<SystemTable>();
  const byName = new Map(tables.map((table) => [table.name, table]));
  const place = (table: SystemTable): void => {
    if (sorted.has(table)) return;
    for (const { references } of table.columns) {
      const target = references && byName.get(references.table);
      if (target && target !== table) place(target);
    }
    sorted.add(table);
  };
  tables.forEach(place);
  return [...sorted];
}
