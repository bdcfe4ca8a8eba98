import type { Json } from '../../src/wire/index.ts';

export type { Json };

/** Types of columns, as the API names them. */
export type Kind =
  | 'string'
  | 'text'
  | 'integer'
  | 'bigInteger'
  | 'float'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'time'
  | 'dateTime'
  | 'timestamp'
  | 'json'
  | 'csv'
  | 'uuid';

export interface Column {
  readonly kind: Kind;
  readonly nullable: boolean;
  readonly indexed: boolean;
  /** A many-to-one. */
  readonly to?: string;
  /** Of a many-to-one: whether the database knows. */
  readonly constrained?: boolean;
  /** A many-to-any: which column names the collection, and which ones it may name. */
  readonly any?: { readonly by: string; readonly allowed: readonly string[] };
}

/** The rows of another collection whose column leads here. */
export interface List {
  readonly kind: 'list';
  readonly from: string;
  readonly by: string;
  readonly sort: string | null;
  readonly special: 'o2m' | 'm2m' | 'm2a';
  /** Of a many-to-many: the column of the junction that leads on. */
  readonly on: string | null;
  /** Rows that are left out of a written list go away, and do not just lose their way here. */
  readonly deletes?: boolean;
}

export type FieldModel = Column | List;

export interface CollectionModel {
  readonly name: string;
  readonly key: string;
  readonly sortField: string | null;
  readonly fields: Readonly<Record<string, FieldModel>>;
}

/** Values as the API gives them. */
export type Row = { readonly [field: string]: Json };

export interface World {
  readonly collections: readonly CollectionModel[];
  readonly rows: Readonly<Record<string, readonly Row[]>>;
}

export type Filter = { [key: string]: Json };

/** A query as it stands in the body of SEARCH. */
export type RawQuery = { readonly [key: string]: Json };

/** One question to ask of a world. */
export interface Case {
  readonly collection: string;
  /** Keys of SEARCH, or null. */
  readonly keys: readonly (string | number)[] | null;
  readonly query: RawQuery;
  /** In a body; or in an address, with objects as JSON or in brackets. */
  readonly via: 'body' | 'json' | 'brackets';
  /** The code of the mistake that the query holds, if any. */
  readonly wrong: string | null;
}

/** The moment at which every case is asked. */
export const NOW = Date.UTC(2024, 5, 15, 12, 0, 0);

export function collectionOf(world: World, name: string): CollectionModel {
  const found = world.collections.find((collection) => collection.name === name);
  if (!found) throw new Error(`the world has no ${name}`);
  return found;
}

export const isColumn = (field: FieldModel | undefined): field is Column =>
  field !== undefined && field.kind !== 'list';

export const columnsOf = (collection: CollectionModel): [string, Column][] =>
  Object.entries(collection.fields).filter((entry): entry is [string, Column] => isColumn(entry[1]));

export const listsOf = (collection: CollectionModel): [string, List][] =>
  Object.entries(collection.fields).filter((entry): entry is [string, List] => entry[1].kind === 'list');
