import type { Random } from '../../access/agreement/random.ts';
import {
  type CollectionModel,
  type Column,
  collectionOf,
  columnsOf,
  type FieldModel,
  type Filter,
  isColumn,
  type Json,
  type Kind,
  type World,
} from '../model.ts';
import { valuesOf } from './rows.ts';

const ORDER = ['_lt', '_lte', '_gt', '_gte'];
const TEXTUAL = ['_contains', '_starts_with', '_ends_with'].flatMap((name) => [
  name,
  name.replace('_', '_n'),
  name.replace('_', '_i'),
  name.replace('_', '_ni'),
]);
export const TEXT_KINDS: ReadonlySet<Kind> = new Set<Kind>(['string', 'text', 'uuid', 'csv', 'json']);
export const UNORDERED: ReadonlySet<Kind> = new Set<Kind>(['json', 'boolean']);
const WHOLE: ReadonlySet<Kind> = new Set<Kind>(['integer', 'bigInteger']);
/** Numbers that no column of whole ones holds. */
const AROUND: readonly Json[] = [2.5, '-0.5', 1e30, -1e30, '3000000000', 4_294_967_296, '99999999999999999999', '1e1'];
/** Kinds whose values have no commas. */
const PLAIN: ReadonlySet<Kind> = new Set<Kind>(['integer', 'bigInteger', 'decimal', 'date', 'uuid']);
const DATES: ReadonlySet<Kind> = new Set<Kind>(['date', 'dateTime', 'timestamp']);
const DATE_PARTS = ['year', 'month', 'week', 'day', 'weekday'];
const TIME_PARTS = ['hour', 'minute', 'second'];
const NEEDLES = [
  '',
  'a',
  'A',
  'b',
  'aB',
  '%',
  '_',
  '\\',
  "'",
  'ä',
  'Ä',
  '1',
  'ss',
  'ß',
  ',',
  '"',
  '[',
  '本',
  'x\\',
  'a\0',
];
const SHIFTS = ['$NOW', '$NOW(-1 day)', '$NOW(+1 day)', '$NOW(-1 hours)', '$NOW(-1 year)', '$NOW(+2 months)'];
/** What some columns can't hold. */
const UNFIT: readonly Json[] = ['none', '', 'x1', '2024-13-45'];

export function partsOf(kind: Kind | 'list' | undefined): readonly string[] {
  if (kind === 'date') return DATE_PARTS;
  if (kind === 'time') return TIME_PARTS;
  if (kind === 'dateTime' || kind === 'timestamp') return [...DATE_PARTS, ...TIME_PARTS];
  return kind === 'list' || kind === 'json' ? ['count'] : [];
}

/** Makes filters that are right. */
export class FilterMaker {
  readonly #random: Random;
  readonly #world: World;

  constructor(random: Random, world: World) {
    this.#random = random;
    this.#world = world;
  }

