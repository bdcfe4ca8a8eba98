import { ConstraintError } from '../types.ts';
import type { SqliteConnection } from './connection.ts';

/** How many rows point nowhere, by the table they are in and the table they mean. */
export function countOrphans(connection: SqliteConnection): Map<string, number> {
  const rows = connection.rows('SELECT "table", "parent", count(*) FROM pragma_foreign_key_check GROUP BY 1, 2');
  return new Map(rows.map(([table, parent, count]) => [`${table}\u0000${parent}`, Number(count)]));
}

/** An adopted database may have had some; what matters is that none were added. */
export function assertNoNewOrphans(before: Map<string, number>, after: Map<string, number>): void {
  for (const [pair, count] of after) {
    if (count <= (before.get(pair) ?? 0)) continue;
    const [table = null] = pair.split('\u0000');
    throw new ConstraintError('foreign-key', table, [], new Error(`${count} rows of ${table} point nowhere.`));
  }
}
