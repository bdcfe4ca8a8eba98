import type { FastifyRequest } from 'fastify';
import { forbidden } from '../../errors/index.ts';
import { sendData, sendNothing } from '../answer.ts';
import type { HttpParts } from '../context.ts';
import type { OwnerOf } from './account-owner.ts';
import type { Handler } from './items.ts';

/** Where somebody is signed in, and the end of that. */
export function sessionHandlers({ auth }: HttpParts, ownerOf: OwnerOf): Record<'list' | 'end' | 'endOthers', Handler> {
  const { sessionList } = auth;
  return {
    list: async (request, reply) =>
      sendData(reply, await sessionList.list(await ownerOf(request), request.accountability)),

    end: async (request, reply) => {
      const owner = await ownerOf(request);
      if (!(await sessionList.end(owner, sessionIn(request)))) throw forbidden();
      return sendNothing(reply);
    },

    /** All but the one that asks. */
    endOthers: async (request, reply) => {
      await sessionList.endOthers(await ownerOf(request), request.accountability);
      return sendNothing(reply);
    },
  };
}

const sessionIn = (request: FastifyRequest): string => (request.params as { session: string }).session;
