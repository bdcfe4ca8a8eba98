import type { FastifyReply, FastifyRequest } from 'fastify';
import { forbidden, routeNotFound } from '../../errors/index.ts';
import type { SchemaScope } from '../../graphql/index.ts';
import { BoundedCache } from '../../kernel/bounded-cache.ts';
import type { HttpParts } from '../context.ts';
import { pathOf } from '../errors.ts';
import type { Handler } from './items.ts';

/** Descriptions are large and seldom asked for; those of the profiles that asked lately are kept. */
const MAX_KEPT = 16;

/** The API described for the caller. `places` are the paths of system collections. */
export function specHandlers(
  { config, version }: HttpParts,
  places: readonly (readonly [path: string, collection: string, verbs: string])[],
): Record<'openApi' | 'graphql' | 'graphqlSystem', Handler> {
  const kept = new BoundedCache<number, string>(MAX_KEPT);
  const schemas = new BoundedCache<string, string>(config.graphqlSchemaCacheCapacity);
  /** The text says as much as introspection does, and follows the same switch, for everybody. */
  const sendSchema = async (
    request: FastifyRequest,
    reply: FastifyReply,
    scope: SchemaScope,
  ): Promise<FastifyReply> => {
    if (!config.graphqlIntrospection) throw forbidden();
    const { profile } = request.access;
    const key = `${scope} ${profile.id}`;
    let text = schemas.get(key);
    if (text === undefined) {
      const { printSchema, schemaModel } = await import('../../graphql/index.ts');
      text = printSchema(schemaModel(profile, scope));
      schemas.set(key, text);
    }
    return reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('content-disposition', `attachment; filename="${scope}.graphql"`)
      .send(text);
  };
  return {
    graphql: (request, reply) => sendSchema(request, reply, 'items'),
    graphqlSystem: (request, reply) => sendSchema(request, reply, 'system'),
    openApi: async (request, reply) => {
      if (!config.openapiEnabled) throw routeNotFound(pathOf(request));
      const { profile } = request.access;
      let text = kept.get(profile.id);
      if (text === undefined) {
        const { openApiDocument } = await import('../../resources/openapi.ts');
        const facts = {
          url: config.publicUrl,
          version,
          cookie: config.sessionCookieName,
          places: places.map(([path, collection, verbs]) => ({ path, collection, verbs })),
        };
        text = JSON.stringify(openApiDocument(profile, facts));
        kept.set(profile.id, text);
      }
      return reply.header('content-type', 'application/json; charset=utf-8').send(text);
    },
  };
}
