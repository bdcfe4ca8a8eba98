import { forbidden, invalidPayload } from '../../errors/index.ts';
import { isSystemField } from '../system.ts';
import type { Relation, Snapshot } from '../types.ts';
import { assertNoView, type ModelChange, onColumn, tableOf } from './change.ts';
import { closeRules, type Going } from './close-rules.ts';
import { forgetField } from './forget.ts';
import { deleteRows } from './meta-rows.ts';

/** Removes a field with its column, its relations, and what permissions say about it. */
export async function deleteField(change: ModelChange, collection: string, name: string): Promise<void> {
  const { snapshot, facts } = await change.model();
  const field = snapshot.collections.get(collection)?.fields.get(name);
  if (!field || isSystemField(collection, name)) throw forbidden();
  if (field.column) assertNoView(snapshot.collections.get(collection));
  if (field.column?.primaryKey) throw invalidPayload(`"${name}" is the primary key of "${collection}".`);
  const referring = facts.foreignKeys.find((key) => key.foreignTable === collection && key.foreignColumn === name);
  if (referring) throw invalidPayload(`"${name}" is referred to by "${referring.column}" of "${referring.table}".`);
  await closeRules(change, snapshot, [{ collection, field: name }, ...reverseSides(snapshot, collection, name)]);
  for (const relation of snapshot.relations) {
    if (relation.collection === collection && relation.meta?.one_collection_field === name) {
      await deleteRows(change, 'directus_relations', { many_collection: collection, many_field: relation.field });
    }
    if (relation.collection === collection && relation.field === name) await deleteReverseSide(change, relation);
  }
  await deleteRows(change, 'directus_relations', { many_collection: collection, many_field: name });
  await change.run(
    'UPDATE "directus_relations" SET "one_field" = NULL WHERE "one_collection" = ? AND "one_field" = ?',
    [collection, name],
  );
  if (field.column) {
    await change.tables.dropForeignKeys(collection, name);
    await onColumn(collection, name, () => change.tables.dropColumn(collection, name));
  }
  await deleteRows(change, 'directus_fields', { collection, field: name });
  await forgetField(change, collection, name);
}

/** Aliases that mean nothing without the field. */
const reverseSides = ({ relations }: Snapshot, collection: string, name: string): Going[] =>
  relations.flatMap((relation) => {
    const { relatedCollection, meta } = relation;
    if (relation.collection !== collection || relation.field !== name) return [];
    return relatedCollection && meta?.one_field ? [{ collection: relatedCollection, field: meta.one_field }] : [];
  });

/** The alias on the other side means nothing without its relation. */
export async function deleteReverseSide(change: ModelChange, relation: Relation): Promise<void> {
  const [collection, field] = [relation.relatedCollection, relation.meta?.one_field];
  if (!collection || !field || isSystemField(collection, field)) return;
  const alias = tableOf(await change.snapshot(), collection)?.fields.get(field);
  if (!alias || alias.column) return;
  await deleteRows(change, 'directus_fields', { collection, field });
  await forgetField(change, collection, field);
}
