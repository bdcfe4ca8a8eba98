import type { Collection } from '../schema/types.ts';
import {
  bindings,
  emitPredicate,
  matchRows,
  type Predicate,
  quote,
  type RelatedRows,
  StatementWriter,
} from '../sql/index.ts';
import type { Store } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import { columnOf } from './filter/expressions.ts';
import type { RequestScope } from './scope.ts';

/** Reads the value of a probe once they have run; undefined when there was no item to ask. */
export type Probed<T> = () => T | undefined;

type Emit = (writer: StatementWriter, alias: string) => string;

/** SQLite gives at most 2,000 columns, PostgreSQL 1,664. */
const COLUMNS = 500;

/** Questions about one row, collected first and then asked together: one statement for all but enormous rules. */
export class Probes {
  readonly #emits: Emit[] = [];
  #answers: readonly unknown[] | null = null;

  add<T>(emit: Emit, read: (raw: unknown) => T): Probed<T> {
    const index = this.#emits.push(emit) - 1;
    return () => (this.#answers ? read(this.#answers[index]) : undefined);
  }

  /** Whether a predicate holds for the row. */
  holds(predicate: Predicate): Probed<boolean> {
    return this.add(asNumber(predicate), (raw) => Number(raw) > 0);
  }

  /** For how many of the rows at the end of a chain of relations a predicate holds; for the row itself 0 or 1. */
  count(chain: readonly RelatedRows[], predicate: Predicate): Probed<number> {
    const emit: Emit = (writer, alias) =>
      along(writer, alias, chain, asNumber(predicate), (value) => `coalesce(sum(${value}), 0)`);
    return this.add(emit, Number);
  }

  /** A value of the one row at the end of a chain of relations that lead to one row each. */
  value<T>(chain: readonly RelatedRows[], emit: Emit, read: (raw: unknown) => T): Probed<T> {
    return this.add((writer, alias) => along(writer, alias, chain, emit, (value) => value), read);
  }

  /** Asks about the item with this key; false when there is none. */
  async run(store: Store, collection: Collection, key: Json, scope: RequestScope): Promise<boolean> {
    const answers: unknown[] = [];
    for (let from = 0; from < this.#emits.length; from += COLUMNS) {
      const writer = new StatementWriter(store.dialect);
      const alias = writer.alias();
      const columns = this.#emits.slice(from, from + COLUMNS).map((emit) => emit(writer, alias));
      const where = emitPredicate(writer, alias, hasKey(collection, key));
      const text = `select ${columns.join(', ')} from ${quote(collection.name)} ${alias} where ${where}`;
      const [row] = await store.rows(text, bindings(writer.finish(text), scope), true);
      if (!row) return false;
      answers.push(...row);
    }
    this.#answers = answers;
    return true;
  }
}

const asNumber =
  (predicate: Predicate): Emit =>
  (writer, alias) =>
    `case when ${emitPredicate(writer, alias, predicate)} then 1 else 0 end`;

function along(
  writer: StatementWriter,
  alias: string,
  chain: readonly RelatedRows[],
  emit: Emit,
  gather: (value: string) => string,
): string {
  const [rows, ...rest] = chain;
  if (!rows) return emit(writer, alias);
  const inner = writer.alias();
  // The select list stands before the match in the text, so it is emitted first.
  const value = along(writer, inner, rest, emit, gather);
  return `(select ${gather(value)} from ${matchRows(writer, alias, inner, rows)})`;
}

/** A key that the column can't hold belongs to no item. */
function hasKey(collection: Collection, key: Json): Predicate {
  const field = collection.fields.get(collection.primaryKey);
  if (!field) throw new Error(`${collection.name} has no key`);
  return {
    kind: 'compare',
    left: { ...columnOf(field, null), timeAsText: false },
    type: field.type,
    operator: 'eq',
    right: { kind: 'literal', value: key },
    closed: true,
  };
}
