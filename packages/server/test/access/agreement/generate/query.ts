import {
  type CallerChoice,
  COLLECTIONS,
  type Deep,
  fieldOf,
  type Json,
  MODEL,
  type RawQuery,
  type ReadCase,
  type World,
} from '../model.ts';
import { Viewer } from '../oracle/viewer.ts';
import type { Random } from '../random.ts';
import { AggregateMaker } from './aggregate.ts';
import { FilterMaker } from './filter.ts';
import { isWide, keysOf, SEARCHES } from './values.ts';
import { ADDRESSES } from './world.ts';

/** Somebody; mostly one for whom at least something is open. */
export function makeCaller(random: Random, world: World): CallerChoice {
  for (let tries = 0; ; tries++) {
    const users = world.rows.directus_users ?? [];
    const user = random.chance(0.15) || users.length === 0 ? null : String(random.pick(users).id);
    const caller = { user, ip: random.pick(ADDRESSES) };
    if (tries === 5 || COLLECTIONS.some((name) => new Viewer(world, caller).mayRead(name))) return caller;
  }
}

/** Questions of one caller. */
export class CaseMaker {
  readonly #random: Random;
  readonly #viewer: Viewer;
  readonly #caller: CallerChoice;
  #bold = false;

  constructor(random: Random, world: World, caller: CallerChoice) {
    this.#random = random;
    this.#caller = caller;
    this.#viewer = new Viewer(world, caller);
  }

