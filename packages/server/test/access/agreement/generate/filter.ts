import { type Filter, fieldOf, type Json, type Kind, MODEL } from '../model.ts';
import type { Viewer } from '../oracle/viewer.ts';
import type { Random } from '../random.ts';
import { keysOf, momentOf, valueFor } from './values.ts';

const COMPARISONS = ['_eq', '_neq', '_lt', '_lte', '_gt', '_gte'];
const TEXTUAL = ['_contains', '_starts_with', '_ends_with'].flatMap((name) => [
  name,
  name.replace('_', '_n'),
  name.replace('_', '_i'),
  name.replace('_', '_ni'),
]);

/** Variables that a rule may compare with, by the kind of the column or the collection it leads to. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  directus_users: ['$CURRENT_USER'],
  directus_roles: ['$CURRENT_ROLE', '$CURRENT_ROLES', '$CURRENT_USER.role', '$CURRENT_ROLE.parent'],
  categories: ['$CURRENT_USER.favourite', '$CURRENT_USER.written.category', '$CURRENT_USER.favourite.parent'],
  posts: ['$CURRENT_USER.written'],
  integer: ['$CURRENT_USER.favourite.rank', '$CURRENT_USER.written.views'],
  string: [
    '$CURRENT_USER.first_name',
    '$CURRENT_USER.location',
    '$CURRENT_USER.role.name',
    '$CURRENT_ROLE.name',
    '$CURRENT_ROLE.parent.name',
    '$CURRENT_USER.written.title',
  ],
  badge: ['$CURRENT_POLICIES', '$CURRENT_ROLES', '$CURRENT_USER', '$CURRENT_ROLE'],
};
/** Those that a caller's own filter knows too. */
const OWN_VARIABLES = ['$CURRENT_USER', '$CURRENT_ROLE'];

/** Makes rules (without a viewer) and the filters of a caller, who mostly keeps to what may be named. */
export class FilterMaker {
  readonly #random: Random;
  readonly #viewer: Viewer | null;
  readonly #bold: boolean;

  constructor(random: Random, viewer: Viewer | null, bold: boolean) {
    this.#random = random;
    this.#viewer = viewer;
    this.#bold = bold;
  }

