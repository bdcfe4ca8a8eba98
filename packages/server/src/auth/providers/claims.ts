import type { AuthProvider } from '../../config/index.ts';
import { invalidCredentials } from '../../errors/index.ts';
import type { ExternalPerson, Joining } from './external-users.ts';

export type Claims = Readonly<Record<string, unknown>>;
type Redirecting = Extract<AuthProvider, { driver: 'openid' | 'oauth2' }>;

/** A claim by its name, or by a path with dots into nested ones. */
export function claimAt(claims: Claims, key: string): unknown {
  if (Object.hasOwn(claims, key)) return claims[key];
  let value: unknown = claims;
  for (const step of key.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** Ids are numbers with some providers. */
function textAt(claims: Claims, key: string): string | null {
  const value = claimAt(claims, key);
  if (Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Some providers write truth values as text. */
export const isVerified = (claims: Claims): boolean =>
  claims.email_verified === true || claims.email_verified === 'true';

/**
 * The person that a provider's claims describe, by the keys that are configured for it. Throws INVALID_CREDENTIALS without
 * an identifier, and for an address that is not verified where it has to be.
 */
export function personIn(claims: Claims, { driver, options }: Redirecting): ExternalPerson {
  const key = driver === 'openid' ? options.identifierKey : (options.identifierKey ?? options.emailKey);
  const identifier = textAt(claims, key);
  if (identifier === null) throw invalidCredentials(new Error(`The provider gave no claim "${key}"`));
  const email = textAt(claims, options.emailKey);
  if (driver === 'openid' && options.requireVerifiedEmail && (email === null || !isVerified(claims))) {
    throw invalidCredentials(new Error('The provider has not verified the address'));
  }
  return {
    identifier,
    email,
    emailVerified: options.emailKey === 'email' && isVerified(claims),
    firstName: textAt(claims, options.firstNameKey ?? 'given_name'),
    lastName: textAt(claims, options.lastNameKey ?? 'family_name'),
  };
}

/** How such a person becomes a user: with ROLE_MAPPING the role follows the groups, else it is for new users. */
export function joiningOf(claims: Claims, { name, options }: Redirecting): Joining {
  const mapped = options.roleMapping ? roleIn(claims, options.groupClaimName, options.roleMapping) : null;
  return {
    provider: name,
    mayRegister: options.allowPublicRegistration,
    mayLink: options.linkVerifiedEmail,
    sync: options.syncUserInfo,
    role: mapped ?? options.defaultRoleId ?? null,
    roleFollows: options.roleMapping !== undefined,
  };
}

/** The role of the first group of the mapping that the claim holds. */
function roleIn(claims: Claims, key: string, mapping: Readonly<Record<string, unknown>>): string | null {
  const groups = new Set(groupsIn(claims, key));
  const role = Object.entries(mapping).find(([group]) => groups.has(group))?.[1];
  return typeof role === 'string' ? role : null;
}

/** The ids of the policies of every group that the claim holds, each once; null without POLICY_MAPPING. */
export function policiesOf(claims: Claims, { options }: Redirecting): readonly string[] | null {
  const { policyMapping, groupClaimName } = options;
  if (policyMapping === undefined) return null;
  const groups = new Set(groupsIn(claims, groupClaimName));
  const matching = Object.entries(policyMapping).filter(([group]) => groups.has(group));
  return [...new Set(matching.flatMap(([, ids]) => ids).map((id) => String(id).toLowerCase()))];
}

/** A list of groups, or one. */
export function groupsIn(claims: Claims, key: string): readonly string[] {
  const said = claimAt(claims, key);
  const list: readonly unknown[] = Array.isArray(said) ? said : [said];
  return list.flatMap((group) => (typeof group === 'string' || Number.isSafeInteger(group) ? [String(group)] : []));
}