  make(): ReadCase {
    const random = this.#random;
    this.#bold = random.chance(0.12);
    const open = COLLECTIONS.filter((name) => this.#viewer.mayRead(name));
    const collection = random.pick(open.length === 0 || random.chance(0.03) ? COLLECTIONS : open);
    const kind = random.pick(['list', 'list', 'list', 'list', 'aggregate', 'aggregate', 'one', 'keys'] as const);
    const keys = random.sample(keysOf(collection), kind === 'one' ? 1 : 4);
    return {
      caller: this.#caller,
      collection,
      kind: kind === 'aggregate' ? 'list' : kind,
      keys: kind === 'one' || kind === 'keys' ? keys : [],
      query:
        kind === 'aggregate'
          ? new AggregateMaker(random, this.#viewer, this.#bold).make(collection)
          : this.#rows(collection, kind),
      via: random.pick(['body', 'address']),
    };
  }

  #rows(collection: string, kind: 'list' | 'one' | 'keys'): RawQuery {
    const random = this.#random;
    const fields = random.chance(0.15) && !isWide(this.#viewer, collection) ? {} : this.#fields(collection);
    if (kind === 'one') return fields;
    return {
      ...fields,
      ...this.#list(collection, kind === 'list'),
      ...(kind === 'list' && random.chance(0.3) && { meta: random.pick([['*'], ['total_count'], ['filter_count']]) }),
    };
  }

  #list(
    collection: string,
    paged: boolean,
  ): Pick<RawQuery, 'filter' | 'sort' | 'limit' | 'offset' | 'page' | 'search'> {
    const random = this.#random;
    return {
      ...(random.chance(0.5) && { filter: this.#filter(collection) }),
      ...(random.chance(0.4) && this.#sort(collection)),
      ...(random.chance(0.15) && { limit: random.pick([-1, 0, 1, 2, 3, 5]) }),
      ...(random.chance(0.08) && { offset: random.between(0, 4) }),
      ...(paged && random.chance(0.05) && { page: random.between(0, 3) }),
      ...(random.chance(0.15) && !isWide(this.#viewer, collection) && { search: random.pick(SEARCHES) }),
    };
  }

  #filter(collection: string) {
    return new FilterMaker(this.#random, this.#viewer, this.#bold).make(collection);
  }

  #names(collection: string): string[] {
    return new FilterMaker(this.#random, this.#viewer, this.#bold).names(collection);
  }

  #mayEnter(collection: string): boolean {
    return this.#bold || this.#viewer.mayRead(collection);
  }

  #sort(collection: string): { sort?: string[] } {
    const random = this.#random;
    const sort = random.list(random.between(1, 2), () => this.#sortPath(collection, 2)).filter((path) => path !== null);
    const entries = [...new Set(sort)].map((path) => (random.chance(0.4) ? `-${path}` : path));
    return entries.length === 0 ? {} : { sort: entries };
  }

  #sortPath(collection: string, depth: number): string | null {
    const random = this.#random;
    const names = this.#names(collection).filter((name) => !['body', 'tags', 'secret'].includes(name) || this.#bold);
    if (names.length === 0) return null;
    const name = random.pick(names);
    const field = fieldOf(collection, name);
    if (field?.kind === 'list' || (field?.kind === 'json' && random.chance(0.5))) return `count(${name})`;
    if (field?.kind === 'timestamp' && random.chance(0.3)) return `year(${name})`;
    if (name === 'body' || name === 'tags') return 'id';
    if (field?.to && depth > 0 && random.chance(0.6) && this.#mayEnter(field.to)) {
      const rest = this.#sortPath(field.to, depth - 1);
      return rest === null ? null : `${name}.${rest}`;
    }
    return name;
  }

  #fields(collection: string): Pick<RawQuery, 'fields' | 'deep' | 'alias'> {
    const random = this.#random;
    const { paths, deep } = this.#selection(collection, 2);
    const target = this.#names(collection);
    const alias: { [key: string]: string } = {};
    if (target.length > 0 && random.chance(0.12)) {
      alias.other = random.pick(target);
      paths.push('other');
    }
    if (paths.length === 0) paths.push('id');
    return {
      fields: [...new Set(paths)],
      ...(Object.keys(deep).length > 0 && { deep }),
      ...(Object.keys(alias).length > 0 && { alias }),
    };
  }

  #selection(collection: string, depth: number): { paths: string[]; deep: Deep } {
    const random = this.#random;
    const paths: string[] = [];
    const deep: Deep = {};
    if (!isWide(this.#viewer, collection) && random.chance(0.3)) paths.push('*');
    const names = this.#bold ? this.#names(collection) : this.#viewer.named(collection);
    for (const name of random.sample(names, random.between(1, 4))) {
      const field = fieldOf(collection, name);
      const to = field?.kind === 'list' ? field.from : field && 'to' in field ? field.to : undefined;
      const among = field && 'among' in field ? field.among?.allowed : undefined;
      if (among && depth > 0 && random.chance(0.7)) {
        const scopes = random.chance(0.2)
          ? ['']
          : random.sample(this.#bold ? [...among, 'comments'] : among, random.between(1, 2));
        for (const scope of scopes) {
          const below = scope === '' ? ['id'] : this.#selection(scope, depth - 1).paths;
          paths.push(...below.map((path) => `${name}${scope && ':'}${scope}.${path}`));
        }
      } else if (field?.kind === 'timestamp' && random.chance(0.3)) paths.push(`year(${name})`);
      else if (field?.kind === 'json' && random.chance(0.3)) paths.push(`count(${name})`);
      else if (field?.kind === 'list' && random.chance(0.2) && this.#mayEnter(field.from)) paths.push(`count(${name})`);
      else if (to && depth > 0 && random.chance(0.7)) {
        const below = this.#selection(to, depth - 1);
        paths.push(...below.paths.map((path) => `${name}.${path}`));
        deep[name] = {
          ...below.deep,
          ...(random.chance(0.4) && this.#mayEnter(to) && this.#deep(to, field?.kind === 'list')),
        };
      } else {
        paths.push(name);
        if (field?.kind === 'list' && this.#mayEnter(field.from) && random.chance(0.4))
          deep[name] = this.#deep(field.from, true);
      }
    }
    if (random.chance(0.05) && names.some((name) => fieldOf(collection, name)) && !isWide(this.#viewer, collection))
      paths.push(this.#twoStars(collection));
    return { paths, deep };
  }

  /** `*.*`, where nothing wide lies behind. */
  #twoStars(collection: string): string {
    const behind = Object.values(MODEL[collection] ?? {}).map((field) =>
      field.kind === 'list' ? field.from : field.to,
    );
    return behind.some((to) => to !== undefined && isWide(this.#viewer, to)) ? '*' : '*.*';
  }

  /** Of a many-to-one only filter and search mean something. */
  #deep(collection: string, isList: boolean): { [key: string]: Json } {
    const entries = Object.entries(this.#list(collection, true)).filter(
      ([key]) => isList || key === 'filter' || key === 'search',
    );
    return Object.fromEntries(entries.map(([key, value]) => [`_${key}`, value as Json]));
  }
}
