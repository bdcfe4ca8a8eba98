import type { FastifyInstance } from 'fastify';
import { invalidPayload } from '../../errors/index.ts';
import { parseParameters } from '../../query/index.ts';
import { type HttpParts, originOf, queryText } from '../context.ts';
import { giveGrant } from '../grant.ts';

/** Bytes of a form that a provider's page posts: an assertion in base64. */
const FORM_BYTES = 1_000_000;
const FORM = 'application/x-www-form-urlencoded';

/**
 * Leaving for a SAML identity provider and coming back. The page that posts the answer is another site's, so no cookie comes
 * along, and those that do say nothing: credentials are not looked at.
 */
export function samlRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { auth, config, cookies, clock } = parts;
  const { samlLogin } = auth;
  const granting = { cookies, clock, refreshTokenTtlMs: config.refreshTokenTtlMs };
  const limits = { maxDepth: config.querystringMaxParseDepth, arrayLimit: config.querystringArrayLimit };
  app.addContentTypeParser(
    FORM,
    { parseAs: 'string', bodyLimit: FORM_BYTES },
    async (_: unknown, body: string) => body,
  );

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
  });

  for (const name of samlLogin.names) {
    const path = `/auth/login/${name}`;

    app.get(path, async (request, reply) => {
      const { redirect } = parseParameters(queryText(request), limits);
      return reply.redirect(await samlLogin.leave(name, redirect), 302);
    });

    app.get(`${path}/metadata`, async (_request, reply) => {
      reply.type('application/samlmetadata+xml; charset=utf-8');
      return samlLogin.metadata(name);
    });

    app.post(`${path}/acs`, async (request, reply) => {
      const { response, relayState } = formOf(request.body);
      const { location, grant } = await samlLogin.arrive(name, { response, relayState }, originOf(request, config));
      if (grant) giveGrant(reply, grant, granting);
      return reply.redirect(location, 302);
    });
  }
}

/** Each field once. Throws INVALID_PAYLOAD. */
function formOf(body: unknown): { response: string; relayState: string | undefined } {
  if (typeof body !== 'string') throw invalidPayload(`The body has to be ${FORM}.`);
  const form = new URLSearchParams(body);
  const [response, ...responses] = form.getAll('SAMLResponse');
  const [relayState, ...relayStates] = form.getAll('RelayState');
  if (!response || responses.length > 0) throw invalidPayload('"SAMLResponse" has to be given, once.');
  if (relayStates.length > 0) throw invalidPayload('"RelayState" may be given once.');
  return { response, relayState };
}
