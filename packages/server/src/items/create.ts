import type { Collection, Field } from '../schema/types.ts';
import { quote } from '../sql/index.ts';
import type { SqlValue } from '../store/types.ts';
import { announceChange } from './announce.ts';
import { translating } from './constraint.ts';
import type { WriteContext } from './context.ts';
import { hashFields } from './hashed.ts';
import type { Key, Payload } from './hooks.ts';
import { writeAny, writeMany, writeOne } from './nested.ts';
import { allowedFields, checkPayload, withFound, withPresets } from './payload-rules.ts';
import { adoptRevisions, recordChange } from './record.ts';
import { requireCreated } from './require-rows.ts';
import { checkRowsAfter } from './row-after.ts';
import { concealed } from './rows.ts';
import { fillSpecials } from './specials.ts';
import { splitPayload } from './split-payload.ts';
import { encodeValues } from './values.ts';

/** What a write left behind: the item's key, and its revision when one was kept. */
export interface Written {
  readonly key: Key;
  readonly revision: number | null;
}

/**
 * Creates one item with everything nested in it. `path` names the relations on the way to it. `found` are values that the
 * server found out itself: they are checked like the others, need no permission, and win.
 */
export async function createItem(
  context: WriteContext,
  name: string,
  sent: Payload,
  path: string[],
  found?: Payload,
): Promise<Written> {
  context.count(1);
  const { profile, scope, accountability } = context.access;
  const access = profile.require(name, 'create');
  const { collection } = access;
  const asked = allowedFields(access, sent, profile.admin);
  const allowed = withPresets(access, asked, scope);
  const hooks = context.hooks.get(name);
  hooks?.accept?.(allowed, 'create');
  const owed = checkPayload(access, withFound(allowed, found), 'create', context.access, path);
  const prepared = hooks?.prepare ? await hooks.prepare(allowed, 'create', [], context.hookContext(found)) : allowed;
  const payload = withFound(prepared, found);
  const split = splitPayload(collection, payload);
  const children: number[] = [];
  const own: Payload = { ...split.own };
  for (const { field, value } of split.one) own[field.name] = await writeOne(context, field, value, path, children);
  for (const { field, value, collection: target } of split.any) {
    own[field.name] = await writeAny(context, field, value, target, path, children);
  }
  const row = fillSpecials(
    collection,
    await hashFields(context, collection, own, path),
    'create',
    accountability,
    context.now,
  );
  if (context.rehearsal) takeRehearsedKey(context, collection, row);
  const key = await insertRow(context, name, row, path);
  for (const { field, value } of split.many) await writeMany(context, field, key, value, path, children);
  await checkRowsAfter(context, collection, [key], owed);
  await requireCreated(context, access, key, Object.keys(asked));
  const data = concealed(collection, own);
  const revision = await recordChange(context.recorder, collection, 'create', key, { data, delta: data });
  await adoptRevisions(context.tx, context.dialect, revision, children);
  await hooks?.created?.([key], payload, context.hookContext(found));
  announceChange(context.tx, name);
  context.changes.created(name, [key]);
  return { key, revision };
}

/** PostgreSQL's sequences don't go back with the transaction, so a rehearsal takes no number from them. */
function takeRehearsedKey(context: WriteContext, { primaryKey, fields }: Collection, row: Payload): void {
  if (context.dialect !== 'postgres' || !fields.get(primaryKey)?.column?.autoIncrement) return;
  row[primaryKey] ??= context.rehearsedKey();
}

/** A key that is given in the place of one that PostgreSQL counts up, which it takes only if told so. */
function givenKey({ dialect }: WriteContext, fields: readonly Field[]): Field | null {
  if (dialect !== 'postgres') return null;
  return fields.find(({ column }) => column?.primaryKey && column.autoIncrement) ?? null;
}

/**
 * Makes PostgreSQL count on from a given key, as SQLite does, or it would come to that key itself one day. Sequences that
 * may not be changed, or have run ahead, stay as they are. `table` and `column` are parameters with their names.
 */
const countOn = (key: string, table: string, column: string): string =>
  `(select setval(s.name, ${key}::bigint) from (select pg_get_serial_sequence(${table}, ${column})::regclass as name) s
    where has_sequence_privilege(s.name, 'UPDATE') and coalesce(pg_sequence_last_value(s.name), 0) < ${key}::bigint)`;

async function insertRow(context: WriteContext, name: string, row: Payload, path: string[]): Promise<Key> {
  const { collection } = context.access.profile.require(name, 'create');
  const fields = Object.keys(row).flatMap((field) => {
    const known = collection.fields.get(field);
    // Null in the place of a key that is counted up asks for the next one.
    if (!known?.column || (known.column.autoIncrement && row[field] === null)) return [];
    return [known];
  });
  const values: SqlValue[] = encodeValues(
    fields.map((field) => [field, row[field.name]]),
    context.dialect,
    path,
  );
  const key = quote(collection.primaryKey);
  const table = quote(collection.name);
  const columns = fields.map((field) => quote(field.name)).join(', ');
  const marks = fields.map((_, i) => (context.dialect === 'sqlite' ? '?' : `$${i + 1}`)).join(', ');
  const given = givenKey(context, fields);
  const counts = given && !context.rehearsal;
  const returned = counts ? `${key}, ${countOn(key, `$${values.push(table)}`, `$${values.push(given.name)}`)}` : key;
  const text =
    fields.length === 0
      ? `insert into ${table} default values returning ${key}`
      : `insert into ${table} (${columns})${given ? ' overriding system value' : ''} values (${marks}) returning ${returned}`;
  const [inserted] = await translating(collection.name, row, path, () => context.tx.rows(text, values));
  return inserted?.[0] as Key;
}
