import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Origin } from '../../access/index.ts';
import { type Auth, bodyOf, modeOf, readLdapLogin, readPasswordLogin, type SessionMode } from '../../auth/index.ts';
import type { AuthProvider } from '../../config/index.ts';
import { invalidPayload, routeNotFound } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { type AuthCookies, readCookie, takeCookieAway } from '../cookies.ts';
import { cookieToTakeAway } from '../credential.ts';
import { type CrossSiteSettings, refuseForeignForm } from '../cross-site.ts';
import { pathOf } from '../errors.ts';
import { giveGrant } from '../grant.ts';

export interface AuthRoutes {
  readonly auth: Pick<Auth, 'passwordLogin' | 'providers' | 'ldapLogin' | 'refresh' | 'logout'>;
  readonly cookies: AuthCookies;
  readonly clock: Clock;
  readonly settings: CrossSiteSettings & {
    readonly authDisableDefault: boolean;
    readonly authProviders: readonly Pick<AuthProvider, 'name' | 'driver'>[];
    /** Milliseconds. */
    readonly refreshTokenTtlMs: number;
  };
  /** Where the request comes from. */
  originOf(request: FastifyRequest): Origin;
}

/** The provider of accounts that belong to no other one. */
const DEFAULT_PROVIDER = 'default';

/** Signing in, refreshing and signing out. The request's own token was checked before, for these routes too. */
export function authRoutes(app: FastifyInstance, deps: AuthRoutes): void {
  const { auth, cookies, settings } = deps;
  const granting = { cookies, clock: deps.clock, refreshTokenTtlMs: settings.refreshTokenTtlMs };
  const locals = new Set(settings.authProviders.filter(({ driver }) => driver === 'local').map(({ name }) => name));

  app.get('/auth', async () => {
    await auth.providers.fresh();
    const listed = auth.providers.list().map(({ settings: { name, driver, label, icon } }) => ({
      name,
      driver,
      ...(label ? { label } : {}),
      ...(icon ? { icon } : {}),
    }));
    return { data: listed, disableDefault: settings.authDisableDefault };
  });

  async function login(provider: string, request: FastifyRequest, reply: FastifyReply) {
    const input = readPasswordLogin(request.body);
    return giveGrant(reply, await auth.passwordLogin.login(provider, input, deps.originOf(request)), granting);
  }

  app.post('/auth/login', async (request, reply) => {
    if (settings.authDisableDefault) throw routeNotFound(pathOf(request));
    return login(DEFAULT_PROVIDER, request, reply);
  });

  app.post<{ Params: { provider: string } }>('/auth/login/:provider', async (request, reply) => {
    const { provider } = request.params;
    await auth.providers.fresh();
    if (auth.ldapLogin.has(provider)) {
      const grant = await auth.ldapLogin.login(provider, readLdapLogin(request.body), deps.originOf(request));
      return giveGrant(reply, grant, granting);
    }
    if (!locals.has(provider)) throw routeNotFound(pathOf(request));
    return login(provider, request, reply);
  });

  app.post('/auth/refresh', async (request, reply) => {
    const { mode, token } = sessionTokenOf(request, cookies, settings);
    try {
      return giveGrant(reply, await auth.refresh(mode, token, deps.originOf(request)), granting);
    } catch (error) {
      const gone = mode === 'session' ? cookieToTakeAway(error, 'cookie', cookies.session) : null;
      if (gone) reply.header('set-cookie', gone);
      throw error;
    }
  });

  app.post('/auth/logout', async (request, reply) => {
    const { mode, token } = sessionTokenOf(request, cookies, settings);
    if (mode !== 'json') reply.header('set-cookie', takeCookieAway(cookieOf(mode, cookies)));
    await auth.logout(mode, token);
    return reply.code(204).send();
  });
}

const cookieOf = (mode: 'cookie' | 'session', cookies: AuthCookies) =>
  mode === 'session' ? cookies.session : cookies.refresh;

/**
 * The mode of a refresh or logout, and the token in the one place where that mode looks. Throws INVALID_PAYLOAD when
 * there is none, FORBIDDEN where a page of another site had the cookie sent.
 */
function sessionTokenOf(
  request: FastifyRequest,
  cookies: AuthCookies,
  settings: CrossSiteSettings,
): { mode: SessionMode; token: string } {
  const body = request.body === undefined || request.body === null ? {} : bodyOf(request.body);
  const mode = modeOf(body.mode) ?? ('refresh_token' in body ? 'json' : 'cookie');
  if (mode === 'json') {
    const token = body.refresh_token;
    if (typeof token !== 'string' || token === '') throw invalidPayload('"refresh_token" has to be a text.');
    return { mode, token };
  }
  refuseForeignForm(request, settings);
  const { name } = cookieOf(mode, cookies);
  const token = readCookie(request.headers.cookie, name);
  if (!token) throw invalidPayload(`The cookie "${name}" is missing.`);
  return { mode, token };
}
