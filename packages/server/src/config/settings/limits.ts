import { boolean, integer, listOf, oneOf, orUnlimited, text } from '../kinds.ts';
import { size } from '../quantities.ts';
import { setting } from '../setting.ts';

const atLeastOne = integer({ min: 1 });
const orInfinity = integer({ min: 1, infinity: true });

export const limits = {
  maxPayloadSizeBytes: setting('MAX_PAYLOAD_SIZE', size, {
    default: '1mb',
    help: 'Largest body of a request (not of a file upload).',
  }),
  maxBatchMutation: setting('MAX_BATCH_MUTATION', orInfinity, {
    default: 'Infinity',
    help: 'How many items one request may write; nested rows and keys count.',
  }),
  maxRelationalDepth: setting('MAX_RELATIONAL_DEPTH', integer({ min: 1, max: 100 }), {
    default: '10',
    help: 'How many relations deep fields, filters, sorts and deep may go.',
  }),
  maxJsonQueryDepth: setting('MAX_JSON_QUERY_DEPTH', integer({ min: 1, max: 100 }), {
    default: '10',
    help: 'How deep a path into a JSON field may go.',
  }),
  queryLimitDefault: setting('QUERY_LIMIT_DEFAULT', orUnlimited({ min: 0 }), {
    default: '100',
    help: 'How many items a list has when the request does not say.',
  }),
  queryLimitMax: setting('QUERY_LIMIT_MAX', orUnlimited({ min: 1 }), {
    default: '-1',
    help: 'How many items a list may have at most.',
  }),
  querystringMaxParseDepth: setting('QUERYSTRING_MAX_PARSE_DEPTH', integer({ min: 1, max: 1_000 }), {
    default: '10',
    help: 'How deep the brackets of a query string may nest.',
  }),
  querystringArrayLimit: setting('QUERYSTRING_ARRAY_LIMIT', integer({ min: 1, max: 100_000 }), {
    default: '500',
    help: 'Largest index of a list in a query string.',
  }),
  relationalBatchSize: setting('RELATIONAL_BATCH_SIZE', atLeastOne, {
    default: '25000',
    help: 'How many rows of a relation are read at a time.',
  }),
  exportBatchSize: setting('EXPORT_BATCH_SIZE', atLeastOne, {
    default: '5000',
    help: 'How many items of an export are read at a time.',
  }),
  maxImportErrors: setting('MAX_IMPORT_ERRORS', atLeastOne, {
    default: '1000',
    help: 'After how many errors an import gives up.',
  }),
  usersAdminAccessLimit: setting('USERS_ADMIN_ACCESS_LIMIT', orInfinity, {
    default: 'Infinity',
    help: 'How many active users may have administrator access.',
  }),
  usersAppAccessLimit: setting('USERS_APP_ACCESS_LIMIT', orInfinity, {
    default: 'Infinity',
    help: 'How many active users may have access to the Studio.',
  }),
  usersApiAccessLimit: setting('USERS_API_ACCESS_LIMIT', orInfinity, {
    default: 'Infinity',
    help: 'How many active users may have access to the API only.',
  }),
  graphqlIntrospection: setting('GRAPHQL_INTROSPECTION', boolean, {
    default: 'true',
    help: 'Whether GraphQL clients may ask for the schema.',
  }),
  graphqlSchemaCacheCapacity: setting('GRAPHQL_SCHEMA_CACHE_CAPACITY', atLeastOne, {
    default: '100',
    help: 'How many GraphQL schemas (one per set of permissions) are kept.',
  }),
  graphqlSchemaGenerationMaxConcurrent: setting('GRAPHQL_SCHEMA_GENERATION_MAX_CONCURRENT', atLeastOne, {
    default: '5',
    help: 'How many of them are built at a time.',
  }),
  graphqlQueryTokenLimit: setting('GRAPHQL_QUERY_TOKEN_LIMIT', atLeastOne, {
    default: '5000',
    help: 'How many tokens a GraphQL document may have.',
  }),
  graphqlCostLimit: setting('GRAPHQL_COST_LIMIT', orUnlimited({ min: 1 }), {
    default: '50000000',
    help: 'How many values a GraphQL operation may come to: fields times the limits of the lists that they stand in.',
  }),
  graphqlPersistedQueries: setting('GRAPHQL_PERSISTED_QUERIES', oneOf(['off', 'auto']), {
    default: 'off',
    help: 'Whether GraphQL clients may send the SHA-256 of a document that they sent before instead of it.',
  }),
  graphqlSingleUseMutations: setting('GRAPHQL_SINGLE_USE_MUTATIONS', listOf(text), {
    default:
      'auth_login,auth_refresh,auth_password_request,auth_password_reset,users_register,users_register_verify,' +
      'users_invite_accept,users_me_tfa_generate,users_me_tfa_enable,users_me_tfa_disable',
    help: 'Mutations that a document may hold once only, so that aliases do not multiply attempts.',
  }),
};
