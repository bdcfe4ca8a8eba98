import { useCallback, useMemo, useState } from 'react';
import type { Item } from '../display/template.ts';

/** What was changed in a form and not saved, by field. */
export type Edits = Readonly<Record<string, unknown>>;

export interface Draft {
  readonly edits: Edits;
  readonly dirty: boolean;
  /** Fields that were changed here, and meanwhile by somebody else. */
  readonly conflicts: readonly string[];
  readonly edit: (field: string, value: unknown) => void;
  /** Lets the stored values of fields win; without fields, of all. */
  readonly drop: (fields?: readonly string[]) => void;
  /** Lets what was typed win over what somebody else stored. */
  readonly insist: () => void;
}

interface Kept {
  readonly edits: Edits;
  /** The stored values at the time when their fields were first changed. */
  readonly bases: Item;
}

const NOTHING: Kept = { edits: {}, bases: {} };

export const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** The changes of a form over what is stored, which may change meanwhile. */
export function useDraft(stored: Item): Draft {
  const [kept, setKept] = useState(NOTHING);
  const edit = useCallback(
    (field: string, value: unknown) =>
      setKept(({ edits, bases }) => {
        const base = field in bases ? bases[field] : stored[field];
        if (same(value, base) && same(base, stored[field])) return without({ edits, bases }, [field]);
        return { edits: { ...edits, [field]: value }, bases: { ...bases, [field]: base } };
      }),
    [stored],
  );
  const drop = useCallback(
    (fields?: readonly string[]) => setKept((before) => (fields ? without(before, fields) : NOTHING)),
    [],
  );
  const conflicts = useMemo(
    () =>
      Object.keys(kept.edits).filter(
        (field) => !same(kept.bases[field], stored[field]) && !same(kept.edits[field], stored[field]),
      ),
    [kept, stored],
  );
  const insist = useCallback(
    () =>
      setKept(({ edits, bases }) => ({
        edits,
        bases: { ...bases, ...Object.fromEntries(conflicts.map((field) => [field, stored[field]])) },
      })),
    [conflicts, stored],
  );
  return { edits: kept.edits, dirty: Object.keys(kept.edits).length > 0, conflicts, edit, drop, insist };
}

function without({ edits, bases }: Kept, fields: readonly string[]): Kept {
  const rest = (from: Item): Item => Object.fromEntries(Object.entries(from).filter(([key]) => !fields.includes(key)));
  return { edits: rest(edits), bases: rest(bases) };
}
