import type { FastifyRequest } from 'fastify';
import { sendData, sendJson } from '../answer.ts';
import { payloadOf } from '../body.ts';
import type { HttpParts } from '../context.ts';
import type { Handler } from './items.ts';

/** What can be done with a content version beside what can be done with any item. */
export function versionHandlers({ store, items, digest }: HttpParts): Record<'save' | 'compare' | 'promote', Handler> {
  const parts = { store, items, digest };
  const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;
  return {
    save: async (request, reply) => {
      const { saveVersion } = await import('../../resources/versions.ts');
      return sendJson(reply, {
        data: await saveVersion(parts, request.access, idOf(request), payloadOf(request.body)),
      });
    },

    compare: async (request, reply) => {
      const { compareVersion } = await import('../../resources/versions.ts');
      return sendData(reply, await compareVersion(parts, request.access, idOf(request)));
    },

    promote: async (request, reply) => {
      const { promoteVersion } = await import('../../resources/versions.ts');
      return sendData(reply, await promoteVersion(parts, request.access, idOf(request), payloadOf(request.body)));
    },
  };
}
