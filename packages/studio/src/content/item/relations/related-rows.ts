import type { Item } from '../../display/template.ts';
import type { Model } from '../../model.ts';
import type { RelationEnd } from '../../relations.ts';
import { isMany, type Key, keyFieldOf, NO_CHANGES, type RelatedMany } from './related-edits.ts';

export type ListEnd = Exclude<RelationEnd, { kind: 'm2o' }>;

/** A related item as a list in a form shows it. */
export interface Row {
  readonly id: string;
  /** The row's own key where it is stored; null for one that was added since. */
  readonly row: Key | null;
  readonly collection: string;
  /** Null for a new item. */
  readonly key: Key | null;
  readonly item: Item;
  readonly values: Item;
  readonly state: 'stored' | 'changed' | 'linked' | 'new';
}

/** The stored list with what was changed in the form. */
export function rowsOf(model: Model, end: ListEnd, stored: unknown, edits: RelatedMany): readonly Row[] {
  const list = Array.isArray(stored) ? stored.filter((one) => typeof one === 'object' && one !== null) : [];
  const kept = list.flatMap((one: Item): Row[] => {
    const found = storedRow(model, end, one);
    if (!found || edits.removed.some((row) => String(row) === String(found.row))) return [];
    const changed = edits.changed.find(({ row }) => String(row) === String(found.row));
    return [changed ? { ...found, values: changed.values, state: 'changed' } : found];
  });
  const added = edits.added.map(
    (one): Row => ({
      id: `added-${one.id}`,
      row: null,
      collection: one.collection,
      key: one.key,
      item: one.item,
      values: one.values,
      state: one.key === null ? 'new' : 'linked',
    }),
  );
  return [...kept, ...added];
}

function storedRow(model: Model, end: ListEnd, one: Item): Row | null {
  if (end.kind === 'o2m') {
    const key = one[keyFieldOf(model, end.related)] as Key;
    return { id: String(key), row: key, collection: end.related, key, item: one, values: {}, state: 'stored' };
  }
  const row = one[keyFieldOf(model, end.junction)] as Key;
  const collection = end.kind === 'm2m' ? end.related : String(one[end.kindField] ?? '');
  const far = one[end.far];
  const keyField = keyFieldOf(model, collection);
  const item: Item = typeof far === 'object' && far !== null ? (far as Item) : { [keyField]: far };
  const key = item[keyField] as Key | null | undefined;
  // The other side is gone, or not for these eyes.
  if (key === null || key === undefined) return null;
  return { id: String(row), row, collection, key, item, values: {}, state: 'stored' };
}

/** What a form's value holds as changes, and what as stored. */
export const editsIn = (value: unknown): RelatedMany => (isMany(value) ? value : NO_CHANGES);
