import type { AccessProfile } from '../access/index.ts';
import type { Collection } from '../schema/types.ts';
import type { Action } from '../wire/index.ts';
import { itemSchema, keySchema, reference, type Schema, type SchemaNames } from './openapi-schemas.ts';

/** Where the items of a collection are, and what can be asked there: L list, R read one, C create, U update, D delete. */
export interface ItemPlace {
  readonly path: string;
  readonly collection: string;
  readonly verbs: string;
}

/** What stands under a path, by method. */
export type PathItem = { [method: string]: Schema };

const SUMMARIES = {
  list: 'List items',
  read: 'Read an item',
  singleton: 'Read the item',
  create: 'Create items',
  updateMany: 'Update items',
  update: 'Update an item',
  deleteMany: 'Delete items',
  delete: 'Delete an item',
} as const;

const LIST_PARAMETERS = ['fields', 'filter', 'search', 'sort', 'limit', 'offset', 'page', 'meta', 'deep'];
const SHAPE_PARAMETERS = ['fields', 'deep'];

/** The paths of a collection with the methods that the caller may use; none where that is nothing. */
export function itemPaths(
  profile: AccessProfile,
  { path, collection: name, verbs }: ItemPlace,
  names: SchemaNames,
): Record<string, PathItem> {
  const collection = profile.snapshot.collections.get(name);
  if (!collection) return {};
  const may = (verb: string, action: Action): boolean => verbs.includes(verb) && profile.access(name, action) !== null;
  const describe = new ItemOperations(profile, collection, names);
  const single = collection.singleton;
  const all: PathItem = {
    ...(may('L', 'read') ? { get: single ? describe.read('singleton') : describe.list() } : {}),
    ...(may('C', 'create') && !single ? { post: describe.create() } : {}),
    ...(may('U', 'update') ? { patch: single ? describe.update('update') : describe.updateMany() } : {}),
    ...(may('D', 'delete') && !single ? { delete: describe.deleteMany() } : {}),
  };
  const one: PathItem = {
    ...(may('R', 'read') ? { get: describe.read('read') } : {}),
    ...(may('U', 'update') ? { patch: describe.update('update') } : {}),
    ...(may('D', 'delete') ? { delete: describe.delete() } : {}),
  };
  return {
    ...(Object.keys(all).length > 0 ? { [path]: all } : {}),
    ...(Object.keys(one).length > 0 && !single ? { [`${path}/{id}`]: withKey(one, profile, name) } : {}),
  };
}

function withKey(methods: PathItem, profile: AccessProfile, name: string): PathItem {
  const id = { name: 'id', in: 'path', required: true, schema: keySchema(profile, name) };
  return Object.fromEntries(
    Object.entries(methods).map(([method, operation]) => {
      const { parameters } = operation;
      return [method, { ...operation, parameters: [id, ...(Array.isArray(parameters) ? parameters : [])] }];
    }),
  );
}

/** Describes the operations on one collection. */
class ItemOperations {
  readonly #profile: AccessProfile;
  readonly #collection: Collection;
  readonly #names: SchemaNames;

  constructor(profile: AccessProfile, collection: Collection, names: SchemaNames) {
    this.#profile = profile;
    this.#collection = collection;
    this.#names = names;
  }

  list = (): Schema =>
    this.#operation('list', LIST_PARAMETERS, null, this.#answer({ type: 'array', items: this.#item() }));

  read = (kind: 'read' | 'singleton'): Schema =>
    this.#operation(kind, SHAPE_PARAMETERS, null, this.#answer(this.#item()));

  create = (): Schema => {
    const input = this.#input('create');
    const either = { oneOf: [input, { type: 'array', items: input }] };
    return this.#operation('create', SHAPE_PARAMETERS, either, this.#answer(this.#oneOrMany()));
  };

  updateMany = (): Schema => {
    const keys = { type: 'array', items: keySchema(this.#profile, this.#collection.name) };
    const body = { type: 'object', properties: { keys, data: this.#input('update') } };
    const list = this.#answer({ type: 'array', items: this.#item() });
    return this.#operation('updateMany', SHAPE_PARAMETERS, body, list);
  };

  update = (kind: 'update'): Schema =>
    this.#operation(kind, SHAPE_PARAMETERS, this.#input('update'), this.#answer(this.#item()));

  deleteMany = (): Schema => {
    const keys = { type: 'array', items: keySchema(this.#profile, this.#collection.name) };
    return this.#operation('deleteMany', [], keys, NOTHING);
  };

  delete = (): Schema => this.#operation('delete', [], null, NOTHING);

  #operation(kind: keyof typeof SUMMARIES, parameters: readonly string[], body: Schema | null, ok: Schema): Schema {
    return {
      summary: SUMMARIES[kind],
      operationId: `${kind}${this.#title()}`,
      tags: [this.#title()],
      ...(parameters.length > 0
        ? { parameters: parameters.map((name) => ({ $ref: `#/components/parameters/${name}` })) }
        : {}),
      ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
      responses: { ...ok, default: { $ref: '#/components/responses/Error' } },
    };
  }

  /** Collections that may be written but not read have no schema of their own, and a name for their operations only. */
  #title(): string {
    return this.#names.get(this.#collection.name) ?? this.#collection.name;
  }

  /** What is read; nothing is told of it where nothing may be. */
  #item(): Schema {
    const name = this.#names.get(this.#collection.name);
    return name === undefined ? { type: 'object' } : reference(name);
  }

  #oneOrMany(): Schema {
    return { oneOf: [this.#item(), { type: 'array', items: this.#item() }] };
  }

  #input(action: 'create' | 'update'): Schema {
    const { name } = this.#collection;
    const writable = this.#profile.access(name, action)?.fields.keys() ?? [];
    const fields = [...writable].filter((field) => !this.#collection.fields.get(field)?.column?.generated);
    const readable = this.#profile.access(name, 'read')?.fields;
    const same = readable && readable.size === fields.length && fields.every((field) => readable.has(field));
    return same ? this.#item() : itemSchema(this.#profile, this.#collection, fields, this.#names);
  }

  #answer(data: Schema): Schema {
    const schema = { type: 'object', properties: { data } };
    return { 200: { description: 'Done.', content: { 'application/json': { schema } } } };
  }
}

const NOTHING: Schema = { 204: { description: 'Done.' } };
