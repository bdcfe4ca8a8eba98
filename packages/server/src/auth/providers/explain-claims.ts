import type { AuthProvider } from '../../config/index.ts';
import { ApiError } from '../../errors/index.ts';
import { type Claims, claimAt, groupsIn, isVerified, joiningOf, personIn, policiesOf } from './claims.ts';
import type { ExternalPerson, Joining } from './external-users.ts';

/** What would become of somebody with certain claims. */
export interface ExplainedClaims {
  /** Null where nobody would get in. */
  readonly person: ExternalPerson | null;
  /** Why nobody would get in. */
  readonly refusal: string | null;
  readonly verified: boolean;
  readonly groups: readonly string[];
  /** Whether there is such a claim at all. */
  readonly hasGroups: boolean;
  readonly joining: Joining;
  /** Null without POLICY_MAPPING. */
  readonly policies: readonly string[] | null;
}

/** Reads claims as a login does, without one. */
export function explainClaims(
  claims: Claims,
  provider: Extract<AuthProvider, { driver: 'openid' | 'oauth2' }>,
): ExplainedClaims {
  const { groupClaimName } = provider.options;
  const common = {
    verified: isVerified(claims),
    groups: groupsIn(claims, groupClaimName),
    hasGroups: claimAt(claims, groupClaimName) !== undefined,
    joining: joiningOf(claims, provider),
    policies: policiesOf(claims, provider),
  };
  try {
    return { ...common, person: personIn(claims, provider), refusal: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { cause } = error;
    return { ...common, person: null, refusal: cause instanceof Error ? cause.message : error.message };
  }
}