  make(collection: string, depth = 2): Filter {
    const random = this.#random;
    if (depth > 0 && random.chance(0.2)) {
      const parts = random.list(random.chance(0.05) ? 0 : random.between(1, 3), () => this.make(collection, depth - 1));
      return { [random.pick(['_and', '_or'])]: parts };
    }
    const filter: Filter = depth > 0 && random.chance(0.06) ? this.#ofOneRow(collection, depth) : {};
    for (let i = random.chance(0.2) ? 2 : 1; i > 0; i--) Object.assign(filter, this.#key(collection, depth));
    return filter;
  }

  /** One comparison with one column, so that several rules are about the same one. */
  equality(collection: string): Filter {
    const random = this.#random;
    const columns = Object.entries(MODEL[collection] ?? {}).filter(
      ([, field]) => 'to' in field || field.kind === 'string',
    );
    const [name = 'id', field] = random.pick(columns);
    const { kind, to } = field as { kind: Kind; to?: string };
    const value = (): Json => this.#value(kind, name, to);
    if (random.chance(0.4)) return { [name]: { _in: this.#list(kind, name, to, value) } };
    return { [name]: { _eq: this.#one(kind, name, to, value) } };
  }

  /** Fields that are worth naming; for the bold also those that are hidden or not there. */
  names(collection: string): string[] {
    const all = Object.keys(MODEL[collection] ?? {});
    if (!this.#viewer) return this.#random.chance(0.01) ? ['nope'] : all;
    return this.#bold
      ? [...all, 'nope']
      : this.#viewer.named(collection).filter((name) => this.#isOpen(collection, name));
  }

  #isOpen(collection: string, name: string): boolean {
    const field = fieldOf(collection, name);
    return field?.kind !== 'list' || this.#mayEnter(field.from);
  }

  #mayEnter(collection: string): boolean {
    return !this.#viewer || this.#bold || this.#viewer.mayRead(collection);
  }

  #key(collection: string, depth: number): Filter {
    const random = this.#random;
    const names = this.names(collection);
    if (names.length === 0) return {};
    const name = random.pick(names);
    const field = fieldOf(collection, name);
    if (collection === 'directus_users' && depth > 0 && random.chance(0.1) && this.#mayFollow()) {
      return { '$FOLLOW(posts,author)': this.#quantified('posts', depth - 1) };
    }
    if (!field) return { [name]: { _eq: 1 } };
    if (field.kind === 'list') {
      if (depth === 0 || random.chance(0.2)) return { [`count(${name})`]: this.#integer() };
      if (random.chance(0.1)) return { [name]: this.#keys(field.from) };
      return { [name]: this.#quantified(field.from, depth - 1) };
    }
    if (field.to && depth > 0 && random.chance(0.5) && this.#mayEnter(field.to)) {
      return { [name]: random.chance(0.2) ? this.#quantified(field.to, depth - 1) : this.make(field.to, depth - 1) };
    }
    if (field.among && depth > 0 && random.chance(0.6)) {
      const scope = random.pick(field.among.allowed);
      if (this.#mayEnter(scope)) return { [`${name}:${scope}`]: this.make(scope, depth - 1) };
    }
    if (field.kind === 'timestamp' && random.chance(0.25)) {
      return {
        [random.pick(['year(opened)', 'month(opened)'])]: { [random.pick(COMPARISONS)]: random.pick([2023, 2024, 6]) },
      };
    }
    if (field.kind === 'json' && random.chance(0.4)) return { [`count(${name})`]: this.#integer() };
    return { [name]: this.#operators(field.kind, name, field.to) };
  }

  #mayFollow(): boolean {
    return !this.#viewer || this.#bold || this.#viewer.mayName('posts', 'author');
  }

  /** Conditions on one list that stand apart. */
  #ofOneRow(collection: string, depth: number): Filter {
    const lists = this.names(collection).filter((name) => fieldOf(collection, name)?.kind === 'list');
    if (lists.length === 0) return {};
    const name = this.#random.pick(lists);
    const { from } = fieldOf(collection, name) as { from: string };
    return { _and: this.#random.list(2, () => ({ [name]: this.make(from, depth - 1) })) };
  }

  #quantified(collection: string, depth: number): Filter {
    const random = this.#random;
    const inner = this.make(collection, depth);
    if (random.chance(0.3)) return inner;
    const filter: Filter = { [random.pick(['_some', '_none'])]: inner };
    return random.chance(0.1) ? { ...filter, [random.pick(['_some', '_none'])]: this.make(collection, depth) } : filter;
  }

  #keys(collection: string): Filter {
    const keys = keysOf(collection);
    return this.#random.chance(0.5) ? { _eq: this.#random.pick(keys) } : { _in: this.#random.sample(keys, 2) };
  }

  #integer(): Filter {
    return { [this.#random.pick(COMPARISONS)]: this.#random.between(0, 3) };
  }

  #operators(kind: Kind, name: string, to: string | undefined): Json {
    const random = this.#random;
    const value = (): Json => this.#value(kind, name, to);
    if (random.chance(0.15)) return { [random.pick(['_null', '_nnull'])]: random.pick([true, true, false]) };
    if (kind === 'secret') return random.chance(0.9) ? { _nnull: true } : { _eq: 'a' };
    if (kind === 'json') return { [random.pick(['_empty', '_nempty'])]: true };
    const isText = kind === 'string' || kind === 'text' || kind === 'csv';
    if (isText && random.chance(0.15)) return { [random.pick(['_empty', '_nempty'])]: true };
    if (kind === 'csv') return { [random.pick(TEXTUAL)]: random.pick(['a', 'b', 'a,b', '']) };
    if (isText && random.chance(kind === 'text' ? 0.6 : 0.3)) return { [random.pick(TEXTUAL)]: value() };
    if (kind === 'boolean') return random.chance(0.2) ? value() : { [random.pick(['_eq', '_neq'])]: value() };
    if (random.chance(0.35)) return { [random.pick(['_in', '_in', '_nin'])]: this.#list(kind, name, to, value) };
    if (kind === 'text' || kind === 'uuid' || to) {
      return random.chance(0.1) ? value() : { [random.pick(['_eq', '_eq', '_neq'])]: this.#one(kind, name, to, value) };
    }
    if (random.chance(0.1)) return { [random.pick(['_between', '_nbetween'])]: [value(), value()] };
    return { [random.pick(COMPARISONS)]: this.#one(kind, name, to, value) };
  }

  #value(kind: Kind, name: string, to: string | undefined): Json {
    const random = this.#random;
    if (to) return random.pick(keysOf(to));
    if (kind === 'timestamp') return momentOf(random);
    const value = valueFor(random, kind, name);
    return kind === 'integer' && random.chance(0.1) ? String(value) : value;
  }

  #one(kind: Kind, name: string, to: string | undefined, value: () => Json): Json {
    const variables = this.#variables(kind, name, to);
    if (variables.length > 0 && this.#random.chance(0.4)) return this.#random.pick(variables);
    return this.#random.chance(0.03) ? null : value();
  }

  #list(kind: Kind, name: string, to: string | undefined, value: () => Json): Json {
    const random = this.#random;
    const variables = this.#variables(kind, name, to);
    if (variables.length > 0 && random.chance(0.3)) return random.pick(variables);
    if (random.chance(0.03)) return [];
    return random.list(random.between(1, 3), () => (random.chance(0.1) ? null : this.#one(kind, name, to, value)));
  }

  #variables(kind: Kind, name: string, to: string | undefined): readonly string[] {
    const known = VARIABLES[name === 'badge' ? 'badge' : (to ?? (kind === 'uuid' ? 'directus_users' : kind))] ?? [];
    return this.#viewer ? known.filter((variable) => OWN_VARIABLES.includes(variable)) : known;
  }
}
