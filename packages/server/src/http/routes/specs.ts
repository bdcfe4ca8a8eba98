import { routeNotFound } from '../../errors/index.ts';
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
): Record<'openApi', Handler> {
  const kept = new BoundedCache<number, string>(MAX_KEPT);
  return {
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
