import { readShareLogin } from '../../auth/index.ts';
import { sendData } from '../answer.ts';
import { type HttpParts, originOf } from '../context.ts';
import { giveGrant } from '../grant.ts';
import type { Handler } from './items.ts';

/** What visitors of a share need; shares themselves are items like others. */
export function shareHandlers(parts: HttpParts): Record<'info' | 'auth', Handler> {
  const { auth, cookies, clock, config } = parts;
  return {
    info: async (request, reply) => {
      const { id } = request.params as { id: string };
      return sendData(reply, await auth.shares.info(id));
    },

    auth: async (request, reply) => {
      const grant = await auth.shares.login(readShareLogin(request.body), originOf(request, config));
      return reply.send(giveGrant(reply, grant, { cookies, clock, refreshTokenTtlMs: config.refreshTokenTtlMs }));
    },
  };
}
