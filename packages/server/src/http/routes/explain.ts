import type { FastifyRequest } from 'fastify';
import type { Access } from '../../access/index.ts';
import { findAccount } from '../../accounts/find.ts';
import { findRole } from '../../accounts/roles.ts';
import { type ApiError, forbidden, invalidPayload, invalidQuery } from '../../errors/index.ts';
import { parseParameters } from '../../query/index.ts';
import type { ExplainRequest } from '../../review/explain/index.ts';
import { sendData } from '../answer.ts';
import { payloadOf } from '../body.ts';
import { type HttpParts, queryText } from '../context.ts';
import type { Handler } from './items.ts';

type Asked = (review: typeof import('../../review/explain/index.ts')) => ExplainRequest;

/** Why somebody may or may not do something: asked for in the address, or in a body, which may hold values too. */
export function explainHandlers(parts: HttpParts): Record<'ask' | 'askWithBody', Handler> {
  const people = {
    account: (idOrEmail: string) => findAccount(parts.store, idOrEmail),
    role: (idOrName: string) => findRole(parts.store, idOrName),
  };

  /** Loaded when it is first asked for; nobody is told about parameters who may not ask at all. */
  async function answer(access: Access, asked: Asked, wrong: (reason: string) => ApiError): Promise<unknown> {
    if (access.accountability.kind === 'anonymous' && !access.profile.admin) throw forbidden();
    const review = await import('../../review/explain/index.ts');
    review.requireReviewer(access);
    return review.answerExplain({ ...parts, people }, access, asked(review), wrong);
  }

  const parametersOf = (request: FastifyRequest): Record<string, unknown> =>
    parseParameters(queryText(request), {
      maxDepth: parts.config.querystringMaxParseDepth,
      arrayLimit: parts.config.querystringArrayLimit,
    });

  return {
    ask: async (request, reply) => {
      const asked: Asked = ({ explainQuery }) => explainQuery(parametersOf(request));
      return sendData(reply, await answer(request.access, asked, invalidQuery));
    },
    askWithBody: async (request, reply) => {
      const asked: Asked = ({ explainBody }) => explainBody(payloadOf(request.body));
      return sendData(reply, await answer(request.access, asked, invalidPayload));
    },
  };
}
