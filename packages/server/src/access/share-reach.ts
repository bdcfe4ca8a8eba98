import type { Collection, Field, Snapshot } from '../schema/types.ts';
import { ALWAYS, allOf, anyOf, type Predicate, type RelatedRows } from '../sql/index.ts';
import type { Json } from '../wire/index.ts';
import type { CollectionAccess } from './effective.ts';
import { columnOf } from './filter/expressions.ts';
import { collectionOf, rowsOfManyToOne, rowsOfOneToMany, UNGUARDED } from './related.ts';

/** One relation, followed from the row that has the field. */
interface Step {
  readonly from: CollectionAccess;
  readonly field: Field;
  readonly to: string;
}

/** Relations from the shared item to a row. */
type Way = readonly Step[];

const LONGEST_WAY = 4;
const WAYS_TO_ONE_COLLECTION = 12;
/** System collections that items lead to; what else is in the system is no part of an item. */
const REACHABLE_SYSTEM = new Set(['directus_files', 'directus_folders', 'directus_users', 'directus_roles']);

/** A row of a collection by its key, which may have come as text. */
export function isRow(collection: Collection, key: Json): Predicate {
  const field = collection.fields.get(collection.primaryKey) as Field;
  const right = { kind: 'literal', value: key } as const;
  return { kind: 'compare', left: columnOf(field, null), type: field.type, operator: 'eq', right, closed: true };
}

/**
 * Which rows of other collections belong to a shared item: those that it leads to over relations, first down (one-to-many)
 * and then up (many-to-one, many-to-any), never down again. Down first reaches the parts of the item, and over a junction
 * what it is linked with; down after up would reach the siblings. Every row on the way, and the field that leads on,
 * have to be readable themselves.
 */
export class ShareReach {
  readonly #snapshot: Snapshot;
  readonly #root: Collection;
  readonly #item: string;
  /** What may be read of a collection before asking what belongs to the item. */
  readonly #readable: (collection: string) => CollectionAccess | null;
  #ways: ReadonlyMap<string, readonly Way[]> | null = null;

  constructor(
    snapshot: Snapshot,
    root: Collection,
    item: string,
    readable: (collection: string) => CollectionAccess | null,
  ) {
    this.#snapshot = snapshot;
    this.#root = root;
    this.#item = item;
    this.#readable = readable;
  }

  /** The condition for rows of a collection; it never holds where no way leads there. */
  rows(collection: Collection): Predicate {
    if (collection.name === this.#root.name) return isRow(this.#root, this.#item);
    this.#ways ??= this.#explore();
    return anyOf((this.#ways.get(collection.name) ?? []).map((way) => this.#backwards(way)));
  }

  /** Shortest ways first; there may be more than anybody wants to look at. */
  #explore(): Map<string, Way[]> {
    const ways = new Map<string, Way[]>();
    let open: Way[] = [[]];
    for (let length = 1; length <= LONGEST_WAY; length++) {
      open = open.flatMap((way) => this.#onwards(way));
      open = open.filter((way) => {
        const { to } = way[way.length - 1] as Step;
        const known = ways.get(to) ?? [];
        if (known.length >= WAYS_TO_ONE_COLLECTION) return false;
        ways.set(to, [...known, way]);
        return true;
      });
    }
    return ways;
  }

  #onwards(way: Way): Way[] {
    const last = way[way.length - 1];
    const from = this.#readable(last?.to ?? this.#root.name);
    if (!from) return [];
    const up = way.some(({ field }) => field.relation?.kind !== 'o2m');
    return [...from.fields.keys()].flatMap((name) => {
      const field = from.collection.fields.get(name);
      if (!field?.relation || (up && field.relation.kind === 'o2m') || way.some((step) => step.field === field))
        return [];
      return this.#targets(field).map((to) => [...way, { from, field, to }]);
    });
  }

  #targets(field: Field): string[] {
    const { relation } = field;
    const named = relation?.kind === 'm2a' ? relation.allowed : relation ? [relation.collection] : [];
    return named.filter((name) => {
      const known = this.#snapshot.collections.get(name);
      if (!known || known.folder || name === this.#root.name) return false;
      return (!known.system || REACHABLE_SYSTEM.has(name)) && this.#readable(name) !== null;
    });
  }

  /** Seen from the row at the end: that there is such a way to the item. */
  #backwards(way: Way): Predicate {
    const step = way[way.length - 1] as Step;
    const before = way.slice(0, -1);
    const { from, field } = step;
    const here = before.length === 0 ? isRow(this.#root, this.#item) : this.#backwards(before);
    const where = allOf([from.rows ?? ALWAYS, from.fields.get(field.name) ?? ALWAYS, named(step), here]);
    return { kind: 'exists', negated: false, orMissing: false, rows: this.#leadingTo(step), where };
  }

  /** The rows that lead to the outer one. */
  #leadingTo({ from, field, to }: Step): RelatedRows {
    const { relation } = field;
    if (relation?.kind === 'o2m')
      return rowsOfManyToOne(this.#snapshot, relation.relation, from.collection.name, UNGUARDED);
    if (relation?.kind === 'm2o') return rowsOfOneToMany(this.#snapshot, to, relation.relation, UNGUARDED);
    return {
      table: from.collection.name,
      column: field.name,
      outerColumn: collectionOf(this.#snapshot, to).primaryKey,
      keyAsText: false,
      outerAsText: true,
      discriminator: null,
      ...UNGUARDED,
    };
  }
}

/** Keys of several collections stand in a many-to-any: that it is this one. */
function named({ from, field, to }: Step): Predicate {
  if (field.relation?.kind !== 'm2a') return ALWAYS;
  const column = from.collection.fields.get(field.relation.collectionField);
  if (!column) throw new Error(`${field.name} does not say which collection it leads to`);
  const right = { kind: 'literal', value: to } as const;
  return { kind: 'compare', left: columnOf(column, null), type: column.type, operator: 'eq', right, closed: true };
}
