import type { Key, Payload } from '../items/index.ts';
import { EMPTY_QUERY, NO_DEEP, type Query } from '../query/index.ts';

/** A related item that a version names: one that is there, with or without changes, or a new one. */
export interface Entry {
  readonly key: Key | null;
  readonly changes: Payload | null;
}

export const isPayload = (value: unknown): value is Payload =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** What a query asks of a relation, by its answer key; null where it asks for its key only. */
export function nestedQuery(query: Query, name: string): Query | null {
  const fields = (query.fields ?? ['*']).flatMap((path) => {
    const dot = path.indexOf('.');
    const open = path.indexOf('(');
    if (dot < 0 || (open >= 0 && open < dot)) return [];
    const head = path.slice(0, dot).split(':', 1)[0];
    return head === name || head === '*' ? [path.slice(dot + 1)] : [];
  });
  if (fields.length === 0) return null;
  const deep = query.deep.of.get(name) ?? query.deep.of.get(query.alias.get(name) ?? '') ?? NO_DEEP;
  const own = { ...deep.own };
  return { ...EMPTY_QUERY, ...own, fields, deep: { own: {}, of: deep.of }, backlink: query.backlink, kept: null };
}

const isKey = (value: unknown): value is Key => typeof value === 'string' || typeof value === 'number';

/** The items of a one-to-many after a change of it: a whole list, or `{create, update, delete}` of the linked ones. */
export async function entriesOf(primaryKey: string, value: unknown, linked: () => Promise<Key[]>): Promise<Entry[]> {
  if (Array.isArray(value)) return value.flatMap((one) => entryOf(primaryKey, one));
  if (!isPayload(value)) return [];
  const list = (part: unknown): unknown[] => (Array.isArray(part) ? part : []);
  const gone = new Set(list(value.delete).map(String));
  const changed = list(value.update).flatMap((one) => entryOf(primaryKey, one));
  const byKey = new Map(changed.map((entry) => [String(entry.key), entry]));
  const kept = (await linked()).filter((key) => !gone.has(String(key)));
  const staying = kept.map((key) => byKey.get(String(key)) ?? { key, changes: null });
  const joining = changed.filter((entry) => !kept.some((key) => String(key) === String(entry.key)));
  const created = list(value.create).filter(isPayload);
  return [...staying, ...joining, ...created.map((changes) => ({ key: null, changes }))];
}

function entryOf(primaryKey: string, value: unknown): Entry[] {
  if (isKey(value)) return [{ key: value, changes: null }];
  if (!isPayload(value)) return [];
  const key = value[primaryKey];
  return [{ key: isKey(key) ? key : null, changes: value }];
}
