import { bodyOf } from '../../auth/index.ts';
import { sendData, sendNothing } from '../answer.ts';
import type { HttpParts } from '../context.ts';
import type { Handler } from './items.ts';

type Name = 'status' | 'change' | 'generate' | 'enable' | 'disable' | 'disableFor' | 'recoveryCodes';

/** Second factors of the own account, and taking away somebody else's. */
export function secondFactorHandlers({ auth }: HttpParts): Record<Name, Handler> {
  const { enrolment } = auth;
  return {
    status: async (request, reply) => sendData(reply, await enrolment.status(request.access)),

    change: async (request, reply) => {
      await enrolment.requirePasskey(request.access, bodyOf(request.body));
      return sendNothing(reply);
    },

    generate: async (request, reply) => {
      const proposal = await enrolment.generate(request.access, bodyOf(request.body));
      return sendData(reply.header('cache-control', 'no-store'), proposal);
    },

    enable: async (request, reply) => {
      await enrolment.enable(request.access, bodyOf(request.body));
      return sendNothing(reply);
    },

    disable: async (request, reply) => {
      await enrolment.disable(request.access, bodyOf(request.body));
      return sendNothing(reply);
    },

    disableFor: async (request, reply) => {
      await enrolment.disableFor(request.access, (request.params as { id: string }).id);
      return sendNothing(reply);
    },

    recoveryCodes: async (request, reply) => {
      const codes = await enrolment.newRecoveryCodes(request.access, bodyOf(request.body));
      return sendData(reply.header('cache-control', 'no-store'), codes);
    },
  };
}
