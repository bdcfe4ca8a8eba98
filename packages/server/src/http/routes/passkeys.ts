import type { FastifyRequest } from 'fastify';
import { bodyOf, readPasskeyLogin } from '../../auth/index.ts';
import { invalidPayload, routeNotFound } from '../../errors/index.ts';
import { sendData, sendJson, sendNothing } from '../answer.ts';
import { type HttpParts, originOf } from '../context.ts';
import { pathOf } from '../errors.ts';
import { giveGrant } from '../grant.ts';
import type { Handler } from './items.ts';

type Name = 'askToSignIn' | 'signIn' | 'list' | 'ask' | 'add' | 'rename' | 'remove' | 'listOf' | 'removeOf';

/** Signing in with passkeys, and the passkeys of an account. */
export function passkeyHandlers(parts: HttpParts): Record<Name, Handler> {
  const { auth, cookies, clock, config } = parts;
  const { passkeys, ceremonies, passkeyLogin } = auth;
  const granting = { cookies, clock, refreshTokenTtlMs: config.refreshTokenTtlMs };

  /** There is no such login where AUTH_DISABLE_DEFAULT leaves no account that may have passkeys. */
  const requireOffered = (request: FastifyRequest): void => {
    if (!passkeyLogin.offered) throw routeNotFound(pathOf(request));
  };

  return {
    askToSignIn: async (request, reply) => {
      requireOffered(request);
      const { purpose = 'login' } = bodyOf(request.body ?? {});
      if (purpose !== 'login' && purpose !== 'second-factor') {
        throw invalidPayload('"purpose" has to be "login" or "second-factor".');
      }
      return sendData(reply.header('cache-control', 'no-store'), ceremonies.requestOptions(purpose, null));
    },

    signIn: async (request, reply) => {
      requireOffered(request);
      const grant = await passkeyLogin.login(readPasskeyLogin(request.body), originOf(request, config));
      return sendJson(reply, giveGrant(reply, grant, granting));
    },

    list: async (request, reply) => sendData(reply, await passkeys.list(request.access)),

    ask: async (request, reply) => {
      const options = await passkeys.options(request.access, bodyOf(request.body ?? {}));
      return sendData(reply.header('cache-control', 'no-store'), options);
    },

    add: async (request, reply) => sendData(reply, await passkeys.add(request.access, bodyOf(request.body))),

    rename: async (request, reply) => {
      await passkeys.rename(request.access, paramsOf(request).id, bodyOf(request.body));
      return sendNothing(reply);
    },

    remove: async (request, reply) => {
      await passkeys.remove(request.access, paramsOf(request).id, bodyOf(request.body ?? {}));
      return sendNothing(reply);
    },

    listOf: async (request, reply) => sendData(reply, await passkeys.listOf(request.access, paramsOf(request).id)),

    removeOf: async (request, reply) => {
      const { id, passkey } = paramsOf(request);
      await passkeys.removeOf(request.access, id, passkey);
      return sendNothing(reply);
    },
  };
}

const paramsOf = (request: FastifyRequest) => request.params as { id: string; passkey: string };
