import { fieldOf, type RawQuery } from '../model.ts';
import type { Viewer } from '../oracle/viewer.ts';
import type { Random } from '../random.ts';
import { FilterMaker } from './filter.ts';
import { isWide, SEARCHES } from './values.ts';

const ORDERED = new Set(['integer', 'string', 'boolean', 'timestamp', 'uuid']);

/** Aggregates and groups that a caller asks for. */
export class AggregateMaker {
  readonly #random: Random;
  readonly #viewer: Viewer;
  readonly #bold: boolean;

  constructor(random: Random, viewer: Viewer, bold: boolean) {
    this.#random = random;
    this.#viewer = viewer;
    this.#bold = bold;
  }

  make(collection: string): RawQuery {
    const random = this.#random;
    const names = new FilterMaker(random, this.#viewer, this.#bold)
      .names(collection)
      .filter((name) => this.#bold || fieldOf(collection, name)?.kind !== 'secret');
    const groupBy = random.chance(0.5) ? this.#groups(collection, names) : [];
    const aggregate = this.#functions(collection, names);
    if (groupBy.length === 0 && Object.keys(aggregate).length === 0) aggregate.count = ['*'];
    return {
      ...(Object.keys(aggregate).length > 0 && { aggregate }),
      ...(groupBy.length > 0 && { groupBy }),
      ...(random.chance(0.4) && { filter: new FilterMaker(random, this.#viewer, this.#bold).make(collection) }),
      ...(random.chance(0.15) && !isWide(this.#viewer, collection) && { search: random.pick(SEARCHES) }),
      ...(groupBy.length > 0 && random.chance(0.2) && { limit: random.pick([-1, 0, 1, 2]) }),
      ...(groupBy.length > 0 && random.chance(0.2) && { sort: [this.#groupOrder(groupBy, aggregate)] }),
    };
  }

  #groups(collection: string, names: readonly string[]): string[] {
    const random = this.#random;
    const usable = names.filter(
      (name) => name !== 'body' && name !== 'tags' && (this.#bold || this.#canGroup(collection, name)),
    );
    return random.sample(usable, random.between(1, 2)).map((name) => {
      const field = fieldOf(collection, name);
      if (field?.kind === 'list') return `count(${name})`;
      return field?.kind === 'timestamp' && random.chance(0.5) ? `year(${name})` : name;
    });
  }

  #canGroup(collection: string, name: string): boolean {
    const field = fieldOf(collection, name);
    return field?.kind !== 'list' || this.#viewer.mayRead(field.from);
  }

  #functions(collection: string, names: readonly string[]): { [name: string]: string[] } {
    const random = this.#random;
    const aggregate: { [name: string]: string[] } = {};
    for (const name of random.sample(
      ['count', 'countDistinct', 'sum', 'avg', 'min', 'max', 'sumDistinct'],
      random.between(0, 3),
    )) {
      const fitting = names.filter((field) => this.#fits(collection, field, name));
      if (name === 'count' && random.chance(0.4)) aggregate.count = ['*'];
      else if (fitting.length > 0)
        aggregate[name] = random.sample(fitting, random.between(1, 2)).map((field) => this.#counted(collection, field));
    }
    return aggregate;
  }

  #counted(collection: string, name: string): string {
    return fieldOf(collection, name)?.kind === 'list' ? `count(${name})` : name;
  }

  #fits(collection: string, name: string, aggregate: string): boolean {
    const kind = fieldOf(collection, name)?.kind;
    if (kind === undefined) return this.#bold;
    if (aggregate.startsWith('count')) return true;
    if (aggregate === 'min' || aggregate === 'max') return ORDERED.has(kind);
    return kind === 'integer' || kind === 'list';
  }

  #groupOrder(groupBy: readonly string[], aggregate: { [name: string]: string[] }): string {
    const random = this.#random;
    const computed = Object.entries(aggregate).flatMap(([name, fields]) =>
      fields.map((field) => (field === '*' ? name : `${name}.${field.replace(/^(\w+)\((\w+)\)$/, '$2_$1')}`)),
    );
    const entry = random.pick([...groupBy, ...computed]);
    return random.chance(0.5) ? `-${entry}` : entry;
  }
}
