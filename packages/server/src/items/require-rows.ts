import type { CollectionAccess } from '../access/index.ts';
import { forbidden } from '../errors/index.ts';
import { emitPredicate, type Predicate } from '../sql/index.ts';
import type { WriteContext } from './context.ts';
import type { Key } from './hooks.ts';
import { selectByKeys } from './rows.ts';

/**
 * Refuses unless every key is there, in reach, and every field may be written on each of them. Nobody else changes them
 * before the transaction ends.
 */
export async function requireRows(
  context: WriteContext,
  access: CollectionAccess,
  keys: readonly Key[],
  fields: readonly string[],
): Promise<void> {
  const conditions = fieldConditions(access, fields);
  const rows = await selectByKeys(context.tx, context.dialect, access.collection, keys, context.access.scope, {
    columns: (writer, alias) => [
      '1',
      ...conditions.map((condition) => `case when ${emitPredicate(writer, alias, condition)} then 1 else 0 end`),
    ],
    where: access.rows,
    lock: true,
  });
  if (rows.length !== keys.length) throw forbidden();
  if (rows.some((row) => row.some((value) => value !== 1))) throw forbidden();
}

/** A rule on creating is about the item that comes of it, and so are the fields that each permission lists. */
export async function requireCreated(
  context: WriteContext,
  access: CollectionAccess,
  key: Key,
  fields: readonly string[],
): Promise<void> {
  if (access.rows !== null || fieldConditions(access, fields).length > 0)
    await requireRows(context, access, [key], fields);
}

/** The conditions under which these fields may be written, each once. */
function fieldConditions(access: CollectionAccess, fields: readonly string[]): Predicate[] {
  const conditions = new Set<Predicate>();
  for (const field of fields) {
    const condition = access.fields.get(field);
    if (condition) conditions.add(condition);
  }
  return [...conditions];
}
