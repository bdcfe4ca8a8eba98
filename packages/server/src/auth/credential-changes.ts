import type { Accountability } from '../access/accountability.ts';
import { ApiError } from '../errors/index.ts';

/**
 * Refuses those who came with a named token or with the token of another issuer: what was made for a script or taken from
 * one must not become an account, so it makes no other credential and changes none. Throws FORBIDDEN.
 */
export function refuseDelegated(accountability: Accountability): void {
  if (accountability.kind !== 'user') return;
  if (accountability.proof === 'token' || accountability.proof === 'issuer') {
    throw new ApiError('FORBIDDEN', 'A token changes no credentials and makes none; sign in for that.');
  }
}
