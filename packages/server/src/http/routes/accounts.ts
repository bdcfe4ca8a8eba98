import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readEmailLogin } from '../../auth/login/email-login-input.ts';
import { routeNotFound } from '../../errors/index.ts';
import { callerOf, RateWindow } from '../../kernel/rate-window.ts';
import { parseParameters } from '../../query/index.ts';
import { sendData, sendJson, sendNothing } from '../answer.ts';
import { type HttpParts, originOf, queryText } from '../context.ts';
import { type CookieSettings, readCookie, setCookie, takeCookieAway } from '../cookies.ts';
import { pathOf } from '../errors.ts';
import { giveGrant } from '../grant.ts';
import { refuseUntil } from '../rate-limit.ts';
import type { Handler } from './items.ts';

type Name =
  | 'register'
  | 'verifyEmail'
  | 'invite'
  | 'acceptInvite'
  | 'requestPassword'
  | 'resetPassword'
  | 'requestEmailLogin'
  | 'emailLogin'
  | 'awaitsSetup'
  | 'setup';

/** What a browser keeps from asking for a login by e-mail until it comes. */
const BROWSER_COOKIE = 'limen_email_login';
const BROWSER_SECRET = /^[A-Za-z0-9_-]{43}$/;
const BROWSER_MS = 600_000;

/** The life of an account: joining, and getting in again. */
export function accountHandlers(parts: HttpParts): Record<Name, Handler> {
  const { accounts, config, clock, cookies } = parts;
  const { registration, invitations, passwordReset, emailLogin, emailLoginMail, setup } = accounts;
  const limitRegistration = registrationLimit(parts);
  const cookie: CookieSettings = { ...cookies.session, name: BROWSER_COOKIE };
  const granting = { cookies, clock, refreshTokenTtlMs: config.refreshTokenTtlMs };

  /** It stands for the password of the default provider, so it goes where that goes. */
  const requireEmailLogin = (request: FastifyRequest): void => {
    if (config.authEmailLinkEnabled && !config.authDisableDefault) return;
    throw routeNotFound(pathOf(request));
  };

  return {
    register: async (request, reply) => {
      limitRegistration(request, reply);
      await registration.register(request.body, request.accountability);
      return sendNothing(reply);
    },

    verifyEmail: async (request, reply) => {
      const limits = { maxDepth: config.querystringMaxParseDepth, arrayLimit: config.querystringArrayLimit };
      const { token } = parseParameters(queryText(request), limits);
      const user = await registration.verify(token, originOf(request, config));
      return reply.header('referrer-policy', 'no-referrer').redirect(`${config.publicUrl}/admin/users/${user}`, 302);
    },

    invite: async (request, reply) => {
      await invitations.invite(request.body, request.access);
      return sendNothing(reply);
    },

    acceptInvite: async (request, reply) => {
      await invitations.accept(request.body, originOf(request, config));
      return sendNothing(reply);
    },

    requestPassword: async (request, reply) => {
      await passwordReset.request(request.body);
      return sendNothing(reply);
    },

    resetPassword: async (request, reply) => {
      await passwordReset.reset(request.body, originOf(request, config));
      return sendNothing(reply);
    },

    awaitsSetup: async (_request, reply) => sendData(reply, { open: await setup.isOpen() }),

    setup: async (request, reply) => {
      await setup.finish(request.body, originOf(request, config));
      return sendNothing(reply);
    },

    requestEmailLogin: async (request, reply) => {
      requireEmailLogin(request);
      const known = readCookie(request.headers.cookie, BROWSER_COOKIE);
      const browser = known && BROWSER_SECRET.test(known) ? known : randomBytes(32).toString('base64url');
      await emailLoginMail.request(request.body, browser);
      return sendNothing(reply.header('set-cookie', setCookie(cookie, browser, BROWSER_MS, clock.now())));
    },

    emailLogin: async (request, reply) => {
      requireEmailLogin(request);
      const browser = readCookie(request.headers.cookie, BROWSER_COOKIE) ?? null;
      const grant = await emailLogin.login(readEmailLogin(request.body), browser, originOf(request, config));
      reply.header('set-cookie', takeCookieAway(cookie));
      return sendJson(reply, giveGrant(reply, grant, granting));
    },
  };
}

/** RATE_LIMITER_REGISTRATION_*: so many registrations per client address, whatever becomes of them. */
function registrationLimit({ config, clock }: HttpParts): (request: FastifyRequest, reply: FastifyReply) => void {
  if (!config.rateLimiterRegistrationEnabled) return () => undefined;
  const points = config.rateLimiterRegistrationPoints;
  const window = new RateWindow(points, config.rateLimiterRegistrationDurationMs, clock);
  return (request, reply) => {
    refuseUntil(window.take(callerOf(originOf(request, config).ip)), points, reply, clock.now());
  };
}
