import type { FastifyRequest } from 'fastify';
import { ApiError, forbidden, invalidCredentials, invalidPayload } from '../../errors/index.ts';
import { sendData, sendJson, sendNothing } from '../answer.ts';
import { payloadOf } from '../body.ts';
import { type HttpParts, queryOf } from '../context.ts';
import type { Handler } from './items.ts';

const USERS = 'directus_users';

/** Routes about the caller's own account. */
export function meHandlers(parts: HttpParts): Record<'read' | 'update' | 'delete' | 'trackPage', Handler> {
  const { items, store } = parts;
  return {
    /** Whoever may not read what they ask for still learns who they are. */
    read: async (request, reply) => {
      const { accountability } = request;
      if (accountability.kind === 'share') return sendData(reply, { share: accountability.share });
      const id = ownId(request);
      try {
        return sendJson(reply, { data: await items.readOne(request.access, USERS, id, queryOf(request, parts)) });
      } catch (error) {
        if (error instanceof ApiError && error.code === 'FORBIDDEN') return sendData(reply, { id });
        throw error;
      }
    },

    update: async (request, reply) => {
      const id = ownId(request);
      if (Array.isArray(request.body)) throw forbidden();
      const query = queryOf(request, parts);
      return sendData(reply, await items.update(request.access, USERS, id, payloadOf(request.body), query));
    },

    delete: async (request, reply) => {
      await items.delete(request.access, USERS, { keys: [ownId(request)] });
      return sendNothing(reply);
    },

    /** Not a change that anybody wants recorded. */
    trackPage: async (request, reply) => {
      const id = ownId(request);
      const { last_page: page } = payloadOf(request.body);
      if (typeof page !== 'string' || page === '' || page.length > 255)
        throw invalidPayload('"last_page" has to be a text.');
      const text = `update directus_users set last_page = ${store.placeholder(1)} where id = ${store.placeholder(2)}`;
      await store.transaction((tx) => tx.run(text, [page.replaceAll('\0', ''), id]));
      return sendNothing(reply);
    },
  };
}

function ownId(request: FastifyRequest): string {
  if (request.accountability.kind === 'share') throw forbidden();
  if (request.accountability.kind !== 'user') throw invalidCredentials();
  return request.accountability.user;
}
