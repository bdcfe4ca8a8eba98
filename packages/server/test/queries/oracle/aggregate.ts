import { type CollectionModel, isColumn, type Json, type Kind, type RawQuery, type Row, type World } from '../model.ts';
import { called } from './filter.ts';
import { cut, type ListQuery, matching } from './list.ts';
import { exact, order } from './values.ts';

/** A number that databases compute in different ways, so that its last digits may differ. */
export class Near {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

export type Computed = Json | Near | { readonly [key: string]: Computed };

interface Entry {
  readonly kind: Kind;
  readonly name: string;
  readonly of: (row: Row) => Json;
}

/** What an aggregate is answered with: a list of groups, or of one where nothing groups. */
export function aggregated(world: World, collection: CollectionModel, query: RawQuery): Computed[] {
  const asked = query as { groupBy?: string[]; aggregate?: { [name: string]: string[] } } & ListQuery;
  const rows = matching(world, collection, world.rows[collection.name] ?? [], asked);
  const groupBy = (asked.groupBy ?? []).map((entry) => entryOf(world, collection, entry));
  const groups =
    groupBy.length === 0
      ? [rows]
      : [...Map.groupBy(rows, (row) => JSON.stringify(groupBy.map(({ of }) => of(row)))).values()];
  const found = groups.map((members) => new Group(world, collection, members, groupBy, asked.aggregate ?? {}));
  if (groupBy.length === 0) return found.map((group) => group.item);
  const sort = [...(asked.sort ?? []), ...groupBy.map(({ name }) => name)];
  found.sort((a, b) => {
    for (const entry of sort) {
      const difference = a.compare(b, entry.replace(/^-/, ''));
      if (difference !== 0) return entry.startsWith('-') ? -difference : difference;
    }
    return 0;
  });
  return cut(found, asked, asked.limit ?? 100).map((group) => group.item);
}

function entryOf(world: World, collection: CollectionModel, entry: string): Entry {
  const call = /^(\w+)\((.+)\)$/.exec(entry);
  if (call)
    return { kind: 'integer', name: `${call[2]}_${call[1]}`, of: (row) => called(world, collection, row, entry) };
  const field = collection.fields[entry];
  if (!isColumn(field)) throw new Error(`${entry} can't be aggregated`);
  return { kind: field.kind, name: entry, of: (row) => row[entry] ?? null };
}

class Group {
  readonly item: { [key: string]: Computed } = {};
  /** Kinds of values by their names in a sort. */
  readonly #kinds = new Map<string, Kind>();

  constructor(
    world: World,
    collection: CollectionModel,
    rows: readonly Row[],
    groupBy: readonly Entry[],
    aggregate: { [name: string]: string[] },
  ) {
    for (const { name, kind, of } of groupBy) {
      this.item[name] = of(rows[0] as Row);
      this.#kinds.set(name, kind);
    }
    for (const [name, fields] of Object.entries(aggregate)) {
      if (fields.includes('*')) {
        this.item[name] = rows.length;
        this.#kinds.set(name, 'integer').set(`${name}.*`, 'integer');
        continue;
      }
      const entries = fields.map((field) => ({ field, ...entryOf(world, collection, field) }));
      this.item[name] = Object.fromEntries(
        entries.map((entry) => [entry.name, computed(name, entry.kind, rows.map(entry.of))]),
      );
      for (const entry of entries)
        this.#kinds.set(`${name}.${entry.name}`, name === 'min' || name === 'max' ? entry.kind : 'decimal');
    }
  }

  compare(other: Group, path: string): number {
    const call = /^(\w+)\((.+)\)$/.exec(path);
    const name = call ? `${call[2]}_${call[1]}` : path.replace(/\.\*$/, '');
    return order(this.#kinds.get(name) as Kind, this.#at(name), other.#at(name));
  }

  #at(path: string): Json {
    const value = path
      .split('.')
      .reduce<Computed>((at, key) => (at as { [key: string]: Computed })[key] ?? null, this.item);
    return value instanceof Near ? value.value : (value as Json);
  }
}

function computed(name: string, kind: Kind, all: readonly Json[]): Computed {
  const values = all.filter((value) => value !== null);
  const distinct = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  const some = name.endsWith('Distinct') ? distinct : values;
  switch (name.replace('Distinct', '')) {
    case 'count':
    case 'countAll':
      return some.length;
    case 'sum':
      return some.length === 0 ? null : sum(kind, some);
    case 'avg':
      return some.length === 0 ? null : new Near(Number(total(kind, some)) / some.length);
    case 'min':
      return [...values].sort((a, b) => order(kind, a, b))[0] ?? null;
    case 'max':
      return [...values].sort((a, b) => order(kind, a, b)).at(-1) ?? null;
    default:
      throw new Error(`the oracle knows no ${name}`);
  }
}

function sum(kind: Kind, values: readonly Json[]): Computed {
  const sum = total(kind, values);
  return typeof sum === 'bigint' ? exact(sum) : new Near(sum);
}

function total(kind: Kind, values: readonly Json[]): number | bigint {
  if (kind === 'float' || kind === 'decimal') return values.reduce<number>((sum, value) => sum + Number(value), 0);
  return values.reduce<bigint>((sum, value) => sum + BigInt(value as string | number), 0n);
}
