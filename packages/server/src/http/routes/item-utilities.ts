import { sendEmpty, sendNothing } from '../answer.ts';
import { payloadOf } from '../body.ts';
import type { HttpParts } from '../context.ts';
import type { Handler } from './items.ts';

/** Services about items. They are seldom asked for, so what does their work is loaded when it is. */
export function itemUtilityHandlers(parts: HttpParts): Record<'sort' | 'revert' | 'clearCache', Handler> {
  const { store, schema, items } = parts;
  return {
    sort: async (request, reply) => {
      const { sortItem } = await import('../../resources/sorting.ts');
      const { collection } = request.params as { collection: string };
      await sortItem(store, request.access, collection, payloadOf(request.body));
      return sendEmpty(reply);
    },

    revert: async (request, reply) => {
      const { revert } = await import('../../resources/revisions.ts');
      await revert(items, request.access, (request.params as { revision: string }).revision);
      return sendNothing(reply);
    },

    clearCache: async (request, reply) => {
      const { clearCaches } = await import('../../resources/caches.ts');
      await clearCaches(schema, request.access);
      return sendEmpty(reply);
    },
  };
}
