import type { Json } from '../../wire/index.ts';
import type { ModelChange } from './change.ts';
import { deleteRows } from './meta-rows.ts';

/**
 * Removes what other rows say about a field that goes, so that another one of this name later inherits nothing: what a
 * permission allows, presets and validates, and what the model means by it.
 */
export async function forgetField(change: ModelChange, collection: string, field: string): Promise<void> {
  await forgetInPermissions(change, collection, field);
  const at = [collection, field];
  for (const column of ['sort_field', 'archive_field']) {
    await change.run(
      `UPDATE "directus_collections" SET "${column}" = NULL WHERE "collection" = ? AND "${column}" = ?`,
      at,
    );
  }
  await change.run('UPDATE "directus_fields" SET "group" = NULL WHERE "collection" = ? AND "group" = ?', at);
  for (const column of ['junction_field', 'sort_field']) {
    await change.run(
      `UPDATE "directus_relations" SET "${column}" = NULL WHERE "many_collection" = ? AND "${column}" = ?`,
      at,
    );
  }
  change.touched();
}

type PermissionRow = { id: number; fields: string | null; presets: unknown; validation: unknown };

async function forgetInPermissions(change: ModelChange, collection: string, field: string): Promise<void> {
  const rows = await change.all<PermissionRow>(
    'SELECT "id", "fields", "presets", "validation" FROM "directus_permissions" WHERE "collection" = ?',
    [collection],
  );
  for (const row of rows) {
    const names = row.fields?.split(',') ?? null;
    const [presets, validation] = [parsed(row.presets), parsed(row.validation)];
    const after = {
      fields: names?.filter((name) => name.trim() !== field).join(',') ?? null,
      presets: withoutKey(presets, field),
      validation: withoutField(validation, field) ?? null,
    };
    if (
      unchanged(row.fields, after.fields) &&
      unchanged(presets, after.presets) &&
      unchanged(validation, after.validation)
    ) {
      continue;
    }
    await change.run('UPDATE "directus_permissions" SET "fields" = ?, "presets" = ?, "validation" = ? WHERE "id" = ?', [
      after.fields,
      after.presets === null ? null : JSON.stringify(after.presets),
      after.validation === null ? null : JSON.stringify(after.validation),
      row.id,
    ]);
    change.tx.announce('access');
  }
}

const unchanged = (before: Json, after: Json): boolean => JSON.stringify(before) === JSON.stringify(after);

function parsed(raw: unknown): Json {
  if (typeof raw !== 'string') return (raw ?? null) as Json;
  try {
    return JSON.parse(raw) as Json;
  } catch {
    return null; // unreadable to everybody
  }
}

function withoutKey(value: Json, key: string): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

/** A filter without the conditions on a field; undefined when none is left, so that `_or` doesn't open up. */
function withoutField(filter: Json, field: string): Json | undefined {
  if (filter === null || typeof filter !== 'object') return filter;
  if (Array.isArray(filter)) {
    const parts = filter.map((part) => withoutField(part, field)).filter((part) => part !== undefined);
    return parts.length > 0 || filter.length === 0 ? parts : undefined;
  }
  const kept = Object.entries(filter).flatMap(([key, value]): [string, Json][] => {
    if (isAbout(key, field)) return [];
    const inner = key === '_and' || key === '_or' ? withoutField(value, field) : value;
    return inner === undefined ? [] : [[key, inner]];
  });
  return kept.length > 0 || Object.keys(filter).length === 0 ? Object.fromEntries(kept) : undefined;
}

/** `field` itself, or a function of it such as `year(field)`. */
const isAbout = (key: string, field: string): boolean => key === field || key.endsWith(`(${field})`);

/** Removes everything that belongs to a collection that goes: its model, who may do what with it, and its history. */
export async function forgetCollection(change: ModelChange, collection: string): Promise<void> {
  const permissions = await deleteRows(change, 'directus_permissions', { collection });
  if (permissions > 0) change.tx.announce('access');
  await forgetShares(change, collection);
  await forgetHistory(change, collection);
  for (const table of ['directus_presets', 'directus_comments', 'directus_fields']) {
    await deleteRows(change, table, { collection });
  }
  await change.run('UPDATE "directus_collections" SET "group" = NULL WHERE "group" = ?', [collection]);
  await deleteRows(change, 'directus_collections', { collection });
  change.touched();
}

/** Foreign keys may be off while tables are made again, so what they would remove is removed here. */
async function forgetShares(change: ModelChange, collection: string): Promise<void> {
  const sessions = await change.run(
    'DELETE FROM "directus_sessions" WHERE "share" IN (SELECT "id" FROM "directus_shares" WHERE "collection" = ?)',
    [collection],
  );
  await deleteRows(change, 'directus_shares', { collection });
  if (sessions > 0) change.tx.announce('sessions');
}

/** Revisions hold copies of rows that are gone; the activity log stays, as it says who did it. */
async function forgetHistory(change: ModelChange, collection: string): Promise<void> {
  const gone = `SELECT "id" FROM "directus_revisions" WHERE "collection" = ?
    OR "version" IN (SELECT "id" FROM "directus_versions" WHERE "collection" = ?)`;
  const at = [collection, collection];
  await change.run(`UPDATE "directus_revisions" SET "parent" = NULL WHERE "parent" IN (${gone})`, at);
  await change.run(
    `DELETE FROM "directus_revisions" WHERE "collection" = ?
      OR "version" IN (SELECT "id" FROM "directus_versions" WHERE "collection" = ?)`,
    at,
  );
  await deleteRows(change, 'directus_versions', { collection });
}
