import type { Random } from '../../access/agreement/random.ts';
import {
  type Case,
  type CollectionModel,
  collectionOf,
  columnsOf,
  isColumn,
  type Json,
  listsOf,
  type RawQuery,
  type World,
} from '../model.ts';
import { fitsBrackets } from './address.ts';
import { FilterMaker, partsOf } from './filter.ts';
import { type Mistake, mistakes } from './mistakes.ts';
import { valuesOf } from './rows.ts';

const SEARCHES: readonly string[] = [
  'a',
  'A',
  'ab',
  'ä',
  'STRASSE',
  '%',
  '_',
  '\\',
  '10',
  '1.5',
  '-1',
  '9007199254740993',
  'zz',
  'null',
  "'",
  'a\0',
];
const JSON_PATHS = ['a', 'b.c', 'b.c[1].d', '[0]', '[0][0]', 'b.c[0]', 'nope'];
const NUMERIC: ReadonlySet<string> = new Set(['integer', 'bigInteger', 'float', 'decimal']);

interface Wishes {
  readonly paths: string[];
  readonly deep: { [key: string]: Json };
}

/** Makes questions to ask of a world. */
export class CaseMaker {
  readonly #random: Random;
  readonly #world: World;
  readonly #filters: FilterMaker;

  constructor(random: Random, world: World) {
    this.#random = random;
    this.#world = world;
    this.#filters = new FilterMaker(random, world);
  }

