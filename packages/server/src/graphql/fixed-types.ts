import type { TypeModel, TypeNames } from './model.ts';

const each = (names: string, type: string): Record<string, string> =>
  Object.fromEntries(names.split(' ').map((name) => [name, type]));

const input = (fields: TypeNames): TypeModel => ({ kind: 'input', fields });

const object = (fields: TypeNames): TypeModel => ({
  kind: 'object',
  fields: Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { type }])),
});

const NULL_CHECKS = each('_null _nnull', 'Boolean');
const EMPTY_CHECKS = each('_empty _nempty', 'Boolean');

const comparing = (type: string): TypeModel =>
  input({
    ...each('_eq _neq', type),
    ...each('_in _nin', `[${type}]`),
    ...each('_gt _gte _lt _lte', type),
    ...NULL_CHECKS,
    ...each('_between _nbetween', `[${type}]`),
  });

const TEXT_OPERATORS =
  '_eq _neq _contains _icontains _ncontains _starts_with _nstarts_with _istarts_with _nistarts_with _ends_with ' +
  '_nends_with _iends_with _niends_with';

const DATE_PARTS = 'year month week day weekday';
const TIME_PARTS = 'hour minute second';

/** What the API says of the data model; what is no text may be of several kinds. */
const COLLECTION_TEXTS =
  'collection icon note display_template color archive_field archive_value unarchive_value sort_field accountability ' +
  'group collapse preview_url';
const COLLECTION_REST = 'hidden singleton translations archive_app_filter item_duplication_fields sort versioning';
const FIELD_TEXTS = 'collection field interface display width note group validation_message';
const FIELD_REST =
  'id special options display_options readonly hidden sort translations required conditions validation searchable';
const RELATION_TEXTS =
  'many_collection many_field one_collection one_field one_collection_field junction_field sort_field one_deselect_action';
const RELATION_REST = 'id one_allowed_collections';

/** Types that GraphQL has by itself. */
export const BUILT_IN: ReadonlySet<string> = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

/** Types that are the same in every schema; a schema holds those that it mentions. */
export const FIXED_TYPES: ReadonlyMap<string, TypeModel> = new Map<string, TypeModel>([
  ...['Date', 'GraphQLBigInt', 'GraphQLStringOrFloat', 'Hash', 'JSON', 'Void'].map((name): [string, TypeModel] => [
    name,
    { kind: 'scalar' },
  ]),
  ['EventEnum', { kind: 'enum', values: ['create', 'update', 'delete'] }],
  [
    'string_filter_operators',
    input({ ...each(TEXT_OPERATORS, 'String'), ...each('_in _nin', '[String]'), ...NULL_CHECKS, ...EMPTY_CHECKS }),
  ],
  ['number_filter_operators', comparing('GraphQLStringOrFloat')],
  ['date_filter_operators', comparing('String')],
  ['boolean_filter_operators', input({ ...each('_eq _neq', 'Boolean'), ...NULL_CHECKS })],
  // Of a secret only whether it is set.
  ['hash_filter_operators', input({ ...NULL_CHECKS, ...EMPTY_CHECKS })],
  ['count_functions', object(each('count', 'Int'))],
  ['date_functions', object(each(DATE_PARTS, 'Int'))],
  ['datetime_functions', object(each(`${DATE_PARTS} ${TIME_PARTS}`, 'Int'))],
  ['count_function_filter_operators', input(each('count', 'number_filter_operators'))],
  ['date_function_filter_operators', input(each(DATE_PARTS, 'number_filter_operators'))],
  ['datetime_function_filter_operators', input(each(`${DATE_PARTS} ${TIME_PARTS}`, 'number_filter_operators'))],
  ['delete_one', object({ id: 'ID!' })],
  ['delete_many', object({ ids: '[ID]!' })],
  ['auth_mode', { kind: 'enum', values: ['json', 'cookie', 'session'] }],
  ['auth_tokens', object({ access_token: 'String', expires: 'GraphQLBigInt', refresh_token: 'String' })],
  ['tfa_proposal', object({ secret: 'String', otpauth_url: 'String' })],
  ['own_globals', object({ app_access: 'Boolean', admin_access: 'Boolean', enforce_tfa: 'Boolean' })],
  ['collection_model', object({ collection: 'String', meta: 'collection_meta', schema: 'collection_schema' })],
  ['collection_schema', object(each('name comment', 'String'))],
  ['field_model', object({ ...each('collection field type', 'String'), meta: 'field_meta', schema: 'field_schema' })],
  [
    'field_schema',
    object({
      ...each('name table data_type foreign_key_column foreign_key_table comment generation_expression', 'String'),
      ...each('max_length numeric_precision numeric_scale', 'Int'),
      ...each('is_generated is_nullable is_unique is_indexed is_primary_key has_auto_increment', 'Boolean'),
      default_value: 'JSON',
    }),
  ],
  [
    'relation_model',
    object({
      ...each('collection field related_collection', 'String'),
      meta: 'relation_meta',
      schema: 'relation_schema',
    }),
  ],
  [
    'relation_schema',
    object(each('table column foreign_key_table foreign_key_column on_update on_delete constraint_name', 'String')),
  ],
  ['collection_meta', object({ ...each(COLLECTION_TEXTS, 'String'), ...each(COLLECTION_REST, 'JSON') })],
  ['field_meta', object({ ...each(FIELD_TEXTS, 'String'), ...each(FIELD_REST, 'JSON') })],
  ['relation_meta', object({ ...each(RELATION_TEXTS, 'String'), ...each(RELATION_REST, 'JSON') })],
  ['graphql_sdl_scope', { kind: 'enum', values: ['items', 'system'] }],
]);
