import type { ColumnFacts, ForeignKeyFacts } from '../store/types.ts';
import type { RelationRow } from './rows.ts';
import { deselectActionOf, isSystemField, SYSTEM_COLLECTIONS } from './system.ts';
import type { FieldRelation, Relation } from './types.ts';

/** A table that is served as a collection. */
export interface ServedTable {
  readonly name: string;
  readonly primaryKey: string;
  readonly view: boolean;
  readonly columns: readonly ColumnFacts[];
}

export interface LoadedRelations {
  readonly all: readonly Relation[];
  /** What each field leads to, by collection and field. */
  readonly byField: ReadonlyMap<string, ReadonlyMap<string, FieldRelation>>;
}

type Tables = ReadonlyMap<string, ServedTable>;

/**
 * Relations from three sources: the system's own, the rows of `directus_relations`, and foreign keys that no row
 * describes. One that names a table or a column that isn't there is left out.
 */
export function relationsOf(
  tables: Tables,
  foreignKeys: readonly ForeignKeyFacts[],
  rows: readonly RelationRow[],
): LoadedRelations {
  const keys = singleColumnKeys(tables, foreignKeys);
  const found = new Map<string, Relation>();
  const add = (relation: Relation | null): void => {
    if (!relation) return;
    const name = place(relation.collection, relation.field);
    if (!found.has(name)) found.set(name, relation);
  };
  for (const relation of systemRelations(tables, keys)) add(relation);
  for (const row of rows) add(storedRelation(row, tables, keys));
  for (const key of keys.values()) add(unmanagedRelation(key));
  const all = [...found.values()].sort(byPlace);
  return { all, byField: relationsByField(all, tables) };
}

const place = (collection: string, field: string): string => `${collection}\u0000${field}`;

function byPlace(a: Relation, b: Relation): number {
  if (a.collection !== b.collection) return a.collection < b.collection ? -1 : 1;
  return a.field < b.field ? -1 : 1;
}

const hasColumn = (tables: Tables, table: string, column: string): boolean =>
  tables.get(table)?.columns.some(({ name }) => name === column) ?? false;

type ForeignKeys = ReadonlyMap<string, ForeignKeyFacts>;

/** Foreign keys that mean an item: of one column, to the primary key of a table that is served. */
function singleColumnKeys(tables: Tables, foreignKeys: readonly ForeignKeyFacts[]): ForeignKeys {
  const widths = new Map<string, number>();
  const constraint = (key: ForeignKeyFacts): string | null =>
    key.constraintName === null ? null : place(key.table, key.constraintName);
  for (const key of foreignKeys) {
    const name = constraint(key);
    if (name !== null) widths.set(name, (widths.get(name) ?? 0) + 1);
  }
  const single = foreignKeys.filter((key) => {
    const name = constraint(key);
    return (
      (name === null || widths.get(name) === 1) &&
      hasColumn(tables, key.table, key.column) &&
      tables.get(key.foreignTable)?.primaryKey === key.foreignColumn
    );
  });
  return new Map(single.map((key) => [place(key.table, key.column), key]));
}

function schemaOf(key: ForeignKeyFacts | undefined, related: string | null): Relation['schema'] {
  if (!key || key.foreignTable !== related) return null;
  return {
    table: key.table,
    column: key.column,
    foreign_key_table: key.foreignTable,
    foreign_key_column: key.foreignColumn,
    on_update: key.onUpdate,
    on_delete: key.onDelete,
    constraint_name: key.constraintName,
  };
}

function* systemRelations(tables: Tables, keys: ForeignKeys): Iterable<Relation> {
  for (const table of SYSTEM_COLLECTIONS.values()) {
    for (const column of table.columns) {
      const related = (column.references ?? column.relatesTo)?.table;
      if (!related || !tables.has(related) || !hasColumn(tables, table.name, column.name)) continue;
      yield {
        collection: table.name,
        field: column.name,
        relatedCollection: related,
        schema: schemaOf(keys.get(place(table.name, column.name)), related),
        meta: {
          id: null,
          many_collection: table.name,
          many_field: column.name,
          one_collection: related,
          one_field: systemAliasOf(related, table.name, column.name),
          one_collection_field: null,
          one_allowed_collections: null,
          junction_field: null,
          sort_field: null,
          one_deselect_action: deselectActionOf(table.name, column),
          system: true,
        },
      };
    }
  }
}

function systemAliasOf(related: string, table: string, column: string): string | null {
  const aliases = SYSTEM_COLLECTIONS.get(related)?.aliases ?? [];
  return aliases.find(({ many }) => many.table === table && many.column === column)?.name ?? null;
}

function storedRelation(row: RelationRow, tables: Tables, keys: ForeignKeys): Relation | null {
  const { many_collection: collection, many_field: field, one_collection: related } = row;
  if (!hasColumn(tables, collection, field) || isSystemField(collection, field)) return null;
  if (related === null && row.one_collection_field === null) return null;
  if (related !== null && !tables.has(related)) return null;
  const schema = schemaOf(keys.get(place(collection, field)), related);
  return { collection, field, relatedCollection: related, schema, meta: { ...row } };
}

const unmanagedRelation = (key: ForeignKeyFacts): Relation => ({
  collection: key.table,
  field: key.column,
  relatedCollection: key.foreignTable,
  schema: schemaOf(key, key.foreignTable),
  meta: null,
});

function relationsByField(relations: readonly Relation[], tables: Tables): Map<string, Map<string, FieldRelation>> {
  const byField = new Map<string, Map<string, FieldRelation>>();
  const set = (collection: string, field: string, led: FieldRelation): void => {
    const fields = byField.get(collection) ?? new Map<string, FieldRelation>();
    if (!fields.has(field)) fields.set(field, led);
    byField.set(collection, fields);
  };
  for (const relation of relations) {
    const led = forwards(relation, tables);
    if (led) set(relation.collection, relation.field, led);
    const oneField = relation.meta?.one_field;
    if (relation.relatedCollection && oneField && !hasColumn(tables, relation.relatedCollection, oneField)) {
      set(relation.relatedCollection, oneField, backwards(relation));
    }
  }
  for (const table of SYSTEM_COLLECTIONS.values()) {
    for (const alias of table.aliases ?? []) {
      const relation = relations.find((r) => r.collection === alias.many.table && r.field === alias.many.column);
      if (relation) set(table.name, alias.name, backwards(relation));
    }
  }
  return byField;
}

function forwards(relation: Relation, tables: Tables): FieldRelation | null {
  if (relation.relatedCollection) return { kind: 'm2o', collection: relation.relatedCollection, relation };
  const collectionField = relation.meta?.one_collection_field;
  if (!collectionField || !hasColumn(tables, relation.collection, collectionField)) return null;
  const allowed = (relation.meta?.one_allowed_collections ?? []).filter((name) => tables.has(name));
  return { kind: 'm2a', collectionField, allowed, relation };
}

const backwards = (relation: Relation): FieldRelation => ({
  kind: 'o2m',
  collection: relation.collection,
  foreignField: relation.field,
  relation,
});
