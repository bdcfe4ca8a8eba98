import { forbidden, invalidForeignKey, invalidPayload } from '../../errors/index.ts';
import { quote } from '../../sql/index.ts';
import type { Json } from '../../wire/index.ts';
import type { KeyRules, RelationChange, RelationInput } from '../input/relation.ts';
import { initialMeta, RELATION_META } from '../meta.ts';
import { isSystemField } from '../system.ts';
import type { Collection, Field, Relation, Snapshot } from '../types.ts';
import { assertNoView, columnOf, type ModelChange, onColumn, tableOf } from './change.ts';
import { deleteRows, insertRow, saveRow } from './meta-rows.ts';
import { assertJoinable } from './relation-rules.ts';

type Meta = Readonly<Record<string, Json>>;

/** Makes a relation: its foreign key, and the row about it. */
export async function createRelation(change: ModelChange, input: RelationInput): Promise<void> {
  const snapshot = await change.snapshot();
  const collection = tableOf(snapshot, input.collection);
  if (!collection) throw invalidPayload(`Collection "${input.collection}" doesn't exist.`);
  const field = columnOf(collection, input.field);
  if (!field) throw invalidPayload(`Field "${input.field}" doesn't exist in "${input.collection}".`);
  if (isSystemField(collection.name, field.name)) throw invalidPayload(`"${field.name}" belongs to the system.`);
  if (relationAt(snapshot, collection.name, field.name)) {
    throw invalidPayload(`Field "${field.name}" of "${collection.name}" has a relation already.`);
  }
  const related = input.related === null ? null : relatedTable(snapshot, input.related);
  const meta = input.meta ? checkedMeta(snapshot, collection, related, input.meta, null) : null;
  if (!related && !meta) throw invalidPayload('A relation without "related_collection" needs "meta".');
  if (related && input.rules) await addForeignKey(change, field, related, input.rules);
  if (meta) {
    const place = { many_collection: collection.name, many_field: field.name, one_collection: related?.name ?? null };
    // A row may be left of a column that another program dropped.
    await deleteRows(change, 'directus_relations', { many_collection: collection.name, many_field: field.name });
    await insertRow(change, 'directus_relations', place, { ...initialMeta(RELATION_META), ...meta });
  }
  change.touched();
}

export const relationAt = (snapshot: Snapshot, collection: string, field: string): Relation | undefined =>
  snapshot.relations.find((relation) => relation.collection === collection && relation.field === field);

function relatedTable(snapshot: Snapshot, name: string): Collection {
  const related = tableOf(snapshot, name);
  if (!related) throw invalidPayload(`"related_collection" is "${name}", which doesn't exist or has no table.`);
  return related;
}

/** The keys of `meta` for one kind of relation; those of the other kind are null. */
function checkedMeta(
  snapshot: Snapshot,
  collection: Collection,
  related: Collection | null,
  meta: Meta,
  current: Relation | null,
): Meta {
  if (related) {
    checkOneField(snapshot, related, meta.one_field, current);
    return { ...meta, one_collection_field: null, one_allowed_collections: null };
  }
  const kept = current?.meta;
  const collectionField = meta.one_collection_field ?? kept?.one_collection_field;
  if (typeof collectionField !== 'string' || !columnOf(collection, collectionField)) {
    throw invalidPayload(
      '"meta.one_collection_field" has to be a field of the collection that holds the other\'s name.',
    );
  }
  const allowed = (meta.one_allowed_collections ?? kept?.one_allowed_collections ?? []) as string[];
  const unknown = allowed.find((name) => !tableOf(snapshot, name));
  if (unknown !== undefined) {
    throw invalidPayload(`"meta.one_allowed_collections" names "${unknown}", which doesn't exist or has no table.`);
  }
  if (allowed.length === 0 && !current) throw invalidPayload('"meta.one_allowed_collections" can\'t be empty.');
  return { ...meta, one_field: null, one_collection_field: collectionField, one_allowed_collections: allowed };
}

/** The reverse side is an alias, and of one relation only. */
function checkOneField(
  snapshot: Snapshot,
  related: Collection,
  name: Json | undefined,
  current: Relation | null,
): void {
  if (typeof name !== 'string') return;
  if (columnOf(related, name) || isSystemField(related.name, name)) {
    throw invalidPayload(`"meta.one_field" is "${name}", which is a column of "${related.name}".`);
  }
  const other = snapshot.relations.find(
    (relation) =>
      relation.relatedCollection === related.name && relation.meta?.one_field === name && relation !== current,
  );
  if (other)
    throw invalidPayload(`"${name}" of "${related.name}" is the reverse side of "${other.collection}" already.`);
}

