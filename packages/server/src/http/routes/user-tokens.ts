import type { FastifyRequest } from 'fastify';
import { bodyOf, readNewToken, readTokenName } from '../../auth/index.ts';
import { forbidden } from '../../errors/index.ts';
import { sendData, sendNothing } from '../answer.ts';
import type { HttpParts } from '../context.ts';
import type { OwnerOf } from './account-owner.ts';
import type { Handler } from './items.ts';

/** Named tokens of a user. What one is good for is fixed when it is made; only its name changes. */
export function tokenHandlers(
  { auth, clock }: HttpParts,
  ownerOf: OwnerOf,
): Record<'list' | 'create' | 'rename' | 'delete', Handler> {
  const { apiTokens } = auth;
  return {
    list: async (request, reply) => sendData(reply, await apiTokens.list(await ownerOf(request))),

    create: async (request, reply) => {
      const owner = await ownerOf(request);
      return sendData(reply, await apiTokens.create(owner, readNewToken(bodyOf(request.body), clock.now())));
    },

    rename: async (request, reply) => {
      const owner = await ownerOf(request);
      const renamed = await apiTokens.rename(owner, tokenIn(request), readTokenName(bodyOf(request.body).name));
      if (!renamed) throw forbidden();
      return sendData(reply, renamed);
    },

    delete: async (request, reply) => {
      if (!(await apiTokens.delete(await ownerOf(request), tokenIn(request)))) throw forbidden();
      return sendNothing(reply);
    },
  };
}

const tokenIn = (request: FastifyRequest): string => (request.params as { token: string }).token;
