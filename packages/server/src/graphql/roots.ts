import type { Collection } from '../schema/types.ts';
import type { Action } from '../wire/index.ts';
import type { InputTypes } from './input-types.ts';
import type { FieldModel, Root, TypeNames } from './model.ts';
import type { OutputTypes } from './output-types.ts';
import type { Visible } from './visible.ts';

/** Where a collection stands in a schema. */
export interface Place {
  readonly collection: string;
  /** What its root fields are called after: `users` for `directus_users`. */
  readonly root: string;
  readonly actions: readonly Action[];
  /** Whether versions of its items can be read. */
  readonly versions: boolean;
}

export type Roots = Record<string, FieldModel>;

/** The root fields of collections. */
export class RootFields {
  readonly query: Roots = {};
  readonly mutation: Roots = {};
  readonly subscription: Roots = {};
  /** By the name of the field; those of queries, mutations and subscriptions are all different. */
  readonly meanings = new Map<string, Root>();
  readonly #visible: Visible;
  readonly #outputs: OutputTypes;
  readonly #inputs: InputTypes;

  constructor(visible: Visible, outputs: OutputTypes, inputs: InputTypes) {
    this.#visible = visible;
    this.#outputs = outputs;
    this.#inputs = inputs;
  }

  add(place: Place): void {
    const { collection: name, actions } = place;
    const readable = this.#visible.readable(name);
    if (readable) this.#addReads(place, readable);
    const create = actions.includes('create') ? this.#visible.writable(name, 'create') : null;
    const update = actions.includes('update') ? this.#visible.writable(name, 'update') : null;
    const remove = actions.includes('delete') ? this.#visible.access(name, 'delete') : null;
    if (create && !create.singleton) this.#addCreates(place);
    if (update) this.#addUpdates(place, update);
    if (remove && !remove.collection.singleton) {
      this.#write(`delete_${place.root}_item`, name, 'delete-one', { type: 'delete_one', args: { id: 'ID!' } });
      this.#write(`delete_${place.root}_items`, name, 'delete-many', { type: 'delete_many', args: { ids: '[ID]!' } });
    }
  }

  #read(field: string, collection: string, kind: Root['kind'], model: FieldModel): void {
    this.query[field] = model;
    this.meanings.set(field, { kind, collection });
  }

  #write(field: string, collection: string, kind: Root['kind'], model: FieldModel): void {
    this.mutation[field] = model;
    this.meanings.set(field, { kind, collection });
  }

  #addReads({ root, collection: name, versions }: Place, { singleton }: Collection): void {
    const type = this.#outputs.item(name) as string;
    const key: TypeNames = singleton ? {} : { id: 'ID!' };
    const one: FieldModel = { type, args: versions ? { ...key, version: 'String' } : key };
    if (singleton) {
      this.#read(root, name, 'one', one);
    } else {
      const aggregated = this.#outputs.aggregated(name);
      const lists = this.#outputs.listArguments(name);
      const groups: TypeNames = { groupBy: '[String]', ...lists };
      this.#read(root, name, 'list', { type: `[${type}!]!`, args: lists });
      this.#read(`${root}_by_id`, name, 'one', one);
      this.#read(`${root}_aggregated`, name, 'aggregated', { type: `[${aggregated}!]!`, args: groups });
    }
    const ofVersion: TypeNames = { ...key, version: 'String!' };
    if (versions) this.#read(`${root}_by_version`, name, 'version', { type, args: ofVersion });
    this.addFollowing(name);
  }

  /** Being told of changes, of what can be read. */
  addFollowing(name: string): void {
    if (!this.#visible.readable(name)) return;
    this.#outputs.item(name);
    this.meanings.set(`${name}_mutated`, { kind: 'mutated', collection: name });
    this.subscription[`${name}_mutated`] = { type: this.#outputs.mutated(name), args: { event: 'EventEnum' } };
  }

  #addCreates({ root, collection }: Place): void {
    const input = this.#inputs.of(collection, 'create');
    const [many, one] = [{ data: `[${input}!]` }, { data: `${input}!` }];
    this.#write(`create_${root}_items`, collection, 'create-many', this.#answeringMany(collection, many));
    this.#write(`create_${root}_item`, collection, 'create-one', this.#answeringOne(collection, one));
  }

  #addUpdates({ root, collection }: Place, { singleton }: Collection): void {
    const input = this.#inputs.of(collection, 'update');
    if (singleton) {
      const model = this.#answeringOne(collection, { data: `${input}!` });
      this.#write(`update_${root}`, collection, 'update-singleton', model);
      return;
    }
    const many = this.#answeringMany(collection, { ids: '[ID]!', data: `${input}!` });
    const batch = this.#answeringMany(collection, { data: `[${input}!]` });
    const one = this.#answeringOne(collection, { id: 'ID!', data: `${input}!` });
    this.#write(`update_${root}_items`, collection, 'update-many', many);
    this.#write(`update_${root}_batch`, collection, 'update-batch', batch);
    this.#write(`update_${root}_item`, collection, 'update-one', one);
  }

  /** Who may not read what was written learns only that it was. */
  #answeringOne(collection: string, args: TypeNames): FieldModel {
    return { type: this.#outputs.item(collection) ?? 'Boolean', args };
  }

  #answeringMany(collection: string, args: TypeNames): FieldModel {
    const type = this.#outputs.item(collection);
    if (!type) return { type: 'Boolean', args };
    return { type: `[${type}!]!`, args: { ...args, ...this.#outputs.listArguments(collection) } };
  }
}
