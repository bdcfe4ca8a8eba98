import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bodyOf, modeOf, type SamlLogoutMessage, type SessionMode } from '../../auth/index.ts';
import { invalidPayload, routeNotFound } from '../../errors/index.ts';
import { parseParameters } from '../../query/index.ts';
import { sendData } from '../answer.ts';
import { type HttpParts, queryText } from '../context.ts';
import { readCookie, takeCookieAway } from '../cookies.ts';
import { refuseForeignForm } from '../cross-site.ts';
import { pathOf } from '../errors.ts';

/** Bytes of a form: a message of SAML in base64. */
const FORM_BYTES = 300_000;
const FORM = 'application/x-www-form-urlencoded';

type ProviderRequest = FastifyRequest<{ Params: { provider: string } }>;

/**
 * Signing out here and at a provider. It begins with a POST, never with a link, so that no page can sign its visitors out:
 * JSON of another origin is for CORS to allow, and forms of other sites are refused. Coming back ends nothing.
 */
export function signOutRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { auth, config, cookies } = parts;
  const { signOut, signOn, samlLogin, samlLogout } = auth;
  const limits = { maxDepth: config.querystringMaxParseDepth, arrayLimit: config.querystringArrayLimit };
  app.addContentTypeParser(
    FORM,
    { parseAs: 'string', bodyLimit: FORM_BYTES },
    async (_: unknown, body: string) => new URLSearchParams(body),
  );

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('cross-origin-opener-policy', 'same-origin');
    reply.header('referrer-policy', 'no-referrer');
    await auth.providers.fresh();
  });

  app.post('/auth/logout/:provider', async (request: ProviderRequest, reply) => {
    const { provider } = request.params;
    if (!signOut.has(provider)) throw routeNotFound(pathOf(request));
    const isForm = request.body instanceof URLSearchParams;
    const body = request.body instanceof URLSearchParams ? fieldsOf(request.body) : bodyOf(request.body ?? {});
    const found = sessionIn(request, body);
    const url = await signOut.begin(provider, {
      redirect: body.redirect,
      host: request.headers.host,
      session: found && auth.sessionOf(found.mode, found.token),
      end: async () => {
        if (found) await auth.logout(found.mode, found.token);
      },
    });
    if (found && found.mode !== 'json') reply.header('set-cookie', takeCookieAway(cookieOf(found.mode)));
    return isForm ? reply.redirect(url, 303) : sendData(reply, { url });
  });

  app.get('/auth/login/:provider/logout', async (request: ProviderRequest, reply) => {
    const { provider } = request.params;
    if (samlLogin.has(provider)) {
      return reply.redirect(
        await samlLogout.receive(provider, { binding: 'redirect', query: queryText(request) }),
        302,
      );
    }
    if (!signOn.has(provider)) throw routeNotFound(pathOf(request));
    return reply.redirect(signOut.arrive(provider, parseParameters(queryText(request), limits).state), 302);
  });

  app.post('/auth/login/:provider/logout', async (request: ProviderRequest, reply) => {
    const { provider } = request.params;
    if (!samlLogin.has(provider)) throw routeNotFound(pathOf(request));
    return reply.redirect(await samlLogout.receive(provider, postedIn(request.body)), 303);
  });

  const cookieOf = (mode: 'cookie' | 'session') => (mode === 'session' ? cookies.session : cookies.refresh);

  /** The session that is to end, found as for `POST /auth/logout`; null for none, since the one at the provider may last. */
  function sessionIn(
    request: FastifyRequest,
    body: Readonly<Record<string, unknown>>,
  ): { mode: SessionMode; token: string } | null {
    const mode = modeOf(body.mode) ?? ('refresh_token' in body ? 'json' : 'cookie');
    if (mode === 'json') {
      const token = body.refresh_token;
      if (token !== undefined && typeof token !== 'string') throw invalidPayload('"refresh_token" has to be a text.');
      return token ? { mode, token } : null;
    }
    refuseForeignForm(request, config);
    const token = readCookie(request.headers.cookie, cookieOf(mode).name);
    return token ? { mode, token } : null;
  }
}

/** Each once. Throws INVALID_PAYLOAD. */
function fieldsOf(form: URLSearchParams): Record<string, string> {
  const fields = Object.fromEntries(form);
  if ([...form].length > Object.keys(fields).length) throw invalidPayload('A field is given twice.');
  return fields;
}

function postedIn(body: unknown): SamlLogoutMessage {
  if (!(body instanceof URLSearchParams)) throw invalidPayload(`The body has to be ${FORM}.`);
  const { SAMLRequest: request, SAMLResponse: response, RelayState: relayState } = fieldsOf(body);
  const message = request ?? response;
  if (!message || (request !== undefined && response !== undefined)) {
    throw invalidPayload('"SAMLRequest" or "SAMLResponse" has to be given.');
  }
  return { binding: 'post', kind: request ? 'SAMLRequest' : 'SAMLResponse', message, relayState };
}
