import type { Predicate } from '../sql/index.ts';
import type { Json } from '../wire/index.ts';

/** One operator of a validation. `on` are the fields of the item it is about; null: whatever is written. */
interface Leaf {
  readonly on: readonly string[] | null;
  /** As errors name it: the field, and the relations on the way to it. */
  readonly field: string;
  readonly path: readonly string[];
}

/** An operator on a value of the item itself. */
export interface ValueRule extends Leaf {
  readonly kind: 'value';
  readonly operator: string;
  readonly operand: Json;
}

/** What only the database can tell, once the item is stored: what lies behind a relation, and functions. */
export interface StoredRule extends Leaf {
  readonly kind: 'stored';
  readonly operator: string;
  readonly operand: Json;
  readonly predicate: Predicate;
}

/** A validation that can be looked at operator by operator. `never`: it can't be understood, so nothing meets it. */
export type Rule =
  | { readonly kind: 'all'; readonly parts: readonly Rule[] }
  | { readonly kind: 'any'; readonly parts: readonly Rule[] }
  | ValueRule
  | StoredRule
  | (Leaf & { readonly kind: 'never' });
