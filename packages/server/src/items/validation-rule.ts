import { collectionOf, compileFilter, parseCall } from '../access/index.ts';
import { ApiError } from '../errors/index.ts';
import type { Collection, Field, Snapshot } from '../schema/types.ts';
import type { FilterInput, Json } from '../wire/index.ts';
import type { Rule } from './validation-types.ts';

/** Where a filter stands: at the item, or behind a relation of it. */
interface Place {
  readonly collection: Collection;
  readonly on: readonly string[] | null;
  readonly path: readonly string[];
  /** The filter as the item sees it. */
  readonly whole: (inner: FilterInput) => FilterInput;
  readonly behind: boolean;
}

/** Rules are written by administrators, so only loops have to end. */
const MAX_DEPTH = 50;
const ON_LISTS: ReadonlySet<string> = new Set(['_null', '_nnull', '_empty', '_nempty']);

const kept = new WeakMap<FilterInput, { snapshot: Snapshot; parts: readonly Rule[] }>();

/** A validation as the parts that all have to hold, read once per data model. */
export function partsOf(filter: FilterInput, collection: Collection, snapshot: Snapshot): readonly Rule[] {
  const known = kept.get(filter);
  if (known?.snapshot === snapshot) return known.parts;
  const parts = flat(new RuleReader(collection, snapshot).read(filter));
  kept.set(filter, { snapshot, parts });
  return parts;
}

const flat = (rule: Rule): readonly Rule[] => (rule.kind === 'all' ? rule.parts.flatMap(flat) : [rule]);

const isObject = (value: Json): value is FilterInput =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

type Entry = [key: string, value: Json];

/** What a filter and its `_and`s demand; an `_and` that is no list of filters stays. */
const dissolved = (filter: FilterInput): Entry[] =>
  Object.entries(filter).flatMap(([key, value]): Entry[] =>
    key === '_and' && Array.isArray(value) && value.every(isObject) ? value.flatMap(dissolved) : [[key, value]],
  );

/** Several conditions under one name. */
const both = (key: string, values: readonly Json[]): FilterInput => ({
  _and: values.map((value) => ({ [key]: value })),
});

class RuleReader {
  readonly #root: Collection;
  readonly #snapshot: Snapshot;

  constructor(root: Collection, snapshot: Snapshot) {
    this.#root = root;
    this.#snapshot = snapshot;
  }

