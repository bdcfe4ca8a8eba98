import type { CollectionAccess } from '../access/index.ts';
import type { Field } from '../schema/types.ts';
import type { FieldModel, FieldModels, TypeModel, TypeNames } from './model.ts';
import type { TypeBook } from './type-book.ts';
import { functionsOf, isNumber, operatorsOf, valueType } from './value-types.ts';
import type { Visible } from './visible.ts';

/** The types that tell of a collection's items: the items, their filters and aggregates. */
export class OutputTypes {
  readonly #visible: Visible;
  readonly #book: TypeBook;

  constructor(visible: Visible, book: TypeBook) {
    this.#visible = visible;
    this.#book = book;
  }

  /** The type of an item, or null when there is nothing to read. */
  item(collection: string): string | null {
    if (!this.#visible.readable(collection)) return null;
    return this.#book.define(collection, () => ({ kind: 'object', fields: this.#itemFields(collection) }));
  }

  /** What every list takes. */
  listArguments(collection: string): TypeNames {
    return {
      filter: this.#filter(collection),
      sort: '[String]',
      limit: 'Int',
      offset: 'Int',
      page: 'Int',
      search: 'String',
    };
  }

  aggregated(collection: string): string {
    return this.#book.define(`${collection}_aggregated`, () => this.#aggregatedType(collection));
  }

  mutated(collection: string): string {
    return this.#book.define(`${collection}_mutated`, () => ({
      kind: 'object',
      fields: { key: { type: 'ID!' }, event: { type: 'EventEnum' }, data: { type: collection } },
    }));
  }

  #access(collection: string): CollectionAccess {
    const access = this.#visible.access(collection, 'read');
    if (!access) throw new Error(`${collection} can't be read`);
    return access;
  }

  #fields(collection: string): readonly Field[] {
    return this.#visible
      .fields(this.#access(collection))
      .filter(({ relation }) => relation?.kind !== 'o2m' || this.#visible.readable(relation.collection) !== null);
  }

  #itemFields(collection: string): FieldModels {
    const access = this.#access(collection);
    const fields: Record<string, FieldModel> = {};
    for (const field of this.#fields(collection)) {
      fields[field.name] = this.#itemField(field, access);
      const functions = functionsOf(field);
      const name = `${field.name}_func`;
      if (functions && !access.collection.fields.has(name)) fields[name] = { type: `${functions}_functions` };
    }
    return fields;
  }

  #itemField(field: Field, { collection, fields }: CollectionAccess): FieldModel {
    const { relation, column, name } = field;
    if (relation?.kind === 'o2m') {
      return { type: `[${this.item(relation.collection)}]`, args: this.listArguments(relation.collection) };
    }
    if (relation?.kind === 'm2a') return { type: this.#union(field, relation.allowed) ?? 'String' };
    if (relation?.kind === 'm2o') {
      const related = this.item(relation.collection);
      return related ? { type: related, args: this.listArguments(relation.collection) } : { type: 'String' };
    }
    const isKey = name === collection.primaryKey;
    // What is withheld of some items is null there.
    const always = fields.get(name) === null && column?.nullable === false && (isKey || column.defaultValue === null);
    return { type: `${isKey ? 'ID' : valueType(field)}${always ? '!' : ''}` };
  }

  /** null unless all that may stand there can be read. */
  #union({ collection, name }: Field, allowed: readonly string[]): string | null {
    const members = allowed.flatMap((one) => this.item(one) ?? []);
    if (members.length === 0 || members.length < allowed.length) return null;
    return this.#book.define(`${collection}_${name}_union`, () => ({ kind: 'union', members: [...new Set(members)] }));
  }

  #filter(collection: string): string {
    const name = `${collection}_filter`;
    return this.#book.define(name, () => ({
      kind: 'input',
      fields: { ...this.#filterFields(collection), _and: `[${name}]`, _or: `[${name}]` },
    }));
  }

  #quantifierFilter(collection: string): string {
    const filter = this.#filter(collection);
    return this.#book.define(`${collection}_quantifier_filter`, () => ({
      kind: 'input',
      fields: { ...this.#filterFields(collection), _some: filter, _none: filter },
    }));
  }

  #filterFields(collection: string): TypeNames {
    const { fields: known } = this.#access(collection).collection;
    const fields: Record<string, string> = {};
    for (const field of this.#fields(collection)) {
      Object.assign(fields, this.#filterField(field));
      const functions = functionsOf(field);
      const name = `${field.name}_func`;
      if (functions && !known.has(name)) fields[name] = `${functions}_function_filter_operators`;
    }
    return fields;
  }

  #filterField(field: Field): TypeNames {
    const { name, relation } = field;
    switch (relation?.kind) {
      case 'o2m':
        return { [name]: this.#quantifierFilter(relation.collection) };
      case 'm2o':
        return { [name]: this.item(relation.collection) ? this.#filter(relation.collection) : operatorsOf(field) };
      case 'm2a': {
        const readable = relation.allowed.filter((one) => this.item(one) !== null);
        return Object.fromEntries(readable.map((one) => [`${name}__${one}`, this.#filter(one)]));
      }
      default:
        return { [name]: operatorsOf(field) };
    }
  }

  #aggregatedType(collection: string): TypeModel {
    const fields = this.#fields(collection);
    const count = this.#numbers(`${collection}_aggregated_count`, 'Int', fields);
    const numbers = fields.filter((field) => isNumber(field) && !field.concealed);
    const functions: Record<string, FieldModel> = {
      group: { type: 'JSON' },
      countAll: { type: 'Int' },
      count: { type: count },
      countDistinct: { type: count },
    };
    if (numbers.length > 0) {
      const type = this.#numbers(`${collection}_aggregated_fields`, 'Float', numbers);
      for (const name of ['avg', 'sum', 'avgDistinct', 'sumDistinct', 'min', 'max']) functions[name] = { type };
    }
    return { kind: 'object', fields: functions };
  }

  #numbers(name: string, type: string, fields: readonly Field[]): string {
    return this.#book.define(name, () => ({
      kind: 'object',
      fields: Object.fromEntries(fields.map((field) => [field.name, { type }])),
    }));
  }
}
