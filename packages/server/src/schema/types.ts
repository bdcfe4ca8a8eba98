import type { FieldType, Json } from '../wire/index.ts';

/** A column of the database under a field. */
export interface FieldColumn {
  dataType: string;
  nullable: boolean;
  defaultValue: Json;
  defaultIsExpression: boolean;
  maxLength: number | null;
  precision: number | null;
  scale: number | null;
  primaryKey: boolean;
  autoIncrement: boolean;
  unique: boolean;
  indexed: boolean;
  generated: boolean;
}

/** How a field leads to other collections; absent on plain fields. */
export type FieldRelation =
  | { kind: 'm2o'; collection: string; relation: Relation }
  | { kind: 'o2m'; collection: string; foreignField: string; relation: Relation }
  | { kind: 'm2a'; collectionField: string; allowed: readonly string[]; relation: Relation };

export interface Field {
  readonly collection: string;
  readonly name: string;
  readonly type: FieldType;
  readonly special: readonly string[];
  /** null for alias fields, which have no column. */
  readonly column: FieldColumn | null;
  readonly relation: FieldRelation | null;
  /** Its value is never shown: answers hold stars when it is set, null when not. */
  readonly concealed: boolean;
  /** Stored as an Argon2 hash. */
  readonly hashed: boolean;
  /** A filter that payloads must meet (`meta.validation`). */
  readonly validation: Json;
  readonly searchable: boolean;
  /** The row of `directus_fields` in wire form (snake_case keys), or null when there is none. */
  readonly meta: Readonly<Record<string, Json>> | null;
}

export interface Relation {
  readonly collection: string;
  readonly field: string;
  /** null for a many-to-any. */
  readonly relatedCollection: string | null;
  /** The row of `directus_relations` in wire form, or null when only the database knows of it. */
  readonly meta: {
    id: number | null;
    many_collection: string;
    many_field: string;
    one_collection: string | null;
    one_field: string | null;
    one_collection_field: string | null;
    one_allowed_collections: string[] | null;
    junction_field: string | null;
    sort_field: string | null;
    one_deselect_action: string;
    system?: boolean;
  } | null;
  /** The foreign key in the database, or null when there is none. */
  readonly schema: {
    table: string;
    column: string;
    foreign_key_table: string;
    foreign_key_column: string;
    on_update: string;
    on_delete: string;
    constraint_name: string | null;
  } | null;
}

export interface Collection {
  readonly name: string;
  /** Folders have no table and no items. */
  readonly folder: boolean;
  /** A view of the database: its items can only be read. */
  readonly view: boolean;
  readonly system: boolean;
  readonly singleton: boolean;
  /** Name of the primary key field; every collection with a table has one. */
  readonly primaryKey: string;
  readonly sortField: string | null;
  /** What is recorded of changes: `all` (activity and revisions), `activity`, or null. */
  readonly accountability: 'all' | 'activity' | null;
  /** In the order of columns, then aliases. */
  readonly fields: ReadonlyMap<string, Field>;
  /** The row of `directus_collections` in wire form, or null when the table is not managed. */
  readonly meta: Readonly<Record<string, Json>> | null;
}

/** The whole data model at one moment. Immutable; a change makes a new one with a higher version. */
export interface Snapshot {
  readonly version: number;
  readonly collections: ReadonlyMap<string, Collection>;
  readonly relations: readonly Relation[];
}
