import type { AccessProfile } from '../access/index.ts';
import { fixedPaths } from './openapi-fixed.ts';
import { type ItemPlace, itemPaths, type PathItem } from './openapi-items.ts';
import { itemSchema, type Schema, schemaNames } from './openapi-schemas.ts';

export interface OpenApiFacts {
  /** Where the server is: PUBLIC_URL. */
  readonly url: string;
  readonly version: string;
  /** Name of the session cookie. */
  readonly cookie: string;
  /** The system collections that have paths of their own. */
  readonly places: readonly ItemPlace[];
}

const query = (name: string, type: Schema, description: string): Schema => ({
  name,
  in: 'query',
  required: false,
  schema: type,
  description,
});

const TEXT = { type: 'string' };
const WHOLE = { type: 'integer' };

const PARAMETERS: Record<string, Schema> = {
  fields: query('fields', TEXT, 'Fields of the answer, comma-separated; a dot leads into a relation.'),
  filter: query('filter', TEXT, 'Conditions in JSON.'),
  search: query('search', TEXT, 'A text that some field has to hold.'),
  sort: query('sort', TEXT, 'Fields to sort by, comma-separated; a minus turns the order.'),
  limit: query('limit', WHOLE, 'How many items at most; -1 for all.'),
  offset: query('offset', WHOLE, 'How many items to skip.'),
  page: query('page', WHOLE, 'Page of `limit` items, from 1.'),
  meta: query('meta', TEXT, '`total_count`, `filter_count` or `*`.'),
  deep: query('deep', TEXT, 'Query parameters of relations, in JSON.'),
};

const ERROR: Schema = {
  type: 'object',
  properties: {
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { message: TEXT, extensions: { type: 'object', properties: { code: TEXT } } },
      },
    },
  },
};

/**
 * The API as OpenAPI 3.0 has it, as far as a caller may use it: collections, fields and actions without a permission are
 * not in it.
 */
export function openApiDocument(profile: AccessProfile, { url, version, cookie, places }: OpenApiFacts): Schema {
  const own = [...profile.snapshot.collections.values()].filter(({ folder, system }) => !folder && !system);
  const all: ItemPlace[] = [
    ...own.map(({ name }) => ({ path: `/items/${encodeURIComponent(name)}`, collection: name, verbs: 'LRCUD' })),
    ...places,
  ];
  const readable = [...profile.snapshot.collections.values()].filter(({ name }) => profile.access(name, 'read'));
  const names = schemaNames(readable);
  const paths: Record<string, PathItem> = { ...fixedPaths(profile) };
  for (const place of all) Object.assign(paths, itemPaths(profile, place, names));
  const schemas = readable.map((collection) => {
    const fields = profile.access(collection.name, 'read')?.fields.keys() ?? [];
    const schema = { ...itemSchema(profile, collection, fields, names), 'x-collection': collection.name };
    return [names.get(collection.name) as string, schema];
  });
  return {
    openapi: '3.0.3',
    info: { title: 'Limen', description: 'What you may do with the API of this project.', version },
    servers: [{ url }],
    security: [{ bearer: [] }, { cookie: [] }, {}],
    paths,
    components: {
      schemas: { ...Object.fromEntries(schemas) },
      parameters: PARAMETERS,
      responses: { Error: { description: 'Refused.', content: { 'application/json': { schema: ERROR } } } },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: cookie },
      },
    },
  };
}
