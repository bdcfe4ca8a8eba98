import { queryOptions } from '@tanstack/react-query';
import type { Field } from '../../content/model.ts';
import { convertible, fitsType } from './conversions.ts';
import { countItems, type Duplicates, duplicatesOf, type Unfit, unfitValues } from './counting.ts';
import { draftOf, type FieldDraft } from './field-draft.ts';

/** What of a column is about to change. */
export interface ColumnChange {
  readonly type: string | null;
  /** A length that is shorter than before, or that comes with a type. */
  readonly length: number | null;
  readonly filled: boolean;
  readonly unique: boolean;
}

/** What a change of a field does to the items that there are. Null where it doesn't concern them. */
export interface Effects {
  readonly total: number;
  /** Items with a value in the field. */
  readonly held: number;
  /** Items without one, where every item is to have one. */
  readonly empty: number | null;
  readonly duplicates: Duplicates | null;
  readonly unfit: Unfit | null;
  /** Values of the old type can't become values of the new one. */
  readonly impossible: boolean;
}

/** Null where the stored values are left alone. */
export function columnChange(before: Field, draft: FieldDraft): ColumnChange | null {
  const was = draftOf(before);
  const retyped = draft.type !== was.type;
  const shorter =
    draft.type === 'string' && draft.length !== null && draft.length < (was.length ?? Number.POSITIVE_INFINITY);
  const change = {
    type: retyped ? draft.type : null,
    length: shorter || (retyped && draft.type === 'string') ? (draft.length ?? 255) : null,
    filled: was.nullable && !draft.nullable,
    unique: !was.unique && draft.unique,
  };
  return change.type || change.length || change.filled || change.unique ? change : null;
}

export const effectsQuery = (before: Field, key: string, change: ColumnChange) =>
  queryOptions({
    queryKey: ['items', before.collection, 'effects', before.field, change],
    staleTime: 0,
    queryFn: () => effectsOf(before, key, change),
  });

async function effectsOf({ collection, field, type }: Field, key: string, change: ColumnChange): Promise<Effects> {
  const to = change.type ?? type;
  const possible = convertible(type, to);
  const scans = possible && (change.type !== null || change.length !== null);
  const [total, held, duplicates, unfit] = await Promise.all([
    countItems(collection),
    countItems(collection, { [field]: { _nnull: true } }),
    change.unique ? duplicatesOf(collection, field, key) : null,
    scans ? unfitValues(collection, field, key, fitsType(to, change.length)) : null,
  ]);
  return {
    total,
    held,
    empty: change.filled ? total - held : null,
    duplicates,
    unfit,
    impossible: !possible && held > 0,
  };
}

/** Whether the database would refuse the change. */
export const isRefused = ({ empty, duplicates, unfit, impossible }: Effects): boolean =>
  impossible || (empty ?? 0) > 0 || (duplicates?.values ?? 0) > 0 || (unfit?.count ?? 0) > 0;