  read(filter: FilterInput): Rule {
    const place = { collection: this.#root, on: null, path: [], whole: (inner: FilterInput) => inner, behind: false };
    return this.#filter(filter, place, 0);
  }

  #filter(filter: Json, place: Place, depth: number): Rule {
    if (!isObject(filter) || depth > MAX_DEPTH) return never(place, '');
    // What is said of one relation in several places is about one row behind it, so it stays together.
    const leads = ([key]: Entry): boolean =>
      key.startsWith('$') || Boolean(place.collection.fields.get(key.split(':', 1)[0] as string)?.relation);
    const groups = Map.groupBy(dissolved(filter), (entry) => (leads(entry) ? entry[0] : entry));
    const parts = [...groups.values()].map((entries) => {
      const [[key, value]] = entries as [Entry];
      if (key === '_and') return never(place, key);
      if (key === '_or') return this.#any(value, place, (part) => this.#filter(part, place, depth + 1));
      return this.#key(
        key,
        entries.map(([, said]) => said),
        place,
        depth,
      );
    });
    return { kind: 'all', parts };
  }

  #any(value: Json, place: Place, read: (part: Json) => Rule): Rule {
    if (!Array.isArray(value) || !value.every(isObject)) return never(place, '_or');
    return value.length === 0 ? NOTHING : { kind: 'any', parts: value.map(read) };
  }

  #key(key: string, values: readonly Json[], place: Place, depth: number): Rule {
    const [value = null] = values;
    if (key.startsWith('$')) return this.#stored(place, key, both(key, values), 'some', null);
    if (key.includes('(')) return this.#call(key, value, place);
    const colon = key.indexOf(':');
    const name = colon < 0 ? key : key.slice(0, colon);
    const field = place.collection.fields.get(name);
    if (!field) return colon < 0 && !key.startsWith('_') ? unknown(name, value, place) : never(place, name);
    const here = place.behind ? place : { ...place, on: namesOf(field) };
    if (colon >= 0) return this.#scoped(field, key, values, here, depth);
    switch (field.relation?.kind) {
      case 'm2o':
        return this.#manyToOne(field, field.relation.collection, values, here, depth);
      case 'o2m':
        return this.#list(field, values, here);
      default: {
        const leaf = (operator: string, operand: Json): Rule => this.#value(field, operator, operand, here);
        return { kind: 'all', parts: values.map((said) => this.#operators(said, here, leaf)) };
      }
    }
  }

  #call(key: string, value: Json, place: Place): Rule {
    const field = this.#calledField(key);
    if (field === null) return never(place, key);
    const here = place.behind ? place : { ...place, on: [field] };
    return this.#operators(value, here, (operator, operand) =>
      operator === '_submitted'
        ? NOTHING
        : this.#stored(here, field, { [key]: { [operator]: operand } }, operator, operand),
    );
  }

  #calledField(key: string): string | null {
    try {
      return parseCall(key)?.field ?? null;
    } catch (error) {
      if (error instanceof ApiError) return null;
      throw error;
    }
  }

  #scoped(field: Field, key: string, values: readonly Json[], place: Place, depth: number): Rule {
    const scope = key.slice(field.name.length + 1);
    if (field.relation?.kind !== 'm2a' || !field.relation.allowed.includes(scope)) return never(place, field.name);
    const target = this.#snapshot.collections.get(scope);
    if (!target) return never(place, field.name);
    if (values.every((value) => isObject(value) && Object.keys(value).length === 0)) return NOTHING;
    // However little is said of it, the item has to be there, in this very collection.
    const isThere = this.#stored(place, field.name, { [key]: { [target.primaryKey]: { _nnull: true } } }, 'some', null);
    const below = this.#filter({ _and: [...values] }, behind(place, key, field, target), depth + 1);
    return { kind: 'all', parts: [isThere, below] };
  }

  #manyToOne(field: Field, to: string, values: readonly Json[], place: Place, depth: number): Rule {
    const parts: Rule[] = [];
    const ofTheRow: FilterInput[] = [];
    for (const value of values) {
      if (!isObject(value)) {
        parts.push(this.#value(field, '_eq', value, place));
        continue;
      }
      for (const [key, operand] of dissolved(value)) {
        if (key === '_and') parts.push(never(place, field.name));
        else if (key === '_or')
          parts.push(this.#any(operand, place, (part) => this.#manyToOne(field, to, [part], place, depth + 1)));
        else if (key === '_some' || key === '_none')
          parts.push(this.#stored(place, field.name, { [field.name]: { [key]: operand } }, key, operand));
        else if (key.startsWith('_')) parts.push(this.#value(field, key, operand, place));
        else ofTheRow.push({ [key]: operand });
      }
    }
    if (ofTheRow.length > 0) {
      const below = behind(place, field.name, field, collectionOf(this.#snapshot, to));
      parts.push(this.#filter({ _and: ofTheRow }, below, depth + 1));
    }
    return { kind: 'all', parts };
  }

  #list(field: Field, values: readonly Json[], place: Place): Rule {
    const parts: Rule[] = [];
    const rest: FilterInput[] = [];
    for (const value of values) {
      if (!isObject(value)) return never(place, field.name);
      const more: FilterInput = {};
      for (const [key, operand] of Object.entries(value)) {
        if (key === '_submitted') continue;
        if (ON_LISTS.has(key) && !place.behind) parts.push(this.#value(field, key, operand, place));
        else more[key] = operand;
      }
      if (Object.keys(more).length > 0) rest.push(more);
    }
    if (rest.length > 0) parts.push(this.#stored(place, field.name, both(field.name, rest), 'some', null));
    return { kind: 'all', parts };
  }

  #operators(value: Json, place: Place, leaf: (operator: string, operand: Json) => Rule): Rule {
    if (!isObject(value)) return leaf('_eq', value);
    const parts = Object.entries(value).map(([key, operand]): Rule => {
      if (key === '_or') return this.#any(operand, place, (part) => this.#operators(part, place, leaf));
      if (key === '_and' && Array.isArray(operand))
        return { kind: 'all', parts: operand.map((part) => this.#operators(part, place, leaf)) };
      return key.startsWith('_') ? leaf(key, operand) : never(place, key);
    });
    return { kind: 'all', parts };
  }

  #value(field: Field, operator: string, operand: Json, place: Place): Rule {
    if (operator === '_submitted') return NOTHING;
    if (place.behind)
      return this.#stored(place, field.name, { [field.name]: { [operator]: operand } }, operator, operand);
    return { kind: 'value', on: [field.name], field: field.name, path: place.path, operator, operand };
  }

  #stored(place: Place, field: string, inner: FilterInput, operator: string, operand: Json): Rule {
    try {
      const context = { snapshot: this.#snapshot, guard: null, maxDepth: MAX_DEPTH };
      const predicate = compileFilter(place.whole(inner), this.#root, context);
      return { kind: 'stored', on: place.on, field, path: place.path, operator, operand, predicate };
    } catch (error) {
      if (error instanceof ApiError) return never(place, field);
      throw error;
    }
  }
}

const NOTHING: Rule = { kind: 'all', parts: [] };

const never = (place: Place, field: string): Rule => ({ kind: 'never', on: place.on, field, path: place.path });

/** A field that is not there is never written. */
const unknown = (field: string, operand: Json, place: Place): Rule =>
  place.behind
    ? never(place, field)
    : { kind: 'value', on: [field], field, path: place.path, operator: '_eq', operand };

/** The columns that decide where a field leads. */
const namesOf = ({ name, relation }: Field): string[] =>
  relation?.kind === 'm2a' ? [name, relation.collectionField] : [name];

const behind = (place: Place, key: string, field: Field, collection: Collection): Place => ({
  collection,
  on: place.on,
  path: [...place.path, field.name],
  whole: (inner) => place.whole({ [key]: inner }),
  behind: true,
});
