import { forbidden } from '../errors/index.ts';
import { quote } from '../sql/index.ts';
import { announceChange } from './announce.ts';
import { translating } from './constraint.ts';
import type { WriteContext } from './context.ts';
import type { Key } from './hooks.ts';
import { recordChange } from './record.ts';
import { selectByKeys } from './rows.ts';

/** Deletes items, all of them or none. One that isn't there or is out of reach: FORBIDDEN. */
export async function deleteItems(context: WriteContext, name: string, keys: readonly Key[]): Promise<void> {
  context.count(keys.length);
  const access = context.access.profile.require(name, 'delete');
  const { collection } = access;
  const rows = await selectByKeys(context.tx, context.dialect, collection, keys, context.access.scope, {
    columns: () => ['1'],
    where: access.rows,
    lock: true,
  });
  if (rows.length !== keys.length) throw forbidden();
  const hooks = context.hooks.get(name);
  await hooks?.deleting?.(keys, context.hookContext());
  const tell = await context.changes.deleting(name, keys);
  const mark = context.dialect === 'sqlite' ? '?' : '$1';
  const text = `delete from ${quote(name)} where ${quote(collection.primaryKey)} = ${mark}`;
  for (const key of keys) {
    await translating(name, {}, [], () => context.tx.run(text, [key]));
    await recordChange(context.recorder, collection, 'delete', key, null);
  }
  if (collection.meta?.versioning === true) await deleteVersions(context, name, keys);
  await hooks?.deleted?.(keys, context.hookContext());
  announceChange(context.tx, name);
  tell();
}

/** An item that gets the same key one day is another one. */
async function deleteVersions(context: WriteContext, name: string, keys: readonly Key[]): Promise<void> {
  const [collection, item] = context.dialect === 'sqlite' ? ['?', '?'] : ['$1', '$2'];
  const text = `delete from directus_versions where collection = ${collection} and item = ${item}`;
  for (const key of keys) await context.tx.run(text, [name, String(key)]);
}
