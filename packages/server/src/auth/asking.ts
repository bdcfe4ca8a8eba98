import type { Access, Origin } from '../access/index.ts';
import { ApiError, forbidden, invalidCredentials } from '../errors/index.ts';
import { selectByKeys } from '../items/rows.ts';
import type { Predicate } from '../sql/index.ts';
import type { Store } from '../store/types.ts';
import { refuseDelegated } from './credential-changes.ts';

const USERS = 'directus_users';

/** The user who asks, as a person. Throws INVALID_CREDENTIALS for who is no user, FORBIDDEN for a named token. */
export function ownId({ accountability }: Access): string {
  if (accountability.kind !== 'user') throw invalidCredentials();
  refuseDelegated(accountability);
  return accountability.user;
}

/** Throws INVALID_CREDENTIALS for everybody who is no user, FORBIDDEN for those who don't administer. */
export function requireAdministrator(access: Access): void {
  if (access.accountability.kind !== 'system') ownId(access);
  if (!access.profile.admin) throw new ApiError('FORBIDDEN', "You don't have permission to do this.");
}

/** Who is written down as having done something: a user, or nobody for what is done on the machine itself. */
export const actorOf = ({ accountability }: Access): string | null =>
  accountability.kind === 'user' ? accountability.user : null;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id that a path names, as it is stored. Throws FORBIDDEN, as for one that is not there, for what can't be one. */
export function readId(text: string): string {
  if (!UUID.test(text)) throw forbidden();
  return text.toLowerCase();
}

/** Where the request came from. */
export function originOf({ accountability }: Access): Origin {
  if (accountability.kind === 'system') return { ip: null, userAgent: null, origin: null };
  const { ip, userAgent, origin } = accountability;
  return { ip, userAgent, origin };
}

/** Throws FORBIDDEN unless the caller may change this field of the own account. */
export async function requireOwnField(store: Store, access: Access, field: string): Promise<void> {
  const user = ownId(access);
  const allowed = access.profile.require(USERS, 'update');
  const condition = allowed.fields.get(field);
  if (condition === undefined) throw forbidden();
  const parts = [allowed.rows, condition].filter((part): part is Predicate => part !== null);
  const where: Predicate | null = parts.length > 0 ? { kind: 'and', parts } : null;
  const columns = () => ['1'];
  const rows = await selectByKeys(store, store.dialect, allowed.collection, [user], access.scope, { columns, where });
  if (rows.length === 0) throw forbidden();
}
