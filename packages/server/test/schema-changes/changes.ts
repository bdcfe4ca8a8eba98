import { applySchema, diffSchema, readSnapshot, WHOLE } from '../../src/resources/schema-changes.ts';
import type { SnapshotFile } from '../../src/schema/snapshot/types.ts';
import type { Model } from '../schema/model.ts';

export const MIRROR = { force: false, merge: false };

/** As it would be after a way through a file. */
export const snapshotOf = (model: Model): SnapshotFile =>
  JSON.parse(JSON.stringify(readSnapshot(model.context, WHOLE))) as SnapshotFile;

export const difference = (model: Model, file: unknown, request = MIRROR) => diffSchema(model.context, file, request);

/** Makes the model what the file says; the difference that was left. */
export async function become(model: Model, file: unknown, request = MIRROR): Promise<unknown> {
  const diff = difference(model, file, request);
  if (diff) await applySchema(model.context, JSON.parse(JSON.stringify(diff)));
  return difference(model, file, request)?.diff ?? null;
}

/** Drops every collection of the project. */
export async function empty(model: Model): Promise<void> {
  for (const { name, system } of [...model.schema.snapshot.collections.values()]) {
    if (!system) await model.dropCollection(name);
  }
}

/** A model with every kind of field and relation. */
export async function buildShop(model: Model): Promise<void> {
  await model.collection([
    {
      collection: 'shop',
      schema: null,
      meta: { icon: 'store', translations: [{ language: 'de-DE', translation: 'Laden' }] },
    },
    {
      collection: 'authors',
      schema: {},
      meta: { group: 'shop', sort_field: 'sort', archive_field: 'state', archive_value: 'gone' },
      fields: [
        { field: 'id', type: 'uuid', schema: { is_primary_key: true }, meta: { special: ['uuid'] } },
        { field: 'name', type: 'string', schema: { max_length: 40, is_nullable: false, is_unique: true }, meta: {} },
        { field: 'state', type: 'string', schema: { default_value: 'new', is_indexed: true }, meta: {} },
        { field: 'sort', type: 'integer', meta: {} },
        { field: 'books', type: 'alias', meta: { special: ['o2m'], interface: 'list-o2m' } },
      ],
    },
    {
      collection: 'books',
      schema: {},
      meta: { group: 'shop', note: 'What is sold' },
      fields: [
        { field: 'nr', type: 'bigInteger', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} },
        {
          field: 'title',
          type: 'text',
          schema: { is_nullable: false, default_value: 'Untitled' },
          meta: { required: true },
        },
        {
          field: 'price',
          type: 'decimal',
          schema: { numeric_precision: 8, numeric_scale: 2, default_value: 1.5 },
          meta: {},
        },
        { field: 'weight', type: 'float', meta: { validation: { weight: { _gt: 0 } } } },
        { field: 'sold_out', type: 'boolean', schema: { default_value: false }, meta: {} },
        { field: 'facts', type: 'json', meta: { options: { choices: [{ text: 'A', value: 'a' }] } } },
        { field: 'tags', type: 'csv', meta: {} },
        {
          field: 'made',
          type: 'timestamp',
          schema: { default_value: 'CURRENT_TIMESTAMP' },
          meta: { special: ['date-created'] },
        },
        { field: 'released', type: 'date', meta: {} },
        { field: 'opens', type: 'time', meta: {} },
        { field: 'seen', type: 'dateTime', meta: {} },
        { field: 'secret', type: 'hash', meta: {} },
        { field: 'cover', type: 'binary', meta: {} },
        { field: 'author', type: 'uuid', meta: { special: ['m2o'] } },
        { field: 'editor', type: 'uuid', meta: {} },
        { field: 'parts', type: 'alias', meta: { special: ['m2a'] } },
        { field: 'divider', type: 'alias', meta: { special: ['alias', 'no-data'], interface: 'presentation-divider' } },
      ],
    },
    {
      collection: 'books_parts',
      schema: {},
      meta: { hidden: true },
      fields: [
        { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} },
        { field: 'book', type: 'bigInteger', meta: {} },
        { field: 'item', type: 'string', meta: {} },
        { field: 'collection', type: 'string', meta: {} },
        { field: 'place', type: 'integer', meta: {} },
      ],
    },
    { collection: 'limits', schema: {}, meta: { singleton: true, accountability: null } },
  ]);
  await model.field('directus_users', { field: 'shelf', type: 'bigInteger', meta: { note: 'Ours' } });
  await model.relation({
    collection: 'books',
    field: 'author',
    related_collection: 'authors',
    schema: { on_delete: 'SET NULL' },
    meta: { one_field: 'books', sort_field: null },
  });
  await model.relation({ collection: 'books', field: 'editor', related_collection: 'directus_users', meta: {} });
  await model.relation({
    collection: 'books_parts',
    field: 'book',
    related_collection: 'books',
    schema: { on_delete: 'CASCADE' },
    meta: { one_field: 'parts', junction_field: 'item', sort_field: 'place', one_deselect_action: 'delete' },
  });
  await model.relation({
    collection: 'books_parts',
    field: 'item',
    related_collection: null,
    meta: {
      one_collection_field: 'collection',
      one_allowed_collections: ['authors', 'limits'],
      junction_field: 'book',
    },
  });
  await model.relation({
    collection: 'directus_users',
    field: 'shelf',
    related_collection: 'books',
    schema: null,
    meta: {},
  });
}
