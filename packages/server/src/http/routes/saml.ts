import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalidPayload, routeNotFound } from '../../errors/index.ts';
import { type HttpParts, originOf } from '../context.ts';
import { pathOf } from '../errors.ts';
import { giveGrant } from '../grant.ts';

/** Bytes of a form that a provider's page posts: an assertion in base64. */
const FORM_BYTES = 1_000_000;
const FORM = 'application/x-www-form-urlencoded';

type ProviderRequest = FastifyRequest<{ Params: { provider: string } }>;

/**
 * Coming back from a SAML identity provider (people leave as they do for any other). The page that posts the answer is another site's, so no cookie comes
 * along, and those that do say nothing: credentials are not looked at.
 */
export function samlRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { auth, config, cookies, clock } = parts;
  const { samlLogin } = auth;
  const granting = { cookies, clock, refreshTokenTtlMs: config.refreshTokenTtlMs };
  app.addContentTypeParser(
    FORM,
    { parseAs: 'string', bodyLimit: FORM_BYTES },
    async (_: unknown, body: string) => body,
  );

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('cross-origin-opener-policy', 'same-origin');
    reply.header('referrer-policy', 'no-referrer');
    await auth.providers.fresh();
  });

  app.get('/auth/login/:provider/metadata', async (request: ProviderRequest, reply) => {
    const name = nameOf(request);
    reply.type('application/samlmetadata+xml; charset=utf-8');
    return samlLogin.metadata(name);
  });

  app.post('/auth/login/:provider/acs', async (request: ProviderRequest, reply) => {
    const name = nameOf(request);
    const { response, relayState } = formOf(request.body);
    const { location, grant } = await samlLogin.arrive(name, { response, relayState }, originOf(request, config));
    if (grant) giveGrant(reply, grant, granting);
    return reply.redirect(location, 302);
  });

  function nameOf(request: ProviderRequest): string {
    const { provider } = request.params;
    if (!samlLogin.has(provider)) throw routeNotFound(pathOf(request));
    return provider;
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
