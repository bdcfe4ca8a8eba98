import type { Accountability } from '../access/index.ts';
import type { Collection } from '../schema/types.ts';
import type { DialectName, SqlValue, Transaction } from '../store/types.ts';
import type { Key, Payload } from './hooks.ts';

const ACTIVITY_COLUMNS = 'action, "user", "timestamp", ip, user_agent, collection, item, origin';
const REVISION_COLUMNS = 'activity, collection, item, data, delta';

const marks = (dialect: DialectName, count: number): string =>
  Array.from({ length: count }, (_, i) => (dialect === 'sqlite' ? '?' : `$${i + 1}`)).join(', ');

const insert = (table: string, columns: string, count: number) => ({
  sqlite: `insert into ${table} (${columns}) values (${marks('sqlite', count)}) returning id`,
  postgres: `insert into ${table} (${columns}) values (${marks('postgres', count)}) returning id`,
});

const INSERT_ACTIVITY = insert('directus_activity', ACTIVITY_COLUMNS, 8);
const INSERT_REVISION = insert('directus_revisions', REVISION_COLUMNS, 5).sqlite;

/** Both rows in one round trip. */
const INSERT_BOTH = `with a as (insert into directus_activity (${ACTIVITY_COLUMNS}) values (${marks('postgres', 8)}) returning id, collection, item)
  insert into directus_revisions (${REVISION_COLUMNS}) select a.id, a.collection, a.item, $9::json, $10::json from a returning id`;

const MAX_AGENT = 1000;
const MAX_ORIGIN = 255;
const MAX_IP = 50;

/** Collections whose changes are not recorded: they are the record, or change without a person. */
const UNRECORDED: ReadonlySet<string> = new Set([
  'directus_activity',
  'directus_revisions',
  'directus_sessions',
  'directus_notifications',
  'directus_presets',
]);

export interface Recorder {
  readonly tx: Transaction;
  readonly dialect: DialectName;
  readonly accountability: Accountability;
  readonly now: number;
  /** Nothing is written. */
  readonly silent?: boolean;
}

/** Writes who did what to which item. `revision` is left out for collections that keep none. The revision's id, if any. */
export async function recordChange(
  recorder: Recorder,
  collection: Collection,
  action: 'create' | 'update' | 'delete',
  key: Key,
  revision: { data: Payload; delta: Payload } | null,
): Promise<number | null> {
  const keeps = collection.accountability;
  if (recorder.silent || keeps === null || UNRECORDED.has(collection.name)) return null;
  if (recorder.accountability.kind === 'system') return null;
  const item = String(key);
  const activity = activityValues(recorder, action, collection.name, item);
  if (revision === null || keeps !== 'all') {
    await recorder.tx.rows(INSERT_ACTIVITY[recorder.dialect], activity);
    return null;
  }
  const contents = [JSON.stringify(revision.data), JSON.stringify(revision.delta)];
  if (recorder.dialect === 'postgres') return idOf(await recorder.tx.rows(INSERT_BOTH, [...activity, ...contents]));
  const id = idOf(await recorder.tx.rows(INSERT_ACTIVITY.sqlite, activity));
  return idOf(await recorder.tx.rows(INSERT_REVISION, [id, collection.name, item, ...contents]));
}

const idOf = (rows: unknown[][]): number => Number(rows[0]?.[0]);

function activityValues(recorder: Recorder, action: string, collection: string, item: string): SqlValue[] {
  const { accountability, now, dialect } = recorder;
  const user = accountability.kind === 'user' ? accountability.user : null;
  const from = accountability.kind === 'system' ? null : accountability;
  return [
    action,
    user,
    dialect === 'sqlite' ? now : new Date(now).toISOString(),
    from?.ip?.slice(0, MAX_IP) ?? null,
    from?.userAgent?.slice(0, MAX_AGENT) ?? null,
    collection,
    item,
    from?.origin?.slice(0, MAX_ORIGIN) ?? null,
  ];
}

/** Ties the revisions of nested items to the one of the item they were written with. */
export async function adoptRevisions(
  tx: Transaction,
  dialect: DialectName,
  parent: number | null,
  children: readonly number[],
): Promise<void> {
  if (parent === null) return;
  const mark = (n: number): string => (dialect === 'sqlite' ? '?' : `$${n}`);
  for (const child of children) {
    await tx.run(`update directus_revisions set parent = ${mark(1)} where id = ${mark(2)} and parent is null`, [
      parent,
      child,
    ]);
  }
}
