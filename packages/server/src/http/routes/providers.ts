import type { FastifyRequest } from 'fastify';
import { bodyOf, readProviderInput } from '../../auth/index.ts';
import { parseParameters } from '../../query/index.ts';
import { sendData, sendNothing } from '../answer.ts';
import { type HttpParts, queryText } from '../context.ts';
import type { Handler } from './items.ts';

type Name = 'list' | 'read' | 'create' | 'update' | 'delete' | 'test' | 'testDraft';

/** Providers that administrators set up while the server runs, beside those of the environment. */
export function providerHandlers({ auth, config }: HttpParts): Record<Name, Handler> {
  const { projectProviders: project, providerTests: tests } = auth;
  const limits = { maxDepth: config.querystringMaxParseDepth, arrayLimit: config.querystringArrayLimit };
  const answerOf = (steps: Awaited<ReturnType<typeof tests.ofDraft>>) => ({ ok: steps.every(({ ok }) => ok), steps });

  return {
    list: async ({ access }, reply) => sendData(reply, await project.list(access)),

    read: async (request, reply) => sendData(reply, await project.read(request.access, nameOf(request))),

    create: async ({ access, body }, reply) => sendData(reply, await project.create(access, readInput(access, body))),

    update: async (request, reply) => {
      const { access, body } = request;
      return sendData(reply, await project.update(access, nameOf(request), readInput(access, body)));
    },

    delete: async (request, reply) => {
      const { force } = parseParameters(queryText(request), limits);
      await project.delete(request.access, nameOf(request), force === 'true');
      return sendNothing(reply);
    },

    test: async (request, reply) => {
      const { access, body } = request;
      return sendData(reply, answerOf(await tests.ofName(access, nameOf(request), readInput(access, body ?? {}))));
    },

    testDraft: async ({ access, body }, reply) =>
      sendData(reply, answerOf(await tests.ofDraft(access, readInput(access, body)))),
  };

  /** Nobody is told about a body who may not send one. */
  function readInput(access: FastifyRequest['access'], body: unknown) {
    project.require(access);
    return readProviderInput(bodyOf(body));
  }
}

const nameOf = (request: FastifyRequest): string => (request.params as { name: string }).name;
