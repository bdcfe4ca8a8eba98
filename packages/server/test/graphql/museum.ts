const key = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };

const plain = (field: string, type: string, schema: object = {}) => ({ field, type, schema, meta: {} });

const list = (field: string, special: string) => ({ field, type: 'alias', meta: { special: [special] } });

const collection = (name: string, fields: object[], meta: object = {}) => ({
  collection: name,
  schema: {},
  meta,
  fields,
});

/** Collections with fields of every kind that GraphQL treats differently, and names that it has no room for. */
export const FIELDS_OF_THE_MUSEUM = [
  collection('halls', [
    plain('code', 'string', { is_primary_key: true }),
    plain('name', 'string'),
    plain('floor', 'integer'),
    plain('a-b', 'string'),
    list('exhibits', 'o2m'),
  ]),
  collection('tags', [key, plain('label', 'string')]),
  collection('texts', [key, plain('body', 'text')]),
  collection('pictures', [key, plain('width', 'integer')]),
  collection('exhibits', [
    key,
    plain('title', 'string', { is_nullable: false }),
    plain('hall', 'string'),
    plain('on_show', 'boolean', { default_value: true }),
    plain('acquired', 'date'),
    plain('price', 'decimal'),
    plain('insurance_value', 'integer'),
    { field: 'details', type: 'json', schema: {}, meta: { special: ['cast-json'] } },
    plain('seen_at', 'timestamp'),
    plain('visitors', 'bigInteger'),
    { field: 'labels', type: 'csv', schema: {}, meta: { special: ['cast-csv'] } },
    plain('keeper', 'uuid'),
    list('tags', 'm2m'),
    list('panels', 'm2a'),
  ]),
  collection('exhibits_tags', [key, plain('exhibits_id', 'integer'), plain('tags_id', 'integer')]),
  collection('exhibits_panels', [
    key,
    plain('exhibits_id', 'integer'),
    plain('item', 'string'),
    plain('collection', 'string'),
  ]),
  collection('opening_hours', [key, plain('note', 'string'), plain('opens', 'time')], { singleton: true }),
  collection('halls_filter', [key]),
  collection('halls_by_id', [key]),
  collection('Query', [key]),
];

export const RELATIONS_OF_THE_MUSEUM = [
  { collection: 'exhibits', field: 'hall', related_collection: 'halls', meta: { one_field: 'exhibits' } },
  { collection: 'exhibits', field: 'keeper', related_collection: 'directus_users' },
  {
    collection: 'exhibits_tags',
    field: 'exhibits_id',
    related_collection: 'exhibits',
    meta: { one_field: 'tags', junction_field: 'tags_id' },
  },
  {
    collection: 'exhibits_tags',
    field: 'tags_id',
    related_collection: 'tags',
    meta: { junction_field: 'exhibits_id' },
  },
  {
    collection: 'exhibits_panels',
    field: 'exhibits_id',
    related_collection: 'exhibits',
    meta: { one_field: 'panels', junction_field: 'item' },
  },
  {
    collection: 'exhibits_panels',
    field: 'item',
    related_collection: null,
    meta: {
      one_collection_field: 'collection',
      one_allowed_collections: ['texts', 'pictures'],
      junction_field: 'exhibits_id',
    },
  },
];
