import { type Filter, fieldOf, type Json, type Kind, MODEL } from '../model.ts';
import { checkRule } from '../oracle/filter.ts';
import type { Random } from '../random.ts';
import { FilterMaker } from './filter.ts';
import { keysOf, momentOf, valueFor } from './values.ts';

const NEAR_KINDS: ReadonlySet<string> = new Set(['integer', 'string', 'boolean', 'timestamp']);

/** What a policy says about values: columns, keys of other items, and what lies behind them. */
export class ValidationMaker {
  readonly #random: Random;
  readonly #rules: FilterMaker;

  constructor(random: Random) {
    this.#random = random;
    this.#rules = new FilterMaker(random, null, true);
  }

  make(collection: string): Filter {
    const random = this.#random;
    const parts = random.list(random.between(1, 2), () => this.#part(collection, 1));
    return parts.length === 1 && random.chance(0.5) ? (parts[0] as Filter) : { _and: parts };
  }

  #part(collection: string, depth: number): Filter {
    const random = this.#random;
    if (depth === 0 || random.chance(0.7)) return this.#leaf(collection);
    const parts = random.list(random.between(1, 3), () => this.#part(collection, depth - 1));
    return { [random.pick(['_or', '_or', '_and'])]: parts };
  }

  #leaf(collection: string): Filter {
    const random = this.#random;
    const [name = 'id', field] = random.pick(
      Object.entries(MODEL[collection] ?? {}).filter(([, { kind }]) => kind !== 'secret' && kind !== 'csv'),
    );
    if (!field) return {};
    if (field.kind === 'list') {
      return random.chance(0.3)
        ? { [`count(${name})`]: { [random.pick(['_lt', '_gte', '_eq'])]: random.between(0, 3) } }
        : { [name]: { [random.pick(['_some', '_none'])]: this.#behind(field.from) } };
    }
    if (field.to && random.chance(0.5)) return { [name]: this.#behind(field.to) };
    if ('among' in field && field.among && random.chance(0.6)) {
      const scope = random.pick(field.among.allowed);
      return { [`${name}:${scope}`]: this.#behind(scope) };
    }
    if (field.kind === 'timestamp' && random.chance(0.3))
      return { 'year(opened)': { [random.pick(['_eq', '_gte'])]: 2024 } };
    if (field.kind === 'json') return { [name]: { [random.pick(['_null', '_nnull'])]: true } };
    return { [name]: this.#operators(field.kind, name, field.to) };
  }

  /** A filter on related rows that can be understood. */
  #behind(collection: string): Filter {
    for (;;) {
      const filter = this.#rules.make(collection, 1);
      if (Object.keys(filter).length > 0 && checkRule(filter, collection)) return filter;
    }
  }

  #operators(kind: Kind, name: string, to: string | undefined): Filter {
    const random = this.#random;
    const value = (): Json => this.#value(kind, name, to);
    if (random.chance(0.2)) return { [random.pick(['_null', '_nnull', '_nnull'])]: true };
    if (random.chance(0.3)) return { [random.pick(['_in', '_nin'])]: random.list(random.between(1, 3), value) };
    if (!NEAR_KINDS.has(kind) || kind === 'boolean' || to || random.chance(0.4))
      return { [random.pick(['_eq', '_eq', '_neq'])]: value() };
    if (kind === 'string' && random.chance(0.4))
      return { [random.pick(['_contains', '_ncontains', '_starts_with'])]: random.pick(['a', 'b', 'z']) };
    return { [random.pick(['_lt', '_lte', '_gt', '_gte'])]: value() };
  }

  #value(kind: Kind, name: string, to: string | undefined): Json {
    const random = this.#random;
    if (to === 'directus_users' && random.chance(0.7)) return '$CURRENT_USER';
    if (to === 'categories' && random.chance(0.3)) return '$CURRENT_USER.favourite';
    if (to) return random.pick(keysOf(to));
    if (kind === 'timestamp') return momentOf(random);
    if (name === 'title' && random.chance(0.2)) return '$CURRENT_USER.first_name';
    return valueFor(random, kind, name);
  }
}

/** Values that a policy fills in. */
export function makePresets(random: Random, collection: string): { [field: string]: Json } {
  const columns = Object.keys(MODEL[collection] ?? {}).filter((name) => name !== 'id' && name !== 'role');
  const names = random
    .sample(columns, random.between(1, 2))
    .filter((name) => fieldOf(collection, name)?.kind !== 'list');
  const entries = names.map((name): [string, Json] => {
    const field = fieldOf(collection, name) as { kind: Kind; to?: string };
    if (field.to === 'directus_users') return [name, '$CURRENT_USER'];
    if (field.to) return [name, random.pick(keysOf(field.to))];
    if (field.kind === 'timestamp') return [name, '$NOW'];
    if (field.kind === 'json') return [name, [1]];
    return [name, name === 'title' ? '$CURRENT_USER.first_name' : valueFor(random, field.kind, name)];
  });
  return Object.fromEntries(entries);
}
