import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ATTEMPT_COOKIE, ATTEMPT_TTL_MS, type AttemptCookie, readChallenge } from '../../auth/index.ts';
import { ApiError, invalidPayload, routeNotFound } from '../../errors/index.ts';
import { parseParameters } from '../../query/index.ts';
import { type HttpParts, originOf, queryText } from '../context.ts';
import { type CookieSettings, readCookies, setCookie, takeCookieAway } from '../cookies.ts';
import { pathOf } from '../errors.ts';
import { giveGrant } from '../grant.ts';

type ProviderRequest = FastifyRequest<{ Params: { provider: string } }>;

/** Bytes of a form that a provider's page posts. */
const FORM_BYTES = 65_536;
/** A browser keeps so many unfinished logins; older ones make room. */
const MAX_ATTEMPTS = 5;

/**
 * Leaving for a provider and coming back. Browsers navigate here, so a session cookie that does not count any more must not
 * be in the way: credentials are not looked at.
 */
export function signOnRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { auth, config, cookies, clock } = parts;
  const { providers, signOn, samlLogin } = auth;
  const granting = { cookies, clock, refreshTokenTtlMs: config.refreshTokenTtlMs };
  const limits = { maxDepth: config.querystringMaxParseDepth, arrayLimit: config.querystringArrayLimit };
  const form = 'application/x-www-form-urlencoded';
  app.addContentTypeParser(
    form,
    { parseAs: 'string', bodyLimit: FORM_BYTES },
    async (_: unknown, body: string) => body,
  );

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('cross-origin-opener-policy', 'same-origin');
    reply.header('referrer-policy', 'no-referrer');
    await providers.fresh();
  });

  app.get('/auth/login/:provider', async (request: ProviderRequest, reply) => {
    const { provider } = request.params;
    const parameters = parseParameters(queryText(request), limits);
    const { redirect, prompt } = parameters;
    if (samlLogin.has(provider)) return reply.redirect(await samlLogin.leave(provider, redirect), 302);
    requireKnown(request);
    const challenge = readChallenge(parameters);
    const leaving = { redirect, prompt: prompt === 'true', host: request.headers.host, challenge };
    const { location, cookie } = await signOn.leave(provider, leaving);
    if (cookie) keepAttempt(request, reply, cookie, clock.now());
    return reply.redirect(location, 302);
  });

  app.get('/auth/login/:provider/callback', async (request: ProviderRequest, reply) => {
    requireKnown(request);
    return arrive(request, reply, parseParameters(queryText(request), limits), false);
  });

  app.post('/auth/login/:provider/callback', async (request: ProviderRequest, reply) => {
    requireKnown(request);
    if (!signOn.posts(request.params.provider)) throw routeNotFound(pathOf(request));
    if (typeof request.body !== 'string') throw invalidPayload(`The body has to be ${form}.`);
    return arrive(request, reply, parseParameters(request.body, limits), true);
  });

  app.post('/auth/login/:provider/backchannel-logout', async (request: ProviderRequest, reply) => {
    const { provider } = request.params;
    requireKnown(request);
    if (!signOn.hearsLogouts(provider)) throw routeNotFound(pathOf(request));
    const { logout_token: token } = typeof request.body === 'string' ? parseParameters(request.body, limits) : {};
    await signOn.logOut(provider, token).catch((error: unknown) => {
      // The code that the specification asks for (§2.8), for whatever is wrong with the token.
      if (error instanceof ApiError && error.code === 'INVALID_CREDENTIALS') {
        throw invalidPayload('"logout_token" is none that counts.', error);
      }
      throw error;
    });
    return reply.code(200).send('');
  });

  async function arrive(
    request: ProviderRequest,
    reply: FastifyReply,
    parameters: Readonly<Record<string, unknown>>,
    posted: boolean,
  ) {
    const back = { parameters, cookies: attemptsIn(request), posted };
    const { location, grant, spent } = await signOn.arrive(request.params.provider, back, originOf(request, config));
    if (grant) giveGrant(reply, grant, granting);
    if (spent) reply.header('set-cookie', takeCookieAway(settingsOf(spent)));
    return reply.redirect(location, 302);
  }

  function requireKnown(request: ProviderRequest): void {
    if (!signOn.has(request.params.provider)) throw routeNotFound(pathOf(request));
  }
}

/** Sets the cookie of an attempt; when there are many of them, older ones make room. */
export function keepAttempt(request: FastifyRequest, reply: FastifyReply, cookie: AttemptCookie, now: number): void {
  const known = [...attemptsIn(request).keys()];
  for (const name of known.length < MAX_ATTEMPTS ? [] : known) {
    reply.header('set-cookie', takeCookieAway(settingsOf({ ...cookie, name })));
  }
  reply.header('set-cookie', setCookie(settingsOf(cookie), cookie.value, ATTEMPT_TTL_MS, now));
}

const attemptsIn = (request: FastifyRequest): ReadonlyMap<string, string> =>
  readCookies(request.headers.cookie, ATTEMPT_COOKIE);

/** A page of another site that posts brings only cookies that say so, and browsers take those only if they are secure. */
const settingsOf = ({ name, path, secure, crossSite }: Omit<AttemptCookie, 'value'>): CookieSettings => ({
  name,
  path,
  domain: null,
  secure,
  sameSite: crossSite ? 'none' : 'lax',
});
