import type { FastifyRequest } from 'fastify';
import { refuseDelegated } from '../../auth/index.ts';
import { forbidden, invalidCredentials } from '../../errors/index.ts';
import type { HttpParts } from '../context.ts';

/** Whose sessions or tokens a request is about. */
export type OwnerOf = (request: FastifyRequest) => Promise<string>;

/** The caller. Who it is comes from the credential and from nowhere else. Throws INVALID_CREDENTIALS or FORBIDDEN. */
export const ownAccount: OwnerOf = async ({ accountability }) => {
  if (accountability.kind !== 'user') throw invalidCredentials();
  refuseDelegated(accountability);
  return accountability.user;
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The user that the path names, for administrators. Throws FORBIDDEN, for users who are not there too. */
export function anyAccount({ store }: HttpParts): OwnerOf {
  const find = `select id from directus_users where id = ${store.placeholder(1)}`;
  return async ({ accountability, access, params }) => {
    refuseDelegated(accountability);
    const { id } = params as { id: string };
    if (!access.profile.admin || !UUID.test(id)) throw forbidden();
    const row = await store.get(find, [id.toLowerCase()]);
    if (!row) throw forbidden();
    return String(row.id);
  };
}
