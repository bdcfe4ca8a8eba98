import { useMemo, useRef } from 'react';
import { useModel } from '../../model.ts';
import type { Edits } from '../draft.ts';
import type { InputProps } from '../inputs/input-props.ts';
import type { AddedOne, RelatedMany } from './related-edits.ts';
import { editsIn, type ListEnd, type Row, rowsOf } from './related-rows.ts';

export interface RelatedListEdits {
  readonly rows: readonly Row[];
  readonly add: (items: readonly Omit<AddedOne, 'id' | 'kind'>[]) => void;
  readonly change: (row: Row, values: Edits) => void;
  readonly remove: (row: Row) => void;
}

/** A list of related items in a form, and what can be done with it until it is saved. */
export function useRelatedList(
  end: ListEnd,
  { value, stored, onChange }: Pick<InputProps, 'value' | 'stored' | 'onChange'>,
): RelatedListEdits {
  const model = useModel();
  const edits = editsIn(value);
  const rows = useMemo(() => rowsOf(model, end, stored, edits), [model, end, stored, edits]);
  const last = useRef(edits.added.reduce((most, { id }) => Math.max(most, id), 0));

  const tell = (next: RelatedMany): void => {
    const nothing = next.added.length === 0 && next.changed.length === 0 && next.removed.length === 0;
    onChange(nothing ? stored : next);
  };
  const nextId = (): number => {
    last.current += 1;
    return last.current;
  };
  const isAdded = (one: AddedOne, row: Row): boolean => row.id === `added-${one.id}`;

  return {
    rows,
    add: (items) =>
      tell({
        ...edits,
        added: [...edits.added, ...items.map((one) => ({ ...one, kind: 'one' as const, id: nextId() }))],
      }),
    change: (row, values) => {
      if (row.row === null) {
        tell({ ...edits, added: edits.added.map((one) => (isAdded(one, row) ? { ...one, values } : one)) });
        return;
      }
      const others = edits.changed.filter((one) => String(one.row) !== String(row.row));
      const changed = { row: row.row, collection: row.collection, key: row.key as string | number, values };
      tell({ ...edits, changed: Object.keys(values).length === 0 ? others : [...others, changed] });
    },
    remove: (row) => {
      if (row.row === null) tell({ ...edits, added: edits.added.filter((one) => !isAdded(one, row)) });
      else
        tell({
          ...edits,
          changed: edits.changed.filter((one) => String(one.row) !== String(row.row)),
          removed: [...edits.removed, row.row],
        });
    },
  };
}
