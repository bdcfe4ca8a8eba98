import type { FastifyRequest } from 'fastify';
import { bodyOf, readHandOff } from '../../auth/index.ts';
import { sendData, sendJson, sendNothing } from '../answer.ts';
import { type HttpParts, originOf } from '../context.ts';
import { giveGrant } from '../grant.ts';
import type { Handler } from './items.ts';
import { keepAttempt } from './sign-on.ts';

type Name = 'redeem' | 'list' | 'link' | 'unlink';

/** The identities of an account at providers, and logins there that end with a code. */
export function identityHandlers(parts: HttpParts): Record<Name, Handler> {
  const { auth, config, cookies, clock } = parts;
  const { signOn, handOffs, ownIdentities } = auth;
  const granting = { cookies, clock, refreshTokenTtlMs: config.refreshTokenTtlMs };

  return {
    redeem: async (request, reply) => {
      const grant = await handOffs.redeem(readHandOff(request.body), originOf(request, config));
      return sendJson(reply, giveGrant(reply, grant, granting));
    },

    list: async (request, reply) => sendData(reply, await ownIdentities.list(request.access)),

    link: async (request, reply) => {
      const body = bodyOf(request.body);
      const { provider, redirect } = body;
      const linking = { user: ownIdentities.ownerOf(request.access), redirect, host: request.headers.host };
      await auth.providers.fresh();
      const leave = signOn.linking(provider, linking);
      await ownIdentities.proveOwner(request.access, body);
      const departure = await leave();
      keepAttempt(request, reply, departure.cookie, clock.now());
      return sendData(reply.header('cache-control', 'no-store'), { url: departure.location });
    },

    unlink: async (request, reply) => {
      await ownIdentities.unlink(request.access, idOf(request), bodyOf(request.body ?? {}));
      return sendNothing(reply);
    },
  };
}

const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;
