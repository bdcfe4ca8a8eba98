import type { FastifyRequest } from 'fastify';
import { ApiError, forbidden } from '../../errors/index.ts';
import { ownPermissions, reachOf } from '../../resources/own-access.ts';
import { sendData } from '../answer.ts';
import { type HttpParts, queryOf } from '../context.ts';
import type { Handler } from './items.ts';

/** What the caller may do, for clients that show or hide things by it. */
export function accessHandlers(
  parts: HttpParts,
): Record<'permissions' | 'reach' | 'globals' | 'roles' | 'preview', Handler> {
  return {
    permissions: async (request, reply) => {
      requireSomebody(request);
      return sendData(reply, ownPermissions(request.access));
    },

    reach: async (request, reply) => {
      requireSomebody(request);
      const { collection, id } = request.params as { collection: string; id?: string };
      return sendData(reply, await reachOf(parts.store, request.access, collection, id ?? null));
    },

    globals: async (request, reply) => {
      const { profile } = request.access;
      if (request.accountability.kind === 'anonymous') return sendData(reply, { app_access: profile.app });
      return sendData(reply, { app_access: profile.app, admin_access: profile.admin, enforce_tfa: profile.enforceTfa });
    },

    roles: async (request, reply) => {
      requireSomebody(request);
      const { roles } = request.access.scope.caller;
      // A visitor of a share has no role: the one that it lends is the author's business.
      if (roles.length === 0 || request.accountability.kind === 'share') return sendData(reply, []);
      const bare = roles.map((id) => ({ id }));
      const query = queryOf(request, parts);
      try {
        const { items } = await parts.items.readMany(request.access, 'directus_roles', query, [...roles]);
        return sendData(reply, items);
      } catch (error) {
        // Whose they are they know anyway, whatever else of roles is closed to them.
        if (error instanceof ApiError && error.code === 'FORBIDDEN') return sendData(reply, bare);
        throw error;
      }
    },

    preview: async (request, reply) => {
      const { preview } = await import('../../review/changes/preview.ts'); // large, and seldom asked for
      const { store, items, schema, clock } = parts;
      const found = await preview({ store, items, snapshot: schema.snapshot, clock }, request.access, request.body);
      return sendData(reply, found);
    },
  };
}

function requireSomebody(request: FastifyRequest): void {
  if (request.accountability.kind === 'anonymous') throw forbidden();
}