  make(): Case {
    const random = this.#random;
    const collection = random.pick(this.#world.collections);
    const query = random.chance(0.2) ? this.#aggregate(collection) : this.#read(collection);
    const isList = !query.aggregate && !query.groupBy;
    const keys = isList && random.chance(0.06) ? this.#keys(collection) : null;
    const mistake = random.chance(0.06) ? random.pick(mistakes(random, collection, isList)) : null;
    const asked = mistake ? mistaken(query, mistake) : query;
    const via = keys ? 'body' : random.pick(['body', 'json', 'brackets'] as const);
    return {
      collection: collection.name,
      keys,
      query: asked,
      via: via === 'brackets' && !fitsBrackets(asked) ? 'json' : via,
      wrong: mistake?.code ?? null,
    };
  }

  #keys(collection: CollectionModel): (string | number)[] {
    const random = this.#random;
    const known = (this.#world.rows[collection.name] ?? []).map((row) => row[collection.key] as string | number);
    const nowhere = { integer: 77, bigInteger: 77, string: 'nope', uuid: '00000000-0000-4000-8000-000000000000' };
    const missing = nowhere[collection.fields[collection.key]?.kind as keyof typeof nowhere];
    return random.sample([...known, missing], random.between(1, 4));
  }

  #read(collection: CollectionModel): RawQuery {
    const random = this.#random;
    return {
      ...(random.chance(0.75) && this.#fields(collection)),
      ...this.#list(collection, true),
      ...(random.chance(0.2) && {
        meta: random.pick([['*'], ['total_count'], ['filter_count'], ['total_count', 'filter_count']]),
      }),
      ...(random.chance(0.1) && { backlink: false }),
    };
  }

  #list(collection: CollectionModel, top: boolean): { [key: string]: Json } {
    const random = this.#random;
    return {
      ...(random.chance(0.5) && { filter: this.#filters.make(collection, top ? random.between(0, 3) : 1) }),
      ...(random.chance(0.4) && { sort: this.#sort(collection) }),
      ...(random.chance(0.3) && { limit: random.pick([-1, 0, 1, 2, 3, 5]) }),
      ...(random.chance(0.1) && { offset: random.between(0, 4) }),
      ...(random.chance(0.1) && { page: random.between(0, 3) }),
      ...(random.chance(0.12) && { search: this.#search(collection) }),
    };
  }

  #search(collection: CollectionModel): string {
    const columns = columnsOf(collection).filter(([, { kind }]) =>
      ['string', 'text', 'uuid', 'integer', 'decimal'].includes(kind),
    );
    if (columns.length === 0 || this.#random.chance(0.6)) return this.#random.pick(SEARCHES);
    return String(this.#random.pick(valuesOf(this.#random.pick(columns)[1].kind))) || 'a';
  }

  #sort(collection: CollectionModel): string[] {
    const random = this.#random;
    const paths = random.list(random.between(1, 3), () => this.#sortPath(collection, 2));
    return [...new Set(paths)].map((path) => (random.chance(0.4) ? `-${path}` : path));
  }

  #sortPath(collection: CollectionModel, depth: number): string {
    const random = this.#random;
    const [name, field] = random.pick(Object.entries(collection.fields));
    const parts = partsOf(field.kind);
    if (!isColumn(field) || (parts.length > 0 && random.chance(0.4))) return `${random.pick(parts)}(${name})`;
    if (field.to && depth > 0 && random.chance(0.7))
      return `${name}.${this.#sortPath(collectionOf(this.#world, field.to), depth - 1)}`;
    return name;
  }

  #fields(collection: CollectionModel): RawQuery {
    const { paths, deep } = this.#selection(collection, 2);
    const alias = this.#alias(collection, paths, deep, 1);
    return {
      fields: [...new Set(paths)],
      ...(Object.keys(deep).length > 0 && { deep }),
      ...(alias && { alias }),
    };
  }

  /** Other names for fields, a relation also twice. Adds them to the paths. */
  #alias(
    collection: CollectionModel,
    paths: string[],
    deep: { [key: string]: Json },
    depth: number,
  ): { [key: string]: Json } | null {
    const random = this.#random;
    if (!random.chance(0.12)) return null;
    const alias: { [key: string]: Json } = {};
    for (const key of random.sample(['other', 'more', 'a-name'], random.between(1, 2))) {
      const [name, field] = random.pick(Object.entries(collection.fields));
      const parts = partsOf(field.kind);
      if (parts.length > 0 && random.chance(0.3)) {
        alias[key] = `${random.pick(parts)}(${name})`;
        paths.push(key);
        continue;
      }
      alias[key] = name;
      this.#follow(collection, name, key, depth, paths, deep);
    }
    return alias;
  }

  #selection(collection: CollectionModel, depth: number): Wishes {
    const random = this.#random;
    const paths: string[] = [];
    const deep: { [key: string]: Json } = {};
    if (random.chance(0.3)) paths.push('*');
    if (depth > 0 && random.chance(0.06)) paths.push(random.pick(['*.*', '*.*.*']));
    for (const name of random.sample(Object.keys(collection.fields), random.between(1, 4))) {
      const field = collection.fields[name];
      const parts = partsOf(field?.kind);
      if (field?.kind === 'json' && random.chance(0.3)) paths.push(`json(${name}, ${random.pick(JSON_PATHS)})`);
      else if (parts.length > 0 && random.chance(0.25)) paths.push(`${random.pick(parts)}(${name})`);
      else this.#follow(collection, name, name, depth, paths, deep);
    }
    return { paths, deep };
  }

  /** A field, and where it leads perhaps what is behind it. */
  #follow(
    collection: CollectionModel,
    name: string,
    key: string,
    depth: number,
    paths: string[],
    deep: { [key: string]: Json },
  ): void {
    const random = this.#random;
    const field = collection.fields[name];
    if (!field || (isColumn(field) && !field.to && !field.any) || depth === 0 || random.chance(0.3)) {
      paths.push(key);
      if (field && !isColumn(field) && random.chance(0.3))
        deep[key] = this.#deep(collectionOf(this.#world, field.from), true);
      return;
    }
    if (isColumn(field) && field.any) {
      const scopes = random.sample(field.any.allowed, random.between(1, 2));
      // An alias stands for the field alone, without a scope.
      if (key !== name || random.chance(0.15)) paths.push(`${key}.*`);
      else
        for (const scope of scopes) {
          const to = collectionOf(this.#world, scope);
          const below = this.#selection(to, depth - 1);
          paths.push(...below.paths.map((path) => `${key}:${scope}.${path}`));
          const own = { ...below.deep, ...(random.chance(0.3) && this.#deep(to, false)) };
          if (Object.keys(own).length > 0) deep[`${key}:${scope}`] = own;
        }
      return;
    }
    const to = collectionOf(this.#world, isColumn(field) ? (field.to as string) : field.from);
    const below = this.#selection(to, depth - 1);
    const alias = this.#alias(to, below.paths, below.deep, 0);
    paths.push(...below.paths.map((path) => `${key}.${path}`));
    const own = {
      ...below.deep,
      ...(random.chance(0.4) && this.#deep(to, !isColumn(field))),
      ...(alias && { _alias: alias }),
    };
    if (Object.keys(own).length > 0) deep[key] = own;
  }

  /** Of a many-to-one only filter and search mean something. */
  #deep(collection: CollectionModel, isList: boolean): { [key: string]: Json } {
    const entries = Object.entries(this.#list(collection, false)).filter(
      ([key]) => isList || key === 'filter' || key === 'search',
    );
    return Object.fromEntries(entries.map(([key, value]) => [`_${key}`, value]));
  }

  #aggregate(collection: CollectionModel): RawQuery {
    const random = this.#random;
    const groupBy = random.chance(0.6) ? this.#groups(collection) : [];
    const aggregate = this.#functions(collection);
    if (groupBy.length === 0 && Object.keys(aggregate).length === 0) aggregate.count = ['*'];
    const { filter, search, limit, offset, page } = this.#list(collection, true);
    const sort = random.chance(0.4) ? random.sample(this.#groupOrders(groupBy, aggregate), 2) : [];
    return {
      ...(Object.keys(aggregate).length > 0 && { aggregate }),
      ...(groupBy.length > 0 && { groupBy }),
      ...(filter !== undefined && { filter }),
      ...(search !== undefined && { search }),
      ...(groupBy.length > 0 && limit !== undefined && { limit }),
      ...(groupBy.length > 0 && offset !== undefined && { offset }),
      ...(groupBy.length > 0 && page !== undefined && { page }),
      ...(groupBy.length > 0 &&
        sort.length > 0 && { sort: sort.map((entry) => (random.chance(0.5) ? `-${entry}` : entry)) }),
    };
  }

  #groups(collection: CollectionModel): string[] {
    const random = this.#random;
    return random.sample(Object.entries(collection.fields), random.between(1, 2)).map(([name, field]) => {
      const parts = partsOf(field.kind);
      return !isColumn(field) || (parts.length > 0 && random.chance(0.5)) ? `${random.pick(parts)}(${name})` : name;
    });
  }

  #functions(collection: CollectionModel): { [name: string]: string[] } {
    const random = this.#random;
    const aggregate: { [name: string]: string[] } = {};
    const lists = listsOf(collection).map(([name]) => `count(${name})`);
    const names = ['count', 'countDistinct', 'sum', 'sumDistinct', 'avg', 'avgDistinct', 'min', 'max'];
    for (const name of random.sample(names, random.between(0, 3))) {
      const columns = columnsOf(collection).filter(([, { kind }]) => {
        if (name.startsWith('count')) return true;
        return name === 'min' || name === 'max' ? kind !== 'json' : NUMERIC.has(kind);
      });
      const entries = [...columns.map(([field]) => field), ...lists];
      if (name === 'count' && random.chance(0.4)) aggregate[random.pick(['count', 'countAll'])] = ['*'];
      else if (entries.length > 0) aggregate[name] = random.sample(entries, random.between(1, 3));
    }
    return aggregate;
  }

  #groupOrders(groupBy: readonly string[], aggregate: { [name: string]: string[] }): string[] {
    const computed = Object.entries(aggregate).flatMap(([name, fields]) =>
      fields.map((field) =>
        field === '*' ? this.#random.pick([name, `${name}.*`]) : `${name}.${field.replace(/^(\w+)\((.+)\)$/, '$2_$1')}`,
      ),
    );
    return [...groupBy, ...computed.filter((entry) => !/^(sum|avg)/.test(entry))];
  }
}

function mistaken(query: RawQuery, { add }: Mistake): RawQuery {
  const changed: { [key: string]: Json } = { ...query };
  for (const [key, value] of Object.entries(add)) {
    const known = changed[key];
    if (key === 'filter' && known && value !== null && typeof value === 'object')
      changed.filter = { _and: [known, value] };
    else if (Array.isArray(known) && Array.isArray(value)) changed[key] = [...known, ...value];
    else if (key === 'aggregate' && known) changed.aggregate = { ...(known as object), ...(value as object) };
    else changed[key] = value;
  }
  return changed;
}
