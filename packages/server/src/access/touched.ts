import type { Collection, Snapshot } from '../schema/types.ts';
import type { Expression, Predicate, RelatedRows } from '../sql/index.ts';
import { collectionOf } from './related.ts';

/** A field whose values a rule looks at. */
export interface TouchedField {
  readonly collection: string;
  readonly field: string;
  /** It is one of the item that the rule is about, not of an item related to it. */
  readonly own: boolean;
}

/** Every field that a compiled rule looks at, keys that relations go by among them. */
export function touchedFields(snapshot: Snapshot, collection: Collection, rule: Predicate): TouchedField[] {
  const found = new Map<string, TouchedField>();
  const add = (on: Collection, field: string, own: boolean): void => {
    found.set(`${on.name}.${field}.${own}`, { collection: on.name, field, own });
  };
  const related = (rows: RelatedRows, on: Collection, own: boolean): Collection => {
    const target = collectionOf(snapshot, rows.table);
    add(on, rows.outerColumn, own);
    if (rows.discriminator) add(on, rows.discriminator.outerColumn, own);
    add(target, rows.column, false);
    if (rows.guard) predicate(rows.guard, target, false);
    if (rows.visible) predicate(rows.visible, on, own);
    return target;
  };
  const expression = (left: Expression, on: Collection, own: boolean): void => {
    if (left.kind === 'column') add(on, left.column, own);
    else if (left.kind === 'count') related(left.rows, on, own);
    else if (left.kind === 'related') expression(left.of, related(left.rows, on, own), false);
    else add(on, left.of.column, own);
  };
  const predicate = (part: Predicate, on: Collection, own: boolean): void => {
    if (part.kind === 'and' || part.kind === 'or') for (const each of part.parts) predicate(each, on, own);
    else if (part.kind === 'compare') expression(part.left, on, own);
    else if (part.kind === 'exists') predicate(part.where, related(part.rows, on, own), false);
  };
  predicate(rule, collection, true);
  return [...found.values()];
}