  make(collection: CollectionModel, depth = 2): Filter {
    const random = this.#random;
    if (depth > 0 && random.chance(0.25)) {
      const parts = random.list(random.chance(0.05) ? 0 : random.between(1, 3), () => this.make(collection, depth - 1));
      return { [random.pick(['_and', '_and', '_or'])]: parts };
    }
    if (depth > 0 && random.chance(0.15)) return this.#sameWay(collection, depth);
    const filter: Filter = {};
    for (let i = random.chance(0.25) ? 2 : 1; i > 0; i--) Object.assign(filter, this.#key(collection, depth));
    return filter;
  }

  /** Several conditions on one relation. */
  #sameWay(collection: CollectionModel, depth: number): Filter {
    const random = this.#random;
    const ways = Object.entries(collection.fields).filter(([, field]) => !isColumn(field) || field.to || field.any);
    if (ways.length === 0) return this.#key(collection, depth);
    const [name, field] = random.pick(ways);
    return { _and: random.list(random.between(2, 3), () => this.#way(collection, name, field, depth)) };
  }

  #key(collection: CollectionModel, depth: number): Filter {
    const random = this.#random;
    const [name, field] = random.pick(Object.entries(collection.fields));
    if (depth > 0 && random.chance(0.08)) {
      const follow = this.#follow(collection, depth);
      if (follow) return follow;
    }
    const parts = partsOf(field.kind);
    if (parts.length > 0 && random.chance(0.3)) return { [`${random.pick(parts)}(${name})`]: this.#integer() };
    if (!isColumn(field))
      return depth > 0 ? this.#way(collection, name, field, depth) : { [`count(${name})`]: this.#integer() };
    if ((field.to || field.any) && depth > 0 && random.chance(0.6)) return this.#way(collection, name, field, depth);
    return { [name]: this.#operators(field) };
  }

  #way(_: CollectionModel, name: string, field: FieldModel, depth: number): Filter {
    const random = this.#random;
    if (!isColumn(field)) return { [name]: this.#behind(collectionOf(this.#world, field.from), depth - 1) };
    if (field.to) return { [name]: this.#behind(collectionOf(this.#world, field.to), depth - 1) };
    const scope = random.pick(field.any?.allowed ?? []);
    return { [`${name}:${scope}`]: this.#behind(collectionOf(this.#world, scope), depth - 1) };
  }

  #follow(collection: CollectionModel, depth: number): Filter | null {
    const ways = this.#world.collections.flatMap((from) =>
      columnsOf(from).flatMap(([by, { to }]) => (to === collection.name ? [{ from, by }] : [])),
    );
    if (ways.length === 0) return null;
    const { from, by } = this.#random.pick(ways);
    return { [`$FOLLOW(${from.name},${by})`]: this.#behind(from, depth - 1) };
  }

  #behind(to: CollectionModel, depth: number): Filter {
    const random = this.#random;
    const key = to.fields[to.key] as Column;
    const kind = random.below(20);
    if (kind < 2) return { ...this.#comparison(key), ...(random.chance(0.3) && this.make(to, 0)) };
    if (kind < 3) return { [random.pick(['_null', '_nnull'])]: random.pick([true, true, false]) };
    if (kind < 12) return this.make(to, depth);
    const some: Filter = { [random.pick(['_some', '_none'])]: this.make(to, depth) };
    if (kind < 18) return some;
    return {
      ...some,
      ...(random.chance(0.5) ? { [random.pick(['_some', '_none'])]: this.make(to, depth) } : this.make(to, 0)),
    };
  }

  #integer(): Json {
    const random = this.#random;
    const value = (): number => random.pick([0, 1, 1, 2, 3, 6, 12, 15, 23, 59, 2024, 2000]);
    const kind = random.below(8);
    if (kind === 0) return value();
    if (kind === 1) return { [random.pick(['_in', '_nin'])]: [value(), value()] };
    if (kind === 2) return { [random.pick(['_between', '_nbetween'])]: [value(), value()] };
    if (kind === 3) return { [random.pick(['_null', '_nnull'])]: true };
    return { [random.pick(['_eq', '_neq', ...ORDER])]: value() };
  }

  #operators(column: Column): Json {
    const random = this.#random;
    if (random.chance(0.06)) return this.#value(column);
    if (!column.to && !column.any && random.chance(0.06)) {
      const parts = random.list(random.between(0, 2), () => this.#comparison(column));
      return { [random.pick(['_and', '_or'])]: parts };
    }
    return { ...this.#comparison(column), ...(random.chance(0.1) && this.#comparison(column)) };
  }

  /** One operator that fits the type. */
  #comparison(column: Column): Filter {
    const random = this.#random;
    const { kind } = column;
    const value = (): Json => this.#value(column);
    if (random.chance(0.15)) return { [random.pick(['_null', '_nnull'])]: random.pick<Json>([true, true, false, '']) };
    if (TEXT_KINDS.has(kind) && random.chance(0.1))
      return { [random.pick(['_empty', '_nempty'])]: random.pick([true, false]) };
    if (TEXT_KINDS.has(kind) && random.chance(0.35))
      return { [random.pick(TEXTUAL)]: random.chance(0.8) ? random.pick(NEEDLES) : this.#text(column) };
    if (random.chance(0.2)) return { [random.pick(['_in', '_in', '_nin'])]: this.#list(kind, value) };
    if (!UNORDERED.has(kind) && random.chance(0.45)) {
      if (random.chance(0.25)) return { [random.pick(['_between', '_nbetween'])]: [value() ?? '', value() ?? ''] };
      return { [random.pick(ORDER)]: value() };
    }
    return { [random.pick(['_eq', '_eq', '_neq'])]: random.chance(0.04) ? null : value() };
  }

  #list(kind: Kind, value: () => Json): Json {
    const random = this.#random;
    if (PLAIN.has(kind) && random.chance(0.2)) return random.list(random.between(1, 3), value).join(',') || '0';
    return random.list(random.between(1, 3), () => (random.chance(0.07) ? null : value()));
  }

  #text(column: Column): string {
    const value = this.#value(column);
    return typeof value === 'object' ? 'a' : String(value);
  }

  /** A value to compare with: one that rows have, or one of another spelling, or one that no row can have. */
  #value({ kind, to }: Column): Json {
    const random = this.#random;
    if (to && random.chance(0.8)) {
      const target = collectionOf(this.#world, to);
      const rows = this.#world.rows[to] ?? [];
      if (rows.length > 0) return random.pick(rows)[target.key] ?? null;
    }
    if (DATES.has(kind) && random.chance(0.25)) return random.pick(SHIFTS);
    if (random.chance(0.04)) return random.pick(UNFIT);
    if (WHOLE.has(kind) && random.chance(0.08)) return random.pick(AROUND);
    const value = random.pick(valuesOf(kind));
    if (kind === 'csv') return (value as string[]).join(',');
    if (kind === 'json') return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
    if (random.chance(0.2) && typeof value !== 'object') return String(value);
    if (kind === 'timestamp' && random.chance(0.2)) return String(value).slice(0, 10);
    return value;
  }
}
