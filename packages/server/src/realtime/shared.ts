import type { Access, CollectionAccess } from '../access/index.ts';
import type { Item, Query } from '../query/index.ts';
import type { Field } from '../schema/types.ts';
import type { Predicate } from '../sql/index.ts';
import { admits, comparedColumns } from './fits.ts';
import type { Group } from './group.ts';

/** Answer keys of what is read beside what was asked: the columns that the rule compares. No field is called so. */
const COMPARED = '#compared';

/**
 * A reading whose answer is the same for everybody with a profile who may see the item at all: plain columns that all of
 * them may read, and nothing that looks at another row.
 */
export interface SharedReading {
  /** Of all groups that share it. */
  readonly key: string;
  readonly query: Query;
  readonly rule: Predicate;
  /** What of an item is answered, and the values that the rule compares, both of one moment. */
  split(item: Item): { item: Item; row: ReadonlyMap<string, unknown> };
}

/** null for a reading that is not of that kind. */
export function sharedReading({ access, wish, reading }: Group): SharedReading | null {
  const read = access.profile.entry(wish.collection);
  const { query } = reading;
  if (read.rows === null || query.filter !== null || query.search !== null || query.deep.of.size > 0) return null;
  for (const condition of read.fields.values()) if (condition !== null) return null;
  const fields = fieldsOf(read, query);
  const compared = [...comparedColumns(read.rows)].filter((name) => read.fields.has(name));
  if (fields === null || compared.length === 0) return null;
  const alias = new Map(query.alias);
  const hidden = new Map(compared.map((name, i) => [`${COMPARED}${i}`, name]));
  for (const [key, name] of hidden) alias.set(key, name);
  return {
    key: `${access.profile.id} ${wish.key}`,
    rule: read.rows,
    query: {
      ...query,
      fields: [...fields, ...hidden.keys()],
      alias,
      kept: query.kept === null ? null : query.kept + 0.25, // between the numbers of wishes
    },
    split(item) {
      const rest: Item = {};
      const row = new Map<string, unknown>();
      for (const [key, value] of Object.entries(item)) {
        const name = hidden.get(key);
        if (name !== undefined) row.set(name, value);
        else rest[key] = value;
      }
      return { item: rest, row };
    },
  };
}

/** The answer keys of a query of plain columns; null for any other. */
function fieldsOf({ collection, fields: readable }: CollectionAccess, query: Query): readonly string[] | null {
  const isPlain = (field: Field | undefined): boolean =>
    field !== undefined && field.column !== null && field.relation === null && readable.has(field.name);
  if (query.fields === null || query.fields.includes('*')) {
    const all = [...readable.keys()];
    const isWhole = query.fields === null || query.fields.length === 1;
    return isWhole && all.every((name) => isPlain(collection.fields.get(name))) ? all : null;
  }
  const plain = query.fields.every((path) => isPlain(collection.fields.get(query.alias.get(path) ?? path)));
  return plain ? query.fields : null;
}

/** The answers about one changed item, kept while they are handed out. */
export class SharedAnswers {
  readonly #answers = new Map<string, { row: ReadonlyMap<string, unknown>; messages: readonly string[] }>();

  /** The messages that a group gets as well, if it certainly does. */
  of(shared: SharedReading, access: Access): readonly string[] | null {
    const known = this.#answers.get(shared.key);
    return known && admits(shared.rule, known.row, access.scope) ? known.messages : null;
  }

  keep(shared: SharedReading, row: ReadonlyMap<string, unknown>, messages: readonly string[]): void {
    this.#answers.set(shared.key, { row, messages });
  }
}
