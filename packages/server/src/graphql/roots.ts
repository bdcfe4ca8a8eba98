import type { Collection } from '../schema/types.ts';
import type { Action } from '../wire/index.ts';
import type { InputTypes } from './input-types.ts';
import type { FieldModel, TypeNames } from './model.ts';
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
      this.mutation[`delete_${place.root}_item`] = { type: 'delete_one', args: { id: 'ID!' } };
      this.mutation[`delete_${place.root}_items`] = { type: 'delete_many', args: { ids: '[ID]!' } };
    }
  }

  #addReads({ root, collection: name, versions }: Place, { singleton }: Collection): void {
    const type = this.#outputs.item(name) as string;
    const key: TypeNames = singleton ? {} : { id: 'ID!' };
    const one: FieldModel = { type, args: versions ? { ...key, version: 'String' } : key };
    if (singleton) {
      this.query[root] = one;
    } else {
      const aggregated = this.#outputs.aggregated(name);
      const lists = this.#outputs.listArguments(name);
      this.query[root] = { type: `[${type}!]!`, args: lists };
      this.query[`${root}_by_id`] = one;
      this.query[`${root}_aggregated`] = { type: `[${aggregated}!]!`, args: { groupBy: '[String]', ...lists } };
    }
    if (versions) this.query[`${root}_by_version`] = { type, args: { ...key, version: 'String!' } };
    this.subscription[`${name}_mutated`] = { type: this.#outputs.mutated(name), args: { event: 'EventEnum' } };
  }

  #addCreates({ root, collection }: Place): void {
    const input = this.#inputs.of(collection, 'create');
    this.mutation[`create_${root}_items`] = this.#answeringMany(collection, { data: `[${input}!]` });
    this.mutation[`create_${root}_item`] = this.#answeringOne(collection, { data: `${input}!` });
  }

  #addUpdates({ root, collection }: Place, { singleton }: Collection): void {
    const input = this.#inputs.of(collection, 'update');
    if (singleton) {
      this.mutation[`update_${root}`] = this.#answeringOne(collection, { data: `${input}!` });
      return;
    }
    const many = { ids: '[ID]!', data: `${input}!` };
    this.mutation[`update_${root}_items`] = this.#answeringMany(collection, many);
    this.mutation[`update_${root}_batch`] = this.#answeringMany(collection, { data: `[${input}!]` });
    this.mutation[`update_${root}_item`] = this.#answeringOne(collection, { id: 'ID!', data: `${input}!` });
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