const NO_ACTION = 'NO ACTION';

async function addForeignKey(change: ModelChange, field: Field, related: Collection, rules: KeyRules): Promise<void> {
  assertNoView((await change.snapshot()).collections.get(field.collection));
  assertNoView(related);
  assertJoinable(field, related, change.dialect);
  await assertNoOrphans(change, field, related);
  const key = {
    table: field.collection,
    column: field.name,
    foreignTable: related.name,
    foreignColumn: related.primaryKey,
    onDelete: rules.onDelete ?? NO_ACTION,
    onUpdate: rules.onUpdate ?? NO_ACTION,
  };
  const indexed = field.column?.indexed || field.column?.unique || field.column?.primaryKey || false;
  await onColumn(field.collection, field.name, () => change.tables.addForeignKey(key, indexed));
}

async function assertNoOrphans(change: ModelChange, field: Field, related: Collection): Promise<void> {
  const column = `m.${quote(field.name)}`;
  const orphaned = await change.exists(
    `SELECT 1 FROM ${quote(field.collection)} m WHERE ${column} IS NOT NULL AND NOT EXISTS
      (SELECT 1 FROM ${quote(related.name)} o WHERE o.${quote(related.primaryKey)} = ${column}) LIMIT 1`,
  );
  if (orphaned) throw invalidForeignKey(field.collection, field.name);
}

/** Changes a relation that is there; which collections it joins stays. */
export async function updateRelation(
  change: ModelChange,
  collection: string,
  field: string,
  input: RelationChange,
): Promise<void> {
  const snapshot = await change.snapshot();
  const relation = ownRelation(snapshot, collection, field);
  if (input.related !== undefined && input.related !== relation.relatedCollection) {
    throw invalidPayload('"related_collection" can\'t be changed; delete the relation and make another.');
  }
  const related = relation.relatedCollection === null ? null : relatedTable(snapshot, relation.relatedCollection);
  const holder = snapshot.collections.get(collection) as Collection;
  if (related && input.rules !== undefined) {
    await changeForeignKey(change, holder.fields.get(field) as Field, related, relation, input.rules);
  }
  if (input.meta) {
    const meta = checkedMeta(snapshot, holder, related, input.meta, relation);
    const place = { many_collection: collection, many_field: field };
    if (relation.meta) await saveRow(change, 'directus_relations', place, meta);
    else {
      const whole = { ...initialMeta(RELATION_META), ...meta };
      await insertRow(change, 'directus_relations', { ...place, one_collection: related?.name ?? null }, whole);
    }
  }
  change.touched();
}

function ownRelation(snapshot: Snapshot, collection: string, field: string): Relation {
  const relation = relationAt(snapshot, collection, field);
  if (!relation || relation.meta?.system) throw forbidden();
  return relation;
}

async function changeForeignKey(
  change: ModelChange,
  field: Field,
  related: Collection,
  relation: Relation,
  sent: KeyRules | null,
): Promise<void> {
  const current = relation.schema;
  if (sent === null) {
    if (!relation.meta) throw invalidPayload('A relation without "meta" can\'t lose its foreign key; delete it.');
    if (current) await change.tables.dropForeignKeys(field.collection, field.name);
    return;
  }
  const rules = {
    onDelete: sent.onDelete ?? current?.on_delete,
    onUpdate: sent.onUpdate ?? current?.on_update,
  };
  if (current && rules.onDelete === current.on_delete && rules.onUpdate === current.on_update) return;
  if (current) await change.tables.dropForeignKeys(field.collection, field.name);
  change.touched();
  const now = columnOf((await change.snapshot()).collections.get(field.collection), field.name);
  await addForeignKey(change, now ?? field, related, rules);
}

/** Removes a relation: its foreign key and its row. The field and its values stay. */
export async function deleteRelation(change: ModelChange, collection: string, field: string): Promise<void> {
  const relation = ownRelation(await change.snapshot(), collection, field);
  if (relation.schema) await change.tables.dropForeignKeys(collection, field);
  await deleteRows(change, 'directus_relations', { many_collection: collection, many_field: field });
  change.touched();
}
