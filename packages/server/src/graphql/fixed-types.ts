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
  // What these hold depends on the kind of thing, so it is not taken apart.
  ['collection_model', object({ collection: 'String', meta: 'JSON', schema: 'JSON' })],
  ['field_model', object({ collection: 'String', field: 'String', type: 'String', meta: 'JSON', schema: 'JSON' })],
  [
    'relation_model',
    object({ collection: 'String', field: 'String', related_collection: 'String', meta: 'JSON', schema: 'JSON' }),
  ],
  ['graphql_sdl_scope', { kind: 'enum', values: ['items', 'system'] }],
]);
